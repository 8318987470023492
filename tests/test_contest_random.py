"""Thousands of random contests: matrices, equilibria, extremes and commitments by definition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
import oracles


def numbers(rng, kind, size, low=0):
    whole = rng.integers(low, 7, size)
    if kind == "whole":
        return whole
    if kind == "quarters":
        return whole / 4
    if kind == "decimals":
        return whole / 10
    return whole * 10.0 ** rng.choice([-9, 0, 9], size)


def draw(rng):
    """A contest of up to five members, five policies and five offers; many ties."""
    n = int(rng.integers(1, 6))
    kind = ["whole", "whole", "quarters", "decimals", "wide"][rng.integers(5)]

    def some(size, low=0):
        return numbers(rng, kind, size, low)

    columns = {"purpose": some(n, -1), "enjoyment": some(n, -1)}
    ties = rng.integers(3)
    if ties == 1:
        columns["social"] = some(n)
    elif ties == 2:
        g = some((n, n)) * rng.integers(0, 2, (n, n))
        np.fill_diagonal(g, 0)
        columns["ties"] = g
    c = rng.integers(0, 5, n)
    c[rng.integers(n)] += 1
    town = mg.Community(c, mission=some(1)[0], **columns)
    policies = [mg.Policy(*some(2)) for _ in range(rng.integers(1, 6))]
    makers = [
        lambda: mg.offers.flat(some(1)[0], fixed=rng.integers(2)),
        lambda: mg.offers.top(int(rng.integers(n + 1)), some(1)[0]),
        lambda: mg.offers.piece_rate(some(1)[0]),
        lambda: mg.offers.personal(some(n)),
    ]
    offers = [makers[rng.integers(4)]() for _ in range(rng.integers(1, 6))]
    rival = mg.Rival(
        value=2 * some(1)[0] + 1,
        mission=[0, 0, 0.5, 2][rng.integers(4)],
        portability=[0, 0.5, 1][rng.integers(3)],
        crowding=[0, 0, 1][rng.integers(3)],
    )
    steward = mg.Steward(9 * some(1)[0] + 1, policies)
    return mg.Contest(town, steward, rival, offers, ["least", "greatest"][rng.integers(2)])


def matrices(contest):
    """The steward's, the rival's and the defection matrix, from the definitions alone."""
    town, rival = contest.community, contest.rival
    total = sum(map(Fraction, town.contribution))
    rows = []
    for policy in contest.policies:
        lifted = town.with_mission(Fraction(town.mission) + Fraction(policy.uplift))
        cells = []
        for offer in contest.offers:
            least = contest.selection == "least"
            x = oracles.best_responses(lifted, rival, offer, least=least)
            taken = sum((Fraction(c) for c, gone in zip(town.contribution, x, strict=True) if gone))
            pays = zip(offer.pay(town), x, strict=True)
            payroll = sum((Fraction(w) for w, gone in pays if gone), Fraction(0))
            cells.append(
                (
                    Fraction(contest.steward.value) * (1 - Fraction(taken) / total)
                    - Fraction(policy.cost),
                    Fraction(rival.value) * taken - payroll - Fraction(offer.fixed),
                    Fraction(taken) / total,
                )
            )
        rows.append(cells)
    return [tuple(tuple(cell[k] for cell in row) for row in rows) for k in range(3)]


def committed(leader, other):
    """(best, worst) for a leader whose choices are the rows: ties fall for it, and against it."""
    options = []
    for mine, theirs in zip(leader, other, strict=True):
        tied = [u for u, v in zip(mine, theirs, strict=True) if v == max(theirs)]
        options.append((max(tied), min(tied)))
    return max(best for best, _ in options), max(worst for _, worst in options)


def value(weight, e):
    return sum(
        p * q * weight[i][j] for i, p in enumerate(e.row) if p for j, q in enumerate(e.column) if q
    )


def check(contest):
    steward, rival, defection = matrices(contest)
    exact = contest.exact
    assert (exact.steward, exact.rival, exact.defection) == (steward, rival, defection)
    answer = contest.equilibria()
    expected = oracles.extreme_equilibria(steward, rival)
    assert answer.complete
    assert len(answer) == len(expected)
    assert {(e.row, e.column) for e in answer} == expected
    values = [value(defection, e) for e in answer]
    assert list(answer.defection) == values
    ends = contest.extremes()
    assert ends.complete
    for least, greatest in (answer.extremes(), ends):
        assert value(defection, least) == min(values)
        assert value(defection, greatest) == max(values)
    turned = [oracles.transposed(M) for M in (rival, steward)]
    for side, pair in (("steward", (steward, rival)), ("rival", turned)):
        found, (best, worst) = contest.commit(side), committed(*pair)
        assert getattr(found.favourable, side) == best
        assert getattr(found.unfavourable, side) == worst
        for cell in (found.favourable, found.unfavourable):
            p, o = contest.policies.index(cell.policy), contest.offers.index(cell.offer)
            assert (cell.steward, cell.rival) == (steward[p][o], rival[p][o])
    return len(expected)


def test_some_contests():
    rng = np.random.default_rng(90)
    assert sum(check(draw(rng)) for _ in range(40)) > 60


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_five_thousand_contests(seed):
    rng = np.random.default_rng([91, seed])
    assert sum(check(draw(rng)) for _ in range(500)) > 700


def test_matrices_of_larger_communities():
    """More members than a byte has bits, so that sets of them take several."""
    rng = np.random.default_rng(92)
    for _ in range(4):
        n = int(rng.integers(9, 24))
        town = mg.Community(
            rng.integers(1, 30, n), rng.integers(0, 9, n), social=rng.integers(0, 9, n)
        )
        policies = [mg.Policy(k / 4, k) for k in range(5)]
        offers = [mg.offers.flat(k) for k in range(4)]
        offers += [mg.offers.personal(rng.integers(0, 15, n)) for _ in range(6)]
        contest = mg.Contest(town, mg.Steward(90, policies), mg.Rival(value=2), offers)
        exact = contest.exact
        assert [exact.steward, exact.rival, exact.defection] == matrices(contest)
        assert len({v for row in exact.defection for v in row}) > 5
