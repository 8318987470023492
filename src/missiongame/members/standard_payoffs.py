"""From the standard payoffs to how a member answers those who stay.

    stay_i   = α_i θ + h_i + Σ_{j≠i} g_ij (1 − x_j)
    defect_i = w_i + α_i θ_R φ(w_i) + ρ Σ_{j≠i} g_ij x_j,      φ(w) = 1/(1 + κw)

With D_i = w_i + α_i θ_R φ(w_i) − α_i θ − h_i (the *pull*), G_i = Σ_{j≠i} g_ij and
N_i = Σ_{j≠i} g_ij (1 − x_j) the worth of those who stay, the temptation is

    T_i = D_i + ρ G_i − (1 + ρ) N_i,

so i stays iff N_i ≥ t_i = (D_i + ρ G_i)/(1 + ρ), the threshold, in money.

(`missiongame.payoffs` derives the same from the two payoffs; it is written out
here so that the usual case needs no SymPy. A test holds the two together.)
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from missiongame.exact import SLACK, TINY, Column, Exactly, Floats, Ratios, Rows, nearest
from missiongame.model import Community, Rival

Exact = TypeVar("Exact", Fraction, Ratios)


class StandardResponse:
    """The answers of members with the standard payoffs to an offer's `pay`."""

    no_potential = ""  # T_i is affine in the ties,
    factors = None  # and falls by 1 + ρ for everyone as a tie worth 1 passes to the stayers

    def __init__(self, community: Community, rival: Rival, pay: Column) -> None:
        self.purpose = community.known_purpose("participate")
        self.enjoyment = community.enjoyment
        self.pay = pay
        self._columns = [Exactly(c) for c in (pay, self.purpose, self.enjoyment)]
        numbers = (community.mission, rival.mission, rival.portability, rival.crowding)
        scalars = [Fraction(x) for x in numbers]
        self.mission, self.rival_mission, self.portability, self.crowding = scalars
        self._mission, self._rival_mission, self._portability, self._crowding = map(
            nearest, scalars
        )
        # Numbers below the normal floats lose their relative precision: nothing is trusted then.
        tiny = any(0 < x < TINY for x in scalars)
        self._absolute = np.inf if tiny else TINY * (1 + self._mission + self._rival_mission)

    def pull(self, i: int) -> Fraction:
        """D_i: what i gains by leaving, ties aside."""
        pay, purpose, enjoyment = (Fraction(column.exact[i]) for column in self._columns)
        return self._exact_pull(pay, purpose, enjoyment)

    def _exact_pull(self, pay: Exact, purpose: Exact, enjoyment: Exact) -> Exact:
        """D of one member, or of many at once."""
        pull = pay - enjoyment - purpose * self.mission
        if self.rival_mission:
            pull = pull + purpose * self.rival_mission / (pay * self.crowding + 1)
        return pull

    def _pulls(self, members: Any) -> Ratios:
        pay, purpose, enjoyment = (Ratios.of(column.exact[members]) for column in self._columns)
        return self._exact_pull(pay, purpose, enjoyment)

    def weight(self, i: int) -> Fraction:  # noqa: ARG002 - other payoffs' weights differ by member
        """1 + ρ: what T_i falls by as a tie worth 1 passes to the stayers."""
        return 1 + self.portability

    def threshold_ends(self, i: int, around: Fraction) -> tuple[Fraction, Fraction]:
        """t_i, the least worth of stayers at which i stays; twice, as it is rational."""
        return ((self.pull(i) + self.portability * around) / (1 + self.portability),) * 2

    def sign(self, i: int, stay: Fraction, gone: Fraction) -> int:
        """Return the sign of T_i: 1 where i is better off leaving."""
        tempted = self.temptation(i, stay, gone)
        return (tempted > 0) - (tempted < 0)

    def temptation(self, i: int, stay: Fraction, gone: Fraction) -> Fraction:
        """T_i, where the ties to stayers are worth `stay` and those to defectors `gone`."""
        return self.pull(i) + self.portability * gone - stay

    def temptation_rows(self, members: Any, stay: Ratios, gone: Ratios) -> Ratios:
        """T_i of many members."""
        return self._pulls(members) + gone * self.portability - stay

    def signs(self, members: Any, stay: Ratios, gone: Ratios) -> npt.NDArray[np.int64]:
        """Return the signs of T_i of many members."""
        return self.temptation_rows(members, stay, gone).signs()

    def threshold_rows(self, members: Any, around: Ratios) -> Ratios:
        """t_i of many members."""
        return (self._pulls(members) + around * self.portability) / (1 + self.portability)

    def bound(self, i: int, stay: Fraction, gone: Fraction, *, upward: bool) -> Fraction:  # noqa: ARG002 - exact, so that it bounds both ways
        """Return a rational that is T_i, or just above it or just below it."""
        return self.temptation(i, stay, gone)

    def thresholds(self, rows: Rows, around: Floats, off: Any) -> tuple[Floats, Floats]:
        """Return t_i in floats and how far off they may be, for G_i = `around` ± `off`."""
        pull, size = self._pull(rows)
        rho = self._portability
        if rho:
            pull += rho * around
            size += rho * np.abs(around)
        return pull / (1 + rho), size * SLACK + (self._absolute + rho * off)

    def temptations(
        self, rows: Rows, stay: Floats, gone: Floats, off: Any
    ) -> tuple[Floats, Floats]:
        """Return T_i in floats and how far off they may be; the ties may be off by `off`."""
        pull, size = self._pull(rows)
        rho = self._portability
        pull += rho * gone - stay
        size += rho * np.abs(gone) + np.abs(stay)
        return pull, size * SLACK + (self._absolute + (1 + rho) * off)

    def rows_key(self, rows: Rows) -> list[Floats]:
        """Return float columns such that equal rows are members with equal payoffs."""
        return [column.codes(rows) for column in self._columns]

    def _pull(self, rows: Rows) -> tuple[Floats, Floats]:
        """Return D_i and the sum of its terms' sizes, fresh arrays."""
        pay, purpose, enjoyment = (column.floats[rows] for column in self._columns)
        here = purpose * self._mission
        pull = pay - here
        pull -= enjoyment
        size = np.abs(here)
        size += np.abs(pay)
        size += np.abs(enjoyment)
        if self.rival_mission:
            there = purpose * self._rival_mission
            if self.crowding:
                there /= 1 + self._crowding * pay
            pull += there
            size += np.abs(there)
        return pull, size
