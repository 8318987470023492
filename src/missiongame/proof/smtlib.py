"""Polynomial formulas to SMT-LIB text, one for all engines.

A `Query` is declarations and labelled assertions. Names are quoted with bars;
a label is the assumption's own name, so that the file reads as a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp

_BOOLEAN = {
    sp.And: "and",
    sp.Or: "or",
    sp.Not: "not",
    sp.Xor: "xor",
    sp.Implies: "=>",
    sp.Equivalent: "=",
    sp.ITE: "ite",
}
_RELATION = {sp.Eq: "=", sp.Ge: ">=", sp.Gt: ">", sp.Le: "<=", sp.Lt: "<"}
_SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
# Simple words that SMT-LIB or an engine's theory of reals already gives a meaning.
_TAKEN = frozenset(
    re.findall(
        r"\w+",
        "and or not xor ite let par as assert true false abs div mod exists forall match "
        "exp sin cos tan csc sec cot arcsin arccos arctan sqrt pi to_real to_int is_int "
        "distinct Real Int Bool Array String Set Bag Seq RegLan RoundingMode select store "
        "lambda divisible set concat extract root iand pow2 if bag seq tuple table re str "
        "bv fp emptyset insert union member subset choose witness ",
    )
)


@dataclass(frozen=True)
class Assertion:
    """One assertion: its text, the assumption it states, whether it needs integers, its formula."""

    text: str
    label: str | None = None
    integer: bool = False
    formula: Any = None


@dataclass(frozen=True)
class Query:
    """Declarations ``(name, sort)`` and assertions; `text` is what engines read."""

    declarations: tuple[tuple[str, str], ...]
    assertions: tuple[Assertion, ...]

    @cached_property
    def text(self) -> str:
        """The query without ``(check-sat)``."""
        logic = "QF_NIRA" if any(a.integer for a in self.assertions) else "QF_NRA"
        lines = [f"(set-logic {logic})"]
        lines += [f"(declare-fun {name} () {sort})" for name, sort in self.declarations]
        lines += [_asserted(a, i) for i, a in enumerate(self.assertions)]
        return "\n".join(lines) + "\n"

    def adding(self, *assertions: Assertion) -> Query:
        """Return this query with further assertions."""
        return replace(self, assertions=self.assertions + assertions)

    def keeping(self, positions: Iterable[int]) -> Query:
        """Return this query with only some of its assertions."""
        return replace(self, assertions=tuple(self.assertions[i] for i in sorted(positions)))

    def script(self, comment: str = "") -> str:
        """Return a complete SMT-LIB script with the question as its comment."""
        head = "".join(f"; {line}\n" for line in comment.splitlines())
        return f"{head}{self.text}(check-sat)\n(exit)\n"


def _asserted(assertion: Assertion, position: int) -> str:
    if assertion.label is None:
        return f"(assert {assertion.text})"
    label = re.sub(r"[|\\]|[^ -~]", "?", assertion.label)
    return f"(assert (! {assertion.text} :named |{position + 1}. {label}|))"


def sorts(names: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    """Return the declarations of variables: their names and sorts."""
    return tuple((name, "Real" if v.is_real else "Bool") for v, name in names.items())


def quoted(name: str) -> str:
    """Return `name` as an SMT-LIB symbol.

    Examples
    --------
    >>> quoted("theta_R"), quoted("x'"), quoted("abs")
    ('theta_R', "|x'|", '|abs!|')
    """
    if _SIMPLE.match(name) and name not in _TAKEN:
        return name
    safe = re.sub(r"[|\\]|[^ -~]", lambda c: f"!{ord(c[0]):x}", name)
    return f"|{safe}!|" if name in _TAKEN else f"|{safe}|"


class Printer:
    """Prints formulas; `names` maps each variable to its SMT-LIB symbol."""

    def __init__(self, names: Mapping[Any, str]) -> None:
        self.names = names

    def assertion(self, formula: Any, label: str | None = None) -> Assertion:
        """Return the assertion of a formula."""
        return Assertion(self.formula(formula), label, formula=formula)

    def formula(self, formula: Any) -> str:
        """Return the text of a Boolean over polynomial relations."""
        if formula in (sp.true, sp.false):
            return "true" if formula == sp.true else "false"
        if formula in self.names:
            return self.names[formula]
        if isinstance(formula, sp.Ne):
            return f"(not (= {self.term(formula.lhs)} {self.term(formula.rhs)}))"
        if type(formula) in _RELATION:
            return self._call(_RELATION[type(formula)], map(self.term, formula.args))
        if type(formula) in _BOOLEAN:
            return self._call(_BOOLEAN[type(formula)], map(self.formula, formula.args))
        return self.formula(formula.func(*formula.args))  # Nand, Nor, … in terms of these

    def term(self, term: Any) -> str:
        """Return the text of a polynomial."""
        if term in self.names:
            return self.names[term]
        if term.is_Rational:
            return rational(term)
        if term.is_Add:
            return self._call("+", map(self.term, term.args))
        if term.is_Mul:
            return self._call("*", map(self.term, term.args))
        base, exponent = term.args
        if not (exponent.is_Integer and exponent > 0):
            raise ValueError(f"{term} is no polynomial")
        return self._call("*", [self.term(base)] * int(exponent))

    @staticmethod
    def _call(name: str, parts: Iterable[str]) -> str:
        arguments = list(parts)
        if name in ("and", "or", "+", "*") and len(arguments) == 1:
            return arguments[0]
        return f"({name} {' '.join(arguments)})"


def rational(value: Any) -> str:
    """Return the text of a Fraction or a SymPy Rational."""
    p, q = abs(value.numerator), value.denominator
    size = f"{p}" if q == 1 else f"(/ {p} {q})"
    return f"(- {size})" if value < 0 else size
