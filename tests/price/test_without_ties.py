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
from missiongame.price.solve import solve
from missiongame.price.without_ties import WithoutTies, equal_pay
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


def many(seed, n=90):
    """Contributions of many members, some of them none, in floats or in whole numbers."""
    rng = np.random.default_rng(seed)
    made = rng.pareto(1.1, size=n) * rng.integers(0, 2, size=n)
    return np.floor(made * 9) if seed % 2 else made


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("theta_R", [0, 0.5])
def test_equal_pay_is_what_the_methods_find(seed, theta_R):
    town = mg.Community(many(seed), purpose=3, enjoyment=Fraction(1, 3))
    rival = mg.Rival(mission=theta_R, portability=0.5)
    for share in (Fraction(1, 7), Fraction(1, 2), Fraction(99, 100)):
        price = mg.price_of_collapse(town, rival, share)
        problem = Problem.of(town, rival, share)
        found = solve(problem)
        assert price.exact_total == price.lower_bound == found.lower == problem.cost(found.order)[0]
        assert price.captured >= share
        assert problem.enough(price.order)
        assert (
            price.captured == sum(Fraction(c) for c in town.contribution[price.order]) / town.total
        )
        assert sum(price.exact_pay) == price.exact_total
        assert not price.won_unpaid.any()
        paid = price.offer(0.25)
        assert mg.participate(town, rival, paid).least.exact_defection >= share
        assert price.reading.split["enjoyment"] == pytest.approx(len(price.order) / 3)


@pytest.mark.parametrize(
    ("columns", "rival"),
    [
        ({"social": 1}, {}),
        ({"purpose": [1] * 89 + [2]}, {}),
        ({"enjoyment": [0] * 89 + [1]}, {}),
        ({"ties": np.eye(90, k=1)}, {}),
        ({"purpose": 0}, {}),
        ({}, {"mission": 2}),
        ({}, {"mission": 0.5, "crowding": 1}),
    ],
)
def test_pay_that_may_differ_or_be_nothing_is_for_the_methods(columns, rival):
    town = mg.Community(many(1), **{"purpose": 1, **columns})
    assert equal_pay(town, mg.Rival(**rival)) is None
