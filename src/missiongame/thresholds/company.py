"""What company alone would have to be worth, where nothing else is known.

With default ties, no purpose, no enjoyment and ρ = 0, member i stays iff

    w_i ≤ σ · (share of the others who stay),

so only the paid can leave, and in the least equilibrium fewer leave the larger σ
is. The infimum of the σ at which less than `share` leaves is found by bisection,
in floats. In the greatest equilibrium no σ is enough: alone in an empty
community company is worth nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import exact_total, wanted_share

if TYPE_CHECKING:
    from missiongame.model import Community
    from missiongame.model.offers import Offer

Floats = npt.NDArray[np.float64]

_DOUBLINGS, _HALVINGS = 60, 50


def critical_company(community: Community, offer: Offer, share: Any) -> float:
    """Return the infimum of σ, alike for all, at which the raid fails in the least equilibrium.

    Examples
    --------
    The one who is paid makes 3/5; company with the others must outweigh 20:

    >>> from missiongame import Community, offers
    >>> round(critical_company(Community([3, 1, 1]), offers.top(1, 20), share=0.5), 6)
    50.0
    """
    pay = offer.pay(community).astype(np.float64)
    paid = pay > 0
    w, s = pay[paid], community.share[paid]
    made, enough = community.contribution[paid], wanted_share(share) * community.total

    def succeeds(sigma: float) -> bool:
        return exact_total(made, _away(w, s, sigma)) >= enough

    if exact_total(made) < enough:
        return 0.0
    high = float(w.max(initial=1.0))
    for _ in range(_DOUBLINGS):
        if not succeeds(high):
            break
        high *= 2
    else:
        return float("inf")
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if succeeds(middle) else (low, middle)
    return high


def _away(w: Floats, s: Floats, sigma: float) -> npt.NDArray[np.bool_]:
    """Return who leaves: best responses from all-stay, until nobody moves."""
    away = np.zeros(len(w), dtype=bool)
    while True:
        gone = float(s[away].sum())
        now = away | (w > sigma * (1.0 - s - gone))
        if (now == away).all():
            return away
        away = now
