"""A problem of default ties → good prices of time, by transport of types of members.

Let members be split like sand: x_i of member i, poured into M slots of the
machine's time, at a cost of (deficit_i + weight_i x_i/2 − weight_i t)/x_i a unit
before t = deficit_i/weight_i and nothing after. No whole job costs less than its
sand, and the slots' duals are prices of time. Like members are poured together as
types; the types on which the resulting bound loses most are split, and the problem
solved again. Floats throughout: `scheduling_bound.lower_bound` proves what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import Floats
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.local_search import improve, neighbours
from missiongame.price.method import Found, Method, Search
from missiongame.price.problem import Order, Problem
from missiongame.price.scheduling_bound import Bound, lower_bound
from missiongame.price.without_ties import no_ties

SLOTS = (100, 200)  # while types are being split, and at last
FIRST_TYPES = 90
MOST_TYPES = 320
PROBED = 30_000
MANY = 10_000  # members from which a filling without ties is as close as need be
CLOSE = 0.01
"""Stop refining once the proved gap is this small."""


@dataclass(frozen=True, eq=False)
class _Probe:
    """The members on whom prices are tried: all, or the largest and every so many others."""

    members: Order
    stands_for: Floats

    @classmethod
    def of(cls, view: FloatView) -> _Probe:
        if view.n <= PROBED:
            return cls(np.arange(view.n, dtype=np.int64), np.ones(view.n))
        by_size = np.argsort(-view.size, kind="stable")
        alone, others = np.split(by_size, [PROBED // 10])
        step = -(-len(others) // (PROBED - len(alone)))
        taken = others[::step]
        stands_for = np.repeat([1.0, len(others) / len(taken)], [len(alone), len(taken)])
        return cls(np.concatenate((alone, taken)), stands_for)


class PricesOfTime(Method):
    """The order at good prices of time, improved, and the bound that they prove."""

    name = "prices of time"

    def accepts(self, problem: Problem) -> bool:
        """Return whether ties are default."""
        return problem.weight is not None

    def solve(self, search: Search) -> Found | None:
        """Return the better of the order and what local search makes of it, and the bound."""
        if search.problem.n > MANY and no_ties(search.problem) and search.best.lower:
            return None
        view = search.view
        order, bound = by_transport(view, search.clock.part(0.6))
        search.times = bound.counted(view), bound.grid
        search.offer(order)
        search.offer(improve(view, order, search.clock))
        return Found(search.best.order, bound.lower)


def by_transport(view: FloatView, clock: Clock) -> tuple[Order, Bound]:
    """Return an order and a proved bound, refined until they are close or time is up."""
    bound = lower_bound(view, prices_of_time(view, clock))
    return neighbours(view, bound.order(view)), bound


def prices_of_time(view: FloatView, clock: Clock) -> Floats:
    """Return the best V found: its values at the slots' ends."""
    label: npt.NDArray[np.int64] | None = _first_types(view)
    probe = _Probe.of(view)
    tried = view.some(probe.members)
    slots = SLOTS[0] if view.n > FIRST_TYPES else SLOTS[-1]
    best, best_grid, cost = -np.inf, np.zeros(2), np.inf
    while label is not None:
        grid, worth = _prices(view, label, slots, clock)
        found = lower_bound(tried, grid)
        value = float(grid[-1] + (probe.stands_for * found.counted(view)).sum())
        if len(probe.members) == view.n:
            cost = min(cost, view.cost(found.order(view)))
        if value > best:
            best, best_grid = value, grid
        finer = _split(view, label, probe, worth[probe.members] - found.value)
        if slots == SLOTS[-1] or clock.late:
            break
        if finer is None or cost * (1 - CLOSE) <= best:
            slots = SLOTS[-1]
        label = label if finer is None else finer
    return best_grid


def _prices(
    view: FloatView, label: npt.NDArray[np.int64], slots: int, clock: Clock
) -> tuple[Floats, Floats]:
    """Return V at the slots' ends, and what the transport problem says each member adds."""
    columns = (view.deficit * view.slope, view.weight * view.slope, view.size)
    deficit, weight, size = (np.bincount(label, v) / np.bincount(label) for v in columns)
    middle = (np.arange(slots) + 0.5) / slots
    before = weight[:, None] * middle < deficit[:, None]
    height = (deficit + weight * size / 2)[:, None] - weight[:, None] * middle
    cost = np.where(before, np.maximum(height, 0.0), 0.0) / size[:, None]
    amount = np.asarray(np.bincount(label, view.size), dtype=np.float64)
    duals, price = _solve(amount, cost, view.problem.all_work, clock)
    return np.concatenate((np.zeros(1), np.cumsum(price) / slots)), duals[label] * view.size


