"""A community falls at one offer and comes back at a lower one."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiongame import Community, Payoffs, Rival, offers, participate, symbols
from missiongame.errors import InvalidValue, StructureMissing
from missiongame.mechanisms.hysteresis import loop
from missiongame.mechanisms.rise_and_fall import rise_and_fall
from missiongame.testing import communities, numbers

portabilities = st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])
shares = st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(1)])


@st.composite
def kinds(draw, town):
    n = town.n
    return draw(
        st.sampled_from(
            [
                offers.flat(1),
                offers.top(draw(st.integers(0, n)), 1),
                offers.piece_rate(1),
                offers.personal(draw(st.lists(numbers(0, 2), min_size=n, max_size=n))),
            ]
        )
    )


def scaled(town, offer, amount):
    unit = [Fraction(w) for w in offer.pay(town)]
    return offers.personal(np.array([amount * w for w in unit], dtype=object))


def between(amounts):
    """Return the amounts, points between them and points beyond."""
    ends = sorted({Fraction(0), *amounts})
    middles = [(a + b) / 2 for a, b in pairwise(ends)]
    return sorted({*ends, *middles, ends[-1] + 1})


@given(communities(), portabilities, numbers(0, 3), st.data())
def test_the_loop_is_the_least_equilibrium_going_up_and_the_greatest_going_down(
    town, rho, theta_R, data
):
    rival = Rival(mission=theta_R, portability=rho)
    offer = data.draw(kinds(town))
    around = loop(town, rival, offer)
    for amount in between([a for a, _ in (*around.up, *around.down)]):
        found = participate(town, rival, scaled(town, offer, amount))
        up = [k for a, k in around.up if a < amount]
        down = [k for a, k in around.down if a > amount]
        assert found.least.exact_defection == (up[-1] if up else around.at_nothing)
        assert found.greatest.exact_defection == (down[-1] if down else around.at_any_height)


@given(communities(), portabilities, shares, st.data())
def test_the_way_back_never_starts_higher(town, rho, share, data):
    around = loop(town, Rival(portability=rho), data.draw(kinds(town)))
    tipping, recovery = around.tipping(share), around.recovery(share)
    assert recovery is None or recovery <= tipping
    if recovery == math.inf:
        assert tipping == math.inf


@given(communities(ties="none"), shares)
def test_without_ties_both_ways_are_one(town, share):
    around = loop(town, Rival(), offers.flat(1))
    tipping, recovery = around.tipping(share), around.recovery(share)
    assert recovery == tipping or (recovery is None and tipping == 0)


def test_with_ties_the_way_back_is_far_lower():
    # 7 apiece breaks the circle of friends; they come back only below 3, where purpose alone
    # outweighs the pay.
    friends = Community([1] * 5, purpose=3, social=5)
    around = loop(friends, Rival(), offers.flat(1))
    assert (around.tipping(), around.recovery()) == (7, 3)
    with_clone = loop(friends, Rival(portability=1), offers.flat(1))
    assert with_clone.tipping() == 7
    assert with_clone.recovery() is None  # the friends are together there: −1 < 0


@given(communities(), portabilities, st.data())
def test_following_given_amounts_agrees_with_the_loop(town, rho, data):
    # Everyone is paid; who is not may be here or away at any amount, as the others are.
    wages = data.draw(st.lists(numbers(1, 3), min_size=town.n, max_size=town.n))
    rival, offer = Rival(portability=rho), offers.personal(wages)
    around = loop(town, rival, offer)
    steps = {a for a, _ in (*around.up, *around.down)}
    amounts = [a for a in between(steps) if a not in steps and a > 0]
    found = rise_and_fall(town, rival, offer, amounts)
    for amount, up, down in zip(amounts, found.up, found.down, strict=True):
        rising = [k for a, k in around.up if a < amount]
        falling = [k for a, k in around.down if a > amount]
        assert up == float(rising[-1] if rising else around.at_nothing)
        # The top amount is beyond every step, so everyone is away there.
        assert down == float(falling[-1] if falling else around.at_any_height)


def test_crowding_is_followed_by_amounts_only():
    one = Community([1], purpose=1, enjoyment=1.75)
    rival = Rival(mission=3, crowding=1)
    with pytest.raises(StructureMissing, match="crowding"):
        loop(one, rival, offers.flat(1))
    found = rise_and_fall(one, rival, offers.flat(1), [0, 1, 2, 3])
    assert found.up.tolist() == [1, 0, 1, 1]
    assert found.down.tolist() == [1, 0, 1, 1]


def test_negative_ties_are_refused_and_cycles_are_told():
    rivals_ = Community([1, 1], purpose=1, ties=[[0, -4], [-4, 0]])
    with pytest.raises(StructureMissing, match=r"ties\[0, 1\]"):
        loop(rivals_, Rival(), offers.flat(1))
    with pytest.raises(StructureMissing, match="settle"):
        rise_and_fall(rivals_, Rival(), offers.flat(1), [0])


def test_one_s_own_payoffs_go_round_too():
    own = Payoffs(stay=symbols.h + symbols.G_stay, defect=symbols.w / 2)
    pair = Community([1, 1], purpose=None, enjoyment=1, social=4)
    found = rise_and_fall(pair, Rival(), offers.flat(1), [1, 3, 5, 7], own)
    assert found.up.tolist() == [0, 0, 0, 1]
    assert found.down.tolist() == [0, 1, 1, 1]


def test_shares_are_checked():
    around = loop(Community([1], purpose=1), Rival(), offers.flat(1))
    with pytest.raises(InvalidValue, match="share"):
        around.tipping(0)
    with pytest.raises(InvalidValue, match="share"):
        around.recovery(2)


def test_one_member_who_does_nearly_everything_is_weighed_exactly():
    # The giant's ties are worth σ/(10¹⁵ + 1): less than float rounding of σ.
    town = Community([10**15, 1], purpose=[Fraction(1, 3), 0], social=[3, 3])
    around = loop(town, Rival(), offers.flat(1))
    small = Fraction(3, 10**15 + 1)
    assert around.tipping(1) == Fraction(1, 3) + small  # whom the other follows at once
    assert around.recovery(1) == Fraction(1, 3)
    alone = loop(town, Rival(), offers.top(1, 1))
    assert alone.tipping(Fraction(9, 10)) == Fraction(1, 3) + small


def test_amounts_that_rounding_would_join_stay_apart():
    third = Fraction(1, 3)
    town = Community([1, 1], purpose=[third, third + Fraction(1, 10**25)])
    around = loop(town, Rival(), offers.flat(1))
    assert [amount for amount, _ in around.up] == [third, third + Fraction(1, 10**25)]
    assert [amount for amount, _ in around.down] == [third + Fraction(1, 10**25), third]
