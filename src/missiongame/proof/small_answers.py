"""A counterexample, a contradiction, to a small one: simple numbers, few assumptions.

An engine's model satisfies the query and little else: its numbers are long or
irrational where 1 would do. `simplified` fixes the symbols one by one at the
first simple number that still works. `unsatisfiable_core` drops assumptions
one by one as long as the rest still contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from missiongame.proof import engines
from missiongame.proof.budget import Budget
from missiongame.proof.engines.process import Status
from missiongame.proof.question import Question
from missiongame.proof.smtlib import Assertion, Query, rational

_SIMPLE = ("0", "1", "-1", "2", "-2", "3", "-3", "4", "1/2", "-1/2", "5", "10")
_AS_IT_IS = tuple(f"{k}/1" for k in range(-5, 11))
_EFFORT, _PART = 0.02, 0.2
"""Of the call's effort, and of the seconds left, for one of these questions."""
_POLISH = 0.1
"""Of the call's effort, for all that make one model simple."""


def simplified(
    query: Query, question: Question, model: Mapping[str, Any], budget: Budget
) -> Mapping[str, Any]:
    """Return a model of `query` with simple rational numbers, where that takes little effort."""
    effort = _POLISH * budget.seconds
    for symbol in question.symbols:
        name = question.names[question.translation.leaves[symbol]]
        value = model.get(name.strip("|"), "0/1")
        if value in _AS_IT_IS and _rational(model):  # the model shows that fixing it loses nothing
            query = query.adding(_fixed(name, value))
            continue
        best: tuple[Query, Mapping[str, Any]] | None = None
        for candidate in _candidates(value):
            if effort <= 0:
                break
            pinned = query.adding(_fixed(name, candidate))
            answer = budget.try_out(engines.z3, pinned.text, _EFFORT, _PART)
            effort -= answer.spent
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
    values = {name: model.get(name.strip("|")) for name in question.names.values()}
    return [_fixed(name, value) for name, value in values.items() if isinstance(value, str)]


def _fixed(name: str, value: str | Fraction) -> Assertion:
    text = value if value in ("true", "false") else rational(Fraction(value))
    return Assertion(f"(= {name} {text})")


@dataclass(frozen=True)
class Core:
    """Positions of assertions that contradict each other.

    `minimal` says that each labelled one is needed: without it the others have a solution.
    """

    positions: tuple[int, ...]
    minimal: bool


def unsatisfiable_core(
    query: Query, budget: Budget, status: Callable[[Query], Status], start: tuple[int, ...] = ()
) -> Core:
    """Return a contradictory part of a contradictory query, by deletion in order.

    `status` decides a part; `start`, where given, are the labelled positions to begin with.
    """
    named = [i for i, a in enumerate(query.assertions) if a.label]
    always = [i for i, a in enumerate(query.assertions) if not a.label]
    kept = list(start)
    if not kept:
        # Tracking leads z3 away from its best strategy, so this is a guess that may fail.
        answer = budget.try_out(engines.z3, query.text, _EFFORT, _PART, core=True)
        kept = [i for i in named if i in answer.core or answer.status != "unsat"]
    if kept != named and status(query.keeping([*kept, *always])) != "unsat":
        kept = named
    minimal = True
    for i in list(kept):
        fewer = [k for k in kept if k != i]
        told = status(query.keeping([*fewer, *always]))
        if told == "unsat":
            kept = fewer
        minimal &= told != "unknown"
    return Core(tuple(sorted([*kept, *always])), minimal)


def decided(budget: Budget, by: tuple[str, ...]) -> Callable[[Query], Status]:
    """Return what decides a part of a query that the engines `by` have decided."""

    def status(query: Query) -> Status:
        told: Status = "unknown"
        for engine in (engines.z3, engines.cvc5)[: 1 if "z3" in by else 2]:
            told = budget.try_out(engine, query.text, 2 * _EFFORT, _PART).status
            if told != "unknown":
                break
        return told

    return status
