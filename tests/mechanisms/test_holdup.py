"""What a provider can take that owns part of the mission, against every group of members."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame import Community, offers, participate
from missiongame.errors import InvalidValue, PurposeUnknown, StructureMissing
from missiongame.mechanisms.holdup import derive, exit_game, hold_up
from missiongame.testing import numbers
from oracles import subsets, ties


@st.composite
def held(draw, most=4):
    """A community (default or general ties), the owned part of its mission and ρ."""
    n = draw(st.integers(1, most))
    column = st.lists(numbers(0, 4), min_size=n, max_size=n)
    ties = draw(st.one_of(st.none(), st.lists(column, min_size=n, max_size=n)))
    mission = draw(numbers(0, 3))
    town = Community(
        [c + (i == 0) for i, c in enumerate(draw(column))],
        purpose=draw(column),
        enjoyment=draw(numbers(-3, 3)),
        social=0 if ties is not None else draw(column),
        mission=mission,
        ties=None
        if ties is None
        else np.array([[g * (i != j) for j, g in enumerate(row)] for i, row in enumerate(ties)]),
    )
    owned = min(draw(numbers(0, 3)), mission)
    return town, owned, draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]))


def gains(town, owned, rho, levies, group):
    """Return what each of `group` gains by leaving with it, from the two payoffs."""
    theta, g = Fraction(town.mission), ties(town)
    return {
        i: Fraction(town.purpose[i]) * (theta - owned)
        + Fraction(town.enjoyment[i])
        + rho * sum(g[i][j] for j in group)
        - (Fraction(town.purpose[i]) * theta + Fraction(town.enjoyment[i]) + sum(g[i]) - levies[i])
        for i in group
    }


def some_group_leaves(town, owned, rho, levies):
    return any(
        min(gains(town, owned, rho, levies, group).values()) > 0 for group in subsets(range(town.n))
    )


@given(held(), st.data())
def test_the_exit_game_s_payoffs_are_those_of_leaving(case, data):
    town, owned, rho = case
    levies = data.draw(st.lists(numbers(0, 9), min_size=town.n, max_size=town.n))
    game, away = exit_game(town, owned, rho)
    found = participate(game, away, offers.personal(np.array(levies, dtype=object)))
    alone = [gains(town, owned, rho, levies, (i,))[i] for i in range(town.n)]
    assert (found.least.headcount == 0) == (max(alone) <= 0)
    everyone_stays_away = all(
        gains(town, owned, rho, levies, range(town.n))[i] + sum(ties(town)[i]) >= 0
        for i in range(town.n)
    )
    assert (found.greatest.headcount == town.n) == everyone_stays_away


@given(held(), st.data())
def test_nobody_leaves_alone_exactly_up_to_the_single_bound(case, data):
    town, owned, rho = case
    single = hold_up(town, owned, rho).exact_single
    game, away = exit_game(town, owned, rho)

    def leave(levies):
        offer = offers.personal(np.array([max(0, levy) for levy in levies], dtype=object))
        return participate(game, away, offer).least.headcount

    assert leave(single) == 0
    pushed = data.draw(st.integers(0, town.n - 1))
    above = [b + (i == pushed) * Fraction(1, 100) for i, b in enumerate(single)]
    assert leave(above) > 0


@given(held())
def test_no_group_leaves_at_the_joint_bound_and_everyone_does_above_it(case):
    town, owned, rho = case
    joint = hold_up(town, owned, rho).exact_joint
    assert not some_group_leaves(town, owned, rho, joint)
    above = [b + Fraction(1, 100) for b in joint]
    assert min(gains(town, owned, rho, above, range(town.n)).values()) > 0


@given(held(), st.data())
def test_the_largest_group_that_gains_is_found(case, data):
    town, owned, rho = case
    levies = data.draw(st.lists(numbers(0, 12), min_size=town.n, max_size=town.n))
    gaining = [
        g for g in subsets(range(town.n)) if min(gains(town, owned, rho, levies, g).values()) > 0
    ]
    found = set(np.flatnonzero(hold_up(town, owned, rho).leavers(levies)).tolist())
    assert found == set().union(*gaining)


@settings(max_examples=50)
@given(held())
def test_in_every_order_the_levies_stand_and_the_best_order_takes_the_most(case):
    town, owned, rho = case
    provider = hold_up(town, owned, rho)
    sums = []
    for order in permutations(range(town.n)):
        levies = provider.in_order(order)
        assert not some_group_leaves(town, owned, rho, levies)
        sums.append(sum(levies))
    assert provider.most.optimal
    assert provider.most.total == sum(provider.most.levies) == max(sums)


@settings(max_examples=30)
@given(held(most=3))
def test_no_schedule_on_a_grid_that_stands_takes_more(case):
    town, owned, rho = case
    provider = hold_up(town, owned, rho)
    ends = [provider.exact_joint, provider.exact_single]
    grids = [
        [low + (high - low) * Fraction(k, 4) for k in range(6)]
        for low, high in zip(*ends, strict=True)
    ]
    standing = [sum(levies) for levies in product(*grids) if not provider.leavers(levies).any()]
    assert max(standing) <= provider.most.total


def test_a_levy_above_the_joint_bound_can_stand():
    # Each bears nothing if all would leave together (ρ = 1). Yet one of two can be charged:
    # the other has no reason to come along.
    pair = Community([1, 1], purpose=0, ties=[[0, 1], [1, 0]])
    provider = hold_up(pair, owned=0, portability=1)
    assert provider.exact_joint == [0, 0]
    assert not some_group_leaves(pair, Fraction(0), Fraction(1), [0, 1])
    assert not provider.leavers([0, 1]).any()
    assert provider.leavers([Fraction(1, 100), 1]).all()
    assert provider.most.total == 1


def test_the_derived_bound_is_the_stated_one():
    d = derive()
    alpha, rho = (sympy.Symbol(name, real=True) for name in ("alpha", "rho"))
    assert sympy.simplify(d.bound - (alpha * d.owned + d.around - rho * d.along)) == 0
    assert sympy.diff(d.gain, d.levy) == 1


def test_what_cannot_be_held_up_is_refused():
    town = Community([1, 1], purpose=1, mission=1)
    with pytest.raises(InvalidValue, match="owned is 2"):
        hold_up(town, owned=2)
    with pytest.raises(PurposeUnknown):
        hold_up(Community([1]), owned=0)
    with pytest.raises(StructureMissing, match=r"ties\[0, 1\]"):
        hold_up(Community([1, 1], purpose=1, ties=[[0, -1], [0, 0]]), owned=0)
    with pytest.raises(InvalidValue, match="order"):
        hold_up(town, owned=1).in_order([0, 0])
