"""A problem → smaller ones with the same price.

- Who leaves for certain unpaid, given who is gone, may go next: that costs nothing
  and lowers what everyone else is paid. So a cascade of the unpaid comes first.
- Under default ties nobody is moved by members who make nothing: they are never
  worth approaching.
- Where everyone must go and general ties factor, fall_ij = a_i b_j (what j gives,
  everyone gets in proportion), they are default ties with b_j in the place of
  contributions.
- Where everyone must go, ties that do not return split the problem: if i's pay
  depends on j, even through others, and j's not on i, then j may go before i at no
  loss. The strongly connected components, in that order, are problems of their own.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor, gcd, lcm
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from missiongame.exact import Whole, as_objects
from missiongame.price.pay import wins_unpaid
from missiongame.price.problem import Order, Problem, row_sums
from missiongame.price.tie_graphs import topological


def unpaid_cascade(problem: Problem, *, for_nothing: bool = False) -> Order:
    """Return those whom pay of zero, or any above it, wins one after another.

    `for_nothing`: only those who leave for certain at pay of zero itself.

    Examples
    --------
    >>> import missiongame as mg
    >>> from fractions import Fraction
    >>> town = mg.Community([1, 1, 1], purpose=[-1, 1, 9], social=[0, 2, 2])
    >>> unpaid_cascade(Problem.of(town, mg.Rival(portability=1), Fraction(1)))
    array([0])
    """
    if problem.weight is not None:
        return _default_cascade(problem, problem.weight, for_nothing)
    deficit = problem.deficit.copy()
    starts, moved, falls = problem.by_partner
    ready = [i for i in range(problem.n) if _unpaid(problem, i, deficit[i], for_nothing)]
    gone = np.zeros(problem.n, dtype=bool)
    gone[ready] = True
    order: list[int] = []
    while ready:
        j = ready.pop()
        order.append(j)
        entries = slice(starts[j], starts[j + 1])
        who = moved[entries]
        deficit[who] -= falls[entries]
        for i in who[~gone[who]].tolist():
            if _unpaid(problem, i, deficit[i], for_nothing):
                gone[i] = True
                ready.append(i)
    return np.array(order, dtype=np.int64)


def _default_cascade(problem: Problem, weight: Whole, for_nothing: bool) -> Order:
    """Let members go in ascending order of the contributions that must be gone first."""
    deficit, size = problem.deficit, problem.size
    at_zero = np.full(problem.n, not for_nothing)  # who goes at a deficit of zero
    if not problem.linear:
        most = floor(1 / (problem.crowding * problem.unit))
        at_zero &= np.asarray(problem.pull <= most, dtype=bool)
    alone = np.asarray(weight == 0, dtype=bool)
    divisor = np.where(alone, 1, weight)
    # exact: the least whole number at which the deficit is low enough
    first = np.where(at_zero, -(-deficit // divisor), deficit // divisor + 1)
    unpaid = np.asarray((deficit < 0) | ((deficit == 0) & at_zero), dtype=bool)
    never = np.full(problem.n, sum(size.tolist()) + 1, dtype=size.dtype)
    first = np.where(alone, np.where(unpaid, 0, never), first)
    order: Order = np.argsort(first, kind="stable").astype(np.int64)
    gone = np.cumsum(size[order]) - size[order]
    goes = np.append(np.asarray(first[order] <= gone, dtype=bool), False)
    return order[: int(np.argmin(goes))]


def _unpaid(problem: Problem, i: int, deficit: Any, for_nothing: bool) -> bool:
    if for_nothing:
        return bool(deficit < 0)
    if problem.linear or deficit < 0:
        return bool(deficit <= 0)
    return wins_unpaid(int(deficit), problem.unit * int(problem.pull[i]), problem.crowding)


def without(problem: Problem, gone: Order, keep: Order | None = None) -> tuple[Problem, Order]:
    """Return the problem left when `gone` have gone, and which members its positions are.

    With `keep`, those neither kept nor gone are never approached.
    """
    staying = np.ones(problem.n, dtype=bool)
    staying[gone] = False
    rest = np.flatnonzero(staying) if keep is None else np.asarray(keep, dtype=np.int64)
    taken = int(problem.size[gone].sum())
    ties: dict[str, Any]
    if problem.weight is not None:
        deficit = problem.deficit - problem.weight * taken
        ties = {"weight": problem.weight[rest]}
    else:
        starts, partners, falls = problem.sparse
        deficit = problem.deficit - row_sums(np.where(staying[partners], 0, falls), starts)
        place = np.full(problem.n, -1, dtype=np.int64)
        place[rest] = np.arange(len(rest))
        inside = (place[problem.rows] >= 0) & (place[partners] >= 0)
        counts = np.bincount(place[problem.rows[inside]], minlength=len(rest))
        ties = {
            "starts": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            "partners": place[partners[inside]],
            "falls": falls[inside],
        }
    columns = {"deficit": deficit[rest], "pull": problem.pull[rest], "size": problem.size[rest]}
    needed = max(0, problem.needed - taken)
    return replace(problem, **columns, needed=needed, **ties), rest


def factored(problem: Problem) -> Problem:
    """Return the same problem with default ties where its general ties factor, else itself."""
    n = problem.n
    if problem.weight is not None or not problem.all_members:
        return problem
    if n < 3 or len(problem.rows) != n * (n - 1):
        return problem
    falls = problem.sparse[2].astype(object)
    full = np.zeros((n, n), dtype=object)
    full[problem.rows, problem.sparse[1]] = falls
    # b_j up to one scale: full[0, j], and for j = 0 through the ratio of rows 1 and 0
    given = full[0] * full[1, 2]
    given[0] = full[1, 0] * full[0, 2]
    given //= gcd(*given.tolist())
    taken = [Fraction(full[i, j], given[j]) for i in range(n) for j in [int(i == 0)]]
    under = lcm(*(t.denominator for t in taken))
    weight = as_objects(int(t * under) for t in taken)
    product = np.outer(weight, given)
    np.fill_diagonal(product, 0)
    if not np.array_equal(product, full * under):
        return problem
    return Problem(
        problem.unit / under,
        problem.deficit.astype(object) * under,
        problem.pull.astype(object) * under,
        problem.crowding,
        size=given,
        needed=int(given.sum()),
        weight=weight,
    ).in_int64()


def blocks(problem: Problem) -> list[Order]:
    """Return the members in groups to be won one after another, each a problem of its own.

    One group unless ties are general and everyone must go. Members who make nothing
    are optional: their groups are then only those without any tie between them.
    """
    if problem.weight is not None or not problem.all_work or problem.n == 0:
        return [np.arange(problem.n, dtype=np.int64)]
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    shape = (problem.n, problem.n)
    graph = coo_array((np.ones(len(problem.rows)), (problem.rows, problem.sparse[1])), shape=shape)
    kind: Literal["strong", "weak"] = "strong" if np.all(problem.size > 0) else "weak"
    count, label = connected_components(graph.tocsr(), directed=True, connection=kind)
    sequence = _dependencies_first(problem, count, label)
    members = np.argsort(label, kind="stable")
    ends = np.cumsum(np.bincount(label, minlength=count))
    groups = np.split(members, ends[:-1])
    return [groups[c].astype(np.int64) for c in sequence]


def _dependencies_first(problem: Problem, count: int, label: npt.NDArray[Any]) -> list[int]:
    """Return the components so that each comes after all that its members value."""
    valued, valuing = label[problem.sparse[1]], label[problem.rows]
    across = valued != valuing
    edges = np.unique(np.stack((valued[across], valuing[across])), axis=1).astype(np.int64)
    order = topological(count, edges[0], edges[1])
    if order is None:
        raise AssertionError("components cycle")  # impossible for strong components
    return [int(c) for c in order]
