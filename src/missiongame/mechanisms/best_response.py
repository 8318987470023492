"""From an offer and who is away at first to who leaves next, round by round, exactly.

From a start x(0), in every round members compare at x(t) and take the better of
staying and leaving; whoever is indifferent stays where they are ("keep"), or
stays ("stay"), or leaves ("leave"). All revise at once, or one at a time: the
first by position who would gain.

With complements (ties not negative) a path from an equilibrium of another offer,
or from nobody or everybody away, only ever adds members or only ever takes them
back, and settles. From elsewhere all at once may go round in a cycle; the answer
says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from missiongame.errors import illegal
from missiongame.exact import Mask, exact_total, wanted_share
from missiongame.members import Game, Sides
from missiongame.model import Community, Offer, Rival, members_among

if TYPE_CHECKING:
    from missiongame.payoffs import Payoffs

Indifferent = Literal["keep", "stay", "leave"]


@dataclass(frozen=True, eq=False)
class Path:
    """Who is away, round by round.

    Attributes
    ----------
    community : Community
    states : tuple of (n,) bool arrays
        x(0), x(1), …; the last is the first that repeats, where one does.
    settled : bool
        Whether the last state answers itself: an equilibrium.
    cycle : int
        How many rounds the cycle has that the path goes round in; 0 if none was met.
    """

    community: Community
    states: tuple[Mask, ...]
    settled: bool
    cycle: int

    @property
    def end(self) -> Mask:
        """The last state, (n,) bool."""
        return self.states[-1]

    @property
    def exact_defection(self) -> tuple[Fraction, ...]:
        """K(x(t)) in every round."""
        town = self.community
        return tuple(exact_total(town.contribution[x]) / town.total for x in self.states)

    @property
    def defection(self) -> npt.NDArray[np.float64]:
        """K(x(t)) in every round, floats."""
        return np.array([float(k) for k in self.exact_defection])

    def time_to_collapse(self, share: Any = 0.5) -> int | None:
        """Return the first round in which `share` of the contributions is away, None if none is.

        Examples
        --------
        >>> from missiongame import Community, Rival, offers
        >>> town = Community([3, 2, 1], purpose=[2, 2, 0.5], social=[0.5, 3, 3])
        >>> path = best_response_path(town, Rival(), offers.flat(3))
        >>> path.defection.round(2), path.time_to_collapse(0.9)
        (array([0. , 0.5, 1. ]), 2)
        """
        wanted = wanted_share(share)
        return next((t for t, k in enumerate(self.exact_defection) if k >= wanted), None)


def best_response_path(
    community: Community,
    rival: Rival,
    offer: Offer,
    start: Any = None,
    payoffs: Payoffs | None = None,
    revise: Literal["all", "one"] = "all",
    indifferent: Indifferent = "keep",
    rounds: int = 10_000,
) -> Path:
    """Return the best-response path from `start` until it settles, repeats or has gone `rounds`.

    Parameters
    ----------
    community, rival, offer
    start : (n,) bool, optional
        Who is away at first; by default nobody.
    payoffs : Payoffs, optional
        One's own instead of the standard ones.
    revise : "all" or "one"
        Who revises in a round.
    indifferent : "keep", "stay" or "leave"
    rounds : int
        The most rounds to follow.

    Raises
    ------
    PurposeUnknown
        If the payoffs need the community's purpose and it is unknown.
    """
    game = Game.of(community, rival, offer, payoffs)
    if revise not in ("all", "one"):
        raise illegal("revise", revise, "'all' or 'one'")
    if indifferent not in ("keep", "stay", "leave"):
        raise illegal("indifferent", indifferent, "'keep', 'stay' or 'leave'")
    nobody = np.zeros(community.n, dtype=bool)
    away = nobody if start is None else members_among(start, "start", community.n).copy()
    states, seen = [away], {away.tobytes(): 0}
    for _ in range(rounds):
        best = _best(game, away, indifferent)
        if np.array_equal(best, away):
            return Path(community, tuple(states), True, 0)
        away = best if revise == "all" else _first_change(away, best)
        states.append(away)
        before = seen.setdefault(away.tobytes(), len(states) - 1)
        if before < len(states) - 1:
            return Path(community, tuple(states), False, len(states) - 1 - before)
    return Path(community, tuple(states), False, 0)


def _first_change(away: Mask, best: Mask) -> Mask:
    after = away.copy()
    i = int(np.argmax(away != best))
    after[i] = best[i]
    return after


def _best(game: Game, away: Mask, indifferent: Indifferent) -> Mask:
    """Return everyone's best response to x; the indifferent as told."""
    sign = temptation_signs(game, away)
    at_zero = {"keep": away, "stay": np.zeros_like(away), "leave": np.ones_like(away)}
    return np.where(sign == 0, at_zero[indifferent], sign > 0)


def temptation_signs(game: Game, away: Mask) -> npt.NDArray[np.int8]:
    """Return the exact sign of every member's T_i at x: 1 where leaving is better.

    Floats with a bound on their error decide most members; the rest is decided exactly.
    """
    sides, everyone = Sides(game.community, away), slice(None)
    with np.errstate(all="ignore"):  # what overflows is doubtful, and redone
        tempted, off = game.response.temptations(everyone, *sides.floats(everyone))
        certain = np.abs(tempted) > off
    sign = np.where(certain, np.sign(tempted), 0).astype(np.int8)
    for i in np.flatnonzero(~certain).tolist():
        sign[i] = game.response.sign(i, *sides.exact(i))
    return sign
