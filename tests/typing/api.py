"""What a type checker sees of the public face. Strict mypy checks it; nothing runs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_type

import missiongame as mg
from missiongame.bimatrix import Equilibria, ExtremeEquilibria
from missiongame.catalogue.theorem import Theorem
from missiongame.contest import Commitment, ContestEquilibria
from missiongame.exact import Number
from missiongame.members import Outcome, Participation
from missiongame.price import BestRaid, Curve, Price
from missiongame.scenarios import Scenario

town = mg.Community([2, 1], purpose=1, social=1)
rival = mg.Rival(value=10)
steward = mg.Steward(value=30, policies=[mg.Policy(uplift=0.5, cost=2)])


def who_faces_whom() -> None:
    """Constructors and readers give their classes."""
    assert_type(town, mg.Community)
    assert_type(rival, mg.Rival)
    assert_type(steward, mg.Steward)
    assert_type(mg.offers.top(1, pay=3), mg.Offer)
    assert_type(mg.offers.personal([1, 2]), mg.Offer)
    assert_type(mg.Community.read_csv("members.csv"), mg.Community)
    assert_type(mg.Community.from_git("."), mg.Community)
    assert_type(town.with_mission(2), mg.Community)
    assert_type(town.gini, float)
    assert_type(town.top_share(1), float)
    assert_type(town.absence_factor(0.5), int)


def games() -> None:
    """The members' game, the contest, equilibria, prices, thresholds."""
    out = mg.participate(town, rival, mg.offers.flat(2))
    assert_type(out, Participation)
    assert_type(out.least, Outcome | None)
    if out.least is not None:
        assert_type(out.least.headcount, int)
        assert_type(out.least.defection, float)
    contest = mg.Contest(town, steward, rival, offers=[mg.offers.flat(2)])
    assert_type(contest, mg.Contest)
    assert_type(contest.equilibria(), ContestEquilibria)
    assert_type(contest.commit("rival"), Commitment)
    assert_type(mg.solve([[1, 0]], [[0, 1]]), Equilibria)
    assert_type(mg.solve_extremes([[1, 0]], [[0, 1]], [[0, 1]]), ExtremeEquilibria)
    assert_type(mg.is_equilibrium([[1]], [[1]], [1], [1]), bool)
    price = mg.price_of_collapse(town, rival)
    assert_type(price, Price)
    assert_type(price.optimal, bool)
    assert_type(mg.price_curve(town, rival), Curve)
    raid = mg.best_raid(town, rival, 20)
    assert_type(raid, BestRaid)
    assert_type(raid.work_at_least, Number)
    assert_type(raid.payments, dict[str, float])
    assert_type(mg.critical_mission(town, rival, mg.offers.flat(2)), Number)
    assert_type(mg.critical_purpose(town, rival, budget=3), Number)


def proofs(claim: Any) -> None:
    """Verdicts are a union of types that a reader must tell apart."""
    verdict = mg.prove(claim)
    assert_type(verdict, mg.Proved | mg.Refuted | mg.Unknown | mg.Vacuous | mg.Evaluated)
    if isinstance(verdict, mg.Refuted):
        assert_type(verdict, mg.Refuted)
    assert_type(mg.theorems["church"], Theorem)
    names: Mapping[str, Theorem] = mg.theorems
    assert_type(mg.Payoffs(stay="a", defect="w"), mg.Payoffs)
    assert_type(mg.scenarios.load("digg-netscape"), Scenario)
    assert_type(mg.scenarios.names(), list[str])
    del names
