"""The definition of the price, by brute force; and random communities to try it on."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations, permutations
from math import inf

import numpy as np
import pytest

import missiongame as mg


def ties_of(town):
    """g as a list of rows of Fractions, straight from the definition."""
    n = town.n
    if town.ties is not None:
        return [[Fraction(v) for v in row] for row in town.ties.dense().tolist()]
    share = town.exact_share
    social = [Fraction(v) for v in town.social]
    return [[social[i] * share[j] if i != j else Fraction(0) for j in range(n)] for i in range(n)]


def winning(balance, pull, crowding):
    """inf {w >= 0 : w + a/(1 + κw) > B}, by cases of the quadratic; a float if irrational."""
    if crowding == 0 or pull == 0:
        return max(Fraction(0), balance - pull)
    if balance < pull:
        return Fraction(0)
    half = crowding * balance - 1
    disc = half * half + 4 * crowding * (balance - pull)
    return max(0.0, (float(half) + float(disc) ** 0.5) / (2 * float(crowding)))


def pay_of(town, rival):
    """The function (i, gone) -> what i is paid once exactly the set `gone` has left."""
    ties, rho = ties_of(town), Fraction(rival.portability)
    alone = [
        Fraction(alpha) * Fraction(town.mission) + Fraction(h)
        for alpha, h in zip(town.purpose, town.enjoyment, strict=True)
    ]
    pull = [Fraction(alpha) * Fraction(rival.mission) for alpha in town.purpose]

    @cache
    def pay(i, gone):
        social = sum(-rho * g if j in gone else g for j, g in enumerate(ties[i]))
        return winning(alone[i] + social, pull[i], Fraction(rival.crowding))

    return pay


def brute_force(town, rival, share=1):
    """The least total pay over every subset that makes the share, and every order of it."""
    shares, pay = town.exact_share, pay_of(town, rival)
    best = inf
    for k in range(town.n + 1):
        for members in combinations(range(town.n), k):
            if sum((shares[i] for i in members), Fraction(0)) < Fraction(share):
                continue
            for order in permutations(members):
                total = sum(pay(i, frozenset(order[:p])) for p, i in enumerate(order))
                best = min(best, total)
    return best


def random_town(rng, n, ties=False, negative=False):
    """Small whole numbers, so that truncation, ties and equal orders are frequent."""
    c = rng.integers(0, 5, n)
    c[rng.integers(n)] += 1
    low = -3 if negative else 0
    purpose, enjoyment = rng.integers(low, 6, n), rng.integers(-2, 4, n)
    if not ties:
        return mg.Community(c, purpose, enjoyment, social=rng.integers(0, 7, n))
    g = rng.integers(0, 5, (n, n)) * rng.integers(0, 2, (n, n))
    np.fill_diagonal(g, 0)
    return mg.Community(c, purpose, enjoyment, ties=g)


def random_rival(rng, crowded=False):
    rho = Fraction(int(rng.integers(0, 5)), 4)
    if not crowded:
        return mg.Rival(portability=rho, mission=Fraction(int(rng.integers(0, 3)), 2))
    return mg.Rival(
        portability=rho,
        mission=Fraction(int(rng.integers(1, 5)), 2),
        crowding=Fraction(int(rng.integers(1, 9)), 4),
    )


@pytest.fixture
def brute():
    return brute_force


@pytest.fixture
def draw_town():
    return random_town


@pytest.fixture
def draw_rival():
    return random_rival
