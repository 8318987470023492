import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missiongame as mg
import oracles
from missiongame.errors import InvalidValue, PurposeUnknown, StructureMissing
from missiongame.testing import communities, numbers, offers, rivals

TINY = Fraction(1, 2**60)
SHARES = st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)])


@st.composite
def raids(draw, purpose=(0, 3), members=(1, 5)):
    town = draw(communities(members=members, purpose=purpose))
    return town, draw(rivals()), draw(offers(town.n)), draw(SHARES)


def succeeds(town, rival, offer, share, selection, mission):
    outcome = getattr(mg.participate(town.with_mission(mission), rival, offer), selection)
    return outcome.exact_defection >= share


@given(raids(), st.sampled_from(["least", "robust", "greatest"]))
@settings(max_examples=150, deadline=None)
def test_the_raid_succeeds_below_the_critical_mission_and_fails_above(raid, selection):
    town, rival, offer, share = raid
    if mg.participate(town, rival, offer).robust is None and selection == "robust":
        return
    critical = mg.critical_mission(town, rival, offer, share=share, selection=selection)
    above = [0, 1, 100] if critical == 0 else []
    below = [0, 1, 10**6] if critical == math.inf else []
    if 0 < critical < math.inf:
        exact = Fraction(critical)
        below = [exact - TINY, exact / 2, 0]
        above = [exact + TINY, 2 * exact, exact + 1]
    for mission in above:
        assert not succeeds(town, rival, offer, share, selection, mission + TINY)
    for mission in below:
        assert succeeds(town, rival, offer, share, selection, max(mission, Fraction(0)))


@given(raids(purpose=(-3, 3), members=(1, 3)), st.sampled_from(["least", "greatest"]))
@settings(max_examples=60, deadline=None)
def test_where_the_mission_repels_some_the_infimum_is_still_the_infimum(raid, selection):
    town, rival, offer, share = raid
    critical = mg.critical_mission(town, rival, offer, share=share, selection=selection)
    end = Fraction(12) if critical == math.inf else Fraction(critical)
    for k in range(24 if end else 0):
        mission = end * k / 24
        assert succeeds(town, rival, offer, share, selection, mission)
    if critical < math.inf:
        beside = [Fraction(critical), Fraction(critical) + TINY]
        assert not all(succeeds(town, rival, offer, share, selection, t) for t in beside)


def test_a_mission_that_repels_some_of_many_is_refused_by_name():
    town = mg.Community([1] * 9, purpose=[1] * 8 + [-1])
    with pytest.raises(StructureMissing, match=r"purpose\[8\] is -1"):
        mg.critical_mission(town, mg.Rival(), mg.offers.flat(1))


@given(raids(), st.sampled_from(["least", "greatest"]))
@settings(max_examples=80, deadline=None)
def test_the_critical_purpose_is_where_a_common_purpose_stops_the_raid(raid, selection):
    town, rival, offer, share = raid
    rival = mg.Rival(rival.value, Fraction(rival.mission) / 4, rival.portability, rival.crowding)
    town = town.with_mission(Fraction(town.mission) + 1)
    critical = mg.critical_purpose(town.changed(purpose=None), rival, offer, None, share, selection)

    def holds(purpose):
        outcome = mg.participate(town.changed(purpose=purpose), rival, offer)
        return getattr(outcome, selection).exact_defection < share

    if critical < math.inf:
        assert holds(Fraction(critical) + TINY)
    if critical > 0:
        assert not holds(min(Fraction(10**6), Fraction(min(critical, 10**6)) - TINY))


@given(communities(members=(1, 4)), rivals(crowding=False), st.integers(0, 12), SHARES)
@settings(max_examples=80, deadline=None)
def test_above_the_critical_mission_a_collapse_costs_more_than_the_budget(
    town, rival, budget, share
):
    critical = mg.critical_mission(town, rival, budget=budget, share=share)

    def price(mission):
        return oracles.price(town.with_mission(mission), rival, share)

    if critical == math.inf:
        assert price(Fraction(10**6)) <= budget
        return
    assert price(Fraction(critical) + TINY) > budget
    if critical > 0:
        assert price(Fraction(critical) * (1 - TINY)) <= budget


