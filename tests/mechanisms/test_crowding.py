"""Effort under a bonus: pay enough or do not pay at all."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from missiongame.errors import InvalidType, InvalidValue
from missiongame.mechanisms import crowding

drives = st.floats(0.01, 1e3)
crowdings = st.floats(0.01, 1e3)
bonuses = st.floats(0, 1e3)


@given(drives, crowdings, bonuses, st.floats(0, 2e3))
def test_effort_is_what_the_member_would_choose(M, kappa, b, other):
    def utility(e):
        return e * (M / (1 + kappa * b) + b) - e**2 / 2

    chosen = float(crowding.effort(b, M, kappa))
    assert utility(chosen) >= utility(other) - 1e-9 * (1 + chosen**2 + other**2)


@given(drives, crowdings, bonuses)
def test_a_bonus_backfires_exactly_below_the_break_even(M, kappa, b):
    enough = float(crowding.pay_enough(M, kappa))
    assume(abs(b - enough) > 1e-6 * (1 + enough) and b > 1e-9)
    gained = float(crowding.effort(b, M, kappa)) - M
    assert (gained < 0) == (b < enough)


@given(drives, crowdings, bonuses)
def test_no_bonus_gives_less_effort_than_the_worst_one(M, kappa, b):
    least = float(crowding.least_effort(M, kappa))
    assert float(crowding.effort(b, M, kappa)) >= least - 1e-9 * (1 + least)
    at_worst = crowding.effort(crowding.worst_bonus(M, kappa), M, kappa)
    np.testing.assert_allclose(at_worst, least, rtol=1e-9)


@given(drives, st.floats(0, 1), bonuses)
def test_where_crowding_is_weak_no_bonus_backfires(M, part, b):
    kappa = part / M
    assume(kappa * M <= 1)
    assert crowding.pay_enough(M, kappa) == 0
    assert crowding.worst_bonus(M, kappa) == 0
    assert float(crowding.effort(b, M, kappa)) >= M * (1 - 1e-12)


def test_the_closed_forms_solve_the_derived_problem():
    d = crowding.derive()
    assert sympy.simplify(d.effort.subs(d.bonus, d.break_even) - d.drive) == 0
    assert sympy.simplify(sympy.diff(d.effort, d.bonus).subs(d.bonus, d.worst_bonus)) == 0
    assert sympy.simplify(d.slope - (1 - d.crowding * d.drive)) == 0
    stated = (sympy.sqrt(d.crowding * d.drive) - 1) / d.crowding
    assert sympy.simplify(d.worst_bonus - stated) == 0


@settings(max_examples=40)
@given(st.floats(1, 100), st.floats(0.05, 20), st.floats(0, 10))
def test_a_fit_finds_the_parameters_that_made_the_data(M, kappa, weight):
    b = np.array([0, 0.1, 0.5, 2.0, 10.0])
    found = crowding.fit(b, M / (1 + kappa * b) + weight * b)
    assert found.r_squared > 1 - 1e-9 or np.isnan(found.r_squared)
    np.testing.assert_allclose(found.items(b), M / (1 + kappa * b) + weight * b, rtol=1e-4)


@settings(max_examples=40)
@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=6),
    st.floats(0, 100),
    st.floats(0, 50),
    st.floats(0, 50),
)
def test_no_other_parameters_fit_better(items, M, kappa, weight):
    b = np.arange(len(items), dtype=float)
    found = crowding.fit(b, items)
    other = M / (1 + kappa * b) + weight * b
    ours, theirs = (float(np.sum((fit - items) ** 2)) for fit in (found.fitted, other))
    assert ours <= theirs + 1e-6 * (1 + theirs)


@settings(max_examples=25)
@given(st.lists(st.floats(1, 100), min_size=4, max_size=4), st.floats(0.01, 100))
def test_the_fit_does_not_depend_on_the_unit_of_pay(items, unit):
    b = np.array([0, 1, 2, 5.0])
    one, other = crowding.fit(b, items), crowding.fit(b * unit, items)
    np.testing.assert_allclose(one.fitted, other.fitted, atol=1e-3)


def test_data_that_any_pay_destroys_are_fitted_with_infinite_crowding():
    found = crowding.fit([0, 1, 2], [5, 0, 0])
    assert np.isinf(found.crowding)
    np.testing.assert_allclose(found.fitted, [5, 0, 0])


@pytest.mark.parametrize(
    ("bonus", "items", "named"),
    [([1, 1], [1, 2], "bonus"), ([0, 1], [1, 2, 3], "items"), ([0, -1], [1, 2], "bonus")],
)
def test_an_experiment_that_cannot_be_fitted_is_named(bonus, items, named):
    with pytest.raises(InvalidValue, match=named):
        crowding.fit(bonus, items)


def test_words_and_infinities_are_refused():
    with pytest.raises(InvalidType, match="drive is 'much'"):
        crowding.effort(1, "much", 1)
    with pytest.raises(InvalidValue, match="crowding is inf"):
        crowding.effort(1, 1, float("inf"))
