"""participate against every profile: exact, for every kind of community that is small."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missiongame import Community, MissionGameError, Rival, offers, participate
from missiongame.errors import PurposeUnknown, StructureMissing
from missiongame.testing import scenes

F = Fraction
SMALL = {"members": (1, 6), "ties": ("none", "default"), "purpose": (-1, 3)}
any_buckets = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def floating_scenes(draw):
    """Scenes in floats and whole numbers, of all sizes, with many exact ties."""
    n = draw(st.integers(1, 6))
    kind = draw(st.sampled_from(("whole", "tenths", "any", "huge")))
    number = {
        "whole": st.integers(0, 3).map(float),
        "tenths": st.integers(0, 9).map(lambda k: k / 10),
        "any": st.floats(0, 4),
        "huge": st.sampled_from([0.0, 1e-300, 5e-324, 0.1, 1.0, 1e16, 1e300]),
    }[kind]

    def column():
        return draw(st.lists(number, min_size=n, max_size=n))

    work = column()
    if not any(work):
        work[0] = 1.0
    sign = -1 if draw(st.booleans()) else 1
    town = Community(
        work,
        purpose=np.multiply(column(), sign),
        enjoyment=column(),
        social=np.minimum(np.multiply(column(), draw(st.sampled_from([1.0, n]))), 1e300),
    )
    part = st.sampled_from([0.0, 0.5, 1.0, F(1, 3)])
    rival = Rival(portability=draw(part), mission=draw(part), crowding=draw(part))
    return town, rival, offers.personal(column())


def extremes(found, n):
    return tuple(min(x[i] for x in found) for i in range(n)), tuple(
        max(x[i] for x in found) for i in range(n)
    )


def check_extremes(by_definition, scene):
    town, rival, offer = scene
    out = participate(town, rival, offer)
    found = by_definition.equilibria(town, rival, offer)
    least, greatest = extremes(found, town.n)
    assert tuple(out.least.defectors) == least
    assert tuple(out.greatest.defectors) == greatest
    assert {tuple(e.defectors) for e in out.equilibria} == set(found)


def check_robust(by_definition, scene):
    town, rival, offer = scene
    out = participate(town, rival, offer)
    alone = [i for i in range(town.n) if town.social[i] == 0]
    robust, least = tuple(out.robust.defectors), out.least.defectors
    assert robust in by_definition.equilibria(town, rival, offer)
    allowed = [x for x in by_definition.profiles(town.n) if all(x[i] == least[i] for i in alone)]
    value = {x: by_definition.potential(town, rival, offer, x) for x in allowed}
    assert value[robust] == max(value.values())
    equilibria = set(by_definition.equilibria(town, rival, offer))
    best = [x for x in allowed if x in equilibria and value[x] == value[robust]]
    assert all(r <= other for x in best for r, other in zip(robust, x, strict=True))


@given(scenes(**SMALL))
@settings(max_examples=100, deadline=None)
def test_extreme_equilibria_are_the_extremes_of_all_profiles(by_definition, scene):
    check_extremes(by_definition, scene)


@given(floating_scenes())
@settings(max_examples=100, deadline=None)
def test_floats_count_at_their_exact_value(by_definition, scene):
    check_extremes(by_definition, scene)


@given(scenes(**SMALL))
@settings(max_examples=100, deadline=None)
def test_robust_is_the_largest_maximiser_of_the_potential(by_definition, scene):
    check_robust(by_definition, scene)


@given(floating_scenes())
@settings(max_examples=100, deadline=None)
def test_robust_is_exact_in_floats_too(by_definition, scene):
    check_robust(by_definition, scene)


@given(st.one_of(scenes(**SMALL), floating_scenes()))
@settings(parent=any_buckets, max_examples=100, deadline=None)
@pytest.mark.usefixtures("many_buckets")
def test_what_serves_millions_is_right_for_a_handful(by_definition, scene):
    check_extremes(by_definition, scene)
    check_robust(by_definition, scene)


@given(st.one_of(scenes(**SMALL), floating_scenes()))
@settings(max_examples=100, deadline=None)
def test_what_goes_with_the_defectors_is_exact(scene):
    town, rival, offer = scene
    out = participate(town, rival, offer).greatest
    pay = offer.pay(town)
    left = [i for i in range(town.n) if out.defectors[i]]
    assert out.headcount == len(left)
    assert out.exact_defection == sum((F(town.contribution[i]) for i in left), F(0)) / town.total
    assert out.exact_payroll == sum((F(pay[i]) for i in left), F(0))
    assert out.defection == float(out.exact_defection)


def test_indifferent_members_stay_in_the_least_and_leave_in_the_greatest():
    town = Community([1, 1], purpose=5)
    out = participate(town, Rival(), offers.flat(5))
    assert not out.least.defectors.any()
    assert out.greatest.defectors.all()
    assert not out.robust.defectors.any()
    assert out.least.max_gain == out.greatest.max_gain == 0


def test_a_community_of_one_weighs_pay_against_purpose():
    town = Community([3], purpose=5, social=100)  # nobody else is around to be worth anything
    assert participate(town, Rival(), offers.flat(5.5)).least.headcount == 1
    assert participate(town, Rival(), offers.flat(4.5)).greatest.headcount == 0


def test_all_equal_members_stay_or_leave_together():
    town = Community([1] * 10, purpose=0, social=10)
    out = participate(town, Rival(), offers.flat(5))
    # Nine others are worth 9: staying together is worth more than 5, staying alone nothing.
    assert out.least.headcount == 0
    assert out.greatest.headcount == 10
    # With half of the others' worth, 4.5, at stake, leaving is the risk-dominant choice.
    assert out.robust.headcount == 10


def test_a_tie_of_potentials_goes_to_least_defection():
    town = Community([1] * 10, purpose=0, social=10)
    out = participate(town, Rival(), offers.flat(4.5))
    assert out.robust.headcount == 0
    assert out.greatest.headcount == 10


def test_lurkers_follow_those_who_work():
    town = Community([1, 1, 0], purpose=0, social=[0, 0, 4])
    assert participate(town, Rival(), offers.personal([0, 0, 3])).least.headcount == 0
    out = participate(town, Rival(), offers.personal([1, 0, 3]))
    assert out.least.defectors.tolist() == [True, False, True]
    assert out.least.defection == 0.5


def test_one_cascade_takes_a_whole_crowd_and_a_single_threshold_stops_it():
    n = 500  # everyone leaves once as many have left as their own number says
    town = Community(np.ones(n), purpose=0, social=n)
    riot = offers.personal(np.arange(n)[::-1] + 0.5)
    assert participate(town, Rival(), riot).least.headcount == n
    pay = np.arange(n)[::-1] + 0.5
    pay[100] -= 1
    assert participate(town, Rival(), offers.personal(pay)).least.headcount == 100


@pytest.mark.parametrize("n", [20, 90])
@pytest.mark.parametrize("whole", [True, False])
def test_middling_communities_agree_with_best_responses(by_definition, n, whole):
    rng = np.random.default_rng(n)

    def column(low, high):
        return rng.integers(low, high, n) if whole else rng.uniform(low, high, n)

    town = Community(
        column(0, 9) + 1, purpose=column(-2, 9), enjoyment=column(0, 5), social=column(0, 40)
    )
    rival, offer = Rival(portability=0.5), offers.personal(column(0, 30))
    out = participate(town, rival, offer)
    for outcome, least in ((out.least, True), (out.greatest, False)):
        reached = by_definition.best_responses(town, rival, offer, least=least)
        assert tuple(outcome.defectors) == reached
    assert out.least.max_gain <= 0
    assert out.greatest.max_gain <= 0
    assert out.robust.max_gain <= 0


def test_object_columns_are_compared_exactly():
    # A piece rate of 1/3 on a contribution of 3 pays exactly 1, in floats or not.
    town = Community([3, 3, 6], purpose=[1, 1, 2])
    out = participate(town, Rival(), offers.piece_rate(F(1, 3)))
    assert out.least.headcount == 0
    assert out.greatest.headcount == 3
    assert (
        participate(town, Rival(), offers.piece_rate(F(1, 3) + F(1, 10**30))).least.headcount == 3
    )


def test_unknown_purpose_is_asked_for():
    with pytest.raises(PurposeUnknown, match="participate needs it"):
        participate(Community([1, 2]), Rival(), offers.flat(1))


def test_an_offer_may_be_anything_that_pays():
    class Half:
        fixed = 0.0

        def pay(self, community):
            return community.purpose / 2

    town = Community([1, 2], purpose=[2, 4], mission=0.5)
    assert participate(town, Rival(), Half()).greatest.headcount == 2


def test_enumeration_ends_at_twenty_members():
    town = Community(np.ones(21), purpose=1)
    assert participate(town, Rival(), offers.flat(2)).equilibria is None
    assert (
        len(participate(Community(np.ones(20), purpose=1), Rival(), offers.flat(2)).equilibria) == 1
    )
    assert issubclass(StructureMissing, MissionGameError)
