"""From extreme equilibria to what `solve` answers: each certified, and the sets that they span.

X and Y hold the extreme strategies that take part, each once; `pairs` says which
two make an equilibrium. Everything else (certificates, maximal Nash subsets,
components, exports) is computed from these when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any, overload

from missiongame.bimatrix import export
from missiongame.bimatrix.certificate import Certificate, certify
from missiongame.bimatrix.matrices import Bimatrix
from missiongame.bimatrix.nash_subsets import Component, NashSubset, components
from missiongame.bimatrix.strategies import Mixed


class Reason(Enum):
    """Why an answer is not known to be complete; its value says what to do."""

    LIMIT = "the limit ran out; give more seconds, or ask `solve_extremes` for the two extremes"
    INTERRUPTED = "interrupted; what was found by then is here"
    MEMORY = "the best-response polytopes have too many vertices to hold"
    CANDIDATES = "the method proposes candidates and proves nothing; method='exact' does"

    def __str__(self) -> str:
        return self.value


REPEATED = "an equilibrium, found before"


@dataclass(frozen=True)
class Dropped:
    """A profile that a method returned and that was not kept, with the reason.

    Without a profile (`row` and `column` empty), what the method raised or warned of.
    """

    row: tuple[float, ...]
    column: tuple[float, ...]
    why: str

    @property
    def is_false(self) -> bool:
        """Whether this is a profile that is no extreme equilibrium."""
        return bool(self.row) and self.why != REPEATED


@dataclass(frozen=True)
class Equilibrium:
    """An equilibrium in the strategies of the game as it was given, all in Fractions.

    Attributes
    ----------
    row, column : tuple of Fraction
        The probabilities of the rows and of the columns.
    computed_by : str
        "nashpy" iff nashpy was asked and a vector of its own is within 10⁻⁶ of this one;
        else "exact enumeration", or "exact search" where `solve` did not enumerate all.
    """

    row: Mixed
    column: Mixed
    _game: Bimatrix = field(repr=False, compare=False)
    computed_by: str = field(default="exact search", repr=False, compare=False)

    @cached_property
    def certificate(self) -> Certificate:
        """Supports, payoffs, best-response slacks and regret, computed from the game."""
        return certify(self._game, self.row, self.column)

    @property
    def payoffs(self) -> tuple[Fraction, Fraction]:
        """What the row player and the column player expect."""
        return self.certificate.payoffs

    @property
    def regret(self) -> Fraction:
        """What deviating could gain either player: exactly zero."""
        return self.certificate.regret

    @property
    def row_support(self) -> tuple[int, ...]:
        """The rows that are played."""
        return tuple(i for i, p in enumerate(self.row) if p)

    @property
    def column_support(self) -> tuple[int, ...]:
        """The columns that are played."""
        return tuple(j for j, p in enumerate(self.column) if p)

    @property
    def row_slack(self) -> Mixed:
        """By how much each row falls short of the best one."""
        return self.certificate.row_slack

    @property
    def column_slack(self) -> Mixed:
        """By how much each column falls short of the best one."""
        return self.certificate.column_slack

    def __str__(self) -> str:
        def show(mixed: Mixed) -> str:
            return "(" + ", ".join(str(p) for p in mixed) + ")"

        return f"{show(self.row)}, {show(self.column)}"


@dataclass(frozen=True, eq=False)
class Equilibria(Sequence[Equilibrium]):
    """The extreme equilibria of a game, each once: a sequence of `Equilibrium`.

    Attributes
    ----------
    complete : bool
        True only when these are proven to be all extreme equilibria.
    reason : Reason or None
        Why not, otherwise.
    method : str
        The method that found them.
    dropped : tuple of Dropped
        What a method of nashpy returned that is no equilibrium, or an equilibrium
        returned before; and what it raised or warned of.
    nashpy : str
        What nashpy found of these, in a sentence; "" where it was not to be asked.
    """

    game: Bimatrix = field(repr=False)
    row_strategies: Sequence[Mixed] = field(repr=False)
    column_strategies: Sequence[Mixed] = field(repr=False)
    pairs: Sequence[tuple[int, int]] = field(repr=False)
    complete: bool
    method: str
    reason: Reason | None = None
    dropped: tuple[Dropped, ...] = ()
    nashpy: str = ""
    _by_nashpy: frozenset[tuple[int, int]] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.pairs)

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibrium, ...]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        if isinstance(index, slice):
            return tuple(self._equilibrium(*pair) for pair in self.pairs[index])
        return self._equilibrium(*self.pairs[index])

    def __iter__(self) -> Iterator[Equilibrium]:
        return (self._equilibrium(i, j) for i, j in self.pairs)

    def _equilibrium(self, i: int, j: int) -> Equilibrium:
        by = "exact enumeration" if self.complete else "exact search"
        if self._by_nashpy and (i, j) in self._by_nashpy:
            by = "nashpy"
        return Equilibrium(self.row_strategies[i], self.column_strategies[j], self.game, by)

    def __repr__(self) -> str:
        known = "all" if self.complete else f"incomplete: {self.reason}"
        what = "extreme equilibrium" if len(self) == 1 else "extreme equilibria"
        return f"<{len(self)} {what} by {self.method}, {known}>"

    @property
    def found_by_nashpy(self) -> int | None:
        """How many of these nashpy computed itself; None where it was not asked."""
        return None if self._by_nashpy is None else len(self._by_nashpy)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The connected components of the set of equilibria: unions of Nash subsets."""
        return components(self.row_strategies, self.column_strategies, self.pairs)

    @cached_property
    def nash_subsets(self) -> tuple[NashSubset, ...]:
        """The maximal Nash subsets: conv(rows) x conv(columns), all equilibria.

        With `complete`, their union is the set of all equilibria.
        """
        return tuple(subset for part in self.components for subset in part.subsets)

    def to_nashpy(self) -> Any:
        """Return the game as a `nashpy.Game` (floats; see `missiongame.bimatrix.export`)."""
        return export.to_nashpy(self.game.A, self.game.B)

    def to_nfg(self, title: str = "missiongame") -> str:
        """Return the game as Gambit's `.nfg` text, with exact payoffs."""
        return export.to_nfg(self.game.A, self.game.B, title)

    def latex(self) -> str:
        """Return the game's payoff table in LaTeX."""
        return export.latex(self.game.A, self.game.B)
