"""Weights that make ties symmetric: λ_i f_i g_ij = λ_j f_j g_ji for all i, j, with λ > 0.

f_i is what T_i falls by as a tie worth 1 passes to the stayers (1 + ρ with the
standard payoffs). Such weights exist iff every tie is returned, with the same
sign, and the ratios along every cycle multiply to one; they are then fixed, up to
a factor, in each connected component by a spanning tree. Floats only refute.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import NoPotential
from missiongame.members.sparse_ties import SparseTies
from missiongame.model import Ties

_FAR = 2.0**-20  # relative; rounding along a path of some thousand ties does not reach it
_LONG = 1 << 16  # bits of a weight beyond which exact arithmetic is given up

Ints = npt.NDArray[np.int64]


def symmetric_weights(
    ties: Ties, graph: SparseTies, factors: Sequence[Fraction] | None
) -> list[Fraction]:
    """Return λ; `factors` are the f_i, or None where they are all alike.

    Raises
    ------
    NoPotential
        If there are none (or none of a length that can be handled).
    """
    for i, factor in enumerate(factors or ()):
        if not factor:
            raise NoPotential(f"what member {i} gains by staying is nothing to do with the others")
    back = _returned(ties, graph)
    if factors is None and bool(np.all(ties.worth == ties.worth[back])):
        return [Fraction(1)] * ties.n
    f = factors if factors is not None else [Fraction(1)] * ties.n
    rows = ties.rows
    tree = _spanning_forest(graph, rows)
    _refute(graph, rows, back, tree, np.array([float(x) for x in f]))
    weights = _along(ties, back, tree, f)
    for k in np.flatnonzero(rows < ties.partners).tolist():
        i, j = int(rows[k]), int(ties.partners[k])
        here, there = Fraction(ties.worth[k]), Fraction(ties.worth[back[k]])
        if weights[i] * f[i] * here != weights[j] * f[j] * there:
            raise NoPotential(_around_a_cycle(i, j))
    return weights


def _around_a_cycle(i: int, j: int) -> str:
    return (
        f"the ratios of ties do not multiply to one around a cycle through members {i} and {j}, "
        "so no weights make the ties symmetric and the game has no weighted potential"
    )


def _returned(ties: Ties, graph: SparseTies) -> Ints:
    """Return where each tie's opposite is kept, g_ji for g_ij."""
    import scipy.sparse

    _balanced(ties)
    position = scipy.sparse.csr_array(
        (np.arange(len(ties.partners)), ties.partners, ties.starts), shape=(ties.n, ties.n)
    ).tocsc()
    if np.array_equal(position.indptr, ties.starts) and np.array_equal(
        position.indices, ties.partners
    ):
        back: Ints = position.data
        return back
    pattern = graph.matrix.copy()
    pattern.data = np.ones(len(ties.partners))
    one_way = (pattern - pattern.T).tocoo()
    k = int(np.argmax(one_way.data > 0))
    i, j = int(one_way.coords[0][k]), int(one_way.coords[1][k])
    raise NoPotential(_one_way(i, j))


def _balanced(ties: Ties) -> None:
    """Raise where a member values more others than value it: the quick way to a one-way tie."""
    given, taken = np.diff(ties.starts), np.bincount(ties.partners, minlength=ties.n)
    more = np.flatnonzero(given > taken)
    if len(more):
        i = int(more[0])
        for j in ties.partners[ties.starts[i] : ties.starts[i + 1]].tolist():
            theirs = ties.partners[ties.starts[j] : ties.starts[j + 1]]
            if i not in theirs:
                raise NoPotential(_one_way(i, j))


def _one_way(i: int, j: int) -> str:
    return (
        f"ties[{i}, {j}] is not zero and ties[{j}, {i}] is, "
        "so no weights make the ties symmetric and the game has no weighted potential"
    )


def _spanning_forest(graph: SparseTies, rows: Ints) -> list[tuple[int, int, int]]:
    """Return (parent, child, position of the parent's tie to the child), parents first."""
    import scipy.sparse
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    n = graph.n
    _, label = connected_components(graph.matrix, directed=False)
    _, roots = np.unique(label, return_index=True)
    # One more node, tied to a root of every component, makes a single search do.
    joined = scipy.sparse.csr_array(
        (
            np.ones(len(rows) + len(roots)),
            (np.append(rows, np.full(len(roots), n)), np.append(graph.partners, roots)),
        ),
        shape=(n + 1, n + 1),
    )
    found: Any = breadth_first_order(joined, n)
    order: Any = found[0]
    before: Any = found[1].astype(np.int64)
    child: Any = order[before[order] >= 0].astype(np.int64)
    child = child[before[child] < n]
    parent = before[child]
    place: Any = np.searchsorted(rows * n + graph.partners, parent * n + child)
    return list(zip(parent.tolist(), child.tolist(), place.tolist(), strict=True))


def _refute(
    graph: SparseTies, rows: Ints, back: Ints, tree: list[tuple[int, int, int]], f: Any
) -> None:
    """Raise if floats show already that there are no weights."""
    here, there = f[rows] * np.sign(graph.worth), f[graph.partners] * np.sign(graph.worth[back])
    if (here * there < 0).any():
        k = int(np.argmax(here * there < 0))
        i, j = int(rows[k]), int(graph.partners[k])
        raise NoPotential(f"ties[{i}, {j}] and ties[{j}, {i}] are of opposite signs")
    with np.errstate(all="ignore"):  # what over- or underflows refutes nothing
        size = np.log(np.abs(graph.worth))
        logs = np.log(np.abs(f[rows])) + size - np.log(np.abs(f[graph.partners])) - size[back]
    log, steps = np.zeros(graph.n), logs.tolist()
    for parent, child, k in tree:
        log[child] = log[parent] + steps[k]
    with np.errstate(all="ignore"):
        off = np.abs(log[rows] + logs - log[graph.partners])
    sizes = 1 + np.abs(log[rows]) + np.abs(log[graph.partners])
    limit = _FAR * sizes * max(1.0, len(tree) / 1000)
    far = np.flatnonzero(np.isfinite(off) & (off > limit))
    if len(far):
        raise NoPotential(_around_a_cycle(int(rows[far[0]]), int(graph.partners[far[0]])))


def _along(
    ties: Ties, back: Ints, tree: list[tuple[int, int, int]], f: Sequence[Fraction]
) -> list[Fraction]:
    weights = [Fraction(1)] * ties.n
    for parent, child, k in tree:
        there = f[child] * Fraction(ties.worth[back[k]])
        weight = weights[parent] * f[parent] * Fraction(ties.worth[k]) / there
        if weight.denominator.bit_length() + weight.numerator.bit_length() > _LONG:
            raise NoPotential("the weights that make the ties symmetric are too long to work with")
        weights[child] = weight
    return weights
