"""The price as a function of the share."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from communities import random_rival, random_town
from missiongame.price.curve import _monotone


def test_the_curve_agrees_with_the_price_at_each_share():
    rng = np.random.default_rng(3)
    for crowded in (False, True):
        for _ in range(15):
            town = random_town(rng, int(rng.integers(1, 7)), ties=bool(rng.integers(2)))
            rival = random_rival(rng, crowded)
            curve = mg.price_curve(town, rival, shares=[Fraction(k, 5) for k in range(1, 6)])
            for share, price in zip(curve.shares, curve.prices, strict=True):
                alone = mg.price_of_collapse(town, rival, share)
                assert price.total == pytest.approx(alone.total, abs=1e-9)
                assert price.captured >= share
                assert price.optimal


def test_a_curve_never_falls_even_where_it_is_only_bounded():
    rng = np.random.default_rng(4)
    n = 120
    town = mg.Community(
        np.ceil(1000 / np.arange(1, n + 1)), rng.exponential(2, n), social=rng.gamma(1, 9, n)
    )
    curve = mg.price_curve(town, mg.Rival(portability=0.75), shares=[0.2, 0.5, 0.8], seconds=4)
    assert (np.diff(curve.total) >= 0).all()
    assert (np.diff(curve.lower_bound) >= 0).all()
    assert (curve.lower_bound <= curve.total).all()


def test_shares_are_sorted_and_twenty_by_default():
    town = mg.Community([1, 2], purpose=1)
    assert [float(s) for s in mg.price_curve(town, mg.Rival(), [1, 0.5]).shares] == [0.5, 1]
    assert len(mg.price_curve(town, mg.Rival()).prices) == 20


def test_no_shares_or_illegal_ones_are_refused():
    town = mg.Community([1], purpose=1)
    with pytest.raises(ValueError, match="shares is"):
        mg.price_curve(town, mg.Rival(), [])
    with pytest.raises(ValueError, match=r"share is 0; it should be a number in \(0, 1\]"):
        mg.price_curve(town, mg.Rival(), [0, 1])


def test_what_is_known_of_one_share_serves_the_others():
    """A larger share captured for less serves a smaller one; a bound holds for larger shares."""
    town = mg.Community([1, 1, 1, 1], purpose=[1, 2, 3, 4])

    def price(share, order, lower, optimal=False):
        found = mg.price_of_collapse(town, mg.Rival(), share)
        return replace(found, order=np.array(order), optimal=optimal, _lower=Fraction(lower))

    given = [price(0.25, [3], 1), price(0.5, [0, 1], 0), price(0.75, [0, 1, 2], 6, optimal=True)]
    first, second, third = _monotone(given)
    assert (first.order.tolist(), first.exact_total) == ([0, 1], 3)
    assert [first.lower_bound, second.lower_bound, third.lower_bound] == [1, 1, 6]
