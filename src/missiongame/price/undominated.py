"""Members without ties, each with a pay and contributions → what a sum of money buys of them.

Of sets of members only those matter that are *undominated*: none makes as much for
less. Adding members one after another and dropping what is dominated lists them all
(Nemhauser and Ullmann 1969).

For one sum of money far fewer have to be looked at. With any rate, contributions a
unit of money, let gain_i = contributions_i − rate · pay_i. No set of members whose pay
is within the money makes more than

    rate · money + Σ_i max(0, gain_i),

and one that leaves out a member of positive gain, or takes one of negative gain, makes
less by that gain. So whoever alone would lose more than lies between this roof and the
best set known is decided; the others are the core, and are listed as above, without
what can no longer beat the best set. Whole numbers throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import Whole, as_objects, quotient
from missiongame.price.problem import Order

MOST_SETS = 2_000_000
"""Undominated sets, over all steps, beyond which the core is given up: about a second."""

_ROOM = 2**62


@dataclass(frozen=True)
class Bought:
    """Members within a sum of money, and a roof that no members within it make more than."""

    members: Order
    roof: int


@dataclass(frozen=True, eq=False)
class Sets:
    """Undominated sets of members, by ascending pay; `steps` say how each was formed."""

    pay: Whole
    made: Whole
    steps: tuple[tuple[int, npt.NDArray[np.int64], npt.NDArray[np.bool_]], ...] = ()

    @classmethod
    def nobody(cls, like: Whole) -> Sets:
        """Return the empty set alone, in numbers of the same kind."""
        none = np.zeros(1, dtype=like.dtype)
        return cls(none, none)

    def with_member(self, i: int, pay: Any, made: Any) -> Sets:
        """Return these sets and each of them with member i, less what is dominated."""
        both = np.concatenate((self.pay, self.pay + pay))
        all_made = np.concatenate((self.made, self.made + made))
        order = np.argsort(-all_made, kind="stable")
        order = order[np.argsort(both[order], kind="stable")]
        best = np.maximum.accumulate(all_made[order])
        kept = order[np.append(True, np.asarray(best[1:] > best[:-1], dtype=bool))]
        count = len(self.pay)
        step = (i, kept % count, kept >= count)
        return Sets(both[kept], all_made[kept], (*self.steps, step))

    def only(self, kept: npt.NDArray[np.bool_]) -> Sets:
        """Return some of these sets."""
        i, parent, taken = self.steps[-1]
        last = (i, parent[kept], taken[kept])
        return Sets(self.pay[kept], self.made[kept], (*self.steps[:-1], last))

    def members(self, which: int) -> Order:
        """Return the members of one set."""
        found = []
        for i, parent, taken in reversed(self.steps):
            if taken[which]:
                found.append(i)
            which = int(parent[which])
        return np.array(found[::-1], dtype=np.int64)


def most_work(pay: Whole, size: Whole, money: int) -> Bought:
    """Return the members who make most for at most `money`, and a roof; equal as a rule.

    Parameters
    ----------
    pay, size : (n,) whole numbers ≥ 0
    money : int ≥ 0

    Examples
    --------
    >>> found = most_work(np.array([3, 4, 5]), np.array([4, 5, 6]), 8)
    >>> found.members, found.roof
    (array([0, 2]), 10)
    """
    step = gcd(*pay.tolist()) or 1
    pay, money = pay // step, money // step
    fits = np.flatnonzero(np.asarray(pay <= money, dtype=bool))
    pay, size = pay[fits], size[fits]
    total, made = sum(pay.tolist()), sum(size.tolist())
    if total <= money:
        return Bought(fits, made)
    if 4 * max(pay.tolist()) * made >= _ROOM or 4 * max(size.tolist()) * total >= _ROOM:
        pay, size = as_objects(pay.tolist()), as_objects(size.tolist())
    found = _most_work(pay, size, money)
    return Bought(np.sort(fits[found.members]), found.roof)


def _most_work(pay: Whole, size: Whole, money: int) -> Bought:
    """Return the same where not all fit."""
    by_rate = _by_rate(pay, size)
    last = by_rate[int(np.argmax(np.cumsum(pay[by_rate]) > money))]
    cost, worth = pay[last], size[last]  # rate = worth / cost
    gain = cost * size - worth * pay
    top = int(worth) * money + int(np.maximum(gain, 0).sum())
    roof = top // int(cost)
    filled = _filled(pay, money, by_rate)
    made = int(size[filled].sum())
    spare = top - (made + 1) * int(cost)  # what may be lost if the best known is to be beaten
    if spare < 0:
        return Bought(filled, roof)
    surely = np.flatnonzero(np.asarray(gain > spare, dtype=bool))
    core = np.flatnonzero(np.asarray(abs(gain) <= spare, dtype=bool))
    core = core[np.argsort(-abs(gain[core]), kind="stable")]
    base = int(pay[surely].sum()), int(size[surely].sum())
    sets, rest = Sets.nobody(pay), int(pay[core].sum())
    left, looked = money - base[0], 0
    positive = 0  # gain of those seen so far who should be taken
    for i in core.tolist():
        positive += max(0, int(gain[i]))
        rest -= int(pay[i])
        sets = sets.with_member(i, pay[i], size[i])
        lost = positive - (cost * sets.made - worth * sets.pay)
        idle = np.maximum(left - rest - sets.pay, 0) * worth  # money that nothing is left to buy
        sets = sets.only(np.asarray((sets.pay <= left) & (lost + idle <= spare), dtype=bool))
        looked += len(sets.pay)
        if looked > MOST_SETS:
            return Bought(filled, roof)
        if not len(sets.pay):
            return Bought(filled, made)
    best = int(np.argmax(sets.made))
    if base[1] + int(sets.made[best]) <= made:
        return Bought(filled, made)
    members = np.concatenate((surely, sets.members(best)))
    return Bought(members, base[1] + int(sets.made[best]))


def _by_rate(pay: Whole, size: Whole) -> Order:
    """Return the members by pay a contribution; a rounding costs no proof, only closeness."""
    pairs = zip(pay.tolist(), size.tolist(), strict=True)
    rate = np.array([quotient(p, s) if s else np.inf for p, s in pairs])
    return np.argsort(rate, kind="stable").astype(np.int64)


def _filled(pay: Whole, money: int, order: Order) -> Order:
    """Take whoever still fits, one after another."""
    taken = []
    for i, cost in zip(order.tolist(), pay[order].tolist(), strict=True):
        if cost <= money:
            taken.append(i)
            money -= cost
    return np.array(taken, dtype=np.int64)
