"""An engine's model to exact numbers, checked without the engine.

A model gives each variable a rational or a root of a polynomial. `read` turns
it into SymPy numbers, and arbitrary functions into tables of their values;
`Witness.holds` evaluates claims and assumptions there exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from missiongame.errors import Undecided, Undefined
from missiongame.proof.evaluate import Evaluator
from missiongame.proof.function_tables import FunctionTable, interpolation, satisfies
from missiongame.proof.functions import Property
from missiongame.proof.question import Question


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
    tables: Mapping[Any, FunctionTable]

    @property
    def point(self) -> dict[Any, Any]:
        """What a verdict shows: numbers, and functions as `Lambda`."""
        return {**self.numbers, **{f: interpolation(t) for f, t in self.tables.items()}}

    def holds(self, boolean: Any, truth: bool = True) -> bool | None:
        """Return whether a claim or assumption has this truth value; None if that is undecided.

        What is undefined has none.
        """
        try:
            if isinstance(boolean, Property):
                return self._has(boolean)
            return Evaluator(self.numbers, self.tables).truth(boolean) == truth
        except Undecided:
            return None
        except Undefined:
            return False

    def obeys_declarations(self) -> bool:
        """Return whether numbers and functions' values are all that is declared of them."""
        values = [(n, s.assumptions0) for s, n in self.numbers.items()]
        values += [(v, f._kwargs) for f, t in self.tables.items() for v in t.values()]
        return all(
            getattr(value, f"is_{fact}", None) in (truth, None)
            for value, declared in values
            for fact, truth in declared.items()
        )

    def _has(self, prop: Property) -> bool | None:
        table = next((t for f, t in self.tables.items() if f.__name__ == prop.name), {})
        bounds = [Evaluator(self.numbers).value(p) for p in prop.parameters]
        exact = [*bounds, *table.values(), *(x for a in table for x in a)]
        if not all(x.is_Rational for x in exact):
            return None
        return satisfies(prop, table, bounds)


def read(question: Question, model: Mapping[str, Any]) -> Witness:
    """Return the witness that a model describes; what the model leaves open is 0."""
    values = {v: _number(model.get(name.strip("|")), v) for v, name in question.names.items()}
    t = question.translation
    symbols = {s: values[t.leaves[s]] for s in question.symbols}
    used = {f.func.__name__: f.func for f in t.applications}
    tables = {
        used.get(name, sp.Function(name)): {
            tuple(a.xreplace(values) for a in args): values[v] for args, v in points
        }
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
