"""A problem → bounds on its price by linear programming, which do not trust the solver.

Arcs (i, j) are the ties; y_ij = 1 says that j goes before i, z_i that i is
approached, p_i is what i is paid:

    minimise Σ p_i
    p_i + Σ_j fall_ij y_ij ≥ deficit_i z_i
    y_ij + y_ji ≤ 1,   y_ij ≤ z_j,   Σ size_i z_i ≥ 1
    Σ_{C} y ≤ |C| − 1 for cycles C       (added where the relaxation violates them)

HiGHS solves it in floating point. The bound proved here is weak duality: for any
multipliers λ ≥ 0 of the rows, Σ b λ + Σ_j min over the box of column j's reduced
cost, computed with a rounding bound, whatever the solver did.

Where crowding bends pay, it is replaced by slope · deficit⁺ ≤ pay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum
from typing import Any

import numpy as np

from missiongame.exact import UNIT, Floats
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.method import Found, Method, Search
from missiongame.price.problem import Order, Problem
from missiongame.price.tie_graphs import mirrored

MOST_ARCS = 60_000
"""Ties up to which the relaxation is solved by HiGHS."""
FEW_FOR_CYCLES = 300
"""Members up to which cycles are sought."""
ROUNDS = 25
"""Rounds of cycles."""
MOST_CYCLES = 300
"""Cycles added in a round."""


class LinearRelaxation(Method):
    """The relaxation's bound; of default ties only where it is `asked` for by name."""

    name = "linear relaxation"

    def __init__(self, *, asked: bool = False) -> None:
        self.asked = asked

    def accepts(self, problem: Problem) -> bool:
        """Return whether there are few enough ties."""
        arcs = problem.n * (problem.n - 1) if problem.falls is None else len(problem.falls)
        return (self.asked or problem.weight is None) and arcs <= MOST_ARCS

    def solve(self, search: Search) -> Found:
        """Return the bound; the relaxation with its cycles is left for the search."""
        search.clock = search.clock.extended()
        cycles = search.problem.n <= FEW_FOR_CYCLES
        search.relaxed, lower = relax(programme(search.view), search.clock.part(0.5), cycles)
        return Found(search.best.order, lower)


@dataclass(frozen=True, eq=False)
class Programme:
    """The rows A x ≥ b and boxes 0 ≤ x ≤ upper, columns y (arcs), p, z.

    Attributes
    ----------
    before, after : (arcs,)
        Arc k says that before[k] goes before after[k].
    """

    view: FloatView
    before: Order
    after: Order
    rows: Any
    least: Floats
    upper: Floats
    scale: float

    @property
    def arcs(self) -> int:
        """Number of arcs, hence of y columns."""
        return len(self.before)

    @property
    def cost(self) -> Floats:
        """1 for the columns of p, else 0."""
        return np.repeat([0.0, 1.0, 0.0], [self.arcs, self.view.n, self.view.n])

    def with_cycles(self, cycles: list[list[int]]) -> Programme:
        """Return the programme with a row for each cycle of arcs."""
        from scipy.sparse import coo_array, vstack

        row = np.repeat(np.arange(len(cycles)), [len(c) for c in cycles])
        entries = (-np.ones(len(row)), (row, np.concatenate(cycles)))
        cuts = coo_array(entries, (len(cycles), len(self.upper)))
        least = np.concatenate((self.least, [1.0 - len(c) for c in cycles]))
        return replace(self, rows=vstack((self.rows, cuts)).tocsr(), least=least)


