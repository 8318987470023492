"""Searches beyond twenty members agree with the dynamic programme over all subsets."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest

import missiongame as mg
from missiongame.price import all_subsets
from missiongame.price.all_subsets import SubsetTable
from missiongame.price.beam_search import refine, search_subsets
from missiongame.price.clock import Clock
from missiongame.price.closed_forms import ascending
from missiongame.price.float_view import FloatView
from missiongame.price.knapsack import Knapsack
from missiongame.price.local_search import improve
from missiongame.price.method import Search
from missiongame.price.mixed_integer import solve_milp
from missiongame.price.problem import Problem
from missiongame.price.relaxation import dual_bound, programme, relax
from missiongame.price.rounded_problem import RoundedProblem
from missiongame.price.scheduling_bound import lower_bound
from oracles import subsets


def towns(rng, cases, most, fractional=False):
    """Random communities of 3 to `most` members, a rival and a share."""
    for k in range(cases):
        n = int(rng.integers(3, most + 1))
        size = rng.random(n) if fractional else rng.integers(1, 9, n)
        purpose = rng.random(n) * 8 if fractional else rng.integers(-1, 8, n)
        share, rho = Fraction(int(rng.integers(1, 11)), 10), Fraction(int(rng.integers(0, 5)), 4)
        crowding = {"mission": 1, "crowding": 0.5} if k % 4 == 0 else {}
        if k % 2:
            ties = rng.integers(0, 10, (n, n)) * (rng.random((n, n)) < 0.5)
            np.fill_diagonal(ties, 0)
            town = mg.Community(size, purpose, ties=ties)
        else:
            social = rng.random(n) * 20 if fractional else rng.integers(0, 20, n)
            town = mg.Community(size, purpose, social=social)
        yield town, mg.Rival(portability=rho, **crowding), share


@pytest.fixture
def no_tables(monkeypatch):
    """Let every problem be searched as if it had many members."""
    monkeypatch.setattr(all_subsets, "LARGEST", 0)
    monkeypatch.setattr(all_subsets, "LARGEST_WHOLE", 0)


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("fractional", [False, True])
def test_the_frontier_proves_what_the_table_finds(fractional):
    rng = np.random.default_rng(21)
    for town, rival, share in towns(rng, 30, 11, fractional):
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        found = mg.price_of_collapse(town, rival, share)
        assert found.optimal
        assert found.total == pytest.approx(exact.total, rel=1e-9, abs=1e-9)
        if found.exact_total is not None and exact.exact_total is not None:
            assert found.exact_total == exact.exact_total


@pytest.mark.usefixtures("no_tables")
def test_every_bound_is_below_the_price_and_every_order_above():
    rng = np.random.default_rng(22)
    for town, rival, share in towns(rng, 20, 9):
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        for method in ("order", "mixed-integer"):
            found = mg.price_of_collapse(town, rival, share, method=method, seconds=0.5)
            assert found.lower_bound <= exact.total_bounds[1]
            assert found.total_bounds[1] >= exact.lower_bound
            assert found.captured >= share


@pytest.mark.usefixtures("no_tables")
def test_with_general_ties_the_relaxation_is_asked_unbidden(monkeypatch):
    monkeypatch.setattr("missiongame.price.beam_search.WIDTHS", (1,))
    rng = np.random.default_rng(38)
    raised = 0
    for town, rival, share in towns(rng, 100, 9):
        if town.ties is None:
            continue
        found = mg.price_of_collapse(town, rival, share)
        relaxed = relax(programme(FloatView.of(found.problem)), Clock(np.inf))[1]
        assert found.lower_bound >= relaxed * (1 - Fraction(1, 10**6))
        searched = mg.price_of_collapse(town, rival, share, method="order")
        raised += searched.lower_bound < relaxed * (1 - Fraction(1, 10**6))
    assert raised


def test_the_mixed_integer_programme_ends_where_the_table_does():
    rng = np.random.default_rng(39)
    for town, rival, share in towns(rng, 24, 8):
        if rival.crowding == 0:
            exact = mg.price_of_collapse(town, rival, share, method="subsets")
            found = mg.price_of_collapse(town, rival, share, method="mixed-integer")
            assert found.exact_total == exact.exact_total


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("looks", [1, 4, 15, 40])
def test_a_search_that_is_cut_short_claims_no_more_than_it_proved(patience, looks):
    rng = np.random.default_rng(32)
    for town, rival, share in towns(rng, 12, 9):
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        time = count()
        patience.monotonic = lambda time=time: next(time)
        found = mg.price_of_collapse(town, rival, share, method="order", seconds=looks)
        assert found.lower_bound <= exact.total_bounds[1]
        assert found.total_bounds[1] >= exact.lower_bound
        assert found.captured >= share
        if found.optimal and found.problem.linear:
            assert found.exact_total == exact.exact_total


@pytest.mark.parametrize("method", ["auto", "mixed-integer", "order"])
@pytest.mark.parametrize("share", [Fraction(1, 2), 1])
def test_solvers_that_use_all_the_time_they_get_keep_the_limit(
    patience, monkeypatch, method, share
):
    """HiGHS, in the place of which stand solvers that find nothing until their time is up."""
    now = [0.0]
    patience.monotonic = lambda: now[0]

    def late(*_, options, **__):
        assert options["time_limit"] > 0  # below 0 it is no limit
        now[0] += options["time_limit"]
        return SimpleNamespace(status=1, x=None, mip_dual_bound=None)

    monkeypatch.setattr("missiongame.price.beam_search.WIDTHS", (10,))
    monkeypatch.setattr("scipy.optimize.linprog", late)
    monkeypatch.setattr("scipy.optimize.milp", late)
    rng = np.random.default_rng(36)
    ties = rng.integers(1, 9, (45, 45)) * (1 - np.eye(45, dtype=int))
    town = mg.Community(rng.integers(1, 9, 45), rng.integers(600, 900, 45), ties=ties)
    found = mg.price_of_collapse(town, mg.Rival(), share, method, seconds=0.4)
    assert found.lower_bound <= found.total_bounds[1]
    assert now[0] <= 2 * 0.4


def test_highs_is_given_a_limit_though_time_ran_out_while_the_programme_was_built(
    patience, monkeypatch
):
    given = []

    def late(*_, options, **__):
        given.append(options["time_limit"])
        return SimpleNamespace(x=None, mip_dual_bound=None)

    monkeypatch.setattr("scipy.optimize.milp", late)
    town = mg.Community([1, 2, 3], purpose=5, ties=[[0, 3, 1], [2, 0, 1], [1, 1, 0]])
    view = FloatView.of(Problem.of(town, mg.Rival(), Fraction(1)))
    patience.monotonic = lambda: 3.0
    solve_milp(programme(view), Fraction(0), Clock(2.5))
    assert 0 < given[0] <= 0.1


@pytest.mark.parametrize("looks", [1, 10, 30, 77])
def test_a_frontier_stops_within_a_layer(patience, looks):
    """It looks at the clock for each member, and proves what the last whole layer does."""
    rng = np.random.default_rng(37)
    for town, rival, share in towns(rng, 8, 14):
        time = count()
        patience.monotonic = lambda time=time: next(time)
        problem = Problem.of(town, rival, share)
        everyone = np.flatnonzero(problem.size > 0)
        found, _ = search_subsets(RoundedProblem(problem), everyone, 10**6, Clock(looks))
        assert next(time) <= looks + 1
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        assert problem.enough(found.order)
        assert found.lower <= exact.total_bounds[1]


@pytest.mark.parametrize("looks", [1, 5, 9])
def test_a_local_search_stops_where_it_is_when_time_is_up(patience, looks):
    time = count()
    patience.monotonic = lambda: next(time)
    town = mg.Community(np.arange(1, 31), purpose=np.arange(30) * 7 % 11, social=99)
    view = FloatView.of(Problem.of(town, mg.Rival(), Fraction(1)))
    order = improve(view, np.arange(30), Clock(looks))
    assert sorted(order) == list(range(30))
    assert next(time) <= looks + 2


def test_the_exact_search_among_survivors_ends_when_time_is_up(patience):
    town = mg.Community([1, 1], purpose=[1, 2], social=1)
    problem, layers = Problem.of(town, mg.Rival(), Fraction(1)), [np.array([0]), np.array([1, 2])]
    assert sorted(refine(problem, layers, Clock(1.0))) == [0, 1]
    patience.monotonic = lambda: 1.0
    assert refine(problem, layers, Clock(1.0)) is None


@pytest.mark.parametrize("width", [1, 3, 10**6])
def test_a_frontier_with_no_other_bound_finds_the_price_where_it_drops_nothing(width):
    rng = np.random.default_rng(33)
    whole = 0
    for k, (town, rival, share) in enumerate(towns(rng, 60, 7)):
        if k % 3 == 0:  # small pay repels many
            rival = mg.Rival(portability=rival.portability, mission=2, crowding=1)
        problem = Problem.of(town, rival, share)
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        everyone = np.flatnonzero(problem.size > 0)
        found, _ = search_subsets(RoundedProblem(problem), everyone, width, Clock(np.inf))
        cost = problem.cost(found.order)
        assert problem.enough(found.order)
        assert cost[1] >= exact.lower_bound
        assert found.lower <= exact.total_bounds[1]
        if width == 10**6:
            low, high = map(float, cost)
            assert float(found.lower) == pytest.approx(high, rel=1e-9, abs=1e-9)
            assert low <= exact.total * (1 + 1e-12)
            whole += bool(problem.linear and cost[1] == exact.exact_total == found.lower)
    assert width < 10**6 or whole >= 30


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("fractional", [False, True])
def test_a_frontier_too_narrow_claims_no_more_than_it_proved(monkeypatch, fractional):
    monkeypatch.setattr("missiongame.price.beam_search.WIDTHS", (1,))
    rng = np.random.default_rng(33)
    for town, rival, share in towns(rng, 60, 8, fractional):
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        found = mg.price_of_collapse(town, rival, share, method="order")
        assert found.lower_bound <= exact.total_bounds[1]
        if found.optimal and found.problem.linear:
            assert found.exact_total == exact.exact_total


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [1, 0, 3, 2]])
def test_members_alike_but_in_what_they_are_to_each_other_are_both_tried(order):
    """The first values the second at 5, the second the first at 1, and others value both alike."""
    g = np.array([[0, 5, 1, 2], [1, 0, 1, 2], [3, 3, 0, 1], [1, 1, 2, 0]])[np.ix_(order, order)]
    for rho in (0, Fraction(1, 2), 1):
        town = mg.Community([1, 1, 1, 1], np.array([2, 6, 1, 0])[order], ties=g)
        exact = mg.price_of_collapse(town, mg.Rival(portability=rho), method="subsets")
        found = mg.price_of_collapse(town, mg.Rival(portability=rho))
        assert found.optimal
        assert found.exact_total == exact.exact_total
        problem = Problem.of(town, mg.Rival(portability=rho), Fraction(1))
        assert RoundedProblem(problem).twin == [-1, -1, -1, -1]


def test_prices_of_time_bound_the_price_whatever_they_are():
    rng = np.random.default_rng(23)
    for _ in range(400):
        n = int(rng.integers(2, 6))
        social = rng.random(n) * rng.choice([9, 30])
        town = mg.Community(rng.integers(1, 9, n), rng.integers(0, 9, n), social=social)
        rival = mg.Rival(portability=rng.random(), mission=rng.integers(2), crowding=rng.random())
        problem = Problem.of(town, rival, Fraction(int(rng.integers(1, 5)), 4))
        table = SubsetTable.of(problem)
        least = float(table.least[table.cheapest(problem.needed)])
        least = least * float(problem.unit) if problem.linear else least
        for steps in (1, 2, 3, 8, 20):
            rises = rng.normal(2, 3, steps) * rng.choice([0.3, 1, 3])
            grid = np.concatenate(([0], np.cumsum(rises)))
            assert float(lower_bound(FloatView.of(problem), grid).lower) <= least + 1e-9


def test_weak_duality_bounds_the_price_whatever_the_multipliers():
    rng = np.random.default_rng(24)
    useful = 0
    for town, rival, share in towns(rng, 40, 7):
        problem = Problem.of(town, rival, share)
        given, exact = programme(FloatView.of(problem)), mg.price_of_collapse(town, rival, share)
        for _ in range(5):
            duals = rng.random(len(given.least)) * rng.choice([0.1, 1, 3])
            assert dual_bound(given, duals) <= exact.total_bounds[1]
        relaxed = relax(given, Clock(np.inf))[1]
        assert relaxed <= exact.total_bounds[1]
        useful += relaxed > 0
    assert useful > 5


def test_highs_finds_the_optimum_of_a_small_programme():
    rng = np.random.default_rng(25)
    for town, rival, share in towns(rng, 12, 6):
        problem = Problem.of(town, mg.Rival(portability=rival.portability), share)
        view = FloatView.of(problem)
        cuts, lower = relax(programme(view), Clock(np.inf))
        found = solve_milp(cuts, lower, Clock(np.inf))
        exact = mg.price_of_collapse(town, mg.Rival(portability=rival.portability), share)
        assert problem.enough(found.order)
        assert problem.cost(found.order)[1] == exact.exact_total
        assert found.claimed == pytest.approx(exact.total, abs=1e-6)


def test_the_knapsack_is_exact_without_ties_and_a_bound_with_them():
    rng = np.random.default_rng(26)
    for k in range(120):
        n = int(rng.integers(1, 8))
        social = rng.integers(0, 40, n) * (k % 2)
        town = mg.Community(rng.integers(1, 9, n), rng.integers(0, 9, n), social=social)
        share, rho = Fraction(int(rng.integers(1, 11)), 10), Fraction(int(rng.integers(0, 5)), 4)
        problem = Problem.of(town, mg.Rival(portability=rho), share)
        found = Knapsack().solve(Search(problem, Clock(np.inf)))
        order, lower = found.order, found.lower
        table = SubsetTable.of(problem)
        exact = problem.unit * int(table.least[table.cheapest(problem.needed)])
        assert problem.enough(order)
        assert lower <= exact <= problem.cost(order)[0]
        assert k % 2 or lower == exact == problem.cost(order)[0]
        # The best of those that go in ascending order of weight over size, and waste little.
        size, line = problem.size, ascending(problem)
        tried = [line[[i in who for i in line]] for who in subsets(range(n))]
        made = [int(size[who].sum()) for who in tried]
        few = [w for w, m in zip(tried, made, strict=True) if 0 <= m - problem.needed < size.max()]
        assert problem.cost(order)[0] == min(problem.cost(who)[0] for who in few)


@pytest.mark.parametrize("crowding", [0, Fraction(1, 2), 1, 2])
def test_a_sketch_pays_what_the_problem_does(crowding):
    rng = np.random.default_rng(34)
    for town, _, share in towns(rng, 12, 9):
        problem = Problem.of(town, mg.Rival(mission=1, crowding=crowding, portability=1), share)
        order = rng.permutation(town.n)
        exact = float(problem.cost(order)[1])
        assert FloatView.of(problem).cost(order) == pytest.approx(exact, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("digits", [17, 19, 30, 200])
def test_the_knapsack_bounds_money_beyond_64_bits(digits):
    rng = np.random.default_rng(digits)
    near = 0
    for k in range(60):
        n = int(rng.integers(1, 7))
        purpose = [10**digits + int(v) for v in rng.integers(-(10**12), 10**12, n)]
        social = [int(v) * 10**digits // 7 for v in rng.integers(0, 9, n) * (k % 2)]
        town = mg.Community(rng.integers(1, 9, n), np.array([*purpose, None])[:-1], social=social)
        problem = Problem.of(town, mg.Rival(), Fraction(int(rng.integers(1, 11)), 10))
        found = Knapsack().solve(Search(problem, Clock(np.inf)))
        order, lower = found.order, found.lower
        table = SubsetTable.of(problem)
        exact = problem.unit * int(table.least[table.cheapest(problem.needed)])
        assert problem.enough(order)
        assert lower <= exact <= problem.cost(order)[0]
        near += exact - lower <= exact / 10**12
    assert near > 30


def test_a_member_may_be_worth_approaching_though_the_share_is_reached_without_them():
    # found by the test above: whoever is cheap and valued saves more than they cost
    town = mg.Community([9, 9, 1], [0, 0, 1], ties=[[0, 0, 6], [0, 0, 6], [0, 0, 0]])
    price = mg.price_of_collapse(town, mg.Rival(portability=1), Fraction(18, 19))
    assert price.captured == 1
    assert price.order[0] == 2
    assert price.exact_total == 1


def test_heavy_tails_with_truncation_are_proved_within_five_per_cent():
    rng = np.random.default_rng(27)
    n = 250
    town = mg.Community(
        np.ceil(1e4 / np.arange(1, n + 1) ** 0.93), rng.exponential(3, n), social=rng.gamma(1, 9, n)
    )
    price = mg.price_of_collapse(town, mg.Rival(portability=1))
    assert (price.problem.deficits_along(price.order) < 0).sum() > n / 10
    assert price.total > town.purpose.sum() / 10
    assert price.gap < 0.05
    certificate = mg.participate(town, mg.Rival(portability=1), price.offer(1e-6))
    assert certificate.least.exact_defection == 1


def test_an_answer_names_each_method_once():
    rng = np.random.default_rng(35)
    size, purpose = rng.integers(1, 99, 40), rng.integers(1, 99, 40)
    for columns, first in (
        ({"social": rng.integers(1, 99, 40)}, "prices of time"),
        ({"ties": rng.integers(1, 9, (40, 40)) * (1 - np.eye(40, dtype=int))}, "greedy order"),
    ):
        town = mg.Community(size, purpose, **columns)
        price = mg.price_of_collapse(town, mg.Rival(), Fraction(1, 2), "order", seconds=0.5)
        names = price.method.split(", ")
        assert first in names
        assert len(set(names)) == len(names)


def test_members_who_are_alike_are_searched_once():
    price = mg.price_of_collapse(mg.Community(np.ones(45), 1, social=90), mg.Rival(portability=1))
    assert price.optimal
    assert price.exact_total == sum(max(0, 1 + 2 * (44 - k) - 2 * k) for k in range(45))


@pytest.mark.long
@pytest.mark.usefixtures("no_tables")
def test_the_frontier_proves_what_the_table_finds_for_sixteen():
    rng = np.random.default_rng(31)
    for town, rival, share in towns(rng, 60, 16):
        exact = mg.price_of_collapse(town, rival, share, method="subsets")
        found = mg.price_of_collapse(town, rival, share)
        assert found.total == pytest.approx(exact.total, rel=1e-9, abs=1e-9)


@pytest.mark.long
def test_heavy_tails_of_ten_thousand_with_truncation_are_proved_within_five_per_cent():
    n = 10_000
    for seed, rho, scale in ((1, 1, 1), (2, 0.5, 1), (3, 0.75, 3)):
        rng = np.random.default_rng(seed)
        town = mg.Community(
            np.ceil(1e5 / np.arange(1, n + 1) ** 0.93),
            rng.exponential(scale, n),
            social=rng.gamma(1, 10, n),
        )
        price = mg.price_of_collapse(town, mg.Rival(portability=rho))
        assert price.total > town.purpose.sum() / 10
        assert price.gap < 0.05
