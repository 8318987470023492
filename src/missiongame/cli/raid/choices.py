"""What the user set on the command line, put into the scenario.

A choice replaces what the source says, and with it the assumption that stood
there. An offer that is chosen becomes the first; those that the rival might make
instead are then made around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from missiongame.cli.source import assumed_offers, assumed_steward, assumed_value
from missiongame.errors import InvalidValue, illegal
from missiongame.exact import wanted_share
from missiongame.model import Policy, Steward, offers
from missiongame.model.offers import Offer
from missiongame.scenarios import Assumption, Scenario


@dataclass(frozen=True)
class Choices:
    """The command's options; None where one was not given."""

    purpose: float | None = None
    enjoyment: float | None = None
    social: float | None = None
    mission: float | None = None
    value: float | None = None
    rival_mission: float | None = None
    portability: float | None = None
    crowding: float | None = None
    top: tuple[int, float] | None = None
    flat: float | None = None
    piece_rate: float | None = None
    share: float | None = None
    steward_value: float | None = None
    policies: tuple[str, ...] = ()


_COMMUNITY = ("purpose", "enjoyment", "social", "mission")
_RIVAL = {"value": "value", "rival_mission": "mission", "portability": "portability"} | {
    "crowding": "crowding"
}


def chosen(scenario: Scenario, choices: Choices) -> Scenario:
    """Return the scenario with the user's choices in it.

    Raises
    ------
    InvalidValue
        On an illegal value, or on more than one offer.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> case = chosen(scenarios.load("digg-netscape"), Choices(purpose=800, flat=50))
    >>> case.offer, case.community.purpose[0]
    (<offer: 50 to everyone>, np.float64(800.0))
    """
    felt = {k: v for k in _COMMUNITY if (v := getattr(choices, k)) is not None}
    if felt.get("social") is not None and scenario.community.ties is not None:
        raise illegal("social", felt["social"], "left out: the source gives every tie")
    made = scenario.changed(community=scenario.community.changed(**felt)) if felt else scenario
    made = _with_offer(made, choices)
    made = _with_rival(made, choices, custom_offer=made is not scenario)
    made = _with_steward(made, choices)
    if choices.share is not None:
        made = made.changed(share=float(wanted_share(choices.share)))
    return made.changed(assumptions=tuple(_kept(made.assumptions, _replaced(choices))))


def _with_offer(scenario: Scenario, choices: Choices) -> Scenario:
    made: list[Offer] = []
    if choices.top is not None:
        made.append(offers.top(*choices.top))
    if choices.flat is not None:
        made.append(offers.flat(choices.flat))
    if choices.piece_rate is not None:
        made.append(offers.piece_rate(choices.piece_rate))
    if len(made) > 1:
        raise InvalidValue("--top, --flat and --piece-rate: give one of them")
    return scenario.changed(offers=assumed_offers(made[0])) if made else scenario


def _with_rival(scenario: Scenario, choices: Choices, custom_offer: bool) -> Scenario:
    changes = {
        name: value for key, name in _RIVAL.items() if (value := getattr(choices, key)) is not None
    }
    if custom_offer and "value" not in changes and _is_assumed(scenario, "rival.value"):
        changes["value"] = assumed_value(scenario.community, scenario.offer)
    return scenario.changed(rival=replace(scenario.rival, **changes)) if changes else scenario


def _is_assumed(scenario: Scenario, field: str) -> bool:
    """Return whether a field was filled in here rather than given by a scenario file."""
    return scenario.claim == "" and scenario.standing(field) == "assumption"


def _with_steward(scenario: Scenario, choices: Choices) -> Scenario:
    steward = scenario.steward
    if _is_assumed(scenario, "steward"):
        steward = assumed_steward(scenario.community, scenario.rival)
    if choices.steward_value is not None:
        steward = Steward(choices.steward_value, steward.policies)
    if choices.policies:
        given = [Policy(), *(_policy(text) for text in choices.policies)]
        steward = Steward(steward.value, given)
    return scenario.changed(steward=steward)


def _policy(text: str) -> Policy:
    """Return the policy that "UPLIFT:COST" or "UPLIFT:COST:PROVIDER" says."""
    parts = text.split(":", 2)
    try:
        uplift, cost = float(parts[0]), float(parts[1])
    except (IndexError, ValueError) as error:
        raise illegal("--policy", text, "UPLIFT:COST or UPLIFT:COST:PROVIDER") from error
    return Policy(uplift, cost, parts[2] if len(parts) > 2 else "in-house")


def _replaced(choices: Choices) -> set[str]:
    """Return the fields of a scenario that the user gave."""
    fields = {f"community.{k}" for k in _COMMUNITY if getattr(choices, k) is not None}
    fields |= {f"rival.{name}" for key, name in _RIVAL.items() if getattr(choices, key) is not None}
    if any(value is not None for value in (choices.top, choices.flat, choices.piece_rate)):
        fields.add("offers")
    if choices.share is not None:
        fields.add("share")
    return fields


def _kept(assumptions: Iterable[Assumption], replaced: set[str]) -> Iterable[Assumption]:
    """Yield the assumptions of which something still stands."""
    for assumption in assumptions:
        standing: list[Any] = [
            field
            for field in assumption.about
            if not any(field == given or field.startswith(f"{given}[") for given in replaced)
        ]
        if standing or not assumption.about:
            yield assumption