def programme(view: FloatView) -> Programme:
    """Set up the relaxation without cycles."""
    from scipy.sparse import coo_array

    n = view.n
    scale = float(np.abs(view.deficit * view.slope).max()) or 1.0
    rows, partners, falls = view.arcs
    falls = falls * view.slope[rows] / scale
    deficit = view.deficit * view.slope / scale
    arcs = len(rows)
    members = np.arange(n)
    y, p, z = np.arange(arcs), arcs + members, arcs + n + members
    twin = mirrored(rows, partners, n)
    here = np.flatnonzero(twin > y)
    pairs, row2 = len(here), n + np.arange(len(here))
    row3 = n + pairs + y
    last = n + pairs + arcs
    blocks = [
        (members, p, np.ones(n)),
        (rows, y, falls),
        (members, z, -deficit),
        (row2, here, -np.ones(pairs)),
        (row2, twin[here], -np.ones(pairs)),
        (row3, z[partners], np.ones(arcs)),
        (row3, y, -np.ones(arcs)),
        (np.full(n, last), z, view.size),
    ]
    row, column, entry = (np.concatenate([b[k] for b in blocks]) for k in range(3))
    matrix = coo_array((entry, (row, column)), (last + 1, arcs + 2 * n)).tocsr()
    least = np.repeat([0.0, -1.0, 0.0, 1.0], [n, pairs, arcs, 1])
    upper = np.concatenate((np.ones(arcs), np.maximum(deficit, 0.0), np.ones(n)))
    return Programme(view, partners, rows, matrix, least, upper, scale)


def _linprog(given: Programme, clock: Clock) -> Any:
    """Solve the relaxation; None where time is up or HiGHS does not end."""
    from scipy import optimize

    limit = clock.left
    if limit <= 0:
        return None
    linprog: Any = optimize.linprog
    solved = linprog(
        given.cost,
        A_ub=-given.rows,
        b_ub=-given.least,
        bounds=np.stack((np.zeros(len(given.upper)), given.upper), 1),
        method="highs",
        options={"time_limit": limit},
    )
    return solved if solved.status == 0 else None


def relax(start: Programme, clock: Clock, cycles: bool = True) -> tuple[Programme, Fraction]:
    """Add violated cycles to the relaxation; return it and the best bound proved."""
    now, best = start, Fraction(0)
    for _ in range(ROUNDS):
        solved = _linprog(now, clock)
        if solved is None:
            break
        best = max(best, dual_bound(now, -np.asarray(solved.ineqlin.marginals)))
        found = _violated(now, np.asarray(solved.x)) if cycles else []
        if not found:
            break
        now = now.with_cycles(found)
    return now, best


def multipliers(view: FloatView, clock: Clock) -> Floats:
    """Return the optimal multipliers of the relaxation's pay rows, per money of deficit."""
    solved = _linprog(programme(view), clock)
    if solved is None:
        return np.zeros(view.n)
    found: Floats = np.clip(-np.asarray(solved.ineqlin.marginals)[: view.n], 0.0, 1.0) * view.slope
    return found


def dual_bound(given: Programme, duals: Floats) -> Fraction:
    """Return a lower bound on the programme, valid for any duals, in money."""
    dual = np.maximum(duals, 0.0)
    size = abs(given.rows).T @ dual
    nonzero = np.diff(given.rows.tocsc().indptr) + 8
    reduced = given.cost - given.rows.T @ dual - 2 * UNIT * nonzero * (size + 1)
    parts = [*(given.least * dual).tolist(), *(np.minimum(reduced, 0.0) * given.upper).tolist()]
    off = 4 * UNIT * fsum(abs(part) for part in parts)
    return max(Fraction(0), (Fraction(fsum(parts)) - Fraction(off)) * Fraction(given.scale))


def _violated(given: Programme, x: Floats) -> list[list[int]]:
    """Return cycles C of arcs with Σ_C y > |C| − 1, shortest paths in lengths 1 − y."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import shortest_path

    n = given.view.n
    length = np.maximum(1 - x[: given.arcs], 0) + 1e-9
    useful = np.flatnonzero(length < 1)
    if len(useful) == 0:
        return []
    before, after = given.before[useful], given.after[useful]
    arc = np.full((n, n), -1, dtype=np.int64)
    arc[before, after] = useful
    graph = coo_array((length[useful], (before, after)), (n, n)).tocsr()
    distance, previous = shortest_path(graph, return_predecessors=True)
    around = length[useful] + distance[after, before]
    found: dict[frozenset[int], list[int]] = {}
    for k in np.argsort(around, kind="stable").tolist():
        if around[k] >= 1 - 1e-6 or len(found) >= MOST_CYCLES:
            break
        node, last = int(before[k]), int(after[k])
        cycle = [int(useful[k])]
        while node != last:
            earlier = int(previous[last, node])
            cycle.append(int(arc[earlier, node]))
            node = earlier
        found.setdefault(frozenset(cycle), cycle)
    return list(found.values())
