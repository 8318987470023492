"""An offer or a budget → how strong the mission, or purpose, must be so that the raid fails.

The raid succeeds where defection K ≥ share. The *critical mission* is the infimum of
the missions at which it fails: against a fixed offer (`fixed_offer`), or against a budget
that must pay for a collapse in every equilibrium (`budget`). With purpose not
negative and no negative tie the raid fails at every mission above it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

from missiongame.errors import InvalidValue, StructureMissing, illegal
from missiongame.exact import Number, wanted_share
from missiongame.model import Rival, check_players
from missiongame.thresholds.budget import (
    mission_for_budget,
    missions_for_budget,
    purposes_for_budget,
)
from missiongame.thresholds.common_purpose import of_purpose
from missiongame.thresholds.fixed_offer import Raid, Selection

if TYPE_CHECKING:
    from missiongame.model import Community
    from missiongame.model.offers import Offer

__all__ = ["critical_mission", "critical_purpose"]


def critical_mission(
    community: Community,
    rival: Rival,
    offer: Offer | None = None,
    budget: Any = None,
    share: Any = 0.5,
    selection: Selection = "least",
) -> Number:
    """Return the mission below which the raid succeeds; give an `offer` or a `budget`.

    Parameters
    ----------
    community : Community
        Its own mission does not count. Against an offer purpose must not be negative,
        unless it has at most 8 members.
    offer : Offer
        The infimum mission at which the offer's defection is below `share`.
    budget : number ≥ 0, money a period
        The infimum mission at which the price of collapse of `share` exceeds it.
        Where prices are irrational (crowding) or only bounded (many members), a
        mission from which the price certainly exceeds it: at or above the infimum, see
        `missiongame.thresholds.missions_for_budget` for both ends.
    share : number in (0, 1]
        The raid succeeds where defection is at least this; a float counts as its
        shortest decimal.
    selection : "least", "robust" or "greatest"
        Which equilibrium the members play; for an offer only.

    Returns
    -------
    float or Fraction
        0 where the raid fails at every mission, infinity where it succeeds at every
        one. For an offer the exact infimum, certified by the members' game solved
        exactly there and just beside it, where nobody's choice turns in between.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([2, 1, 1], purpose=[8, 16, 4], social=4)
    >>> critical_mission(town, Rival(), offers.top(1, pay=30), share=0.5)
    3.5
    >>> critical_mission(town, Rival(), budget=42, share=0.5)
    5.0
    """
    check_players(community=community, rival=rival)
    wanted = wanted_share(share)
    if selection not in get_args(Selection):
        raise illegal("selection", selection, '"least", "robust" or "greatest"')
    if (offer is None) == (budget is None):
        raise InvalidValue("give exactly one of offer and budget")
    community.known_purpose("critical_mission")
    if offer is not None:
        check_players(offer=offer)
        return Raid(community, rival, offer, wanted, selection).critical()
    return _for_budget(community, rival, budget, wanted)


def critical_purpose(
    community: Community,
    rival: Rival,
    offer: Offer | None = None,
    budget: Any = None,
    share: Any = 0.5,
    selection: Selection = "least",
) -> Number:
    """Return the purpose that all members would have to share for the raid to fail.

    The infimum of the common α ≥ 0, money per unit of mission, at which the offer's
    defection is below `share`, or the price of collapse of `share` above the budget.
    Purposes below zero are not looked at: 0 means that the raid fails without any. The
    community's own purpose, which may be unknown, does not count. All parameters,
    bounds and the certificate are as in `critical_mission`.

    Raises
    ------
    StructureMissing
        Where the rival's mission is the stronger one, so that purpose draws members
        away: against an offer from 9 members on; against a budget where prices are
        irrational or not proved.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([6, 3, 1], mission=2)
    >>> critical_purpose(town, Rival(), offers.top(1, pay=30))
    15.0
    >>> critical_purpose(town, Rival(), budget=30)
    15.0
    """
    check_players(community=community, rival=rival)
    if offer is None and budget is not None and rival.mission and rival.crowding:
        return purposes_for_budget(community, rival, budget, wanted_share(share))[1]
    if offer is not None:
        check_players(offer=offer)
    town, without = of_purpose(community, rival, offer)
    return critical_mission(town, without, offer, budget, share, selection)


def _for_budget(community: Community, rival: Rival, budget: Any, share: Fraction) -> Number:
    try:
        return mission_for_budget(community, rival, budget, share)
    except StructureMissing:
        return missions_for_budget(community, rival, budget, share)[1]
