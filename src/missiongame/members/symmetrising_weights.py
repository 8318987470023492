"""From ties to weights that make them symmetric: λ_i f_i g_ij = λ_j f_j g_ji, λ > 0.

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
_SO = "so no weights make the ties symmetric and the game has no weighted potential"
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
            raise NoPotential(
                f"what member {i + 1} gains by staying has nothing to do with the others"
            )
    rows = ties.rows
    back = _returned(ties, rows)
    if factors is None and bool(np.all(ties.worth == ties.worth[back])):
        return [Fraction(1)] * ties.n
    f = factors if factors is not None else [Fraction(1)] * ties.n
    tree = _spanning_forest(graph, rows)
    _refute(graph, rows, back, tree, np.array([float(x) for x in f]))
    weights = _along(ties, back, tree, f)
    for k in np.flatnonzero(rows < ties.partners).tolist():
        i, j = int(rows[k]), int(ties.partners[k])
        here, there = Fraction(ties.worth[k]), Fraction(ties.worth[back[k]])
        if weights[i] * f[i] * here != weights[j] * f[j] * there:
            raise _around_a_cycle(i, j)
    return weights


def _one_way(i: int, j: int) -> NoPotential:
    return NoPotential(f"ties[{i}, {j}] is not zero and ties[{j}, {i}] is, {_SO}")


def _around_a_cycle(i: int, j: int) -> NoPotential:
    return NoPotential(
        f"the ratios of ties do not multiply to one around a cycle through members {i} and {j}, "
        + _SO
    )


def _returned(ties: Ties, rows: Ints) -> Ints:
    """Return where each tie's opposite is kept, g_ji for g_ij."""
    import scipy.sparse

    more = np.flatnonzero(np.diff(ties.starts) > np.bincount(ties.partners, minlength=ties.n))
    for i in more[:1].tolist():  # the quick way: who values more others than value it
        for j in ties.partners[ties.row(i)].tolist():
            if i not in ties.partners[ties.row(j)]:
                raise _one_way(i, j)
    position = scipy.sparse.csr_array(
        (np.arange(len(ties.partners)), ties.partners, ties.starts), shape=(ties.n, ties.n)
    ).tocsc()
    same = np.array_equal(position.indptr, ties.starts)
    if not (same and np.array_equal(position.indices, ties.partners)):
        there, back = rows * ties.n + ties.partners, ties.partners * ties.n + rows
        k = int(np.argmin(np.isin(there, back)))
        raise _one_way(int(rows[k]), int(ties.partners[k]))
    returned: Ints = position.data
    return returned


def _spanning_forest(graph: SparseTies, rows: Ints) -> list[tuple[int, int, int]]:
    """Return (parent, child, position of the parent's tie to the child), parents first."""
    import scipy.sparse
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    n = graph.n
    _, label = connected_components(graph.matrix, directed=False)
    _, roots = np.unique(label, return_index=True)
    # One more node, tied to a root of every component, makes a single search do.
    ends = np.append(rows, np.full(len(roots), n)), np.append(graph.partners, roots)
    joined = scipy.sparse.csr_array((np.ones(len(ends[0])), ends), shape=(n + 1, n + 1))
    order, before = breadth_first_order(joined, n)
    child: Ints = order[1:].astype(np.int64)
    parent: Ints = before[child].astype(np.int64)
    child, parent = child[parent < n], parent[parent < n]
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
        raise _around_a_cycle(int(rows[far[0]]), int(graph.partners[far[0]]))


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
