"""Payoffs at exact values: rationals, and signs certified by intervals.

`value` runs a program in Fractions. Where it meets a number that is not rational
(a root, an exponential, a logarithm), `sign` goes on in mpmath's intervals, whose
ends enclose the true value, at growing precision until zero lies outside; a value
that stays at zero is left to SymPy, and refused where that does not decide either.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from missiongame.errors import Irrational, TooWide, Undecided, Undefined
from missiongame.payoffs.enclosures import Wide, ends, wide
from missiongame.payoffs.rationals import rational
from missiongame.payoffs.straight_line import Program, Step

PRECISIONS = (80, 320, 1280, 5120)  # bits


def value(steps: Program, numbers: Mapping[str, Fraction]) -> Fraction:
    """Return the program's exact value.

    Raises
    ------
    Irrational
        If a step's value is not rational.
    Undefined
        On a division by zero, the logarithm or the root of a negative number.

    Examples
    --------
    >>> import sympy
    >>> from missiongame.payoffs.straight_line import program
    >>> x = sympy.Symbol("x")
    >>> value(program(sympy.sqrt(x) + x / 3), {"x": Fraction(4)})
    Fraction(10, 3)
    """
    result: Fraction = _run(steps, numbers, None)
    return result


def enclosure(
    steps: Program, numbers: Mapping[str, Fraction], precision: int
) -> tuple[Fraction, Fraction]:
    """Return two rationals between which the program's value lies, at `precision` bits.

    The two are equal where the value is found to be rational. `Irrational` where
    the interval is too wide to be of use.
    """
    try:
        result = _run(steps, numbers, precision)
    except TooWide:
        raise Irrational from None
    return (result, result) if isinstance(result, Fraction) else ends(result)


def sign(steps: Program, numbers: Mapping[str, Fraction]) -> int:
    """Return the exact sign of the program's value: −1, 0 or 1.

    Raises
    ------
    Undecided
        If the value is too close to zero for every precision tried, and SymPy
        does not find it zero.

    Examples
    --------
    >>> import sympy
    >>> from missiongame.payoffs.straight_line import program
    >>> x = sympy.Symbol("x")
    >>> sign(program(sympy.sqrt(x) - sympy.Rational(14142, 10000)), {"x": Fraction(2)})
    1
    """
    for precision in PRECISIONS:
        try:
            result = _run(steps, numbers, precision)
        except TooWide:
            continue
        if isinstance(result, Fraction):
            return (result > 0) - (result < 0)
        if result > 0 or result < 0:  # mpmath's None: it says nothing
            return 1 if result > 0 else -1
    return _symbolic_sign(steps, numbers)


def _symbolic_sign(steps: Program, numbers: Mapping[str, Fraction]) -> int:
    import sympy

    exact = {
        symbol: sympy.Rational(numbers[symbol.name].numerator, numbers[symbol.name].denominator)
        for symbol in steps.expression.free_symbols
    }
    if steps.expression.subs(exact).equals(0):
        return 0
    shown = ", ".join(f"{symbol} = {number}" for symbol, number in exact.items())
    raise Undecided(f"the sign of {steps.expression} is not decided at {shown}")


def _run(steps: Program, numbers: Mapping[str, Fraction], precision: int | None) -> Any:
    machine = None if precision is None else wide(precision)
    done: list[Any] = []
    for step in steps.steps:
        takes = [done[k] for k in step.takes]
        try:
            done.append(_step(step, takes, numbers, machine))
        except (Irrational, Undefined, TooWide) as problem:
            done.append(problem)  # raised only if a chosen branch needs it
    if isinstance(done[-1], Exception):
        raise done[-1]
    return done[-1]


def _step(
    step: Step, takes: list[Any], numbers: Mapping[str, Fraction], machine: Wide | None
) -> Any:
    if step.name == "symbol":
        return numbers[step.value]
    if step.name in ("number", "truth"):
        return step.value
    if step.name == "select":
        return _select(takes)
    for taken in takes:
        if isinstance(taken, Exception):
            raise taken
    logical = step.name in ("not", "and", "or")
    if machine is None or logical or all(isinstance(taken, Fraction) for taken in takes):
        try:
            return rational(step, takes)
        except Irrational:
            if machine is None:
                raise
    return machine.step(step, takes)


def _select(takes: list[Any]) -> Any:
    for condition, chosen in zip(takes[::2], takes[1::2], strict=True):
        if isinstance(condition, Exception):
            raise condition
        if condition:
            if isinstance(chosen, Exception):
                raise chosen
            return chosen
    raise Undefined("no case of a Piecewise holds")
