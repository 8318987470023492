"""How a member with the standard payoffs answers those who stay, exactly.

    stay_i   = α_i θ + h_i + Σ_{j≠i} g_ij (1 − x_j)
    defect_i = w_i + α_i θ_R φ(w_i) + ρ Σ_{j≠i} g_ij x_j,      φ(w) = 1/(1 + κw)

With D_i = w_i + α_i θ_R φ(w_i) − α_i θ − h_i (the *pull*), G_i = Σ_{j≠i} g_ij and
N_i = Σ_{j≠i} g_ij (1 − x_j) the worth of those who stay, the temptation is

    T_i = D_i + ρ G_i − (1 + ρ) N_i,

so i stays iff N_i ≥ t_i = (D_i + ρ G_i)/(1 + ρ), the *threshold*, in money.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from missiongame.exact import Column

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.rival import Rival


class StandardResponse:
    """The answers of members with the standard payoffs to an offer's `pay`."""

    affine = True  # T_i is affine in the ties, so that thresholds give a potential

    def __init__(self, community: Community, rival: Rival, pay: Column) -> None:
        self.purpose = community.known_purpose("participate")
        self.enjoyment = community.enjoyment
        self.pay = pay
        self.mission = Fraction(community.mission)
        self.rival_mission = Fraction(rival.mission)
        self.portability = Fraction(rival.portability)
        self.crowding = Fraction(rival.crowding)

    def pull(self, i: int) -> Fraction:
        """D_i: what i gains by leaving, ties aside."""
        pay, purpose = Fraction(self.pay[i]), Fraction(self.purpose[i])
        there = purpose * self.rival_mission / (1 + self.crowding * pay)
        return pay + there - purpose * self.mission - Fraction(self.enjoyment[i])

    def threshold(self, i: int, around: Fraction) -> Fraction:
        """t_i, the least worth of stayers at which i stays, where all its ties are worth G_i."""
        return (self.pull(i) + self.portability * around) / (1 + self.portability)

    def temptation(self, i: int, stay: Fraction, gone: Fraction) -> Fraction:
        """T_i, where the ties to stayers are worth `stay` and those to defectors `gone`."""
        return self.pull(i) + self.portability * gone - stay
