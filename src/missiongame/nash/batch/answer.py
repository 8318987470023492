"""The answer about a batch of games: every equilibrium, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from missiongame.errors import illegal
from missiongame.nash.batch.minors import Flags, Floats, Indices


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
    """

    game: Indices
    row: Floats
    column: Floats
    degenerate: Flags
    complete: Flags
    exact: Mapping[int, Any] = field(default_factory=dict)
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

    def resolve(self, games: Iterable[int] | None = None) -> Batch:
        """Return the batch with flagged games solved again, exactly.

        Parameters
        ----------
        games : iterable of int, optional
            Which flagged games; by default all of them that are not yet complete.

        Returns
        -------
        Batch
            The games' lines replaced by all extreme equilibria, rounded to float64;
            `exact` holds the fractions. `degenerate` stays as it is.

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
        >>> batch.resolve().exact[0][0].row
        (Fraction(0, 1), Fraction(1, 1))
        """
        from missiongame.nash import solve

        flagged = {int(g): k for k, g in enumerate(np.flatnonzero(self.degenerate))}
        asked = (g for g in flagged if not self.complete[g]) if games is None else games
        exact = dict(self.exact)
        for g in asked:
            if g not in flagged:
                raise illegal("games", g, "games that are flagged as degenerate")
            exact[int(g)] = solve(*(payoffs[flagged[g]] for payoffs in self._flagged))
        return self._with(exact)

    def _with(self, exact: dict[int, Any]) -> Batch:
        """Return the batch with these games' lines replaced."""
        new = [(g, e) for g in exact.keys() - self.exact.keys() for e in exact[g]]
        keep = ~np.isin(self.game, list(exact.keys() - self.exact.keys()))
        game = np.concatenate((self.game[keep], np.array([g for g, _ in new], dtype=np.intp)))
        order = np.argsort(game, kind="stable")
        row, column = (
            np.concatenate((old[keep], np.array(lines, dtype=float).reshape(-1, old.shape[1])))
            for old, lines in (
                (self.row, [[float(p) for p in e.row] for _, e in new]),
                (self.column, [[float(p) for p in e.column] for _, e in new]),
            )
        )
        complete = self.complete.copy()
        for g in exact:
            complete[g] = exact[g].complete
        return Batch(
            game[order], row[order], column[order], self.degenerate, complete, exact, self._flagged
        )
