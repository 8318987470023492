"""Towns whose members hold each other: several equilibria, found by the fast ways alone."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
import sympy

import oracles
from missiongame import Community, Payoffs, Rival, offers, participate
from missiongame import symbols as m
from missiongame.members import cascade, default_ties
from missiongame.members.potential_in_rationals import exact_maximiser

ROUTES = {
    "as it is": {},
    "walk": {"_FEW": 10**9, "_PASSES": 0},
    "push": {"_FEW": 0, "_MANY": 0.001, "_PASSES": 0, "_DENSE": 0},
    "push, everyone gone through": {"_FEW": 0, "_MANY": 0.001, "_PASSES": 0, "_DENSE": 10**9},
    "whole passes": {"_FEW": 0, "_MANY": 10**9, "_PASSES": 10**9},
}
F = Fraction
NOTHING = offers.flat(0)


@pytest.fixture(autouse=True)
def no_net(monkeypatch):
    """Whatever fails its certificate is redone slowly; nothing here may need that."""

    def needed(*_, **__):
        raise AssertionError("the fast way failed its certificate")

    monkeypatch.setattr(default_ties, "extreme", needed)
    monkeypatch.setattr(cascade, "extreme", needed)


def held(rng, ties, columns):
    """A community in which i stays iff stayers are worth t_i, drawn among all that they can be."""
    n, rho = len(ties), F(int(rng.integers(0, 3)), 2)
    enjoyment = []
    for row in ties:
        around = sum(row)
        t = around * F(int(rng.integers(0, 9)), 8)
        enjoyment.append(rho * around - t * (1 + rho))
    work = columns.pop("contribution", [1] * n)
    return Community(work, purpose=0, enjoyment=enjoyment, **columns), Rival(portability=rho)


def check(town, rival, value):
    """Compare with every profile; return whether the maximiser is neither extreme."""
    out = participate(town, rival, NOTHING)
    found = oracles.equilibria(town, rival, NOTHING)
    least, greatest = (
        tuple(pick(x[i] for x in found) for i in range(town.n)) for pick in (min, max)
    )
    assert tuple(out.least.defectors) == least
    assert tuple(out.greatest.defectors) == greatest
    assert {tuple(e.defectors) for e in out.equilibria} == set(found)
    assert "certificate" not in out.reason
    values = {x: value(x) for x in oracles.profiles(town.n)}
    best = [x for x in values if values[x] == max(values.values())]
    robust = tuple(min(x[i] for x in best) for i in range(town.n))
    assert tuple(out.robust.defectors) == robust
    return robust not in (least, greatest)


def test_with_default_ties_of_every_size():
    rng = np.random.default_rng(31)
    between = 0
    for _ in range(160):
        n = int(rng.integers(2, 6))
        work, social = rng.integers(1, 6, n), rng.integers(1, 6, n)
        share = [F(int(c), int(work.sum())) for c in work]
        ties = [[int(social[i]) * share[j] if i != j else F(0) for j in range(n)] for i in range(n)]
        town, rival = held(rng, ties, {"contribution": work, "social": social})
        between += check(
            town, rival, lambda x, t=town, r=rival: oracles.potential(t, r, NOTHING, x)
        )
    assert between > 3


@pytest.mark.parametrize("like", [True, False])
def test_with_ties_that_weights_make_symmetric(like):
    rng = np.random.default_rng(32 + like)
    between = 0
    for _ in range(160):
        n = int(rng.integers(2, 6))
        group = rng.integers(0, 2, n)
        weights = [F(1) if like else F(int(k), 2) for k in rng.integers(1, 5, n)]
        ties = [[F(0)] * n for _ in range(n)]
        for i in range(n):
            for j in range(i):
                worth = int(rng.integers(0, 4)) * int(group[i] == group[j])
                ties[i][j], ties[j][i] = worth / weights[i], worth / weights[j]
        town, rival = held(rng, ties, {"ties": ties})

        def value(x, town=town, rival=rival, weights=weights):
            return oracles.potential_of_ties(town, rival, NOTHING, weights, x)

        between += check(town, rival, value)
    assert between > 20


def prefix_of_largest_potential(town, rival):
    """Who leaves at the potential's largest maximiser: it is a prefix in order of τ + s/2."""
    share, rho = oracles.shares(town), F(rival.portability)
    alone = oracles.apart(town, rival, NOTHING)[0]
    sigma = [F(v) for v in town.social]
    tau = [(t / g + rho * (1 - s)) / (1 + rho) for t, g, s in zip(alone, sigma, share, strict=True)]
    line = sorted(range(town.n), key=lambda i: tau[i] + share[i] / 2)
    best, height, top, size = 0, F(0), F(0), F(0)
    for k, i in enumerate(line, start=1):
        height += share[i] * (size - tau[i])
        size += share[i]
        if height >= top:
            best, top = k, height
    stay = set(line[:best])
    return [i not in stay for i in range(town.n)]


