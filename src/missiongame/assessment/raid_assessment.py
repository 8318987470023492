"""From a case to what a raid does to it: a verdict, and all findings as plain numbers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from missiongame.assessment.findings import fields, statements
from missiongame.assessment.raid_findings import RaidFindings, Rung, Threshold, outcomes
from missiongame.assessment.raid_verdict import verdict
from missiongame.contest import ContestEquilibria
from missiongame.members import Participation


class RaidAssessment(RaidFindings):
    """Would a rival's cash break this community? Findings, a verdict, an exchange format.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> found = RaidAssessment(scenarios.load("church"))
    >>> found.to_dict()["success_share"] == float(found.share)
    True
    """

    @cached_property
    def verdict(self) -> str:
        """Does the community hold? One plain sentence."""
        return verdict(self)

    def to_dict(self) -> dict[str, Any]:
        """Return what ``missiongame raid --json`` prints.

        Money and contributions are per period; probabilities, shares and the
        contest's payoffs are floats of exact values. Infinite levels are null. Of a
        contest's equilibria nashpy found `computed_by_nashpy`, the exact enumeration the
        others; null where nashpy was not asked, as the game is too large for it.
        """
        case = self.scenario
        made: dict[str, Any] = {
            "scenario": case.name,
            "title": case.title,
            "verdict": self.verdict,
            "purpose_known": self.known,
            "community": self._community_fields(),
            "offer": self._offer_fields(),
            "success_share": float(self.share),
            "critical": [self._threshold_fields(t) for t in self.thresholds],
        }
        if self.known:
            made["equilibria"] = _members_fields(self.members)
            made["contest"] = {name: self._contest_fields(e) for name, e in self.contests.items()}
        else:
            made["critical_company"] = self.company
            made["if_purpose_is"] = [self._rung_fields(rung) for rung in self.rungs]
        made["facts"] = statements(case.facts)
        made["assumptions"] = statements(case.assumptions)
        return made

    def _community_fields(self) -> dict[str, Any]:
        community = self.scenario.community
        return {
            "members": community.n,
            "contributions": float(community.total),
            "mission": float(community.mission),
            "gini": community.gini,
            "absence_factor": community.absence_factor(),
            "top_shares": self.top_shares,
        }

    def _offer_fields(self) -> dict[str, Any]:
        offer, rival = self.scenario.offer, self.scenario.rival
        return {
            "text": self.english.offer(offer),
            "kind": offer.kind,
            "amount": None if offer.kind == "personal" else float(offer.amount),
            **fields(offer, "places", "fixed"),
            "aim": float(self.aim),
            "cost_if_all_accept": float(self.cost),
            "rival": fields(rival, "value", "mission", "portability", "crowding"),
        }

    def _threshold_fields(self, threshold: Threshold) -> dict[str, Any]:
        return {
            "selection": threshold.selection,
            "mission" if self.known else "purpose": threshold.level,
            "worth_to_those_paid": dict(zip(("least", "greatest"), threshold.worth, strict=True)),
            "reason": threshold.reason,
        }

    def _contest_fields(self, equilibria: ContestEquilibria) -> dict[str, Any]:
        contest = equilibria.contest
        pairs = zip(equilibria, equilibria.defection, strict=True)
        return {
            "policies": [self.english.policy(policy) for policy in contest.policies],
            "offers": [self.english.offer(offer) for offer in contest.offers],
            **fields(contest, "defection", "steward_payoffs", "rival_payoffs"),
            "complete": equilibria.complete,
            "computed_by_nashpy": equilibria.found_by_nashpy,
            "equilibria": [
                {
                    "steward": list(map(float, e.row)),
                    "rival": list(map(float, e.column)),
                    "defection": float(defection),
                }
                for e, defection in pairs
            ],
        }

    def _rung_fields(self, rung: Rung) -> dict[str, Any]:
        return {
            **fields(rung, "purpose", "worth"),
            "equilibria": _members_fields(rung.members),
            "contest": self._contest_fields(rung.contest),
        }


def _members_fields(members: Participation) -> dict[str, Any]:
    names = ("headcount", "defection", "payroll", "max_gain")
    made: dict[str, Any] = {name: fields(o, *names) for name, o in outcomes(members).items()}
    if members.robust is None:
        made |= {"robust": None, "robust_reason": members.reason}
    return made
