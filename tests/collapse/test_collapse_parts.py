"""The parts of the search for a price: sums over subsets, cut numbers, members left out."""

from __future__ import annotations

import random
from fractions import Fraction
from math import ceil, floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
from missiongame.collapse.closed import ascending, closed_form, quick_ascending
from missiongame.collapse.masks import Lookup, down, up
from missiongame.collapse.problem import Problem
from missiongame.collapse.search import drop_surplus
from missiongame.collapse.sketch import Sketch


@given(st.lists(st.integers(-99, 99), min_size=1, max_size=40), st.data())
def test_sums_over_subsets_of_any_size_are_looked_up(row, data):
    masks = data.draw(st.lists(st.integers(0, 2 ** len(row) - 1), min_size=1, max_size=9))
    found = Lookup(np.array(row))(np.array(masks, dtype=np.int64))
    assert found.tolist() == [sum(v for i, v in enumerate(row) if m >> i & 1) for m in masks]


@given(st.lists(st.integers(-(2**90), 2**90), max_size=5), st.integers(30, 60))
def test_numbers_are_cut_to_either_side(values, shift):
    column = np.array([*values, None], dtype=object)[:-1]
    exact = [Fraction(v, 2**shift) for v in values]
    assert down(column, shift).tolist() == list(map(floor, exact))
    assert up(column, shift).tolist() == list(map(ceil, exact))


def test_of_many_who_could_be_left_out_the_dearest_go_first():
    draw = random.Random(3)  # noqa: S311 - a community, not a secret
    purpose = [draw.randint(1, 50) for _ in range(100)]
    town = mg.Community([1] * 100, purpose=purpose)
    sketch = Sketch.of(Problem.of(town, mg.Rival(), Fraction(4, 5)))
    kept = drop_surplus(sketch, np.arange(100))
    assert sorted(purpose[i] for i in kept) == sorted(purpose)[:80]


def test_the_closed_form_in_floats_pays_what_the_exact_one_does():
    rng = np.random.default_rng(15)
    found = 0
    for k in range(300):
        n = int(rng.integers(1, 8))
        work = rng.integers(0, 4, n)
        work[rng.integers(n)] += 1
        social = rng.integers(0, 5, n) * (work if k % 3 == 0 else 1)  # some rates are equal
        columns = {"purpose": rng.integers(-1, 5, n), "social": social, "mission": rng.integers(3)}
        town = mg.Community(work, enjoyment=rng.integers(0, 12, n), **columns)
        rival = mg.Rival(portability=[0, 0.5, 1][k % 3], mission=rng.integers(2))
        problem = Problem.of(town, rival, Fraction(1))
        quick, exact = quick_ascending(town, rival), closed_form(problem)
        assert quick is None or exact is not None
        if quick is not None:
            order, pay, error = quick
            found += 1
            assert problem.cost(order) == problem.cost(exact)
            assert sorted(order) == np.flatnonzero(work).tolist()
            for w, (low, _) in zip(pay.tolist(), problem.pays_along(order), strict=True):
                assert abs(Fraction(w) - low) <= Fraction(error)
    assert found > 100


def test_rates_that_floats_cannot_tell_apart_are_in_order():
    big = 2**30
    town = mg.Community([big + 1, big, 1], purpose=9, social=[big, big - 1, 2])
    problem = Problem.of(town, mg.Rival(), Fraction(1))
    assert big / (big + 1) == (big - 1) / big  # in floats
    assert ascending(problem).tolist() == [1, 0, 2]
