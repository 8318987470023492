"""What is proved of prices holds on the real functions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missiongame as mg

portability = st.sampled_from([Fraction(k, 4) for k in range(5)])
small = st.integers(0, 6)


@st.composite
def towns(draw, social=None):
    """Communities with m ≥ 0 and nonnegative ties, default or general."""
    n = draw(st.integers(1, 6))
    column = st.lists(small, min_size=n, max_size=n)
    contribution = draw(st.lists(st.integers(1, 6), min_size=n, max_size=n))
    purpose = draw(column)
    if social == 0 or draw(st.booleans()):
        return mg.Community(contribution, purpose, social=0 if social == 0 else draw(column))
    g = np.array([draw(column) for _ in range(n)])
    np.fill_diagonal(g, 0)
    return mg.Community(contribution, purpose, ties=g)


def members_value(town):
    """Σm + ΣΣg exactly, and ΣΣg, for θ_R = 0 and no enjoyment."""
    m = sum(Fraction(a) * Fraction(town.mission) for a in town.purpose)
    if town.ties is not None:
        ties = sum((Fraction(g) for g in town.ties.worth), Fraction(0))
    else:
        ties = sum(
            Fraction(v) * (1 - s) for v, s in zip(town.social, town.exact_share, strict=True)
        )
    return m + ties, ties


def total(town, rival):
    return mg.price_of_collapse(town, rival).exact_total


@given(towns(), portability)
@settings(max_examples=60, deadline=None)
def test_ties_cost_at_most_half_and_purpose_at_most_its_price(town, rho):
    value, ties = members_value(town)
    assert total(town, mg.Rival(portability=rho)) <= value - ties / 2


@given(towns(), portability, st.integers(0, 5), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_the_price_rises_with_a_members_purpose_and_no_faster(town, rho, which, step):
    purpose = town.purpose.copy()
    purpose[which % town.n] += step
    before = total(town, mg.Rival(portability=rho))
    after = total(town.changed(purpose=purpose), mg.Rival(portability=rho))
    assert before <= after <= before + step


def test_a_member_who_would_leave_unpaid_cannot_be_charged():
    town = mg.Community([1], purpose=-1)
    assert total(town, mg.Rival()) == 0 > members_value(town)[0]


def test_a_step_of_purpose_can_cost_more_than_itself_where_small_pay_repels():
    # κa = 3 > 1 at B = a: an instant more purpose costs a − 1/κ = 2 at once
    rival = mg.Rival(mission=3, crowding=1)
    town = mg.Community([1], purpose=1, enjoyment=0, mission=3)
    below = mg.price_of_collapse(town.changed(enjoyment=-0.001), rival)
    assert below.total == 0
    assert mg.price_of_collapse(town, rival).total == 2


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=6),
    st.lists(small, min_size=6, max_size=6),
    portability,
    st.integers(1, 9),
)
@settings(max_examples=80, deadline=None)
def test_the_gini_formula_holds_where_no_payment_is_negative(c, extra, rho, sigma):
    n = len(c)
    town = mg.Community(c, [2 * sigma + e for e in extra[:n]], social=sigma)
    price = mg.price_of_collapse(town, mg.Rival(portability=rho))
    total_c, pairs = sum(c), sum(abs(a - b) for a in c for b in c)
    gini_star = Fraction(pairs, 2 * (n - 1) * total_c)
    aggregate = (n - 1) * Fraction(sigma)  # K = (n − 1) Q with q_j = σ s_j, Q = σ
    m = sum(Fraction(a) for a in town.purpose)
    assert price.exact_total == m + aggregate / 2 * ((1 - rho) - (1 + rho) * gini_star)
    assert float(gini_star) == pytest.approx(town.gini_star)
    biggest_first = sorted(c, reverse=True)
    assert [c[i] for i in price.order] == biggest_first or price.method == "subsets"


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=6),
    st.lists(small, min_size=6, max_size=6),
    portability,
)
@settings(max_examples=80, deadline=None)
def test_with_unequal_ties_the_price_is_a_sum_over_pairs(c, social, rho):
    n = len(c)
    town = mg.Community(c, purpose=20, social=social[:n])
    s = town.exact_share
    g = [[social[i] * s[j] for j in range(n)] for i in range(n)]
    pairs = sum(
        min(g[i][j], g[j][i]) - rho * max(g[i][j], g[j][i]) for i in range(n) for j in range(i)
    )
    assert total(town, mg.Rival(portability=rho)) == 20 * n + pairs


def test_where_payments_hit_zero_biggest_first_is_not_best():
    town = mg.Community([2, 3], purpose=[0, 2], ties=[[0, 3], [2, 0]])
    price = mg.price_of_collapse(town, mg.Rival(portability=1))
    assert price.exact_total == 3
    assert price.order.tolist() == [0, 1]
    assert price.problem.cost(np.array([1, 0]))[1] == 4


@given(towns())
@settings(max_examples=60, deadline=None)
def test_with_ties_a_collapse_costs_less_than_the_community_is_worth(town):
    value, ties = members_value(town)
    cost = total(town, mg.Rival())
    assert cost < value if ties > 0 else cost == value


def test_members_who_dislike_the_place_may_be_dearer_than_their_community_is_worth():
    town = mg.Community([1, 1], purpose=-5, ties=[[0, 1], [1, 0]])
    assert members_value(town)[0] == -8
    assert total(town, mg.Rival()) == 0


@given(towns(social=0), st.integers(1, 12), st.integers(0, 8), st.integers(1, 8))
@settings(max_examples=80, deadline=None)
def test_a_rival_that_hires_for_profit_hires_fewer_from_a_stronger_mission(town, v, low, more):
    # without ties each is hired at their price if that is below what they are worth
    def hired(theta):
        here = town.with_mission(theta)
        cost = mg.price_of_collapse(here, mg.Rival(value=v)).pay
        return {i for i in range(town.n) if cost[i] < v * town.contribution[i]}

    assert hired(low + more) <= hired(low)


@given(towns(social=0), st.integers(1, 20), st.integers(0, 8), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_the_share_that_a_budget_buys_falls_with_the_mission(town, budget, low, more):
    def bought(theta):
        here = town.with_mission(theta)
        shares = [Fraction(k, int(town.total)) for k in range(1, int(town.total) + 1)]
        curve = mg.price_curve(here, mg.Rival(), shares)
        within = [s for s, p in zip(shares, curve.prices, strict=True) if p.exact_total <= budget]
        return max(within, default=Fraction(0))

    assert bought(low + more) <= bought(low)
