"""A theorem's English beside its formulas, one line each, so that a reader can compare them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import sympy as sp
from sympy.core.sorting import default_sort_key
from sympy.printing.str import StrPrinter

if TYPE_CHECKING:
    from missiongame.catalogue.theorem import Theorem

GREEK = {
    "alpha": "α",
    "beta": "β",
    "theta": "θ",
    "sigma": "σ",
    "rho": "ρ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "delta": "δ",
    "Delta": "Δ",
}
SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}


class Row(NamedTuple):
    """One line: what it is ("where", "assume", "then", "step", "cite"), in words, in symbols."""

    kind: str
    words: str
    formula: str


def rows(theorem: Theorem) -> Iterator[Row]:
    """Yield every line of a theorem: what is meant, assumed, claimed, derived and cited.

    Examples
    --------
    >>> from missiongame.catalogue import theorems
    >>> [row.kind for row in rows(theorems["regime"])][-3:]
    ['step', 'cite', 'cite']
    """

    def said(name: str) -> str:
        return f"{name}: “{theorem.words[name]}”" if name in theorem.words else name

    for name, formula in theorem.setting.items():
        yield Row("where", name, symbols(formula))
    for name, formula in theorem.assumptions.items():
        yield Row("assume", said(name), symbols(formula))
    for name, formula in theorem.parts.items():
        yield Row("then", said(name), symbols(formula))
    for step in theorem.steps:
        given = " and ".join(
            f"({symbols(p)})" if isinstance(p, sp.Or) else symbols(p)
            for p in step.assuming.values()
        )
        claimed = symbols(step.claim)
        yield Row("step", step.name, f"if {given} then {claimed}" if given else claimed)
    for lemma in theorem.lemmas:
        yield Row("cite", lemma, "")


def beside(theorem: Theorem, width: int = 100) -> str:
    """Return the statement, and under it the rows in columns that fit into `width`."""
    left = (width - 10) // 2
    lines = textwrap.wrap(theorem.statement, width)
    for row in rows(theorem):
        words = textwrap.wrap(row.words, left if row.formula else width - 8)
        formula = textwrap.wrap(row.formula, width - 10 - left)
        for k, (a, b) in enumerate(zip_longest(words, formula, fillvalue="")):
            lines.append(f"{'' if k else row.kind:<8}{a:<{left}}  {b}".rstrip())
    return "\n".join(lines)


def table(theorem: Theorem) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| | in words | in symbols |", "|---|---|---|"]
    lines += [
        f"| {row.kind} | {row.words} | {f'`{row.formula}`' if row.formula else ''} |"
        for row in rows(theorem)
    ]
    return "\n".join(lines)


def symbols(formula: Any) -> str:
    """Return a formula as one would write it by hand.

    Examples
    --------
    >>> alpha, x = sp.symbols("alpha x_new")
    >>> symbols(sp.Implies(alpha >= 0, sp.Eq(2 * x**2, 1)))
    '(if α ≥ 0 then 2·x_new^2 = 1)'
    """
    text: str = _ByHand().doprint(formula)
    return text.replace("**", "^").replace("*", "·")


class _ByHand(StrPrinter):
    """SymPy's text, with words for connectives and Greek for the model's letters."""

    def _print_Symbol(self, expr: Any) -> str:
        return re.sub(r"[A-Za-z]+", lambda word: GREEK.get(word[0], word[0]), expr.name)

    def _print_Relational(self, expr: Any) -> str:
        left, right = map(self._print, expr.args)
        return f"{left} {SIGNS[expr.rel_op]} {right}"

    def _joined(self, expr: Any, word: str) -> str:
        inner = [self._print(arg) for arg in sorted(expr.args, key=default_sort_key)]
        return f" {word} ".join(inner)

    def _print_And(self, expr: Any) -> str:
        inner = sorted(expr.args, key=default_sort_key)
        return " and ".join(
            f"({self._print(arg)})" if isinstance(arg, sp.Or) else self._print(arg) for arg in inner
        )

    def _print_Or(self, expr: Any) -> str:
        return self._joined(expr, "or")

    def _print_Not(self, expr: Any) -> str:
        return f"not ({self._print(expr.args[0])})"

    def _print_Implies(self, expr: Any) -> str:
        premise, conclusion = map(self._print, expr.args)
        return f"(if {premise} then {conclusion})"

    def _print_Equivalent(self, expr: Any) -> str:
        return f"({self._joined(expr, 'if and only if')})"

    def _print_Piecewise(self, expr: Any) -> str:
        cases = ", ".join(
            f"{self._print(value)} otherwise"
            if condition == sp.true
            else f"{self._print(value)} if {self._print(condition)}"
            for value, condition in expr.args
        )
        return f"({cases})"

    def _called(self, name: str, expr: Any) -> str:
        return f"{name}({self._joined(expr, ',').replace(' , ', ', ')})"

    def _print_Max(self, expr: Any) -> str:
        return self._called("max", expr)

    def _print_Min(self, expr: Any) -> str:
        return self._called("min", expr)

    def _print_Abs(self, expr: Any) -> str:
        return f"abs({self._print(expr.args[0])})"

    def _print_BooleanTrue(self, expr: Any) -> str:  # noqa: ARG002 - SymPy's signature
        return "true"

    def _print_ITE(self, expr: Any) -> str:
        condition, then, otherwise = map(self._print, expr.args)
        return f"(if {condition} then {then} else {otherwise})"
