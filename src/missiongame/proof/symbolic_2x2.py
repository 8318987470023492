"""A two-by-two game with symbolic payoffs to all its equilibria, and when each exists.

A, B: payoffs of the row and the column player. x: probability of row 0,
y: probability of column 0. What row 0 gains over row 1 against column 0, and
row 1 over row 0 against column 1; likewise for the columns:

    a = A00 − A10    b = A11 − A01          c = B00 − B01    d = B11 − B10

Equilibria by support; a rational function of the payoffs where one number is
determined, a free probability where a whole segment is in equilibrium:

    row i, column j        neither gains by leaving
    both rows, column j    the row player is indifferent against j; x with j best
    row i, both columns    likewise; y with i best
    both, both             y = b/(a+b) where ab > 0, any y where a = b = 0;
                           x = d/(c+d) where cd > 0, any x where c = d = 0

Together these are all equilibria at all parameter values, degenerate ones too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

import sympy as sp

from missiongame.errors import illegal, wrong_type
from missiongame.exact import fraction
from missiongame.proof.comparative_statics import statics
from missiongame.proof.decide import prove
from missiongame.proof.findings import Statics
from missiongame.proof.question import named
from missiongame.proof.verdicts import Proved, Verdict

Shares: TypeAlias = tuple[Any, Any]
Strategy: TypeAlias = tuple[tuple[int, ...], Shares]
"""A player's support, and the probabilities of row (or column) 0 and 1."""

_PURE: tuple[Strategy, ...] = (((0,), (sp.S.One, sp.S.Zero)), ((1,), (sp.S.Zero, sp.S.One)))
_BOTH = (0, 1)


@dataclass(frozen=True)
class SymbolicEquilibrium:
    """A family of equilibria with one support.

    Attributes
    ----------
    rows, columns : tuple of int
        The support.
    row, column : tuple of two SymPy expressions
        The probabilities.
    condition : sympy Boolean
        When this is an equilibrium with exactly this support: polynomial relations
        of the payoffs, and of the free probabilities where there are any.
    free : tuple of sympy Symbol
        Probabilities that may be anything that `condition` allows.
    generic : bool
        Whether `condition` holds on a set of payoffs with interior.
    """

    game: SymbolicGame = field(repr=False)
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    row: Shares
    column: Shares
    condition: Any
    free: tuple[Any, ...] = ()

    @property
    def generic(self) -> bool:
        """Whether it exists for an open set of payoffs: no indifference by coincidence."""
        return len(self.rows) == len(self.columns) and not self.free

    @property
    def payoffs(self) -> tuple[Any, Any]:
        """What the row and the column player get."""
        return self._expected(self.game.A), self._expected(self.game.B)

    def _expected(self, matrix: Any) -> Any:
        cells = itertools.product((0, 1), repeat=2)
        return sp.factor(sum(self.row[i] * self.column[j] * matrix[i][j] for i, j in cells))

    def prove(self, claim: Any, assuming: Any = (), timeout: float = 10) -> Verdict:
        """Decide a claim about this equilibrium wherever it exists."""
        return prove(claim, self._premises(assuming), timeout=timeout)

    def statics(
        self, quantities: Any, parameter: Any, assuming: Any = (), timeout: float = 10
    ) -> Statics:
        """Tell how quantities move with a parameter, as long as this equilibrium exists.

        Examples
        --------
        Staying pays m + k·[the other stays], leaving pays w:

        >>> m, k, w = sp.symbols("m k w", real=True)
        >>> game = SymbolicGame([[m + k, m], [w, w]], [[m + k, w], [m, w]])
        >>> mixed = game.equilibria(assuming=[k > 0])[-1]
        >>> print(mixed.statics({"defection": mixed.row[1]}, m, assuming=[k > 0]))
        As m rises:
          defection: rises strictly, from k > 0
        """
        return statics(quantities, parameter, self._premises(assuming), timeout)

    def _premises(self, assuming: Any) -> dict[str, Any]:
        return {"the equilibrium exists": self.condition, **named(assuming)}

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}, if {self.condition}"


