"""The raid's answer as one JSON document: plain numbers and names, no prose but the verdict."""

from __future__ import annotations

from typing import Any

from missiongame.assessment import Answer, Rung, Threshold, outcomes
from missiongame.cli.english import offer_text, policy_text
from missiongame.cli.raid.verdict import verdict
from missiongame.contest import ContestEquilibria
from missiongame.members import Outcome, Participation

LARGEST = (1, 10, 20, 100)


def document(answer: Answer) -> dict[str, Any]:
    """Return what ``missiongame raid --json`` prints.

    Money and contributions are per period; probabilities, shares and the
    contest's payoffs are floats of exact values. Infinite levels are null. Of a
    contest's equilibria nashpy found `computed_by_nashpy`, the exact enumeration the
    others; null where nashpy was not asked, as the game is too large for it.
    """
    case = answer.scenario
    made: dict[str, Any] = {
        "scenario": case.name,
        "title": case.title,
        "verdict": verdict(answer),
        "purpose_known": answer.known,
        "community": _community(answer),
        "offer": _offer(answer),
        "success_share": float(answer.share),
        "critical": [_threshold(t, answer.known) for t in answer.thresholds],
    }
    if answer.known:
        made["equilibria"] = _members(answer.members)
        made["contest"] = {name: _contest(answer, e) for name, e in answer.contests.items()}
    else:
        made["critical_company"] = answer.company
        made["if_purpose_is"] = [_rung(answer, rung) for rung in answer.rungs]
    made["facts"] = [
        {"text": f.text, "source": f.source, "about": list(f.about)} for f in case.facts
    ]
    made["assumptions"] = [{"text": a.text, "about": list(a.about)} for a in case.assumptions]
    return made


def _community(answer: Answer) -> dict[str, Any]:
    community = answer.scenario.community
    return {
        "members": community.n,
        "contributions": float(community.total),
        "mission": float(community.mission),
        "gini": community.gini,
        "absence_factor": community.absence_factor(),
        "top_shares": {str(k): community.top_share(k) for k in LARGEST if k < community.n},
    }


def _offer(answer: Answer) -> dict[str, Any]:
    case = answer.scenario
    offer = case.offer
    return {
        "text": offer_text(offer, case.words),
        "kind": offer.kind,
        "amount": None if offer.kind == "personal" else float(offer.amount),
        "places": offer.places,
        "fixed": float(offer.fixed),
        "aim": float(answer.aim),
        "cost_if_all_accept": float(answer.cost),
        "rival": {
            key: float(getattr(case.rival, key))
            for key in ("value", "mission", "portability", "crowding")
        },
    }


def _threshold(threshold: Threshold, known: bool) -> dict[str, Any]:
    low, high = threshold.worth
    return {
        "selection": threshold.selection,
        "mission" if known else "purpose": threshold.level,
        "worth_to_those_paid": {"least": low, "greatest": high},
        "reason": threshold.reason,
    }


def _members(members: Participation) -> dict[str, Any]:
    made: dict[str, Any] = {name: _outcome(o) for name, o in outcomes(members).items()}
    if members.robust is None:
        made["robust"] = None
        made["robust_reason"] = members.reason
    return made


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "headcount": outcome.headcount,
        "defection": outcome.defection,
        "payroll": outcome.payroll,
        "max_gain": outcome.max_gain,
    }


def _contest(answer: Answer, equilibria: ContestEquilibria) -> dict[str, Any]:
    words, contest = answer.scenario.words, equilibria.contest
    return {
        "policies": [policy_text(p, words) for p in contest.policies],
        "offers": [offer_text(o, words) for o in contest.offers],
        "defection": contest.defection,
        "steward_payoffs": contest.steward_payoffs,
        "rival_payoffs": contest.rival_payoffs,
        "complete": equilibria.complete,
        "computed_by_nashpy": equilibria.found_by_nashpy,
        "equilibria": [
            {
                "steward": [float(x) for x in e.row],
                "rival": [float(y) for y in e.column],
                "defection": float(defection),
            }
            for e, defection in zip(equilibria, equilibria.defection, strict=True)
        ],
    }


def _rung(answer: Answer, rung: Rung) -> dict[str, Any]:
    return {
        "purpose": rung.purpose,
        "worth": rung.worth,
        "equilibria": _members(rung.members),
        "contest": _contest(answer, rung.contest),
    }
