"""What members have before and after, and what their choices reveal."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from missiongame import Community, Payoffs, Rival, offers, participate, price_of_collapse, symbols
from missiongame.errors import InvalidType, InvalidValue
from missiongame.mechanisms.welfare import at_the_price, purpose_bounds, surplus
from missiongame.testing import communities, numbers, rivals
from oracles import payoff

flat = numbers(0, 8)


@given(communities(), rivals(), flat, st.data())
def test_surplus_is_the_payoff_at_each_side(town, rival, w, data):
    away = np.array(data.draw(st.lists(st.booleans(), min_size=town.n, max_size=town.n)))
    found = surplus(town, rival, offers.flat(w), away)
    nobody = [False] * town.n
    for i in range(town.n):
        assert found.exact_before[i] == payoff(town, rival, offers.flat(w), nobody, i, leave=False)
        assert found.exact_after[i] == payoff(
            town, rival, offers.flat(w), away, i, leave=bool(away[i])
        )
    assert found.loss == sum(found.exact_before) - sum(found.exact_after)
    assert found.loss == found.loss_of(away) + found.loss_of(~away)


@given(communities(), rivals(), flat)
def test_in_the_least_equilibrium_only_the_defection_of_others_can_hurt(town, rival, w):
    least = participate(town, rival, offers.flat(w)).least
    found = surplus(town, rival, offers.flat(w), least.defectors)
    for i in np.flatnonzero(~least.defectors):
        lost_ties = payoff(town, rival, offers.flat(w), [False] * town.n, i, leave=False) - payoff(
            town, rival, offers.flat(w), least.defectors, i, leave=False
        )
        assert found.exact_before[i] - found.exact_after[i] == lost_ties >= 0


@given(communities(), st.integers(0, 3))
def test_a_bought_community_loses_what_its_ties_were_worth_beyond_the_price(town, base):
    town = town.changed(purpose=np.abs(town.purpose), enjoyment=np.abs(town.enjoyment) + base)
    if town.contribution.min() == 0:
        town = town.changed(contribution=[Fraction(c) + 1 for c in town.contribution])
    rival = Rival()
    loss = at_the_price(town, rival).loss
    worth = sum(surplus(town, rival, offers.flat(0), [False] * town.n).exact_before)
    assert loss == worth - price_of_collapse(town, rival).exact_total
    ties = worth - sum(
        Fraction(a) * Fraction(town.mission) + Fraction(h)
        for a, h in zip(town.purpose, town.enjoyment, strict=True)
    )
    assert (loss > 0) == (ties > 0)
    assert loss >= 0


def test_members_who_want_to_leave_anyway_gain_from_collapse():
    unhappy = Community([1, 1], purpose=-5, ties=[[0, 1], [1, 0]])
    assert price_of_collapse(unhappy, Rival()).exact_total == 0
    assert at_the_price(unhappy, Rival()).loss == -8


def test_an_irrational_price_is_refused():
    town = Community([1], purpose=1, mission=3)
    with pytest.raises(InvalidValue, match="irrational"):
        at_the_price(town, Rival(mission=1, crowding=1))


@given(communities(), rivals(), flat)
def test_true_purpose_lies_within_what_equilibrium_choices_reveal(town, rival, w):
    found = participate(town, rival, offers.flat(w))
    for outcome in (found.least, found.greatest):
        bounds = purpose_bounds(
            town.changed(purpose=None), rival, offers.flat(w), outcome.defectors
        )
        assert not bounds.contradicted.any()
        for low, alpha, high in zip(bounds.exact_low, town.purpose, bounds.exact_high, strict=True):
            assert low is None or low <= Fraction(alpha)
            assert high is None or Fraction(alpha) <= high


@given(communities(), rivals(), flat, st.data())
def test_beyond_a_bound_the_other_choice_is_better(town, rival, w, data):
    away = np.array(data.draw(st.lists(st.booleans(), min_size=town.n, max_size=town.n)))
    bounds = purpose_bounds(town, rival, offers.flat(w), away)
    ends = [(low, -1) for low in bounds.exact_low] + [(high, 1) for high in bounds.exact_high]
    for k, (end, side) in enumerate(ends):
        if end is None:
            continue
        i = k % town.n
        beyond = town.changed(purpose=np.full(town.n, end + Fraction(side, 100)))
        leaving, staying = (
            payoff(beyond, rival, offers.flat(w), away, i, leave=x) for x in (True, False)
        )
        assert (leaving < staying) if away[i] else (leaving > staying)


def test_two_offers_bound_purpose_from_both_sides():
    member = Community([1], mission=2)
    took = purpose_bounds(member, Rival(), offers.flat(10), [True])
    refused = purpose_bounds(member, Rival(), offers.flat(6), [False])
    both = took.also(refused)
    assert (both.low[0], both.high[0]) == (3, 5)
    assert not both.contradicted[0]
    changed_mind = took.also(purpose_bounds(member, Rival(), offers.flat(20), [False]))
    assert changed_mind.contradicted[0]


def test_under_equal_missions_a_choice_says_nothing_of_purpose():
    member = Community([1], enjoyment=3, mission=1)
    for pay, left, wrong in ((4, True, False), (2, True, True), (4, False, True)):
        seen = purpose_bounds(member, Rival(mission=1), offers.flat(pay), [left])
        assert (seen.exact_low, seen.exact_high) == ((None,), (None,))
        assert seen.contradicted[0] == wrong


def test_one_s_own_payoffs_are_evaluated_exactly():
    own = Payoffs(stay=symbols.alpha * symbols.theta / (1 + symbols.theta), defect=symbols.w / 3)
    found = surplus(Community([1, 1], purpose=4), Rival(), offers.flat(1), [True, False], own)
    assert found.exact_before == (2, 2)
    assert found.exact_after == (Fraction(1, 3), 2)
    bold = Payoffs(stay=sympy.sqrt(symbols.alpha), defect=symbols.w)
    with pytest.raises(InvalidValue, match="rational"):
        surplus(Community([1], purpose=2), Rival(), offers.flat(1), [True], bold)


def test_defectors_are_given_as_truth_values():
    with pytest.raises(InvalidType, match="defectors"):
        surplus(Community([1], purpose=1), Rival(), offers.flat(1), [1])
    with pytest.raises(InvalidValue, match="shape"):
        surplus(Community([1], purpose=1), Rival(), offers.flat(1), [True, False])
