"""What the user chooses replaces what was assumed, and nothing else."""

from __future__ import annotations

import pytest

import missiongame as mg
from missiongame.assessment import assumed_scenario, chosen
from missiongame.errors import InvalidType, InvalidValue
from missiongame.scenarios import Words, load


def test_a_community_alone_becomes_a_case_whose_assumptions_are_listed():
    case = assumed_scenario("town", mg.Community([5, 3, 2]), Words())
    assert case.offer.places == 1
    fields = ("offers", "rival.value", "rival.mission", "rival.portability", "steward")
    assert all(case.standing(field) == "assumption" for field in fields)


def test_what_the_user_chooses_is_no_longer_assumed():
    case = assumed_scenario("town", mg.Community([5, 3, 2]), Words())
    made = chosen(case, {"flat": 7.0, "value": 3.0, "purpose": None})
    assert made.standing("offers") is None
    assert made.standing("rival.value") is None
    assert (made.offer.kind, made.rival.value) == ("flat", 3.0)
    assert made.community is case.community


def test_one_offer_can_be_chosen():
    with pytest.raises(InvalidValue, match="give one of them"):
        chosen(load("church"), {"flat": 1.0, "piece_rate": 1.0})


def test_a_chosen_offer_keeps_its_kind_and_fixed_cost_in_what_might_be_made_instead():
    town = mg.Community([5, 3, 2])
    made = mg.assess(town, offer=mg.offers.personal([4, 0, 2], fixed=3)).scenario.offers
    assert [offer.pay(town).tolist() for offer in made] == [
        [4, 0, 2],
        [2, 0, 1],
        [8, 0, 4],
        [0] * 3,
    ]
    assert [offer.fixed for offer in made] == [3, 3, 3, 0]
    made = mg.assess(town, offer=mg.offers.top(2, 6, fixed=1)).scenario.offers
    assert [(offer.places, offer.amount) for offer in made[:-1]] == [
        (2, 6),
        (2, 3),
        (2, 12),
        (1, 6),
        (4, 6),
    ]


def test_policies_that_were_chosen_stay_when_the_case_is_assessed():
    case = assumed_scenario("town", mg.Community([5, 3, 2]), Words())
    made = chosen(case, {"policies": [mg.Policy(1, 5)]})
    assert mg.assess(made).scenario.steward.policies == made.steward.policies
    steward = mg.Steward(7, [mg.Policy(2, 1)])
    assert mg.assess(made, mg.Rival(3), steward=steward).scenario.steward == steward


@pytest.mark.parametrize("name", ["rival", "offer", "steward"])
def test_who_is_not_who_is_refused_by_name(name):
    with pytest.raises(InvalidType, match=name):
        mg.assess(mg.Community([1]), **{name: 3})
