"""The mission at which a fixed offer fails, certified by the members' game beside it.

With α ≥ 0, no negative tie and the offer fixed, defection does not rise with the
mission θ (the theorem `stronger-mission`), so the raid fails from some θ* on. It
changes only where someone is indifferent, T_i(θ) = 0, which is linear in θ:

- least: the stayers Y at some θ stay together down to max_{i∈Y} f_i(Y), where
  f_i(Y) is i's mission of indifference given who stays;
- greatest: the leavers D at some θ hold out up to min_{i∈D} f_i(D);
- robust: the potentials of two staying sets, linear in θ, cross.

So each bracket of θ* proposes a candidate. It is the answer once the members' game,
solved exactly at the candidate and 2⁻²⁰⁰ beside it, shows the raid failing on the
one side and succeeding on the other; else the bracket shrinks past it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from missiongame.errors import StructureMissing
from missiongame.exact import Number, nearest, simplest
from missiongame.members.certificate import Around
from missiongame.members.outcome import Outcome
from missiongame.members.standard import StandardResponse
from missiongame.participation import participate

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.offers import Offer
    from missiongame.rival import Rival

Selection: TypeAlias = Literal["least", "robust", "greatest"]

_BESIDE = Fraction(1, 2**200)
_MOST = 8  # members up to which a mission that repels some is searched in full


def _repels(community: Community) -> str:
    """Say whom the mission repels, and what follows."""
    purpose = community.known_purpose("critical_mission")
    i = int(np.argmax(purpose < 0))
    return (
        f"purpose[{i}] is {nearest(purpose[i]):g}, negative, so that a stronger mission may raise "
        f"defection and no critical mission need exist; up to {_MOST} members and for an offer "
        "all missions are searched"
    )


class Raid:
    """An offer, a share, and the members' game at any mission."""

    def __init__(
        self,
        community: Community,
        rival: Rival,
        offer: Offer,
        share: Fraction,
        selection: Selection,
    ) -> None:
        self.community, self.rival, self.offer = community, rival, offer
        self.share, self.selection = share, selection
        self.purpose = community.known_purpose("critical_mission")
        self.bare = StandardResponse(community.with_mission(0), rival, offer.pay(community))

    def outcome(self, mission: Fraction) -> Outcome:
        """Return the selected equilibrium at a mission."""
        members = participate(self.community.with_mission(mission), self.rival, self.offer)
        outcome: Outcome | None = getattr(members, self.selection)
        if outcome is None:
            raise StructureMissing(f"there is no {self.selection} equilibrium: {members.reason}")
        return outcome

    def succeeds(self, outcome: Outcome) -> bool:
        """Return whether the raid does."""
        return outcome.exact_defection >= self.share

    def critical(self) -> Number:
        """Return the infimum mission at which the raid fails."""
        if np.any(self.purpose < 0):
            return self._in_full()
        none = self.outcome(Fraction(0))
        if not self.succeeds(none):
            return 0.0
        far = self._beyond_all()
        if self.succeeds(self.outcome(far)):
            return math.inf
        return self._between(Fraction(0), far)

    def _between(self, low: Fraction, high: Fraction) -> Number:
        """Return θ* in (low, high], or low itself: there the raid succeeds, at high it fails."""
        while True:
            middle = Fraction(float((low + high) / 2))
            if low < middle < high:
                low, high = (middle, high) if self.succeeds(self.outcome(middle)) else (low, middle)
            candidate = self._candidate(low, high)
            before, after = (
                (candidate, candidate + _BESIDE)
                if self.selection == "greatest"
                else (candidate - _BESIDE, candidate)
            )
            fails_after = not self.succeeds(self.outcome(after))
            succeeds_before = self.succeeds(self.outcome(before))
            if fails_after and succeeds_before:
                return simplest(candidate)
            if fails_after:
                high = min(high, before)
            else:
                low = max(low, after)

    def _candidate(self, low: Fraction, high: Fraction) -> Fraction:
        if self.selection == "greatest":
            away = self.outcome(low).defectors
            return self._turning(away, away, highest=False)
        away = self.outcome(high).defectors
        if self.selection == "least":
            return self._turning(away, ~away, highest=True)
        before = self.outcome(low).defectors
        alone = (before ^ away) & np.asarray(self._decides_alone())
        if alone.any():
            return self._turning(away, alone, highest=True)
        return self._crossing(before, away)

    def _turning(self, away: Any, among: Any, *, highest: bool) -> Fraction:
        """Return the highest or lowest f_i among members of purpose, given who is `away`."""
        around = Around(self.community, away)
        every = slice(0, self.community.n)
        tempted, off = self.bare.temptations(every, *around.floats(every))
        alpha = np.asarray(self.purpose, dtype=np.float64)
        kept = np.flatnonzero(among & (alpha > 0))
        with np.errstate(over="ignore", invalid="ignore"):
            f, slack = tempted[kept] / alpha[kept], off[kept] / alpha[kept] * 2
        slack += np.abs(f) * 2.0**-50
        sure = (f - slack).max() if highest else (f + slack).min()
        close = kept[(f + slack >= sure) if highest else (f - slack <= sure)]
        exact = (self._indifferent(i, around) for i in close.tolist())
        return max(exact) if highest else min(exact)

    def _indifferent(self, i: int, around: Around) -> Fraction:
        """f_i: the mission at which i is indifferent."""
        return self.bare.temptation(i, *around.exact(i)) / Fraction(self.purpose[i])

    def _beyond_all(self) -> Fraction:
        """Return a mission above every f_i even if all others have left."""
        everyone = np.ones(self.community.n, dtype=bool)
        if not np.any(self.purpose > 0):
            return Fraction(1)
        return max(Fraction(0), self._turning(everyone, everyone, highest=True)) + 1

    def _decides_alone(self) -> Any:
        if self.community.ties is None:
            return self.community.social == 0
        return np.diff(self.community.ties.starts) == 0

    def _crossing(self, before: Any, after: Any) -> Fraction:
        """Return the mission at which the potentials of two sets of stayers are equal.

        Along a path that adds the members of `before` who are not in `after` to the
        stayers one by one, the potential rises by −λ_i T_i(θ), T_i = bare − α_i θ.
        """
        away = before.copy()
        level = slope = Fraction(0)
        for join, members in ((True, before & ~after), (False, after & ~before)):
            for i in np.flatnonzero(members).tolist():
                if not join:
                    away[i] = True
                weight = self._weight(i)
                around = Around(self.community, away)
                tempted = self.bare.temptation(i, *around.exact(i))
                sign = 1 if join else -1
                level += sign * weight * tempted
                slope += sign * weight * Fraction(self.purpose[i])
                if join:
                    away[i] = False
        if not slope:
            raise StructureMissing("purpose does not enter the potential's comparison")
        return level / slope

    def _weight(self, i: int) -> Fraction:
        """λ_i, with λ_i g_ij = λ_j g_ji; s_i/σ_i with default ties."""
        if self.community.ties is None:
            share = Fraction(self.community.contribution[i]) / self.community.total
            return share / Fraction(self.community.social[i])
        return self._weights[i]

    @cached_property
    def _weights(self) -> list[Fraction]:
        from missiongame.members.mincut import potential_weights

        assert self.community.ties is not None  # noqa: S101 - `_weight` asks only then
        return potential_weights(self.community.ties, self.bare)

    def _in_full(self) -> Number:
        """Search all missions at which someone may be indifferent, and between them."""
        n = self.community.n
        if n > _MOST:
            raise StructureMissing(_repels(self.community))
        turning = {Fraction(0)}
        for mask in range(2**n):
            away = np.array([mask >> i & 1 for i in range(n)], dtype=bool)
            around = Around(self.community, away)
            turning |= {self._indifferent(i, around) for i in range(n) if self.purpose[i]}
        places = sorted(t for t in turning if t >= 0)
        for here, then in zip(places, [*places[1:], places[-1] + 1], strict=True):
            if not self.succeeds(self.outcome(here)):
                return simplest(here)
            if not self.succeeds(self.outcome((here + then) / 2)):
                return simplest(here)
        return math.inf
