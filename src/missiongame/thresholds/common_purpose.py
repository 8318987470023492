"""A community whose purpose is unknown → one whose mission is the purpose that all share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from missiongame.exact import fractions_of
from missiongame.model import Rival

if TYPE_CHECKING:
    from missiongame.model import Community
    from missiongame.model.offers import Offer


def of_purpose(
    community: Community, rival: Rival, offer: Offer | None = None
) -> tuple[Community, Rival]:
    """Return a community and a rival whose mission of strength α is a common purpose of α here.

    α enters as α(θ − θ_Rφ(w_i)): a mission with these factors as purposes, against a rival
    without a mission. Without an offer pay must dilute nothing (κθ_R = 0).

    Examples
    --------
    >>> from missiongame import Community, offers
    >>> rival = Rival(mission=1, crowding=1)
    >>> of_purpose(Community([2, 1], mission=3), rival, offers.top(1, 1))[0].purpose
    array([2.5, 2. ])
    """
    theta, theta_R = Fraction(community.mission), Fraction(rival.mission)
    crowding, net = Fraction(rival.crowding), theta - theta_R
    factors: Any = net
    if offer is not None and theta_R and crowding:
        pays = fractions_of(offer.pay(community))
        kinds = {pay: theta - theta_R / (1 + crowding * pay) for pay in set(pays)}
        factors = [kinds[pay] for pay in pays]
    return community.changed(purpose=factors), Rival(rival.value, 0, rival.portability, 0)
