"""From a user's own payoffs to how a member answers those who stay.

T_i is the payoffs' temptation at the member's numbers, with G_stay = N_i and
G_gone = G_i − N_i. Where T is affine in the ties, T_i = A_i − B_i·G_stay +
R_i·G_gone, the threshold is t_i = (A_i + R_i G_i)/(B_i + R_i); else it is
bracketed by bisection, T_i falling in N_i. Floats come from intervals
(`missiongame.payoffs.FloatInterval`) as a midpoint and half the width.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy

from missiongame.errors import InvalidValue, Irrational, Undefined
from missiongame.exact import UNIT, Column, Exactly, Floats, Ratios, Rows
from missiongame.members.symbol_values import symbol_values
from missiongame.model import Community, Rival
from missiongame.payoffs import MODEL, PRECISIONS, FloatInterval, Payoffs, Program, enclose, program

_HALVINGS = 52


class OwnResponse:
    """The answers of members with the payoffs `payoffs` to an offer's `pay`."""

    def __init__(self, community: Community, rival: Rival, pay: Column, payoffs: Payoffs) -> None:
        self.payoffs, self.pay = payoffs, pay
        wanted = {symbol.name for symbol in payoffs.temptation.free_symbols}
        _check_columns(community, wanted)
        if "alpha" in wanted:
            community.known_purpose("participate")
        values = symbol_values(community, rival, pay)
        self.scalars = {name: Fraction(v) for name, v in values.items() if np.ndim(v) == 0}
        columns = sorted((wanted & set(values)).difference(self.scalars))
        self.columns = {name: Exactly(values[name]) for name in columns}
        self.needs_share = "s" in wanted
        self.contribution = Exactly(community.contribution)
        self.share, self.total = community.share, community.total
        self.name = community.name
        self._temptation = program(payoffs.temptation, "payoffs")

    @property
    def no_potential(self) -> str:
        """Why the game has no potential that this library knows, or nothing."""
        if self.payoffs.affine is None:
            return "the payoffs are not affine in the ties, so no weighted potential is known"
        return ""

    @cached_property
    def _tied(self) -> Program | None:
        """B_i + R_i, or None where T is not affine in the ties or does not depend on them."""
        if self.payoffs.affine is None:
            return None
        falls = sympy.cancel(self.payoffs.affine.stay + self.payoffs.affine.gone)
        return program(falls, "payoffs") if falls != 0 else None

    @cached_property
    def _threshold(self) -> Program | None:
        """(A_i + R_i·around)/(B_i + R_i), or None likewise."""
        if self.payoffs.affine is None or self._tied is None:
            return None
        around = sympy.Symbol("around", real=True)
        base, _, gone = self.payoffs.affine
        return program((base + gone * around) / self._tied.expression, "payoffs")

    @property
    def factors(self) -> list[Fraction] | None:
        """Every member's `weight`, or None where they are all alike."""
        if self._tied is not None and set(self._tied.symbols) <= set(self.scalars):
            return None
        return [self.weight(i) for i in range(len(self.share))]

    # One member, exactly

    def numbers(self, i: int) -> dict[str, Fraction]:
        """Return the exact values of all symbols but the ties for member i."""
        at = dict(self.scalars)
        at.update({name: Fraction(column.exact[i]) for name, column in self.columns.items()})
        if self.needs_share:
            at["s"] = Fraction(self.contribution.exact[i]) / self.total
        return at

    def weight(self, i: int) -> Fraction:
        """B_i + R_i: what T_i falls by as a tie worth 1 passes to the stayers."""
        return Fraction(0) if self._tied is None else self._tied.value(self.numbers(i))

    def threshold_ends(self, i: int, around: Fraction) -> tuple[Fraction, Fraction]:
        """Return rationals that enclose t_i; raise `Irrational` where T_i is not affine in ties."""
        if self._threshold is None:
            raise Irrational("there is no formula for the threshold")
        at = {**self.numbers(i), "around": around}
        return self._threshold.enclosure(at, PRECISIONS[1])

    def sign(self, i: int, stay: Fraction, gone: Fraction) -> int:
        """Return the sign of T_i: 1 where i is better off leaving."""
        at = self._at(i, stay, gone)
        try:
            return self._temptation.sign(at)
        except Undefined as problem:
            shown = ", ".join(f"{k} = {float(at[k]):g}" for k in self._temptation.symbols)
            raise InvalidValue(f"{problem}: for {self.name(i)}, {shown}") from problem

    def signs(self, members: Any, stay: Ratios, gone: Ratios) -> npt.NDArray[np.int64]:
        """Return the signs of T_i of many members, one by one."""
        asked = enumerate(members.tolist())
        return np.array([self.sign(i, stay[k], gone[k]) for k, i in asked], dtype=np.int64)

    def threshold_rows(self, members: Any, around: Ratios) -> None:
        """Return nothing: thresholds of own payoffs are asked for one by one."""

    def bound(self, i: int, stay: Fraction, gone: Fraction, *, upward: bool) -> Fraction:
        """Return T_i, or a rational just above it, or just below, where it is not rational."""
        at = self._at(i, stay, gone)
        return self._temptation.enclosure(at, PRECISIONS[1])[upward]

    def _at(self, i: int, stay: Fraction, gone: Fraction) -> dict[str, Fraction]:
        return {**self.numbers(i), "G_stay": stay, "G_gone": gone}

    # Many members, in floats

    def thresholds(self, rows: Rows, around: Floats, off: Any) -> tuple[Floats, Floats]:
        """Return t_i in floats and how far off they may be, for G_i = `around` ± `off`."""
        everyone = _within(around, off)
        at = self._intervals(rows)
        if self._threshold is not None:
            return _centre(self._threshold.intervals({**at, "around": everyone}), len(around))
        return _centre(self._bisect(at, everyone), len(around))

    def temptations(
        self, rows: Rows, stay: Floats, gone: Floats, off: Any
    ) -> tuple[Floats, Floats]:
        """Return T_i in floats and how far off they may be; the ties may be off by `off`."""
        at = {**self._intervals(rows), "G_stay": _within(stay, off), "G_gone": _within(gone, off)}
        return _centre(self._temptation.intervals(at), len(stay))

    def rows_key(self, rows: Rows) -> list[Floats]:
        """Return columns such that members with equal rows of them have equal payoffs."""
        columns = [*self.columns.values()] + [self.contribution] * self.needs_share
        return [column.codes(rows) for column in columns]

    def _intervals(self, rows: Rows) -> dict[str, FloatInterval]:
        at = {
            name: enclose(np.array([value], dtype=object)) for name, value in self.scalars.items()
        }
        at.update({name: enclose(column.exact[rows]) for name, column in self.columns.items()})
        if self.needs_share:
            at["s"] = _within(self.share[rows], self.share[rows] * (4 * UNIT))
        return at

    def _bisect(self, at: dict[str, FloatInterval], everyone: FloatInterval) -> FloatInterval:
        """Bracket where T_i changes sign in [0, G_i]: surely leaves below, surely stays above."""

        def tempted(worth: Floats) -> FloatInterval:
            low = np.maximum(np.nextafter(everyone.low - worth, -np.inf), 0.0)
            high = np.maximum(np.nextafter(everyone.high - worth, np.inf), 0.0)
            stay, gone = FloatInterval(worth, worth), FloatInterval(low, high)
            return self._temptation.intervals({**at, "G_stay": stay, "G_gone": gone})

        low, high = np.zeros(len(everyone.low)), np.maximum(everyone.high, 0.0)
        always, never = tempted(low).high < 0, tempted(high).low > 0
        for _ in range(_HALVINGS):
            worth = (low + high) / 2
            there = tempted(worth)
            low = np.where(there.low > 0, worth, low)
            high = np.where(there.high < 0, worth, high)
        low[always] = high[always] = -np.inf
        low[never] = high[never] = np.inf
        return FloatInterval(low, high)


def _within(values: Floats, off: Any) -> FloatInterval:
    return FloatInterval(np.nextafter(values - off, -np.inf), np.nextafter(values + off, np.inf))


def _centre(interval: FloatInterval, size: int) -> tuple[Floats, Floats]:
    """Return midpoints and how far off the ends are; infinite together where both ends are."""
    low, high = (np.broadcast_to(end, size) for end in interval)
    with np.errstate(all="ignore"):
        middle = low / 2 + high / 2
        off = np.nextafter(np.maximum(high - middle, middle - low), np.inf)
    certain = low == high
    return np.where(certain, low, middle), np.where(certain, 0.0, off)


def _check_columns(community: Community, wanted: set[str]) -> None:
    for name in sorted(wanted.difference(MODEL)):
        if name not in community.columns:
            raise InvalidValue(
                f"payoffs use the symbol {name}, which is neither the model's "
                f"({', '.join(MODEL)}) nor a column; give Community(columns={{{name!r}: ...}})"
            )
    for name in sorted(wanted.intersection(MODEL)):
        if name in community.columns:
            raise InvalidValue(
                f"columns[{name!r}] has the name of a symbol of the model that payoffs use; "
                "give it another"
            )
