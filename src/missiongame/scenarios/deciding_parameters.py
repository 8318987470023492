"""From two cases to the parameters that decide between them.

Take the first case and give it some of the second's parameters. A *deciding set*
is a least set of parameters whose exchange turns the verdict: from "the raid
succeeds" to "it fails" or back. Every set is tried, so the answer is complete.
The raid succeeds if at least `share` of the contributions leaves for the first
case's offer in the selected equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from operator import attrgetter
from typing import Any, Literal, get_args

from missiongame.errors import Words, illegal, wrong_type
from missiongame.exact import wanted_share
from missiongame.members import participate
from missiongame.scenarios.scenario import Scenario

Selection = Literal["least", "robust", "greatest"]

_COMMUNITY = ("contribution", "purpose", "enjoyment", "social", "mission")
_RIVAL = ("mission", "portability", "crowding")
PARAMETERS = (*_COMMUNITY, *(f"rival.{name}" for name in _RIVAL), "offers")


@dataclass(frozen=True)
class Deciding:
    """What decides between two cases.

    Attributes
    ----------
    first, second : str
        Their names.
    succeeds : (bool, bool)
        Whether the raid succeeds in each.
    turn_first : tuple of sets of parameter names
        The deciding sets: taken over from the second, each turns the first's verdict.
    turn_second : tuple of sets of parameter names
        The same the other way round.
    """

    first: str
    second: str
    succeeds: tuple[bool, bool]
    turn_first: tuple[frozenset[str], ...]
    turn_second: tuple[frozenset[str], ...]


def deciding(
    first: Scenario, second: Scenario, share: Any = None, selection: Selection = "robust"
) -> Deciding:
    """Return the least sets of parameters whose exchange turns the verdict.

    Parameters
    ----------
    first, second : Scenario
        With equally many members and known purpose.
    share : number in (0, 1], optional
        The first case's `share` where it has one, else one half.
    selection : "least", "robust" or "greatest"

    Raises
    ------
    InvalidType, InvalidValue
        If one is no scenario, they differ in size, or `share` or `selection` is illegal.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> market, purpose = (scenarios.load(f"{side}-first") for side in ("market", "purpose"))
    >>> answer = deciding(market, purpose)
    >>> answer.succeeds
    (True, False)
    >>> for names in answer.turn_first:
    ...     print(" and ".join(sorted(names)))
    contribution and purpose
    contribution and rival.portability
    purpose and rival.crowding
    """
    for argument, case in (("first", first), ("second", second)):
        if not isinstance(case, Scenario):
            raise wrong_type(argument, case, "a scenario, as scenarios.load returns")
    if selection not in get_args(Selection):
        raise illegal("selection", selection, f"one of {', '.join(get_args(Selection))}")
    if first.community.n != second.community.n:
        said = Words(f"{second.name}, of {second.community.n:,} members")
        raise illegal("second", said, f"a case of {first.community.n:,} members, as the first")
    threshold = wanted_share(next(s for s in (share, first.share, 0.5) if s is not None))
    apart = [name for name in PARAMETERS if _value(first, name) != _value(second, name)]

    def verdict(base: Scenario, other: Scenario, names: Iterable[str]) -> bool:
        case = base
        for name in names:
            case = _with(case, other, name)
        outcome = getattr(participate(case.community, case.rival, case.offer), selection)
        return bool(outcome.exact_defection >= threshold)

    def turns(base: Scenario, other: Scenario) -> tuple[frozenset[str], ...]:
        now, found = verdict(base, other, ()), list[frozenset[str]]()
        for size in range(1, len(apart) + 1):
            for names in map(frozenset, combinations(apart, size)):
                if not any(least <= names for least in found) and (
                    verdict(base, other, names) is not now
                ):
                    found.append(names)
        return tuple(found)

    return Deciding(
        first.name,
        second.name,
        (verdict(first, second, ()), verdict(second, first, ())),
        turns(first, second),
        turns(second, first),
    )


def _value(case: Scenario, name: str) -> Any:
    if name == "offers":
        return str(case.offer)
    value = attrgetter(name if name.startswith("rival.") else f"community.{name}")(case)
    return value.tolist() if hasattr(value, "tolist") else value


def _with(case: Scenario, other: Scenario, name: str) -> Scenario:
    """Return `case` with one parameter of `other`."""
    if name == "offers":
        return case.changed(offers=other.offers)
    if name.startswith("rival."):
        key = name.removeprefix("rival.")
        return case.changed(rival=replace(case.rival, **{key: getattr(other.rival, key)}))
    return case.changed(community=case.community.changed(**{name: getattr(other.community, name)}))
