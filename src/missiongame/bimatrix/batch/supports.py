"""From signs to which pairs of supports are equilibria, for many games at once: one bit a game.

Notation as in `missiongame.bimatrix.batch.minors`. A *pair* is (I, J), the supports of
the row and the column player, of equal size; pairs go by size, then
lexicographically. A pair's *signature* for a player is a list of minors: it is a
vertex for that player iff no two of them have opposite signs.

Signs are kept as bits, eight games a byte: a table of plus bits (the minor is
certainly positive) and one of minus bits. Neither: zero, or not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np

from missiongame.bimatrix.batch.minors import Bits, Indices, Minors, minors
from missiongame.exact import Floats

Support: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Side:
    """One player's part of every pair.

    signature : (own, pairs), rows of the stacked sign bits [plus; minus]; the
        first |I| of each column belong to the probabilities
    weights : (other, pairs), rows of the minors' table whose absolute values are
        the other player's probabilities up to scale; `layout.size` outside the support
    least : (pairs,), the least absolute value of a weight that is accurate enough
    """

    layout: Minors
    signature: Indices
    weights: Indices
    least: Floats


@dataclass(frozen=True, eq=False)
class Pairs:
    """Every pair of equal supports of an m by n game."""

    supports: tuple[tuple[Support, Support], ...]
    size: Indices
    row: Side
    column: Side


class Verdict(NamedTuple):
    """What is certain of each pair, one bit a game: (pairs, bytes) each."""

    simple: Bits
    """The pair is a simple vertex."""
    open: Bits
    """It is a vertex that is not simple, or may be one."""


@lru_cache(maxsize=32)
def pairs(m: int, n: int, accuracy: float) -> Pairs:
    """Return the tables of an m by n game.

    `accuracy` is the relative error that a minor may have where it serves as a weight.
    """
    every = tuple(
        (i, j)
        for k in range(1, min(m, n) + 1)
        for i in combinations(range(m), k)
        for j in combinations(range(n), k)
    )
    size = np.array([len(i) for i, _ in every], dtype=np.intp)
    flipped = tuple((j, i) for i, j in every)
    return Pairs(every, size, _side(m, n, every, accuracy), _side(n, m, flipped, accuracy))


def _side(own: int, other: int, every: tuple[tuple[Support, Support], ...], acc: float) -> Side:
    layout = minors(own, other)
    signature = np.array([_signature(layout, *pair) for pair in every], dtype=np.intp)
    weights = np.full((other, len(every)), layout.size, dtype=np.intp)
    for number, (rows, columns) in enumerate(every):
        for p, j in enumerate(columns):
            weights[j, number] = layout.row(rows, columns[:p] + columns[p + 1 :])
    # Positive even where there is no error, so that an underflow is not accurate.
    least = np.array([max(bound / acc, 2.0**-100) for bound in layout.bound])
    return Side(layout, signature.T.copy(), weights, least[[len(rows) - 1 for rows, _ in every]])


def _signature(layout: Minors, rows: Support, columns: Support) -> list[int]:
    """Return the sign bits of a pair: those of the probabilities, then of the shortfalls."""
    signs = [
        (layout.row(rows, columns[:p] + columns[p + 1 :]), p % 2 == 0) for p in range(len(columns))
    ]
    for outside in sorted(set(range(layout.own)) - set(rows)):
        joined = tuple(sorted((*rows, outside)))
        signs.append((layout.row(joined, columns), joined.index(outside) % 2 == 0))
    return [row + layout.size * minus for row, minus in signs]


def known_vertices(side: Side, plus: Bits) -> Bits:
    """Return which pairs are vertices, in games all of whose signs are known: (pairs, bytes)."""
    both = np.concatenate((plus, ~plus))
    every = both[side.signature[0]]
    some = every.copy()
    for place in side.signature[1:]:
        signs = both[place]
        every &= signs
        some |= signs
    found: Bits = every | ~some
    return found


def vertices(side: Side, size: Indices, plus: Bits, minus: Bits, zero: Bits) -> Verdict:
    """Return what is certain of each pair, from bits for certain signs and certain zeros."""
    up, down = np.concatenate((plus, minus)), np.concatenate((minus, plus))
    nothing = np.concatenate((zero, zero))
    shape = (side.signature.shape[1], plus.shape[1])
    all_up, all_down, null = (np.full(shape, 0xFF, dtype=np.uint8) for _ in range(3))
    some_up, some_down = (np.zeros(shape, dtype=np.uint8) for _ in range(2))
    for position, place in enumerate(side.signature):
        ups, downs = up[place], down[place]
        all_up &= ups
        all_down &= downs
        some_up |= ups
        some_down |= downs
        # All probabilities zero: the equations are dependent, and this is no vertex.
        shortfall = np.where(position < size, 0, 0xFF).astype(np.uint8)
        null &= nothing[place] | shortfall[:, None]
    simple = all_up | all_down
    return Verdict(simple, ~(simple | (some_up & some_down) | null))
