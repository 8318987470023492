"""Members who are all alike: their replicator is that of a symmetric 2 × 2 game.

Everyone has the same columns, is offered the same, and has ties worth the same G
in all. With a share p of a large population away, staying and leaving pay

    stay_i at p   = (1 − p) · stay_i with all others here + p · stay_i with all away

and so for leaving, for both payoffs are affine in the ties. That is the game
[[stay | here, stay | away], [leave | here, leave | away]], which nashpy integrates.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.mechanisms.arrays import Floats
from missiongame.mechanisms.surroundings import ties_to

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.mechanisms.dynamics import Trajectory
    from missiongame.offers import Offer
    from missiongame.rival import Rival


def game(community: Community, rival: Rival, offer: Offer) -> Floats | None:
    """Return the 2 × 2 payoffs of staying and leaving, or None where members differ.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> game(Community([1, 1], purpose=10, social=4), Rival(), offers.flat(13))
    array([[12., 10.],
           [13., 13.]])
    """
    from missiongame import symbols as m
    from missiongame.payoffs import Payoffs

    around = ties_to(community, np.ones(community.n, dtype=bool))
    pay, purpose = offer.pay(community), community.known_purpose("dynamics")
    columns = (community.contribution, community.enjoyment, pay, purpose)
    if any(np.any(column != column[0]) for column in columns) or len(set(around)) > 1:
        return None
    values = {
        m.w: pay[0], m.alpha: purpose[0], m.h: community.enjoyment[0], m.theta: community.mission,
        m.theta_R: rival.mission, m.kappa: rival.crowding, m.rho: rival.portability,
    }  # fmt: skip
    G = around[0]
    here, gone = {m.G_stay: G, m.G_gone: 0}, {m.G_stay: 0, m.G_gone: G}
    payoffs = Payoffs()
    return np.array(
        [
            [payoffs.exact(name, **_named({**values, **others})) for others in (here, gone)]
            for name in ("stay", "defect")
        ],
        dtype=np.float64,
    )


def _named(values: dict[Any, Any]) -> dict[str, Any]:
    return {symbol.name: value for symbol, value in values.items()}


def path(
    payoffs: Floats, start: float, rate: float, times: Floats, share: float, n: int
) -> Trajectory:
    """Return the replicator path of everyone's p from `start`, by nashpy."""
    from missiongame.mechanisms.dynamics import Trajectory

    p = _replicator(payoffs * rate, start, times)
    first = math.inf
    reached = np.flatnonzero(p >= share)
    if start >= share:
        first = float(times[0])
    elif len(reached):
        first = _crossing(payoffs * rate, p, times, int(reached[0]), share)
    return Trajectory(times, np.repeat(p[:, None], n, axis=1), p, share, first, "nashpy")


def _replicator(payoffs: Floats, start: float, times: Floats) -> Floats:
    import nashpy

    shares = nashpy.Game(payoffs).replicator_dynamics(
        y0=np.array([1 - start, start]), timepoints=times
    )
    return np.clip(shares[:, 1], 0.0, 1.0)


def _crossing(payoffs: Floats, p: Floats, times: Floats, k: int, share: float) -> float:
    """Return when p, below the share at times[k − 1] and not at times[k], reaches it."""
    from scipy.optimize import brentq

    def over(t: float) -> float:
        if t == times[k - 1]:
            return float(p[k - 1]) - share
        return float(_replicator(payoffs, float(p[k - 1]), np.array([times[k - 1], t]))[1]) - share

    if over(float(times[k])) < 0:  # the share and p there agree to rounding
        return float(times[k])
    return float(brentq(over, times[k - 1], times[k], xtol=1e-10))
