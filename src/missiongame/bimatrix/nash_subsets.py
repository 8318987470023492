"""From the extreme equilibria to maximal Nash subsets and components.

The extreme equilibria are the edges of a bipartite graph between extreme
strategies x and y. A *Nash subset* is a product U x V of which every profile is
an equilibrium; the maximal ones are conv(U) x conv(V) for the maximal bicliques
(U, V) of that graph, and their unions over each connected part of it are the
topological components of the set of equilibria (Avis, Rosenberg, Savani and von
Stengel 2010, "Enumeration of Nash equilibria for two-player games", section 2;
Winkels 1979; Jansen 1981).

The neighbourhoods N(x) of one side generate the maximal bicliques: V is closed
iff it is an intersection of some N(x), and then U = {x : N(x) contains V}.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, TypeAlias

from missiongame.bimatrix.strategies import Mixed

Edges: TypeAlias = Sequence[tuple[int, int]]
Biclique: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]


class NashSubset(NamedTuple):
    """A product of two polytopes of which every profile is an equilibrium.

    `rows` and `columns` are the extreme points of the two; every pair of them is
    an extreme equilibrium.
    """

    rows: tuple[Mixed, ...]
    columns: tuple[Mixed, ...]


@dataclass(frozen=True)
class Component:
    """A connected component of the set of equilibria: a union of maximal Nash subsets.

    Attributes
    ----------
    subsets : tuple of NashSubset
    size : int
        How many extreme equilibria it has.
    """

    subsets: tuple[NashSubset, ...]
    size: int

    @property
    def extremes(self) -> tuple[tuple[Mixed, Mixed], ...]:
        """The extreme equilibria (row, column) in it, each once."""
        pairs = ((x, y) for s in self.subsets for x in s.rows for y in s.columns)
        return tuple(dict.fromkeys(pairs))


def connected(pairs: Edges) -> list[list[tuple[int, int]]]:
    """Return the edges of each connected part of a bipartite graph.

    Examples
    --------
    >>> connected([(0, 0), (1, 1), (0, 2)])
    [[(0, 0), (0, 2)], [(1, 1)]]
    """
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while (up := root.setdefault(node, node)) != node:
            root[node] = root[up]
            node = up
        return node

    for i, j in pairs:
        root[find(("y", j))] = find(("x", i))
    parts: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for i, j in pairs:
        parts.setdefault(find(("x", i)), []).append((i, j))
    return list(parts.values())


def maximal_bicliques(pairs: Edges) -> list[Biclique]:
    """Return the maximal bicliques (U, V) of the bipartite graph with these edges.

    Examples
    --------
    >>> maximal_bicliques([(0, 0), (0, 1), (1, 1)])
    [((0,), (0, 1)), ((0, 1), (1,))]
    """
    from_x, from_y = _neighbours(pairs), _neighbours([(j, i) for i, j in pairs])
    if len(from_x) > len(from_y):
        return sorted((us, vs) for vs, us in _closed_pairs(from_y, from_x))
    return sorted(_closed_pairs(from_x, from_y))


def _neighbours(pairs: Edges) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {}
    for i, j in pairs:
        near.setdefault(i, set()).add(j)
    return near


def _closed_pairs(near: dict[int, set[int]], back: dict[int, set[int]]) -> list[Biclique]:
    """Close the neighbourhoods in `near` under intersection; pair each with its sources."""
    closed: dict[frozenset[int], None] = {}
    for i in sorted(near):
        mine = frozenset(near[i])
        met = [mine & v for v in closed if not mine.isdisjoint(v)]
        closed.update(dict.fromkeys([mine, *met]))
    return [
        (tuple(sorted(set.intersection(*(back[j] for j in vs)))), tuple(sorted(vs)))
        for vs in closed
    ]


def components(
    rows: Sequence[Mixed], columns: Sequence[Mixed], pairs: Edges
) -> tuple[Component, ...]:
    """Return the components, each with its maximal Nash subsets, certified.

    Every pair of a subset's corners is one of the extreme equilibria, so that each
    corner is best against all mixtures of the other's; and each of them is in one.

    Parameters
    ----------
    rows, columns : sequences of mixed strategies
        The extreme strategies.
    pairs : sequence of (int, int)
        Which of them make the extreme equilibria.

    Examples
    --------
    >>> [c.subsets for c in components("ab", "uv", [(0, 0), (0, 1), (1, 1)])]
    [(NashSubset(rows=('a',), columns=('u', 'v')), NashSubset(rows=('a', 'b'), columns=('v',)))]
    """
    found = []
    for part in connected(pairs):
        bicliques = maximal_bicliques(part)
        if {edge for us, vs in bicliques for edge in product(us, vs)} != set(part):
            raise RuntimeError("a Nash subset failed its certificate: please report this game")
        subsets = (
            NashSubset(tuple(rows[i] for i in us), tuple(columns[j] for j in vs))
            for us, vs in bicliques
        )
        found.append(Component(tuple(subsets), len(part)))
    return tuple(found)
