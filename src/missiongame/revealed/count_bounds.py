"""From how many of a group went, and not who, to bounds on purpose.

If k of m members went, each of those has α_i ≤ high_i, so at least k of the m have
at most max high_i, and the k-th least purpose is at most that. If r are known to
have refused, at least r have at least min low_i. Of those of whom nothing is known,
nothing is said: without refusals nothing bounds purpose from below. The company is
taken at its worst, as in `choice_bounds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.errors import illegal, wrong_type
from missiongame.model import Community, Offer, Rival, members_among
from missiongame.revealed.choice_bounds import observe
from missiongame.scenarios import Scenario


@dataclass(frozen=True)
class Counts:
    """What is certain of a group of `members` of whom `went` took an offer.

    Attributes
    ----------
    members, went : int
    refused : int or None
        None: not known.
    at_most : Fraction or None
        At least `went` of them have a purpose of at most this, money a unit of mission.
    at_least : Fraction or None
        At least `refused` of them have one of at least this; None where that is unknown.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([4, 3, 2, 1])
    >>> seen = count(town, Rival(), offers.top(3, 100), [True, True, True, False], went=2)
    >>> seen.at_most, seen.at_least, seen.share_at_most
    (Fraction(100, 1), None, (Fraction(2, 3), Fraction(1, 1)))
    """

    members: int
    went: int
    refused: int | None
    at_most: Fraction | None
    at_least: Fraction | None

    @property
    def share_at_most(self) -> tuple[Fraction, Fraction]:
        """(low, high): the part of the group whose purpose is at most `at_most`.

        Known from below by who went; from above only if refusals are known and
        bound purpose at or above `at_most`.
        """
        low = Fraction(self.went if self.at_most is not None else 0, self.members)
        apart = self.at_least is not None and (
            self.at_most is None or self.at_least >= self.at_most
        )
        high = 1 - Fraction(self.refused or 0, self.members) if apart else Fraction(1)
        return low, high


def count(
    community: Community,
    rival: Rival,
    offer: Offer,
    group: Any,
    went: int,
    refused: int | None = None,
) -> Counts:
    """Return what is certain where `went` of a group took the offer, nobody knows who.

    Parameters
    ----------
    community, rival, offer
        Purpose may be unknown; it is not looked at. Ties at least 0.
    group : (n,) bool
        To whom the offer was made.
    went, refused : int
        Of the group; `refused` None where it is not known.
    """
    inside = members_among(group, "group", community.n)
    members = int(inside.sum())
    if members == 0:
        raise illegal("group", "empty", "of at least one member")
    _check("went", went, members)
    if refused is not None:
        _check("refused", refused, members - went)
    each = np.flatnonzero(inside).tolist()
    at_most = _worst(community, rival, offer, each, True) if went else None
    at_least = _worst(community, rival, offer, each, False) if refused else None
    return Counts(members, went, refused, at_most, at_least)


def _check(name: str, value: Any, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise wrong_type(name, value, "a whole number of members")
    if not 0 <= value <= most:
        raise illegal(name, value, f"from 0 to {most}, the members there are")


def _worst(
    community: Community, rival: Rival, offer: Offer, each: list[int], went: bool
) -> Fraction | None:
    """Return the bound that holds for any of them who made the choice, others' unknown.

    What i did does not change i's own company: all of the group may be asked at once.
    """
    seen = observe(community, rival, offer, dict.fromkeys(each, went))
    bounds = seen.exact_high if went else seen.exact_low
    found = [bound for i in each if (bound := bounds[i]) is not None]
    if len(found) < len(each):  # where the rival's mission is stronger, choices bound the other way
        return None
    return max(found) if went else min(found)


def known_of(scenario: Scenario) -> Counts | None:
    """Return what a case's reports say of who took its offer, or None where they say nothing.

    The parameters ``paid_of_top`` and ``paid_top``: so many of so many largest
    contributors were paid. How many refused is counted only if ``refused_of_top`` says.

    Examples
    --------
    Three of the first ten whom Netscape paid came from Digg's top twelve; how many of
    the twelve refused was not reported.

    >>> from missiongame import scenarios
    >>> known_of(scenarios.load("digg-netscape"))
    Counts(members=12, went=3, refused=None, at_most=Fraction(1000, 1), at_least=None)
    """
    told = scenario.parameters
    if "paid_of_top" not in told or "paid_top" not in told:
        return None
    town = scenario.community
    largest = np.zeros(town.n, dtype=bool)
    largest[town.by_contribution[: int(told["paid_top"])]] = True
    went, refused = int(told["paid_of_top"]), told.get("refused_of_top")
    counted = None if refused is None else int(refused)
    return count(town, scenario.rival, scenario.offer, largest, went, counted)
