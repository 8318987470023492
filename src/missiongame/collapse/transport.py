"""Good prices of time: a transport problem over types of members.

Let members be split like sand: x_i of member i, poured into M slots of the
machine's time, at a cost of (deficit_i + weight_i x_i/2 − weight_i t)/x_i a unit
before t = deficit_i/weight_i and nothing after. No whole job costs less than its
sand, and the slots' duals are prices of time. Like members are poured together as
types; the types on which the resulting bound loses most are split, and the problem
solved again. Floats throughout: `schedule.lower_bound` proves what comes out.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.collapse.problem import Order
from missiongame.collapse.schedule import Bound, lower_bound
from missiongame.collapse.search import neighbours
from missiongame.collapse.sketch import Floats, Sketch

SLOTS = 200
FIRST_TYPES = 90
MOST_TYPES = 320
CLOSE = 0.01
"""Stop refining once the proved gap is this small."""


@dataclass(frozen=True, eq=False)
class _Sand:
    """Types: how much of each there is, and what a unit of it costs in each slot."""

    amount: Floats
    cost: Floats


def by_transport(sketch: Sketch, deadline: float) -> tuple[Order, Bound]:
    """Return an order and a proved bound, refined until they are close or time is up."""
    label = _first_types(sketch)
    best: tuple[float, Order] | None = None
    bound: Bound | None = None
    while True:
        grid, worth = _prices(sketch, label, deadline)
        found = lower_bound(sketch, grid)
        order = neighbours(sketch, found.order(sketch))
        cost = sketch.cost(order)
        if best is None or cost < best[0]:
            best = cost, order
        if bound is None or found.lower > bound.lower:
            bound = found
        close = best[0] - float(bound.lower) <= CLOSE * best[0] and sketch.n > FIRST_TYPES
        finer = _split(sketch, label, worth - found.value)
        if close or finer is None or time.monotonic() > deadline:
            return best[1], bound
        label = finer


def _slope(sketch: Sketch) -> Floats:
    """(n,): pay is at least this times a positive deficit (above 1 if crowding is linear)."""
    if sketch.crowding == 0:
        return np.ones(sketch.n)
    with np.errstate(divide="ignore", invalid="ignore"):
        chord = sketch.pay(sketch.deficit, np.arange(sketch.n)) / sketch.deficit
    return np.where(np.isfinite(chord), chord, 1.0)


def _prices(sketch: Sketch, label: npt.NDArray[np.int64], deadline: float) -> tuple[Floats, Floats]:
    """Return V at the slots' ends, and what the transport problem says each member adds."""
    sand = _pour(sketch, label)
    duals, price = _solve(sand, everyone=_everyone(sketch), deadline=deadline)
    worth = duals[label] * sketch.size
    return np.concatenate((np.zeros(1), np.cumsum(price) / SLOTS)), worth


def _everyone(sketch: Sketch) -> bool:
    return bool(sketch.problem.needed == sketch.problem.size.sum())


def _pour(sketch: Sketch, label: npt.NDArray[np.int64]) -> _Sand:
    heads = np.bincount(label)
    slope = _slope(sketch)
    deficit, weight, size = (
        np.bincount(label, v) / heads
        for v in (sketch.deficit * slope, sketch.weight * slope, sketch.size)
    )
    middle = (np.arange(SLOTS) + 0.5) / SLOTS
    before = weight[:, None] * middle < deficit[:, None]
    height = (deficit + weight * size / 2)[:, None] - weight[:, None] * middle
    cost = np.where(before, np.maximum(height, 0.0), 0.0) / size[:, None]
    return _Sand(np.asarray(np.bincount(label, sketch.size), dtype=np.float64), cost)


