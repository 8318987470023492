"""Who pays: from what is known of a commercial rival to a checked `Rival`.

v > 0 is what a captured contribution is worth to it, θ_R ≥ 0 its own mission,
ρ ∈ [0, 1] the part of a tie that works at the rival once both are there, and
κ ≥ 0 how much pay dilutes purpose there: φ(w) = 1/(1 + κw).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from missiongame.errors import illegal
from missiongame.exact import Number, number


@dataclass(frozen=True, init=False)
class Rival:
    """A commercial rival that may offer cash to members.

    Parameters
    ----------
    value : number
        v > 0, money per captured contribution.
    mission : number
        θ_R ≥ 0, the strength of the rival's own mission.
    portability : number
        ρ in [0, 1]: the part of a tie that works at the rival once both are there.
    crowding : number
        κ ≥ 0, 1/money: how much pay dilutes purpose at the rival.

    Examples
    --------
    >>> Rival(value=7, portability=0.5)
    Rival(value=7.0, mission=0.0, portability=0.5, crowding=0.0)
    """

    value: Number
    mission: Number
    portability: Number
    crowding: Number

    def __init__(
        self, value: Any = 10.0, mission: Any = 0.0, portability: Any = 0.0, crowding: Any = 0.0
    ) -> None:
        worth = number(value, "value", low=0)
        if worth == 0:
            raise illegal("value", value, "positive: money per captured contribution")
        vars(self).update(
            value=worth,
            mission=number(mission, "mission", low=0),
            portability=number(portability, "portability", low=0, high=1),
            crowding=number(crowding, "crowding", low=0),
        )
