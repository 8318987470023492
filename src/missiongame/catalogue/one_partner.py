"""One member beside one partner: how what the others are worth changes as fewer have left.

The partner, with a tie worth g, has left with x in [0, 1]; R_stay and R_gone are what
the member's ties to the other partners who stay and who left are worth. Each has a
second value, "new", that a claim compares it with. That the sums of all partners keep
their order follows by induction over partners (`steps`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from missiongame.catalogue.exact_game import company, dense_ties, numbers_of
from missiongame.catalogue.statement import Step
from missiongame.catalogue.symbolic_game import real, temptation
from missiongame.model import Community, Rival
from missiongame.model import symbols as m

g, x, x_new = real("g x x_new")
R_stay, R_stay_new, R_gone, R_gone_new = real("R_stay R_stay_new R_gone R_gone_new")

LEFT_OR_NOT = sp.And(x >= 0, x <= 1, x_new >= 0, x_new <= 1)
NO_MORE_GONE = sp.And(R_stay_new >= R_stay, R_gone_new <= R_gone, x_new <= x)


def tempted_before(**values: Any) -> Any:
    """Return T beside the partner and the others, with symbols replaced."""
    return temptation(G_stay=R_stay + g * (1 - x), G_gone=R_gone + g * x, **values)


def tempted_after(**values: Any) -> Any:
    """Return T beside the partner and the others at their second values."""
    stay, gone = R_stay_new + g * (1 - x_new), R_gone_new + g * x_new
    return temptation(G_stay=stay, G_gone=gone, **values)


def steps() -> tuple[Step, ...]:
    """Return the induction over partners: whose sums keep their order as fewer have left."""
    sums = sp.And(R_stay_new >= R_stay, R_gone_new <= R_gone)
    longer = {
        R_stay: R_stay + g * (1 - x),
        R_stay_new: R_stay_new + g * (1 - x_new),
        R_gone: R_gone + g * x,
        R_gone_new: R_gone_new + g * x_new,
    }
    empty = sp.And(*(sp.Eq(r, 0) for r in (R_stay, R_stay_new, R_gone, R_gone_new)))
    step = {"so far": sums, "ties not negative": g >= 0, "no more have left": x_new <= x}
    return (
        Step("no partner", sp.Implies(empty, sums)),
        Step("one more partner", sums.xreplace(longer), {**step, "left or not": LEFT_OR_NOT}),
    )


def points(
    community: Community,
    rival: Rival,
    offer: Any,
    i: int,
    earlier: Collection[int],
    later: Collection[int],
) -> Iterator[dict[Any, Fraction]]:
    """Yield member i's numbers beside each partner where those `earlier`, then `later` are gone."""
    point = numbers_of(community, rival, offer, i, earlier)
    stay_new, gone_new = company(community, i, later)
    for j, tie in enumerate(dense_ties(community)[i]):  # j = i: a partner with a tie of zero
        left, left_new = Fraction(j in earlier), Fraction(j in later)
        yield {
            **point,
            g: tie,
            x: left,
            x_new: left_new,
            R_stay: point[m.G_stay] - tie * (1 - left),
            R_gone: point[m.G_gone] - tie * left,
            R_stay_new: stay_new - tie * (1 - left_new),
            R_gone_new: gone_new - tie * left_new,
        }
