"""From extreme strategies in integers to the answer in Fractions, verified on the way.

Every equilibrium is verified in the game as it was given, before any reduction:
each strategy that is played must earn exactly the most that any strategy earns
against the other player's part. Where floats, with a bound on their rounding,
already prove a strategy to earn less, nothing else is computed for it; every
other comparison is made in integers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import overload

import numpy as np
import numpy.typing as npt

from missiongame.nash.equilibria import Dropped, Equilibria, Mixed, Reason
from missiongame.nash.exact import Paired
from missiongame.nash.payoffs import Bimatrix, OneSide, Profile, Whole

_ZERO = Fraction(0)
_CHUNK = 1_000_000


class Strategies(Sequence[Mixed]):
    """Mixed strategies held as integers; each becomes Fractions when it is looked at.

    Parameters
    ----------
    whole : integer array (strategies, kept)
        Each in proportion to the probabilities.
    kept : sequence of int
        Which pure strategies of the whole game the columns of `whole` are.
    size : int
        How many pure strategies the whole game has.
    """

    def __init__(self, whole: Whole, kept: Sequence[int], size: int) -> None:
        self._whole, self._kept, self._size = whole, list(kept), size
        self._seen: dict[int, Mixed] = {}

    def __len__(self) -> int:
        return len(self._whole)

    @overload
    def __getitem__(self, index: int) -> Mixed: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mixed, ...]: ...
    def __getitem__(self, index: int | slice) -> Mixed | tuple[Mixed, ...]:
        if isinstance(index, slice):
            return tuple(self[k] for k in range(*index.indices(len(self))))
        index = range(len(self))[index]
        if index not in self._seen:
            self._seen[index] = self._fractions(self._whole[index].tolist())
        return self._seen[index]

    def __iter__(self) -> Iterator[Mixed]:
        return (self[k] for k in range(len(self)))

    def _fractions(self, whole: list[int]) -> Mixed:
        total = sum(whole)
        mixed = [_ZERO] * self._size
        for at, value in zip(self._kept, whole, strict=True):
            if value:
                mixed[at] = Fraction(value, total)
        return tuple(mixed)


def paired(profiles: Sequence[Profile], shape: tuple[int, int]) -> Paired:
    """Return profiles (x, y) as extreme strategies, each once, and their pairs."""
    rows: dict[tuple[int, ...], int] = {}
    columns: dict[tuple[int, ...], int] = {}
    pairs = [
        (rows.setdefault(tuple(x), len(rows)), columns.setdefault(tuple(y), len(columns)))
        for x, y in profiles
    ]
    return Paired(
        np.array(list(rows), dtype=object).reshape(-1, shape[0]),
        np.array(list(columns), dtype=object).reshape(-1, shape[1]),
        np.array(pairs, dtype=np.intp).reshape(-1, 2),
    )


def answer(
    game: Bimatrix,
    kept: tuple[list[int], list[int]],
    found: Paired,
    method: str,
    reason: Reason | None = None,
    dropped: Iterable[Dropped] = (),
) -> Equilibria:
    """Return the verified answer to `game`, of whose reduced form `found` is.

    Raises
    ------
    RuntimeError
        If a profile is no equilibrium, which would be a mistake in this library.
    """
    row_order, column_order = _by_support(found.rows), _by_support(found.columns)
    rows, columns = found.rows[row_order], found.columns[column_order]
    pairs = np.stack(
        [np.argsort(row_order)[found.pairs[:, 0]], np.argsort(column_order)[found.pairs[:, 1]]],
        axis=1,
    )
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    _verify(game.rows, kept[1], columns, kept[0], rows, pairs[:, ::-1])
    _verify(game.columns, kept[0], rows, kept[1], columns, pairs)
    return Equilibria(
        game,
        Strategies(rows, kept[0], game.shape[0]),
        Strategies(columns, kept[1], game.shape[1]),
        [(int(i), int(j)) for i, j in pairs],
        reason is None,
        method,
        reason,
        tuple(dropped),
    )


def _by_support(whole: Whole) -> npt.NDArray[np.intp]:
    """Order strategies by how many pure ones they play, then by which, then by weight."""
    played = [tuple(np.flatnonzero(line).tolist()) for line in whole != 0]
    keys = [(len(p), p, line) for p, line in zip(played, whole.tolist(), strict=True)]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)


def _verify(
    payoffs: OneSide,
    kept: list[int],
    strategies: Whole,
    own: list[int],
    partners: Whole,
    pairs: npt.NDArray[np.intp],
) -> None:
    """Check that what `partners` play are best responses to `strategies` (pairs: (s, p))."""
    played = np.zeros((len(partners), len(payoffs.whole)), dtype=bool)
    played[:, own] = partners != 0
    step = max(1, _CHUNK // len(payoffs.whole))
    for at in range(0, len(strategies), step):
        best = best_responses(payoffs, kept, strategies[at : at + step])
        mine = pairs[(pairs[:, 0] >= at) & (pairs[:, 0] < at + step)]
        if (played[mine[:, 1]] & ~best[mine[:, 0] - at]).any():
            raise RuntimeError("a profile failed its certificate: please report this game")


def best_responses(payoffs: OneSide, kept: list[int], strategies: Whole) -> npt.NDArray[np.bool_]:
    """Return which strategies are exactly best against each mixed strategy of the other.

    Parameters
    ----------
    payoffs : OneSide
    kept : list of int
        Which strategies of the other player the columns of `strategies` are.
    strategies : integer array (k, kept)
        Mixed strategies, each up to a factor; at least one entry of each is positive,
        and none is negative.

    Returns
    -------
    (k, own strategies) bool
    """
    common = math.lcm(*(payoffs.over[j] for j in kept))
    weights = strategies * np.array([common // payoffs.over[j] for j in kept], dtype=object)
    table = payoffs.whole[:, kept].astype(object)
    table = table - table.min(axis=0)  # against each strategy the worst counts as zero
    possible = _not_proven_worse(table, weights)
    best = np.zeros(possible.shape, dtype=bool)
    for k in np.flatnonzero(possible.sum(axis=1) > 1):
        rows, at = np.flatnonzero(possible[k]), np.flatnonzero(weights[k])
        earned = table[np.ix_(rows, at)].dot(weights[k, at])
        best[k, rows] = earned == earned.max()
    single = possible.sum(axis=1) == 1
    best[single] = possible[single]
    return best


def _not_proven_worse(table: Whole, weights: Whole) -> npt.NDArray[np.bool_]:
    """Return which strategies floats cannot prove to earn less than the best one.

    All terms are nonnegative, so that a float sum of n products of rounded factors
    has relative error below (n + 4) 2**-53.
    """
    largest, heaviest = max(1, table.max()), weights.max(axis=1)
    earnings = (table / largest).astype(np.float64)
    shares = (weights / heaviest[:, None]).astype(np.float64)
    earned = shares @ earnings.T
    slack = (len(table.T) + 8) * 2.0**-52
    return earned * (1 + slack) + 1e-290 >= earned.max(axis=1)[:, None] * (1 - slack)
