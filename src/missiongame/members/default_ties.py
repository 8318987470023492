"""From a game with default ties, g_ij = σ_i s_j, and complements to its equilibria, by sorting.

By tipping shares (`missiongame.members.tipping_shares`) both extreme equilibria are
largest self-supporting sets, with shares of contributions as sizes
(`missiongame.members.largest_self_supporting_set`): those who stay in the least defection
equilibrium, with keys τ_i + s_i, as i in Y has S_{−i} = S(Y) − s_i; and those who
leave in the greatest, with keys 1 − τ_i, as then S_{−i} = 1 − S(leavers).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from missiongame.errors import NoPotential
from missiongame.exact import (
    CHUNK,
    UNIT,
    Floats,
    Mask,
    Ratios,
    Rows,
    Whole,
    as_objects,
    bracket,
    chunks,
    group,
    whole,
)
from missiongame.members.game import Game
from missiongame.members.largest_self_supporting_set import largest
from missiongame.members.potential_by_prefixes import prefix_maximiser
from missiongame.members.rational_best_responses import extreme
from missiongame.members.sides import Sides
from missiongame.members.tipping_shares import TippingShares


class DefaultTies:
    """Extreme equilibria and the potential's maximiser, as masks of defectors."""

    def __init__(self, game: Game) -> None:
        self.community, self.response = game.community, game.response
        self.tipping = TippingShares(game.community, game.response)

    def least(self) -> Mask:
        """Defectors in the least equilibrium; indifferent members stay."""
        stay = largest(_Stayers(self.tipping))
        return self._sure(np.logical_not(stay, out=stay), least=True)

    def greatest(self, least: Mask) -> Mask:
        """Defectors in the greatest equilibrium, given the least; indifferent members leave."""
        leave = largest(_Leavers(self.tipping))
        return leave if np.array_equal(leave, least) else self._sure(leave, least=False)

    def robust(self, least: Mask, greatest: Mask) -> Mask:
        """Defectors at the potential's maximiser, given those in the extreme equilibria."""
        if self.response.no_potential:
            raise NoPotential(self.response.no_potential)
        return prefix_maximiser(self.tipping, least, greatest)

    def _sure(self, away: Mask, *, least: bool) -> Mask:
        """Return the profile if it is certified; else follow best responses in rationals."""
        if self.sustains(away, least=least):
            return away
        return extreme(self.community, self.response, least=least)

    def sustains(self, away: Mask, *, least: bool | None = None) -> bool:
        """Return whether nobody gains by deviating alone where these members are away.

        Indifferent members must be on the side that they take in the least, or in the
        greatest, equilibrium; if `least` is None on either.
        """
        tipping, near = self.tipping, []
        if least is False:  # those with two ends may be content to stay, yet have to leave
            near.append(tipping.split[~away[tipping.split]])
        sizes = ((tipping.share[rows] * ~away[rows]).sum() for rows in chunks(len(away)))
        low, high = bracket((float(size), CHUNK) for size in sizes)
        off = tipping.off + (high - low) + 8 * UNIT
        for rows in chunks(len(away)):
            content = low - tipping.share[rows] * ~away[rows] - tipping.least[rows]
            content *= 1 - 2 * away[rows].view(np.int8)
            if content.min() <= off:
                near.append(rows.start + np.flatnonzero(content <= off))
        return not sum(map(len, near)) or not self._anyone_wrong(np.concatenate(near), away, least)

    def _anyone_wrong(self, members: Any, away: Mask, least: bool | None) -> bool:
        """Return whether one of these would rather be on the other side, each kind asked once."""
        sides = Sides(self.community, away)
        kind = [*sides.rows_key(members), *self.response.rows_key(members)]
        members = members[group(kind)[0]]
        signs = self.response.signs(members, *sides.exact_rows(members))
        leave = np.asarray(signs > 0 if least else signs >= 0)
        stay = np.asarray(signs < 0 if least is False else signs <= 0)
        return not np.where(away[members], leave, stay).all()


class _Stayers:
    """Those who may stay, where indifferent members do."""

    def __init__(self, tipping: TippingShares) -> None:
        self.tipping, self.share = tipping, tipping.share
        self.contribution, self.total = tipping.contribution.exact, tipping.total
        self.off = tipping.off + 8 * UNIT

    def keys(self, rows: Rows) -> Floats:
        """τ_i + s_i."""
        return self.tipping.least[rows] + self.share[rows]

    def whole(self, members: Any, base: Fraction) -> tuple[list[int], list[int], int, Any]:
        """Return groups' exact keys and sizes, `base`, and each member's group."""
        first, of = group(self.tipping.rows_key(members))
        heads = members[first]
        sizes, under = whole(self.contribution[heads])
        unit = lcm(base.denominator, self.total.denominator, under)
        own, total = sizes * (unit // under), int(self.total * unit)
        keys, (known, tau) = np.empty(len(heads), dtype=object), self.tipping.exact_rows(heads)
        keys[known] = self.keys_at(tau, own[known], total)
        searched = zip(heads[~known].tolist(), own[~known].tolist(), strict=True)
        keys[~known] = as_objects(self.key(i, size, total) for i, size in searched)
        counts = np.bincount(of, minlength=len(heads)).astype(object)
        return keys.tolist(), (own * counts).tolist(), int(base * unit), of

    def keys_at(self, tau: Ratios, sizes: Whole, total: int) -> Whole:
        """Return the least sums, members' own sizes included, at which they are content to stay."""
        return tau.ceilings(total) + sizes

    def key(self, i: int, size: int, total: int) -> int:
        """Return the same for one whose tipping share is not known exactly."""
        content, _ = self.tipping.bisect(i, Fraction(1, total), total - size)
        return (content if content <= total - size else total + 1) + size


class _Leavers(_Stayers):
    """Those who may leave, where indifferent members do."""

    def keys(self, rows: Rows) -> Floats:
        """1 − τ_i."""
        return 1 - self.tipping.greatest[rows]

    def keys_at(self, tau: Ratios, sizes: Whole, total: int) -> Whole:  # noqa: ARG002 - asked alike of both
        """Return the least sums of leavers at which members are willing to leave."""
        return total - tau.floors(total)

    def key(self, i: int, size: int, total: int) -> int:
        """Return the same for one whose tipping share is not known exactly."""
        _, restless = self.tipping.bisect(i, Fraction(1, total), total - size)
        return total - restless