@pytest.mark.parametrize("many", [False, True], ids=["few", "as if many"])
@pytest.mark.parametrize("kind", ["any", "tenths", "five kinds"])
def test_in_floats_and_by_the_dozen(kind, many, request):
    if many:
        request.getfixturevalue("many_buckets")
    rng = np.random.default_rng([34, len(kind)])
    for n in (1, 2, 9, 40, 80):
        draw = {
            "any": lambda low, high, n=n: rng.uniform(low, high, n),
            "tenths": lambda low, high, n=n: rng.integers(10 * low, 10 * high, n) / 10,
            "five kinds": lambda low, high, n=n: rng.uniform(low, high, 5)[np.arange(n) % 5],
        }[kind]
        work, social, part = draw(1, 4), draw(1, 5), draw(0, 1)
        around = social * (1 - work / work.sum())
        rival = Rival(portability=rng.integers(0, 3) / 2)
        rho = float(rival.portability)
        enjoyment = rho * around - around * part * (1 + rho)
        town = Community(work, purpose=0, enjoyment=enjoyment, social=social)
        out = participate(town, rival, NOTHING)
        for outcome, least in ((out.least, True), (out.greatest, False)):
            reached = oracles.best_responses(town, rival, NOTHING, least=least)
            assert tuple(outcome.defectors) == reached
        assert out.robust.defectors.tolist() == prefix_of_largest_potential(town, rival)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("kind", ["any", "tenths", "whole"])
def test_by_every_route_of_a_cascade(kind, route, monkeypatch):
    for name, value in ROUTES[route].items():
        monkeypatch.setattr(cascade, name, value)
    rng = np.random.default_rng([35, len(kind)])
    for n in (2, 12, 60):
        worth = {
            "any": rng.exponential(1, (n, n)),
            "tenths": rng.integers(1, 9, (n, n)) / 10,
            "whole": rng.integers(1, 5, (n, n)).astype(float),
        }[kind]
        ties = worth * (rng.random((n, n)) < 4 / n)
        np.fill_diagonal(ties, 0)
        rival = Rival(portability=rng.integers(0, 3) / 2)
        rho, around = float(rival.portability), ties.sum(axis=1)
        # Thresholds that some sum of ties meets exactly, and the smallest ones first.
        met = np.array(
            [row[rng.random(n) < p].sum() for row, p in zip(ties, rng.random(n), strict=True)]
        )
        town = Community([1] * n, 0, rho * around - met * (1 + rho), ties=ties)
        out = participate(town, rival, NOTHING)
        for outcome, least in ((out.least, True), (out.greatest, False)):
            reached = oracles.best_responses(town, rival, NOTHING, least=least)
            assert tuple(outcome.defectors) == reached


@pytest.mark.parametrize("least", [True, False])
def test_a_chain_is_followed_and_not_added_up_member_by_member(least):
    n = 2000
    ties = scipy.sparse.coo_array((np.ones(n - 1), (np.arange(1, n), np.arange(n - 1))), (n, n))
    worth = np.full(n, -0.5)
    worth[0] = -2.0 if least else 2.0
    town = Community(np.ones(n), purpose=0, enjoyment=worth, ties=ties)
    out = participate(town, Rival(), NOTHING)
    game = out.least.game
    followed = cascade.Cascade(cascade.GeneralTies(game), least)
    assert followed.run().all()
    assert followed.passes < 20


@pytest.mark.parametrize("least", [None, True, False])
def test_what_sustains_itself_is_told_from_what_does_not(least):
    """Of a few kinds of members: one of a kind that is content says nothing of another kind."""
    rng = np.random.default_rng(38)
    sustained = 0
    for _ in range(300):
        kind = np.sort(rng.integers(0, 3, 12))
        enjoyment, social = rng.integers(-3, 3, 3)[kind], rng.integers(1, 5, 3)[kind]
        town = Community([1] * 12, purpose=0, enjoyment=enjoyment, social=social)
        rival = Rival(portability=rng.integers(0, 3) / 2)
        away = (rng.random(3) < 0.5)[kind] ^ (rng.random(12) < rng.choice([0, 0.1]))
        game = participate(town, rival, NOTHING).least.game
        gains = oracles.gains(town, rival, NOTHING, away.tolist())
        expected = max(gains) <= 0
        if least is not None:  # whoever is indifferent is on the right side
            expected &= all(g < 0 or x != least for g, x in zip(gains, away, strict=True))
        found = default_ties.DefaultTies(game).sustains(away, least=least)
        assert found == expected
        sustained += found
    assert 20 < sustained < 280


def test_who_is_indifferent_whatever_the_others_do_leaves_in_the_greatest_equilibrium():
    """The second decides alone, between 1 here and 1 there: it may stay, but not in that one."""
    town = Community([1, 1], purpose=0, enjoyment=[0, 1], social=[1, 0])
    game = participate(town, Rival(), offers.flat(1)).least.game
    ties = default_ties.DefaultTies(game)
    stays, leaves = np.array([True, False]), np.array([True, True])
    sides = (None, True, False)
    assert [ties.sustains(stays, least=side) for side in sides] == [True, True, False]
    assert [ties.sustains(leaves, least=side) for side in sides] == [True, False, True]


