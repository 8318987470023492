"""From an engine's model to exact numbers, checked without the engine.

A model gives each variable a rational or a root of a polynomial. `read` turns
it into SymPy numbers and arbitrary functions into tables of values; `holds`
evaluates a claim there exactly: rationals by arithmetic, irrational numbers by
an enclosing interval, or by their minimal polynomial where they may be zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from missiongame.proof.functions import Property
from missiongame.proof.question import Question
from missiongame.proof.tables import Table, interpolation, satisfies

_DIGITS = 60
_TINY = sp.Float(10) ** -30
_MOST_IRRATIONALS = 3  # in one expression whose zero test by minimal polynomial stays cheap


@dataclass(frozen=True)
class Witness:
    """Exact numbers for symbols, tables for arbitrary functions.

    Attributes
    ----------
    numbers : dict
        SymPy symbol to exact number (or to a SymPy truth value).
    tables : dict
        Function class to its values at the points used.
    """

    numbers: Mapping[Any, Any]
    tables: Mapping[Any, Table]

    @property
    def point(self) -> dict[Any, Any]:
        """What a verdict shows: numbers, and functions as `Lambda`."""
        return {**self.numbers, **{f: interpolation(t) for f, t in self.tables.items()}}

    def holds(self, boolean: Any) -> bool | None:
        """Return whether a claim or assumption holds here; None if that is undecided."""
        if isinstance(boolean, Property):
            return self._has(boolean)
        value = boolean.subs(dict(self.numbers))
        for function, table in self.tables.items():
            value = value.replace(function, lambda *args, t=table: t.get(args, sp.nan))
        return truth(value)

    def _has(self, prop: Property) -> bool | None:
        table = next((t for f, t in self.tables.items() if f.__name__ == prop.name), {})
        bounds = [p.subs(dict(self.numbers)) for p in prop.parameters]
        exact = [*bounds, *table.values(), *(x for a in table for x in a)]
        if not all(x.is_Rational for x in exact):
            return None
        return satisfies(prop, table, bounds)

    def obeys(self, symbol: Any) -> bool:
        """Return whether the symbol's number is all that the symbol declares."""
        value = self.numbers[symbol]
        declared = symbol.assumptions0.items()
        return all(getattr(value, f"is_{k}", None) in (v, None) for k, v in declared)


def read(question: Question, model: Mapping[str, Any]) -> Witness:
    """Return the witness that a model describes; what the model leaves open is 0."""
    values = {v: _number(model.get(name.strip("|")), v) for v, name in question.names.items()}
    t = question.translation
    symbols = {s: values[t.leaves[s]] for s in question.symbols}
    functions = {f.func.__name__: f.func for f in t.applications}
    tables = {
        functions[name]: {tuple(a.xreplace(values) for a in args): values[v] for args, v in points}
        for name, points in t.points.items()
    }
    return Witness(symbols, tables)


def _number(value: Any, variable: Any) -> Any:
    if value is None:
        return sp.Integer(0) if variable.is_real else sp.false
    if value in ("true", "false"):
        return sp.true if value == "true" else sp.false
    if isinstance(value, str):
        return sp.Rational(value)
    coefficients, index = value
    polynomial = sp.Poly([sp.Rational(c) for c in reversed(coefficients)], sp.Dummy("x"))
    roots = list(dict.fromkeys(sp.real_roots(polynomial)))
    return roots[index - 1]


def truth(value: Any) -> bool | None:
    """Return the truth of a Boolean without free symbols; None if it is undecided.

    Examples
    --------
    >>> truth(sp.Eq(sp.sqrt(2) * sp.sqrt(3) - sp.sqrt(6), 0)), truth(sp.sqrt(2) > 2)
    (True, False)
    """
    if value in (sp.true, sp.false):
        return bool(value)
    if isinstance(value, sp.core.relational.Relational):
        sign = sign_of(value.lhs - value.rhs)
        return None if sign is None else bool(value.func(sp.Integer(sign), 0))
    if isinstance(value, sp.logic.boolalg.BooleanFunction):
        parts = [truth(a) for a in value.args]
        return None if None in parts else truth(value.func(*map(sp.sympify, parts)))
    return None


def sign_of(number: Any) -> int | None:
    """Return the sign of an exact real algebraic number; None if it is undecided."""
    if number.is_Rational:
        return int(sp.sign(number))
    if number.free_symbols or number.has(sp.nan, sp.zoo, sp.oo, sp.core.function.AppliedUndef):
        return None
    approximate = number.evalf(_DIGITS)
    if approximate.is_Float and abs(approximate) > _TINY:
        return 1 if approximate > 0 else -1
    if len(number.atoms(sp.Pow, sp.CRootOf)) > _MOST_IRRATIONALS:
        return None
    x = sp.Dummy("x")
    try:
        return 0 if sp.minimal_polynomial(number, x) == x else None
    except NotImplementedError:
        return None
