"""From an array or a graph to ties: what one member's presence is worth to another.

g_ij (i ≠ j) is what j's presence in the community is worth to i, in money a
period. Kept as compressed sparse rows: member i's ties are
``partners[starts[i]:starts[i + 1]]`` with the worths ``worth[...]`` beside them.
A tie of zero is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import StructureMissing, Words, illegal, wrong_type
from missiongame.exact import Column, column, fractions_of


@dataclass(frozen=True, eq=False)
class Ties:
    """Who is worth what to whom, as compressed sparse rows.

    Attributes
    ----------
    starts : (n + 1,) int64
    partners : (m,) int64
        In ascending order within each member's row.
    worth : (m,) column
        Money a period, never zero, possibly negative.

    Examples
    --------
    >>> ties = Ties.of([[0, 2], [1, 0]], n=2)
    >>> ties.dense()
    array([[0., 2.],
           [1., 0.]])
    """

    starts: npt.NDArray[np.int64]
    partners: npt.NDArray[np.int64]
    worth: Column

    @classmethod
    def of(cls, value: Any, n: int, names: tuple[str, ...] | None = None) -> Ties:
        """Read ties from a dense array, a SciPy sparse array, a NetworkX graph or `Ties`.

        In a graph the edge (i, j) with attribute ``weight`` (1 if it has none) is
        what j is worth to i; an undirected edge counts both ways. Its nodes are the
        members' names or their positions 0, …, n − 1.

        Raises
        ------
        InvalidValue
            On another shape than (n, n), a tie of a member to itself, NaN or
            infinity, or nodes that do not match the members.
        """
        if isinstance(value, Ties):
            if value.n != n:
                raise illegal("ties", Words(f"for {value.n} members"), f"for {n} members")
            return value
        if hasattr(value, "edges") and hasattr(value, "nodes"):
            return cls._from_triples(*_graph_triples(value, n, names), n)
        if hasattr(value, "tocoo"):
            coo = value.tocoo()
            _check_shape(coo.shape, n)
            rows, columns = coo.coords if hasattr(coo, "coords") else (coo.row, coo.col)
            return cls._from_triples(rows, columns, np.asarray(coo.data), n)
        array = np.asarray(value)
        if array.dtype.kind in "USbM" or array.ndim == 0:
            raise wrong_type("ties", value, "an (n, n) array, a SciPy sparse array or a graph")
        _check_shape(array.shape, n)
        rows, columns = np.nonzero(array)
        return cls._from_triples(rows, columns, array[rows, columns], n)

    @classmethod
    def _from_triples(cls, rows: Any, columns: Any, values: Any, n: int) -> Ties:
        rows = np.asarray(rows, dtype=np.int64)
        columns = np.asarray(columns, dtype=np.int64)
        worth = column(values, "ties", len(rows)) if len(rows) else np.zeros(0)
        keep = np.asarray(worth != 0, dtype=bool)
        if not keep.all():
            rows, columns, worth = rows[keep], columns[keep], worth[keep]
        if (rows == columns).any():
            i = int(rows[np.argmax(rows == columns)])
            raise illegal(f"ties[{i}, {i}]", worth[np.argmax(rows == columns)], "0: no self ties")
        order = np.lexsort((columns, rows))
        rows, columns, worth = rows[order], columns[order], worth[order]
        twice = (np.diff(rows) == 0) & (np.diff(columns) == 0)
        if twice.any():
            k = int(np.argmax(twice))
            raise illegal(
                "ties", Words(f"given twice for ({rows[k]}, {columns[k]})"), "given once a pair"
            )
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=n))))
        return cls(starts.astype(np.int64), columns, worth)

    @property
    def n(self) -> int:
        """Number of members."""
        return len(self.starts) - 1

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """Length-m array: the member whose tie each entry is."""
        return np.repeat(np.arange(self.n, dtype=np.int64), np.diff(self.starts))

    def row(self, i: int) -> slice:
        """Return where member i's ties stand in `partners` and `worth`."""
        return slice(self.starts[i], self.starts[i + 1])

    @cached_property
    def reversed(self) -> Ties:
        """The same ties listed by partner: row j holds every i who values j."""
        order = np.lexsort((self.rows, self.partners))
        counts = np.bincount(self.partners, minlength=self.n)
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return Ties(starts, self.rows[order], self.worth[order])

    def among(self, kept: npt.NDArray[np.bool_]) -> Ties:
        """Return the ties among the members in the mask `kept`, (n,) bool, renumbered in order."""
        place = np.cumsum(kept) - 1
        inside = kept[self.rows] & kept[self.partners]
        counts = np.bincount(place[self.rows[inside]], minlength=int(kept.sum()))
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return Ties(starts, place[self.partners[inside]], self.worth[inside])

    def times(self, factors: Sequence[Fraction]) -> Ties:
        """Return the ties with member i's multiplied by `factors[i]`, which is not 0.

        Examples
        --------
        >>> Ties.of([[0, 2], [1, 0]], n=2).times([Fraction(1, 2), Fraction(3)]).dense()
        array([[0., 1.],
               [3., 0.]])
        """
        whose = zip(fractions_of(self.worth), self.rows.tolist(), strict=True)
        worth = [worth * factors[i] for worth, i in whose]
        return Ties(self.starts, self.partners, column(worth, "ties", len(worth)))

    @property
    def nonnegative(self) -> bool:
        """Whether no tie is negative."""
        return bool(np.all(self.worth >= 0))

    def dense(self) -> npt.NDArray[Any]:
        """Return the (n, n) array of ties, zero on the diagonal."""
        full = np.zeros((self.n, self.n), dtype=self.worth.dtype)
        full[self.rows, self.partners] = self.worth
        return full

    def require_nonnegative(self, why: str) -> None:
        """Raise `StructureMissing`, which names a negative tie and says `why`, if there is one."""
        if not self.nonnegative:
            i, j = self.first_negative()
            raise StructureMissing(f"ties[{i}, {j}] is negative{why}")

    def first_negative(self) -> tuple[int, int]:
        """Return (i, j) of a negative tie; call only where there is one."""
        k = int(np.argmax(self.worth < 0))
        return int(self.rows[k]), int(self.partners[k])


def _check_shape(shape: tuple[int, ...], n: int) -> None:
    if tuple(shape) != (n, n):
        raise illegal("ties", Words(f"of shape {tuple(shape)}"), f"of shape {(n, n)}: {n} members")


def _graph_triples(graph: Any, n: int, names: tuple[str, ...] | None) -> tuple[Any, Any, Any]:
    nodes = set(graph.nodes)
    if nodes == set(range(n)):
        position: dict[Any, int] = {i: i for i in range(n)}
    elif names is not None and nodes == set(names):
        position = {name: i for i, name in enumerate(names)}
    else:
        raise illegal(
            "ties", Words(f"a graph of {len(nodes)} nodes"), "on the members' names or 0, …, n − 1"
        )
    edges = [(position[u], position[v], w) for u, v, w in graph.edges(data="weight", default=1)]
    if not graph.is_directed():
        edges += [(j, i, w) for i, j, w in edges if i != j]
    if not edges:
        return [], [], []
    rows, columns, weights = zip(*edges, strict=True)
    return rows, columns, list(weights)
