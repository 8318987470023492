"""From a case to what breaking it costs: a verdict, and all findings as plain numbers."""

from __future__ import annotations

from dataclasses import asdict
from functools import cached_property
from typing import Any

from missiongame.assessment.findings import fields, statements
from missiongame.assessment.price_findings import PriceFindings
from missiongame.assessment.price_verdict import verdict
from missiongame.price import Price

MATTER = 10


class PriceAssessment(PriceFindings):
    """What would it cost to break this community? Findings, a verdict, an exchange format.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> found = PriceAssessment(scenarios.load("church"), seconds=1)
    >>> found.to_dict()["price"]["total"] == found.price.total
    True
    """

    @cached_property
    def verdict(self) -> str:
        """What does it cost to break the community? One or two plain sentences."""
        return verdict(self)

    def to_dict(self) -> dict[str, Any]:
        """Return what ``missiongame price --json`` prints.

        Money is per period; where purpose is unknown, everything under "price" is for
        the purpose under "supposed_purpose". Infinite levels are null.
        """
        case, reading, even, critical = self.scenario, self.reading, self.even, self.critical
        curve = zip(self.curve.shares, self.curve.prices, strict=True)
        made: dict[str, Any] = {
            "scenario": case.name,
            "title": case.title,
            "verdict": self.verdict,
            "purpose_known": self.known,
            "supposed_purpose": self.purpose,
            "share": float(self.share),
            "price": {**_price(self.price), "exact_total": self.price.exact_total},
            "order": [approach._asdict() for approach in self.order()],
            "split": reading.split,
            "worth": reading.values,
            "per_unit": reading.per_unit,
            "value": reading.value,
            "coordination_discount": reading.discount,
            "curve": [{"share": float(share), **_price(price)} for share, price in curve],
            "who_matters": [
                {"member": self.community.name(i), "price_falls_by": reading.lost_without[i]}
                for i in reading.who_matters(MATTER)
            ],
            "if_spread_evenly": None if even is None else _price(even),
            "gini": self.community.gini,
            "budget": float(self.budget),
            "critical_mission" if self.known else "critical_purpose": {
                "suffices_up_to": critical.low,
                "too_small_above": critical.high,
                "reason": critical.reason,
            },
        }
        if self.revealed is not None:
            made["revealed"] = asdict(self.revealed)
        if not self.known:
            rungs = [{"purpose": level, **_price(price)} for level, price in self.rungs]
            made["if_purpose_is"] = rungs
        made["assumptions"] = statements(case.assumptions)
        return made


def _price(price: Price) -> dict[str, Any]:
    made = fields(price, "total", "lower_bound", "optimal", "gap", "method")
    return {**made, "members": len(price.order), "captured": float(price.captured)}
