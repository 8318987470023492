"""participate with general ties: cascades, minimum cuts and enumeration against definitions."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

import oracles
from missiongame import Community, Rival, offers, participate
from missiongame.errors import StructureMissing
from missiongame.members import cascade, default_ties
from missiongame.testing import scenes

F = Fraction
ANY = {"members": (1, 6), "purpose": (-1, 3)}


@st.composite
def floating_ties(draw):
    """Scenes whose ties are floats: tenths, unequal sizes, whole numbers, symmetric or not."""
    n = draw(st.integers(2, 6))
    number = draw(
        st.sampled_from(
            [
                st.integers(0, 3).map(float),
                st.integers(0, 9).map(lambda k: k / 10),
                st.sampled_from([0.0, 0.1, 1e-300, 1.0, 1e16]),
                st.floats(0, 3),
            ]
        )
    )
    column = st.lists(number, min_size=n, max_size=n)
    ties = np.array([draw(column) for _ in range(n)])
    np.fill_diagonal(ties, 0)
    if draw(st.booleans()):
        ties = np.maximum(ties, ties.T)
    town = Community([1] * n, purpose=draw(column), enjoyment=draw(column), ties=ties)
    rival = Rival(portability=draw(st.sampled_from([0, 0.5, 1])))
    return town, rival, offers.personal(draw(column))


def check_extremes(by_definition, scene):
    town, rival, offer = scene
    out = participate(town, rival, offer)
    found = by_definition.equilibria(town, rival, offer)
    for outcome, extreme in ((out.least, min), (out.greatest, max)):
        wanted = tuple(extreme(x[i] for x in found) for i in range(town.n)) if found else None
        if wanted in found:
            assert tuple(outcome.defectors) == wanted
            assert outcome.max_gain <= 0
        else:
            assert outcome is None
    assert {tuple(e.defectors) for e in out.equilibria} == set(found)


@given(st.one_of(scenes(ties="general", **ANY), floating_ties()))
@settings(max_examples=100, deadline=None)
def test_cascades_reach_the_extremes_of_all_profiles(by_definition, scene):
    check_extremes(by_definition, scene)


ROUTES = {
    "walk": {"_FEW": 10**9, "_PASSES": 0},
    "push": {"_FEW": 0, "_MANY": 0.001, "_PASSES": 0, "_DENSE": 0},
    "push, everyone gone through": {"_FEW": 0, "_MANY": 0.001, "_PASSES": 0, "_DENSE": 10**9},
    "whole passes": {"_FEW": 0, "_MANY": 10**9, "_PASSES": 10**9},
}


@pytest.mark.parametrize("route", ROUTES)
@given(scene=st.one_of(scenes(ties="general", **ANY), floating_ties()))
@settings(max_examples=30, deadline=None)
def test_every_route_of_a_cascade_leads_to_the_same_equilibria(by_definition, route, scene):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ROUTES[route].items():
            patch.setattr(cascade, name, value)
        check_extremes(by_definition, scene)


@given(scenes(ties="any sign", **ANY))
@settings(max_examples=60, deadline=None)
def test_negative_ties_are_enumerated(by_definition, scene):
    check_extremes(by_definition, scene)


@st.composite
def weighted_scenes(draw):
    """Scenes with ties of any sign or none that weights λ make symmetric; and the λ."""
    town, rival, offer = draw(scenes(ties="none", **ANY))
    n = town.n
    weights = draw(st.lists(st.sampled_from([F(1), F(2), F(1, 3)]), min_size=n, max_size=n))
    low = draw(st.sampled_from([0, -2]))
    ties = [[F(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i):
            worth = draw(st.integers(low, 3))
            ties[i][j], ties[j][i] = worth / weights[i], worth / weights[j]
    return town.changed(ties=ties, social=0), rival, offer, weights


@given(weighted_scenes())
@settings(max_examples=100, deadline=None)
def test_robust_maximises_the_weighted_potential(by_definition, drawn):
    town, rival, offer, weights = drawn
    out = participate(town, rival, offer)
    value = {
        x: by_definition.potential_of_ties(town, rival, offer, weights, x)
        for x in by_definition.profiles(town.n)
    }
    best = [x for x in value if value[x] == max(value.values())]
    least = tuple(min(x[i] for x in best) for i in range(town.n))
    if least in best:
        assert tuple(out.robust.defectors) == least
    else:
        assert "maximisers" in out.reason  # negative ties: no least one among them


@given(scenes(ties="default", members=(1, 6)))
@settings(max_examples=60, deadline=None)
def test_default_ties_written_out_give_the_same_answers(by_definition, scene):
    town, rival, offer = scene
    share, ties = by_definition.shares(town), by_definition.ties(town)
    out = participate(town, rival, offer)
    written = participate(town.changed(ties=ties, social=0), rival, offer)
    assert np.array_equal(out.least.defectors, written.least.defectors)
    assert np.array_equal(out.greatest.defectors, written.greatest.defectors)
    if written.robust is not None:
        assert np.array_equal(out.robust.defectors, written.robust.defectors)
    else:  # a member who gives, or values, nothing is tied one way
        assert any(s == 0 for s in share) or any(x == 0 for x in town.social)


B = 10**16
ABSORBED = {
    "whole numbers": (
        Community([1] * 3, 0, [0, 1, 0], ties=np.array([[0, B, 1], [0] * 3, [0, B, 0]], object)),
        offers.personal([B + 1, 0, B + 1]),
    ),
    "floats": (
        Community([1] * 3, 0, [-1, 1e18, -1], ties=[[0, 1e17, 1], [0] * 3, [0, 1e17, 0]]),
        offers.flat(1e17),
    ),
}


@pytest.mark.parametrize("case", ABSORBED)
def test_a_member_whose_tie_floats_lose_beside_another_is_asked_again(case):
    town, offer = ABSORBED[case]
    least = participate(town, Rival(), offer).least
    assert least.defectors.tolist() == [True, False, True]
    assert least.max_gain <= 0


def test_ties_next_to_the_smallest_float_are_not_lost():
    rng = np.random.default_rng(3)
    for _ in range(40):
        n = int(rng.integers(2, 5))
        ties = rng.integers(0, 3, (n, n)) * 5e-321
        ties = np.triu(ties, 1) + np.triu(ties, 1).T
        town = Community([1] * n, 0, rng.integers(-3, 3, n) * 5e-321, ties=ties)
        scene = town, Rival(), offers.personal(rng.integers(0, 4, n) * 5e-321)
        check_extremes(oracles, scene)
        assert participate(*scene).robust is not None


def move_everyone(monkeypatch):
    """Let a cascade add up wrongly, so that everyone moves."""

    def add_up(cascade):
        cascade.fresh = True
        cascade.gap[:] = -1.0
        cascade.gap[cascade.moved] = np.inf
        cascade.not_sure = np.flatnonzero(cascade.moved)
        return np.flatnonzero(cascade.gap < 0)

    monkeypatch.setattr(cascade.Cascade, "add_up", add_up)


@given(scene=floating_ties())
@settings(max_examples=20, deadline=None)
def test_what_a_faulty_cascade_finds_is_not_returned(scene):
    # Everyone moves, whatever the sums; only the certificate can tell.
    with pytest.MonkeyPatch.context() as patch:
        move_everyone(patch)
        out = participate(*scene)
    assert max(oracles.gains(*scene, out.least.defectors)) <= 0
    assert max(oracles.gains(*scene, out.greatest.defectors)) <= 0


@given(scene=scenes(ties="default", members=(1, 5)))
@settings(max_examples=20, deadline=None)
def test_what_a_faulty_scan_finds_is_not_returned(scene):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(default_ties, "largest", lambda crowd: crowd.share > crowd.share.mean())
        out = participate(*scene)
    assert max(oracles.gains(*scene, out.least.defectors)) <= 0
    assert max(oracles.gains(*scene, out.greatest.defectors)) <= 0


def test_robust_needs_symmetric_weights():
    one_way = Community([1, 1], purpose=0, ties=[[0, 3], [0, 0]])
    out = participate(one_way, Rival(), offers.flat(1))
    assert out.robust is None
    assert "ties[0, 1] is not zero and ties[1, 0] is" in out.reason
    cycle = Community([1] * 3, purpose=0, ties=[[0, 2, 1], [1, 0, 1], [1, 1, 0]])
    out = participate(cycle, Rival(), offers.flat(1))
    assert out.robust is None
    assert "around a cycle" in out.reason


@pytest.mark.parametrize(
    "ties",
    [
        {(2, 0): 1, (0, 2): 1, (2, 3): 1},  # the third values more others than value it
        {(0, 1): 1, (1, 0): 1, (2, 3): 1, (3, 4): 1, (4, 2): 1},
    ],
)
def test_the_first_tie_that_is_not_returned_is_named(ties):
    matrix = np.zeros((5, 5))
    matrix[tuple(zip(*ties, strict=True))] = 1
    out = participate(Community([1] * 5, purpose=0, ties=matrix), Rival(), offers.flat(1))
    assert out.robust is None
    assert "ties[2, 3] is not zero and ties[3, 2] is," in out.reason


@pytest.mark.parametrize("worth", [5e-324, 1e-300, 1e300])
def test_weights_of_any_size_are_found(worth):
    # The ratio of these ties, and its inverse, is beyond the floats.
    town = Community([1, 1], purpose=0, ties=[[0, worth], [1e300, 0]])
    assert participate(town, Rival(), offers.flat(0)).robust is not None


def test_a_negative_tie_is_named_where_enumeration_ends():
    ties = np.zeros((21, 21))
    ties[3, 7] = -2
    town = Community(np.ones(21), purpose=1, ties=ties)
    with pytest.raises(StructureMissing, match=r"ties\[3, 7\] is -2, negative.*20 members.*has 21"):
        participate(town, Rival(), offers.flat(1))


def test_without_complements_there_may_be_no_equilibrium():
    # The first follows the second, the second flees the first.
    town = Community([1, 1], purpose=0, ties=[[0, 2], [-2, 0]], enjoyment=[0, 2])
    out = participate(town, Rival(), offers.flat(1))
    assert len(out.equilibria) == 0
    assert out.least is out.robust is out.greatest is None
    assert "no pure equilibrium" in out.reason


def test_a_potential_beyond_64_bits_is_added_up_exactly():
    # Two who cannot stand each other: who likes the place less, by one part in 2^80, leaves.
    ties = np.array([[0, -(2**81)], [-(2**81), 0]], dtype=object)
    town = Community([1, 1], purpose=0, ties=ties, enjoyment=[2**80 - 1, 2**80])
    out = participate(town, Rival(), offers.flat(0))
    assert out.robust.defectors.tolist() == [True, False]


def test_without_complements_there_may_be_no_least_equilibrium():
    # Two who cannot stand each other: one of them leaves.
    town = Community([1, 1], purpose=0, ties=[[0, -2], [-2, 0]], enjoyment=2)
    out = participate(town, Rival(), offers.flat(1))
    assert [e.defectors.tolist() for e in out.equilibria] == [[True, False], [False, True]]
    assert out.least is out.greatest is None


@pytest.mark.parametrize("worth", ["any", "tenths", "whole"])
def test_a_larger_graph_agrees_with_best_responses(by_definition, worth):
    rng = np.random.default_rng(5)
    n, m = 150, 900
    values = {
        "any": rng.exponential(1, m),
        "tenths": rng.integers(1, 4, m) / 10,
        "whole": rng.integers(1, 4, m).astype(float),
    }[worth]
    ties = scipy.sparse.coo_array((values, (rng.integers(0, n, m), rng.integers(0, n, m))), (n, n))
    ties = scipy.sparse.csr_array(ties)
    ties.setdiag(0)
    purpose = rng.integers(-3, 9, n) * {"any": 1, "tenths": 0.1, "whole": 1}[worth]
    town = Community(np.ones(n), purpose=purpose, ties=ties)
    rival = Rival(portability=0.5)
    offer = offers.flat({"any": 8, "tenths": 1.2, "whole": 12}[worth])
    out = participate(town, rival, offer)
    for outcome, least in ((out.least, True), (out.greatest, False)):
        reached = by_definition.best_responses(town, rival, offer, least=least)
        assert tuple(outcome.defectors) == reached
        assert outcome.max_gain <= 0


def test_a_long_chain_falls_to_its_end():
    n = 20_000
    ties = scipy.sparse.coo_array((np.ones(n - 1), (np.arange(1, n), np.arange(n - 1))), (n, n))
    purpose = np.full(n, 0.5)
    purpose[0] = 0  # everyone else stays while the one before does
    town = Community(np.ones(n), purpose=purpose, ties=ties)
    assert participate(town, Rival(), offers.flat(1)).least.headcount == n
    purpose[0] = 2
    steady = town.changed(purpose=purpose)
    assert participate(steady, Rival(), offers.flat(1)).least.headcount == 0