class SymbolicGame:
    """A two-by-two game whose payoffs are SymPy expressions.

    Parameters
    ----------
    A, B : 2×2 nested lists or SymPy matrices
        Payoffs of the row and the column player; parameters are real symbols.

    Examples
    --------
    >>> v = sp.Symbol("v", real=True)
    >>> pennies = SymbolicGame([[v, 0], [0, 1]], [[0, 1], [1, 0]])
    >>> (mixed,) = pennies.equilibria(assuming=[v > 0])
    >>> mixed.row, mixed.column
    ((1/2, 1/2), (1/(v + 1), v/(v + 1)))
    """

    def __init__(self, A: Any, B: Any) -> None:
        self.A = _matrix(A, "A")
        self.B = _matrix(B, "B")
        used = {s.name for m in (self.A, self.B) for row in m for e in row for s in e.free_symbols}
        self.x, self.y = (_fresh(name, used) for name in "xy")

    @cached_property
    def gains(self) -> tuple[Any, Any, Any, Any]:
        """The four differences a, b, c, d that decide everything."""
        (a00, a01), (a10, a11) = self.A
        (b00, b01), (b10, b11) = self.B
        differences = a00 - a10, a11 - a01, b00 - b01, b11 - b10
        a, b, c, d = map(sp.factor, differences)
        return a, b, c, d

    @cached_property
    def families(self) -> tuple[SymbolicEquilibrium, ...]:
        """All families of equilibria: four pure, four half mixed, four mixed ones."""
        sides = itertools.chain(
            itertools.product(_PURE, _PURE),
            (((_BOTH, _mix(self.x)), pure) for pure in _PURE),
            ((pure, (_BOTH, _mix(self.y))) for pure in _PURE),
        )
        return (*itertools.starmap(self._unmixed, sides), *self._mixed())

    def _leads(self, row: Shares, column: Shares) -> tuple[Any, Any]:
        """Return what row 0 gains over row 1 against a column strategy; likewise column 0."""
        a, b, c, d = self.gains
        return column[0] * a - column[1] * b, row[0] * c - row[1] * d

    def equilibria(
        self, assuming: Any = (), timeout: float = 10
    ) -> tuple[SymbolicEquilibrium, ...]:
        """Return the families that exist somewhere under the assumptions.

        Left out are those whose condition contradicts the assumptions, by proof.
        """
        return tuple(e for e in self.families if not self._excluded(e, assuming, timeout))

    def _excluded(self, family: SymbolicEquilibrium, assuming: Any, timeout: float) -> bool:
        if family.condition == sp.false:
            return True
        return isinstance(prove(sp.Not(family.condition), assuming, timeout=timeout), Proved)

    def is_equilibrium(self, x: Any, y: Any) -> Any:
        """Return the condition for (x, 1 − x), (y, 1 − y) to be an equilibrium.

        Where a strategy is used, it is a best answer; quantifier-free, and the
        definition that the families are checked against.
        """
        row, column = self._leads(_mix(x), _mix(y))
        legal = sp.And(x >= 0, x <= 1, y >= 0, y <= 1)
        best = [
            sp.Implies(x > 0, row >= 0),
            sp.Implies(x < 1, row <= 0),
            sp.Implies(y > 0, column >= 0),
            sp.Implies(y < 1, column <= 0),
        ]
        return sp.And(legal, *best)

    def _unmixed(self, rows: Strategy, columns: Strategy) -> SymbolicEquilibrium:
        """Return the family in which at most one side mixes, as it likes."""
        leads = self._leads(rows[1], columns[1])
        conditions, free = [], []
        for (support, shares), lead in zip((rows, columns), leads, strict=True):
            if support == _BOTH:
                conditions += [sp.Eq(lead, 0), *_inside(shares[0])]
                free.append(shares[0])
            else:
                conditions.append((lead if support == (0,) else -lead) >= 0)
        return SymbolicEquilibrium(
            self, rows[0], columns[0], rows[1], columns[1], sp.And(*conditions), tuple(free)
        )

    def _mixed(self) -> Iterator[SymbolicEquilibrium]:
        a, b, c, d = self.gains
        for row, row_condition, row_free in _shares(d, c, self.x):
            for column, column_condition, column_free in _shares(b, a, self.y):
                condition, free = sp.And(row_condition, column_condition), row_free + column_free
                yield SymbolicEquilibrium(self, _BOTH, _BOTH, row, column, condition, free)

    def at(self, numbers: Mapping[Any, Any]) -> list[SymbolicEquilibrium]:
        """Return the families that exist at given numbers, with the numbers put in.

        A family with free probabilities keeps them in its condition.
        """
        found = []
        for e in self.families:
            condition = e.condition.subs(numbers)
            if condition != sp.false:
                row, column = ((s.subs(numbers), t.subs(numbers)) for s, t in (e.row, e.column))
                found.append(replace(e, row=row, column=column, condition=condition))
        return found


def _shares(own: Any, other: Any, free: Any) -> Iterator[tuple[Shares, Any, tuple[Any, ...]]]:
    """Yield the mixtures that leave the other player indifferent, with their conditions."""
    total = sp.factor(own + other)
    if total != 0:
        yield (sp.cancel(own / total), sp.cancel(other / total)), own * other > 0, ()
    yield _mix(free), sp.And(sp.Eq(own, 0), sp.Eq(other, 0), *_inside(free)), (free,)


def _mix(p: Any) -> Shares:
    return p, 1 - p


def _inside(p: Any) -> tuple[Any, Any]:
    return p > 0, p < 1


def _fresh(name: str, used: set[str]) -> Any:
    while name in used:
        name += "_"
    return sp.Symbol(name, real=True)


def _matrix(values: Any, argument: str) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    rows = values.tolist() if hasattr(values, "tolist") else values
    shaped = isinstance(rows, (list, tuple)) and len(rows) == 2
    if not shaped or not all(isinstance(r, (list, tuple)) and len(r) == 2 for r in rows):
        raise illegal(argument, values, "a 2×2 matrix")
    first, last = ([_entry(v, f"{argument}[{i}]") for v in r] for i, r in enumerate(rows))
    return (first[0], first[1]), (last[0], last[1])


def _entry(value: Any, argument: str) -> Any:
    if isinstance(value, sp.Expr):
        return value
    if isinstance(value, str):
        raise wrong_type(argument, value, "a number or a SymPy expression")
    return sp.Rational(fraction(value, argument))
