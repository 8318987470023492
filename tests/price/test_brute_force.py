"""The price equals the least over every order of every subset."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

import missiongame as mg
import oracles
from communities import random_rival, random_town
from missiongame.price.all_subsets import SubsetTable
from missiongame.price.problem import Problem

SHARES = [Fraction(1), Fraction(1, 2), Fraction(2, 3), Fraction(9, 10), Fraction(1, 10)]


def compare(brute, cases, largest, crowded, seed):
    rng = np.random.default_rng(seed)
    truncated = 0
    for _ in range(cases):
        n = int(rng.integers(1, largest + 1))
        town = random_town(rng, n, ties=bool(rng.integers(2)), negative=bool(rng.integers(2)))
        rival = random_rival(rng, crowded)
        share = SHARES[int(rng.integers(len(SHARES)))]
        price = mg.price_of_collapse(town, rival, share)
        expected = brute(town, rival, share)
        assert price.optimal
        assert price.captured >= share
        if crowded:
            assert price.total == pytest.approx(float(expected), rel=1e-9, abs=1e-9)
            assert float(price.lower_bound) <= float(expected) * (1 + 1e-12) + 1e-12
        else:
            assert price.exact_total == price.lower_bound == expected
            truncated += (price.problem.deficits_along(price.order) < 0).any()
    return truncated


@pytest.mark.parametrize("seed", range(3))
def test_price_is_the_least_over_orders_and_subsets(brute, seed):
    truncated = compare(brute, 100, 5, False, seed)
    assert truncated > 5  # else the cases say nothing about payments at zero


def test_price_under_crowding_is_the_least_over_orders_and_subsets(brute):
    compare(brute, 100, 4, True, 7)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_price_is_the_least_over_orders_and_subsets_of_seven(brute, seed):
    assert compare(brute, 300, 6, False, seed) > 15
    assert compare(brute, 10, 7, False, seed) >= 0
    compare(brute, 150, 5, True, seed)


def test_of_two_that_cost_the_same_the_fewer_members_are_approached():
    """5 buys either the first, who makes all that is needed, or the two others."""
    town = mg.Community([2, 1, 1, 1], purpose=[5, 3, 2, 9])
    table = SubsetTable.of(Problem.of(town, mg.Rival(), Fraction(2, 5)))
    assert table.cheapest(2) == 0b0001
    turned = mg.Community([1, 1, 1, 2], purpose=[2, 3, 9, 5])
    table = SubsetTable.of(Problem.of(turned, mg.Rival(), Fraction(2, 5)))
    assert table.cheapest(2) == 0b1000
    assert mg.price_of_collapse(turned, mg.Rival(), 0.4, method="subsets").order.tolist() == [3]


def test_among_equal_prices_the_fewest_members_are_approached():
    rng = np.random.default_rng(41)
    for _ in range(60):
        town = random_town(rng, int(rng.integers(2, 5)), ties=bool(rng.integers(2)))
        rival = random_rival(rng)
        share = SHARES[int(rng.integers(len(SHARES)))]
        problem = Problem.of(town, rival, share)
        table = SubsetTable.of(problem)
        orders = [o for who in oracles.subsets(range(town.n)) for o in permutations(who)]
        costs = {o: problem.cost(np.array(o))[0] for o in orders if problem.enough(np.array(o))}
        least = min(costs.values())
        found = table.order(table.cheapest(problem.needed))
        assert costs[tuple(found.tolist())] == least
        assert len(found) == min(len(o) for o, cost in costs.items() if cost == least)
