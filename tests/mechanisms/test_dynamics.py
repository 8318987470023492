"""Paths in time, against closed forms, each other and comparison theorems."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from missiongame import Community, Rival, offers
from missiongame.errors import InvalidType, InvalidValue
from missiongame.mechanisms import integration
from missiongame.mechanisms.dynamics import derive, logit_path, replicator_path
from missiongame.testing import communities

times = np.linspace(0, 4, 9)
pay = st.floats(0, 6)
chances = st.floats(0.02, 0.98)


@settings(max_examples=40)
@given(st.floats(-2, 2), st.floats(0, 4), pay, chances)
def test_without_ties_the_replicator_is_logistic(h, purpose, w, p0):
    one = Community([1], purpose=purpose, enjoyment=h)
    T = w - purpose - h
    odds = p0 / (1 - p0) * np.exp(T * times)
    path = replicator_path(one, Rival(), offers.flat(w), times, start=p0)
    np.testing.assert_allclose(path.defection, odds / (1 + odds), atol=1e-8)


@settings(max_examples=40)
@given(st.floats(-2, 2), pay, st.floats(0.1, 5), chances)
def test_without_ties_the_logit_path_relaxes(h, w, eta, p0):
    one = Community([1], purpose=1, enjoyment=h)
    path = logit_path(one, Rival(), offers.flat(w), times, noise=eta, start=p0)
    rest = 1 / (1 + np.exp(-(w - 1 - h) / eta))
    np.testing.assert_allclose(path.defection, rest + (p0 - rest) * np.exp(-times), atol=1e-8)


@settings(max_examples=40)
@given(st.integers(2, 6), st.floats(0, 5), st.floats(0, 5), pay, st.floats(0, 1), chances)
def test_nashpy_agrees_on_alike_members(n, purpose, social, w, rho, p0):
    """Of alike members the replicator is that of a symmetric 2 × 2 game: all here, all away."""
    import nashpy

    town = Community([1] * n, purpose=purpose, social=social)
    rival = Rival(portability=rho, mission=1, crowding=0.5)
    ours = replicator_path(town, rival, offers.flat(w), times, start=p0)
    G, lure = social * (n - 1) / n, w + purpose / (1 + w / 2)
    game = nashpy.Game(np.array([[purpose + G, purpose], [lure, lure + rho * G]]))
    shares = game.replicator_dynamics(y0=np.array([1 - p0, p0]), timepoints=times)
    np.testing.assert_allclose(ours.away, np.tile(shares[:, 1:], n), atol=1e-5)


def time_of_alike_members(stay, tie, p0, p1):
    """∫ dp / (p (1 − p) T(p)) from p0 to p1 for T = stay + tie·p, in closed form and 40 digits."""
    with mpmath.workdps(40):
        A, B = mpmath.mpf(stay), mpmath.mpf(tie)

        def primitive(p):
            p = mpmath.mpf(p)
            last = B / (A * (A + B)) * mpmath.log(abs(A + B * p))
            return mpmath.log(p) / A - mpmath.log(1 - p) / (A + B) - last

        return float(primitive(p1) - primitive(p0))


PAIR = Community([1, 1], purpose=10, social=4)  # at pay 13 each gains 1 + 2p by leaving


@pytest.mark.parametrize(("p0", "when"), [(1e-2, 3.6908), (1e-6, 12.8913), (1e-12, 26.7068)])
def test_few_at_the_start_take_the_time_that_they_take(p0, when):
    path = replicator_path(PAIR, Rival(), offers.flat(13), [0, 5, 100], start=p0)
    assert path.time_to_collapse == pytest.approx(time_of_alike_members(1, 2, p0, 0.5), rel=1e-10)
    assert path.time_to_collapse == pytest.approx(when, abs=1e-4)
    assert path.defection[0] == pytest.approx(p0, rel=1e-13)
    assert path.error < 1e-8


@settings(max_examples=25)
@given(
    st.integers(-40, 40).filter(bool).map(lambda k: k / 8),
    st.integers(0, 40).map(lambda k: k / 8),
    st.sampled_from([1e-300, 1e-20, 1e-12, 1e-6, 1e-3, 0.3]),
    st.sampled_from([1e-9, 0.25, 0.5, 0.75, 1 - 1e-9]),
    st.sampled_from([1e-6, 1, 1e6]),
)
def test_the_time_to_collapse_of_alike_members_has_a_closed_form(gain, tie, p0, share, money):
    assume(p0 < share)
    M = 64.0
    town = Community([1, 1], purpose=M * money, social=2 * tie * money)
    offer = offers.flat((M + tie + gain) * money)
    path = replicator_path(town, Rival(), offer, [0, 1e4 / money], start=p0, share=share)
    if gain < 0 and gain + tie * share < 0:
        assert path.time_to_collapse == np.inf
    elif gain > 0:
        assert path.time_to_collapse * money == pytest.approx(
            time_of_alike_members(gain, tie, p0, share), rel=1e-8
        )


def test_a_share_at_the_start_is_reached_at_the_start_whatever_rounding_makes_of_it():
    """Six alike, half of each away: the float sum of sixths of halves is below a half."""
    six = Community([1] * 6, purpose=0, social=1)
    for p0 in (0.5, 0.1, 0.3, 0.7):
        for path, extra in ((replicator_path, {}), (logit_path, {"noise": 1})):
            found = path(six, Rival(), offers.flat(0), times, start=p0, share=p0, **extra)
            assert found.time_to_collapse == 0


def test_a_share_that_is_only_approached_is_not_reached():
    for share in (1, 1.0):
        path = replicator_path(PAIR, Rival(), offers.flat(13), [0, 1e4], share=share)
        assert (path.time_to_collapse, path.defection[-1]) == (np.inf, 1)
        path = logit_path(PAIR, Rival(), offers.flat(13), [0, 1e4], noise=0.01, share=share)
        assert path.time_to_collapse == np.inf
        gone = replicator_path(PAIR, Rival(), offers.flat(13), [0, 1], start=1, share=share)
        assert gone.time_to_collapse == 0
    near = replicator_path(PAIR, Rival(), offers.flat(13), [0, 1e4], share=1 - 1e-12)
    wanted = time_of_alike_members(1, 2, 0.01, 1 - 1e-12)
    assert near.time_to_collapse == pytest.approx(wanted, rel=1e-4)  # a float's distance to 1
    three = Community([2, 1, 1], purpose=0)
    half = replicator_path(three, Rival(), offers.flat(1), [0, 1e3], start=[0.5, 0, 0])
    assert half.time_to_collapse == np.inf


def test_next_to_an_unstable_rest_the_error_says_that_floats_do_not_tell():
    town = Community([1] * 4, purpose=3, social=4)
    rest = replicator_path(town, Rival(), offers.flat(4.5), [0, 400], start=0.5)
    assert rest.error > 0.1
    assert rest.time_to_collapse == 0
    clear = replicator_path(town, Rival(), offers.flat(4.5), [0, 400], start=0.45)
    assert clear.error < 1e-6


@settings(max_examples=15)
@given(
    communities(purpose=(0, 4)), pay, st.sampled_from([0.05, 3.0]), st.sampled_from([0, 1e-9, 1])
)
def test_logit_paths_stay_between_what_nobody_and_everybody_leaving_would_make(town, w, eta, p0):
    path = logit_path(town, Rival(), offers.flat(w), times, noise=eta, start=p0)
    kept = np.exp(-times)[:, None]
    assert np.all(path.away >= p0 * kept)
    assert np.all(path.away <= p0 * kept + (1 - kept))


CHASE = Community([1, 1], purpose=0, ties=[[0, -5], [5, 0]])
"""One is put off by the other, who seeks company."""


def test_a_path_that_cannot_be_followed_says_how_far_it_was(monkeypatch):
    monkeypatch.setattr(integration, "_METHODS", (("DOP853", 2_000), ("Radau", 1_000)))
    with pytest.raises(InvalidValue, match=r"followed to time .* only: members react too fast"):
        logit_path(CHASE, Rival(), offers.personal([0, 2]), [0, 2000], noise=1e-6)


def test_a_stiff_path_ends_at_its_rest():
    calm = logit_path(CHASE, Rival(), offers.personal([0, 2]), [0, 2000], noise=0.5)
    p, q = calm.away[-1]
    T = np.array([5 * (1 - q), 2 - 5 * (1 - p)])
    assert calm.away[-1] == pytest.approx(1 / (1 + np.exp(-T / 0.5)), abs=1e-9)


def test_logit_paths_never_fall_below_nobody():
    """Who would lose 5,000 noises by leaving: the chance is 0 in floats, and never below."""
    path = logit_path(Community([1, 1], purpose=50), Rival(), offers.flat(0), times, noise=0.01)
    assert path.away.min() == 0


@settings(max_examples=30)
@given(communities(ties="default"), pay, chances)
def test_default_ties_and_the_same_ties_listed_give_the_same_path(town, w, p0):
    listed = np.array(
        [
            [float(town.social[i]) * town.share[j] * (i != j) for j in range(town.n)]
            for i in range(town.n)
        ]
    )
    same = town.changed(social=0, ties=listed)
    for path in (replicator_path, logit_path):
        extra = {"noise": 1} if path is logit_path else {}
        a, b = (path(c, Rival(), offers.flat(w), times, start=p0, **extra) for c in (town, same))
        np.testing.assert_allclose(a.away, b.away, atol=1e-6)


@settings(max_examples=30)
@given(communities(), pay, st.floats(0, 3), st.floats(0, 3), chances)
def test_a_stronger_mission_and_a_withdrawn_offer_lower_every_path(town, w, more, less, p0):
    loyal = town.changed(purpose=np.abs(town.purpose))
    firmer = loyal.with_mission(float(town.mission) + more)
    for path, extra in ((replicator_path, {}), (logit_path, {"noise": 1})):
        before = path(loyal, Rival(), offers.flat(w), times, start=p0, **extra).away
        stronger = path(firmer, Rival(), offers.flat(w), times, start=p0, **extra).away
        withdrawn = path(loyal, Rival(), offers.flat(max(0, w - less)), times, start=p0, **extra)
        assert np.all(stronger <= before + 1e-6)
        assert np.all(withdrawn.away <= before + 1e-6)


@settings(max_examples=40)
@given(st.floats(0.5, 5), st.floats(0, 1), st.floats(0.1, 0.9))
def test_the_interior_rest_point_divides_recovery_from_collapse(G, rho, part):
    # w between M − ρG and M + G, so that p° is between 0 and 1.
    n, M = 4, 3.0
    w = M - rho * G + part * (1 + rho) * G
    if w < 0:
        return
    town = Community([1] * n, purpose=M, social=G * n / (n - 1))
    rest = (M + G - w) / ((1 + rho) * G)
    long = np.array([0.0, 400.0])
    for p0, end in ((rest - 0.05, 0), (rest + 0.05, 1)):
        path = replicator_path(
            town, Rival(portability=rho), offers.flat(w), long, start=p0, rate=4 / G
        )
        assert path.defection[-1] == pytest.approx(end, abs=1e-3)


def test_the_interior_rest_point_is_derived_and_unstable():
    d = derive()
    assert sympy.simplify(d.temptation.subs(d.away, d.rest)) == 0
    shape = sympy.factor(d.growth / (d.rest * (1 - d.rest)))
    rho = sympy.Symbol("rho", real=True)
    assert sympy.simplify(shape - d.around * d.rate * (1 + rho)) == 0


@settings(max_examples=30)
@given(chances, st.floats(0.1, 0.9))
def test_the_time_to_collapse_is_when_the_share_is_lost(p0, share):
    assume(abs(p0 - share) > 1e-6)
    town = Community([3, 1], purpose=[1, 2], social=[2, 4])
    for path, extra in ((replicator_path, {}), (logit_path, {"noise": 0.5})):
        found = path(town, Rival(), offers.flat(5), [0, 10], start=p0, share=share, **extra)
        when = found.time_to_collapse
        if p0 >= share:
            assert when == 0
        else:
            there = path(town, Rival(), offers.flat(5), [0, when], start=p0, share=share, **extra)
            assert there.defection[-1] == pytest.approx(share, abs=1e-6)


def test_a_community_that_holds_never_collapses():
    town = Community([1, 1], purpose=5)
    assert replicator_path(town, Rival(), offers.flat(1), times).time_to_collapse == np.inf
    assert logit_path(town, Rival(), offers.flat(1), times, noise=1).time_to_collapse == np.inf


def test_who_is_not_there_is_not_imitated():
    town = Community([1, 1, 1], purpose=[0, 0, 9])
    path = replicator_path(town, Rival(), offers.flat(5), times, start=[0, 0.5, 1])
    np.testing.assert_array_equal(path.away[:, 0], 0)
    np.testing.assert_array_equal(path.away[:, 2], 1)
    assert path.away[-1, 1] > 0.99


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"times": [0]}, "times"),
        ({"times": [1, 0]}, "times"),
        ({"start": 2}, "start"),
        ({"start": [0.5] * 3}, "start"),
        ({"rate": 0}, "rate"),
        ({"share": 0}, "share"),
    ],
)
def test_illegal_arguments_are_named(changed, named):
    given_ = {"times": [0, 1], **changed}
    with pytest.raises(InvalidValue, match=named):
        replicator_path(Community([1, 1], purpose=1), Rival(), offers.flat(1), **given_)


def test_noise_is_a_number():
    with pytest.raises(InvalidType, match="noise"):
        logit_path(PAIR, Rival(), offers.flat(1), [0, 1], noise="loud")
