"""The members' game with default ties, g_ij = σ_i s_j.

With S_{−i} the others' staying share, i stays iff S_{−i} ≥ τ_i = t_i/σ_i (see
`missiongame.members.standard`); a member with σ_i = 0 decides alone, by the sign
of t_i, and σ_i never divides. The extreme equilibria are largest self-supporting
sets (`missiongame.members.supporting`).

The game has the weighted potential (1 + ρ)·Q with, for the staying set Y,

    Q(Y) = S(Y)²/2 − Σ_{i∈Y} s_i r_i,      r_i = τ_i + s_i/2,

as adding i to Y changes it by s_i (S(Y) − τ_i). Its maximiser is a prefix in
ascending order of r; of several the largest is taken (least defection). Members
who decide alone enter S(Y) as constants, and those without contributions, who
move nobody, answer the maximiser: both stay where they are indifferent.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, lcm
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from missiongame.exact import fractions_of
from missiongame.members.supporting import longest_prefix

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.members.standard import StandardResponse

Mask = npt.NDArray[np.bool_]


class DefaultTies:
    """Extreme equilibria and the potential's maximiser, as sets of defectors."""

    def __init__(self, community: Community, response: StandardResponse) -> None:
        self.n = community.n
        contribution = fractions_of(community.contribution)
        unit = lcm(*(c.denominator for c in contribution))
        self.sizes = [int(c * unit) for c in contribution]
        self.total = sum(self.sizes)
        social = fractions_of(community.social)
        self.share = [Fraction(c, self.total) for c in self.sizes]
        # τ_i, or where i decides alone the sign of t_i as ±2: never or always reached.
        self.tau: list[Fraction] = []
        self.alone: list[int | None] = []
        for i, (sigma, s) in enumerate(zip(social, self.share, strict=True)):
            t = response.threshold(i, sigma * (1 - s))
            self.tau.append(t / sigma if sigma else Fraction(0))
            self.alone.append(None if sigma else (t > 0) - (t < 0))

    def least(self) -> Mask:
        """Defectors in the least equilibrium; indifferent members stay."""
        keys = [ceil(t * self.total) + c for t, c in zip(self.tau, self.sizes, strict=True)]
        never = self.total + 1
        keys = [
            k if a is None else (never if a > 0 else 0)
            for k, a in zip(keys, self.alone, strict=True)
        ]
        return ~self._largest(keys)

    def greatest(self) -> Mask:
        """Defectors in the greatest equilibrium; indifferent members leave."""
        keys = [self.total - floor(t * self.total) for t in self.tau]
        never = self.total + 1
        keys = [
            k if a is None else (never if a < 0 else 0)
            for k, a in zip(keys, self.alone, strict=True)
        ]
        return self._largest(keys)

    def robust(self) -> Mask:
        """Defectors at the potential's maximiser."""
        stay = np.array([a is not None and a <= 0 for a in self.alone])
        share = sum((self.share[i] for i in np.flatnonzero(stay)), Fraction(0))
        movers = [i for i in range(self.n) if self.alone[i] is None and self.sizes[i]]
        movers.sort(key=lambda i: self.tau[i] + self.share[i] / 2)
        best, value, longest, at = share, Fraction(0), 0, Fraction(0)
        for k, i in enumerate(movers, start=1):
            at += self.share[i] * (share - self.tau[i])
            share += self.share[i]
            if at >= value:
                value, longest, best = at, k, share
        stay[movers[:longest]] = True
        for i in range(self.n):
            if self.alone[i] is None and not self.sizes[i]:
                stay[i] = self.tau[i] <= best
        return ~stay

    def _largest(self, keys: list[int]) -> Mask:
        order = sorted(range(self.n), key=keys.__getitem__)
        longest = longest_prefix([keys[i] for i in order], [self.sizes[i] for i in order])
        inside = np.zeros(self.n, dtype=bool)
        inside[order[:longest]] = True
        return inside
