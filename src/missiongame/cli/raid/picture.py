"""The raid's picture: how far the map reaches, and what it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from missiongame.assessment import Answer
from missiongame.cli.english import money, offer_text
from missiongame.model import Community
from missiongame.model.offers import Offer
from missiongame.plots import cells, defection_map, draw_defection, panels_of, save, side

_BEYOND = 2.0  # times the offer's pay
_HIGH = 1.97  # times the greatest level; unlike _BEYOND, so that few cells are exact ties
_DOUBLINGS = 4


def draw(answer: Answer, path: Path) -> None:
    """Draw defection against mission (or the worth of staying) and pay into a file."""
    save(figure(answer), path)


def figure(answer: Answer) -> Any:
    """Return the picture as a Matplotlib figure."""
    case = answer.scenario
    words, share = case.words, float(answer.share)
    count = side(case.community.n)
    pay, levels = cells(_reach(answer), count), cells(_height(answer), count)
    panels = []
    for prefix, community in _communities(answer):
        found = defection_map(community, case.rival, case.offer, list(pay), list(levels), share)
        panels += panels_of(found, prefix, words.members)
    mission = float(case.community.mission) if answer.known else None
    return draw_defection(
        panels,
        share=share,
        title=f"{case.title}\nthe offer: {offer_text(case.offer, words)}",
        across=_across(answer),
        upward=_upward(answer),
        here=(_amount(case.offer), mission),
    )


def _communities(answer: Answer) -> list[tuple[str, Community]]:
    """Return the community; where nothing is known of what members feel, also with company.

    Company as large as the pay shows what it would do: how much is not known.
    """
    community, words = answer.scenario.community, answer.scenario.words
    pay = float(np.max(answer.scenario.offer.pay(community)))
    if answer.company is None or pay == 0:
        return [("", community)]
    company = f"if company is worth {money(pay, words)}"
    return [
        ("if company is worth nothing", community),
        (company, community.changed(social=pay)),
    ]


def _amount(offer: Offer) -> float:
    return 1.0 if offer.kind == "personal" else float(offer.amount)


def _reach(answer: Answer) -> float:
    """Return how much pay to show: twice the offer, or more if the raid begins to work later."""
    case = answer.scenario
    alike = [_amount(o) for o in case.offers if o.kind == case.offer.kind]
    reach = _BEYOND * (_amount(case.offer) or max(alike)) or 1.0
    if not answer.known:
        return reach
    wider = reach
    for _ in range(_DOUBLINGS):
        pay, mission = [wider / _BEYOND * 1.5], [float(case.community.mission)]
        found = defection_map(case.community, case.rival, case.offer, pay, mission)
        if found.greatest.max() >= answer.share:
            return wider
        wider *= 2
    return reach


def _height(answer: Answer) -> float:
    """Return how much mission to show: above what it is, and above what it would have to be."""
    finite = [t.level for t in answer.thresholds if 0 < t.level < np.inf]
    if not answer.known:
        return _HIGH * max(finite, default=0.5)
    now = float(answer.scenario.community.mission)
    return max([_HIGH * now, *(1.5 * level for level in finite)]) or 1.0


def _across(answer: Answer) -> str:
    words, offer = answer.scenario.words, answer.scenario.offer
    sign = f" ({words.money})" if words.money else ""
    if offer.kind == "personal":
        return "pay, in multiples of the offer"
    if offer.kind == "piece_rate":
        return f"pay for each of the {words.contributions}{sign}"
    whom = "each member" if offer.kind == "flat" else f"each of the top {offer.places:,}"
    whom = "the largest contributor" if offer.places == 1 else whom
    return f"pay to {whom}, a {words.period}{sign}"


def _upward(answer: Answer) -> str:
    words, mission = answer.scenario.words, float(answer.scenario.community.mission)
    if answer.known:
        return "strength of the mission"
    sign = f" ({words.money})" if words.money else ""
    if mission == 1:
        return f"what staying is worth to each of the {words.members}, a {words.period}{sign}"
    return f"purpose: worth of a unit of mission, a {words.period}{sign}"
