"""The least-engaged member answers today because answers come back later."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from missiongame import Community
from missiongame.errors import InvalidValue, PurposeUnknown
from missiongame.mechanisms import reciprocity
from missiongame.mechanisms.reciprocity import critical_patience

money = st.fractions(-5, 5, max_denominator=8)
positive = st.fractions(Fraction(1, 8), 5, max_denominator=8)
rates = st.fractions(0, 1, max_denominator=8)


def gain_from_answering(delta, cost, worth, left, periods=4000):
    """Sum both streams period by period: a peer that knows no closed form."""
    later = float(delta) ** np.arange(1, periods)
    return -float(cost) + float(worth) * later.sum() - float(left) * later.sum()


@given(positive, money, money, st.fractions(Fraction(1, 20), Fraction(19, 20)))
def test_answering_pays_exactly_from_the_critical_patience_on(cost, worth, left, delta):
    critical = float(reciprocity.patience(cost, worth, left))
    assume(abs(float(delta) - critical) > 1e-6)
    assert (gain_from_answering(delta, cost, worth, left) > 0) == (delta > critical)


@given(rates, rates, positive, positive, money, positive, positive, st.data())
def test_patience_falls_with_mission_and_purpose(a, beta, B, k, h, alpha, theta, data):
    more = data.draw(positive)

    def critical(purpose, mission):
        member = Community([1], purpose=[purpose], enjoyment=h, mission=mission)
        return critical_patience(member, a, beta, B, k).community

    least = critical(alpha, theta)
    for other in (critical(alpha + more, theta), critical(alpha, theta + more)):
        assert other < least or least == other == np.inf


@given(st.lists(st.tuples(money, money), min_size=1, max_size=6), rates, rates, positive, money)
def test_the_least_engaged_member_binds(members, a, beta, k, w):
    purpose, enjoyment = (list(column) for column in zip(*members, strict=True))
    town = Community([1] * len(members), purpose=purpose, enjoyment=enjoyment)
    patience = critical_patience(town, a, beta, benefit=3, cost=k, outside=w)
    engaged = [alpha + h for alpha, h in members]
    assert engaged[patience.binding] == min(engaged)
    assert patience.community == max(patience.members)
    assert patience.never.tolist() == [a * 3 - beta * k + e <= w for e in engaged]


@given(rates, rates, positive, positive, money, positive, positive, money)
def test_expulsion_and_silence_agree_with_the_comparison_of_streams(a, beta, B, k, h, alpha, th, w):
    member = Community([1], purpose=[alpha], enjoyment=h, mission=th)
    worth = a * B - beta * k + alpha * th + h
    for refuser, left in (("expelled", w), ("unanswered", max(w, alpha * th + h))):
        found = critical_patience(member, a, beta, B, k, outside=w, refuser=refuser)
        expected = k / (k + worth - left) if worth > left else np.inf
        assert found.community == pytest.approx(float(expected), rel=1e-9)


@given(rates, rates, positive, positive, positive, positive)
def test_who_is_left_unanswered_needs_the_same_patience_whatever_the_mission(
    a, beta, B, k, th, more
):
    def critical(mission):
        member = Community([1], purpose=[1], mission=mission)
        return critical_patience(member, a, beta, B, k, refuser="unanswered").community

    assert critical(th) == pytest.approx(critical(th + more), rel=1e-9)


def test_an_outside_offer_makes_silence_depend_on_the_mission():
    # k/(k + aB − βk) would say 2/3 for both; who refuses at θ = 0 leaves for w = 1/4 instead.
    def critical(mission):
        member = Community([1], purpose=[1], mission=mission)
        return critical_patience(
            member, 0.5, 0.5, 2, 1, outside=0.25, refuser="unanswered"
        ).community

    assert (critical(0), critical(1)) == pytest.approx((0.8, 2 / 3))


def test_purpose_that_is_negative_makes_patience_rise_with_the_mission():
    def critical(mission):
        member = Community([1], purpose=[-1], enjoyment=3, mission=mission)
        return critical_patience(member, 0.5, 0.5, 2, 1).community

    assert critical(0) < critical(1) < critical(3) < critical(4) == np.inf


def test_a_stake_of_exactly_zero_is_never_sustained():
    # 0.1 + 0.2 exceeds 0.3 in floats by rounding: the exact sum of these doubles decides.
    tied = Community([1], purpose=[Fraction(1, 10)], enjoyment=Fraction(2, 10))
    assert critical_patience(tied, 0, 0, 0, 1, outside=Fraction(3, 10)).never.tolist() == [True]
    above = Fraction(3, 10) - Fraction(1, 10**30)
    found = critical_patience(tied, 0, 0, 0, 1, outside=above)
    assert found.never.tolist() == [False]
    assert found.sustained(Fraction(1, 2)) is False


def test_patience_is_exact_where_floats_cancel():
    """1e16 of benefit against 1e16 outside: the stake is 2, which floats had as 2 or 0."""
    one = Community([1], purpose=[1e16], enjoyment=3)
    found = critical_patience(one, 0, 1, 0, 1, outside=Fraction(10**16))
    assert (found.exact, found.members.tolist()) == ((Fraction(1, 3),), [1 / 3])
    huge = Community([1, 1], purpose=[1e200, 1e200], enjoyment=[0, 1], mission=1e200)
    found = critical_patience(huge, 0, 0, 0, 1, outside=Fraction(1e200) ** 2 - 3)
    assert found.exact == (Fraction(1, 4), Fraction(1, 5))


def test_who_is_exactly_as_patient_as_needed_answers():
    """δ* = 1/10 is below the float .1, and what that exceeds is no tenth."""
    one = Community([1], purpose=[9])
    found = critical_patience(one, 0, 0, 0, 1)
    assert found.community == 0.1
    assert found.sustained(Fraction(1, 10))
    assert not found.sustained(Fraction(1, 10) - Fraction(1, 10**40))


sizes = st.sampled_from([0, 1, 3, Fraction(1, 3), 10**16, Fraction(1, 10**16), 10**200])
signed = st.builds(lambda v, sign: v * sign, sizes, st.sampled_from([1, -1]))


@given(st.lists(st.tuples(signed, signed), min_size=1, max_size=4), rates, rates, signed, sizes,
       signed, sizes, st.sampled_from(["expelled", "unanswered"]))  # fmt: skip
def test_patience_of_any_size_is_what_the_streams_say(members, a, beta, B, k, w, theta, refuser):
    assume(k > 0)
    purpose, enjoyment = (list(column) for column in zip(*members, strict=True))
    town = Community([1] * len(members), purpose=purpose, enjoyment=enjoyment, mission=theta)
    found = critical_patience(town, a, beta, B, k, outside=w, refuser=refuser)
    needed = []
    for alpha, h in members:
        alone = alpha * theta + h
        left = w if refuser == "expelled" else max(w, alone)
        stake = a * B - beta * k + alone - left
        needed.append(Fraction(k) / (k + stake) if stake > 0 else None)
    assert list(found.exact) == needed
    most = None if None in needed else max(needed)
    assert found.exact[found.binding] == most
    if most is not None and most < 1:
        assert found.sustained(most)
        assert not found.sustained(most * (1 - Fraction(1, 10**30)))
    else:
        assert not found.sustained(1 - Fraction(1, 10**300))


def test_the_derived_patience_is_the_stated_one():
    d = reciprocity.derive()
    stated = d.cost / (d.cost + d.worth - d.left)
    assert sympy.simplify(d.critical - stated) == 0
    assert sympy.simplify(d.gain.subs(d.discount, d.critical)) == 0


@given(st.integers(2, 50), st.fractions(Fraction(1, 10), 60, max_denominator=10))
def test_the_public_good_agrees_with_its_textbook_form(n, r):
    found = reciprocity.linear_public_good(n, np.array(r, dtype=object))[()]
    if r >= n:
        assert found == 0
    elif r <= 1:
        assert found == np.inf
    else:
        assert found == Fraction(n - r) / (r * (n - 1))


@pytest.mark.parametrize(
    ("changed", "named"),
    [({"answer": 1.5}, "answer"), ({"cost": 0}, "cost"), ({"refuser": "shunned"}, "refuser")],
)
def test_illegal_exchanges_are_named(changed, named):
    given_ = {"ask": 1, "answer": 1, "benefit": 1, "cost": 1, **changed}
    with pytest.raises(InvalidValue, match=named):
        critical_patience(Community([1], purpose=1), **given_)


def test_purpose_must_be_known():
    with pytest.raises(PurposeUnknown):
        critical_patience(Community([1]), 1, 1, 1, 1)