def _solve(sand: _Sand, everyone: bool, deadline: float) -> tuple[Floats, Floats]:
    """Solve the transport problem; return the duals of types and of slots."""
    from scipy import optimize
    from scipy.sparse import eye_array, kron

    linprog: Any = optimize.linprog

    types = len(sand.amount)
    of_type = kron(eye_array(types), np.ones((1, SLOTS))).tocsr()
    of_slot = kron(np.ones((1, types)), eye_array(SLOTS)).tocsr()
    slots = np.full(SLOTS, 1 / SLOTS)
    scale = float(np.median(sand.cost[:, SLOTS // 2])) or float(sand.cost.max()) or 1.0
    options = {"time_limit": max(1.0, deadline - time.monotonic())}
    problem: dict[str, Any]
    if everyone:
        slots = slots * (sand.amount.sum() * SLOTS * slots[0])
        problem = {"A_eq": _stack(of_type, of_slot), "b_eq": np.concatenate((sand.amount, slots))}
    else:
        problem = {"A_ub": of_type, "b_ub": sand.amount, "A_eq": of_slot, "b_eq": slots}
    solved = linprog(sand.cost.ravel() / scale, method="highs", options=options, **problem)
    if solved.status != 0:
        return np.zeros(types), np.zeros(SLOTS)
    if everyone:
        duals = np.asarray(solved.eqlin.marginals) * scale
        return duals[:types], duals[types:]
    return np.asarray(solved.ineqlin.marginals) * scale, np.asarray(solved.eqlin.marginals) * scale


def _stack(top: Any, bottom: Any) -> Any:
    from scipy.sparse import vstack

    return vstack((top, bottom)).tocsr()


def _features(sketch: Sketch) -> list[Floats]:
    """When pay reaches zero, how steeply it falls and how high it begins, for a unit of time."""
    with np.errstate(divide="ignore", invalid="ignore"):
        free = sketch.deficit / sketch.weight
        steep, high = np.log(sketch.weight / sketch.size), np.log(sketch.deficit / sketch.size)
    free = np.clip(np.nan_to_num(free, posinf=2.0), 0, 2)
    return [free, np.nan_to_num(steep, neginf=-700.0), np.nan_to_num(high, neginf=-700.0)]


def _first_types(sketch: Sketch) -> npt.NDArray[np.int64]:
    """Return each member's type: the largest alone, the others by quantiles of the features."""
    n = sketch.n
    if n <= FIRST_TYPES:
        return np.arange(n, dtype=np.int64)
    largest = np.argsort(-sketch.size, kind="stable")[: FIRST_TYPES // 4]
    varied = [f for f in _features(sketch) if np.ptp(f) > 0][:2] or [sketch.size]
    side = int((FIRST_TYPES * 3 / 4) ** (1 / len(varied)))
    label = np.zeros(n, dtype=np.int64)
    for feature in varied:
        rank = np.argsort(np.argsort(feature, kind="stable"), kind="stable")
        label = label * side + rank * side // n
    label[largest] = side ** len(varied) + np.arange(len(largest))
    return np.asarray(np.unique(label, return_inverse=True)[1], dtype=np.int64)


def _split(
    sketch: Sketch, label: npt.NDArray[np.int64], loss: Floats
) -> npt.NDArray[np.int64] | None:
    """Halve the types on which the bound loses most; None once there are enough types."""
    types = int(label.max()) + 1
    room = min(MOST_TYPES - types, max(30, types // 3))
    lost = np.bincount(label, np.maximum(loss, 0.0))
    lost[np.bincount(label) < 2] = 0.0
    features = _features(sketch)
    label, fresh = label.copy(), types
    for worst in np.argsort(-lost)[:room].tolist():
        if lost[worst] <= 0:
            break
        members = np.flatnonzero(label == worst)
        wide = [float(f[members].std() / (f.std() or 1.0)) for f in features]
        value = features[int(np.argmax(wide))][members]
        upper = value > np.median(value)
        upper = upper if upper.any() else value >= value.max()
        if upper.all():
            continue
        label[members[upper]] = fresh
        fresh += 1
    return label if fresh > types else None
