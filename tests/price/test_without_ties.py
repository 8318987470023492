"""Without ties the price is a knapsack: bounds hold, and equal pay takes the largest."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missiongame as mg
from missiongame.price.clock import Clock
from missiongame.price.method import Search
from missiongame.price.problem import Problem
from missiongame.price.without_ties import WithoutTies
from oracles import subsets

members = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=9)
shares = st.sampled_from([Fraction(1, 5), Fraction(1, 2), Fraction(4, 5), Fraction(1)])


def least(town, share):
    wanted = share * sum(town.contribution)
    return min(
        sum(town.purpose[i] for i in who)
        for who in subsets(range(town.n))
        if sum(town.contribution[i] for i in who) >= wanted
    )


@given(members, shares)
@settings(max_examples=300, deadline=None)
def test_the_bound_is_below_every_choice_and_the_order_is_one(pairs, share):
    contribution, purpose = zip(*pairs, strict=True)
    town = mg.Community(contribution, purpose=purpose)
    problem = Problem.of(town, mg.Rival(), share)
    found = WithoutTies().solve(Search(problem, Clock(np.inf)))
    order, lower = found.order, found.lower
    assert problem.enough(order)
    assert lower <= least(town, share) <= problem.cost(order)[1]


@given(members, shares)
@settings(max_examples=200, deadline=None)
def test_where_all_are_paid_the_same_the_largest_are_proved_optimal(pairs, share):
    town = mg.Community([size for size, _ in pairs], purpose=7)
    problem = Problem.of(town, mg.Rival(), share)
    found = WithoutTies().solve(Search(problem, Clock(np.inf)))
    order, lower = found.order, found.lower
    assert lower == problem.cost(order)[1] == 7 * town.absence_factor(share)


def test_ties_or_crowding_are_for_others():
    pair = mg.Community([1, 1], purpose=3, social=1)
    assert not WithoutTies().accepts(Problem.of(pair, mg.Rival(), Fraction(1, 2)))
    crowded = mg.Rival(mission=0.5, crowding=1)
    alone = Problem.of(pair.changed(social=0), crowded, Fraction(1, 2))
    assert not WithoutTies().accepts(alone)


@pytest.mark.parametrize("share", ["0.1", "0.5", "0.9"])
def test_heavy_tails_of_many_members_alike_are_priced_at_once(share):
    rng = np.random.default_rng(4)
    town = mg.Community(rng.pareto(1.1, size=3000) + 0.1, purpose=12.5)
    price = mg.price_of_collapse(town, mg.Rival(), Fraction(share))
    assert price.optimal
    assert price.exact_total == 12.5 * town.absence_factor(Fraction(share))
