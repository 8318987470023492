"""Thousands of random prices against the least over every order of every subset."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from communities import any_case
from missiongame.price import all_subsets
from missiongame.price.float_view import FloatView
from missiongame.price.pairs_bound import pair_bound
from missiongame.price.problem import Problem


def agrees(price, expected, share):
    """Compare a price with the brute force; exact unless roots are irrational."""
    assert price.captured >= share
    bounds = price.total_bounds
    if isinstance(expected, float) or not price.problem.linear:
        # The reference is a float here.
        assert price.lower_bound <= bounds[1]
        assert float(bounds[1]) == pytest.approx(float(expected), rel=1e-9, abs=1e-300)
        assert float(price.lower_bound) <= float(expected) * (1 + 1e-12)
    else:
        assert bounds == (expected, expected)
        assert price.lower_bound == expected


def compare(brute, rng, most, monkeypatch):
    town, rival, share, exact = any_case(rng, most)
    expected = brute(town, rival, exact)
    said = f"{vars(town)} {rival} {share}"
    price = mg.price_of_collapse(town, rival, share)
    assert price.optimal, said
    agrees(price, expected, exact)
    epsilon = Fraction(1, 10**9) if price.total < 1e6 else Fraction(price.total) / 10**6
    offered = mg.participate(town, rival, price.offer(epsilon)).least
    assert offered.exact_defection >= exact, said
    (same,) = mg.price_curve(town, rival, [share]).prices
    agrees(same, expected, exact)
    with monkeypatch.context() as patch:  # as if there were many members
        patch.setattr(all_subsets, "LARGEST", 0)
        patch.setattr(all_subsets, "LARGEST_WHOLE", 0)
        found = mg.price_of_collapse(town, rival, share, seconds=2)
        if found.optimal:
            agrees(found, expected, exact)
        assert float(found.lower_bound) <= float(expected) * (1 + 1e-12)
        assert float(found.total_bounds[1]) >= float(expected) * (1 - 1e-12)
        assert found.captured >= exact
    return found.optimal


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_five_thousand_prices(brute, monkeypatch, seed):
    rng = np.random.default_rng([77, seed])
    proved = sum(compare(brute, rng, 5 if k % 10 else 6, monkeypatch) for k in range(500))
    assert proved > 400


def test_some_prices(brute, monkeypatch):
    rng = np.random.default_rng(78)
    for _ in range(60):
        compare(brute, rng, 4, monkeypatch)


@pytest.fixture
def no_tables(monkeypatch):
    """Let every problem be searched as if it had many members."""
    monkeypatch.setattr(all_subsets, "LARGEST", 0)
    monkeypatch.setattr(all_subsets, "LARGEST_WHOLE", 0)


@pytest.mark.usefixtures("no_tables")
def test_members_alike_but_for_what_rounding_takes_are_not_alike(brute):
    """Beside 1e300 the first two look the same; the second has to go first: 7.4, not 26.7."""
    town = mg.Community(
        [2, 2, 5, 1],
        purpose=[0.6, 0.2, -0.2, 4e300],
        enjoyment=[-10, 0.3, -2e300, 1e300],
        ties=[[0, 30, 5e-300, 6e-300], [1, 0, 6e20, 6], [0, 0.1, 0, 0.1], [3e20, 6, 0, 0]],
    )
    rival, share = mg.Rival(mission=0.5), Fraction(4, 5)
    price = mg.price_of_collapse(town, rival, share)
    assert price.order.tolist() == [2, 1, 0]
    assert price.exact_total == price.lower_bound == brute(town, rival, share)


@pytest.mark.usefixtures("no_tables")
def test_a_share_missed_by_less_than_rounding_is_missed(brute):
    """Who makes all but 2e-30 of the share is not enough; sizes of 200 bits are rounded to 60."""
    town = mg.Community([4, 1e30, 2e-30, 1e30], [3, 4, 1, 9], social=[1, 2, 3, 1])
    shares = town.exact_share
    for members, order in (([1], [1]), ([1, 2], [2, 1])):
        share = sum((shares[i] for i in members), Fraction(0))
        price = mg.price_of_collapse(town, mg.Rival(), share)
        assert price.captured >= share
        assert price.optimal
        assert price.exact_total == brute(town, mg.Rival(), share)
        assert set(price.order.tolist()) >= set(order)


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("method", ["auto", "subsets", "order"])
def test_money_of_any_magnitude_is_priced(method, brute):
    """Quotients of whole units are beyond every float, though their amounts of money are not."""
    town = mg.Community([5, 2, 3, 4], [6e-300, 5, 5e20, 0.1], [0, 1e-300, 3e-20, 1e-20])
    for social in (0, [1e20, 6, 5e-20, 0]):
        here = town.changed(social=social)
        price = mg.price_of_collapse(here, mg.Rival(portability=1), 0.4, method=method)
        assert price.exact_total == brute(here, mg.Rival(portability=1), Fraction(2, 5))


def test_a_root_keeps_its_digits_where_the_rivals_mission_repels():
    """w − 3e300/(1 + 2w) > −7e299: the two terms of the root agree in their first 300 digits."""
    town = mg.Community([1], purpose=-1e300, mission=0.7)
    price = mg.price_of_collapse(town, mg.Rival(mission=3, crowding=2))
    assert price.total == pytest.approx(23 / 14, rel=1e-12)
    low, high = price.total_bounds
    assert low <= high <= low * (1 + Fraction(1, 10**12))


def test_who_is_dear_is_no_part_of_a_bound_that_rounding_left(brute):
    """The first makes exactly the share; a rounding once bought 1e-16 of the second, for 3e284."""
    town = mg.Community([6, 4], enjoyment=[60, 2e300], purpose=0, ties=[[0, 4], [0, 0]])
    rival, share = mg.Rival(), Fraction(3, 5)
    bound = pair_bound(FloatView.of(Problem.of(town, rival, share)), np.inf)
    assert 0 < bound <= brute(town, rival, share)
