"""Published and recomputed prices and orders, reached through public functions."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

import missiongame as mg
import oracles

CLONE = mg.Rival(portability=1)


def bernstein_winter(worth, outside=10):
    """Their game in ours: ties = W/2 at a clone, enjoyment = outside option less half the rows."""
    worth = np.array(worth)
    enjoyment = [Fraction(outside) - Fraction(int(row.sum()), 2) for row in worth]
    return mg.Community(np.ones(len(worth)), purpose=0, enjoyment=enjoyment, ties=worth / 2)


def test_bernstein_winter_2012_pays_ten_seven_one():
    price = mg.price_of_collapse(bernstein_winter([[0, 1, 2], [3, 0, 1], [5, 4, 0]]), CLONE)
    assert price.exact_total == 18
    assert price.optimal
    assert [price.exact_pay[i] for i in price.order] == [10, 7, 1]


def test_bernstein_winter_2012_with_a_cycle_costs_twenty():
    # The formula for acyclic preferences would say 18.
    price = mg.price_of_collapse(bernstein_winter([[0, 1, 4], [3, 0, 2], [1, 5, 0]]), CLONE)
    assert (price.exact_total, price.optimal, price.method) == (20, True, "subsets")


def test_buying_the_hub_of_a_star_takes_everyone():
    graph = nx.DiGraph()
    for leaf in range(1, 6):
        graph.add_edge(leaf, 0, weight=5)  # the hub's presence is worth 5 to a leaf
        graph.add_edge(0, leaf, weight=1)
    town = mg.Community(np.ones(6), purpose=[2, 3, 3, 3, 3, 3], ties=graph)
    price = mg.price_of_collapse(town, CLONE)
    assert price.exact_total == 7
    assert price.order[0] == 0
    assert price.pay.tolist() == [7, 0, 0, 0, 0, 0]
    assert mg.participate(town, CLONE, price.offer(0.01)).least.headcount == 6


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8, 11, 20, 31, 50])
def test_a_complete_graph_of_equal_ties_costs_a_quarter_of_its_square(n):
    ties = 3 * (np.ones((n, n)) - np.eye(n))
    given = mg.price_of_collapse(mg.Community(np.ones(n), purpose=0, ties=ties), CLONE)
    default = mg.price_of_collapse(mg.Community(np.ones(n), purpose=0, social=3 * n), CLONE)
    assert given.exact_total == default.exact_total == 3 * (n * n // 4)
    assert given.optimal
    assert default.optimal


def test_the_gini_closed_form_is_the_least_over_all_orders():
    rng = np.random.default_rng(2012)
    for _ in range(200):
        q, rho = rng.integers(1, 9, 5), Fraction(int(rng.integers(0, 5)), 4)
        # enough purpose that no payment is negative
        m = rng.integers(0, 9, 5) + int(2 * q.sum())
        ties = np.tile(q, (5, 1)) * (1 - np.eye(5, dtype=int))
        town = mg.Community(q, purpose=m, ties=ties)
        price = mg.price_of_collapse(town, mg.Rival(portability=rho), method="closed form")
        spread = Fraction(sum(abs(int(a) - int(b)) for a in q for b in q), 2 * 4 * int(q.sum()))
        closed = int(m.sum()) + Fraction(4 * int(q.sum()), 2) * (1 - rho - (1 + rho) * spread)
        assert price.exact_total == closed == oracles.price(town, mg.Rival(portability=rho))
        assert float(spread) == pytest.approx(town.gini_star)
