"""What the algorithms of the members' game ask of payoffs: answers exact, and in floats.

A *response* says how member i answers the worth N_i of the ties to those who
stay, where all its ties are worth G_i: exactly, one member at a time; and in
floats for many members at once, as intervals certain to hold the exact answer.

With complements T_i falls as N_i rises. Then t_i, the *threshold*, is where T_i
changes sign: i is better off leaving below it, better off staying above.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from missiongame.exact import Column, Floats, Ratios, Rows


class Response(Protocol):
    """How members answer those who stay."""

    pay: Column

    @property
    def no_potential(self) -> str:
        """Return why the payoffs give no potential, or nothing where they do."""

    @property
    def factors(self) -> list[Fraction] | None:
        """Return every member's `weight`, or None where they are all alike (affine payoffs)."""

    def weight(self, i: int) -> Fraction:
        """Return what T_i falls by as a tie worth 1 passes to the stayers (affine payoffs)."""

    def threshold_ends(self, i: int, around: Fraction) -> tuple[Fraction, Fraction]:
        """Return rationals that enclose t_i, equal where it is rational (affine payoffs).

        Raises
        ------
        Irrational
            If there is no formula for it.
        """

    def sign(self, i: int, stay: Fraction, gone: Fraction) -> int:
        """Return the exact sign of T_i, with ties to stayers and to defectors worth these."""

    def signs(self, members: Any, stay: Ratios, gone: Ratios) -> npt.NDArray[np.int64]:
        """Return the exact signs of T_i of many members."""

    def threshold_rows(self, members: Any, around: Ratios) -> Ratios | None:
        """Return t_i of many members; None where they need not be rational."""

    def bound(self, i: int, stay: Fraction, gone: Fraction, *, upward: bool) -> Fraction:
        """Return T_i, or a rational just above it, or just below, where it is not rational."""

    def thresholds(self, rows: Rows, around: Floats, off: Any) -> tuple[Floats, Floats]:
        """Return t_i in floats and how far off they may be, for G_i = `around` ± `off`."""

    def temptations(
        self, rows: Rows, stay: Floats, gone: Floats, off: Any
    ) -> tuple[Floats, Floats]:
        """Return T_i in floats and how far off they may be; the ties may be off by `off`."""

    def rows_key(self, rows: Rows) -> list[Floats]:
        """Return columns such that members with equal rows of them have equal payoffs."""
