"""From a community, a rival, an offer and payoffs to the members' game that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from missiongame.errors import wrong_type
from missiongame.exact import Column, column
from missiongame.members.response_protocol import Response
from missiongame.members.standard_payoffs import StandardResponse
from missiongame.model import Community, Rival, check_players
from missiongame.model.offers import Offer

if TYPE_CHECKING:  # loads SymPy
    from missiongame.payoffs import Payoffs


@dataclass(frozen=True, eq=False)
class Game:
    """A community, a rival and the pay that it offers: the members' game they make.

    Attributes
    ----------
    community : Community
    rival : Rival
    pay : (n,) column
        Money a period.
    payoffs : Payoffs or None
        None for the standard ones.
    response : Response
        How members answer those who stay.
    """

    community: Community
    rival: Rival
    pay: Column
    payoffs: Payoffs | None
    response: Response

    @classmethod
    def of(
        cls, community: Community, rival: Rival, offer: Offer, payoffs: Payoffs | None = None
    ) -> Game:
        """Return the game in which `rival` makes `offer`; everything is checked.

        Parameters
        ----------
        community, rival
        offer : Offer
            Or anything with `pay(community)`, a column of money a period.
        payoffs : Payoffs, optional
            A user's own; by default the standard ones.

        Raises
        ------
        InvalidType
            If an argument is of another kind.
        PurposeUnknown
            If the community's purpose is None and the payoffs use it.

        Examples
        --------
        >>> from missiongame import Community, Rival, offers
        >>> game = Game.of(Community([2, 1], purpose=1), Rival(), offers.flat(3))
        >>> game.pay, game.response.sign(0, stay=0, gone=0)
        (array([3., 3.]), 1)
        """
        check_players(community=community, rival=rival, offer=offer)
        pay: Any = offer.pay(community)
        if not isinstance(offer, Offer):
            pay = column(pay, "pay", community.n, low=0)
        response: Response
        if payoffs is None:
            response = StandardResponse(community, rival, pay)
        else:
            response = _with_payoffs(community, rival, pay, payoffs)
        return cls(community, rival, pay, payoffs, response)


def _with_payoffs(community: Community, rival: Rival, pay: Column, payoffs: Any) -> Response:
    # These load SymPy, which the standard payoffs do without.
    from missiongame.members.user_payoffs import OwnResponse
    from missiongame.payoffs import Payoffs

    if not isinstance(payoffs, Payoffs):
        raise wrong_type("payoffs", payoffs, "a Payoffs, or None for the standard ones")
    if payoffs.standard:
        return StandardResponse(community, rival, pay)
    return OwnResponse(community, rival, pay, payoffs)
