"""From one chunk of games to signs, the pairs that they prove, and the probabilities.

Notation as in `missiongame.bimatrix.batch.minors`. Most games have no sign in doubt and
are decided by bits alone. The others, those with |W| within its error bound or
with tied payoffs, are decided by what is certain of each pair: a pair with
two certain opposite signs is no vertex, whatever the rest; a pair that may be a
vertex and is not certainly a simple one makes its game flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from missiongame.bimatrix.batch.minors import (
    Bits,
    Flags,
    Indices,
    Minors,
    centred,
    evaluate,
    exact_games,
)
from missiongame.bimatrix.batch.rational_refinement import mixture
from missiongame.bimatrix.batch.supports import Pairs, Side, Verdict, known_vertices, vertices
from missiongame.exact import Floats


class Part(NamedTuple):
    """The equilibria of one chunk: strategies are (m, equilibria) and (n, equilibria)."""

    game: Indices
    row: Floats
    column: Floats
    degenerate: Flags


@dataclass(eq=False)
class Player:
    """One player's payoffs, (own, other, games), and all that is computed of them."""

    side: Side
    payoffs: Floats
    table: Floats
    scale: Floats
    plus: Flags
    not_minus: Flags


class Workspace:
    """Memory for chunks of up to `games` games, used again for each."""

    def __init__(self, tables: Pairs, games: int) -> None:
        self.tables = tables
        self._buffers = [
            (np.empty((size + 1) * games), np.empty((2, size * games), dtype=np.bool_))
            for size in (tables.row.layout.size, tables.column.layout.size)
        ]

    def player(self, which: int, payoffs: Floats) -> Player:
        """Compute the minors and signs of player `which` (0: row, 1: column)."""
        side = (self.tables.row, self.tables.column)[which]
        size, games = side.layout.size, payoffs.shape[2]
        numbers, flags = self._buffers[which]
        table = numbers[: (size + 1) * games].reshape(size + 1, games)
        plus, not_minus = (f[: size * games].reshape(size, games) for f in flags)
        with np.errstate(over="ignore", invalid="ignore"):
            differences, scale, beyond = centred(payoffs)
        if beyond.any():
            # All ties: flagged, and nothing about them is claimed.
            payoffs[:, :, beyond] = 0.0
            differences[:, :, beyond] = 0.0
        evaluate(side.layout, differences, table)
        table[size] = 0.0
        _signs(side.layout, payoffs, table, plus, not_minus)
        return Player(side, payoffs, table, scale, plus, not_minus)


def _signs(layout: Minors, payoffs: Floats, table: Floats, plus: Flags, not_minus: Flags) -> None:
    """Mark which minors are certainly positive and which are not certainly negative."""
    plus[0] = not_minus[0] = True
    if layout.levels:
        width = layout.other
        for k, (r, s) in enumerate(combinations(range(layout.own), 2)):
            here = slice(1 + k * width, 1 + (k + 1) * width)
            np.greater(payoffs[s], payoffs[r], out=plus[here])
            np.greater_equal(payoffs[s], payoffs[r], out=not_minus[here])
    for level in range(2, layout.levels + 1):
        here = slice(layout.start[level], layout.start[level + 1])
        np.greater(table[here], layout.bound[level], out=plus[here])
        np.greater(table[here], -layout.bound[level], out=not_minus[here])


def solve_chunk(space: Workspace, A: Floats, B: Floats, first: int) -> Part:
    """Return the equilibria of the games A, B, both (games, m, n), numbered from `first`."""
    tables, games = space.tables, len(A)
    row = space.player(0, np.ascontiguousarray(A.transpose(1, 2, 0)))
    column = space.player(1, np.ascontiguousarray(B.transpose(2, 1, 0)))
    plus = [_pack(player.plus) for player in (row, column)]
    doubt = _doubt(plus[0], _pack(row.not_minus)) | _doubt(plus[1], _pack(column.not_minus))
    found = known_vertices(tables.row, plus[0])
    found &= known_vertices(tables.column, plus[1])
    # Bits beyond the last game are doubtful too.
    found &= ~(doubt | _pack(np.arange(8 * len(doubt)) >= games))
    keys = _keys(found, tables)
    degenerate = np.unpackbits(doubt, count=games).view(np.bool_)
    if degenerate.any():
        doubtful = np.flatnonzero(degenerate)
        certain, degenerate[doubtful] = _decide(tables, row, column, doubtful)
        keys = np.concatenate((keys, certain))
    keys.sort()
    game, pair = _split(keys, tables)
    x = _mixture(column, tables, game, pair)
    y = _mixture(row, tables, game, pair)
    return Part(game + first, x, y, degenerate)


