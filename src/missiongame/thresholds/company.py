"""An offer and a share → what company alone would have to be worth, where nothing else is known.

With default ties, no purpose, no enjoyment and ρ = 0, member i stays iff

    w_i ≤ σ · (share of the others who stay),

so only the paid can leave, and in the least equilibrium fewer leave the larger σ
is. The infimum of the σ at which less than `share` leaves is bracketed to the last
few bits of a float: floats, because it is told beside verdicts and decides none. In the
greatest equilibrium no σ is enough: alone in an empty community company is worth nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.exact import Floats, Mask, exact_total, wanted_share
from missiongame.thresholds.budget import bisected

if TYPE_CHECKING:
    from missiongame.model import Community
    from missiongame.model.offers import Offer

_DOUBLINGS, _HALVINGS = 60, 50


def critical_company(community: Community, offer: Offer, share: Any) -> float:
    """Return the infimum of σ, alike for all, at which the raid fails in the least equilibrium.

    Parameters
    ----------
    community : Community
        Its contributions; what else it holds does not count.
    offer : Offer
    share : number in (0, 1]

    Returns
    -------
    float
        Money a period, within a relative 1e-12; infinite where no σ is enough.

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
    most = float(w.max(initial=1.0))
    for doublings in range(_DOUBLINGS):
        if not succeeds(most * 2**doublings):
            return bisected(succeeds, 0.0, most * 2**doublings, _HALVINGS)[1]
    return float("inf")


def _away(w: Floats, s: Floats, sigma: float) -> Mask:
    """Return who leaves: best responses from all-stay, until nobody moves."""
    away = np.zeros(len(w), dtype=bool)
    while True:
        gone = float(s[away].sum())
        now = away | (w > sigma * (1.0 - s - gone))
        if (now == away).all():
            return away
        away = now
