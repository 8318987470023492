"""An assessment holds the findings; the command shows them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import missiongame as mg
from missiongame.assessment import PriceAssessment, RaidAssessment, assumed_scenario, chosen
from missiongame.cli import app
from missiongame.errors import InvalidValue
from missiongame.scenarios import Words, load

COMMANDS = {"raid": RaidAssessment, "price": PriceAssessment}


def told(*arguments):
    return CliRunner().invoke(app, list(arguments)).stdout


@pytest.mark.parametrize("name", ["church", "digg-netscape"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_shows_what_the_assessment_found(command, name):
    found = COMMANDS[command](load(name))
    shown = json.loads(told(command, name, "--json"))
    assert list(shown) == list(found.to_dict())
    assert shown["verdict"] == found.verdict
    assert found.verdict.split()[0] in told(command, name)


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
