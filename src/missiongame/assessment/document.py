"""From all that was found out about a case to plain numbers and texts, as JSON holds them.

`docs/json.md` says what each key means. Every key is always there.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from missiongame.assessment.case import Case
from missiongame.assessment.departures import Departure
from missiongame.assessment.findings import Findings
from missiongame.assessment.levers import Lever
from missiongame.assessment.order import approached
from missiongame.assessment.remedy import remedies
from missiongame.assessment.threshold import NAMES
from missiongame.contest import ContestEquilibria
from missiongame.exact import nearest
from missiongame.members import Outcome
from missiongame.price import BestRaid, Price
from missiongame.revealed import Counts
from missiongame.scenarios import Assumption, Fact

SCHEMA, VERSION = "missiongame.assessment", 1


def document(
    found: Findings, verdict: str, levers: Iterable[Lever], departures: Iterable[Departure]
) -> dict[str, Any]:
    """Return the document of an assessment."""
    case, priced = found.scenario, found.priceable
    return {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "scenario": case.name,
        "title": case.title,
        "verdict": verdict,
        "status": found.status,
        "holds": found.holds,
        "holds_budget": found.holds_budget,
        "share": float(found.share),
        "budget": nearest(found.budget),
        "purpose_known": found.known,
        "in_multiples": found.in_multiples,
        "words": vars(case.words),
        "community": _community(found),
        "offer": _offer(found),
        "rival": fields(case.rival, "value", "mission", "portability", "crowding"),
        "threshold": fields(found.threshold, *NAMES),
        "company": found.company,
        "revealed": None if found.revealed is None else _revealed(found.revealed),
        "price": _price(found.price) if priced else None,
        "reading": _reading(found.price) if priced else None,
        "order": [a._asdict() for a in approached(found.price)] if priced else [],
        "best_raid": _raid(found.best_raid) if priced else None,
        "curve": [_price(price) for price in found.curve.prices] if priced else [],
        "levers": [_lever(found, lever) for lever in levers],
        "departures": [_departure(departure) for departure in departures],
        "remedies": [
            {"policy": found.english.policy(r.policy), "offer": r.offer, "budget": r.budget}
            for r in remedies(found)
        ],
        "cases": [_case(found, one) for one in found.cases],
        "facts": statements(found.sources),
        "assumptions": statements(found.assumptions),
    }


def _community(found: Findings) -> dict[str, Any]:
    community = found.scenario.community
    return {
        "members": community.n,
        "contributions": float(community.total),
        "mission": float(community.mission),
        "gini": community.gini,
        "hinges_on": found.hinges_on,
        "hinge": [community.name(int(i)) for i in found.hinge],
        "top_shares": [{"largest": k, "share": s} for k, s in found.top_shares.items()],
    }


def _revealed(counts: Counts) -> dict[str, Any]:
    return fields(counts, "members", "went", "refused", "at_most", "at_least")


def _offer(found: Findings) -> dict[str, Any]:
    offer = found.scenario.offer
    return {
        "text": found.english.offer(offer),
        "kind": offer.kind,
        "amount": None if offer.kind == "personal" else float(offer.amount),
        **fields(offer, "places", "fixed"),
        "aim": float(found.aim),
        "cost_if_all_accept": nearest(found.cost),
    }


def _price(price: Price) -> dict[str, Any]:
    made = fields(price, "share", "total", "lower_bound", "optimal", "gap", "method", "captured")
    return {**made, "members": len(price.order)}


def _reading(price: Price) -> dict[str, Any]:
    reading, even = price.reading, price.spread_evenly
    return {
        **fields(reading, "split", "values", "per_unit", "value", "discount"),
        "if_spread_evenly": None if even is None else _price(even),
    }


def _raid(raid: BestRaid) -> dict[str, Any]:
    made = fields(raid, "work_at_least", "work_at_most", "share_at_least", "share_at_most", "total")
    return {**made, "members": len(raid.order)}


def _case(found: Findings, case: Case) -> dict[str, Any]:
    members, robust = case.participation, case.participation.robust
    return {
        "worth": None if case.worth is None else nearest(case.worth),
        "status": case.status,
        "least": _outcome(members.least),
        "robust": _outcome(robust),
        "robust_reason": members.reason,
        "greatest": _outcome(members.greatest),
        "best_raid": _raid(case.best_raid) if found.priceable else None,
        "contests": [
            {"selection": selection, **_contest(found, contest)}
            for selection, contest in case.contests.items()
        ],
    }


def _outcome(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return fields(outcome, "headcount", "defection", "payroll", "max_gain")


def _contest(found: Findings, equilibria: ContestEquilibria) -> dict[str, Any]:
    contest = equilibria.contest
    return {
        "policies": [found.english.policy(policy) for policy in contest.policies],
        "offers": [found.english.offer(offer) for offer in contest.offers],
        **fields(contest, "defection", "steward_payoffs", "rival_payoffs"),
        "complete": equilibria.complete,
        "computed_by_nashpy": equilibria.found_by_nashpy,
        "equilibria": [
            {
                "steward": list(map(float, e.row)),
                "rival": list(map(float, e.column)),
                "defection": float(k),
            }
            for e, k in zip(equilibria, equilibria.defection, strict=True)
        ],
    }


def _lever(found: Findings, lever: Lever) -> dict[str, Any]:
    name, pair = found.scenario.community.name, lever.between
    return {
        **fields(lever, "name", "step", "amount", "measure"),
        "between": None if pair is None else [name(i) for i in pair],
        "adds": _ends(lever.adds),
        "per_unit": _ends(lever.per_unit),
        "price": _price(lever.price),
    }


def _departure(departure: Departure) -> dict[str, Any]:
    lowers = _ends(departure.lowers)
    return {"member": departure.name, "lowers": lowers, "price": _price(departure.price)}


def _ends(ends: tuple[Fraction, Fraction] | None) -> dict[str, float] | None:
    """Return the least and the most that a number may be: equal where it is known exactly."""
    return None if ends is None else {"least": nearest(ends[0]), "most": nearest(ends[1])}


def statements(made: Iterable[Fact | Assumption]) -> list[dict[str, Any]]:
    """Return facts or assumptions as plain fields."""
    return [{**vars(statement), "about": list(statement.about)} for statement in made]


def fields(thing: Any, *names: str) -> dict[str, Any]:
    """Return some attributes by name: rationals as floats.

    Examples
    --------
    >>> fields(Fraction(1, 2), "numerator", "denominator")
    {'numerator': 1, 'denominator': 2}
    """
    values = {name: getattr(thing, name) for name in names}
    return {n: nearest(v) if isinstance(v, Fraction) else v for n, v in values.items()}
