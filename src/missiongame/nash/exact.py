"""All extreme equilibria, exactly: one polytope whole, the other only where it matters.

With labels 0..m−1 for rows and m..m+n−1 for columns, (x, y) is an extreme
equilibrium iff x and y are vertices of the two best-response polyhedra and every
label is on x or on y. So a vertex x asks something of y: the labels that x lacks.

1. Both polyhedra are built cut by cut (`rays.Cone`), always the one with fewer
   rays next, until one is finished; call its vertices x.
2. An x whose support contains a strategy that another one strictly dominates
   against the best responses to x can have no partner, and is left out.
3. The other polyhedron is finished keeping only rays that are on the way to what
   some x asks: on every label asked for, of those that were cut so far. All
   extreme rays of the face that x asks for are kept at every cut, so adjacency
   within it is still decided rightly; a ray that is made from two faces lies in
   none, and is dropped.
4. Where few x are left, each one's face is built on its own: it is small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from missiongame.nash.clock import Clock
from missiongame.nash.masks import Masks, bit, covering, has, mask_of, subset_pairs, words_for
from missiongame.nash.payoffs import Bimatrix, OneSide, Whole
from missiongame.nash.rays import Cone

_FEW = 24  # so many x or fewer: build each one's face on its own
_WORK = 100_000_000  # comparisons that a pruning may cost


@dataclass(frozen=True)
class Extremes:
    """Extreme strategies as integers (each row up to a factor), and which make equilibria."""

    rows: Whole
    columns: Whole
    pairs: npt.NDArray[np.intp]

    def swapped(self) -> Extremes:
        """Return the same with the players' names exchanged."""
        return Extremes(self.columns, self.rows, self.pairs[:, ::-1])


def enumerate_extremes(game: Bimatrix, clock: Clock) -> Extremes:
    """Return all extreme equilibria of `game`.

    Raises
    ------
    Stopped
        When the clock says so, or memory would not do.
    """
    m, n = game.shape
    words = words_for(m + n)
    rows, columns = range(m), range(m, m + n)
    mine = Cone(game.columns, rows, columns, words)
    other = Cone(game.rows, columns, rows, words)
    while mine.pending and other.pending:
        cone = mine if len(mine) <= len(other) else other
        clock.check(f"{len(mine)} and {len(other)} rays, {len(mine.pending)} cuts to go")
        cone.cut(cone.propose())
    if mine.pending:
        return _match(game.columns, other, mine, clock).swapped()
    return _match(game.rows, mine, other, clock)


def _match(payoffs: OneSide, mine: Cone, other: Cone, clock: Clock) -> Extremes:
    """Return the equilibria, `mine` being finished; `payoffs` are those of its player."""
    masks, points = mine.points()
    full = mask_of([*mine.labels, *mine.cuts], masks.shape[1])
    asked = full & ~masks
    alive = np.flatnonzero(~_hopeless(payoffs.whole, asked, mine, clock))
    if len(alive) <= _FEW and other.pending:
        found, columns = _face_by_face(payoffs, asked[alive], mine, clock)
    else:
        found, columns = _together(asked[alive], other, clock)
    x, y = subset_pairs(asked[alive], found)
    used, x = np.unique(x, return_inverse=True)
    return Extremes(points[alive[used]], columns, np.stack([x, y], axis=1))


def _hopeless(payoffs: Whole, asked: Masks, mine: Cone, clock: Clock) -> npt.NDArray[np.bool_]:
    """Return which vertices play a strategy that is dominated against the best responses.

    `asked` holds the strategies played and the opponent's that are no best responses.
    """
    words = asked.shape[1]
    allowed = ~asked
    hopeless = np.zeros(len(asked), dtype=bool)
    for i, label in enumerate(mine.labels):
        clock.check()
        worse = payoffs > payoffs[i]
        not_better = np.array(
            [mask_of([mine.cuts[j] for j in np.flatnonzero(~row)], words) for row in worse]
        )
        playing = np.flatnonzero(has(asked, label) & ~hopeless)
        not_better = np.delete(not_better, i, axis=0)
        if len(playing) and len(not_better):
            # Nothing allowed is among what the other strategy is not better against.
            hopeless[playing] |= covering(not_better, ~allowed[playing])[1]
    return hopeless


def _together(asked: Masks, other: Cone, clock: Clock) -> tuple[Masks, Whole]:
    """Finish the other cone, keeping only rays on the way to what some vertex asks."""
    while True:
        wanted = np.unique(asked & other.done, axis=0)
        if not other.pending:
            other.select(covering(wanted, other.tight)[1])
            return other.points()
        clock.check(f"{len(other)} rays for {len(asked)} vertices, {len(other.pending)} cuts to go")
        proposal = other.propose()
        after = other.done | bit(other.cuts[other.pending[proposal.chosen]], asked.shape[1])
        wanted = np.unique(asked & after, axis=0)
        candidates = np.concatenate([other.tight[proposal.old], proposal.new])
        if len(wanted) * len(candidates) > _WORK:
            other.cut(proposal)
            continue
        reached, keep = covering(wanted, candidates)
        other.cut(proposal, keep)
        asked = asked[covering(asked & after, wanted[reached])[0]]


def _face_by_face(payoffs: OneSide, asked: Masks, mine: Cone, clock: Clock) -> tuple[Masks, Whole]:
    """Return the vertices of the other polyhedron on the face that each vertex asks for."""
    words = asked.shape[1]
    found: dict[bytes, tuple[Masks, Whole]] = {}
    for k, wanted in enumerate(asked):
        clock.check(f"{len(found)} vertices, face {k + 1} of {len(asked)}")
        played = [i for i, label in enumerate(mine.labels) if has(wanted, label)]
        allowed = [j for j, label in enumerate(mine.cuts) if not has(wanted, label)]
        face = _face(payoffs, played, allowed, mine, clock)
        absent = mask_of([label for j, label in enumerate(mine.cuts) if has(wanted, label)], words)
        tight, points = face.points()
        for mask, point in zip(tight | absent, points, strict=True):
            whole = np.zeros(len(mine.cuts), dtype=object)
            whole[allowed] = point
            found.setdefault(mask.tobytes(), (mask, whole))
    masks = np.array([mask for mask, _ in found.values()], dtype=np.uint64).reshape(-1, words)
    points = np.array([at for _, at in found.values()], dtype=object).reshape(-1, len(mine.cuts))
    return masks, points


def _face(
    payoffs: OneSide, played: list[int], allowed: list[int], mine: Cone, clock: Clock
) -> Cone:
    """Cut out the face on which all of `played` are best responses to y on `allowed`."""
    words = mine.tight.shape[1]
    part = payoffs.part(range(len(mine.labels)), allowed)
    cone = Cone(part, [mine.cuts[j] for j in allowed], mine.labels, words, played[0])
    cone.select(has(cone.tight, mine.labels[played[0]]))
    wanted = set(played)
    while cone.pending:
        clock.check()
        equal = [k for k, cut in enumerate(cone.pending) if cut in wanted]
        proposal = cone.propose(equal[0] if equal else None)
        if equal:
            label = cone.cuts[cone.pending[proposal.chosen]]
            keep = has(np.concatenate([cone.tight[proposal.old], proposal.new]), label)
            cone.cut(proposal, keep)
        else:
            cone.cut(proposal)
    return cone
