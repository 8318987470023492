"""Management as a service: make or buy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiongame import Community, Policy, Rival, offers, participate
from missiongame.errors import InvalidValue
from missiongame.mechanisms.provision import Service, cheapest, frontier
from missiongame.testing import communities, numbers, rivals


@st.composite
def services(draw):
    uplift = draw(numbers(0, 4))
    owned = draw(numbers(0, 4)) % (uplift + Fraction(1, 2))
    return Service(Policy(uplift, draw(numbers(0, 6))), min(owned, uplift))


@given(st.lists(services(), min_size=1, max_size=6), numbers(0, 4))
def test_the_cheapest_keeps_enough_and_none_that_does_costs_less(offered, uplift):
    enough = [s for s in offered if Fraction(s.policy.uplift) - Fraction(s.owned) >= uplift]
    if not enough:
        with pytest.raises(InvalidValue, match="uplift"):
            cheapest(offered, uplift)
        return
    chosen = cheapest(offered, uplift)
    assert chosen in enough
    assert chosen.policy.cost == min(s.policy.cost for s in enough)


@given(st.lists(services(), min_size=1, max_size=6))
def test_the_frontier_has_the_cheapest_for_every_uplift(offered):
    best = frontier(offered)
    costs = [s.policy.cost for s in best]
    assert costs == sorted(costs)
    for wanted in {Fraction(s.kept.uplift) for s in offered}:
        assert cheapest(best, wanted).policy.cost == cheapest(offered, wanted).policy.cost
    for a in best:
        assert not any(
            b.policy.cost <= a.policy.cost and b.kept.uplift >= a.kept.uplift
            for b in best
            if b is not a
        )


@given(communities(), rivals(), numbers(0, 3), numbers(0, 6), numbers(0, 6))
def test_members_do_not_feel_who_provides_the_uplift(town, rival, uplift, pay, cost):
    made, bought = Policy(uplift, cost), Policy(uplift, cost, provider="agency")

    def leavers(policy):
        lifted = town.with_mission(Fraction(town.mission) + Fraction(policy.uplift))
        found = participate(lifted, rival, offers.flat(pay))
        return found.least.defectors.tolist(), found.greatest.defectors.tolist()

    assert leavers(made) == leavers(bought)


def test_an_uplift_that_is_partly_owned_is_felt_when_the_provider_is_left():
    town = Community([1, 1], purpose=10, mission=1)
    bought = Service(Policy(uplift=1, cost=1, provider="agency"), owned=0.5)

    def headcount(policy):
        lifted = town.with_mission(Fraction(town.mission) + Fraction(policy.uplift))
        return participate(lifted, Rival(), offers.flat(16)).least.headcount

    assert headcount(bought.policy) == 0
    assert headcount(bought.kept) == 2


@pytest.mark.parametrize("owned", [-1, 0.75])
def test_more_than_the_uplift_cannot_be_owned(owned):
    with pytest.raises(InvalidValue, match="owned"):
        Service(Policy(uplift=0.5), owned=owned)


def test_kept_and_owned_add_up_exactly():
    service = Service(Policy(uplift=0.3), owned=0.1)
    assert Fraction(service.kept.uplift) + Fraction(0.1) == Fraction(0.3)
    assert np.isclose(float(service.kept.uplift), 0.2)
