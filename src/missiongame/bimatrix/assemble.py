"""From extreme strategies in integers to the answer in Fractions, verified on the way.

Every equilibrium is verified in the game as it was given, before any reduction:
each strategy that is played must earn exactly the most that any strategy earns
against the other player's part.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.best_responses import best_responses
from missiongame.bimatrix.enumeration import Paired
from missiongame.bimatrix.equilibria import Equilibria, Reason
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile
from missiongame.bimatrix.strategies import Strategies
from missiongame.exact import Whole

_CHUNK = 500_000


def paired(profiles: Sequence[Profile], shape: tuple[int, int]) -> Paired:
    """Return profiles (x, y), primitive integers, as strategies and pairs, each once."""
    rows: dict[tuple[int, ...], int] = {}
    columns: dict[tuple[int, ...], int] = {}
    pairs = dict.fromkeys(
        (rows.setdefault(tuple(x), len(rows)), columns.setdefault(tuple(y), len(columns)))
        for x, y in profiles
    )
    return Paired(
        np.array(list(rows), dtype=object).reshape(-1, shape[0]),
        np.array(list(columns), dtype=object).reshape(-1, shape[1]),
        np.array(list(pairs), dtype=np.intp).reshape(-1, 2),
    )


def answer(
    game: Bimatrix,
    kept: tuple[list[int], list[int]],
    found: Paired,
    method: str,
    clock: Clock,
    reason: Reason | None = None,
) -> Equilibria:
    """Return the verified answer to `game`, of whose reduced form `found` is.

    Interrupted by Ctrl-C, it holds what was verified by then.

    Raises
    ------
    RuntimeError
        If a profile is no equilibrium, which would be a mistake in this library.
    """
    rows, columns, pairs = _ordered(found)
    sides = [
        _Verification(game.columns, kept, rows, columns, pairs),
        _Verification(game.rows, kept[::-1], columns, rows, pairs[:, ::-1]),
    ]
    try:
        for side in sides:
            side.run(clock)
    except KeyboardInterrupt:
        reason = Reason.INTERRUPTED
        pairs = pairs[sides[0].done[pairs[:, 0]] & sides[1].done[pairs[:, 1]]]
    return Equilibria(
        game,
        Strategies(rows, kept[0], game.shape[0]),
        Strategies(columns, kept[1], game.shape[1]),
        [(int(i), int(j)) for i, j in pairs],
        reason is None,
        method,
        reason,
    )


def _ordered(found: Paired) -> tuple[Whole, Whole, npt.NDArray[np.intp]]:
    """Put strategies in the order of their supports, and pairs in that of strategies."""
    row_order, column_order = _by_support(found.rows), _by_support(found.columns)
    new = np.argsort(row_order)[found.pairs[:, 0]], np.argsort(column_order)[found.pairs[:, 1]]
    pairs = np.stack(new, axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return found.rows[row_order], found.columns[column_order], pairs


def _by_support(whole: Whole) -> npt.NDArray[np.intp]:
    """Order strategies by how many pure ones they play, then by which, then by weight."""
    played = [tuple(np.flatnonzero(line).tolist()) for line in whole != 0]
    keys = [(len(p), p, line) for p, line in zip(played, whole.tolist(), strict=True)]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)


class _Verification:
    """Do the partners of each strategy play best responses to it, and nothing else?

    `payoffs` are the partners' player's; `kept` says which pure strategies of the
    two players the columns of `strategies` and of `partners` are.
    """

    def __init__(
        self,
        payoffs: OneSide,
        kept: tuple[list[int], list[int]],
        strategies: Whole,
        partners: Whole,
        pairs: npt.NDArray[np.intp],
    ) -> None:
        self.payoffs, self.kept, self.strategies = payoffs, kept[0], strategies
        self.pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
        self.played = np.zeros((len(partners), len(payoffs.whole)), dtype=bool)
        self.played[:, kept[1]] = partners != 0
        self.done = np.zeros(len(strategies), dtype=bool)

    def run(self, clock: Clock) -> None:
        """Verify all; `done` marks those verified so far."""
        step = max(1, _CHUNK // len(self.payoffs.whole))
        for at in range(0, len(self.strategies), step):
            if at:
                clock.tell(f"verified {at} of {len(self.strategies)} strategies")
            some = self.strategies[at : at + step]
            if (some < 0).any() or not (some > 0).any(axis=1).all():
                raise _failed()
            best = best_responses(self.payoffs, self.kept, some)
            low, high = np.searchsorted(self.pairs[:, 0], [at, at + step])
            mine = self.pairs[low:high]
            if (self.played[mine[:, 1]] & ~best[mine[:, 0] - at]).any():
                raise _failed()
            self.done[at : at + step] = True


def _failed() -> RuntimeError:
    return RuntimeError("a profile failed its certificate: please report this game")
