"""The price as a mixed-integer programme, and bounds that do not trust its solver.

Arcs (i, j) are the ties; y_ij = 1 says that j goes before i, z_i that i is
approached, p_i is what i is paid:

    minimise Σ p_i
    p_i + Σ_j fall_ij y_ij ≥ deficit_i z_i
    y_ij + y_ji ≤ 1,   y_ij ≤ z_j,   Σ size_i z_i ≥ 1
    Σ_{C} y ≤ |C| − 1 for cycles C       (added where the relaxation violates them)
    t_j + 1 ≤ t_i + n (1 − y_ij)         (t: places in the order; makes any y an order)

HiGHS solves it in floating point. Its order is a candidate, evaluated exactly. The
bound proved here is weak duality for the relaxation: for any multipliers λ ≥ 0 of
the rows, Σ b λ + Σ_j min over the box of column j's reduced cost, computed with a
rounding bound, whatever the solver did. What HiGHS itself claims is kept apart.

Where crowding bends pay, it is replaced by slope · deficit⁺ ≤ pay.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import Any

import numpy as np

from missiongame.exact import floats
from missiongame.price.float_view import Floats, Sketch
from missiongame.price.problem import Order
from missiongame.price.tie_graphs import topological

_U = 2.0**-53
ROUNDS = 25
"""Rounds of cycle cuts."""
LEAST_SECONDS = 0.05
"""HiGHS gets at least this: it takes a limit below 0 for none."""


@dataclass(frozen=True, eq=False)
class Programme:
    """The rows A x ≥ b and boxes 0 ≤ x ≤ upper, columns y (arcs), p, z.

    Attributes
    ----------
    before, after : (arcs,)
        Arc k says that before[k] goes before after[k].
    """

    sketch: Sketch
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
        cost = np.zeros(len(self.upper))
        cost[self.arcs : self.arcs + self.sketch.n] = 1.0
        return cost

    def with_cycles(self, cycles: list[list[int]]) -> Programme:
        """Return the programme with a row for each cycle of arcs."""
        from scipy.sparse import coo_array, vstack

        row = np.repeat(np.arange(len(cycles)), [len(c) for c in cycles])
        column = np.concatenate([np.array(c) for c in cycles])
        cuts = coo_array((-np.ones(len(row)), (row, column)), (len(cycles), len(self.upper)))
        least = np.array([1.0 - len(c) for c in cycles])
        return Programme(
            self.sketch,
            self.before,
            self.after,
            vstack((self.rows, cuts)).tocsr(),
            np.concatenate((self.least, least)),
            self.upper,
            self.scale,
        )


@dataclass(frozen=True, eq=False)
class Solution:
    """What the solver found and what is proved: an order, a proved and a claimed bound."""

    order: Order | None
    lower: Fraction
    claimed: float


def slopes(sketch: Sketch) -> Floats:
    """(n,): pay is at least this times a positive deficit, for deficits up to deficit_i."""
    if sketch.crowding == 0:
        return np.ones(sketch.n)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        chord = sketch.pay(sketch.deficit, np.arange(sketch.n)) / sketch.deficit
    chord = np.where(np.isfinite(chord), chord * (1 - 1e-9), 1.0)
    return np.where(
        sketch.pull < 0, 1 / (1 + sketch.crowding * np.abs(sketch.pull)) * (1 - 1e-9), chord
    )


def _linprog(given: Programme, limit: float) -> Any:
    """Solve the relaxation; `limit` in seconds."""
    from scipy import optimize

    linprog: Any = optimize.linprog
    return linprog(
        given.cost,
        A_ub=-given.rows,
        b_ub=-given.least,
        bounds=np.stack((np.zeros(len(given.upper)), given.upper), 1),
        method="highs",
        options={"time_limit": limit},
    )


def programme(sketch: Sketch) -> Programme:
    """Set up the relaxation without cycle rows."""
    from scipy.sparse import coo_array

    n = sketch.n
    slope = slopes(sketch)
    scale = float(np.abs(sketch.deficit * slope).max()) or 1.0
    rows, partners, falls = _arcs(sketch)
    falls = falls * slope[rows] / scale
    deficit = sketch.deficit * slope / scale
    arcs = len(rows)
    members = np.arange(n)
    y, p, z = np.arange(arcs), arcs + members, arcs + n + members
    code, mirrored = rows * n + partners, partners * n + rows
    at = np.minimum(np.searchsorted(code, mirrored), max(arcs - 1, 0))
    twin = at[code[at] == mirrored] if arcs else at
    here = y[code[at] == mirrored] if arcs else y
    here, twin = here[here < twin], twin[here < twin]
    pairs, row2 = len(here), n + np.arange(len(here))
    row3 = n + pairs + y
    last = n + pairs + arcs
    blocks = [
        (members, p, np.ones(n)),
        (rows, y, falls),
        (members, z, -deficit),
        (row2, here, -np.ones(pairs)),
        (row2, twin, -np.ones(pairs)),
        (row3, z[partners], np.ones(arcs)),
        (row3, y, -np.ones(arcs)),
        (np.full(n, last), z, sketch.size),
    ]
    row, column, entry = (np.concatenate([b[k] for b in blocks]) for k in range(3))
    matrix = coo_array((entry, (row, column)), (last + 1, arcs + 2 * n)).tocsr()
    least = np.concatenate((np.zeros(n), -np.ones(pairs), np.zeros(arcs), np.ones(1)))
    upper = np.concatenate((np.ones(arcs), np.maximum(deficit, 0.0), np.ones(n)))
    return Programme(sketch, partners, rows, matrix, least, upper, scale)


def _arcs(sketch: Sketch) -> tuple[Order, Order, Floats]:
    """Return (i, j, fall_ij in money) over all positive falls."""
    problem = sketch.problem
    if problem.weight is None:
        unit = problem.unit
        _, partners, falls = problem.sparse
        return problem.rows, partners, floats(falls, unit.numerator, unit.denominator)
    full = np.outer(sketch.weight, sketch.size)
    np.fill_diagonal(full, 0.0)
    rows, partners = np.nonzero(full)
    return rows.astype(np.int64), partners.astype(np.int64), full[rows, partners]


def relax(start: Programme, deadline: float, cycles: bool = True) -> tuple[Programme, Fraction]:
    """Add violated cycles to the relaxation; return it and the best bound proved."""
    now, best = start, Fraction(0)
    for _ in range(ROUNDS):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        solved = _linprog(now, left)
        if solved.status != 0:
            break
        best = max(best, dual_bound(now, -np.asarray(solved.ineqlin.marginals)))
        found = _violated(now, np.asarray(solved.x)) if cycles else []
        if not found:
            break
        now = now.with_cycles(found)
    return now, best


def multipliers(given: Programme, deadline: float) -> Floats:
    """Return the optimal multipliers of the pay rows of the relaxation, per money of deficit."""
    n, left = given.sketch.n, deadline - time.monotonic()
    solved = _linprog(given, left) if left > 0 else None
    if solved is None or solved.status != 0:
        return np.zeros(n)
    rows = np.clip(-np.asarray(solved.ineqlin.marginals)[:n], 0.0, 1.0)
    return rows * slopes(given.sketch)


def dual_bound(given: Programme, duals: Floats) -> Fraction:
    """Return a lower bound on the programme, valid for any duals, in money."""
    dual = np.maximum(duals, 0.0)
    size = abs(given.rows).T @ dual
    nonzero = np.diff(given.rows.tocsc().indptr) + 8
    reduced = given.cost - given.rows.T @ dual - 2 * _U * nonzero * (size + 1)
    parts = [*(given.least * dual).tolist(), *(np.minimum(reduced, 0.0) * given.upper).tolist()]
    off = 4 * _U * fsum(abs(part) for part in parts)
    return max(Fraction(0), (Fraction(fsum(parts)) - Fraction(off)) * Fraction(given.scale))


def _violated(given: Programme, x: Floats, most: int = 300) -> list[list[int]]:
    """Return cycles C of arcs with Σ_C y > |C| − 1, shortest paths in lengths 1 − y."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import shortest_path

    n = given.sketch.n
    length = np.maximum(1 - x[: given.arcs], 0) + 1e-9
    useful = np.flatnonzero(length < 1)
    if len(useful) == 0:
        return []
    arc = np.full((n, n), -1, dtype=np.int64)
    arc[given.before[useful], given.after[useful]] = useful
    graph = coo_array((length[useful], (given.before[useful], given.after[useful])), (n, n))
    distance, previous = shortest_path(graph.tocsr(), return_predecessors=True)
    around = length[useful] + distance[given.after[useful], given.before[useful]]
    found: dict[frozenset[int], list[int]] = {}
    for k in np.argsort(around, kind="stable").tolist():
        if around[k] >= 1 - 1e-6 or len(found) >= most:
            break
        first, last = int(given.before[useful[k]]), int(given.after[useful[k]])
        cycle = [int(useful[k])]
        node = first
        while node != last:
            earlier = int(previous[last, node])
            cycle.append(int(arc[earlier, node]))
            node = earlier
        found.setdefault(frozenset(cycle), cycle)
    return list(found.values())


