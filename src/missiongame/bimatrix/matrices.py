"""From two payoff matrices, however given, to their exact value.

A bimatrix game (A, B): the row player picks i, the column player j, at once;
they get A_ij and B_ij. A profile (x, y) is a pair of probability vectors; it is
an equilibrium iff every i with x_i > 0 maximises (Ay)_i and every j with
y_j > 0 maximises (x'B)_j.

Each payoff counts as the number it is: a Python int of any size, a Fraction, a
Decimal, a SymPy rational, a NumPy integer of any type (none wraps), a float as
the binary number it is. Within, a matrix is held as integers over denominators:
A_ij = rows.whole[i, j] / rows.over[j], B_ij = columns.whole[j, i] / columns.over[i],
so that each player's matrix has that player's strategies as its rows, and one
denominator for each strategy of the other player. (Multiplying what one
strategy of the *other* player brings by a positive number changes no comparison
between a player's own strategies against it.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from missiongame.errors import Words, illegal, wrong_type
from missiongame.exact import Whole, fraction

Profile: TypeAlias = tuple[list[int], list[int]]
"""A pair (x, y) of mixed strategies in whole numbers, each up to a factor."""

_LEGAL = "a matrix of real numbers (rows of equal length, at least 1 x 1)"
_INT64 = 2**62


@dataclass(frozen=True, eq=False)
class OneSide:
    """One player's payoffs: own strategies by the other's, integers over denominators."""

    whole: Whole
    over: tuple[int, ...]

    @cached_property
    def fractions(self) -> tuple[tuple[Fraction, ...], ...]:
        """The payoffs as Fractions, own strategies by the other's."""
        return tuple(
            tuple(Fraction(int(v), d) for v, d in zip(row, self.over, strict=True))
            for row in self.whole
        )

    def part(self, own: Sequence[int], other: Sequence[int]) -> OneSide:
        """Return the payoffs of the game in which only these strategies are left."""
        return OneSide(self.whole[np.ix_(own, other)], tuple(self.over[k] for k in other))


@dataclass(frozen=True, eq=False)
class Bimatrix:
    """A game of two players in normal form, exact.

    `rows` holds A, row player's strategies first; `columns` holds B transposed.
    """

    rows: OneSide
    columns: OneSide

    @property
    def shape(self) -> tuple[int, int]:
        """How many strategies the row and the column player have."""
        m, n = self.rows.whole.shape
        return m, n

    @property
    def A(self) -> tuple[tuple[Fraction, ...], ...]:
        """The row player's payoffs, as Fractions."""
        return self.rows.fractions

    @property
    def B(self) -> tuple[tuple[Fraction, ...], ...]:
        """The column player's payoffs, as Fractions (rows as in A)."""
        return tuple(zip(*self.columns.fractions, strict=True))

    def part(self, rows: Sequence[int], columns: Sequence[int]) -> Bimatrix:
        """Return the game in which only these rows and columns are left."""
        return Bimatrix(self.rows.part(rows, columns), self.columns.part(columns, rows))

    def swapped(self) -> Bimatrix:
        """Return the game with the players' names exchanged."""
        return Bimatrix(self.columns, self.rows)


def read_game(A: Any, B: Any = None) -> Bimatrix:
    """Return the exact game that `A` and `B` describe.

    Parameters
    ----------
    A, B : matrices of real numbers, or A alone
        Nested sequences, NumPy arrays or SymPy matrices of one shape. A alone may be
        a `nashpy.Game` or a pygambit game of two players; a matrix alone stands for
        the zero-sum game (A, −A), as it does in nashpy.

    Raises
    ------
    InvalidValue, InvalidType
        On shapes that differ, empty or ragged input, NaN, infinity, strings,
        complex numbers, booleans and more than two players.

    Examples
    --------
    >>> read_game([[0.5, 1]], [["2", 1]])
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidType: B[0][0] is '2' (str); it should be a real number
    >>> read_game([[0.5, 1]]).B
    ((Fraction(-1, 2), Fraction(-1, 1)),)
    """
    if B is None:
        A, B = _whole_game(A)
    if B is None:
        first = matrix(A, "A")
        return _game(first, [[-v for v in row] for row in first])
    first, second = matrix(A, "A"), matrix(B, "B")
    if (len(first), len(first[0])) != (len(second), len(second[0])):
        raise illegal(
            "B", Words(f"of shape {_shape(second)}"), f"of the shape of A, {_shape(first)}"
        )
    return _game(first, second)


