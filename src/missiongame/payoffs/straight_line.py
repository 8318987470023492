"""A SymPy expression to a straight-line program, and numbers to its value, sign or bounds.

The expression is translated once to a list of steps, each an operation on the
results of earlier ones; equal subexpressions are one step. One interpreter runs
them in three arithmetics: rationals, certified intervals of any precision, and
NumPy intervals. What is not rational (a root, an exponential, a logarithm) goes on
in mpmath's intervals, whose ends enclose the true value, at growing precision
until zero lies outside; a value that stays at zero is left to SymPy, and refused
where that does not decide either.

The operations: ``symbol``, ``number``, ``constant`` (pi, e), ``add``, ``mul``,
``power`` (rational exponent), ``raise`` (any exponent), ``exp``, ``log``, ``abs``,
``max``, ``min``, ``select`` (condition, value, condition, value, …) and the
conditions ``truth``, ``less``, ``at most``, ``equal``, ``not``, ``and``, ``or``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import numpy as np
import sympy
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from missiongame.errors import Irrational, TooWide, Undecided, Undefined, illegal
from missiongame.payoffs.enclosures import enclosures, ends
from missiongame.payoffs.float_intervals import FLOAT_INTERVALS, FloatInterval
from missiongame.payoffs.rationals import RATIONALS

PRECISIONS = (80, 320, 1280, 5120)  # bits
LEGAL = "made of numbers, symbols, + - * / **, sqrt, exp, log, Abs, Max, Min and Piecewise"


@dataclass(frozen=True)
class Operation:
    """One step: its name, what it holds (a name, a number) and the steps it takes."""

    name: str
    value: Any = None
    takes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Program:
    """A straight-line program; the last step is its result, the value of `expression`.

    Examples
    --------
    >>> x = sympy.Symbol("x")
    >>> root = program(sympy.sqrt(x) - sympy.Rational(14142, 10000))
    >>> root.value({"x": Fraction(4)}), root.sign({"x": Fraction(2)})
    (Fraction(2929, 5000), 1)
    """

    steps: tuple[Operation, ...]
    expression: Any

    @property
    def symbols(self) -> tuple[str, ...]:
        """The names of the symbols it reads."""
        return tuple(sorted(step.value for step in self.steps if step.name == "symbol"))

    def value(self, numbers: Mapping[str, Fraction]) -> Fraction:
        """Return the exact value.

        Raises
        ------
        Irrational
            If a step's value is not rational.
        Undefined
            On a division by zero, the logarithm or the root of a negative number.
        """
        result: Fraction = self._run(numbers, _in_rationals)
        return result

    def enclosure(
        self, numbers: Mapping[str, Fraction], precision: int
    ) -> tuple[Fraction, Fraction]:
        """Return two rationals between which the value lies, at `precision` bits.

        The two are equal where the value is found to be rational. `Irrational` where
        the interval is too wide to be of use.
        """
        try:
            result = self._run(numbers, partial(_certified, precision))
        except TooWide:
            raise Irrational from None
        return (result, result) if isinstance(result, Fraction) else ends(result)

    def sign(self, numbers: Mapping[str, Fraction]) -> int:
        """Return the exact sign of the value: −1, 0 or 1.

        Raises
        ------
        Undecided
            If the value is too close to zero for every precision tried, and SymPy
            does not find it zero.
        """
        for precision in PRECISIONS:
            try:
                result = self._run(numbers, partial(_certified, precision))
            except TooWide:
                continue
            if result > 0 or result < 0:  # an interval that holds 0 is neither
                return 1 if result > 0 else -1
            if isinstance(result, Fraction):
                return 0
        exact = {s: sympy.Rational(numbers[s.name]) for s in self.expression.free_symbols}
        if self.expression.subs(exact).equals(0):
            return 0
        shown = ", ".join(f"{symbol} = {number}" for symbol, number in exact.items())
        raise Undecided(f"the sign of {self.expression} is not decided at {shown}")

    def intervals(self, inputs: Mapping[str, FloatInterval]) -> FloatInterval:
        """Return float intervals that hold the values at float intervals of inputs.

        Examples
        --------
        >>> point = np.array([1.0, 4.0])
        >>> root = program(sympy.sqrt(sympy.Symbol("x")) - 2)
        >>> low, high = root.intervals({"x": FloatInterval(point, point)})
        >>> bool(high[0] < 0), bool(low[1] <= 0 <= high[1])
        (True, True)
        """
        with np.errstate(all="ignore"):
            result: FloatInterval = self._run(inputs, _in_floats)
        return result

    def _run(self, inputs: Mapping[str, Any], operate: Callable[[str, list[Any]], Any]) -> Any:
        """Return the last step's value; of a Piecewise, `operate` gets what computes the parts."""
        done: dict[int, Any] = {}

        def at(k: int) -> Any:
            if k not in done:
                step = self.steps[k]
                if step.name == "symbol":
                    done[k] = inputs[step.value]
                elif step.name == "select":
                    done[k] = operate("select", [partial(at, part) for part in step.takes])
                else:
                    held = [] if step.value is None else [step.value]
                    done[k] = operate(step.name, [at(part) for part in step.takes] + held)
            return done[k]

        return at(len(self.steps) - 1)


def _in_rationals(name: str, operands: list[Any]) -> Any:
    return _select(operands) if name == "select" else RATIONALS[name](*operands)


def _in_floats(name: str, operands: list[Any]) -> Any:
    return FLOAT_INTERVALS[name](*operands)


def _certified(precision: int, name: str, operands: list[Any]) -> Any:
    """Return a Fraction (or a truth value) where that is exact, else an enclosure."""
    if name == "select":
        return _select(operands)
    logical = name in ("truth", "not", "and", "or")
    if logical or all(isinstance(operand, Fraction) for operand in operands):
        try:
            return RATIONALS[name](*operands)
        except Irrational:
            pass
    return enclosures(precision).operate(name, operands)


def _select(parts: list[Callable[[], Any]]) -> Any:
    """Return the first case whose condition holds; what no chosen case needs is not computed."""
    for condition, chosen in zip(parts[::2], parts[1::2], strict=True):
        if condition():
            return chosen()
    raise Undefined("no case of a Piecewise holds")


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
    sympy.Lt: "less",
    sympy.Le: "at most",
    sympy.Eq: "equal",
}


@lru_cache(maxsize=256)
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
        self.steps: list[Operation] = []
        self.known: dict[Operation, int] = {}

    def add(self, name: str, value: Any = None, takes: tuple[int, ...] = ()) -> int:
        step = Operation(name, value, takes)
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
        if isinstance(e, (sympy.Gt, sympy.Ge)):
            return self.step(e.reversed)
        if isinstance(e, sympy.Ne):
            return self.add("not", None, (self.add("equal", None, self.steps_of(e)),))
        if e.func in _FUNCTIONS:
            return self.add(_FUNCTIONS[e.func], None, self.steps_of(e))
        raise illegal(self.argument, e, LEGAL)

    def steps_of(self, e: Any) -> tuple[int, ...]:
        return tuple(self.step(part) for part in e.args)

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
