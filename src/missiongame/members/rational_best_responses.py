"""From a game to an extreme equilibrium by best responses in rationals, from the definition.

From all-stay, whoever is better off leaving leaves; from all-defect, whoever is
better off staying comes back; until nobody moves (Milgrom and Roberts 1990). Slow,
and simple enough to be relied on where a faster way fails its certificate.
"""

from __future__ import annotations

import numpy as np

from missiongame.exact import Mask
from missiongame.members.response_protocol import Response
from missiongame.members.sides import Sides
from missiongame.model import Community


def extreme(community: Community, response: Response, *, least: bool) -> Mask:
    """Return the defectors of the least or of the greatest equilibrium; ties are not negative."""
    away = np.full(community.n, not least)
    while True:
        sides = Sides(community, away)
        movers = [
            i
            for i in np.flatnonzero(away != least).tolist()
            if response.sign(i, *sides.exact(i)) == (1 if least else -1)
        ]
        if not movers:
            return away
        away[movers] = least
