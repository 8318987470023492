"""From what was found in a batch of games to every equilibrium, and what is not known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.bimatrix.batch.minors import Flags, Indices
from missiongame.bimatrix.equilibria import Equilibria, Reason
from missiongame.bimatrix.limits import Clock, Progress, Stopped
from missiongame.bimatrix.solver import solve
from missiongame.errors import illegal
from missiongame.exact import Floats


@dataclass(frozen=True, eq=False, repr=False)
class Batch:
    """The equilibria of a batch of games.

    Attributes
    ----------
    game : (equilibria,) int
        The game of each equilibrium, ascending.
    row, column : (equilibria, m) and (equilibria, n) float64
        Its mixed strategies. Each probability is within a relative 10⁻⁹ of the exact
        one; outside the support it is exactly 0.
    degenerate : (games,) bool
        The game is degenerate, or too close to it to be told in floating point. What
        is listed for such a game is an equilibrium, but more may exist: see `resolve`.
    complete : (games,) bool
        All extreme equilibria of the game are listed, each once: proven.
    exact : mapping of game to its equilibria in fractions
        The games that were solved again by `resolve`.
    reason : Reason or None
        Why `resolve` stopped before it was through.
    """

    game: Indices
    row: Floats
    column: Floats
    degenerate: Flags
    complete: Flags
    exact: Mapping[int, Equilibria] = field(default_factory=dict)
    reason: Reason | None = None
    _flagged: tuple[Floats, Floats] = field(default=(np.empty(0), np.empty(0)))

    @property
    def count(self) -> Indices:
        """Number of equilibria listed for each game, (games,)."""
        return np.bincount(self.game, minlength=len(self.degenerate))

    def __repr__(self) -> str:
        return (
            f"Batch({len(self.degenerate)} games, {len(self.game)} equilibria, "
            f"{int(self.degenerate.sum())} degenerate, {int((~self.complete).sum())} incomplete)"
        )

    def resolve(
        self,
        games: Iterable[int] | None = None,
        limit: float | None = None,
        progress: Progress = None,
    ) -> Batch:
        """Return the batch with flagged games solved again, exactly.

        Parameters
        ----------
        games : iterable of int, optional
            Which flagged games; by default all of them that are not yet complete.
        limit : float, optional
            Seconds for all of them together.
        progress : function of one string or bool, optional
            As in `missiongame.solve`.

        Returns
        -------
        Batch
            The games' lines replaced by all extreme equilibria, rounded to float64;
            `exact` holds the fractions. `degenerate` stays as it is. After the limit or
            Ctrl-C, `reason` says so, and `complete` which games are still to do.

        Raises
        ------
        InvalidValue
            If one of `games` was not flagged.

        Examples
        --------
        >>> import missiongame as mg
        >>> batch = mg.solve_many([[[-3, 3], [-3, 5]]], [[[2, 7], [4, 2]]])
        >>> batch.degenerate, batch.complete
        (array([ True]), array([False]))
        >>> [str(p) for p in batch.resolve().exact[0][1].row]
        ['2/7', '5/7']
        """
        flagged = {int(g): k for k, g in enumerate(np.flatnonzero(self.degenerate))}
        asked = [g for g in flagged if not self.complete[g]] if games is None else list(games)
        for g in asked:
            if g not in flagged:
                raise illegal("games", g, "games that are flagged as degenerate")
        payoffs = [tuple(C[flagged[g]] for C in self._flagged) for g in asked]
        answers, reason = _solve_all(payoffs, Clock(limit, progress))
        new = dict(zip((int(g) for g in asked), answers, strict=False))
        return self._with(new, reason)

    def _with(self, new: dict[int, Equilibria], reason: Reason | None) -> Batch:
        """Return the batch with these games' lines replaced."""
        lines = [(g, e) for g, equilibria in new.items() for e in equilibria]
        keep = ~np.isin(self.game, list(new))
        game = np.concatenate((self.game[keep], np.array([g for g, _ in lines], dtype=np.intp)))
        order = np.argsort(game, kind="stable")
        complete = self.complete.copy()
        complete[list(new)] = True
        return replace(
            self,
            game=game[order],
            row=_joined(self.row[keep], [e.row for _, e in lines])[order],
            column=_joined(self.column[keep], [e.column for _, e in lines])[order],
            complete=complete,
            exact={**self.exact, **new},
            reason=reason,
        )


def _joined(old: Floats, new: Sequence[Sequence[Fraction]]) -> Floats:
    floats = np.array([[float(p) for p in mixed] for mixed in new], dtype=np.float64)
    return np.concatenate((old, floats.reshape(-1, old.shape[1])))


def _solve_all(games: Sequence[Any], clock: Clock) -> tuple[list[Equilibria], Reason | None]:
    """Solve games in turn until done or stopped; return complete answers, and why no more."""
    answers: list[Equilibria] = []
    try:
        for A, B in games:
            clock.check(f"{len(answers)} of {len(games)} flagged games solved again")
            answer = solve(A, B, limit=None if clock.left == math.inf else max(0.0, clock.left))
            if not answer.complete:
                return answers, answer.reason
            answers.append(answer)
    except Stopped as stop:
        return answers, stop.reason
    except KeyboardInterrupt:
        return answers, Reason.INTERRUPTED
    return answers, None
