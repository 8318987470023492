"""The price as one JSON document: plain numbers and names, no prose but the verdict."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from missiongame.assessment import PriceAnswer
from missiongame.cli.price.order import COLUMNS, rows
from missiongame.cli.price.verdict import verdict
from missiongame.price import Price

MATTER = 10


def document(answer: PriceAnswer) -> dict[str, Any]:
    """Return what ``missiongame price --json`` prints.

    Money is per period; where purpose is unknown, everything under "price" is for the
    purpose under "supposed_purpose". Infinite levels are null.
    """
    case, reading, even = answer.scenario, answer.reading, answer.even
    made: dict[str, Any] = {
        "scenario": case.name,
        "title": case.title,
        "verdict": verdict(answer),
        "purpose_known": answer.known,
        "supposed_purpose": answer.purpose,
        "share": float(answer.share),
        "price": {**_price(answer.price), "exact_total": answer.price.exact_total},
        "order": [dict(zip(COLUMNS, row, strict=True)) for row in rows(answer)],
        "split": reading.split,
        "worth": reading.values,
        "per_unit": reading.per_unit,
        "value": reading.value,
        "coordination_discount": reading.discount,
        "curve": [
            {"share": float(share), **_price(price)}
            for share, price in zip(answer.curve.shares, answer.curve.prices, strict=True)
        ],
        "who_matters": [
            {"member": answer.community.name(i), "price_falls_by": float(reading.lost_without[i])}
            for i in reading.who_matters(MATTER)
        ],
        "if_spread_evenly": None if even is None else _price(even),
        "gini": answer.community.gini,
        "budget": float(answer.budget),
        "critical_mission" if answer.known else "critical_purpose": _critical(answer),
    }
    if answer.revealed is not None:
        made["revealed"] = asdict(answer.revealed)
    if not answer.known:
        made["if_purpose_is"] = [{"purpose": level, **_price(p)} for level, p in answer.rungs]
    made["assumptions"] = [{"text": a.text, "about": list(a.about)} for a in case.assumptions]
    return made


def _price(price: Price) -> dict[str, Any]:
    return {
        "total": price.total,
        "lower_bound": float(price.lower_bound),
        "optimal": price.optimal,
        "gap": price.gap,
        "method": price.method,
        "members": len(price.order),
        "captured": float(price.captured),
    }


def _critical(answer: PriceAnswer) -> dict[str, Any]:
    critical = answer.critical
    return {
        "suffices_up_to": critical.low,
        "too_small_above": critical.high,
        "reason": critical.reason,
    }