def _pack(flags: Flags) -> Bits:
    return np.packbits(flags, axis=-1)


def _doubt(plus: Bits, not_minus: Bits) -> Bits:
    """Return the games with a sign that is zero or not known, as bits."""
    doubt: Bits = np.bitwise_or.reduce(plus ^ not_minus, axis=0)
    return doubt


def _keys(found: Bits, tables: Pairs) -> Indices:
    """Return game · 2^b + pair for each bit that is set in (pairs, bytes)."""
    filled = np.flatnonzero(found)
    place = np.flatnonzero(np.unpackbits(found.ravel()[filled]))
    pair, byte = np.divmod(filled[place >> 3], found.shape[1])
    keys: Indices = ((byte << 3 | place & 7) << _width(tables)) | pair
    return keys


def _split(keys: Indices, tables: Pairs) -> tuple[Indices, Indices]:
    width = _width(tables)
    return keys >> width, keys & ((1 << width) - 1)


def _width(tables: Pairs) -> int:
    return len(tables.size).bit_length()


def _decide(tables: Pairs, row: Player, column: Player, games: Indices) -> tuple[Indices, Flags]:
    """Return the certain equilibria of some games, as keys, and which stay flagged."""
    verdicts = [_verdict(tables, player, games) for player in (row, column)]
    game, pair = _split(_keys(verdicts[0].simple & verdicts[1].simple, tables), tables)
    open_ = np.bitwise_or.reduce(verdicts[0].open | verdicts[1].open, axis=0)
    flagged = np.unpackbits(open_, count=len(games)).view(np.bool_)
    return games[game] << _width(tables) | pair, flagged


def _verdict(tables: Pairs, player: Player, games: Indices) -> Verdict:
    """Return what is certain of each pair for one player in some games."""
    layout = player.side.layout
    # `take` leaves games contiguous, which indexing does not.
    table, payoffs = player.table.take(games, axis=1), player.payoffs.take(games, axis=2)
    plus, minus = player.plus.take(games, axis=1), ~player.not_minus.take(games, axis=1)
    # Ties of given payoffs are certain; so is everything in a game without rounding.
    zero = ~(plus | minus)
    exact = exact_games(layout, payoffs, player.scale.take(games, axis=1))
    deep = slice(layout.start[min(2, layout.levels + 1)], layout.size)
    plus[deep] = np.where(exact, table[deep] > 0, plus[deep])
    minus[deep] = np.where(exact, table[deep] < 0, minus[deep])
    zero[deep] = exact & (table[deep] == 0)
    return vertices(player.side, tables.size, _pack(plus), _pack(minus), _pack(zero))


def _mixture(player: Player, tables: Pairs, game: Indices, pair: Indices) -> Floats:
    """Return the other's mixed strategies, which make `player` indifferent: (other, equilibria)."""
    side, games = player.side, player.table.shape[1]
    place = side.weights.take(pair, axis=1)
    place *= games
    place += game
    weight: Floats = player.table.ravel().take(place)
    np.abs(weight, out=weight)
    inaccurate = np.flatnonzero(
        (weight >= side.least.take(pair)).sum(axis=0) != tables.size.take(pair)
    )
    with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
        weight *= player.scale.take(game, axis=1)
        weight /= weight.sum(axis=0)
    if inaccurate.size:
        _refine(player, tables, game, pair, inaccurate, weight)
    return weight


def _refine(
    player: Player, tables: Pairs, game: Indices, pair: Indices, which: Indices, mixed: Floats
) -> None:
    """Recompute in rationals the mixtures `which`, unless they were without rounding."""
    games, side = game[which], player.side
    exact = exact_games(side.layout, player.payoffs[:, :, games], player.scale[:, games])
    for e in which[~exact]:
        own, other = tables.supports[pair[e]]
        if side is tables.column:
            own, other = other, own
        mixed[:, e] = mixture(player.payoffs[:, :, game[e]], own, other)
