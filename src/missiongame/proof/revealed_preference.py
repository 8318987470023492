"""A best choice to how it moves with a parameter: revealed preference at two values.

Let x be best at t, and x' at t', among alternatives F(t) and F(t'):

    x' ∈ F(t) ⇒ u(x, t) ≥ u(x', t)          x ∈ F(t') ⇒ u(x', t') ≥ u(x, t')

These two comparisons are all that is used, so what follows holds for every set
of alternatives (a menu, an interval, a continuum), however the choice is made
among several best ones. Two strengths:

    every selection     t < t' ⇒ x ≤ x'
    strong set order    t < t', x > x' ⇒ x is also best at t', x' also at t
                        (so the least best choice rises, and so does the greatest)

A refutation is a menu of two alternatives, {x, x'}, at which it fails; over a
given larger set the same direction may still hold.
(Samuelson 1938; Topkis 1978; Milgrom and Shannon 1994.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from missiongame.errors import illegal, wrong_type
from missiongame.proof.findings import Finding, Statics
from missiongame.proof.monotone import Move, check_parameter, find, later, second
from missiongame.proof.question import named

EVERY = "for every set of alternatives and every best choice"
STRONG_SET = "for every set of alternatives, the least and the greatest best choice"


@dataclass(frozen=True)
class Choice:
    """A best choice of one variable.

    Parameters
    ----------
    objective : SymPy expression
        What is maximised; arbitrary functions are welcome.
    variable : sympy Symbol
        What is chosen.
    feasible : iterable of sympy Boolean
        What alternatives satisfy; it may depend on the parameter.
    reports : dict of str to SymPy expression, optional
        Further quantities to follow: functions of the choice (and the parameter).

    Examples
    --------
    >>> from missiongame.proof import decreasing, statics
    >>> p, c = sp.symbols("p c", real=True)
    >>> D = sp.Function("D")
    >>> price = Choice((p - c) * D(p), p)
    >>> print(statics(price, c, assuming={"demand falls": decreasing(D, strictly=True)})["p"])
    p: rises, from demand falls (for every set of alternatives and every best choice)
    """

    objective: Any
    variable: Any
    feasible: Iterable[Any] = ()
    reports: Any = None

    def __post_init__(self) -> None:
        if not isinstance(self.variable, sp.Symbol):
            raise wrong_type("variable", self.variable, "a SymPy Symbol")
        if self.variable not in sp.sympify(self.objective).free_symbols:
            raise illegal("variable", self.variable, "a symbol of the objective")
        object.__setattr__(self, "feasible", tuple(named(self.feasible).values()))

    @property
    def free_symbols(self) -> set[Any]:
        """The objective's symbols."""
        return set(self.objective.free_symbols)

    def comparative_statics(
        self, parameter: Any, assuming: Mapping[str, Any], timeout: float
    ) -> Statics:
        """Return how the choice and each reported quantity move with the parameter."""
        t, x = check_parameter(parameter, self.free_symbols), self.variable
        if t == x:
            raise illegal("parameter", t, "another symbol than what is chosen")
        for name, assumption in assuming.items():
            if x in assumption.free_symbols:
                legal = f"without {x}, which is chosen; `feasible` limits what is chosen"
                raise illegal("assuming", name, legal)
        optimality = self.optimality(t)

        def moves(name: str, move: Move, scope: str) -> Finding:
            return find(name, move, t, assuming, timeout, scope, chosen=(x,), beside=optimality)

        found = [self._chosen(t, moves)]
        for name, quantity in (self.reports or {}).items():
            weakly = Move.between(quantity, later(quantity, t, x))
            found.append(moves(name, Move(weakly.up, weakly.down), EVERY))
        return Statics(t, tuple(found))

    def optimality(self, parameter: Any) -> dict[str, Any]:
        """Return revealed preference at two parameter values, by name.

        The first choice is the variable itself, the second its primed symbol.
        """
        x, y, late = self.variable, second(self.variable), second(parameter)
        premises = {
            f"{x} is feasible": self._feasible(x, parameter, parameter),
            f"{y} is feasible": self._feasible(y, parameter, late),
            f"{x} is best": self._not_worse(x, y, parameter, parameter),
            f"{y} is best": self._not_worse(y, x, parameter, late),
        }
        return {name: premise for name, premise in premises.items() if premise != sp.true}

    def _at(self, expression: Any, chosen: Any, parameter: Any, value: Any) -> Any:
        return expression.subs({self.variable: chosen, parameter: value}, simultaneous=True)

    def _feasible(self, chosen: Any, parameter: Any, value: Any) -> Any:
        return sp.And(*(self._at(f, chosen, parameter, value) for f in self.feasible))

    def _not_worse(self, chosen: Any, other: Any, parameter: Any, value: Any) -> Any:
        """Return: at this parameter value, `other` is infeasible or not better than `chosen`."""
        better = self._better(chosen, other, parameter, value)
        feasible = self._feasible(other, parameter, value)
        return better if feasible == sp.true else sp.Implies(feasible, better)

    def _better(self, chosen: Any, other: Any, parameter: Any, value: Any) -> Any:
        utilities = (self._at(self.objective, x, parameter, value) for x in (chosen, other))
        return sp.Ge(*utilities, evaluate=False)

    def _chosen(self, parameter: Any, moves: Callable[[str, Move, str], Finding]) -> Finding:
        x, y, late = self.variable, second(self.variable), second(parameter)
        every = moves(x.name, Move.between(x, y), EVERY)
        if every.one_way or every.direction == "vacuous":
            return every
        swapped = sp.And(
            self._feasible(x, parameter, late),
            self._feasible(y, parameter, parameter),
            self._better(x, y, parameter, late),
            self._better(y, x, parameter, parameter),
        )
        order = Move(sp.Implies(x > y, swapped), sp.Implies(x < y, swapped))
        sets = moves(x.name, order, STRONG_SET)
        if sets.direction == "either way":
            return replace(sets, scope="already among two alternatives")
        return sets if sets.direction != "unknown" else every
