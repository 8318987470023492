"""A claim and its assumptions to a verdict: does it follow, for all real values?

With D the domain, A the assumptions and C the claim, over the reals:

    D ∧ A ∧ ¬C  satisfiable    Refuted, at the model, once it is checked exactly;
                               D ∧ A ∧ C tells whether always or only sometimes
    D ∧ A ∧ ¬C  unsatisfiable  Proved if D ∧ A is satisfiable, Vacuous if it is not

z3 decides; cvc5 confirms each answer on the same text (a counterexample at its
own numbers). Opposite answers raise `EnginesDisagree`. A claim that SymPy made
true or false when it was built is `Evaluated`: there is nothing left to ask.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import sympy as sp

from missiongame.errors import EnginesDisagree, NotTranslatable
from missiongame.proof import engines
from missiongame.proof.budget import Budget, seconds_of
from missiongame.proof.engines import Engine, Reply
from missiongame.proof.engines.process import Status
from missiongame.proof.equalities_first import reduced
from missiongame.proof.question import Question, ask
from missiongame.proof.small_answers import decided, pins, simplified, unsatisfiable_core
from missiongame.proof.smtlib import Query
from missiongame.proof.verdicts import Evaluated, Proved, Refuted, Unknown, Vacuous
from missiongame.proof.witness import Witness, read

AnyVerdict: TypeAlias = Proved | Refuted | Unknown | Vacuous | Evaluated
Ending: TypeAlias = tuple[type[AnyVerdict], dict[str, Any]]

_INEXACT = (
    "an engine gave numbers that break the claim, but they could not be checked exactly; "
    "try assumptions that fix the irrational ones"
)
_BY_EQUALITIES = (
    "SymPy used the equalities first (eliminated, divided, shared factors replaced by "
    "variables); the weaker query that is left has no solution"
)
_MORE_TIME = "try a longer timeout, stronger assumptions, or fewer variables"

# Of the call's effort, and of the seconds that are left, for one question to one engine:
_QUICK = (0.1, 0.35)
_ONE_READING = ((0.4, 0.5),)
_READINGS = ((0.08, 0.25), (0.12, 0.3), (0.25, 0.5))  # the one, the other, and the first again


def prove(
    claim: Any,
    assuming: Any = (),
    timeout: float = 10,
    lemmas: Iterable[str] = (),
    scope: str | None = None,
    confirm: bool = True,
) -> AnyVerdict:
    """Decide whether a claim follows from assumptions, for all real values of its symbols.

    Parameters
    ----------
    claim : sympy Boolean
        As SymPy holds it: what SymPy simplified when it was built (x/x is 1) is not
        seen. Relations of polynomials, rational functions, roots, `Piecewise`, `Min`,
        `Max`, `Abs` and arbitrary functions (``sympy.Function("G")``), joined by
        `And`, `Or`, `Not`, `Implies`, …; no quantifiers. It is read where it is
        defined: see ``verdict.domain``.
    assuming : list of sympy Boolean, or dict of str to sympy Boolean
        Also properties of arbitrary functions: `increasing`, `convex`, ….
    timeout : float
        Seconds for the whole call (but for starting the engines, once in a session).
        Engines are also limited in their own steps, in proportion, which ends them
        alike on every machine; where the clock was first, ``verdict.timed_out`` says so.
    lemmas : iterable of str
        Cited lemmas that the claim's reading rests on; shown in the verdict.
    scope : str, optional
        For which cases the claim speaks ("every n"); shown in the verdict.
    confirm : bool
        Whether cvc5 checks what z3 found.

    Returns
    -------
    Proved, Refuted, Vacuous or Unknown
        `Evaluated` where SymPy made the claim true or false before it could be read.

    Raises
    ------
    InvalidType, InvalidValue
        If the claim is not a SymPy Boolean over real symbols, or the time-out not positive.
    EnginesDisagree
        If the engines give opposite answers.

    Examples
    --------
    >>> import sympy as sp
    >>> x, y = sp.symbols("x y", real=True)
    >>> verdict = prove(x * y <= (x**2 + y**2) / 2)
    >>> type(verdict).__name__, verdict.engines
    ('Proved', ('z3', 'cvc5'))
    >>> verdict = prove(x**2 >= x, assuming={"not negative": x >= 0})
    >>> type(verdict).__name__, verdict.fails
    ('Refuted', 'sometimes')
    """
    start = time.perf_counter()
    cited: dict[str, Any] = {"lemmas": tuple(lemmas), "scope": scope}
    budget = Budget(seconds_of(timeout))
    try:
        question = ask(claim, assuming)
    except NotTranslatable as error:
        return Unknown(claim=claim, reason=str(error), seconds=time.perf_counter() - start, **cited)
    found = _Decision(question, budget, confirm).verdict()
    cited["timed_out"] = budget.timed_out
    cited["seconds"] = time.perf_counter() - start
    return _completed(found, question, cited)


def breaking_numbers(claim: Any, assuming: Any = (), timeout: float = 10) -> dict[Any, Any] | None:
    """Return the first numbers at which z3 says that a claim fails, unchecked; None if none.

    This spares what `prove` does to report on a claim: whoever asks checks the numbers.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x", real=True)
    >>> breaking_numbers(x**2 > 0)
    {x: 0}
    """
    question = ask(claim, assuming)
    answer = engines.z3.ask(_against(question).text, timeout)
    return dict(read(question, answer.model).numbers) if answer.status == "sat" else None


def _completed(found: Ending, question: Question, cited: dict[str, Any]) -> AnyVerdict:
    """Build the verdict with what all verdicts of this question share."""
    kind, fields = found
    query = question.premises.adding(question.no)
    return kind(
        **{
            "claim": question.claim,
            "assumptions": {**question.declared, **question.assumptions},
            "domain": question.domain,
            "evaluated": question.evaluated,
            "floats": question.floats,
            "smtlib": query.script(f"unsatisfiable iff the claim follows:\n{question.claim}"),
            **cited,
            **fields,
        }
    )


@dataclass(frozen=True)
class _Posed:
    """A query in one reading of the question, and what was answered."""

    question: Question
    query: Query
    answer: Reply

    def witness(self) -> Witness:
        return read(self.question, self.answer.model)

    def simplified(self, budget: Budget) -> _Posed:
        model = simplified(self.query, self.question, self.answer.model, budget)
        return replace(self, answer=replace(self.answer, model=dict(model)))


Select: TypeAlias = Callable[[Question], Query]


def _against(question: Question) -> Query:
    return question.premises.adding(question.no)


def _against_integers(question: Question) -> Query:
    return question.premises.adding(question.no, *question.integers)


def _premises(question: Question) -> Query:
    return question.premises.adding(*question.integers)


def _example(question: Question) -> Query:
    return question.premises.adding(question.yes, *question.integers)


class _Decision:
    """The steps from a question to a verdict: its type and its own fields.

    A question with denominators has two readings (see `translate`) that say the
    same; engines find now one, now the other easier.
    """

    def __init__(self, question: Question, budget: Budget, confirm: bool) -> None:
        self.question = question
        self.budget = budget
        self.confirm = confirm

    @cached_property
    def other(self) -> Question | None:
        """The reading with inverses as variables, if it differs."""
        q = self.question
        return ask(q.claim, q.assumptions, inverses=True) if q.translation.divides else None

    def verdict(self) -> Ending:
        q = self.question
        if q.claim in (sp.true, sp.false):
            return self._vacuous() or (Evaluated, {"truth": bool(q.claim)})
        quick = self.budget.ask(engines.z3, _against(q).text, *_QUICK)
        if quick.status == "unknown" and (by_equalities := self._equalities_first()):
            return by_equalities
        select: Select = _against
        posed, by = self._decide(select, quick)
        if posed.answer.status == "sat" and q.integers:
            select = _against_integers
            posed, by = self._decide(select)
        if posed.answer.status == "unsat":
            return self._follows(by, lambda: self._used(select, posed.query, by))
        if posed.answer.status == "sat":
            return self._fails(posed, by)
        reason = f"undecided ({posed.answer.reason}); {_MORE_TIME}"
        return self._vacuous() or (Unknown, {"reason": reason})

    def _vacuous(self) -> Ending | None:
        """Return the verdict if the assumptions contradict each other."""
        posed, by = self._decide(_premises)
        if posed.answer.status != "unsat":
            return None
        return Vacuous, {"engines": by, **self._used(_premises, posed.query, by)}

    def _equalities_first(self) -> Ending | None:
        """Return the verdict if the query that `reduced` makes already has no solution."""
        reduction = reduced(_against(self.question), self.question.names)
        if reduction is None:
            return None
        posed, by = self._decide(lambda _: reduction.query)
        if posed.answer.status != "unsat":
            return None

        def used() -> dict[str, Any]:
            core = unsatisfiable_core(reduction.query, self.budget, decided(self.budget, by))
            names = frozenset().union(*(reduction.sources[k] for k in core.positions))
            return self._used(_against, _against(self.question), by, names)

        kind, fields = self._follows(by, used)
        if kind is Proved:
            fields["reason"] = "; ".join(filter(None, (fields["reason"], _BY_EQUALITIES)))
            fields["smtlib"] = reduction.query.script(_BY_EQUALITIES)
        return kind, fields

    def _decide(self, select: Select, quick: Reply | None = None) -> tuple[_Posed, tuple[str, ...]]:
        """Return the answer and who gave it: z3, cvc5 where z3 does not know, or both.

        `quick` is what z3 has already said of the first reading; an unknown is asked again.
        """
        first = self._ask(engines.z3, select, quick)
        status = first.answer.status
        if status == "sat" or (status == "unsat" and not self.confirm):
            return first, ("z3",)
        second = self._ask(engines.cvc5, select)
        other = second.answer.status
        if status == "unknown":
            if other != "unknown":
                return second, ("cvc5",)
            reason = "; ".join(dict.fromkeys((first.answer.reason, second.answer.reason)))
            return replace(first, answer=Reply("unknown", reason=reason)), ()
        if other == "sat":
            raise EnginesDisagree(f"z3 says unsat, cvc5 says sat, of\n{second.query.text}")
        return first, ("z3", "cvc5") if other == "unsat" else ("z3",)

    def _ask(self, engine: Engine, select: Select, quick: Reply | None = None) -> _Posed:
        """Ask one engine in one reading after the other, until it knows."""
        posed = _Posed(self.question, select(self.question), quick or Reply("unknown"))
        if posed.answer.status != "unknown":
            return posed
        turns = list(zip((posed,), _ONE_READING, strict=True))
        if self.other is not None and select(self.other).text != posed.query.text:
            other = replace(posed, question=self.other, query=select(self.other))
            turns = list(zip((posed, other, posed), _READINGS, strict=True))
        for reading, limits in turns:
            posed = replace(reading, answer=self.budget.ask(engine, reading.query.text, *limits))
            if posed.answer.status != "unknown":
                break
        return posed

    def _follows(self, by: tuple[str, ...], used: Callable[[], dict[str, Any]]) -> Ending:
        """Tell whether what the claim follows from can hold together."""
        if any(a.label for a in _premises(self.question).assertions):
            posed, agreed = self._decide(_premises)
            status = posed.answer.status
            if status == "unsat":
                return Vacuous, {"engines": agreed, **self._used(_premises, posed.query, agreed)}
            if status == "unknown" or self._exact(posed.witness(), sp.true) is False:
                reason = (
                    "the claim follows, but whether the assumptions can hold together is "
                    f"undecided ({posed.answer.reason}); try an assumption that fixes some symbols"
                )
                return Unknown, {"reason": reason}
        note = "" if len(by) > 1 or not self.confirm else "confirmed by no second engine"
        return Proved, {"engines": by, "reason": note, **used()}

    def _fails(self, posed: _Posed, by: tuple[str, ...]) -> Ending:
        """Turn a model into an exact counterexample, and tell how often the claim fails."""
        q = self.question
        if not q.conclusive:
            return Unknown, {"reason": "a function is used at too many points to complete its grid"}
        posed = posed.simplified(self.budget)
        witness = posed.witness()
        if not self._exact(witness, q.claim, truth=False):
            return Unknown, {"reason": _INEXACT}
        if self.confirm and by == ("z3",) and self._agreed(posed):
            by = ("z3", "cvc5")
        return Refuted, {"engines": by, "witness": witness.point, **self._how_often()}

    def _how_often(self) -> dict[str, Any]:
        """Return whether the claim fails always, or an example of its holding."""
        posed, _ = self._decide(_example)
        if posed.answer.status == "unsat":
            return {"fails": "always"}
        if posed.answer.status == "sat":
            example = posed.simplified(self.budget).witness()
            if self._exact(example, self.question.claim):
                return {"fails": "sometimes", "example": example.point}
        return {"fails": "unknown"}

    def _agreed(self, posed: _Posed) -> bool:
        """Return whether cvc5 finds the query true at the model's rational numbers."""
        pinned = posed.query.adding(*pins(posed.question, posed.answer.model))
        answer = self.budget.ask(engines.cvc5, pinned.text, *_QUICK)
        if answer.status == "unsat":
            raise EnginesDisagree(f"z3 says sat, cvc5 says unsat, of\n{pinned.text}")
        return answer.status == "sat"

    def _exact(self, witness: Witness, claim: Any, truth: bool = True) -> bool | None:
        """Return whether assumptions, domain and declarations hold, and the claim as said."""
        q = self.question
        if not witness.obeys_declarations():
            return False
        checks = [witness.holds(b) for b in (*q.domain, *q.assumptions.values())]
        checks.append(witness.holds(claim, truth))
        return False if False in checks else None if None in checks else True

    def _used(
        self,
        select: Select,
        query: Query,
        by: tuple[str, ...],
        start: frozenset[str] | None = None,
    ) -> dict[str, Any]:
        """Return the names of assumptions that suffice, and whether none can be left out."""
        q = self.question
        status = self._status(q, by, start is not None)
        signs: set[str] = set(q.signs_used)
        if signs:  # ask where no sign was used in silence, so that each can be left out
            loud = ask(q.claim, q.assumptions, signs=False)
            told = self._status(loud, by, start is not None)
            if told(select(loud)) == "unsat":
                query, signs, status = select(loud), set(), told
        begin = tuple(i for i, a in enumerate(query.assertions) if a.label in (start or ()))
        core = unsatisfiable_core(query, self.budget, status, begin)
        names = [query.assertions[i].label for i in core.positions]
        silent = sorted(signs.difference(names))
        used = (*(n for n in names if n), *silent)
        return {"used": used, "minimal": core.minimal and not silent}

    def _status(
        self, question: Question, by: tuple[str, ...], reducing: bool
    ) -> Callable[[Query], Status]:
        """Return what decides a part of a query: the engines, or what `reduced` makes of it."""
        plainly = decided(self.budget, by)

        def status(query: Query) -> Status:
            told = plainly(query)
            if told == "unknown" and self.budget.left > 0:
                reduction = reduced(query, question.names)
                if reduction and plainly(reduction.query) == "unsat":
                    return "unsat"
            return told

        return status if reducing else plainly
