"""A stronger mission never enlarges a defection set: where it holds, and where it does not."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame import Community, Rival, offers, participate
from missiongame.testing import numbers, scenes

SELECTIONS = ("least", "robust", "greatest")


def defectors(town, rival, offer, selection):
    outcome = getattr(participate(town, rival, offer), selection)
    return None if outcome is None else outcome.defectors


@pytest.mark.parametrize("selection", SELECTIONS)
@given(scene=scenes(members=(1, 7), purpose=(0, 3)), rise=numbers(0, 4))
@settings(max_examples=60, deadline=None)
def test_offers_fixed_and_purpose_not_negative_the_set_shrinks(selection, scene, rise):
    town, rival, offer = scene
    stronger = town.with_mission(Fraction(town.mission) + rise)
    before = defectors(town, rival, offer, selection)
    after = defectors(stronger, rival, offer, selection)
    assert (before is None) == (after is None)  # whether there is a potential is not the mission's
    if before is not None:
        assert not (after & ~before).any()


@pytest.mark.parametrize("selection", SELECTIONS)
@given(seed=st.integers(0, 2**32 - 1), rise=st.floats(0, 2))
@settings(max_examples=15, deadline=None)
def test_it_shrinks_in_communities_of_thousands(selection, seed, rise):
    rng = np.random.default_rng(seed)
    n = 3000
    town = Community(
        rng.pareto(1.2, n),
        purpose=rng.exponential(20, n),
        enjoyment=rng.normal(0, 10, n),
        social=rng.uniform(0, 200, n),
    )
    offer = offers.personal(rng.exponential(60, n))
    before = defectors(town, Rival(portability=0.25), offer, selection)
    after = defectors(town.with_mission(1 + rise), Rival(portability=0.25), offer, selection)
    assert not (after & ~before).any()


def only(town, offer):
    """The defectors of the only equilibrium."""
    out = participate(town, Rival(), offer)
    assert len(out.equilibria) == 1
    return out.least.defectors.tolist()


def test_a_negative_purpose_turns_nobody_into_everyone():
    town = Community([1, 1], purpose=[-1, 0], enjoyment=[5, 2], ties=[[0, 0], [3, 0]], mission=0)
    assert only(town, offers.flat(4)) == [False, False]
    assert only(town.with_mission(3), offers.flat(4)) == [True, True]


def test_a_negative_tie_changes_who_leaves():
    town = Community([1, 1], purpose=[0, 1], enjoyment=[2, 0], ties=[[0, -3], [0, 0]], mission=0)
    assert only(town, offers.flat(1)) == [False, True]
    assert only(town.with_mission(2), offers.flat(1)) == [True, False]


def test_an_arbitrary_selection_can_go_the_other_way():
    town = Community([1, 1], purpose=1, social=8, mission=0)
    weak = participate(town, Rival(), offers.flat(2))
    strong = participate(town.with_mission(1), Rival(), offers.flat(2))
    assert weak.least.headcount == 0  # the best at a weak mission
    assert strong.greatest.headcount == 2  # the worst at a stronger one
