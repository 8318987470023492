"""The table over all subsets: what it holds, and which of equals it picks."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

import missiongame as mg
import oracles
from communities import random_rival, random_town
from missiongame.price.all_subsets import AllSubsets, SubsetTable
from missiongame.price.problem import Problem

SHARES = [Fraction(1, 3), Fraction(1, 2), Fraction(1)]


def test_of_the_cheapest_sets_one_with_the_fewest_members_is_taken():
    rng = np.random.default_rng(12)
    equals = 0
    for _ in range(120):
        town = random_town(rng, int(rng.integers(1, 6)), ties=bool(rng.integers(2)))
        rival, share = random_rival(rng), SHARES[rng.integers(len(SHARES))]
        problem = Problem.of(town, rival, share)
        table = SubsetTable.of(problem)
        members = [np.array(oracles.members_of(s, town.n), dtype=int) for s in range(2**town.n)]
        enough = [s for s, who in enumerate(members) if problem.enough(who)]
        least = min(int(table.least[s]) for s in enough)
        sizes = [len(members[s]) for s in enough if int(table.least[s]) == least]
        found = table.cheapest(problem.needed)
        assert (int(table.least[found]), len(members[found])) == (least, min(sizes))
        assert problem.unit * least == oracles.price(town, rival, share)
        order = table.order(found)
        assert problem.cost(order)[1] == problem.unit * least
        assert sorted(order) == sorted(members[found])
        equals += min(sizes) < max(sizes)
    assert equals > 20


def test_more_members_are_tried_where_all_subsets_are_asked_for_by_name():
    for purpose, most in ((1, 21), (10**30, 18)):
        for n in (most, most + 1, 24, 25):
            town = mg.Community([1] * n, purpose=purpose)
            problem = Problem.of(town, mg.Rival(), Fraction(1))
            assert AllSubsets().accepts(problem) == (n <= most)
            assert AllSubsets(asked=True).accepts(problem) == (n <= 24)
