"""Payoff expressions as straight-line programs.

A SymPy expression is translated once to a list of steps, each an operation on
the results of earlier ones; equal subexpressions are one step. Three machines
run it: in rationals and certified intervals of any precision
(`missiongame.payoffs.exact_values`), and in NumPy intervals
(`missiongame.payoffs.float_intervals`).

The operations: ``symbol``, ``number``, ``constant`` (pi, e), ``add``, ``mul``,
``power`` (rational exponent), ``raise`` (any exponent), ``exp``, ``log``, ``abs``,
``max``, ``min``, ``select`` (condition, value, condition, value, …) and the
conditions ``truth``, ``less``, ``at most``, ``equal``, ``not``, ``and``, ``or``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from missiongame.errors import illegal

LEGAL = "made of numbers, symbols, + - * / **, sqrt, exp, log, Abs, Max, Min and Piecewise"


@dataclass(frozen=True)
class Step:
    """One operation: its name, what it holds (a name, a number) and the steps it takes."""

    name: str
    value: Any = None
    takes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Program:
    """A straight-line program; the last step is its result, the value of `expression`."""

    steps: tuple[Step, ...]
    expression: Any

    @property
    def symbols(self) -> tuple[str, ...]:
        """The names of the symbols it reads."""
        return tuple(sorted(step.value for step in self.steps if step.name == "symbol"))


_FUNCTIONS = {
    sympy.Add: "add",
    sympy.Mul: "mul",
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.Abs: "abs",
    sympy.Max: "max",
    sympy.Min: "min",
    sympy.Not: "not",
    sympy.And: "and",
    sympy.Or: "or",
}
_RELATIONS = {
    sympy.StrictLessThan: ("less", False, False),
    sympy.StrictGreaterThan: ("less", True, False),
    sympy.LessThan: ("at most", False, False),
    sympy.GreaterThan: ("at most", True, False),
    sympy.Equality: ("equal", False, False),
    sympy.Unequality: ("equal", False, True),
}


def program(expression: Any, argument: str = "expression") -> Program:
    """Translate a SymPy expression.

    Raises
    ------
    InvalidValue
        If it holds anything but the legal operations.

    Examples
    --------
    >>> x = sympy.Symbol("x")
    >>> [step.name for step in program(x + x**2).steps]
    ['symbol', 'power', 'add']
    """
    translator = _Translator(argument)
    translator.step(expression)
    return Program(tuple(translator.steps), expression)


class _Translator:
    def __init__(self, argument: str) -> None:
        self.argument = argument
        self.steps: list[Step] = []
        self.known: dict[Step, int] = {}

    def add(self, name: str, value: Any = None, takes: tuple[int, ...] = ()) -> int:
        step = Step(name, value, takes)
        if step not in self.known:
            self.known[step] = len(self.steps)
            self.steps.append(step)
        return self.known[step]

    def step(self, e: Any) -> int:
        leaf = self.leaf(e)
        if leaf is not None:
            return leaf
        if isinstance(e, sympy.Pow):
            return self.power(e)
        if isinstance(e, sympy.Piecewise):
            takes = [self.step(part) for value, condition in e.args for part in (condition, value)]
            return self.add("select", None, tuple(takes))
        for kind, (name, swapped, negated) in _RELATIONS.items():
            if isinstance(e, kind):
                left, right = (e.rhs, e.lhs) if swapped else (e.lhs, e.rhs)
                found = self.add(name, None, (self.step(left), self.step(right)))
                return self.add("not", None, (found,)) if negated else found
        for kind, name in _FUNCTIONS.items():
            if isinstance(e, kind):
                return self.add(name, None, tuple(self.step(part) for part in e.args))
        raise illegal(self.argument, e, LEGAL)

    def leaf(self, e: Any) -> int | None:
        if isinstance(e, sympy.Symbol):
            return self.add("symbol", e.name)
        if isinstance(e, (sympy.Rational, sympy.Float)) and e.is_finite:
            exact = sympy.Rational(e)
            return self.add("number", Fraction(int(exact.p), int(exact.q)))
        if e in (sympy.pi, sympy.E):
            return self.add("constant", "pi" if e == sympy.pi else "e")
        if isinstance(e, (BooleanTrue, BooleanFalse)):
            return self.add("truth", bool(e))
        return None

    def power(self, e: Any) -> int:
        base = self.step(e.base)
        if e.exp.is_Rational:
            return self.add("power", Fraction(int(e.exp.p), int(e.exp.q)), (base,))
        return self.add("raise", None, (base, self.step(e.exp)))
