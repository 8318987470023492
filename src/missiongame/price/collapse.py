"""A community, a rival and a share → the price of breaking the community up for certain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from missiongame.errors import illegal
from missiongame.exact import wanted_share
from missiongame.model import check_players
from missiongame.price.answer import Price, price_of
from missiongame.price.problem import refuse_negative_ties
from missiongame.price.solve import METHODS

if TYPE_CHECKING:
    from missiongame.model import Community, Rival


def price_of_collapse(
    community: Community,
    rival: Rival,
    share: Any = 1.0,
    method: str = "auto",
    seconds: float = 30.0,
) -> Price:
    """Return the infimum of pay with which the rival captures a share in every equilibrium.

    The rival makes public personal offers; the least-defection equilibrium is the
    one that counts, so members who are indifferent stay. Approached one after
    another, each is paid as if exactly those before had left ("divide and conquer":
    Segal 2003, Winter 2004, Bernstein and Winter 2012).

    Parameters
    ----------
    community : Community
        Its purpose must be known; its ties at least 0.
    rival : Rival
    share : number in (0, 1]
        The share of the contributions to capture; a float counts as its shortest
        decimal, so that 0.1 is a tenth.
    method : str
        "auto", or one of "closed form" (where it is proved), "subsets" (exact, about
        20 members), "mixed-integer" (HiGHS) and "order" (a good order and a bound).
    seconds : float
        About how long a search that can be stopped may take; its gap is then larger.

    Returns
    -------
    Price
        With the order, the pay, and whether it is optimal or its proved gap.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is None.
    InvalidValue
        On a negative tie (named), a share outside (0, 1], or a method that does not
        fit the community.

    Examples
    --------
    Where payments hit zero, biggest-first is not the best order.

    >>> import missiongame as mg
    >>> town = mg.Community([2, 3], ties=[[0, 3], [2, 0]], enjoyment=[0, 2], purpose=0)
    >>> price = mg.price_of_collapse(town, mg.Rival(portability=1))
    >>> price.total, price.order
    (3.0, array([0, 1]))
    """
    check_players(community=community, rival=rival)
    wanted = wanted_share(share)
    if method not in METHODS:
        raise illegal("method", method, f"one of {', '.join(map(repr, METHODS))}")
    if not seconds > 0:
        raise illegal("seconds", seconds, "positive")
    refuse_negative_ties(community)
    community.known_purpose("the price of collapse")
    return price_of(community, rival, wanted, method, seconds)
