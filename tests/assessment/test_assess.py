"""One criterion for the offer as made, the same money spent best, and the contest."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from typer.testing import CliRunner

import missiongame as mg
from missiongame import offers
from missiongame.cli import app
from missiongame.errors import InvalidType, InvalidValue, StructureMissing


@pytest.fixture(scope="module")
def digg():
    return mg.assess(mg.scenarios.load("digg-netscape"))


def test_digg_stands_or_falls_at_1000_and_at_5000(digg):
    assert digg.share == Fraction(1, 5)
    assert digg.scenario.standing("share") == "assumption"
    assert digg.hinges_on == len(digg.hinge) == 4
    assert (digg.status, digg.holds, digg.holds_budget) == ("depends: cases", None, None)
    t = digg.threshold
    assert (t.offer, t.offer_for_certain, t.budget, t.budget_at_least) == (1000, 1000, 5000, 5000)
    assert digg.budget == 20_000


def test_where_purpose_is_unknown_the_answers_are_by_what_staying_is_worth(digg):
    assert list(digg.participation) == list(digg.contest) == [500, 900, 1100, 4500, 5500]
    assert digg.participation[900].least.headcount == 20
    assert digg.participation[1100].greatest.headcount == 0
    assert digg.in_multiples
    assert digg.price.total == digg.hinges_on == 4
    assert digg.company == pytest.approx(1124, abs=1)


@pytest.mark.parametrize("command", ["raid", "price"])
@pytest.mark.parametrize("name", ["church", "digg-netscape"])
def test_both_commands_give_the_one_answer(command, name):
    found = mg.assess(mg.scenarios.load(name))
    told = json.loads(CliRunner().invoke(app, [command, name, "--json"]).stdout)
    assert told["verdict"] == found.verdict
    assert told["share"] == float(found.share)
    assert told["price"]["total"] == found.price.total
    page = " ".join(CliRunner().invoke(app, [command, name]).stdout.split())
    assert found.verdict in page


def test_the_share_is_the_given_one_else_the_cases_else_half():
    case = mg.scenarios.load("debian-dunc-tank")
    assert mg.assess(case).share == Fraction(1, 4)
    assert mg.assess(case, share=0.1).share == Fraction(1, 10)
    assert mg.assess(mg.scenarios.load("church")).share == Fraction(1, 2)


def test_the_budget_is_the_given_one_else_what_the_offer_costs():
    town = mg.Community([5, 3, 2], purpose=4)
    made = mg.assess(town, offer=offers.top(2, 6, fixed=1))
    assert (made.budget, made.budget_given) == (13, False)
    assert mg.assess(town, budget=7).budget == 7


def town_of(purpose=4.0, **more):
    return mg.Community([5, 3, 2], purpose=purpose, **more)


def test_a_share_is_bought_below_the_budget_and_not_at_it():
    # Half of the work is the first member, for 4.
    town = town_of()
    assert mg.assess(town, budget=4.01).holds_budget is False
    edge = mg.assess(town, budget=4)
    assert edge.holds_budget is True
    assert edge.cases[0].at_the_edge
    assert "just not enough" in edge.verdict


def test_who_leaves_unpaid_is_bought_by_nothing():
    gone = mg.assess(town_of(-1.0), offer=offers.flat(0))
    assert (gone.budget, gone.holds, gone.holds_budget) == (0, False, False)
    # Indifferent members stay in the least equilibrium: any pay would move them, none does not.
    torn = mg.assess(town_of(0.0), offer=offers.flat(0))
    assert torn.status == "depends: expectations"
    assert torn.holds_budget is True
    assert mg.assess(town_of(0.0), offer=offers.flat(0), budget=1e-9).holds_budget is False


def test_unknown_purpose_may_make_no_difference():
    # The rival's mission is as strong: purpose pulls to both sides alike.
    alike = mg.assess(mg.Community([5, 3, 2], enjoyment=2), mg.Rival(mission=1), offers.flat(1))
    assert (alike.status, alike.holds, alike.holds_budget) == ("holds", True, False)
    more = mg.assess(mg.Community([5, 3, 2], enjoyment=2), mg.Rival(mission=1), offers.flat(3))
    assert (more.status, more.holds) == ("falls", False)


def test_a_stronger_rival_draws_members_away_the_more_they_care():
    # Nobody minds at first; who cares leaves.
    found = mg.assess(mg.Community([5, 3, 2], enjoyment=2), mg.Rival(mission=3), offers.flat(1))
    assert found.status == "depends: cases"
    assert np.isnan(found.threshold.offer)
    assert "draws them away" in found.threshold.offer_reason


def test_pay_that_dilutes_the_rivals_mission_can_pull_both_ways():
    # Whom it pays nothing its mission of 2 draws; whom it pays much it holds off (φ = 1/101).
    rival = mg.Rival(mission=2, crowding=1)
    found = mg.assess(mg.Community([5, 3, 2]), rival, offers.top(1, 100))
    assert found.every_worth.net.min() < 0 < found.every_worth.net.max()
    assert found.status == "undecided"  # all worths fall, which no corner shows


def test_expectations_may_decide_whatever_staying_is_worth():
    # No mission: purpose is worth nothing, company 8 to each, pay 5.
    found = mg.assess(mg.Community([1, 1, 1], mission=0, social=8), offer=offers.flat(5))
    assert (found.status, found.holds) == ("depends: expectations", None)


def test_a_negative_tie_has_no_price_and_says_so():
    found = mg.assess(mg.Community([3, 1], purpose=1, ties=[[0, -2], [1, 0]]))
    assert (found.priceable, found.holds_budget, found.levers) == (False, None, ())
    assert "tie is negative" in found.threshold.budget_reason
    assert found.verdict
    many = mg.Community(np.ones(30), purpose=1, ties=-np.ones((30, 30)) + np.eye(30))
    with pytest.raises(StructureMissing):
        mg.assess(many).status  # noqa: B018


def test_the_cheapest_remedy_is_named():
    # The forum of the guide: half more mission for 10, and nobody leaves.
    town = mg.Community([40, 25, 10, 5], purpose=[30, 60, 20, 20], social=50)
    steward = mg.Steward(
        200, [mg.Policy(), mg.Policy(1.5, 25), mg.Policy(0.5, 10), mg.Policy(9, 30)]
    )
    found = mg.assess(town, mg.Rival(4), offers.top(1, 60), steward=steward)
    assert found.status == "falls"
    said = "against the offer as made and that sum spent best: mission +0.5 for 10"
    assert said in found.verdict


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"case": 3}, InvalidType, "case"),
        ({"budget": -1}, InvalidValue, "budget"),
        ({"share": 0}, InvalidValue, "share"),
        ({"seconds": 0}, InvalidValue, "seconds"),
    ],
)
def test_what_is_wrong_is_refused_by_name(given, error, said):
    with pytest.raises(error, match=said):
        mg.assess(**{"case": town_of(), **given})
