"""Thousands of critical missions in every selection, by every profile and every crossing."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

import missiongame as mg
import oracles

F = Fraction
SELECTIONS = ["least", "robust", "greatest"]
SIZES = [5e-324, 1e-300, 1e-70, 0.1, 1, 2, 3, 1e16, 2**70, 1e200]


def some(rng, n, wide, low=0):
    whole = [int(k) for k in rng.integers(low, 5, n)]
    return [k * F(SIZES[rng.integers(len(SIZES))]) for k in whole] if wide else whole


def draw(rng, repelled):
    """A raid on up to four members; purposes may be negative where `repelled`."""
    n, wide = int(rng.integers(1, 5)), rng.random() < 0.3
    felt = {
        "purpose": some(rng, n, wide, -2 if repelled else 0),
        "enjoyment": some(rng, n, wide, -2),
    }
    if rng.random() < 0.4:
        felt["social"] = some(rng, n, wide)
    elif rng.random() < 0.8:
        g = np.array([some(rng, n, wide) for _ in range(n)], dtype=object)
        felt["ties"] = np.tril(g, -1) + np.tril(g, -1).T
    made = [int(k) for k in rng.integers(0, 4, n)]
    made[0] += 1
    rival = mg.Rival(
        mission=[0, 0, 0.5, 2][rng.integers(4)],
        portability=[0, 0.5, 1][rng.integers(3)],
        crowding=[0, 0, 1, F(1, 3)][rng.integers(4)],
    )
    offer = mg.offers.personal(some(rng, n, wide))
    return mg.Community(made, **felt), rival, offer, F(int(rng.integers(1, 9)), 8)


def alone(town):
    """Whose ties are worth nothing."""
    return [not any(row) for row in oracles.ties(town)] if town.ties else town.social == 0


def weights(town):
    if town.ties is not None:
        return [F(1)] * town.n
    return [s / F(g) if g else F(1) for s, g in zip(oracles.shares(town), town.social, strict=True)]


def potential(town, rival, offer, away, base):
    """What a weighted potential rises by as those who stay in `away` join `base` one by one."""
    now, total, weight = list(base), F(0), weights(town)
    for i, gone in enumerate(away):
        if now[i] and not gone:
            total -= weight[i] * oracles.temptations(town, rival, offer, tuple(now))[i]
            now[i] = False
    return total


def robust(town, rival, offer):
    """The largest maximiser of the potential, given those who decide alone."""
    everyone = (True,) * town.n
    tempted = oracles.temptations(town, rival, offer, everyone)
    leaves = [a and t > 0 for a, t in zip(alone(town), tempted, strict=True)]
    base = tuple(not a or x for a, x in zip(alone(town), leaves, strict=True))
    unnoticed = [not a and w == 0 for a, w in zip(alone(town), weights(town), strict=True)]
    open_ = [
        x
        for x in oracles.profiles(town.n)
        if all(x[i] == base[i] for i in range(town.n) if alone(town)[i] or unnoticed[i])
    ]
    value = {x: potential(town, rival, offer, x, base) for x in open_}
    best = [x for x in open_ if value[x] == max(value.values())]
    chosen = tuple(map(all, zip(*best, strict=True)))
    tempted = oracles.temptations(town, rival, offer, chosen)
    return tuple(t > 0 if u else x for u, t, x in zip(unnoticed, tempted, chosen, strict=True))


def selected(town, rival, offer, selection):
    if selection == "robust":
        return robust(town, rival, offer)
    return oracles.best_responses(town, rival, offer, least=selection == "least")


def line(bare, rival, offer, away):
    """Who decides alone; the potential of the others' choice, and how it rises in the mission."""
    base = tuple(x or not a for x, a in zip(away, alone(bare), strict=True))
    joined = [i for i in range(bare.n) if base[i] and not away[i]]
    weight = weights(bare)
    rise = sum((weight[i] * F(bare.purpose[i]) for i in joined), F(0))
    return base, potential(bare, rival, offer, away, base), rise


def turns(town, rival, offer, selection):
    """Every mission at which someone may be indifferent, or two potentials may be equal."""
    bare, found = town.with_mission(0), {F(0)}
    profiles = oracles.profiles(town.n)
    for away in profiles:
        for t, alpha in zip(
            oracles.temptations(bare, rival, offer, away), town.purpose, strict=True
        ):
            if alpha:
                found.add(t / F(alpha))
    if selection == "robust":
        lines = [line(bare, rival, offer, x) for x in profiles]
        found |= {
            (a - c) / (d - b)
            for (one, a, b), (other, c, d) in combinations(lines, 2)
            if one == other and b != d
        }
    return sorted(t for t in found if t >= 0)


def critical(town, rival, offer, share, selection):
    """The infimum of missions at which less than the share leaves."""

    def fails(mission):
        x = selected(town.with_mission(mission), rival, offer, selection)
        gone = sum((s for s, left in zip(oracles.shares(town), x, strict=True) if left), F(0))
        return gone < share

    places = turns(town, rival, offer, selection)
    for here, then in zip(places, [*places[1:], places[-1] + 1], strict=True):
        if fails(here) or fails((here + then) / 2):
            return here
    return math.inf


def check(rng, selection):
    town, rival, offer, share = draw(rng, repelled=rng.random() < 0.3)
    found = mg.critical_mission(town, rival, offer, share=share, selection=selection)
    assert found == critical(town, rival, offer, share, selection)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_critical_missions(selection):
    rng = np.random.default_rng([50, SELECTIONS.index(selection)])
    for _ in range(40):
        check(rng, selection)


@pytest.mark.long
@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("seed", range(10))
def test_five_thousand_critical_missions(selection, seed):
    rng = np.random.default_rng([51, SELECTIONS.index(selection), seed])
    for _ in range(500):
        check(rng, selection)
