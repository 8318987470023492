"""A statement that proves itself, names numbers that break it, and is tried on random ones.

A `Theorem` adds to its `Statement` where counterexamples are looked for and how
numbers become cases for the ordinary solvers. The same claim is

- proved (`verdict`), together with every step, each by `missiongame.proof.prove`;
- broken without any one assumption (`witness`): the engine finds the numbers and
  the ordinary solvers replay them;
- tried on random numbers (`check`), evaluated exactly and through the solvers;
- printed (`side_by_side`, `latex`, `smtlib`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from missiongame.catalogue import views
from missiongame.catalogue.counterexample import hunt
from missiongame.catalogue.evaluation import holds_at
from missiongame.catalogue.joint_verdict import joint_verdict
from missiongame.catalogue.statement import Numbers, Statement
from missiongame.errors import ReplayDisagrees, illegal
from missiongame.proof import Proved, Verdict, prove

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


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
class Theorem(Statement):
    """A statement about communities that proves itself.

    Attributes
    ----------
    small : Small
        Where witnesses are looked for.
    special : dict of str to Small
        For an assumption's name, another place to look.
    case : callable from numbers of `small` (or of the assumption's `special`) to a `Case`
    cases : callable that returns a hypothesis strategy of `Case`, assumptions satisfied
    outside : dict of str to such callables
        For an assumption's name, cases drawn without any care for that assumption; under
        another name, without care for any.

    The others are those of `Statement`.
    """

    small: Small
    case: Callable[[Numbers], Case]
    cases: Callable[[], SearchStrategy[Any]]
    outside: Mapping[str, Callable[[], SearchStrategy[Any]]]
    special: Mapping[str, Small] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<theorem {self.name}: {self.title}>"

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
        parts = []
        for step in self.queries():
            parts.append(prove(step.claim, assuming=dict(step.assuming), timeout=timeout))
            if not isinstance(parts[-1], Proved):
                break
        return joint_verdict(self, parts)

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
        from hypothesis import HealthCheck, Phase, given, settings

        tally: Counter[str] = Counter()

        def the_statement_holds(case: Case) -> None:
            inside, points = self.check_case(case)
            tally.update({"cases" if inside else "outside": 1, "points": points})

        each = -(-examples // max(1, len(self.outside)))
        for drawn, count in ((self.cases, examples), *((f, each) for f in self.outside.values())):
            limits = settings(
                max_examples=count,
                deadline=None,
                database=None,
                report_multiple_bugs=False,
                phases=[phase for phase in settings().phases if phase is not Phase.explain],
                suppress_health_check=list(HealthCheck),
            )
            limits(given(drawn())(the_statement_holds))()
        return Tally(tally["cases"], tally["points"], tally["outside"])

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
        premises = self.premises.values()
        spoken_of = [p for p in points if all(_at(premise, p, False) for premise in premises)]
        inside = len(spoken_of) == len(points)
        if inside and not case.holds():
            raise AssertionError(f"{self.name} fails: {case.story()}")
        for point in spoken_of:
            for name, part in self.parts.items():
                if not _at(part, point, True):
                    raise AssertionError(f"{self.name}, {name}: fails at {dict(point)}")
        return inside, len(spoken_of)

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
        return views.side_by_side(self, width)

    def latex(self) -> str:
        """Return setting, assumptions and claim as a LaTeX ``align*`` block."""
        return views.latex(self)

    def smtlib(self, timeout: float = 10) -> str:
        """Return every query as SMT-LIB text: each ``check-sat`` should say ``unsat``."""
        return self.verdict(timeout).smtlib


def _at(claim: Any, point: Numbers, undefined: bool) -> bool:
    """Return whether a claim holds at a point, or `undefined` where it is that."""
    try:
        return holds_at(claim, point)
    except ZeroDivisionError:
        return undefined
