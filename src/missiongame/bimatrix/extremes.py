"""From a game and W to the two equilibria at which x'Wy is least and greatest: `solve_extremes`.

x'Wy is bilinear, and every equilibrium lies in a product of two polytopes whose
corners are extreme equilibria: so the least and the greatest value over *all*
equilibria are reached at extreme ones. Three ways there, the first that applies:

- *complements*: both payoff matrices have increasing differences and W is
  monotone between the extreme pure equilibria, which best responses reach;
- *faces*: one best-response polyhedron is enumerated; each vertex x of it leaves a
  face of partners y on which (x'W)y is linear, and one linear program each way
  finds its ends, however many vertices the face has;
- *enumeration* of all extreme equilibria, where faces are many and small.

All of it is exact. Where the limit comes first, the answer says so, and gives the
best that is certified by then, with bounds that are proven for all equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.assemble import answer, paired
from missiongame.bimatrix.best_response_polyhedron import Demands, demands
from missiongame.bimatrix.dominance import undominated
from missiongame.bimatrix.enumeration import by_faces, pair_up
from missiongame.bimatrix.equilibria import Equilibrium, Reason
from missiongame.bimatrix.face_points import best_on_face
from missiongame.bimatrix.limits import Clock, Progress, Stopped, reason_of
from missiongame.bimatrix.matrices import Bimatrix, Profile, matrix, read_game
from missiongame.bimatrix.one_equilibrium import pure, some
from missiongame.bimatrix.strategic_complements import between, monotone_between
from missiongame.errors import InvalidValue

Weight: TypeAlias = npt.NDArray[np.object_]


@dataclass(frozen=True)
class ExtremeEquilibria:
    """The equilibria of least and greatest value of x'Wy, each certified.

    Attributes
    ----------
    least, greatest : Equilibrium
    values : (Fraction, Fraction)
        x'Wy at the two.
    bounds : (Fraction, Fraction)
        No equilibrium has a value outside; equal to `values` if `complete`.
    complete : bool
        Whether these are proven to be the extremes over all equilibria.
    method : str
        "complements", "faces" or "enumeration".
    reason : Reason or None
        Why it is not complete, otherwise.
    """

    least: Equilibrium
    greatest: Equilibrium
    values: tuple[Fraction, Fraction]
    bounds: tuple[Fraction, Fraction]
    complete: bool
    method: str
    reason: Reason | None = None

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter((self.least, self.greatest))


def solve_extremes(
    A: Any, B: Any, weight: Any, limit: float | None = None, progress: Progress = None
) -> ExtremeEquilibria:
    """Return the equilibria of (A, B) at which x'Wy is least and greatest.

    Parameters
    ----------
    A, B : matrices
        Payoffs, as in `solve`.
    weight : matrix of real numbers, of the same shape
        W: what each pair of pure strategies counts, at its exact value.
    limit, progress
        As in `solve`.

    Examples
    --------
    >>> A, B = [[3, 0], [0, 2]], [[2, 0], [0, 3]]
    >>> ends = solve_extremes(A, B, [[0, 1], [1, 2]])
    >>> print(*ends, ends.values, ends.method, sep="; ")
    (1, 0), (1, 0); (0, 1), (0, 1); (Fraction(0, 1), Fraction(2, 1)); complements
    """
    game = read_game(A, B)
    exact = matrix(weight, "weight")
    if (len(exact), len(exact[0])) != game.shape:
        shape = f"{len(exact)} x {len(exact[0])}"
        raise InvalidValue(f"weight is of shape {shape}; it should be of the shape of A")
    return _Search(game, exact, Clock(limit, progress)).run()


class _Search:
    """The state of one search: what is certified so far, and what is proven of the rest."""

    def __init__(self, game: Bimatrix, weight: list[list[Any]], clock: Clock) -> None:
        self.game, self.clock = game, clock
        self.whole_weight = weight
        self.kept = list(range(game.shape[0])), list(range(game.shape[1]))
        self.found: list[Profile] = []
        self.method = "enumeration"

    def run(self) -> ExtremeEquilibria:
        reason: Reason | None = None
        open_bounds: list[Fraction] = []
        try:
            self.kept = undominated(self.game, clock=self.clock)
            self._search(open_bounds)
        except (Stopped, KeyboardInterrupt) as stop:
            reason = reason_of(stop)
            self.found += some(self.game.part(*self.kept))
            open_bounds += [] if open_bounds else self._everywhere()
        return self._answer(reason, open_bounds)

    def _part(self) -> tuple[Bimatrix, Weight]:
        rows, columns = self.kept
        weight = [[Fraction(self.whole_weight[i][j]) for j in columns] for i in rows]
        return self.game.part(rows, columns), np.array(weight, dtype=object)

    def _everywhere(self) -> list[Fraction]:
        weight = self._part()[1]
        return [weight.min(), weight.max()]

    def _search(self, open_bounds: list[Fraction]) -> None:
        game, weight = self._part()
        ends = between(game)
        if ends is not None and monotone_between(weight, ends):
            self.method = "complements"
            self.found += [pure(ends.least, game.shape), pure(ends.greatest, game.shape)]
            return
        asking = demands(game, self.clock)
        if by_faces(asking):
            self.method = "faces"
            self._by_faces(asking, weight, open_bounds)
            return
        pairs = pair_up(asking, self.clock)
        rows, columns = pairs.rows.tolist(), pairs.columns.tolist()
        values = [_value(weight, rows[i], columns[j]) for i, j in pairs.pairs]
        for k in (values.index(min(values)), values.index(max(values))):
            i, j = pairs.pairs[k]
            self.found.append((rows[i], columns[j]))

    def _by_faces(self, asking: Demands, weight: Weight, open_bounds: list[Fraction]) -> None:
        """Find the ends of x'Wy on each vertex's face; keep bounds of those still open."""
        linear = [_linear(weight, x, asking.flipped) for x in asking.points.tolist()]
        faces = [asking.face(k) for k in range(len(asking))]
        left = list(range(len(asking)))
        while left:
            open_bounds[:] = [linear[k][j] for k in left for j in faces[k][1]]
            k = left[-1]
            self.clock.check(f"the ends of {len(left)} faces to find")
            for sign in (-1, 1):
                goal = [sign * c for c in linear[k]]
                best = best_on_face(asking.payoffs, *faces[k], goal, self.clock.check)
                if best is not None:
                    profile = asking.points[k].tolist(), best[1]
                    self.found.append(profile[::-1] if asking.flipped else profile)
            left.pop()
        open_bounds.clear()

    def _answer(self, reason: Reason | None, open_bounds: list[Fraction]) -> ExtremeEquilibria:
        game, weight = self._part()
        values = [_value(weight, x, y) for x, y in self.found]
        ends = min(values), max(values)
        chosen = [self.found[values.index(v)] for v in ends]
        least, greatest = (
            answer(self.game, self.kept, paired([p], game.shape), self.method, self.clock, reason)[
                0
            ]
            for p in chosen
        )
        bounds = min([ends[0], *open_bounds]), max([ends[1], *open_bounds])
        # What is still open may be proven not to matter.
        proven = reason is None or bounds == ends
        return ExtremeEquilibria(
            least, greatest, ends, bounds, proven, self.method, None if proven else reason
        )


def _linear(weight: Weight, x: Sequence[int], flipped: bool) -> list[Fraction]:
    """Return the coefficients of x'Wy (or y'Wx) in the other player's strategy."""
    along = weight.T if flipped else weight
    total = sum(x)
    return [
        sum((p * w for p, w in zip(x, column, strict=True) if p), Fraction(0)) / total
        for column in along.T
    ]


def _value(weight: Weight, x: Sequence[int], y: Sequence[int]) -> Fraction:
    """Return x'Wy for strategies in whole numbers."""
    played = [(i, p) for i, p in enumerate(x) if p]
    total = sum(
        (p * q * weight[i, j] for j, q in enumerate(y) if q for i, p in played), Fraction(0)
    )
    return total / (sum(x) * sum(y))
