"""Swapped and mistaken arguments are errors of the library that name the argument."""

from __future__ import annotations

import pytest

import missiongame as mg
from missiongame.errors import InvalidType
from missiongame.mechanisms import (
    best_response,
    dynamics,
    holdup,
    hysteresis,
    reciprocity,
    rise_and_fall,
    welfare,
)
from missiongame.revealed import observe
from missiongame.thresholds import every_mission

TOWN, RIVAL, OFFER = mg.Community([2, 1], purpose=1), mg.Rival(), mg.offers.flat(1)
STEWARD = mg.Steward(10)

OFFERED = {  # (community, rival, offer, ...)
    "participate": (mg.participate, ()),
    "critical_mission": (mg.critical_mission, ()),
    "critical_purpose": (mg.critical_purpose, ()),
    "best_response_path": (best_response.best_response_path, ()),
    "logit_path": (dynamics.logit_path, ([0, 1], 1)),
    "replicator_path": (dynamics.replicator_path, ([0, 1],)),
    "loop": (hysteresis.loop, ()),
    "rise_and_fall": (rise_and_fall.rise_and_fall, ([1],)),
    "surplus": (welfare.surplus, ([True, False],)),
    "purpose_bounds": (welfare.purpose_bounds, ([True, False],)),
    "observe": (observe, ([True, False],)),
    "every_mission": (every_mission, ()),
}


@pytest.mark.parametrize("name", OFFERED)
def test_offers_rivals_and_communities_are_told_apart(name):
    function, more = OFFERED[name]
    for given, wrong in (
        ((RIVAL, TOWN, OFFER), "community"),
        ((TOWN, OFFER, RIVAL), "rival"),
        ((TOWN, RIVAL, 50), "offer"),
        ((None, RIVAL, OFFER), "community"),
    ):
        with pytest.raises(InvalidType, match=rf"^{wrong} is .*; it should be a"):
            function(*given, *more)


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        (lambda: mg.price_of_collapse(RIVAL, TOWN), "community"),
        (lambda: mg.price_of_collapse(TOWN, 50), "rival"),
        (lambda: mg.price_curve(RIVAL, TOWN), "community"),
        (lambda: mg.critical_mission(RIVAL, TOWN, budget=1), "community"),
        (lambda: mg.critical_purpose(TOWN, OFFER, budget=1), "rival"),
        (lambda: mg.critical_mission(TOWN, RIVAL, budget=OFFER), "budget"),
        (lambda: mg.Contest(RIVAL, STEWARD, TOWN, [OFFER]), "community"),
        (lambda: mg.Contest(TOWN, RIVAL, STEWARD, [OFFER]), "steward"),
        (lambda: mg.Contest(TOWN, STEWARD, OFFER, [RIVAL]), "rival"),
        (lambda: mg.Contest(TOWN, STEWARD, RIVAL, OFFER), "offers"),
        (lambda: mg.Contest(TOWN, STEWARD, RIVAL, 50), "offers"),
        (lambda: mg.Contest(TOWN, STEWARD, RIVAL, [OFFER, 50]), r"offers\[1\]"),
        (lambda: mg.Steward(10, mg.Policy()), "policies"),
        (lambda: OFFER.pay(RIVAL), "community"),
        (lambda: welfare.at_the_price(RIVAL, TOWN), "community"),
        (lambda: holdup.hold_up(RIVAL, 0), "community"),
        (lambda: holdup.exit_game(RIVAL, 0), "community"),
        (lambda: reciprocity.critical_patience(RIVAL, 1, 1, 1, 1), "community"),
    ],
)
def test_who_is_who(call, wrong):
    with pytest.raises(InvalidType, match=rf"^{wrong} is .*; it should be"):
        call()


def test_an_offer_may_be_anything_with_pay():
    class Twice:
        def pay(self, community):
            return 2 * community.contribution

    class Short:
        def pay(self, _):
            return [1]

    assert mg.participate(TOWN, RIVAL, Twice()).least.payroll == 6
    with pytest.raises(mg.MissionGameError, match=r"pay is of shape \(1,\)"):
        mg.participate(TOWN, RIVAL, Short())
