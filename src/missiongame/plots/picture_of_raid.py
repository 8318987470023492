"""From what a raid does to a case to the raid's picture: how far it reaches, its labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.assessment import RaidAssessment
from missiongame.plots.defection_grid import defection_map
from missiongame.plots.raid import cells, draw_defection, panels_of, side

_BEYOND = 2.0  # times the offer's pay
_HIGH = 1.97  # times the greatest level; unlike _BEYOND, so that few cells are exact ties
_DOUBLINGS = 4


def raid_picture(found: RaidAssessment) -> Any:
    """Return the Matplotlib figure of defection against pay and mission (or worth of staying).

    Examples
    --------
    >>> from missiongame import scenarios
    >>> len(raid_picture(RaidAssessment(scenarios.load("church"))).axes)
    3
    """
    case, share = found.scenario, float(found.share)
    count = side(case.community.n)
    pay, levels = cells(_reach(found), count), cells(_height(found), count)
    panels = []
    for prefix, changes in _companies(found):
        community = case.community.changed(**changes)
        map_ = defection_map(community, case.rival, case.offer, list(pay), list(levels), share)
        panels += panels_of(map_, prefix, found.words.members)
    return draw_defection(
        panels,
        share=share,
        title=f"{case.title}\nthe offer: {found.english.offer(case.offer)}",
        across=_across(found),
        upward=_upward(found),
        here=(_amount(case.offer), float(case.community.mission) if found.known else None),
    )


def _companies(found: RaidAssessment) -> list[tuple[str, dict[str, float]]]:
    """Return no company; where nothing is known of what members feel, also some.

    Company as large as the pay shows what it would do: how much is not known.
    """
    pay = float(np.max(found.scenario.offer.pay(found.scenario.community)))
    if found.company is None or pay == 0:
        return [("", {})]
    company = f"if company is worth {found.english.money(pay)}"
    return [("if company is worth nothing", {}), (company, {"social": pay})]


def _amount(offer: Any) -> float:
    return 1.0 if offer.kind == "personal" else float(offer.amount)


def _reach(found: RaidAssessment) -> float:
    """Return how much pay to show: twice the offer, or more if the raid begins to work later."""
    case = found.scenario
    alike = [_amount(o) for o in case.offers if o.kind == case.offer.kind]
    reach = _BEYOND * (_amount(case.offer) or max(alike)) or 1.0
    if not found.known:
        return reach
    for wider in (reach * 2.0**k for k in range(_DOUBLINGS)):
        pay, mission = [wider / _BEYOND * 1.5], [float(case.community.mission)]
        map_ = defection_map(case.community, case.rival, case.offer, pay, mission)
        if map_.greatest.max() >= found.share:
            return wider
    return reach


def _height(found: RaidAssessment) -> float:
    """Return how much mission to show: above what it is, and above what it would have to be."""
    finite = [t.level for t in found.thresholds if 0 < t.level < np.inf]
    if not found.known:
        return _HIGH * max(finite, default=0.5)
    now = float(found.scenario.community.mission)
    return max([_HIGH * now, *(1.5 * level for level in finite)]) or 1.0


def _sign(found: RaidAssessment) -> str:
    return f" ({found.words.money})" if found.words.money else ""


def _across(found: RaidAssessment) -> str:
    words, offer = found.words, found.scenario.offer
    if offer.kind == "personal":
        return "pay, in multiples of the offer"
    if offer.kind == "piece_rate":
        return f"pay for each of the {words.contributions}{_sign(found)}"
    whom = "each member" if offer.kind == "flat" else f"each of the top {offer.places:,}"
    whom = "the largest contributor" if offer.places == 1 else whom
    return f"pay to {whom}, a {words.period}{_sign(found)}"


def _upward(found: RaidAssessment) -> str:
    words = found.words
    if found.known:
        return "strength of the mission"
    if float(found.scenario.community.mission) == 1:
        return (
            f"what staying is worth to each of the {words.members}, a {words.period}{_sign(found)}"
        )
    return f"purpose: worth of a unit of mission, a {words.period}{_sign(found)}"
