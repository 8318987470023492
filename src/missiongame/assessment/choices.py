"""From a case and what the user set to the case with these choices in it.

A choice replaces what the source says, and with it the assumption that stood
there. An offer that is chosen becomes the first; those that the rival might make
instead are then made around it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from missiongame.assessment.assumed import assumed_offers, assumed_steward, assumed_value
from missiongame.errors import InvalidValue, illegal
from missiongame.exact import wanted_share
from missiongame.model import Policy, Steward, check_players, offers
from missiongame.scenarios import Assumption, Scenario

_COMMUNITY = ("purpose", "enjoyment", "social", "mission")
_OFFERS: dict[str, Callable[[Any], offers.Offer]] = {
    "offer": lambda offer: offer,
    "top": lambda pay: offers.top(*pay),
    "flat": offers.flat,
    "piece_rate": offers.piece_rate,
}
_RIVAL = {
    "value": "value",
    "rival_mission": "mission",
    "portability": "portability",
    "crowding": "crowding",
}


def chosen(scenario: Scenario, choices: Mapping[str, Any]) -> Scenario:
    """Return the scenario with the user's choices in it.

    Parameters
    ----------
    scenario : Scenario
    choices : mapping
        What was chosen, by name; None where it was not: purpose, enjoyment, social,
        mission; rival (a Rival), value, rival_mission, portability, crowding; one of
        offer (an Offer), top (places and pay), flat, piece_rate; share; steward (a
        Steward), steward_value, policies.

    Raises
    ------
    InvalidValue
        On an illegal value, or on more than one offer.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> case = chosen(scenarios.load("digg-netscape"), {"purpose": 800, "flat": 50})
    >>> case.offer, case.community.purpose[0]
    (<offer: 50 to everyone>, np.float64(800.0))
    """
    given = {name: value for name, value in choices.items() if value is not None}
    check_players(**{name: given[name] for name in ("rival", "offer", "steward") if name in given})
    felt = {name: given[name] for name in _COMMUNITY if name in given}
    if "social" in felt and scenario.community.ties is not None:
        raise illegal("social", felt["social"], "left out: the source gives every tie")
    made = scenario.changed(community=scenario.community.changed(**felt)) if felt else scenario
    made = _with_offer(made, given)
    made = _with_rival(made, given, is_changed=made is not scenario)
    made = _with_steward(made, given, is_changed=made is not scenario)
    if "share" in given:
        made = made.changed(share=wanted_share(given["share"]))
    replaced = {f"community.{name}" for name in felt} | {"offers", "share"} & _fields(given)
    replaced |= {f"rival.{field}" for name, field in _RIVAL.items() if name in given}
    replaced |= {f"rival.{field}" for field in _RIVAL.values() if "rival" in given}
    kept = tuple(a for a in made.assumptions if _stands(a, replaced))
    return made.changed(assumptions=kept)


def anonymous(scenario: Scenario) -> Scenario:
    """Return the scenario without names: members are numbered, the largest contributor first.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> anonymous(scenarios.load("mothers-group")).community.names[:2]
    ('member 1', 'member 2')
    """
    community = scenario.community
    names = [""] * community.n
    for place, i in enumerate(community.by_contribution.tolist(), 1):
        names[i] = f"member {place}"
    return scenario.changed(community=community.changed(names=names))


def _fields(given: Collection[str]) -> set[str]:
    return {"offers" if name in _OFFERS else name for name in given}


def _with_offer(scenario: Scenario, given: Mapping[str, Any]) -> Scenario:
    made = [make(given[kind]) for kind, make in _OFFERS.items() if kind in given]
    if len(made) > 1:
        raise InvalidValue("--top, --flat and --piece-rate: give one of them")
    return scenario.changed(offers=assumed_offers(made[0])) if made else scenario


def _with_rival(scenario: Scenario, given: Mapping[str, Any], is_changed: bool) -> Scenario:
    changes = {field: given[name] for name, field in _RIVAL.items() if name in given}
    fixed = "value" in changes or "rival" in given
    if is_changed and not fixed and _is_assumed(scenario, "rival.value"):
        changes["value"] = assumed_value(scenario.community, scenario.offer)
    if not changes and "rival" not in given:
        return scenario
    return scenario.changed(rival=replace(given.get("rival", scenario.rival), **changes))


def _is_assumed(scenario: Scenario, field: str) -> bool:
    """Return whether a field was filled in here rather than given by a scenario file."""
    return scenario.claim == "" and scenario.standing(field) == "assumption"


def _with_steward(scenario: Scenario, given: Mapping[str, Any], is_changed: bool) -> Scenario:
    steward = given.get("steward", scenario.steward)
    if is_changed and "steward" not in given and _is_assumed(scenario, "steward"):
        steward = assumed_steward(scenario.community, scenario.rival)
    policies = (Policy(), *given["policies"]) if given.get("policies") else steward.policies
    return scenario.changed(steward=Steward(given.get("steward_value", steward.value), policies))


def _stands(assumption: Assumption, replaced: Collection[str]) -> bool:
    """Return whether something of an assumption was not replaced by the user."""
    gone = tuple(f"{field}[" for field in replaced)
    left = [field for field in assumption.about if not f"{field}[".startswith(gone)]
    return bool(left) or not assumption.about