@given(numbers(1, 5))
@settings(max_examples=10, deadline=None)
def test_one_member_falls_below_pay_over_purpose(purpose):
    town = mg.Community([1], purpose=purpose)
    assert mg.critical_mission(town, mg.Rival(), mg.offers.flat(3)) == 3 / purpose


def test_wrong_questions_are_named():
    town, rival, offer = mg.Community([1], purpose=1), mg.Rival(), mg.offers.flat(1)
    with pytest.raises(InvalidValue, match="exactly one of offer and budget"):
        mg.critical_mission(town, rival)
    with pytest.raises(InvalidValue, match="exactly one of offer and budget"):
        mg.critical_mission(town, rival, offer, budget=1)
    with pytest.raises(InvalidValue, match="share is 0"):
        mg.critical_mission(town, rival, offer, share=0)
    with pytest.raises(InvalidValue, match="selection"):
        mg.critical_mission(town, rival, offer, selection="worst")
    with pytest.raises(InvalidValue, match="budget is -1"):
        mg.critical_mission(town, rival, budget=-1)
    with pytest.raises(PurposeUnknown, match="critical_mission needs it"):
        mg.critical_mission(town.changed(purpose=None), rival, offer)


@given(
    communities(members=(1, 4), purpose=(0, 0)),
    st.sampled_from([(0, 0), (Fraction(1, 2), 0), (1, Fraction(1, 2)), (2, 0)]),
    st.integers(0, 12),
    SHARES,
)
@settings(max_examples=40, deadline=None)
def test_above_the_critical_purpose_a_collapse_costs_more_than_the_budget(
    town, theirs, budget, share
):
    town = town.with_mission(1).changed(purpose=None)
    rival = mg.Rival(mission=theirs[0], crowding=theirs[1], portability=Fraction(1, 2))
    critical = mg.critical_purpose(town, rival, budget=budget, share=share)

    def price(purpose):
        return oracles.price(town.changed(purpose=purpose), rival, share)

    near = TINY if not theirs[1] else Fraction(1, 1000)  # with crowding only bounded
    if critical == math.inf:
        assert price(10**6) <= budget
        return
    assert price(Fraction(critical) + near) > budget
    if critical > 0:
        assert price(max(Fraction(0), Fraction(critical) * (1 - near))) <= budget


def test_a_rival_with_the_stronger_mission_has_no_bounds_on_purpose():
    town, rival = mg.Community([1, 1]), mg.Rival(mission=2, crowding=1)
    with pytest.raises(StructureMissing, match="the rival's mission is 2"):
        mg.critical_purpose(town, rival, budget=3)


def test_the_robust_selection_turns_where_potentials_cross():
    town = mg.Community([2, 1], [2, -1], [0, 2], ties=[[0, 3], [3, 0]])
    offer = mg.offers.flat(3)
    assert mg.critical_mission(town, mg.Rival(), offer, share=0.5, selection="robust") == 1


CLOSE = Fraction(1, 2**300)


@pytest.mark.parametrize("selection", ["least", "robust", "greatest"])
@pytest.mark.parametrize("third", [1, 1 + CLOSE, 1 - CLOSE])
def test_thresholds_that_are_next_to_each_other_are_told_apart(selection, third):
    # Each leaves below their own threshold; the second largest decides over two thirds.
    town = mg.Community([1] * 3, purpose=1, enjoyment=[0, CLOSE, 1 - Fraction(third)])
    found = mg.critical_mission(
        town, mg.Rival(), mg.offers.flat(1), share=Fraction(2, 3), selection=selection
    )
    assert found == sorted([1, 1 - CLOSE, Fraction(third)])[1]


@pytest.mark.parametrize(
    "purpose", [2**220, Fraction(1, 2**1100), 10**400], ids=["large", "tiny", "beyond floats"]
)
@pytest.mark.parametrize("selection", ["least", "robust", "greatest"])
def test_purpose_of_any_size(purpose, selection):
    town = mg.Community([1], purpose=purpose)
    found = mg.critical_mission(town, mg.Rival(), mg.offers.flat(1), selection=selection)
    assert found == Fraction(1, purpose)


def test_a_share_is_its_shortest_decimal():
    town = mg.Community([1] * 10, purpose=[1] * 9 + [Fraction(1, 2)])
    assert mg.critical_mission(town, mg.Rival(), mg.offers.flat(1), share=0.1) == 2
