"""A search that can be stopped: the best order so far, and the best bound proved so far.

Orders come from prices of time (default ties) or greedy scores (general ties), are
improved by moving members, and by a frontier of subsets that widens while time
allows; bounds come from the same. HiGHS is asked where it can help: general ties
among few enough members.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from fractions import Fraction

from missiongame.price.beam_search import MOST_MEMBERS, Frontier, Potential
from missiongame.price.exact_refinement import refine
from missiongame.price.float_view import DENSE, Sketch
from missiongame.price.greedy import greedy
from missiongame.price.local_search import improve
from missiongame.price.milp import multipliers, programme, relax, solve_milp
from missiongame.price.pairs_bound import pair_bound
from missiongame.price.problem import Order, Problem
from missiongame.price.transport_bound import by_transport

WIDTHS = (1_000, 20_000, 200_000)
MOST_ARCS = 60_000
"""Ties up to which the relaxation is solved by HiGHS."""
FEW_FOR_CYCLES = 300
"""Members up to which cycle cuts are sought."""


@dataclass
class Best:
    """The best order so far, its total in floats, and what is proved."""

    sketch: Sketch
    order: Order
    lower: Fraction = Fraction(0)
    optimal: bool = False
    claimed: float | None = None
    how: list[str] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """The order's total pay, in money, in floats."""
        return self.sketch.cost(self.order)

    def offer(self, order: Order) -> None:
        """Take an order if it is of enough members and better, in exact numbers."""
        problem = self.sketch.problem
        if problem.enough(order) and problem.cost(order)[1] < problem.cost(self.order)[1]:
            self.order = order

    def prove(self, lower: Fraction) -> None:
        """Take a proved lower bound, raised to the next whole unit, and see if it is attained."""
        problem = self.sketch.problem
        if problem.linear:
            lower = -(-lower // problem.unit) * problem.unit
        self.lower = max(self.lower, lower)
        close = 1 if problem.linear else 1 - Fraction(1, 10**9)  # roots are rounded
        if self.lower >= close * problem.cost(self.order)[1]:
            self.optimal = True

    def note(self, how: str) -> None:
        """Remember a method that was used."""
        if how not in self.how:
            self.how.append(how)


def anytime(problem: Problem, method: str, seconds: float) -> Best:
    """Search for about `seconds`; `method` is "auto", "mixed-integer" or "order"."""
    deadline = time.monotonic() + seconds
    sketch = Sketch.of(problem)
    if problem.weight is not None:
        best, potential = _by_time(sketch, deadline)
    else:
        best, potential = _by_greed(sketch, deadline)
    if method != "mixed-integer" and problem.n <= MOST_MEMBERS and not best.optimal:
        _widen(best, potential, WIDTHS[:1] if method == "order" else WIDTHS, deadline)
    if method == "order" or best.optimal or not _arcs_fit(problem):
        return best
    if method == "mixed-integer" or problem.weight is None:
        _mixed_integer(best, max(deadline, time.monotonic() + seconds / 2), method)
    return best


def _by_time(sketch: Sketch, deadline: float) -> tuple[Best, Potential]:
    """Default ties: prices of time."""
    middle = time.monotonic() + 0.6 * (deadline - time.monotonic())
    order, bound = by_transport(sketch, middle)
    best = Best(sketch, order)
    best.note("prices of time")
    best.offer(improve(sketch, order, deadline))
    best.prove(bound.lower)
    return best, Potential(alone=bound.counted(sketch), grid=bound.grid)


def _by_greed(sketch: Sketch, deadline: float) -> tuple[Best, Potential]:
    """General ties: greedy scores, and bounds on pairs."""
    problem = sketch.problem
    best = Best(sketch, greedy(problem))
    best.note("greedy order")
    if problem.n <= DENSE:
        middle = time.monotonic() + 0.4 * (deadline - time.monotonic())
        best.offer(improve(sketch, best.order, middle))
    best.prove(pair_bound(sketch, best.cost))
    few = problem.n <= MOST_MEMBERS and problem.needed == problem.size.sum()
    given = multipliers(programme(sketch), deadline) if few else None
    return best, Potential(multiplier=given)


def _widen(best: Best, potential: Potential, widths: tuple[int, ...], deadline: float) -> None:
    """Search ever wider frontiers until one proves the order optimal."""
    frontier = Frontier(best.sketch.problem, potential)
    best.note("frontier of subsets")
    for width in widths:
        found = frontier.search(best.order, width, deadline)
        best.offer(found.order)
        best.prove(found.lower)
        if found.survivors is not None:
            exact = refine(best.sketch.problem, found.survivors, deadline)
            if exact is not None:
                best.order, best.optimal = exact, True
        if best.optimal or found.survivors is not None or time.monotonic() > deadline:
            return
        best.offer(improve(best.sketch, best.order, deadline))


def _mixed_integer(best: Best, deadline: float, method: str) -> None:
    """Ask HiGHS: the relaxation's multipliers prove a bound, the order is a candidate."""
    sketch = best.sketch
    middle = time.monotonic() + 0.5 * (deadline - time.monotonic())
    cuts, lower = relax(programme(sketch), middle, cycles=sketch.n <= FEW_FOR_CYCLES)
    best.prove(lower)
    best.note("linear relaxation")
    gap = 1 - float(best.lower) / best.cost if best.cost else 0.0
    if best.optimal or sketch.n > MOST_MEMBERS or (method == "auto" and gap > 0.05):
        return
    if time.monotonic() >= deadline:
        return
    solution = solve_milp(sketch, cuts, lower, deadline)
    best.claimed = solution.claimed
    best.note("mixed-integer programme")
    if solution.order is not None:
        best.offer(solution.order)
        best.offer(improve(sketch, solution.order, deadline))
    best.prove(lower)


def _arcs_fit(problem: Problem) -> bool:
    arcs = problem.n * (problem.n - 1) if problem.falls is None else len(problem.falls)
    return arcs <= MOST_ARCS
