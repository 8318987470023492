"""An offer rises and falls again: who is away at each amount, by best responses.

The numeric companion of `missiongame.mechanisms.hysteresis`: at given amounts, for
any payoffs; every state is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import StructureMissing
from missiongame.exact import Floats, number
from missiongame.mechanisms.best_response import best_response_path
from missiongame.model import Community, Offer, Rival, check_players

if TYPE_CHECKING:
    from missiongame.payoffs import Payoffs


@dataclass(frozen=True, eq=False)
class RiseAndFall:
    """Defection at given amounts, on the way up and on the way down again.

    Attributes
    ----------
    amounts, up, down : (m,) float64
        Amounts ascending; shares of the contributions.
    """

    amounts: Floats
    up: Floats
    down: Floats


def rise_and_fall(
    community: Community,
    rival: Rival,
    offer: Offer,
    amounts: Iterable[Any],
    payoffs: Payoffs | None = None,
) -> RiseAndFall:
    """Follow best responses while the offer rises through `amounts` and falls again.

    Starts with nobody away; whoever is indifferent keeps to where they are. For any
    payoffs, ties and crowding, unlike `missiongame.mechanisms.hysteresis.loop`.

    Raises
    ------
    StructureMissing
        If best responses do not settle at some amount.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=2, social=8)
    >>> found = rise_and_fall(pair, Rival(), offers.flat(1), [1, 3, 5, 7])
    >>> found.up, found.down
    (array([0., 0., 0., 1.]), array([0., 1., 1., 1.]))
    """
    check_players(community=community, rival=rival, offer=offer)
    given = sorted(number(amount, "amounts", low=0) for amount in amounts)
    away = np.zeros(community.n, dtype=bool)
    up, down = list[float](), list[float]()
    for way, at in ((up, given), (down, given[::-1])):
        for amount in at:
            path = best_response_path(community, rival, offer.at(amount), away, payoffs)
            if not path.settled:
                raise StructureMissing(f"best responses at amount {amount} do not settle")
            away = path.end
            way.append(float(path.exact_defection[-1]))
    return RiseAndFall(np.array([float(a) for a in given]), np.array(up), np.array(down[::-1]))
