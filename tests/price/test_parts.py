"""The parts of the search for a price: sums over subsets, cut numbers, members left out."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import count
from math import ceil, floor
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
from missiongame.price.clock import Clock
from missiongame.price.closed_forms import ClosedForm, ascending, quick_ascending
from missiongame.price.float_view import FloatView
from missiongame.price.greedy import _State
from missiongame.price.local_search import drop_surplus, improve
from missiongame.price.method import Found, Search
from missiongame.price.pairs_bound import pair_bound
from missiongame.price.problem import Problem
from missiongame.price.relaxation import Programme, dual_bound
from missiongame.price.scheduling_bound import lower_bound
from missiongame.price.subset_sums import Lookup, down, up
from missiongame.price.transport_bound import (
    FIRST_TYPES,
    SLOTS,
    _first_types,
    _parts,
    _Probe,
    _solve,
    _split,
    by_transport,
)


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
    view = FloatView.of(Problem.of(town, mg.Rival(), Fraction(4, 5)))
    kept = drop_surplus(view, np.arange(100))
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
        quick = quick_ascending(town, rival)
        exact = ClosedForm().solve(Search(problem, Clock(np.inf)))
        assert quick is None or exact is not None
        if quick is not None:
            order, pay, error = quick
            found += 1
            assert problem.cost(order) == problem.cost(exact.order)
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


def test_greedy_scores_are_what_they_are_defined_to_be_as_members_leave():
    rng = np.random.default_rng(41)
    for k in range(30):
        n = int(rng.integers(2, 8))
        ties = rng.integers(0, 9, (n, n)) * (rng.random((n, n)) < 0.6)
        np.fill_diagonal(ties, 0)
        town = mg.Community(rng.integers(1, 9, n), rng.integers(-9, 6, n), ties=ties)
        problem = Problem.of(town, mg.Rival(portability=k % 2), Fraction(1))
        fall = ties * (1 + k % 2)
        state, gone = _State(problem), np.zeros(n, dtype=bool)
        before = state.scores(everyone=True)
        for leaving in rng.permutation(n).tolist():
            gone[leaving] = True
            touched = state.leave(leaving, gone)
            rest = np.flatnonzero(~gone)
            left = town.purpose + ties.sum(1) - fall[:, gone].sum(1)
            left = np.maximum(left, 0)  # nothing of purpose is lost with a rival of no mission
            for j in rest.tolist():
                helped = np.minimum(fall[rest, j], left[rest]).sum()
                score = helped - min(fall[j, rest].sum(), left[j])
                assert state.score(j, everyone=True) == score
                assert j in touched or score == before[j]
                before[j] = score


def test_prices_of_time_are_a_lower_bound_at_every_time_and_attained():
    """Φ_i is the least of F_i(t) − [V(t + x_i) − V(t)] over the times a member can go."""
    rng = np.random.default_rng(42)
    for k in range(200):
        n, cells = int(rng.integers(2, 6)), int(rng.integers(1, 6))
        town = mg.Community(
            rng.integers(1, 20, n), rng.integers(-5, 9, n), social=rng.integers(0, 90, n)
        )
        problem = Problem.of(town, mg.Rival(portability=1), Fraction(1, 1 + k % 2))
        view = FloatView.of(problem)
        grid = np.concatenate(([0], np.cumsum(rng.normal(2, 3, cells) * rng.choice([1, 9]))))
        found = lower_bound(view, grid)
        points = np.linspace(0, 1, cells + 1)

        def worth(i, t, view=view, grid=grid, points=points):
            pay = np.maximum(view.deficit[i] - view.weight[i] * t, 0)
            ahead = np.interp(t + view.size[i], points, grid)
            return pay - (ahead - np.interp(t, points, grid))

        for i in range(n):
            last = max(0.0, 1 - view.size[i]) if view.problem.all_work else 1.0
            assert -1e-9 <= found.start[i] <= last + 1e-9
            assert abs(worth(i, found.start[i]) - found.value[i]) <= 1e-9
            assert found.value[i] <= worth(i, np.linspace(0, last, 501)).min() + 1e-9


def test_prices_of_sand_are_those_at_which_it_is_poured():
    """Half a unit costs 1 wherever it goes, the rest 3: the cheap sand is worth 2 a unit more."""
    amount, cost = np.array([0.5, 1.0]), np.array([[1.0, 1.0], [3.0, 3.0]])
    duals, price = _solve(amount, cost, all_work=False, clock=Clock(np.inf))
    assert duals == pytest.approx([-2, 0])
    assert price == pytest.approx([3, 3])


@pytest.mark.parametrize("n", [21, 50, 100, 133, 1000])
def test_prices_are_tried_on_as_many_as_there_is_room_for(monkeypatch, n):
    monkeypatch.setattr("missiongame.price.transport_bound.PROBED", 20)
    town = mg.Community(np.arange(1, n + 1), purpose=1, social=1)
    probe = _Probe.of(FloatView.of(Problem.of(town, mg.Rival(), Fraction(1))))
    assert 10 < len(probe.members) == len(set(probe.members)) <= 20
    assert probe.stands_for.sum() == pytest.approx(n)
    assert set(probe.members) >= {n - 1, n - 2}  # the largest, each for itself
    assert probe.stands_for[:2].tolist() == [1, 1]


def split(free, steep, label, loss):
    """Split types of members of size 1 whose pay is e^steep (free − t) at time t."""
    weight = np.exp(steep)
    size = np.ones(len(weight))
    view = FloatView(None, weight * free, 0 * size, 0.0, size, weight)
    return _split(view, np.array(label), _Probe(np.arange(len(size)), size), np.array(loss))


def test_a_type_of_two_is_split_where_its_bound_loses():
    label = split([0.5, 0.6, 0.7, 0.8], np.zeros(4), [0, 0, 1, 1], [0, 0, 1, 1])
    assert label.tolist()[:2] == [0, 0]
    assert label[2] != label[3]


def test_a_type_is_split_where_it_is_wide_for_its_place_not_for_its_unit():
    """Steepness is as spread in the type as in the town, the time of freedom is not."""
    free = np.array([0.6, 0.5, 0.62, 0.52, 0.3, 0.9])
    steep = np.array([-3, -1, 1, 3, -4, 4.0])
    label = split(free, steep, [0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 0, 0])
    assert label[0] == label[1] != label[2] == label[3]


def test_an_order_is_optimal_only_where_the_bound_reaches_its_cost():
    town = mg.Community([1, 1], purpose=[99, 1])
    problem = Problem.of(town, mg.Rival(), Fraction(1))
    best = Found(np.array([1, 0]))
    cost = problem.cost(best.order)[1]
    best = best.better(problem, Found(lower=cost * Fraction(99, 100)))
    assert not best.proved
    # Costs are whole units: the next one is attained.
    best = best.better(problem, Found(lower=cost - Fraction(problem.unit, 2)))
    assert best.proved


def test_a_local_search_ends_where_no_move_gains(patience):
    time = count()
    patience.monotonic = lambda: next(time)
    view = FloatView.of(Problem.of(mg.Community([1, 2], purpose=1), mg.Rival(), Fraction(1)))
    assert sorted(improve(view, np.arange(2), Clock(1000))) == [0, 1]
    assert next(time) < 10


@pytest.mark.parametrize("n", [3, 100])
def test_prices_of_time_are_refined_until_they_are_close_and_no_longer(patience, n):
    time = count()
    patience.monotonic = lambda: next(time)
    rng = np.random.default_rng(2)
    work, social = np.ceil(400 / np.arange(1, n + 1)), rng.integers(0, 99, n)
    town = mg.Community(work, purpose=rng.integers(0, 9, n), social=social)
    view = FloatView.of(Problem.of(town, mg.Rival(), Fraction(1, 2)))
    _, bound = by_transport(view, Clock(40))
    assert len(bound.grid) == SLOTS[-1] + 1
    assert next(time) < 40


def test_members_are_cut_into_parts_of_about_equal_worth():
    rank = np.array([3.0, 1, 0, 2, 5, 4])
    assert _parts(rank, np.full(6, 100.0), 3).tolist() == [2, 1, 0, 1, 2, 2]
    assert _parts(rank, np.zeros(6), 3).tolist() == [0] * 6


def test_many_members_are_first_told_apart_by_what_they_cost_and_when():
    """A hundred of one size: who asks 1 and who asks 50 are of no type together."""
    n = FIRST_TYPES + 60
    asked = np.where(np.arange(n) % 2, 1, 50)
    for enjoyment, kinds in ((asked, 2), (np.full(n, 7), 1)):
        town = mg.Community(np.ones(n), purpose=0, enjoyment=enjoyment, social=1)
        label = _first_types(FloatView.of(Problem.of(town, mg.Rival(), Fraction(1))))
        assert len({(k, h) for k, h in zip(label, enjoyment, strict=True)}) == label.max() + 1
        assert label.max() + 1 >= FIRST_TYPES // 4 + kinds


def test_the_bound_on_pairs_is_no_higher_than_the_price_that_it_attains():
    """A circle of four, each tie as dear to both: any order attains it, but for rounding."""
    rng = np.random.default_rng(61)
    for _ in range(30):
        ties = np.zeros((4, 4))
        for i in range(4):
            j = (i + 1) % 4
            ties[i, j] = ties[j, i] = rng.random()
        town = mg.Community([1] * 4, purpose=rng.random(4) + 9, ties=ties)
        price = mg.price_of_collapse(town, mg.Rival(portability=1)).exact_total
        view = FloatView.of(Problem.of(town, mg.Rival(portability=1), Fraction(1)))
        bound = pair_bound(view, 2 * float(price))
        assert price * (1 - Fraction(1, 10**12)) < bound <= price


def test_a_pay_that_rounding_leaves_of_large_ties_is_bounded_from_below():
    """One does all the work and values seven, who go unpaid: 1/7 is left of a thousand millions."""
    rng = np.random.default_rng(62)
    for _ in range(30):
        ties = np.zeros((8, 8))
        ties[0, 1:] = rng.random(7) * 10**9
        enjoyment = np.array([Fraction(1, 7), *[-1] * 7], dtype=object)
        town = mg.Community([1] + [0] * 7, purpose=0, enjoyment=enjoyment, ties=ties)
        problem = Problem.of(town, mg.Rival(), Fraction(1, 2))
        assert pair_bound(FloatView.of(problem), 1.0) <= Fraction(1, 7)


def test_weak_duality_allows_for_costs_that_cancel_but_for_rounding():
    """p ≥ 1 at a multiplier of 1; z earns the difference of two products, near 0 in floats."""
    rng = np.random.default_rng(63)
    for _ in range(30):
        first, one, two = rng.random(3) * [10**8, 1, 1]
        second = first * one / two
        rows = scipy.sparse.csr_array([[0, first], [0, -second], [1, 0]])
        view, none = SimpleNamespace(n=1), np.zeros(0, dtype=np.int64)
        given = Programme(view, none, none, rows, np.array([0.0, 0, 1]), np.ones(2), 1.0)
        earns = Fraction(first) * Fraction(one) - Fraction(second) * Fraction(two)
        assert dual_bound(given, np.array([one, two, 1.0])) <= 1 - max(earns, 0)
