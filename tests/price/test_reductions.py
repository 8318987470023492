"""What is made smaller keeps its price; and is made smaller wherever it can be."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import networkx as nx
import numpy as np
import pytest

import missiongame as mg
from missiongame.price.problem import Problem
from missiongame.price.reductions import blocks, factored

EVERYONE = Fraction(1)


def community(rng, n, ties, **columns):
    np.fill_diagonal(ties, 0)
    work = rng.integers(1, 5, n)
    return mg.Community(work, purpose=rng.integers(0, 9, n), ties=ties, **columns)


@pytest.mark.parametrize("n", [3, 4, 20])
def test_ties_that_factor_are_read_as_default_ties(n):
    rng = np.random.default_rng(n)
    for _ in range(10):
        taken, given = rng.integers(1, 7, n), rng.integers(1, 7, n)
        town = community(rng, n, np.outer(taken, given).astype(object))
        problem = Problem.of(town, mg.Rival(portability=Fraction(1, 2)), EVERYONE)
        smaller = factored(problem)
        assert smaller.weight is not None
        tried = permutations(range(n)) if n < 5 else [rng.permutation(n) for _ in range(20)]
        for order in map(np.array, tried):
            assert smaller.cost(order) == problem.cost(order)


def test_ties_that_do_not_factor_stay_as_they_are():
    rng = np.random.default_rng(8)
    for n in (3, 4, 6):
        product = np.outer(rng.integers(1, 7, n), rng.integers(1, 7, n))
        if n > 3:  # three members' ties factor more often than not
            product[0, 1] += 1
            problem = Problem.of(community(rng, n, product), mg.Rival(), EVERYONE)
            assert factored(problem) is problem
        product[0, 2] = 0
        sparse = Problem.of(community(rng, n, product), mg.Rival(), EVERYONE)
        assert factored(sparse) is sparse
        half = Problem.of(community(rng, n, product), mg.Rival(), Fraction(1, 2))
        assert factored(half) is half


def test_blocks_are_the_circles_of_members_who_value_each_other():
    rng = np.random.default_rng(9)
    several = 0
    for _ in range(40):
        n = int(rng.integers(1, 9))
        ties = rng.integers(1, 5, (n, n)) * (rng.random((n, n)) < 1.2 / n)
        town = community(rng, n, ties)
        groups = [set(g.tolist()) for g in blocks(Problem.of(town, mg.Rival(), EVERYONE))]
        valued = nx.DiGraph([(int(j), int(i)) for i, j in np.argwhere(ties)])
        valued.add_nodes_from(range(n))
        circles = list(nx.strongly_connected_components(valued))
        assert sorted(map(sorted, groups)) == sorted(map(sorted, circles))
        place = {i: k for k, g in enumerate(groups) for i in g}
        assert all(place[j] <= place[i] for j, i in valued.edges)
        several += len(groups) > 1
        part = Problem.of(town, mg.Rival(), Fraction(1, 2))
        assert part.needed == part.size.sum() or len(blocks(part)) == 1
    assert several > 20
