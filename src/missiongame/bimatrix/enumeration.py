"""From a game to all its extreme equilibria, exactly: the other polyhedron, only where it matters.

`demands` gives the vertices x of one polyhedron, and the labels each one asks of
a partner y. The other polyhedron is then finished keeping only rays that are on
the way to what some x asks: on every label asked for, of those cut so far. All
extreme rays of the face that x asks for are kept at every cut, so that adjacency
within it is still decided rightly; a ray that is made from two faces lies in
none, and is dropped. Where few x are left, each one's face is built on its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.best_response_polyhedron import Demands, demands
from missiongame.bimatrix.double_description import Cone
from missiongame.bimatrix.label_sets import Masks, bit, covering, has, mask_of, subset_pairs
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, Profile, primitive
from missiongame.exact import Whole

_FEW = 24  # so many x or fewer, and many more rays: build each one's face on its own
_WANTED = 1000  # more demands than these cost more to compare with than they prune
_RAYS = 100  # fewer rays than these are cheaper to keep than to prune


@dataclass(frozen=True)
class Paired:
    """Extreme strategies as integers (each row up to a factor), and which make equilibria."""

    rows: Whole
    columns: Whole
    pairs: npt.NDArray[np.intp]

    def swapped(self) -> Paired:
        """Return the same with the players' names exchanged."""
        return Paired(self.columns, self.rows, self.pairs[:, ::-1])


class Gathered:
    """Vertices of one player, each with all its partners, as far as they are known."""

    def __init__(self) -> None:
        self._parts: list[tuple[Whole, Masks, Whole]] = []
        self.flipped = False

    def __len__(self) -> int:
        return sum(len(masks) for _, masks, _ in self._parts)

    def add(self, mine: Whole, masks: Masks, points: Whole) -> None:
        """Note a vertex and all its partners."""
        self._parts.append((mine, masks, points))  # at once: Ctrl-C may come between

    def profiles(self) -> list[Profile]:
        """Return the equilibria one by one."""
        if not self._parts:
            return []
        found = self.paired()
        rows, columns = found.rows.tolist(), found.columns.tolist()
        return [(primitive(rows[i]), primitive(columns[j])) for i, j in found.pairs]

    def paired(self) -> Paired:
        """Return what was gathered, each partner once."""
        masks = np.concatenate([part[1] for part in self._parts])
        points = np.concatenate([part[2] for part in self._parts])
        _, first, which = np.unique(masks, axis=0, return_index=True, return_inverse=True)
        sizes = [len(part[1]) for part in self._parts]
        mine = np.repeat(np.arange(len(sizes)), sizes)
        pairs = np.stack([mine, which.ravel()], axis=1)
        vertices = np.array([part[0] for part in self._parts], dtype=object)
        found = Paired(vertices, points[first], pairs)
        return found.swapped() if self.flipped else found


def enumerate_extremes(game: Bimatrix, clock: Clock, gathered: Gathered | None = None) -> Paired:
    """Return all extreme equilibria of `game`.

    Parameters
    ----------
    game : Bimatrix
    clock : Clock
    gathered : Gathered, optional
        Where to leave what is known, in case the computation is stopped.

    Raises
    ------
    Stopped
        When the clock says so, or memory would not do.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> enumerate_extremes(read_game([[1, 0], [0, 1]]), Clock()).pairs
    array([[0, 0]])
    """
    asking = demands(game, clock)
    if by_faces(asking):
        gathered = Gathered() if gathered is None else gathered
        gathered.flipped = asking.flipped
        for k in range(len(asking)):
            clock.check(f"{len(gathered)} equilibria, face {k + 1} of {len(asking)}")
            masks, points = _face(asking, k, clock)
            if len(masks):
                gathered.add(asking.points[k], masks, points)
        return gathered.paired()
    return pair_up(asking, clock)


def pair_up(asking: Demands, clock: Clock) -> Paired:
    """Return all extreme equilibria, finishing the other polyhedron for all vertices at once."""
    tight, partners = _together(asking, clock)
    x, y = subset_pairs(asking.asked, tight)
    used_x, x = np.unique(x, return_inverse=True)
    used_y, y = np.unique(y, return_inverse=True)
    found = Paired(asking.points[used_x], partners[used_y], np.stack([x, y], axis=1))
    return found.swapped() if asking.flipped else found


def by_faces(asking: Demands) -> bool:
    """Return whether to treat each vertex's face on its own: few, in a large polyhedron."""
    few = len(asking) <= _FEW and len(asking.other) > _FEW * len(asking)
    return few and bool(asking.other.pending)


def _together(asking: Demands, clock: Clock) -> tuple[Masks, Whole]:
    """Finish the other cone, keeping only rays on the way to what some vertex asks."""
    other, asked = asking.other, asking.asked
    while other.pending:
        clock.check(f"{len(other)} rays for {len(asked)} vertices, {len(other.pending)} cuts to go")
        proposal = other.propose()
        candidates = np.concatenate([other.tight[proposal.old], proposal.new])
        keep = None
        if len(candidates) > _RAYS:
            label = other.cuts[other.pending[proposal.chosen]]
            asked, keep = _pruned(asked, other.done | bit(label, asked.shape[1]), candidates)
        other.cut(proposal, keep)
    return other.points()


def _pruned(
    asked: Masks, done: Masks, candidates: Masks
) -> tuple[Masks, npt.NDArray[np.bool_] | None]:
    """Return the demands that some candidate can meet, and the candidates that meet some.

    So far as it is known: on the constraints that are `done`.
    """
    wanted = np.unique(asked & done, axis=0)
    if len(wanted) > _WANTED:
        return asked, None
    reached, keep = covering(wanted, candidates)
    return asked[covering(asked & done, wanted[reached])[0]], keep


def _face(asking: Demands, k: int, clock: Clock) -> tuple[Masks, Whole]:
    """Return the vertices (masks, points) on the face that vertex k asks for."""
    mine, words = asking.mine, asking.asked.shape[1]
    played, allowed = asking.face(k)
    part = asking.payoffs.part(range(len(mine.labels)), allowed)
    cone = Cone(part, [mine.cuts[j] for j in allowed], mine.labels, words, clock, played[0])
    cone.select(has(cone.tight, mine.labels[played[0]]))
    while cone.pending:
        clock.check()
        equal = [at for at, cut in enumerate(cone.pending) if cut in played]
        proposal = cone.propose(equal[0] if equal else None)
        keep = None
        if equal:
            label = mine.labels[cone.pending[equal[0]]]
            keep = has(np.concatenate([cone.tight[proposal.old], proposal.new]), label)
        cone.cut(proposal, keep)
    tight, at = cone.points()
    points = np.zeros((len(at), len(mine.cuts)), dtype=object)
    points[:, allowed] = at
    absent = set(range(len(mine.cuts))) - set(allowed)
    return tight | mask_of([mine.cuts[j] for j in absent], words), points