@pytest.mark.parametrize("route", ROUTES)
def test_a_tie_lost_beside_the_gap_is_missed_all_the_same(monkeypatch, route):
    """The second stays only while the third does, whose tie no float shows beside the first's.

    Both are in doubt at once, the third moves, and the second's gap is what it was.
    """
    for name, value in ROUTES[route].items():
        monkeypatch.setattr(cascade, name, value)
    tiny, n = 2.0**-100, 200
    ties = scipy.sparse.lil_array((n, n))
    ties[1, 0] = ties[2, 0] = 1.0
    ties[1, 2] = tiny
    for i in range(3, n):  # the others hold each other
        ties[i, 3 + (i - 2) % (n - 3)] = 1.0
    town = Community([1] * n, 0, [0, -1 - F(tiny), -1 - F(tiny), *[0] * (n - 3)], ties=ties)
    out = participate(town, Rival(), NOTHING)
    assert np.flatnonzero(out.least.defectors).tolist() == [1, 2]


@pytest.mark.parametrize("bits", range(44, 54))
def test_floats_that_leave_many_in_doubt_do_not_make_them_alike(bits):
    """Pay and enjoyment hide 1 beside 2^bits: who has that much company left is asked exactly."""
    n, big = 600, 2**bits
    partners = [(n + 2, n + 3), (n, n + 2), (n, n + 1)]  # the last two of all leave
    ties = scipy.sparse.lil_array((n + 4, n + 4))
    for i in range(n):
        ties[i, partners[i % 3][0]] = ties[i, partners[i % 3][1]] = 1.0
    ties[n, n + 1] = 2.0**51  # as coarse a grid as others' ties are on
    town = Community([1] * (n + 4), 0, [*[big] * n, 1, 1, 0, 0], ties=ties)
    out = participate(town, Rival(), offers.personal([*[big + 1] * n, 0, 0, 4, 4]))
    expected = [*range(0, n, 3), n + 2, n + 3]
    assert np.flatnonzero(out.least.defectors).tolist() == expected


@pytest.mark.parametrize("least", [True, False])
def test_gaps_are_as_near_to_the_exact_ones_as_is_said(least):
    """However they were reached: added up, or lowered tie by tie."""
    rng = np.random.default_rng(39)
    n = 60
    worth = rng.exponential(1, (n, n)) * 10.0 ** rng.integers(-6, 7, (n, n))
    np.fill_diagonal(worth, 0)
    town = Community([1] * n, 0, rng.normal(0, 1e6, n), ties=worth)
    game = participate(town, Rival(), NOTHING).least.game
    followed = cascade.Cascade(cascade.GeneralTies(game), least)
    movers = rng.permutation(n)[: n // 2]
    incoming = followed.graph.incoming
    inexact = 0
    for j in movers:
        followed.moved[j] = True
        followed._push(incoming.indptr[[j]], incoming.indptr[[j + 1]])
    for i in np.flatnonzero(~followed.moved & np.isfinite(followed.sure)):
        held = sum(
            (F(g) for g, x in zip(worth[i], followed.moved, strict=True) if x != least), F(0)
        )
        exact = held if least else -held
        error = abs(F(followed.gap[i]) + F(followed.sure[i]) - exact)
        assert error <= F(followed.rounding[i])
        inexact += error > 0
    assert inexact


@pytest.mark.parametrize(("pay", "stay"), [(F(17, 10), True), (F(18, 10), False)])
def test_irrational_shares_that_are_apart_leave_the_maximiser_certain(pay, stay):
    """Two who hold each other by 2: both staying is the maximiser iff log(1 + w) <= 1."""
    town = Community([1, 1], purpose=0, social=4)
    payoffs = Payoffs(stay=m.h + m.G_stay, defect=sympy.log(1 + m.w))
    response = participate(town, Rival(), offers.flat(pay), payoffs=payoffs).least.game.response
    tipping = default_ties.TippingShares(town, response)
    low, high = tipping.enclosure(0)
    assert low < high
    assert exact_maximiser(tipping, np.arange(2), F(0)).tolist() == [stay, stay]


def test_the_potential_is_maximised_among_members_of_any_sizes():
    """Who joins stayers of share u at a tipping share of τ raises it by their share · (u − τ)."""
    rng, neither = np.random.default_rng(35), 0
    for _ in range(60):
        size = rng.integers(1, 9, 5)
        town = Community(size, 0, enjoyment=rng.integers(-20, 5, 5), social=20)
        response = participate(town, Rival(), NOTHING).least.game.response
        tipping = default_ties.TippingShares(town, response)
        share = [F(int(c), int(size.sum())) for c in size]
        tau = [tipping.enclosure(i)[0] for i in range(5)]

        def raised(stay, share=share, tau=tau):
            inside = [i for i in range(5) if stay[i]]
            sums = np.cumsum([F(0), *(share[i] for i in inside)])
            return sum(share[i] * (u - tau[i]) for i, u in zip(inside, sums, strict=False))

        wanted = max(oracles.profiles(5), key=lambda stay: (raised(stay), sum(stay)))
        assert exact_maximiser(tipping, np.arange(5), F(0)).tolist() == list(map(bool, wanted))
        neither += 0 < sum(wanted) < 5
    assert neither > 10
