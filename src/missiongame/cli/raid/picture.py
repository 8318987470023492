"""The raid's picture: how far the map reaches, and what it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from missiongame.cli.english import offer_text
from missiongame.cli.raid.answer import Answer
from missiongame.offers import Offer
from missiongame.plots.defection import defection_map
from missiongame.plots.files import save
from missiongame.plots.raid import cells, draw_defection, side

_BEYOND = 2.0  # times the offer's pay
_HIGH = 1.97  # times the greatest level; unlike _BEYOND, so that few cells are exact ties
_DOUBLINGS = 4


def draw(answer: Answer, path: Path) -> None:
    """Draw defection against mission (or the worth of staying) and pay into a file."""
    save(figure(answer), path)


def figure(answer: Answer) -> Any:
    """Return the picture as a Matplotlib figure."""
    case = answer.scenario
    words, community, offer = case.words, case.community, case.offer
    count, share = side(community.n), float(answer.share)
    pay, levels = cells(_reach(answer), count), cells(_height(answer), count)
    found = defection_map(community, case.rival, offer, list(pay), list(levels), share)
    return draw_defection(
        found,
        share=share,
        title=case.title,
        said=f"the offer: {offer_text(offer, words)}",
        across=_across(answer),
        upward=_upward(answer),
        here=(_amount(offer), None if found.of_purpose else float(community.mission)),
    )


def _amount(offer: Offer) -> float:
    return 1.0 if offer.kind == "personal" else float(offer.amount)


def _reach(answer: Answer) -> float:
    """Return how much pay to show: twice the offer, or more if the raid begins to work later."""
    case = answer.scenario
    alike = [_amount(o) for o in case.offers if o.kind == case.offer.kind]
    reach = _BEYOND * (_amount(case.offer) or max(alike)) or 1.0
    if not answer.known:
        return reach
    for _ in range(_DOUBLINGS):
        pay, mission = [0.0, reach / _BEYOND * 1.5], [float(case.community.mission)]
        found = defection_map(case.community, case.rival, case.offer, pay, mission)
        if found.greatest.max() >= answer.share:
            break
        reach *= 2
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
        return f"what staying is worth to each member, a {words.period}{sign}"
    return f"purpose: worth of a unit of mission, a {words.period}{sign}"
