"""What a theorem is: one claim, and everything that is done with it.

A `Theorem` holds one SymPy claim, the legal ranges of its numbers (`setting`), its
named assumptions and the queries (`steps`) that carry it from one member or one
response to every community. The same claim is

- proved (`verdict`), together with every step, each by `missiongame.proof.prove`;
- broken without any one assumption (`witness`): the engine finds the numbers and
  the ordinary solvers replay them;
- tried on random numbers (`check`), evaluated exactly and through the solvers;
- printed (`side_by_side`, `latex`, `smtlib`).

The claim speaks of one member, one response or one choice, with the others
summarised by sums. What the English statement adds to it, each file's first lines
derive; every inference there is a step here or a cited lemma.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from missiongame.catalogue.counterexample import hunt
from missiongame.catalogue.replay import holds_at
from missiongame.errors import ReplayDisagrees, illegal
from missiongame.proof import Proved, Verdict, prove

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Numbers = Mapping[Any, Fraction]
"""Symbol to rational number."""


class Case(Protocol):
    """Numbers in the shape that the ordinary solvers take."""

    def holds(self) -> bool:
        """Return whether the statement holds here, computed by the solvers alone."""

    def story(self) -> str:
        """Return what happens here, in a line or two."""

    def points(self) -> Iterable[Numbers]:
        """Yield the numbers here at which the SymPy claim speaks.

        Together they show whether the theorem's assumptions hold here: one of them
        fails here if it fails at a point.
        """


@dataclass(frozen=True, eq=False)
class Step:
    """One query of a proof: `claim` follows from `assuming` (and the theorem's setting).

    Attributes
    ----------
    name : str
        What it establishes, in a few words.
    claim : sympy Boolean
    assuming : dict of str to sympy Boolean
        Hypotheses of its own; the theorem's assumptions only where it names them here.
    """

    name: str
    claim: Any
    assuming: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Small:
    """The theorem spelt out for one or two members: where the engine looks for witnesses.

    Attributes
    ----------
    claim, setting, assumptions
        As a theorem's, under the same names, in symbols of single members.
    telling : dict of str to sympy Boolean
        For an assumption's name, what makes its counterexample worth telling.
    money : tuple of sympy Symbol
        Symbols that may be multiplied by one number, to make fractions whole.
    """

    claim: Any
    setting: Mapping[str, Any]
    assumptions: Mapping[str, Any]
    telling: Mapping[str, Any] = field(default_factory=dict)
    money: tuple[Any, ...] = ()


@dataclass(frozen=True, eq=False)
class Witness:
    """Numbers that satisfy all assumptions but one, and break the claim.

    Attributes
    ----------
    assumption : str
        The one that was left out.
    numbers : dict of sympy Symbol to Fraction
    case : Case
        The same numbers in the shape that the solvers take.
    """

    theorem: str
    assumption: str
    numbers: Numbers
    case: Case

    def replay(self) -> str:
        """Run the numbers through the ordinary solvers; return what happens.

        Raises
        ------
        ReplayDisagrees
            If the statement holds there.
        """
        if self.case.holds():
            raise ReplayDisagrees(
                f"{self.theorem} without {self.assumption!r}: the engine refutes it at "
                f"{self._at()}, the solvers do not: {self.case.story()}"
            )
        return self.case.story()

    def _at(self) -> str:
        return ", ".join(f"{symbol} = {value}" for symbol, value in self.numbers.items())

    def __str__(self) -> str:
        return f"without {self.assumption!r}: {self._at()}\n{self.case.story()}"


@dataclass(frozen=True)
class Tally:
    """What `Theorem.check` tried.

    Attributes
    ----------
    cases : int
        Cases that satisfy every premise, decided by the solvers.
    points : int
        Numbers that satisfy every premise, at which the SymPy claim was evaluated.
    outside : int
        Cases drawn in vain, because some premise fails there.
    """

    cases: int
    points: int
    outside: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Theorem:
    """A statement about communities that proves itself.

    Attributes
    ----------
    name, title : str
    statement : str
        One English sentence.
    words : dict of str to str
        For each assumption and each part of the claim, by name, the words of the
        statement that say it.
    explanation : str
        What it says and why, for a reader new to the field.
    parts : dict of str to sympy Boolean
        The claim's parts, by name.
    assumptions : dict of str to sympy Boolean
        Each is needed: see `witness`.
    setting : dict of str to sympy Boolean
        The legal ranges of the numbers and the meaning of the claim's symbols.
    source : str
    steps : tuple of Step
        What carries the claim to the statement.
    lemmas : tuple of str
        Cited, not machine-checked.
    scope : str
    small : Small
        Where witnesses are looked for.
    special : dict of str to Small
        For an assumption's name, another place to look.
    case : callable from numbers of `small` (or of the assumption's `special`) to a `Case`
    cases : callable that returns a hypothesis strategy of `Case`, assumptions satisfied
    outside : dict of str to such callables
        For an assumption's name, cases drawn without any care for that assumption; under
        another name, without care for any.
    """

    name: str
    title: str
    statement: str
    words: Mapping[str, str]
    explanation: str
    parts: Mapping[str, Any]
    assumptions: Mapping[str, Any]
    setting: Mapping[str, Any]
    source: str
    small: Small
    case: Callable[[Numbers], Case]
    cases: Callable[[], SearchStrategy[Any]]
    outside: Mapping[str, Callable[[], SearchStrategy[Any]]]
    steps: tuple[Step, ...] = ()
    lemmas: tuple[str, ...] = ()
    scope: str = "every n"
    special: Mapping[str, Small] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<theorem {self.name}: {self.title}>"

    @property
    def claim(self) -> Any:
        """The claim: all of its parts."""
        import sympy

        return sympy.And(*self.parts.values())

    @property
    def premises(self) -> dict[str, Any]:
        """Setting and assumptions together, by name."""
        return {**self.setting, **self.assumptions}

    def queries(self) -> tuple[Step, ...]:
        """Return all that a verdict proves: each part of the claim from its premises, the steps."""
        claimed = (Step(name, part, self.premises) for name, part in self.parts.items())
        return (*claimed, *self.steps)

    def verdict(self, timeout: float = 10) -> Verdict:
        """Prove the theorem afresh.

        Parameters
        ----------
        timeout : float
            Seconds for each claim that is put to the engines.

        Returns
        -------
        Verdict
            `Proved` only if the claim and every step are; else the first verdict that
            is not, with the query's name in its reason.
        """
        from missiongame.catalogue.conjunction import together

        parts = []
        for step in self.queries():
            parts.append(prove(step.claim, assuming=dict(step.assuming), timeout=timeout))
            if not isinstance(parts[-1], Proved):
                break
        return together(self, parts)

    def witness(self, assumption: str, timeout: float = 60) -> Witness:
        """Find numbers that satisfy every assumption but this one and break the claim.

        The engine finds them by solving the negated claim; `Witness.replay` runs them
        through the ordinary solvers.

        Raises
        ------
        InvalidValue
            If the theorem has no such assumption.
        MissionGameError
            If the engine finds none.
        """
        if assumption not in self.assumptions:
            raise illegal("assumption", assumption, f"one of {', '.join(self.assumptions)}")
        small = self.special.get(assumption, self.small)
        others = {k: v for k, v in small.assumptions.items() if k != assumption}
        premises = {**small.setting, **others}
        if assumption in small.telling:
            premises["worth telling"] = small.telling[assumption]
        numbers = hunt(small.claim, premises, small.money, timeout)
        return Witness(self.name, assumption, numbers, self.case(numbers))

    def check(self, examples: int = 200) -> Tally:
        """Try random cases: through the solvers, and the SymPy claim evaluated exactly.

        Half of the cases are drawn so that the theorem as it came satisfies its
        assumptions. The others are drawn without that care, one assumption at a time,
        and kept where every premise *that this theorem states* holds. So a copy with an
        assumption deleted or weakened is contradicted too. What it cannot find: a false
        claim about communities larger than the few members that are drawn, a
        counterexample rarer than the examples, or one that a premise excludes.

        Parameters
        ----------
        examples : int
            How many cases are drawn inside; as many again, in all, outside.

        Raises
        ------
        AssertionError
            With the smallest case found that contradicts the theorem.
        """
        tally = Tally(0, 0, 0)
        each = -(-examples // max(1, len(self.outside)))
        for drawn, count in ((self.cases, examples), *((f, each) for f in self.outside.values())):
            tally = self._try(drawn(), count, tally)
        return tally

    def _try(self, drawn: SearchStrategy[Any], examples: int, before: Tally) -> Tally:
        from hypothesis import HealthCheck, Phase, given, settings

        tally = [before.cases, before.points, before.outside]

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=[phase for phase in settings().phases if phase is not Phase.explain],
            suppress_health_check=list(HealthCheck),
        )
        @given(drawn)
        def the_statement_holds(case: Case) -> None:
            inside, points = self.check_case(case)
            tally[0 if inside else 2] += 1
            tally[1] += points

        the_statement_holds()
        return Tally(*tally)

    def check_case(self, case: Case) -> tuple[bool, int]:
        """Assert that the claim holds wherever its premises do, and so the statement.

        Returns
        -------
        inside : bool
            Whether every premise holds at every point of the case; only then is the
            statement asked of the solvers.
        points : int
            At how many points the claim was evaluated.
        """
        points = list(case.points())
        spoken_of = [point for point in points if self._speaks_of(point)]
        inside = len(spoken_of) == len(points)
        if inside and not case.holds():
            raise AssertionError(f"{self.name} fails: {case.story()}")
        for point in spoken_of:
            for name, part in self.parts.items():
                if not _holds_where_defined(part, point):
                    raise AssertionError(f"{self.name}, {name}: fails at {dict(point)}")
        return inside, len(spoken_of)

    def _speaks_of(self, point: Numbers) -> bool:
        try:
            return all(holds_at(premise, point) for premise in self.premises.values())
        except ZeroDivisionError:
            return False

    def side_by_side(self, width: int = 100) -> str:
        """Return the statement and, line by line, its words beside the formula that is proved.

        Examples
        --------
        >>> from missiongame.catalogue import theorems
        >>> print(theorems["temptation"].side_by_side())
        A member whom the mission does not repel is never tempted more to leave when ...
        assume  purpose not negative: ...  α ≥ 0
        ...
        """
        from missiongame.catalogue.words import beside

        return beside(self, width)

    def latex(self) -> str:
        """Return setting, assumptions and claim as a LaTeX ``align*`` block."""
        from missiongame.catalogue.latex import typeset

        return typeset(self)

    def smtlib(self, timeout: float = 10) -> str:
        """Return every query as SMT-LIB text: each ``check-sat`` should say ``unsat``."""
        return self.verdict(timeout).smtlib


def _holds_where_defined(claim: Any, point: Numbers) -> bool:
    try:
        return holds_at(claim, point)
    except ZeroDivisionError:
        return True
