"""The closed forms' premises are decided exactly, where floats cannot."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

import missiongame as mg
from missiongame.price import answer
from missiongame.price.closed_forms import ascending, quick_ascending
from missiongame.price.problem import Problem


def test_contributions_that_floats_cannot_tell_apart_are_put_in_order(brute):
    town = mg.Community([10**20, 10**20 + 1, 10**20 - 1], purpose=10**6, social=6)
    problem = Problem.of(town, mg.Rival(), Fraction(1))
    assert ascending(problem).tolist() == [1, 0, 2]
    assert mg.price_of_collapse(town, mg.Rival()).exact_total == brute(town, mg.Rival())


def test_the_quick_form_is_refused_where_two_keys_are_equal_in_floats_only():
    """1/3 rounds down: σ/c is a little larger for the first, whom floats put first."""
    assert quick_ascending(mg.Community([3, 1], purpose=9, social=[1, 1 / 3]), mg.Rival()) is None
    order, pay, _ = quick_ascending(mg.Community([1, 3], purpose=9, social=[1 / 3, 1]), mg.Rival())
    assert order.tolist() == [0, 1]
    assert pay.min() > 0


def test_the_quick_form_multiplies_out_rates_that_floats_cannot_tell_apart():
    """1/6 rounds down, so the first rate is a little larger; 2/1 and 6/3 are equal."""
    town = mg.Community([6, 2], purpose=9, social=[1 / 2, 1 / 6])
    assert quick_ascending(town, mg.Rival()) is None
    order, *_ = quick_ascending(mg.Community([1, 3], purpose=9, social=[2, 6]), mg.Rival())
    assert sorted(order) == [0, 1]


def test_the_quick_form_is_refused_where_a_pay_is_below_zero_by_less_than_rounding():
    for h, holds in ((-1e-17, False), (0, True), (1e-17, True)):
        town = mg.Community([1, 1, 1], purpose=0, enjoyment=[5, h, 7])
        assert (quick_ascending(town, mg.Rival()) is not None) == holds


def test_sums_beyond_64_bits_are_kept():
    town = mg.Community([1, 1, 1, 1], purpose=0, enjoyment=[2**62] * 4)
    for method in ("auto", "subsets", "closed form"):
        assert mg.price_of_collapse(town, mg.Rival(), method=method).exact_total == 2**64
    tied = mg.Community([1, 2, 3, 4], purpose=0, enjoyment=[2**62] * 4, social=np.arange(4))
    assert mg.price_of_collapse(tied, mg.Rival()).exact_total > 2**64


def test_many_members_are_paid_in_floats_where_these_decide_and_exactly_where_not(monkeypatch):
    monkeypatch.setattr(answer, "MANY", 3)
    for h in (1, -1e-17):
        town = mg.Community([1, 1, 1], purpose=0, enjoyment=[5, h, 7])
        price = mg.price_of_collapse(town, mg.Rival())
        assert isinstance(price, answer.ClosedFormPrice) == (h == 1)
        assert price.exact_total == 12 + max(h, 0)


def test_a_price_in_floats_is_itself_and_no_other(monkeypatch):
    monkeypatch.setattr(answer, "MANY", 3)
    one, other = (mg.price_of_collapse(mg.Community([1, 1, 1], 2), mg.Rival()) for _ in range(2))
    assert one != other
    assert len({one, other, one}) == 2
