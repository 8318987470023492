"""How close each method comes to the price: on average, over towns that a table can check.

What is found and proved is right however well a method searches; these say that it
searches well. The limits leave one part in two hundred, or more, to chance.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from statistics import mean

import numpy as np
import pytest

import missiongame as mg
from missiongame.price.all_subsets import SubsetTable
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.greedy import greedy
from missiongame.price.local_search import improve
from missiongame.price.pairs_bound import pair_bound
from missiongame.price.problem import Problem
from missiongame.price.relaxation import programme, relax
from missiongame.price.transport_bound import by_transport

ENOUGH_TIME = Clock(np.inf)


def problems(general, cases=18, n=12):
    """Yield towns of twelve with a heavy tail, as problems, and their prices."""
    rng = np.random.default_rng(5)
    for k in range(cases):
        size, purpose = np.ceil(20 / np.arange(1, n + 1) ** 0.8), rng.integers(0, 8, n)
        if general:
            ties = rng.integers(1, 10, (n, n)) * (rng.random((n, n)) < 0.4)
            np.fill_diagonal(ties, 0)
            town = mg.Community(size, purpose, ties=ties)
        else:
            town = mg.Community(size, purpose, social=rng.integers(0, 60, n))
        crowding = {"mission": 1, "crowding": 0.5} if k % 3 == 0 else {}
        rival = mg.Rival(portability=[0, 0.5, 1][k % 3], **crowding)
        problem = Problem.of(town, rival, [Fraction(1), Fraction(1, 2)][k % 2])
        table = SubsetTable.of(problem)
        least = float(table.least[table.cheapest(problem.needed)])
        yield FloatView.of(problem), least * (float(problem.unit) if problem.linear else 1)


def check(found, most=(), least=()):
    """Orders cost at most so much, and bounds reach at least so much, of the price."""
    for name, limit in dict(most).items():
        assert mean(found[name]) <= limit, name
        assert min(found[name]) >= 1 - 1e-9, f"{name}: below the price"
    for name, limit in dict(least).items():
        assert mean(found[name]) >= limit, name
        assert max(found[name]) <= 1 + 1e-9, f"{name}: above the price"


def test_orders_and_bounds_by_prices_of_time():
    found = defaultdict(list)
    for view, price in problems(general=False):
        order, bound = by_transport(view, ENOUGH_TIME)
        biggest = np.argsort(-view.problem.size, kind="stable")
        reached = np.cumsum(view.problem.size[biggest]) >= view.problem.needed
        first = biggest[: int(np.argmax(reached)) + 1]
        found["order"].append(view.cost(order) / price)
        found["improved"].append(view.cost(improve(view, order, ENOUGH_TIME)) / price)
        found["biggest"].append(view.cost(improve(view, first, ENOUGH_TIME)) / price)
        found["bound"].append(float(bound.lower) / price)
    check(found, {"order": 1.016, "improved": 1.005, "biggest": 1.08}, {"bound": 0.951})


def test_greedy_orders_and_bounds_on_pairs():
    found = defaultdict(list)
    for view, price in problems(general=True):
        order = greedy(view.problem)
        found["greedy"].append(view.cost(order) / price)
        found["improved"].append(view.cost(improve(view, order, ENOUGH_TIME)) / price)
        found["pairs"].append(float(pair_bound(view, view.cost(order))) / price)
        found["relaxed"].append(float(relax(programme(view), ENOUGH_TIME)[1]) / price)
    check(found, {"greedy": 1.9, "improved": 1.14}, {"pairs": 0.069, "relaxed": 0.215})


@pytest.mark.parametrize(("share", "least"), [(Fraction(1, 2), 0.98), (Fraction(1), 0.99)])
def test_hundreds_of_members_poured_by_type(share, least):
    rng = np.random.default_rng(6)
    size = np.ceil(2000 / np.arange(1, 201) ** 0.9)
    town = mg.Community(size, rng.exponential(3, 200), social=rng.gamma(1, 9, 200))
    view = FloatView.of(Problem.of(town, mg.Rival(portability=1), share))
    order, bound = by_transport(view, ENOUGH_TIME)
    assert least <= float(bound.lower) / view.cost(order) <= 1
