"""The mission at which the price passes a budget is exact, and no bisection."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
from communities import random_rival, random_town
from missiongame.thresholds import budget as budget_module
from missiongame.thresholds import mission_for_budget, missions_for_budget
from missiongame.thresholds.budget import _Climb

TINY = Fraction(1, 10**12)


@pytest.mark.parametrize(("budget", "last"), [(7, 0), (10, 3), (12, 5), (14, 6)])
def test_an_order_is_followed_up_to_where_its_own_total_passes_the_budget(budget, last):
    """Pay 2 + 2θ and (5 − θ)⁺ make 7 + θ up to θ = 5, and 2 + 2θ from there."""
    town = mg.Community([1, 1], purpose=[2, -1], enjoyment=[2, 5])
    climb = _Climb(town, mg.Rival(), Fraction(budget), 1, 5.0)
    for mission in range(last + 1):
        price = mg.price_of_collapse(town.with_mission(mission), mg.Rival())
        assert climb.last_within(price, Fraction(mission)) == last


def test_an_order_followed_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(_Climb, "last_within", lambda *_: Fraction(4))
    with pytest.raises(RuntimeError, match="failed its certificate"):
        mission_for_budget(mg.Community([1, 1], purpose=[2, 1]), mg.Rival(), 7)


def test_below_it_the_budget_suffices_and_beyond_it_does_not():
    rng = np.random.default_rng(11)
    inside = 0
    for _ in range(80):
        town = random_town(rng, int(rng.integers(1, 6)), ties=bool(rng.integers(2)), negative=True)
        rival, budget = random_rival(rng), Fraction(int(rng.integers(0, 40)), 2)
        share = Fraction(int(rng.integers(1, 5)), 4)

        def price(mission, town=town, rival=rival, share=share):
            return mg.price_of_collapse(town.with_mission(mission), rival, share).exact_total

        found = mission_for_budget(town, rival, budget, share)
        if found == math.inf:
            assert price(10**6) <= budget
            continue
        assert price(Fraction(found) + TINY) > budget
        for part in range(8):
            assert price(Fraction(found) * part / 8) <= budget or found == 0
        inside += 0 < found < math.inf
    assert inside > 20


def test_a_kink_where_the_price_rests_at_the_budget_is_passed():
    # price = 4 + max(0, θ − 2): it rests at 4 until θ = 2
    town = mg.Community([1, 1], purpose=[0, 1], enjoyment=[4, -2])
    assert mission_for_budget(town, mg.Rival(), 4) == 2


def test_a_budget_that_buys_someone_else_for_good_is_never_passed():
    """The price of half is min(θ, 3): at θ = 3 it meets the budget and rests there."""
    town = mg.Community([1, 1], purpose=[1, 0], enjoyment=[0, 3])
    assert mission_for_budget(town, mg.Rival(), 3, Fraction(1, 2)) == math.inf
    assert mission_for_budget(town, mg.Rival(), 2, Fraction(1, 2)) == 2


def test_with_negative_purpose_the_first_passing_counts():
    # price = max(0, 3 − θ) + max(0, 2θ − 6): 3 at θ = 0, 0 at θ = 3, then rising
    town = mg.Community([1, 1], purpose=[-1, 2], enjoyment=[3, -6])
    assert mission_for_budget(town, mg.Rival(), 3) == Fraction(9, 2)
    assert mission_for_budget(town, mg.Rival(), 2) == 0


def test_no_mission_helps_where_purpose_is_no_part_of_the_price():
    assert mission_for_budget(mg.Community([1], purpose=0, enjoyment=3), mg.Rival(), 5) == math.inf


def test_bounds_enclose_the_exact_mission_and_serve_crowding():
    rng = np.random.default_rng(12)
    for _ in range(10):
        town = random_town(rng, 4)
        exact = mission_for_budget(town, mg.Rival(), 9)
        low, high = missions_for_budget(town, mg.Rival(), 9)
        assert low <= float(exact) <= high
    crowded = mg.Rival(mission=1, crowding=1)
    low, high = missions_for_budget(mg.Community([1], purpose=2), crowded, 3)
    # w + 2/(1 + w) = 2θ at w = 3: θ = 7/4
    assert low <= 1.75 <= high < low + 1e-3
    with pytest.raises(mg.errors.StructureMissing, match="irrational"):
        mission_for_budget(mg.Community([1], purpose=2), crowded, 3)


def test_a_negative_budget_is_refused():
    with pytest.raises(ValueError, match="budget is -1; it should be a number of at least 0"):
        mission_for_budget(mg.Community([1], purpose=1), mg.Rival(), -1)


def half_proved(monkeypatch):
    """Let each price be proved to be at least half of what it is, and no more."""

    def price(*given, **named):
        found = mg.price_of_collapse(*given, **named)
        return replace(found, optimal=False, _lower=found.total_bounds[0] / 2)

    monkeypatch.setattr("missiongame.thresholds.budget.price_of_collapse", price)


def test_a_price_that_is_not_proved_gives_no_exact_mission(monkeypatch):
    half_proved(monkeypatch)
    with pytest.raises(mg.errors.StructureMissing, match="only known to be from"):
        mission_for_budget(mg.Community([1, 1], purpose=[2, 1]), mg.Rival(), 4)


def test_a_price_that_is_not_proved_gives_missions_as_far_apart(monkeypatch):
    half_proved(monkeypatch)  # the price 2θ passes 4 at θ = 2; what is proved of it, at 4
    low, high = missions_for_budget(mg.Community([1], purpose=2), mg.Rival(), 4)
    assert 2 - 1e-4 < low <= 2
    assert 4 <= high < 4 + 1e-3


few = st.sampled_from([0, 1, 2, 3.5, Fraction(1, 3), -1])


@given(
    st.lists(st.sampled_from([1, 2, 5, Fraction(1, 3)]), min_size=1, max_size=5),
    *[few] * 3,
    st.sampled_from([0, 1, 4, 7.5, 20]),
    st.sampled_from([Fraction(1, 3), 0.5, 1]),
)
def test_where_all_are_paid_alike_the_formula_is_the_climb(c, alpha, h, theta, budget, share):
    town = mg.Community(c, purpose=alpha, enjoyment=h)
    rival = mg.Rival(mission=abs(theta))
    with mock.patch.object(budget_module, "paid_alike", return_value=False):
        climbed = mission_for_budget(town, rival, budget, share)
    assert mission_for_budget(town, rival, budget, share) == climbed


def test_a_search_out_of_time_still_brackets_the_mission(monkeypatch):
    town = mg.Community([6, 3, 1], purpose=[10, 20, 5], social=4)
    monkeypatch.setattr(budget_module, "_PATIENCE", 0)
    low, high = missions_for_budget(town, mg.Rival(), budget=80, share=0.5)
    assert low < Fraction(196, 25) < high
    assert (low, high) == (4, 8)
