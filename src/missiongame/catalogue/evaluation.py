"""A SymPy claim at given rational numbers: true or false, exactly.

Evaluates polynomial and rational arithmetic, Min, Max, Abs, Piecewise, relations
and Booleans over Fractions; quicker than substitution, and no rounding anywhere.
A claim is read where it is defined: a denominator of zero raises `ZeroDivisionError`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import sympy as sp

from missiongame.errors import wrong_type


def holds_at(claim: Any, point: Mapping[Any, Fraction]) -> bool:
    """Return whether `claim` is true at `point`, a Fraction for each symbol.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> holds_at(sp.Implies(x > 0, x / y > 1), {x: Fraction(1, 2), y: Fraction(1, 3)})
    True
    """
    return bool(value_at(claim, point))


def value_at(expression: Any, point: Mapping[Any, Fraction]) -> Any:
    """Return the exact value of an expression (a Fraction) or a Boolean (a bool) at `point`."""
    kind = type(expression)
    if expression.is_Symbol:
        return point[expression]
    if expression.is_Atom:
        return _constant(expression)
    if kind in _LAZY:
        return _LAZY[kind](expression, point)
    values = [value_at(arg, point) for arg in expression.args]
    if kind in _EAGER:
        return _EAGER[kind](*values)
    raise wrong_type("expression", expression, "polynomial, piecewise or Boolean")


def _constant(expression: Any) -> Any:
    if expression is sp.true or expression is sp.false:
        return expression is sp.true
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    raise wrong_type("expression", expression, "a rational number")


# These evaluate no further than needed: the rest may be undefined.


def _implies(expression: Any, point: Mapping[Any, Fraction]) -> bool:
    premise, conclusion = expression.args
    return not value_at(premise, point) or bool(value_at(conclusion, point))


def _piecewise(expression: Any, point: Mapping[Any, Fraction]) -> Any:
    for value, condition in expression.args:
        if value_at(condition, point):
            return value_at(value, point)
    raise ZeroDivisionError(f"no branch of {expression} applies")


def _either(expression: Any, point: Mapping[Any, Fraction]) -> Any:
    condition, then, otherwise = expression.args
    return value_at(then if value_at(condition, point) else otherwise, point)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        raise wrong_type("exponent", exponent, "a whole number")
    return base ** int(exponent)


_LAZY: dict[Any, Callable[[Any, Mapping[Any, Fraction]], Any]] = {
    sp.And: lambda e, point: all(value_at(arg, point) for arg in e.args),
    sp.Or: lambda e, point: any(value_at(arg, point) for arg in e.args),
    sp.Implies: _implies,
    sp.Piecewise: _piecewise,
    sp.ITE: _either,
}
_EAGER: dict[Any, Callable[..., Any]] = {
    sp.Eq: operator.eq,
    sp.Ne: operator.ne,
    sp.Lt: operator.lt,
    sp.Le: operator.le,
    sp.Gt: operator.gt,
    sp.Ge: operator.ge,
    sp.Not: operator.not_,
    sp.Equivalent: lambda *sides: len(set(sides)) == 1,
    sp.Add: lambda *terms: sum(terms, Fraction(0)),
    sp.Mul: lambda *factors: reduce(operator.mul, factors),
    sp.Pow: _power,
    sp.Min: min,
    sp.Max: max,
    sp.Abs: abs,
}
