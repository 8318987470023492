"""Paths in time, against closed forms, each other and comparison theorems."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from missiongame import Community, Rival, offers
from missiongame.errors import InvalidType, InvalidValue
from missiongame.mechanisms import alike
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
    for engine in ("nashpy", "scipy"):
        path = replicator_path(one, Rival(), offers.flat(w), times, start=p0, engine=engine)
        np.testing.assert_allclose(path.defection, odds / (1 + odds), atol=2e-6)


@settings(max_examples=40)
@given(st.floats(-2, 2), pay, st.floats(0.1, 5), chances)
def test_without_ties_the_logit_path_relaxes(h, w, eta, p0):
    one = Community([1], purpose=1, enjoyment=h)
    path = logit_path(one, Rival(), offers.flat(w), times, noise=eta, start=p0)
    rest = 1 / (1 + np.exp(-(w - 1 - h) / eta))
    np.testing.assert_allclose(path.defection, rest + (p0 - rest) * np.exp(-times), atol=1e-6)


@settings(max_examples=40)
@given(st.integers(2, 6), st.floats(0, 5), st.floats(0, 5), pay, st.floats(0, 1), chances)
def test_nashpy_and_scipy_agree_on_alike_members(n, purpose, social, w, rho, p0):
    town = Community([1] * n, purpose=purpose, social=social)
    rival = Rival(portability=rho, mission=1, crowding=0.5)
    ours, peer = (
        replicator_path(town, rival, offers.flat(w), times, start=p0, engine=engine)
        for engine in ("scipy", "nashpy")
    )
    assert (ours.engine, peer.engine) == ("scipy", "nashpy")
    np.testing.assert_allclose(ours.away, peer.away, atol=1e-5)
    if np.isfinite(peer.time_to_collapse) and abs(ours.defection[-1] - 0.5) > 1e-3:
        assert ours.time_to_collapse == pytest.approx(peer.time_to_collapse, abs=1e-3)


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
        extra = {"noise": 1} if path is logit_path else {"engine": "scipy"}
        a, b = (path(c, Rival(), offers.flat(w), times, start=p0, **extra) for c in (town, same))
        np.testing.assert_allclose(a.away, b.away, atol=1e-6)


@settings(max_examples=30)
@given(communities(), pay, st.floats(0, 3), st.floats(0, 3), chances)
def test_a_stronger_mission_and_a_withdrawn_offer_lower_every_path(town, w, more, less, p0):
    loyal = town.changed(purpose=np.abs(town.purpose))
    firmer = loyal.with_mission(float(town.mission) + more)
    for path, extra in ((replicator_path, {"engine": "scipy"}), (logit_path, {"noise": 1})):
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
    assert path.engine == "scipy"
    np.testing.assert_array_equal(path.away[:, 0], 0)
    np.testing.assert_array_equal(path.away[:, 2], 1)
    assert path.away[-1, 1] > 0.99


def test_only_alike_members_are_one_population():
    assert alike.game(Community([1, 2], purpose=1, social=1), Rival(), offers.flat(1)) is None
    ring = Community([1] * 3, purpose=1, ties=[[0, 2, 0], [0, 0, 2], [2, 0, 0]])
    assert alike.game(ring, Rival(), offers.flat(4)).tolist() == [[3, 1], [4, 4]]
    assert alike.game(ring, Rival(), offers.personal([4, 4, 5])) is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"times": [0]}, "times"),
        ({"times": [1, 0]}, "times"),
        ({"start": 2}, "start"),
        ({"start": [0.5] * 3}, "start"),
        ({"rate": 0}, "rate"),
        ({"share": 0}, "share"),
        ({"engine": "euler"}, "engine"),
    ],
)
def test_illegal_arguments_are_named(changed, named):
    given_ = {"times": [0, 1], **changed}
    with pytest.raises(InvalidValue, match=named):
        replicator_path(Community([1, 1], purpose=1), Rival(), offers.flat(1), **given_)


def test_nashpy_is_refused_where_it_does_not_fit():
    town = Community([1, 1], purpose=[1, 2])
    with pytest.raises(InvalidValue, match="engine"):
        replicator_path(town, Rival(), offers.flat(1), [0, 1], engine="nashpy")
    with pytest.raises(InvalidType, match="noise"):
        logit_path(town, Rival(), offers.flat(1), [0, 1], noise="loud")
