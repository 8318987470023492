"""An offer → how much leaves at every mission, by the missions at which somebody turns.

With nobody's purpose negative and no negative tie the set D of who leaves shrinks as the
mission θ rises. Given D, member i is indifferent at f_i(D) = T_i(θ=0)/α_i, so that

- greatest: of all who leave, those with the least f_i(D) return first, and so on;
- least: seen from an endless mission downward, those with the greatest f_i(D) leave first.

A member turns at max over D ∋ i of min_{j ∈ D} f_j(D) (greatest), at most as far off as
any f is. Floats, as these steps are drawn and decide nothing: `critical_mission` is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from missiongame.errors import StructureMissing
from missiongame.exact import Exactly, Floats, Mask
from missiongame.members import Sides, StandardResponse
from missiongame.model import check_players

if TYPE_CHECKING:
    from missiongame.model import Community, Rival
    from missiongame.model.offers import Offer


class MissionSteps(NamedTuple):
    """Defection by mission: `share[k]` leaves above `mission[k]`, up to `mission[k + 1]`.

    Ascending missions from 0 on; falling shares of the contributions. The last goes on.
    """

    mission: Floats
    share: Floats

    def critical(self, share: float) -> float:
        """Return the infimum of the missions at which less than `share` leaves; ∞ for none."""
        fewer = np.flatnonzero(self.share < share)
        return float(self.mission[fewer[0]]) if len(fewer) else np.inf


def every_mission(
    community: Community,
    rival: Rival,
    offer: Offer,
    selection: Literal["least", "greatest"] = "least",
    block: float = 0.0,
) -> MissionSteps:
    """Return the share that leaves for an offer, at every mission ≥ 0.

    Parameters
    ----------
    community : Community
        Its own mission does not count; nobody's purpose and no tie is negative.
    rival : Rival
    offer : Offer
    selection : "least" or "greatest"
    block : number in [0, 1)
        Members turn together as long as they make no more than this share of the work: for
        many members, a share is then off by at most that. 0: each by itself.

    Raises
    ------
    StructureMissing
        If a purpose or a tie is negative.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([2, 1, 1], purpose=[8, 16, 4], social=4)
    >>> every_mission(town, Rival(), offers.top(1, pay=30))
    MissionSteps(mission=array([0. , 3.5]), share=array([0.5, 0. ]))
    """
    check_players(community=community, rival=rival, offer=offer)
    purpose = Exactly(community.known_purpose("every mission")).floats
    if (purpose < 0).any() or not (community.ties is None or community.ties.nonnegative):
        raise StructureMissing("a purpose or a tie is negative: a stronger mission may repel")
    bare = StandardResponse(community.with_mission(0), rival, offer.pay(community))
    everyone = slice(0, community.n)
    least = selection == "least"

    def turning(away: Mask) -> Floats:
        """f_i(D); ±∞ for whom the mission does not reach."""
        sides = Sides(community, away)
        tempted, off = bare.temptations(everyone, *sides.floats(everyone))
        # Who has no purpose is not near a turn by a rounding, but on one side or the other.
        for i in np.flatnonzero((purpose == 0) & (np.abs(tempted) <= off)).tolist():
            tempted[i] = bare.sign(i, *sides.exact(i))
        f = np.where(tempted > 0 if least else tempted >= 0, np.inf, -np.inf)
        with np.errstate(over="ignore"):
            np.divide(tempted, purpose, out=f, where=purpose > 0)
        return f

    return (_downward if least else _upward)(turning, community.share, block)


def _upward(turning: Callable[[Mask], Floats], made: Floats, block: float) -> MissionSteps:
    """Go up from mission 0 with the greatest sets."""
    away, level, steps = np.ones(len(made), dtype=bool), 0.0, []
    while True:
        f = np.where(away, turning(away), np.inf)
        returns = away & (f <= level)
        if returns.any():
            away &= ~returns
            continue
        steps.append((level, float(made[away].sum())))
        level = _level(f[away], made[away], block)
        if not level < np.inf:
            return MissionSteps(*map(np.array, zip(*steps, strict=True)))


def _downward(turning: Callable[[Mask], Floats], made: Floats, block: float) -> MissionSteps:
    """Go down from an endless mission with the least sets."""
    away, level, steps = np.zeros(len(made), dtype=bool), np.inf, []
    while True:
        f = np.where(away, -np.inf, turning(away))
        leaves = ~away & (f >= level)
        if leaves.any():
            away |= leaves
            continue
        gone = float(made[away].sum())
        level = max(0.0, -_level(-f[~away], made[~away], block))
        steps.append((level, gone))
        if not level > 0:
            return MissionSteps(*map(np.array, zip(*steps[::-1], strict=True)))


def _level(f: Floats, made: Floats, block: float) -> float:
    """Return the least f, or the f up to which no more than a block of the work is made."""
    if not len(f):
        return np.inf
    lowest = float(f.min())
    if not block or not np.isfinite(lowest):
        return lowest
    order = np.argsort(f, kind="stable")
    within = np.cumsum(made[order]) <= block
    last = float(f[order[max(0, int(within.sum()) - 1)]])
    return last if np.isfinite(last) else float(f[np.isfinite(f)].max())
