"""A statement for readers: its English beside its formulas, as text, Markdown or LaTeX."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

import sympy as sp
from sympy.core.sorting import default_sort_key
from sympy.printing.str import StrPrinter

from missiongame.catalogue.statement import Statement

SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}


class Row(NamedTuple):
    """One line: what it is ("where", "assume", "then", "step", "cite"), in words, in symbols."""

    kind: str
    words: str
    formula: str


def rows(told: Statement) -> Iterator[Row]:
    """Yield every line of a statement: what is meant, assumed, claimed, derived and cited.

    Examples
    --------
    >>> from missiongame.catalogue import theorems
    >>> [row.kind for row in rows(theorems["regime"])][-3:]
    ['step', 'cite', 'cite']
    """
    for kind, formulas in (
        ("where", told.setting),
        ("assume", told.assumptions),
        ("then", told.parts),
    ):
        for name, formula in formulas.items():
            said = f"{name}: “{told.words[name]}”" if name in told.words else name
            yield Row(kind, name if kind == "where" else said, symbols(formula))
    for step in told.steps:
        given, claimed = _joined(step.assuming.values(), symbols), symbols(step.claim)
        yield Row("step", step.name, f"if {given} then {claimed}" if given else claimed)
    for lemma in told.lemmas:
        yield Row("cite", lemma, "")


def side_by_side(told: Statement, width: int = 100) -> str:
    """Return the statement, and under it the rows in columns that fit into `width`."""
    left = (width - 10) // 2
    lines = textwrap.wrap(told.statement, width)
    for row in rows(told):
        words = textwrap.wrap(row.words, left if row.formula else width - 8)
        formula = textwrap.wrap(row.formula, width - 10 - left)
        for k, (a, b) in enumerate(zip_longest(words, formula, fillvalue="")):
            lines.append(f"{'' if k else row.kind:<8}{a:<{left}}  {b}".rstrip())
    return "\n".join(lines)


def table(told: Statement) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| | in words | in symbols |", "|---|---|---|"]
    for kind, words, formula in rows(told):
        lines.append(f"| {kind} | {words} | {f'`{formula}`' if formula else ''} |")
    return "\n".join(lines)


def latex(told: Statement) -> str:
    r"""Return an ``align*`` block: one line a premise, then the claim's parts.

    Examples
    --------
    >>> from missiongame.catalogue import theorems
    >>> print(latex(theorems["temptation"]))
    \begin{align*}
    ...
    \end{align*}
    """
    lines = (
        rf"  &\text{{{verb} ({name}):}} && {sp.latex(formula)}"
        for verb, formulas in (
            ("Let", told.setting),
            ("Assume", told.assumptions),
            ("Then", told.parts),
        )
        for name, formula in formulas.items()
    )
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


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


class _ByHand(StrPrinter):  # type: ignore[misc]  # SymPy has no types
    """SymPy's text, with words for connectives and Greek for the model's letters."""

    def _print_Symbol(self, expr: Any) -> str:
        return re.sub(r"[A-Za-z]+", lambda word: _greek(word[0]), expr.name)

    def _print_Relational(self, expr: Any) -> str:
        left, right = map(self._print, expr.args)
        return f"{left} {SIGNS[expr.rel_op]} {right}"

    def _sorted(self, expr: Any, word: str) -> str:
        return word.join(map(self._print, sorted(expr.args, key=default_sort_key)))

    def _print_And(self, expr: Any) -> str:
        return _joined(sorted(expr.args, key=default_sort_key), self._print)

    def _print_Or(self, expr: Any) -> str:
        return self._sorted(expr, " or ")

    def _print_Not(self, expr: Any) -> str:
        return f"not ({self._print(expr.args[0])})"

    def _print_Implies(self, expr: Any) -> str:
        premise, conclusion = map(self._print, expr.args)
        return f"(if {premise} then {conclusion})"

    def _print_Equivalent(self, expr: Any) -> str:
        return f"({self._sorted(expr, ' if and only if ')})"

    def _print_Piecewise(self, expr: Any) -> str:
        cases = ", ".join(
            f"{self._print(value)} otherwise"
            if condition == sp.true
            else f"{self._print(value)} if {self._print(condition)}"
            for value, condition in expr.args
        )
        return f"({cases})"

    def _called(self, expr: Any) -> str:
        return f"{type(expr).__name__.lower()}({self._sorted(expr, ', ')})"

    _print_Max = _print_Min = _print_Abs = _called  # noqa: N815 - SymPy's names

    def _print_BooleanTrue(self, expr: Any) -> str:  # noqa: ARG002 - SymPy's signature
        return "true"

    def _print_ITE(self, expr: Any) -> str:
        condition, then, otherwise = map(self._print, expr.args)
        return f"(if {condition} then {then} else {otherwise})"


def _joined(formulas: Iterable[Any], spelt: Callable[[Any], str]) -> str:
    return " and ".join(f"({spelt(f)})" if isinstance(f, sp.Or) else spelt(f) for f in formulas)


def _greek(word: str) -> str:
    """Return the letter that a word names; the word itself if it names none."""
    size = "CAPITAL" if word.istitle() else "SMALL"
    name = "lamda" if word == "lambda" else word  # as Unicode spells it
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return word
