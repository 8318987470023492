"""The most work that a budget takes: against every order of every subset, offers and prices."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import nextafter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
import oracles
from communities import any_case, random_rival, random_town
from missiongame.price import all_subsets
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.problem import Problem
from missiongame.price.raid_bracket import Bracket
from missiongame.price.raid_by_time import RaidByTime
from missiongame.price.scheduling_bound import lower_bound
from missiongame.price.undominated import most_work


def some_money(rng, town, rival):
    """No money, the pay of some raid exactly, nearly, and what lies between two."""
    totals = [Fraction(total) for _, total in oracles.raids(town, rival)]
    one, other = (totals[rng.integers(len(totals))] for _ in range(2))
    nearly = one * Fraction(int(rng.integers(9, 12)), 10)
    return [one, max(one, other), nearly, (one + other) / 2, Fraction(0)][rng.choice(5)]


def work(town, share):
    return sum(map(Fraction, town.contribution), Fraction(0)) * share


def agrees(raid, expected, town, rival, money):
    """Compare with the definition, and try the offer."""
    low, high, boundary = expected
    assert raid.work_at_least <= high
    assert raid.work_at_most >= low
    assert raid.work_at_least == work(town, raid.share_at_least)
    assert raid.work_at_most == work(town, raid.share_at_most)
    assert raid.total_bounds[1] < money or raid.total == 0
    if raid.exact and low == high:
        assert raid.boundary in (boundary, None)
    offer = raid.offer()
    assert sum(map(Fraction, offer.pay(town).tolist())) <= max(money, 0)
    assert mg.participate(town, rival, offer).least.exact_defection >= raid.share_at_least


def no_offer_wins_more(rng, raid, town, rival, money):
    """Offers that split the money at random: among those who go, or among all."""
    for _ in range(3):
        parts = rng.integers(0, 4, town.n)
        whole = max(1, int(parts.sum()))
        pay = [max(money, 0) * int(part) / whole for part in parts]
        won = mg.participate(town, rival, mg.offers.personal(pay)).least
        assert won.exact_defection <= raid.share_at_most


def compare(rng, most, monkeypatch):
    town, rival, _, _ = any_case(rng, most)
    money, fixed = some_money(rng, town, rival), Fraction(int(rng.integers(0, 5)), 2)
    expected = oracles.best_raid(town, rival, money)
    raid = mg.best_raid(town, rival, money + fixed, fixed)
    agrees(raid, expected, town, rival, money)
    no_offer_wins_more(rng, raid, town, rival, money)
    linear = rival.crowding == 0 or rival.mission == 0
    if linear:
        assert raid.exact
        assert raid.boundary is expected[2]
    with monkeypatch.context() as patch:  # as if there were many members
        patch.setattr(all_subsets, "LARGEST", 0)
        patch.setattr(all_subsets, "LARGEST_WHOLE", 0)
        raid = mg.best_raid(town, rival, money + fixed, fixed, seconds=2)
        agrees(raid, expected, town, rival, money)
    return raid.exact


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_two_thousand_raids(monkeypatch, seed):
    rng = np.random.default_rng([91, seed])
    exact = sum(compare(rng, 5 if k % 10 else 6, monkeypatch) for k in range(200))
    assert exact > 180


def test_some_raids(monkeypatch):
    rng = np.random.default_rng(92)
    assert sum(compare(rng, 4, monkeypatch) for _ in range(80)) > 70


@pytest.mark.parametrize("crowded", [False, True])
def test_it_is_the_inverse_of_the_price_and_rises_with_the_budget(crowded):
    rng = np.random.default_rng(93)
    for _ in range(12):
        n = int(rng.integers(2, 8))
        town = random_town(rng, n, ties=bool(rng.integers(2)), negative=bool(rng.integers(2)))
        rival = random_rival(rng, crowded)
        most = mg.price_of_collapse(town, rival).total
        before = Fraction(0)
        for part in range(6):
            budget = Fraction(most) * part / 5
            raid = mg.best_raid(town, rival, budget)
            assert raid.share_at_least >= before
            before = raid.share_at_least
            if before:
                price = mg.price_of_collapse(town, rival, before)
                assert price.total_bounds[0] < budget or price.total == 0
            if raid.share_at_most < 1 and budget:
                more = raid.share_at_most + (1 - raid.share_at_most) / 10**9
                assert mg.price_of_collapse(town, rival, more).total_bounds[1] >= budget


@pytest.mark.parametrize("ties", ["none", "default", "general"])
@pytest.mark.parametrize("whole", [True, False])
def test_of_more_members_it_lies_between_what_prices_prove(ties, whole):
    rng = np.random.default_rng(94)
    n = 26
    made = np.ceil(60 / np.arange(1, n + 1)) if whole else rng.pareto(1.2, n) + 0.1
    columns = {"default": {"social": rng.gamma(1, 9, n)}, "none": {}}
    g = rng.integers(0, 4, (n, n)) * (rng.random((n, n)) < 0.15)
    np.fill_diagonal(g, 0)
    columns["general"] = {"ties": g}
    purpose = rng.integers(1, 9, n) if whole else rng.exponential(4, n)
    town = mg.Community(made, purpose, **columns[ties])
    rival = mg.Rival(portability=0.25)
    raid = mg.best_raid(town, rival, 40, seconds=3)
    assert 0 < raid.share_at_least <= raid.share_at_most < 1
    assert mg.participate(town, rival, raid.offer()).least.exact_defection >= raid.share_at_least
    within = mg.price_of_collapse(town, rival, raid.share_at_least, seconds=2)
    assert within.lower_bound < 40
    beyond = raid.share_at_most + (1 - raid.share_at_most) / 10**9
    assert mg.price_of_collapse(town, rival, beyond, seconds=2).total_bounds[1] >= 40
    assert ties == "general" or raid.exact


def test_who_is_ruled_out_is_in_no_better_raid(monkeypatch):
    """Of poor raids: every subset that costs less than the money and makes more is left."""
    rng = np.random.default_rng(96)
    take = Bracket.take
    poorly = lambda self, order, **_: take(self, order[:-1])  # noqa: E731
    monkeypatch.setattr(Bracket, "take", poorly)
    ruled, better = 0, 0
    for _ in range(40):
        n = int(rng.integers(9, 14))
        made, social = rng.pareto(1.2, n) + 0.1, rng.gamma(1, 9, n)
        town = mg.Community(made, rng.exponential(9, n), social=social)
        rival = mg.Rival(portability=float(rng.random()))
        whole = Problem.of(town, rival, Fraction(1))
        table = all_subsets.SubsetTable.of(whole)
        money = whole.unit * int(table.least[-1]) * Fraction(float(rng.random())) / 3
        bracket = Bracket(whole, money, Clock.of(1))
        RaidByTime().tighten(bracket)
        ruled += n - len(bracket.left)
        left = sum(1 << i for i in bracket.left.tolist())
        within = (table.least <= bracket.limit) & (table.captured > bracket.made)
        for subset in np.flatnonzero(within).tolist():
            better += 1
            assert subset & ~left == 0
            assert table.captured[subset] <= bracket.roof
    assert ruled > 20
    assert better > 100


@pytest.mark.parametrize("options", [{}, {"ties": [[0, 0], [0, 0]]}])
def test_a_budget_between_two_prices_is_no_boundary(options):
    pair = mg.Community([1, 1], purpose=[3, 4], **options)
    for budget, boundary in ((6.9, False), (7, True), (7.1, False)):
        assert mg.best_raid(pair, mg.Rival(), budget).boundary is boundary


sizes = st.integers(0, 9) | st.integers(0, 2**40) | st.integers(0, 2**70)


@given(st.lists(st.tuples(sizes, sizes), min_size=1, max_size=8), st.data())
def test_without_ties_it_is_the_best_of_all_subsets(members, data):
    pay, size = ([m[k] for m in members] for k in range(2))
    money = data.draw(st.integers(0, sum(pay)) | st.sampled_from([0, *pay, sum(pay)]))
    kind = np.int64 if sum(pay) + sum(size) < 2**62 else object
    found = most_work(np.array(pay, dtype=kind), np.array(size, dtype=kind), money)
    best = max(
        sum(s for s, x in zip(size, chosen, strict=True) if x)
        for chosen in product((0, 1), repeat=len(members))
        if sum(p for p, x in zip(pay, chosen, strict=True) if x) <= money
    )
    assert found.roof == best == sum(size[i] for i in found.members.tolist())
    assert sum(pay[i] for i in found.members.tolist()) <= money
    assert len(set(found.members.tolist())) == len(found.members)


def test_any_prices_of_time_bound_what_any_amount_of_work_costs():
    """Whatever V is: members who make the part that is out of reach, or more, cost the money."""
    rng = np.random.default_rng(95)
    said = 0
    for _ in range(300):
        town, rival = random_town(rng, int(rng.integers(2, 6))), random_rival(rng)
        share = Fraction(int(rng.integers(1, 10)), 10)
        problem = Problem.of(town, rival, share)
        if problem.all_work:
            continue
        grid = np.concatenate(([0.0], np.cumsum(rng.exponential(3, int(rng.integers(1, 9))))))
        bound = lower_bound(FloatView.of(problem), grid)
        raids = list(oracles.raids(town, rival))
        for money in {total for _, total in raids}:
            out = bound.most_bought(money)
            said += out is not None
            for order, total in raids if out is not None else []:
                part = Fraction(int(problem.size[list(order)].sum()), problem.needed)
                assert total >= money or part < out
    assert said > 60


def test_a_fifth_of_digg_falls_to_five_thousand_for_each_of_four():
    digg = mg.scenarios.load("digg-netscape")
    for worth, members in ((4999, 4), (5000, 3)):  # at exactly the price they may stay
        raid = mg.best_raid(digg.community.changed(purpose=worth), digg.rival, 20_000)
        assert raid.exact
        assert len(raid.order) == members
        assert (raid.share_at_least >= Fraction(1, 5)) == (members == 4)
        assert raid.boundary == (worth == 5000)
        assert set(raid.payments.values()) == {worth}


def test_money_that_is_left_over_is_spread_in_rationals_where_floats_are_too_coarse():
    town = mg.Community([2, 1], purpose=[3, 5])
    close = mg.best_raid(town, mg.Rival(), 3 + Fraction(1, 10**30), fixed=0)
    pay = close.offer().pay(town).tolist()
    assert close.work_at_least == 2
    assert 3 < Fraction(pay[0]) <= 3 + Fraction(1, 10**30)
    wide = mg.best_raid(town, mg.Rival(), nextafter(8, 9))
    assert wide.work_at_least == 3
    assert sum(map(Fraction, wide.offer().pay(town).tolist())) <= Fraction(nextafter(8, 9))


def test_where_the_fixed_cost_exceeds_the_budget_only_who_leaves_unpaid_is_won():
    town = mg.Community([4, 2, 1], purpose=[-1, 0, 3], names=["Ann", "Bob", "Cy"])
    for budget, fixed, made, boundary in ((5, 6, 4, False), (6, 6, 4, True), (7, 6, 6, False)):
        raid = mg.best_raid(town, mg.Rival(), budget, fixed)
        assert (raid.work_at_least, raid.exact, raid.boundary) == (made, True, boundary)
        assert raid.payments == {}
        assert mg.participate(town, mg.Rival(), raid.offer()).least.exact_defection * 7 == made
    assert mg.best_raid(town, mg.Rival(), 5, 6).offer().fixed == 0  # it is not made
    assert mg.best_raid(town, mg.Rival(), 7, 6).offer().fixed == 6
    assert "within less than nothing" in repr(mg.best_raid(town, mg.Rival(), 5, 6))


def test_payments_are_named_in_the_order_of_approach():
    town = mg.Community([1, 5], purpose=[2, 3], social=6, names=["Ann", "Bob"])
    raid = mg.best_raid(town, mg.Rival(), 9)
    assert list(raid.payments.items()) == [("Bob", 4.0), ("Ann", 2.0)]
    assert raid.order.tolist() == [1, 0]
    assert raid.pay.tolist() == [2.0, 4.0]
    assert raid.exact_pay == [2, 4]


def test_a_raid_that_is_only_bounded_says_so(monkeypatch):
    monkeypatch.setattr("missiongame.price.most_for_money.METHODS", ())
    town = mg.Community([3, 1], purpose=[2, 5])
    raid = mg.best_raid(town, mg.Rival(), 3)
    assert (raid.work_at_least, raid.work_at_most, raid.exact, raid.boundary) == (0, 4, False, None)
    assert repr(raid).startswith("BestRaid(0 to 4 of 4 contributions, 0 to 100%, for 0 within 3")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"budget": -1}, "budget is -1; it should be a number of at least 0"),
        ({"budget": 1, "fixed": -2}, "fixed is -2; it should be a number of at least 0"),
        ({"budget": 1, "seconds": 0}, "seconds is 0; it should be positive"),
        ({"budget": float("nan")}, "budget is nan"),
    ],
)
def test_illegal_amounts_are_named(options, said):
    with pytest.raises(mg.errors.InvalidValue, match=said):
        mg.best_raid(mg.Community([1], purpose=1), mg.Rival(), **options)


def test_communities_that_have_no_price_are_refused():
    with pytest.raises(mg.errors.PurposeUnknown, match="the best raid needs it"):
        mg.best_raid(mg.Community([1]), mg.Rival(), 1)
    ties = [[0, -1], [0, 0]]
    with pytest.raises(mg.errors.InvalidValue, match=r"ties\[0, 1\] is -1"):
        mg.best_raid(mg.Community([1, 1], purpose=1, ties=ties), mg.Rival(), 1)
    with pytest.raises(mg.errors.InvalidType, match="community"):
        mg.best_raid(mg.Rival(), mg.Community([1]), 1)
