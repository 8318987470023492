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

_RELATIONS: dict[Any, Callable[[Any, Any], bool]] = {
    sp.Eq: operator.eq,
    sp.Ne: operator.ne,
    sp.Lt: operator.lt,
    sp.Le: operator.le,
    sp.Gt: operator.gt,
    sp.Ge: operator.ge,
}
_LOGIC: dict[Any, Callable[..., bool]] = {
    sp.Not: operator.not_,
    sp.Equivalent: lambda *sides: len(set(sides)) == 1,
}
_ARITHMETIC: dict[Any, Callable[..., Fraction]] = {
    sp.Add: lambda *terms: sum(terms, Fraction(0)),
    sp.Mul: lambda *factors: reduce(operator.mul, factors),
    sp.Min: min,
    sp.Max: max,
    sp.Abs: abs,
}


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
    if expression.is_Symbol:
        return point[expression]
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression in (sp.true, sp.false):
        return expression is sp.true
    kind = type(expression)
    for lazy in (_connective, _branches):
        answer = lazy(expression, point)
        if answer is not None:
            return answer
    values = [value_at(arg, point) for arg in expression.args]
    if kind is sp.Pow:
        return _power(*values)
    for table in (_RELATIONS, _ARITHMETIC, _LOGIC):
        if kind in table:
            return table[kind](*values)
    raise wrong_type("expression", expression, "polynomial, piecewise or Boolean")


def _connective(expression: Any, point: Mapping[Any, Fraction]) -> bool | None:
    """Evaluate And, Or and Implies no further than needed: the rest may be undefined."""
    if isinstance(expression, sp.And):
        return all(value_at(arg, point) for arg in expression.args)
    if isinstance(expression, sp.Or):
        return any(value_at(arg, point) for arg in expression.args)
    if isinstance(expression, sp.Implies):
        premise, conclusion = expression.args
        return not value_at(premise, point) or bool(value_at(conclusion, point))
    return None


def _branches(expression: Any, point: Mapping[Any, Fraction]) -> Any:
    if isinstance(expression, sp.Piecewise):
        for value, condition in expression.args:
            if value_at(condition, point):
                return value_at(value, point)
        raise ZeroDivisionError(f"no branch of {expression} applies")
    if isinstance(expression, sp.ITE):
        condition, then, otherwise = expression.args
        return value_at(then if value_at(condition, point) else otherwise, point)
    return None


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        raise wrong_type("exponent", exponent, "a whole number")
    return base ** int(exponent)
