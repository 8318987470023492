"""A problem and its linear relaxation → an order that HiGHS finds, and a bound that it claims.

The columns y and z of the relaxation are whole here, and places t make any y an
order: t_j + 1 ≤ t_i + n (1 − y_ij). HiGHS solves it in floating point. Its order is a
candidate, evaluated exactly; what it claims is kept apart from what is proved.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.exact import Floats
from missiongame.price.clock import Clock
from missiongame.price.local_search import improve
from missiongame.price.method import NOBODY, Found, Method, Search
from missiongame.price.problem import Order, Problem
from missiongame.price.relaxation import LinearRelaxation, Programme
from missiongame.price.tie_graphs import topological

MOST_MEMBERS = 62
CLOSE = 0.05
"""The gap from which the programme is not tried unless it is asked for."""
LEAST_SECONDS = 0.05
"""HiGHS gets at least this: it takes a limit below 0 for none."""


class MixedInteger(Method):
    """HiGHS's branch and bound; unless `asked` for by name, only of general ties and small gaps."""

    name = "mixed-integer programme"

    def __init__(self, *, asked: bool = False) -> None:
        self.asked = asked

    def accepts(self, problem: Problem) -> bool:
        """Return whether the relaxation is there, and the members are few."""
        return problem.n <= MOST_MEMBERS and LinearRelaxation(asked=self.asked).accepts(problem)

    def solve(self, search: Search) -> Found | None:
        """Return the better of the best order and HiGHS's, improved, and its claim."""
        lower, cost = search.best.lower, search.cost
        gap = 1 - float(lower) / cost if cost else 0.0
        if search.clock.late or (gap > CLOSE and not self.asked):
            return None
        found = solve_milp(search.relaxed, lower, search.clock)
        if len(found.order):
            search.offer(found.order)
            search.offer(improve(search.view, found.order, search.clock))
        return Found(search.best.order, claimed=found.claimed)


def solve_milp(cuts: Programme, lower: Fraction, clock: Clock) -> Found:
    """Solve the programme with HiGHS; what it claims is at least what is proved already."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, hstack, vstack

    n, arcs, width = cuts.view.n, cuts.arcs, len(cuts.upper)
    k = np.arange(arcs)
    entries = np.repeat([1.0, -1.0, -float(n)], arcs)
    columns = np.concatenate((width + cuts.after, width + cuts.before, k))
    places = coo_array((entries, (np.tile(k, 3), columns)), (arcs, width + n))
    padded = hstack((cuts.rows, coo_array((cuts.rows.shape[0], n))))
    least = np.concatenate((cuts.least, np.full(arcs, 1.0 - n)))
    upper = np.concatenate((cuts.upper, np.full(n, n - 1.0)))
    solved: Any = milp(
        np.concatenate((cuts.cost, np.zeros(n))),
        integrality=np.repeat([1, 0, 1, 0], [arcs, n, n, n]),
        bounds=Bounds(np.zeros(width + n), upper),
        constraints=LinearConstraint(vstack((padded, places)).tocsr(), least, np.inf),
        options={"time_limit": max(LEAST_SECONDS, clock.left), "mip_rel_gap": 0.0},
    )
    claimed = solved.mip_dual_bound
    claimed = float(lower) if claimed is None else float(claimed) * cuts.scale
    order = NOBODY if solved.x is None else _order(cuts, np.asarray(solved.x))
    return Found(order, lower, claimed=max(claimed, float(lower)))


def _order(given: Programme, x: Floats) -> Order:
    """Read an order of approach off a solution; members are added if rounding lost some."""
    view, n, arcs = given.view, given.view.n, given.arcs
    chosen = x[arcs + n : arcs + 2 * n] > 0.5
    true = (x[:arcs] > 0.5) & chosen[given.before] & chosen[given.after]
    order = topological(n, given.before[true], given.after[true])
    if order is None:
        order = np.argsort(x[arcs + 2 * n :], kind="stable")
    order = order[chosen[order]]
    for j in np.argsort(-view.size, kind="stable").tolist():
        if view.problem.enough(order):
            break
        if j not in order:
            order = np.append(order, j)
    return order.astype(np.int64)