def matrix(values: Any, argument: str) -> list[list[Any]]:
    """Return `values` as a list of rows of Python ints and Fractions, exactly.

    Examples
    --------
    >>> matrix(np.array([[200, 1]], dtype=np.uint8), "A")
    [[200, 1]]
    """
    rows = _rows_of(values, argument)
    if not rows or any(len(row) != len(rows[0]) for row in rows) or not rows[0]:
        lengths = sorted({len(row) for row in rows})
        raise illegal(argument, Words(f"of {len(rows)} rows of lengths {lengths}"), _LEGAL)
    return [
        [_exact(v, f"{argument}[{i}][{j}]") for j, v in enumerate(r)] for i, r in enumerate(rows)
    ]


def _exact(value: Any, argument: str) -> int | Fraction:
    if type(value) is int:
        return value
    if type(value) is float and math.isfinite(value):
        return int(value) if value.is_integer() else Fraction(value)
    exact = fraction(value, argument)
    return exact.numerator if exact.denominator == 1 else exact


def _rows_of(values: Any, argument: str) -> list[list[Any]]:
    """Return nested lists, without letting NumPy round or wrap anything."""
    if isinstance(values, (str, bytes, dict, set, frozenset)):
        raise wrong_type(argument, values, _LEGAL)
    if hasattr(values, "to_numpy"):  # a data frame
        values = values.to_numpy()
    if hasattr(values, "tolist") and not isinstance(values, np.ndarray):  # a SymPy matrix
        values = values.tolist()
    if isinstance(values, np.ndarray):
        if values.ndim != 2:
            raise illegal(argument, Words(f"of {values.ndim} dimensions"), _LEGAL + ", two players")
        wide = values.dtype.kind == "f" and values.dtype.itemsize > 8
        return [list(row) for row in values] if wide else list(values.tolist())
    if not isinstance(values, Sequence):
        raise wrong_type(argument, values, _LEGAL)
    return [_row_of(row, f"{argument}[{i}]") for i, row in enumerate(values)]


def _row_of(row: Any, argument: str) -> list[Any]:
    if isinstance(row, np.ndarray) and row.ndim == 1:
        return list(row)
    if isinstance(row, (str, bytes)) or not isinstance(row, Sequence):
        raise wrong_type(argument, row, "a row of real numbers")
    if any(isinstance(v, (list, tuple, np.ndarray)) for v in row):
        raise illegal(argument, row, "a row of real numbers, in a game of two players")
    return list(row)


def _whole_game(game: Any) -> tuple[Any, Any]:
    """Return the two matrices of another library's game, or (A, None) of a bare matrix."""
    if hasattr(game, "payoff_matrices"):  # nashpy.Game
        A, B = game.payoff_matrices
        # nashpy negates unsigned payoffs by wrapping; its flag still knows what was meant.
        wrapped = game.zero_sum and np.asarray(A).dtype.kind == "u"
        return A, None if wrapped else B
    if hasattr(game, "to_arrays") and hasattr(game, "players"):  # a pygambit game
        if len(game.players) != 2:
            raise illegal(
                "A", Words(f"a game of {len(game.players)} players"), "one of two players"
            )
        A, B = game.to_arrays()
        return A, B
    return game, None


def _game(A: list[list[Any]], B: list[list[Any]]) -> Bimatrix:
    return Bimatrix(_one_side(A), _one_side([list(row) for row in zip(*B, strict=True)]))


def _one_side(payoffs: list[list[Any]]) -> OneSide:
    """Put the payoffs against each strategy of the other player over one denominator."""
    by_other = list(zip(*payoffs, strict=True))
    over = tuple(math.lcm(*{v.denominator for v in column}) for column in by_other)
    columns = [
        [v.numerator * (d // v.denominator) for v in column] if d > 1 else column
        for column, d in zip(by_other, over, strict=True)
    ]
    return OneSide(whole(list(zip(*columns, strict=True))), over)


def whole(rows: Sequence[Sequence[int]] | Whole) -> Whole:
    """Return a matrix of exact integers, int64 if they fit with a bit to spare."""
    exact = np.array(rows, dtype=object)
    if exact.size and max(exact.max(), -exact.min()) < _INT64:
        return exact.astype(np.int64)
    return exact


def primitive(values: Sequence[int]) -> list[int]:
    """Return integers divided by their greatest common divisor.

    Examples
    --------
    >>> primitive([4, 0, 6])
    [2, 0, 3]
    """
    common = math.gcd(*values)
    return [v // common for v in values]


def _shape(rows: list[list[Any]]) -> str:
    return f"{len(rows)} x {len(rows[0])}"
