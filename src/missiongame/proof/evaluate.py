"""A claim and a point to its truth there, evaluated exactly.

Walks the SymPy tree with exact numbers: rationals, or algebraic numbers whose
signs are decided by enclosure, and by their minimal polynomial where they may be
zero. Nothing is rounded and nothing is simplified on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from missiongame.errors import Undecided, Undefined
from missiongame.proof.function_tables import FunctionTable
from missiongame.proof.translate import exact, of_booleans

_DIGITS = 60
_TINY = sp.Float(10) ** -30
_MOST_IRRATIONALS = 3  # in one expression whose zero test by minimal polynomial stays cheap


class Evaluator:
    """Evaluates at one point: numbers for symbols, tables for arbitrary functions.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> at_root_two = Evaluator({x: sp.sqrt(2)})
    >>> at_root_two.truth(sp.Eq(x**2, 2)), at_root_two.truth(sp.Max(x, 1) > x)
    (True, False)
    """

    def __init__(
        self, numbers: Mapping[Any, Any], tables: Mapping[Any, FunctionTable] | None = None
    ) -> None:
        self.numbers = numbers
        self.tables = {function.__name__: table for function, table in (tables or {}).items()}

    def truth(self, formula: Any) -> bool:
        """Return whether a Boolean holds.

        Raises
        ------
        Undefined, Undecided
        """
        if formula in (sp.true, sp.false):
            return bool(formula)
        if isinstance(formula, sp.Symbol):
            return bool(self.numbers[formula] == sp.true)
        if isinstance(formula, sp.core.relational.Relational):
            return self._relation(formula)
        if isinstance(formula, sp.Contains):
            return self.truth(formula.args[1].as_relational(formula.args[0]))
        if isinstance(formula, sp.ITE):
            return self.truth(formula.args[1 if self.truth(formula.args[0]) else 2])
        if isinstance(formula, sp.Implies):
            return not self._all_hold([(formula.args[0], True), (formula.args[1], False)])
        if isinstance(formula, (sp.And, sp.Or)):
            wanted = isinstance(formula, sp.And)
            return self._all_hold([(a, wanted) for a in formula.args]) == wanted
        for kind, combine in _STRICT.items():
            if isinstance(formula, kind):
                return combine([self.truth(a) for a in formula.args])
        raise Undecided(f"{type(formula).__name__} is not evaluated")

    def _all_hold(self, parts: list[tuple[Any, bool]]) -> bool:
        """Return whether each formula has the truth value beside it.

        One that has not decides, even where others are undefined.
        """
        problems: list[Undefined | Undecided] = []
        for formula, wanted in parts:
            try:
                if self.truth(formula) != wanted:
                    return False
            except (Undefined, Undecided) as problem:
                problems.append(problem)
        if problems:
            raise min(problems, key=lambda p: isinstance(p, Undefined))
        return True

    def _relation(self, relation: Any) -> bool:
        if of_booleans(relation):
            same = self.truth(relation.lhs) == self.truth(relation.rhs)
            return same == isinstance(relation, sp.Eq)
        sign = sign_of(self.value(relation.lhs) - self.value(relation.rhs))
        return bool(relation.func(sp.Integer(sign), 0))

    def value(self, expression: Any) -> Any:
        """Return an expression's value, an exact SymPy number.

        Raises
        ------
        Undefined, Undecided
        """
        if isinstance(expression, sp.Symbol):
            return self.numbers[expression]
        if expression.is_Rational:
            return expression
        if expression.is_Float:
            return exact(expression)
        for kind, evaluate in _REAL:
            if isinstance(expression, kind):
                return evaluate(self, expression)
        raise Undecided(f"{type(expression).__name__} is not evaluated")

    def _combined(self, expression: Any) -> Any:
        return expression.func(*map(self.value, expression.args))

    def _power(self, power: Any) -> Any:
        base, exponent = self.value(power.args[0]), exact(power.args[1])
        if not exponent.is_Rational:
            raise Undecided(f"{power} is not evaluated")
        sign = 1 if exponent.is_positive and exponent.q == 1 else sign_of(base)
        if (sign == 0 and exponent < 0) or (sign < 0 and exponent.q != 1):
            raise Undefined(str(power))
        return base**exponent

    def _absolute(self, expression: Any) -> Any:
        value = self.value(expression.args[0])
        return -value if sign_of(value) < 0 else value

    def _extreme(self, expression: Any) -> Any:
        direction = 1 if isinstance(expression, sp.Max) else -1
        best, *others = map(self.value, expression.args)
        for value in others:
            if direction * sign_of(value - best) > 0:
                best = value
        return best

    def _signum(self, expression: Any) -> Any:
        sign = sign_of(self.value(expression.args[0]))
        if isinstance(expression, sp.sign):
            return sp.Integer(sign)
        return expression.args[1] if sign == 0 else sp.Integer(sign > 0)

    def _piecewise(self, expression: Any) -> Any:
        for branch, condition in expression.args:
            if self.truth(condition):
                return self.value(branch)
        raise Undefined(str(expression))

    def _application(self, expression: Any) -> Any:
        arguments = tuple(map(self.value, expression.args))
        table = self.tables.get(expression.func.__name__, {})
        if arguments in table:
            return table[arguments]
        for known, value in table.items():
            if all(sign_of(a - b) == 0 for a, b in zip(known, arguments, strict=True)):
                return value
        raise Undefined(str(expression))


_REAL: tuple[tuple[Any, Callable[[Evaluator, Any], Any]], ...] = (
    ((sp.Add, sp.Mul), Evaluator._combined),
    (sp.Pow, Evaluator._power),
    (sp.Abs, Evaluator._absolute),
    ((sp.Max, sp.Min), Evaluator._extreme),
    ((sp.sign, sp.Heaviside), Evaluator._signum),
    (sp.Piecewise, Evaluator._piecewise),
    (AppliedUndef, Evaluator._application),
)


_STRICT: dict[Any, Callable[[list[bool]], bool]] = {
    sp.Not: lambda parts: not any(parts),
    sp.Equivalent: lambda parts: len(set(parts)) == 1,
    sp.Xor: lambda parts: sum(parts) % 2 == 1,
}
"""Booleans that are defined where all their parts are."""


def sign_of(number: Any) -> int:
    """Return the sign of an exact real algebraic number.

    Raises
    ------
    Undecided
        If it is not established.

    Examples
    --------
    >>> sign_of(sp.sqrt(2) * sp.sqrt(3) - sp.sqrt(6)), sign_of(sp.sqrt(2) - 2)
    (0, -1)
    """
    if number.is_Rational:
        return int(sp.sign(number))
    approximate = number.evalf(_DIGITS)
    if approximate.is_Float and abs(approximate) > _TINY:
        return 1 if approximate > 0 else -1
    if approximate.is_Number and len(number.atoms(sp.Pow, sp.CRootOf)) <= _MOST_IRRATIONALS:
        x = sp.Dummy("x")
        try:
            if sp.minimal_polynomial(number, x) == x:
                return 0
        except (NotImplementedError, sp.PolynomialError):
            pass
    raise Undecided(f"the sign of {number}")
