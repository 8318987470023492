"""An offer and a share → the mission from which the raid fails, certified beside it.

With α ≥ 0, no negative tie and the offer fixed, defection does not rise with the
mission θ (the theorem `stronger-mission`), so the raid fails from some θ* on. It
changes only where someone is indifferent, T_i(θ) = 0, which is linear in θ:

- least: the stayers Y at some θ stay together down to max_{i∈Y} f_i(Y), where
  f_i(Y) is i's mission of indifference given who stays;
- greatest: the leavers D at some θ hold out up to min_{i∈D} f_i(D);
- robust: the potentials of two staying sets, linear in θ, cross.

So each bracket of θ* proposes a candidate. Whether the raid succeeds just below it, or
just above, is seen at a distance so small that no T_i changes its sign on the way: all
T_i are multiples of one unit there. For the robust selection that is not near enough,
as other potentials may cross in between. But the highest potential is convex in θ: a
set that is highest on both ends of an interval is so all along it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, lcm
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from missiongame.errors import StructureMissing
from missiongame.exact import (
    TINY,
    Column,
    Exactly,
    Mask,
    Number,
    Ratios,
    fractions_of,
    nearest,
    simplest,
)
from missiongame.members import (
    Outcome,
    Sides,
    StandardResponse,
    participate,
    potential_weights,
)

if TYPE_CHECKING:
    from missiongame.model import Community, Rival
    from missiongame.model.offers import Offer

Selection: TypeAlias = Literal["least", "robust", "greatest"]

_MOST = 8  # members up to which a mission that repels some is searched in full


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

    def succeeds(self, mission: Fraction) -> bool:
        """Return whether the raid does, at a mission."""
        return self.outcome(mission).exact_defection >= self.share

    def critical(self) -> Number:
        """Return the infimum mission at which the raid fails."""
        if np.any(self.purpose < 0):
            return self._in_full()
        if not self.succeeds(Fraction(0)):
            return 0.0
        far = self._beyond_all()
        if self.succeeds(far):
            return math.inf
        return self._between(Fraction(0), far)

    def _between(self, low: Fraction, high: Fraction) -> Number:
        """Return θ* in [low, high]: at low the raid succeeds, at high it fails."""
        while True:
            middle = (low + high) / 2
            rounded = nearest(middle)  # keeps the numbers short
            if low < rounded < high:
                middle = Fraction(rounded)
            if self.succeeds(middle):
                low = middle
            else:
                high = middle
            at = self._candidate(low, high)
            beside = self._beside(at)
            if self.selection == "greatest":
                if not self.succeeds(at + beside):
                    return simplest(at)
                low = at + beside
            elif self.succeeds(at):
                low = at
            else:
                before = max(at - beside, Fraction(0))
                if not self.succeeds(before):
                    high = before
                elif self.selection == "least":
                    return simplest(at)
                else:
                    return self._between_turns(before, at)

    def _between_turns(self, low: Fraction, high: Fraction) -> Number:
        """Return θ* of the robust selection where T_i turn in [low, high] at high only.

        Whoever decides alone and turns at high has left below it. With them gone,
        potentials are compared; where the sets at both ends have the highest at high,
        the one at low has it all along.
        """
        before, after = self.outcome(low).defectors, self.outcome(high).defectors
        alone = (before ^ after) & self._decides_alone
        if alone.any():
            gone = [
                h - 1 if i else h
                for h, i in zip(fractions_of(self.community.enjoyment), alone, strict=True)
            ]
            town = self.community.changed(enjoyment=gone)
            without = Raid(town, self.rival, self.offer, self.share, self.selection)
            if without.succeeds(high):
                return simplest(high)
            return without._between_turns(low, high)
        at = self._crossing(before, after)
        if at == high:
            return simplest(high)
        return self._between_turns(at, high) if self.succeeds(at) else self._between_turns(low, at)

    def _beside(self, mission: Fraction) -> Fraction:
        """Return a distance within which no T_i changes its sign, but where it is 0 at `mission`.

        Each T_i is a multiple of 1/unit there, and falls by α_i as the mission rises by 1.
        """
        town, rival, pay = self.community, self.rival, self.bare.pay
        crowding = Fraction(rival.crowding)
        unit = _grain(self.purpose) * mission.denominator
        unit *= _grain(pay) * _grain(town.enjoyment) * Fraction(rival.portability).denominator
        if rival.mission:
            unit *= Fraction(rival.mission).denominator
            # 1 + κw_i in lowest terms has at most this numerator.
            unit *= ceil((1 + crowding * Fraction(pay.max())) * crowding.denominator * _grain(pay))
        if town.ties is None:
            unit *= _grain(town.social) * _grain(town.contribution) * town.total.numerator
        else:
            unit *= _grain(town.ties.worth)
        return Fraction(1, 2 * unit) / (1 + Fraction(self.purpose.max()))

    def _candidate(self, low: Fraction, high: Fraction) -> Fraction:
        if self.selection == "greatest":
            away = self.outcome(low).defectors
            return self._turning(away, away, highest=False)
        away = self.outcome(high).defectors
        if self.selection == "least":
            return self._turning(away, ~away, highest=True)
        before = self.outcome(low).defectors
        alone = (before ^ away) & self._decides_alone
        if alone.any():
            return self._turning(away, alone, highest=True)
        return self._crossing(before, away)

    def _turning(self, away: Mask, among: Mask, *, highest: bool) -> Fraction:
        """Return the highest or lowest f_i among members of purpose, given who is `away`."""
        sides = Sides(self.community, away)
        every = slice(0, self.community.n)
        kept = np.flatnonzero(among & np.asarray(self.purpose > 0, dtype=bool))
        alpha = Exactly(self.purpose[kept]).floats
        with np.errstate(all="ignore"):
            tempted, off = self.bare.temptations(every, *sides.floats(every))
            f, slack = tempted[kept] / alpha, off[kept] / alpha * 2
            slack += np.abs(f) * 2.0**-50
            f[alpha < TINY] = np.nan  # floats say nothing
            sure = (f - slack).max() if highest else (f + slack).min()
            close = kept[~(f + slack < sure) if highest else ~(f - slack > sure)]
        tempted_exactly = self.bare.temptation_rows(close, *sides.exact_rows(close))
        exact = tempted_exactly / Ratios.of(self.purpose[close])
        return exact.largest() if highest else exact.smallest()

    def _indifferent(self, i: int, sides: Sides) -> Fraction:
        """f_i: the mission at which i is indifferent."""
        return self.bare.temptation(i, *sides.exact(i)) / Fraction(self.purpose[i])

    def _beyond_all(self) -> Fraction:
        """Return a mission above every f_i even if all others have left."""
        everyone = np.ones(self.community.n, dtype=bool)
        if not np.any(self.purpose > 0):
            return Fraction(1)
        return max(Fraction(0), self._turning(everyone, everyone, highest=True)) + 1

    @cached_property
    def _decides_alone(self) -> Mask:
        """(n,) bool: whose ties are worth nothing."""
        if self.community.ties is None:
            return np.asarray(self.community.social == 0, dtype=bool)
        mask: Mask = np.diff(self.community.ties.starts) == 0
        return mask

    def _crossing(self, before: Mask, after: Mask) -> Fraction:
        """Return the mission at which the potentials of two sets of stayers are equal.

        Both are compared with that of all who stay in either.
        """
        level, slope = self._joined(before, before & ~after)
        other_level, other_slope = self._joined(after, after & ~before)
        if slope == other_slope:
            raise StructureMissing("purpose does not enter the potential's comparison")
        return (other_level - level) / (slope - other_slope)

    def _joined(self, away: Mask, members: Mask) -> tuple[Fraction, Fraction]:
        """Return level and slope in θ of what the potential rises by as members join the stayers.

        One by one, each by −λ_i T_i(θ), T_i = bare − α_i θ.
        """
        away, level, slope = away.copy(), Fraction(0), Fraction(0)
        for i in np.flatnonzero(members).tolist():
            weight = self._weight(i)
            level -= weight * self.bare.temptation(i, *Sides(self.community, away).exact(i))
            slope += weight * Fraction(self.purpose[i])
            away[i] = False
        return level, slope

    def _weight(self, i: int) -> Fraction:
        """λ_i, with λ_i g_ij = λ_j g_ji; s_i/σ_i with default ties."""
        if self.community.ties is None:
            share = Fraction(self.community.contribution[i]) / self.community.total
            return share / Fraction(self.community.social[i])
        return self._weights[i]

    @cached_property
    def _weights(self) -> list[Fraction]:
        assert self.community.ties is not None  # noqa: S101 - `_weight` asks only then
        return potential_weights(self.community.ties, self.bare)

    def _in_full(self) -> Number:
        """Search all missions at which someone may be indifferent, and between them."""
        n = self.community.n
        if n > _MOST:
            i = int(np.argmax(self.purpose < 0))
            raise StructureMissing(
                f"purpose[{i}] is {nearest(self.purpose[i]):g}, negative, so that a stronger "
                "mission may raise defection and no critical mission need exist; up to "
                f"{_MOST} members and for an offer all missions are searched"
            )
        turning = {Fraction(0)}
        for mask in range(2**n):
            away = np.array([mask >> i & 1 for i in range(n)], dtype=bool)
            sides = Sides(self.community, away)
            turning |= {self._indifferent(i, sides) for i in range(n) if self.purpose[i]}
        if self.selection == "robust":
            self.outcome(Fraction(0))  # raises where there is no potential
            turning |= self._crossings()
        places = sorted(t for t in turning if t >= 0)
        for here, then in zip(places, [*places[1:], places[-1] + 1], strict=True):
            if not (self.succeeds(here) and self.succeeds((here + then) / 2)):
                return simplest(here)
        return math.inf

    def _crossings(self) -> set[Fraction]:
        """Return the missions from 0 on at which the highest potential passes to another set."""
        alone = np.flatnonzero(self._decides_alone).tolist()
        found: set[Fraction] = set()
        for gone in product((False, True), repeat=len(alone)):
            away = np.ones(self.community.n, dtype=bool)
            away[alone] = gone
            found |= _envelope(self._potentials(away))
        return found

    def _potentials(self, away: Mask) -> list[tuple[Fraction, Fraction]]:
        """Return level and slope of the potential of every set of stayers; some decide alone."""
        lines = [(away, Fraction(0), Fraction(0))]
        for i in np.flatnonzero(~self._decides_alone).tolist():
            one = np.arange(len(away)) == i
            for gone, level, slope in list(lines):
                rise, steeper = self._joined(gone, one)
                lines.append((gone & ~one, level + rise, slope + steeper))
        return [(level, slope) for _, level, slope in lines]


def _envelope(lines: list[tuple[Fraction, Fraction]]) -> set[Fraction]:
    """Return where, from 0 on, the highest of several lines (level, slope) changes."""
    found: set[Fraction] = set()
    level, slope = max(lines)
    while True:
        steeper = [(a, b) for a, b in lines if b > slope]
        if not steeper:
            return found
        at = min((level - a) / (b - slope) for a, b in steeper)
        found.add(at)
        level, slope = max(
            ((a, b) for a, b in steeper if (level - a) / (b - slope) == at), key=itemgetter(1)
        )


def _grain(values: Column) -> int:
    """Return a whole number of which 1/it divides every value, and so every sum of values."""
    if values.dtype == object:
        return lcm(*(Fraction(v).denominator for v in values))
    smallest = np.abs(values[values != 0]).min(initial=1.0)
    return int(2 ** max(0, 53 - int(np.frexp(smallest)[1])))