def _solve(amount: Floats, cost: Floats, all_work: bool, clock: Clock) -> tuple[Floats, Floats]:
    """Solve the transport problem; return the duals of types and of slots.

    Parameters
    ----------
    amount : (types,)
        How much of each type there is.
    cost : (types, slots)
        What a unit of it costs in each slot.
    all_work : bool
        Whether all of it must be poured.
    """
    from scipy import optimize
    from scipy.sparse import eye_array, kron, vstack

    linprog: Any = optimize.linprog

    types, count = cost.shape
    of_type = kron(eye_array(types), np.ones((1, count))).tocsr()
    of_slot = kron(np.ones((1, types)), eye_array(count)).tocsr()
    slots = np.full(count, 1 / count)
    top = float(cost.max())
    scale = max(float(np.median(cost[:, count // 2])), 1e-100 * top) or 1.0
    options = {"time_limit": max(1.0, clock.left)}
    problem: dict[str, Any]
    if all_work:
        slots = slots * amount.sum()
        poured = vstack((of_type, of_slot)).tocsr()
        problem = {"A_eq": poured, "b_eq": np.concatenate((amount, slots))}
    else:
        problem = {"A_ub": of_type, "b_ub": amount, "A_eq": of_slot, "b_eq": slots}
    solved = linprog(cost.ravel() / scale, method="highs", options=options, **problem)
    if solved.status != 0:
        return np.zeros(types), np.zeros(count)
    if all_work:
        duals = np.asarray(solved.eqlin.marginals) * scale
        return duals[:types], duals[types:]
    return np.asarray(solved.ineqlin.marginals) * scale, np.asarray(solved.eqlin.marginals) * scale


def _features(view: FloatView) -> list[Floats]:
    """When pay reaches zero, how steeply it falls and how high it begins, for a unit of time."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        free = view.deficit / view.weight
        steep, high = np.log(view.weight / view.size), np.log(view.deficit / view.size)
    free = np.clip(np.nan_to_num(free, posinf=2.0), 0, 2)
    return [free, np.nan_to_num(steep, neginf=-700.0), np.nan_to_num(high, neginf=-700.0)]


def _first_types(view: FloatView) -> npt.NDArray[np.int64]:
    """Return each member's type: the largest alone, the others by quantiles of the features."""
    n = view.n
    if n <= FIRST_TYPES:
        return np.arange(n, dtype=np.int64)
    largest = np.argsort(-view.size, kind="stable")[: FIRST_TYPES // 4]
    varied = [f for f in _features(view) if np.ptp(f) > 0][:2] or [view.size]
    side = int((FIRST_TYPES * 3 / 4) ** (1 / len(varied)))
    label = np.zeros(n, dtype=np.int64)
    for feature in varied:
        label = label * side + _parts(feature, view.deficit, side)
    label[largest] = side ** len(varied) + np.arange(len(largest))
    return np.asarray(np.unique(label, return_inverse=True)[1], dtype=np.int64)


def _parts(feature: Floats, worth: Floats, count: int) -> npt.NDArray[np.int64]:
    """Cut the members, in the order of a feature, into parts of about equal worth."""
    order = np.argsort(feature, kind="stable")
    reached = np.cumsum(np.maximum(worth[order], 0.0))
    part = np.empty(len(feature), dtype=np.int64)
    part[order] = np.minimum((reached / (reached[-1] or 1.0) * count).astype(np.int64), count - 1)
    return part


def _split(
    view: FloatView, label: npt.NDArray[np.int64], probe: _Probe, loss: Floats
) -> npt.NDArray[np.int64] | None:
    """Halve the types on which the bound loses most; None once there are enough types."""
    types = int(label.max()) + 1
    room = min(MOST_TYPES - types, types // 2)
    tried = label[probe.members]
    lost = np.bincount(tried, np.maximum(loss, 0.0) * probe.stands_for, types)
    lost[np.bincount(label) < 2] = 0.0
    features = _features(view)
    label, fresh = label.copy(), types
    for worst in np.argsort(-lost)[:room].tolist():
        if lost[worst] <= 0:
            break
        members = np.flatnonzero(label == worst)
        among = probe.members[tried == worst]
        wide = [float(f[among].std() / (f.std() or 1.0)) for f in features]
        feature = features[int(np.argmax(wide))]
        value, middle = feature[members], np.median(feature[among])
        upper = value > middle
        upper = upper if upper.any() else value >= middle
        if upper.all():
            continue
        label[members[upper]] = fresh
        fresh += 1
    return label if fresh > types else None
