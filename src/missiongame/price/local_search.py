"""An order → a better one, by moving members: local search, in floats.

Moving one member elsewhere in the order shifts the deficits of those in between by
what that member is worth to them; all places are tried at once with two cumulative
sums. Where a share below 1 leaves members out, exchanges with them are tried too.
"""

from __future__ import annotations

import numpy as np

from missiongame.exact import Floats
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.problem import Order

PAIRS_TRIED = 20_000_000

SMALL = 1e-12
"""A move must gain more than this part of the total: else roundings would move for ever."""


def improve(view: FloatView, order: Order, clock: Clock) -> Order:
    """Return an order at least as good, moving members one at a time until none gains.

    Parameters
    ----------
    view : FloatView
    order : Order
        Members whose sizes reach 1; so do those of the answer.
    clock : Clock
    """
    best, cost = order, view.cost(order)
    while not clock.late:
        moved = _exchange(view, _reinsert(view, best, clock), clock)
        now = view.cost(moved)
        if now < cost:
            gained, best, cost = cost - now, moved, now
            if gained > SMALL * abs(cost):
                continue
        break
    return best


def _reinsert(view: FloatView, order: Order, clock: Clock) -> Order:
    """Try each member at every other place once."""
    order = order.copy()
    deficits = view.deficits_along(order)
    for i in order.copy().tolist():
        if clock.late:
            break
        here = int(np.flatnonzero(order == i)[0])
        rest = np.delete(order, here)
        without = np.delete(deficits, here)
        relief = view.fall_when_gone(i)[rest]
        without[here:] += relief[here:]
        costs, own = _costs_of_places(view, i, rest, without, relief)
        place = int(np.argmin(costs))
        if costs[place] < costs[here] * (1 - SMALL):
            order = np.insert(rest, place, i)
            without[place:] -= relief[place:]
            deficits = np.insert(without, place, own[place])
    return order


def _costs_of_places(
    view: FloatView, i: int, rest: Order, deficits: Floats, relief: Floats
) -> tuple[Floats, Floats]:
    """Return the total with i inserted at each place, and i's deficit there."""
    zero = np.zeros(1)
    own = view.deficit[i] - np.concatenate((zero, np.cumsum(view.fall_of(i)[rest])))
    before = np.concatenate((zero, np.cumsum(view.pay(deficits, rest))))
    relieved = view.pay(deficits - relief, rest)
    after = np.concatenate((np.cumsum(relieved[::-1])[::-1], zero))
    return before + after + view.pay(own, np.full(len(own), i)), own


def _exchange(view: FloatView, order: Order, clock: Clock) -> Order:
    """Drop members who are not needed, and try outsiders in the place of each member."""
    order = drop_surplus(view, order)
    outside = np.setdiff1d(np.arange(view.n), order)
    if len(outside) == 0 or len(order) * len(outside) > 20_000:
        return order
    cost = view.cost(order)
    for j in outside.tolist():
        for place in range(len(order) + 1):
            if clock.late:
                return order
            tried = np.insert(order, place, j)
            if place < len(order):
                tried = np.delete(tried, place + 1)
            if not view.problem.enough(tried):
                continue
            tried = drop_surplus(view, tried)
            now = view.cost(tried)
            if now < cost * (1 - SMALL):
                order, cost = tried, now
                break
    return order


def drop_surplus(view: FloatView, order: Order) -> Order:
    """Leave out members while what is needed is still reached and the total falls."""
    while len(order) > 1:
        spare = float(view.size[order].sum()) - 1
        candidates = np.flatnonzero(view.size[order] <= spare + 1e-9)
        if len(candidates) == 0:
            return order
        if len(candidates) > 60:  # the dearest only: the others can hardly pay to leave out
            pays = view.pay(view.deficits_along(order), order)[candidates]
            candidates = candidates[np.argsort(-pays)[:60]]
        tried = [np.delete(order, k) for k in candidates.tolist()]
        tried = [t for t in tried if view.problem.enough(t)]
        costs = [view.cost(t) for t in tried]
        if not costs or min(costs) > view.cost(order):
            return order
        order = tried[int(np.argmin(costs))]
    return order


def neighbours(view: FloatView, order: Order) -> Order:
    """Exchange neighbours in the order where that lowers their pay: O(n) a pass.

    Default ties only: exchanging two neighbours moves nobody else's deficit.
    """
    order = order.copy()
    passes = int(np.clip(PAIRS_TRIED // len(order), 10, 200))
    weight, size, deficit = view.weight, view.size, view.deficit
    idle = 0
    for number in range(passes):
        first = np.arange(number % 2, len(order) - 1, 2)
        i, j = order[first], order[first + 1]
        gone = (np.cumsum(size[order]) - size[order])[first]
        now = view.pay(deficit[i] - weight[i] * gone, i)
        now = now + view.pay(deficit[j] - weight[j] * (gone + size[i]), j)
        then = view.pay(deficit[j] - weight[j] * gone, j)
        then = then + view.pay(deficit[i] - weight[i] * (gone + size[j]), i)
        better = then < now * (1 - SMALL)
        order[first[better]], order[first[better] + 1] = j[better], i[better]
        idle = 0 if better.any() else idle + 1
        if idle == 2:
            break
    return order
