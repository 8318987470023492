"""The parts that participate rests on: exact sums, groups, flows and certificates."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import maximum_flow

from missiongame import Community, Rival, offers, participate
from missiongame.exact.float_columns import group
from missiongame.exact.sums import bracket, exact_total
from missiongame.members.largest_self_supporting_set import largest, longest_prefix
from missiongame.members.maximum_flow import Network
from missiongame.members.outcome import Outcome
from missiongame.members.potential_in_floats import sizes_of_maxima
from missiongame.members.sparse_ties import sparse_ties
from missiongame.members.standard_payoffs import StandardResponse
from missiongame.testing import scenes
from oracles import profiles

F = Fraction
any_float = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.one_of(any_float, st.sampled_from([5e-324, 1e308, -1e308, 0.1])), max_size=40))
def test_exact_sums_are_exact_at_every_scale(values):
    assert exact_total(np.array(values, dtype=float)) == sum(map(F, values), F(0))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_exact_sums_of_some(pairs):
    values, chosen = np.array([v for v, _ in pairs]), np.array([c for _, c in pairs])
    assert exact_total(values, chosen) == sum((F(v) for v, c in pairs if c), F(0))


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200))
def test_brackets_hold_the_exact_sum(values):
    column = np.array(values)
    low, high = bracket([(float(column.sum()), len(column))])
    assert F(low) <= sum(map(F, values), F(0)) <= F(high)


@given(st.lists(st.tuples(st.sampled_from([0.0, -0.0, 0.1, 2.0]), st.integers(0, 2)), min_size=1))
def test_groups_are_of_equal_rows(rows):
    columns = [np.array([r[k] for r in rows], dtype=float) for k in (0, 1)]
    first, of = group(columns)
    for i, one in enumerate(rows):
        assert rows[first[of[i]]] == one
        assert all((of[i] == of[j]) == (one == other) for j, other in enumerate(rows))


def test_rows_that_a_hash_confuses_stay_apart():
    def mixed(value):  # what the first column makes of 64 bits; the second is added to it
        bits = int(np.array([value]).view(np.uint64)[0]) * 0x9E3779B97F4A7C15 % 2**64
        return bits ^ bits >> 29

    def beside(first):
        """The second number with which a row of this first one has the hash of (1, 2)."""
        two = int(np.array([2.0]).view(np.uint64)[0])
        bits = mixed(1.0) ^ two ^ mixed(first)
        return float(np.array([bits], dtype=np.uint64).view(np.float64)[0])

    pairs = [(v, beside(v)) for v in np.arange(3.0, 40.0) if np.isfinite(beside(v))]
    assert len(pairs) > 20
    columns = [np.array([1.0, *column, 1.0]) for column in zip(*pairs, strict=True)]
    columns[1][[0, -1]] = 2.0
    first, of = group(columns)
    assert len(first) == len(pairs) + 1
    assert of[0] == of[-1]


@given(st.lists(st.tuples(st.integers(-2, 9), st.integers(0, 3)), max_size=8), st.integers(0, 3))
def test_the_longest_prefix_is_the_largest_self_supporting_set(members, base):
    members.sort()
    keys, sizes = [k for k, _ in members], [s for _, s in members]
    taken = longest_prefix(keys, sizes, base)
    fits = [k for k in range(1, len(keys) + 1) if keys[k - 1] <= base + sum(sizes[:k])]
    assert taken == max(fits, default=0)


class Few(list):
    """A list that may be read only so often: a search that never ends fails."""

    def __init__(self, reads):
        super().__init__()
        self.reads = reads

    def __getitem__(self, place):
        self.reads -= 1
        assert self.reads >= 0, "the flow does not come to an end"
        return super().__getitem__(place)


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4)), max_size=12),
)
@settings(deadline=None)
def test_the_cut_is_minimal_and_has_most_on_the_source_side(supplies, joins):
    n = len(supplies)
    joins = [(i, j, w) for i, j, w in joins if i != j and max(i, j) < n]
    network = Network(n)
    network.room = Few(50_000)
    for node, amount in enumerate(supplies):
        network.supply(node, amount)
    for i, j, w in joins:
        network.join(i, j, w)
    side = network.sink_side()

    def cost(away):
        cut = sum(abs(s) for s, x in zip(supplies, away, strict=True) if (s > 0) == x and s)
        return cut + sum(w for i, j, w in joins if away[i] != away[j])

    best = min(map(cost, profiles(n)))
    assert cost(side) == best
    for away in profiles(n):
        assert cost(away) > best or all(x or not y for x, y in zip(away, side, strict=True))
    capacity = np.zeros((n + 2, n + 2), dtype=np.int32)
    for node, amount in enumerate(supplies):
        capacity[n if amount > 0 else node, node if amount > 0 else n + 1] += abs(amount)
    for i, j, w in joins:
        capacity[i, j] += w
        capacity[j, i] += w
    assert maximum_flow(scipy.sparse.csr_array(capacity), n, n + 1).flow_value == best


@given(scenes(members=(1, 6)), st.lists(st.booleans(), min_size=6, max_size=6))
@settings(max_examples=80, deadline=None)
def test_certificates_of_any_profile_are_right(by_definition, scene, away):
    # Not of equilibria alone: where a member gains, it is seen, and by how much.
    town, rival, offer = scene
    profile = np.array(away[: town.n])
    game = participate(*scene).least.game
    outcome = Outcome(profile, game)
    exact = max(by_definition.gains(town, rival, offer, profile.tolist()))
    assert outcome.check() == exact
    assert (outcome.max_gain > 0) == (exact > 0)
    assert (outcome.max_gain == 0) == (exact == 0)
    assert exact <= F(outcome.max_gain) <= exact + F(1, 10**9)


def test_a_gain_too_small_for_floats_keeps_its_sign():
    town = Community([1], purpose=1)
    tiny = F(1, 10**400)  # below the smallest float
    near = [(1 + F(1, 10**30), -1), (1 - F(1, 10**30), -1), (1 + tiny, -1), (1 - tiny, -1)]
    for pay, sign in ((F(1), 0), *near):
        out = participate(town, Rival(), offers.flat(pay))
        assert np.sign(out.least.max_gain) == sign
    tempted = participate(town, Rival(), offers.flat(1 + F(1, 10**30))).least.game
    assert Outcome(np.array([False]), tempted).max_gain > 0


def test_certificates_of_crowds_are_grouped():
    town = Community(np.ones(5000), purpose=1, social=1)
    out = participate(town, Rival(), offers.flat(1))
    assert out.greatest.max_gain == 0
    assert out.greatest.check() == 0


def test_sums_of_ties_in_floats_are_as_near_as_they_say():
    rng = np.random.default_rng(71)
    for digits in (1, 3, 17):
        worth = rng.random((9, 9)).round(digits)
        np.fill_diagonal(worth, 0)
        graph = sparse_ties(Community([1] * 9, purpose=0, ties=worth).ties)
        for row, found, off in zip(worth, graph.around, graph.rounding, strict=True):
            assert abs(F(found) - sum(map(F, row))) <= F(off)


@pytest.mark.parametrize("worth", [0.1, 0.3, 1 / 3])
def test_sums_of_equal_ties_are_told_apart_exactly(worth):
    # Members with the same number of stayers around them are alike, whatever floats say.
    rng = np.random.default_rng(3)
    n, m = 400, 3000
    there = scipy.sparse.coo_array(
        (np.full(m, worth), (rng.integers(0, n, m), rng.integers(0, n, m))), (n, n)
    ).tocsr()
    there.data[:] = worth
    there.setdiag(0)
    town = Community(np.ones(n), purpose=0, ties=there)
    kept = sparse_ties(town.ties)
    assert kept.parts
    for part, size in ((p, F(worth)) for p in kept.parts[:1]):
        assert abs(F(float(part.data.max())) - size) < F(1, 10**9)
    pay = offers.flat(3 * F(worth))
    out = participate(town, Rival(), pay)
    assert out.least.max_gain == out.least.check() <= 0


def gain_where(away, *, purpose, enjoyment, pay, ties):
    """The most that anyone gains at a profile, in the certificate and from scratch."""
    town = Community([1] * len(pay), purpose, enjoyment, ties=ties)
    game = participate(town, Rival(portability=1), offers.personal(pay)).least.game
    outcome = Outcome(np.array(away), game)
    return outcome.max_gain, outcome.check()


def test_who_gains_is_seen_where_floats_say_the_opposite():
    # 1e17 − 9 is 1e17 − 16 in floats, so that the first seems to gain −3 instead of 4.
    given = {"purpose": [9, 0], "enjoyment": [1e17 - 16, 0.5], "pay": [1e17, 0]}
    assert gain_where([False, False], **given, ties=[[0, 3], [0, 0]]) == (4, 4)


def test_who_only_seems_to_gain_hides_nobody_who_does():
    # 1e17 − 7 is 1e17 in floats, so that the first seems to gain 3 instead of −4.
    given = {"purpose": [7, 0, 0], "enjoyment": [1e17, 0, 0], "pay": [1e17, 1, 5]}
    ties = [[0, 0, 3], [0, 0, 0], [0, 0, 0]]
    assert gain_where([False, False, True], **given, ties=ties) == (1, 1)


APART = np.array([[0, 2, 0, 0], [2, 0, 0, 0], [0, 0, 0, -1], [0, 0, -1, 0]])
TIED = {  # the first two hold each other: that both stay has the same potential as that both leave
    "default ties": Community([1, 1], 0, social=4),
    "general ties": Community([1, 1], 0, ties=[[0, 2], [2, 0]]),
    "unequal weights": Community([1, 1], 0, [0, -1], ties=[[0, 2], [4, 0]]),
    "a negative tie": Community([1] * 4, 0, [0, 0, 9, 9], ties=APART),
}


@pytest.mark.parametrize("case", TIED)
def test_of_several_robust_outcomes_the_one_with_least_defection_is_taken(case):
    out = participate(TIED[case], Rival(), offers.flat(1))
    assert (out.least.headcount, out.greatest.headcount) == (0, 2)
    assert out.robust.headcount == 0
    nudged = participate(TIED[case], Rival(), offers.flat(1 + F(1, 2**80)))
    assert nudged.robust.headcount == 2


@pytest.mark.parametrize("default", [True, False], ids=["default ties", "general ties"])
def test_certificates_of_crowds_of_all_kinds_are_right(by_definition, default):
    rng = np.random.default_rng(36)
    n = 150
    for part in (0.1, 0.5, 0.9):
        ties = rng.random((n, n)) * (rng.random((n, n)) < 0.05)
        np.fill_diagonal(ties, 0)
        columns = {"social": rng.random(n) * 9} if default else {"ties": ties}
        town = Community(rng.random(n), rng.random(n), rng.random(n), **columns)
        rival, offer = Rival(portability=0.5), offers.personal(rng.random(n) * 5)
        away = rng.random(n) < part
        outcome = Outcome(away, participate(town, rival, offer).least.game)
        for gaining in (True, False):
            gains = by_definition.gains(town, rival, offer, away.tolist())
            assert outcome.check() == max(gains)
            assert F(outcome.max_gain) == pytest.approx(max(gains), rel=1e-12, abs=1e-12)
            assert (outcome.max_gain > 0) == (max(gains) > 0)
            if gaining:  # who gains most alone, of either side, is content from now on
                most = int(np.argmax(gains))
                pay = np.array(offer.pay(town))
                pay[most] += float(gains[most]) * (1 if away[most] else -1)
                offer = offers.personal(np.maximum(pay, 0))
                outcome = Outcome(away, participate(town, rival, offer).least.game)


amounts = st.sampled_from([0, 1, 0.1, 0.3, 1 / 3, 7, 1e16, 1e-9, 5e-324])
signed = st.tuples(amounts, st.sampled_from([1, -1])).map(lambda p: p[0] * p[1])


@given(
    member=st.tuples(amounts, amounts, signed, amounts, amounts),
    scalars=st.tuples(amounts, amounts, amounts, amounts),
)
@settings(max_examples=300, deadline=None)
def test_temptations_in_floats_are_as_near_as_they_say(member, scalars):
    pay, purpose, enjoyment, stay, gone = member
    theta, theta_r, rho, kappa = scalars
    town = Community([1], F(str(purpose)), F(str(enjoyment)), mission=F(str(theta)))
    rival = Rival(
        mission=F(str(theta_r)), portability=min(F(1), F(str(rho))), crowding=F(str(kappa))
    )
    response = StandardResponse(town, rival, offers.flat(F(str(pay))).pay(town))
    with np.errstate(all="ignore"):
        found, off = response.temptations(
            slice(0, 1), np.array([float(stay)]), np.array([float(gone)]), 0.0
        )
    exact = response.temptation(0, F(stay), F(gone))
    assert off[0] == np.inf or abs(F(float(found[0])) - exact) <= F(float(off[0]))


def test_a_mission_that_floats_hardly_hold_is_not_trusted():
    """θ = 1.4 · 2^-1074 is 2^-1074 in floats; times a purpose of 2^1000 it lies above the pay."""
    theta = F(14, 10) / 2**1074
    town = Community([1], purpose=2**1000, mission=theta)
    for pay, leaves in ((F(13, 10), False), (F(15, 10), True)):
        out = participate(town, Rival(), offers.flat(pay / 2**74))
        assert out.least.headcount == out.greatest.headcount == leaves


def test_a_purpose_between_the_smallest_floats_is_not_trusted_at_a_great_mission():
    """α = 1.4 · 2^-1074 is 2^-1074 in floats: at θ = 2^90 it is off by 0.4 · 2^-984."""
    town = Community([1], purpose=F(14, 10) / 2**1074, mission=2**90)
    response = StandardResponse(town, Rival(), offers.flat(0).pay(town))
    found, off = response.temptations(slice(0, 1), np.zeros(1), np.zeros(1), 0.0)
    assert abs(F(float(found[0])) - response.temptation(0, F(0), F(0))) <= F(float(off[0]))


def test_who_rests_on_one_that_only_floats_keep_goes_too():
    """The last asks for a hair more than all four; of the three left, the third asks for more."""
    asked = [F(0), F(0), F(9, 10), 1 + F(1, 10**17)]

    class Four:
        share, contribution, total, off = np.full(4, 0.25), np.ones(4, dtype=int), F(4), 2.0**-52

        def keys(self, rows):
            return np.array([float(a) for a in asked])[rows]

        def whole(self, members, base):
            keys = [int(4 * 10**17 * asked[i]) for i in members]
            return keys, [10**17] * len(keys), int(10**17 * base), np.arange(len(keys))

    assert largest(Four()).tolist() == [True, True, False, False]


@given(
    st.lists(
        st.tuples(st.integers(0, 16), st.integers(1, 8), st.sampled_from([-1, 0, 1])),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=200, deadline=None)
def test_sizes_of_maxima_enclose_those_of_keys_known_nearly(members):
    """Each key is as far off as it may be, either way: the maximiser's size is enclosed."""
    off = F(1, 1024)
    total = sum(s for _, s, _ in members)
    sizes = [F(s, total) for _, s, _ in members]
    exact = [F(k, 16) for k, _, _ in members]
    given = [k + sign * off for k, (_, _, sign) in zip(exact, members, strict=True)]

    def potential(stay):
        size = sum((s for s, x in zip(sizes, stay, strict=True) if x), F(0))
        return size**2 / 2 - sum(
            (s * k for s, k, x in zip(sizes, exact, stay, strict=True) if x), F(0)
        ), size

    every = [potential(stay) for stay in profiles(len(members))]
    best = max(q for q, _ in every)
    stream = [(np.array(given, dtype=float), np.array(sizes, dtype=float))]
    low, high, near = sizes_of_maxima(stream, 0.0, float(off))
    for q, size in every:
        if q == best:
            assert low - near <= size <= high + near


@pytest.mark.parametrize("social", [0, np.linspace(0, 9, 2000)])
@pytest.mark.parametrize("exact", [False, True])
def test_many_different_members_who_are_all_indifferent_are_asked_at_once(
    monkeypatch, social, exact
):
    # Pay in proportion to purpose: at this mission everyone is indifferent with all gone.
    purpose = np.linspace(1, 3, 2000)
    if exact:
        purpose = np.array([F(1 + k, 1 + k % 7) for k in range(2000)], dtype=object)
    town = Community(np.linspace(5, 1, 2000), purpose=purpose, social=social, mission=4)
    for one_by_one in ("sign", "threshold_ends"):
        monkeypatch.delattr(StandardResponse, one_by_one)
    result = participate(town, Rival(), offers.personal(purpose * 4))
    assert not result.least.defectors.any()
    assert result.greatest.defectors.all()
    assert result.greatest.exact_defection == 1
