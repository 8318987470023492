"""Small counterexamples and small sets of assumptions, by asking again.

An engine's model satisfies the query and little else: its numbers are long or
irrational where 1 would do. `simplified` fixes the symbols one by one at the
first simple number that still works. `unsatisfiable_core` drops assumptions
one by one as long as the rest still contradict each other.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from missiongame.proof import engines
from missiongame.proof.question import Question
from missiongame.proof.smtlib import Assertion, Query

_SIMPLE = ("0", "1", "-1", "2", "-2", "3", "-3", "4", "1/2", "-1/2", "5", "10")
_AS_IT_IS = tuple(f"{k}/1" for k in range(-5, 11))
_ASK = 0.25
"""Seconds for one of these questions; they only polish an answer that stands."""
_POLISH = 1.5
"""Seconds for all of them together."""


def simplified(query: Query, question: Question, model: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a model of `query` with simple rational numbers, as far as quickly found."""
    deadline = time.monotonic() + _POLISH
    for symbol in question.symbols:
        name = question.names[question.translation.leaves[symbol]]
        value = model.get(name.strip("|"), "0/1")
        if value in _AS_IT_IS and _rational(model):  # the model shows that fixing it loses nothing
            query = query.adding(Assertion(f"(= {name} {_text(Fraction(value))})"))
            continue
        best: tuple[Query, Mapping[str, Any]] | None = None
        for candidate in _candidates(value):
            if time.monotonic() > deadline:
                break
            pinned = query.adding(Assertion(f"(= {name} {_text(candidate)})"))
            answer = engines.z3.ask(pinned.text, _ASK)
            if answer.status == "sat" and (best is None or _rational(answer.model)):
                best = pinned, answer.model
                if _rational(answer.model):
                    break
        query, model = best or (query, model)
    return model


def _rational(model: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str) for value in model.values())


def _candidates(value: Any) -> list[Fraction]:
    """Return the numbers to try in place of a model's value: none for a truth value."""
    if value in ("true", "false"):
        return []
    simple = [Fraction(c) for c in _SIMPLE]
    if not isinstance(value, str):
        return simple
    exact = Fraction(value)
    near = [exact.limit_denominator(d) for d in (1, 2, 4, 10)]
    return list(dict.fromkeys([*simple, *near, exact]))


def pins(question: Question, model: Mapping[str, Any]) -> list[Assertion]:
    """Return the assertions that fix every variable which has a rational or a truth value."""
    fixed = []
    for name in question.names.values():
        value = model.get(name.strip("|"))
        if value in ("true", "false"):
            fixed.append(Assertion(f"(= {name} {value})"))
        elif isinstance(value, str):
            fixed.append(Assertion(f"(= {name} {_text(Fraction(value))})"))
    return fixed


def _text(value: Fraction) -> str:
    size = f"(/ {abs(value.numerator)} {value.denominator})"
    return f"(- {size})" if value < 0 else size


def unsatisfiable_core(query: Query) -> list[int]:
    """Return positions of assertions that contradict each other; all where z3 finds no fewer."""
    named = [i for i, a in enumerate(query.assertions) if a.label]
    always = [i for i, a in enumerate(query.assertions) if not a.label]
    # Tracking leads z3 away from its best strategy, so this is a guess that may fail.
    answer = engines.z3.ask(query.text, _ASK, core=True)
    kept = [i for i in named if i in answer.core or answer.status != "unsat"]
    if not _contradict(query, [*kept, *always]):
        kept = named
    deadline = time.monotonic() + _POLISH
    for i in list(kept):
        fewer = [k for k in kept if k != i]
        if time.monotonic() < deadline and _contradict(query, [*fewer, *always]):
            kept = fewer
    return sorted([*kept, *always])


def _contradict(query: Query, positions: list[int]) -> bool:
    return engines.z3.ask(query.keeping(positions).text, _ASK).status == "unsat"
