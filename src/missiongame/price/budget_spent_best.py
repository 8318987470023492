"""From a budget to the most work that it takes for certain."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np


@dataclass
class BestRaid:
    order: Any
    pay: Any
    total: float
    work_at_least: Any
    work_at_most: Any
    share_at_least: Any
    share_at_most: Any


def best_raid(
    community: Any, rival: Any, budget: Any, fixed: Any = 0.0, seconds: float = 10.0
) -> BestRaid:
    from missiongame.price.collapse import price_of_collapse

    lo, hi, best = Fraction(0), Fraction(1), None
    for _ in range(12):
        mid = (lo + hi) / 2
        p = price_of_collapse(community, rival, mid, seconds=0.1)
        if p.total < budget:
            lo, best = p.captured, p
        else:
            hi = mid
        if hi <= lo:
            break
    order = best.order if best else np.zeros(0, int)
    return BestRaid(
        order,
        best.pay if best else None,
        best.total if best else 0.0,
        lo * community.total,
        lo * community.total,
        lo,
        lo,
    )