def solve_milp(sketch: Sketch, cuts: Programme, lower: Fraction, deadline: float) -> Solution:
    """Solve the programme with HiGHS; the order is a candidate, the claimed bound a claim."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, hstack, vstack

    n, arcs = sketch.n, cuts.arcs
    width = len(cuts.upper)
    k = np.arange(arcs)
    places = coo_array(
        (
            np.concatenate((np.ones(arcs), -np.ones(arcs), np.full(arcs, -float(n)))),
            (
                np.concatenate((k, k, k)),
                np.concatenate((width + cuts.after, width + cuts.before, k)),
            ),
        ),
        (arcs, width + n),
    )
    padded = hstack((cuts.rows, coo_array((cuts.rows.shape[0], n))))
    rows = vstack((padded, places)).tocsr()
    least = np.concatenate((cuts.least, np.full(arcs, 1.0 - n)))
    upper = np.concatenate((cuts.upper, np.full(n, n - 1.0)))
    whole = np.repeat([1, 0, 1, 0], [arcs, n, n, n])
    left = deadline - time.monotonic()
    solved: Any = milp(
        np.concatenate((cuts.cost, np.zeros(n))),
        integrality=whole,
        bounds=Bounds(np.zeros(width + n), upper),
        constraints=LinearConstraint(rows, least, np.inf),
        options={"time_limit": max(LEAST_SECONDS, left), "mip_rel_gap": 0.0},
    )
    claimed = solved.mip_dual_bound
    claimed = float(lower) if claimed is None else float(claimed) * cuts.scale
    order = None if solved.x is None else _order(cuts, np.asarray(solved.x))
    return Solution(order, lower, max(claimed, float(lower)))


def _order(given: Programme, x: Floats) -> Order:
    """Read an order of approach off a solution; members are added if rounding lost some."""
    sketch, n, arcs = given.sketch, given.sketch.n, given.arcs
    chosen = x[arcs + n : arcs + 2 * n] > 0.5
    true = (x[:arcs] > 0.5) & chosen[given.before] & chosen[given.after]
    order = topological(n, given.before[true], given.after[true])
    if order is None:
        order = np.argsort(x[arcs + 2 * n :], kind="stable")
    order = order[chosen[order]]
    for j in np.argsort(-sketch.size, kind="stable").tolist():
        if sketch.problem.enough(order):
            break
        if j not in order:
            order = np.append(order, j)
    return order.astype(np.int64)
