"""What a method of pricing is: a problem and a clock → an order, a bound and a proof.

Each method stands in a file of its own and says which problems it `accepts`. They
are tried one after another in a `Search`: the problem, the clock, and the best that
those before have found.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from missiongame.exact import Floats
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.problem import Order, Problem

NOBODY: Order = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Found:
    """What a method, or several of them, found out about a problem.

    Attributes
    ----------
    order : Order
        Members who make enough, first approached first; nobody where none was found.
    lower : Fraction
        A proved lower bound on the price, in money.
    proved : bool
        Whether the order is optimal (up to the rounding of roots where pay is irrational).
    settled : bool
        Whether nothing is left to gain but what rounding to int64 took.
    claimed : float or None
        A lower bound that a floating-point solver claims.
    how : tuple of str
        The methods' names.
    """

    order: Order = field(default_factory=lambda: NOBODY)
    lower: Fraction = Fraction(0)
    proved: bool = False
    settled: bool = False
    claimed: float | None = None
    how: tuple[str, ...] = ()

    def better(self, problem: Problem, found: Found) -> Found:
        """Return the best of both, compared in exact numbers; a bound attained is a proof."""
        order, proved = self.order, self.proved or found.proved
        if found.proved or (
            problem.enough(found.order)
            and not (
                problem.enough(order) and problem.cost(order)[1] <= problem.cost(found.order)[1]
            )
        ):
            order = found.order
        lower = max(self.lower, found.lower)
        if problem.linear:  # every total is a whole number of units
            lower = -(-lower // problem.unit) * problem.unit
        if problem.enough(order) and not proved:
            close = 1 if problem.linear else 1 - Fraction(1, 10**9)  # roots are rounded
            proved = lower >= close * problem.cost(order)[1]
        if proved and problem.linear:
            lower = problem.cost(order)[0]
        claimed = self.claimed if found.claimed is None else found.claimed
        how = tuple(dict.fromkeys((*self.how, *found.how)))
        return Found(order, lower, proved, self.settled or found.settled, claimed, how)


@dataclass
class Search:
    """A problem, the time there is for it, and the best that is known so far.

    `times` and `relaxed` are what methods leave to later ones: prices of time (see
    `beam_search`), and the linear relaxation (see `relaxation`).
    """

    problem: Problem
    clock: Clock
    best: Found = field(default_factory=Found)
    times: tuple[Floats, Floats] | None = None
    relaxed: Any = None

    @cached_property
    def view(self) -> FloatView:
        """The problem in floats."""
        return FloatView.of(self.problem)

    @property
    def cost(self) -> float:
        """The best order's total pay, in money, in floats."""
        return self.view.cost(self.best.order)

    def offer(self, order: Order) -> None:
        """Take an order if it is of enough members and better."""
        self.best = self.best.better(self.problem, Found(order))

    def run(self, methods: tuple[Method, ...]) -> Found:
        """Try the methods that accept the problem, one after another, until nothing is left."""
        for method in methods:
            if self.best.proved or self.best.settled:
                break
            found = method.solve(self) if method.accepts(self.problem) else None
            if found is not None:
                self.best = self.best.better(self.problem, found)
                alone = found.proved or found.settled  # and needs nothing that others found
                how = (method.name,) if alone else (*self.best.how, method.name)
                self.best = replace(self.best, how=how)
        return self.best


class Method(ABC):
    """One way to find an order, a bound, or both."""

    name: str
    """How `Price.method` calls it."""

    misfit = ""
    """Why it does not serve where it is asked for alone; {n} stands for the members' number."""

    @abstractmethod
    def accepts(self, problem: Problem) -> bool:
        """Return whether the method can be tried on this problem."""

    @abstractmethod
    def solve(self, search: Search) -> Found | None:
        """Return what it finds before the search's clock is late; None where it finds nothing."""
