"""The price equals the least over every order of every subset."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg

SHARES = [Fraction(1), Fraction(1, 2), Fraction(2, 3), Fraction(9, 10), Fraction(1, 10)]


def compare(brute, draw_town, draw_rival, cases, largest, crowded, seed):
    rng = np.random.default_rng(seed)
    truncated = 0
    for _ in range(cases):
        n = int(rng.integers(1, largest + 1))
        town = draw_town(rng, n, ties=bool(rng.integers(2)), negative=bool(rng.integers(2)))
        rival = draw_rival(rng, crowded)
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
def test_price_is_the_least_over_orders_and_subsets(brute, draw_town, draw_rival, seed):
    truncated = compare(brute, draw_town, draw_rival, 100, 5, False, seed)
    assert truncated > 5  # else the cases say nothing about payments at zero


def test_price_under_crowding_is_the_least_over_orders_and_subsets(brute, draw_town, draw_rival):
    compare(brute, draw_town, draw_rival, 100, 4, True, 7)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_price_is_the_least_over_orders_and_subsets_of_seven(brute, draw_town, draw_rival, seed):
    assert compare(brute, draw_town, draw_rival, 300, 6, False, seed) > 15
    assert compare(brute, draw_town, draw_rival, 10, 7, False, seed) >= 0
    compare(brute, draw_town, draw_rival, 150, 5, True, seed)
