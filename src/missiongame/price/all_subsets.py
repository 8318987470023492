"""The least pay by dynamic programming over all subsets.

    f(∅) = 0,    f(S) = min_{i ∈ S} f(S ∖ i) + pay_i(S ∖ i)

is the least total pay that makes exactly S leave, for what i is paid depends on
who is gone and not on their order. O(n 2ⁿ), one layer of equally many members at a
time, vectorised over its subsets. The price is the least f(S) over S that make the
share needed, so one table answers for every share.

Whole numbers throughout where pay is linear (κθ_R = 0): exact. With crowding the
sign of every deficit is exact and roots are floats within a stated bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import Whole, floats
from missiongame.price.pay import ROUNDING, float_pay
from missiongame.price.problem import Order, Problem

LARGEST = 21
"""Members up to which the table is the default, in int64 or floats (a second or two)."""

LARGEST_WHOLE = 18
"""The same where whole numbers exceed int64 (about as long)."""

MOST = 24
"""Members up to which the table can be asked for."""

Masks = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Table:
    """f(S) for every subset S of the members, as a bit mask.

    Attributes
    ----------
    problem : Problem
    least : (2**n,) array
        f(S) in whole units (whole numbers) where pay is linear, else in money (floats).
    """

    problem: Problem
    least: npt.NDArray[Any]

    @classmethod
    def of(cls, problem: Problem) -> Table:
        """Fill the table."""
        n = problem.n
        kind: Any = problem.deficit.dtype if problem.linear else np.float64
        least = np.zeros(2**n, dtype=kind)
        pay = [_Pay.of(problem, i) for i in range(n)]
        for layer in _layers(n)[1:]:
            best: Any = None
            for i in range(n):
                into = layer[(layer >> i) & 1 == 1]
                before = into ^ (1 << i)
                offered = least[before] + pay[i](before)
                if i == 0:
                    best = _unset(layer, kind)
                place = np.searchsorted(layer, into)
                best[place] = offered if i == 0 else _lesser(best[place], offered)
            least[layer] = best
        return cls(problem, least)

    @cached_property
    def captured(self) -> Whole:
        """(2**n,) contributions, in whole units, that each subset makes."""
        return _subset_sums(self.problem.size)

    def cheapest(self, needed: int) -> int:
        """Return the subset of least pay that makes `needed`; fewest members among equals."""
        enough = np.flatnonzero(self.captured >= needed)
        pays = self.least[enough]
        tied = enough[np.asarray(pays == pays.min(), dtype=bool)]
        return int(tied[np.argmin(np.bitwise_count(tied))])

    def order(self, subset: int) -> Order:
        """Return an order of approach that attains f(subset)."""
        backwards = []
        while subset:
            last = self._last(subset)
            backwards.append(last)
            subset ^= 1 << last
        return np.array(backwards[::-1], dtype=np.int64)

    def _last(self, subset: int) -> int:
        members = [i for i in range(self.problem.n) if subset >> i & 1]
        before = [np.array([subset ^ (1 << i)], dtype=np.int64) for i in members]
        offered = [
            (self.least[b] + _Pay.of(self.problem, i)(b))[0]
            for i, b in zip(members, before, strict=True)
        ]
        return members[min(range(len(members)), key=offered.__getitem__)]

    @property
    def slack(self) -> float:
        """Money by which an entry can differ from its exact value; 0 where pay is linear."""
        if self.problem.linear:
            return 0.0
        deficit, pull = self.problem.money
        most = float(np.max(np.abs(deficit) + 2 * np.abs(pull)))
        return 4 * ROUNDING * self.problem.n * (most + float(self.least.max()))


@dataclass(frozen=True, eq=False)
class _Pay:
    """One member's pay as a function of the subset gone: two table look-ups and a sum."""

    deficit: Any
    low: Whole
    high: Whole
    half: int
    root: tuple[Fraction, float, float] | None  # unit, pull and crowding, where pay is not linear

    @classmethod
    def of(cls, problem: Problem, i: int) -> _Pay:
        falls = fall_row(problem, i)
        half = problem.n // 2
        root = None
        if not problem.linear:
            root = (problem.unit, float(problem.money[1][i]), float(problem.crowding))
        return cls(
            problem.deficit[i], _subset_sums(falls[:half]), _subset_sums(falls[half:]), half, root
        )

    def __call__(self, gone: Masks) -> npt.NDArray[Any]:
        fallen = self.low[gone & ((1 << self.half) - 1)] + self.high[gone >> self.half]
        deficit = self.deficit - fallen
        if self.root is None:
            return np.maximum(deficit, 0)
        unit, pull, crowding = self.root
        money = floats(deficit, unit.numerator, unit.denominator)
        return np.asarray(float_pay(money, pull, crowding))


def fall_row(problem: Problem, i: int) -> Whole:
    """Return fall_ij for every j, (n,) whole, zero at i itself."""
    if problem.weight is not None:
        row = problem.weight[i] * problem.size
        row[i] = 0
        return row
    starts, partners, falls = problem.sparse
    row = np.zeros(problem.n, dtype=falls.dtype)
    entries = slice(starts[i], starts[i + 1])
    row[partners[entries]] = falls[entries]
    return row


def _layers(n: int) -> list[Masks]:
    """Return all subsets by the number of members, ascending within each."""
    masks = np.arange(2**n, dtype=np.int64)
    heads = np.bitwise_count(masks)
    return [masks[heads == k] for k in range(n + 1)]


def _subset_sums(values: Whole) -> Whole:
    """Return the sum over every subset, by doubling."""
    sums = np.zeros(1, dtype=values.dtype)
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums


def _unset(layer: Masks, kind: Any) -> npt.NDArray[Any]:
    if kind is object or np.dtype(kind) == object:
        return np.full(len(layer), None, dtype=object)
    return np.full(len(layer), np.inf if kind is np.float64 else np.iinfo(np.int64).max, dtype=kind)


def _lesser(old: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if old.dtype != object:
        return np.minimum(old, new)
    unset = np.array([v is None for v in old])
    old[unset] = new[unset]
    return np.minimum(old, new)
