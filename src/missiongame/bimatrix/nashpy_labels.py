"""A complete answer and nashpy's candidates in; out, which equilibria nashpy computed itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.equilibria import REPEATED, Equilibria
from missiongame.bimatrix.limits import Clock, Stopped
from missiongame.bimatrix.matrices import Bimatrix
from missiongame.bimatrix.nashpy_methods import (
    MOST_PAIRS,
    Candidate,
    candidates,
    made_exact,
    pairs_of_supports,
    report,
)
from missiongame.bimatrix.strategies import Mixed
from missiongame.exact import Floats

NEAR = 1e-6
"""A vector of nashpy's is the exact equilibrium if no probability differs by more."""

Kept = tuple[list[int], list[int]]


def with_nashpy(answer: Equilibria, kept: Kept, clock: Clock) -> Equilibria:
    """Return the answer with what nashpy's support enumeration finds of it, where that is quick.

    Parameters
    ----------
    answer : Equilibria
        The exact one.
    kept : two lists of int
        The rows and columns of the reduced game, which nashpy gets.
    clock : Clock
    """
    part = answer.game.part(*kept)
    pairs = pairs_of_supports(part.shape)
    why = ""
    if not answer.complete:
        why = "the exact search was not finished"
    elif pairs > MOST_PAIRS:
        size = " by ".join(map(str, part.shape))
        why = f"{size} strategies have {pairs:,} pairs of supports, more than {MOST_PAIRS:,}"
    else:
        try:
            answer = labelled(answer, kept, asked(part, "support_enumeration", clock))
        except KeyboardInterrupt:
            why = "interrupted"
    note = f"nashpy was not asked: {why}" if why else answer.nashpy
    return replace(answer, method="nashpy", nashpy=note)


def asked(part: Bimatrix, method: str, clock: Clock) -> list[Candidate | str]:
    """Return what a method of nashpy gives for a game, until the clock stops it."""
    found: list[Candidate | str] = []
    try:
        found.extend(candidates(part, method, clock))
    except Stopped:
        found.append("the limit ran out within nashpy")
    return found


def labelled(answer: Equilibria, kept: Kept, found: Iterable[Candidate | str]) -> Equilibria:
    """Return the answer, each equilibrium labelled if nashpy `found` it; the rest is dropped."""
    part, shape = answer.game.part(*kept), answer.game.shape
    rows = _floats(answer.row_strategies, kept[0])
    columns = _floats(answer.column_strategies, kept[1])
    pairs = np.array(answer.pairs, dtype=np.intp).reshape(-1, 2)
    mine: set[tuple[int, int]] = set()
    dropped = []
    for candidate in found:
        near: set[tuple[int, int]] = set()
        if not isinstance(candidate, str) and tuple(map(len, candidate)) == part.shape:
            x, y = _near(candidate[0], rows), _near(candidate[1], columns)
            near = {(int(i), int(j)) for i, j in pairs[x[pairs[:, 0]] & y[pairs[:, 1]]]}
        if not near:
            exact = made_exact(part, candidate)
            why = exact if isinstance(exact, str) else f"no extreme equilibrium within {NEAR:g}"
            dropped.append(report(candidate, why, kept, shape))
        elif near <= mine:
            dropped.append(report(candidate, REPEATED, kept, shape))
        mine |= near
    false = sum(d.is_false for d in dropped)
    wrong = f", and {false} that {'is' if false == 1 else 'are'} none" if false else ""
    return replace(
        answer,
        dropped=tuple(dropped),
        nashpy=f"nashpy found {len(mine)} of these {len(pairs)}{wrong}",
        _by_nashpy=frozenset(mine),
    )


def _floats(strategies: Sequence[Mixed], kept: list[int]) -> Floats:
    floats = [[float(mixed[k]) for k in kept] for mixed in strategies]
    return np.array(floats).reshape(-1, len(kept))


def _near(vector: Floats, strategies: Floats) -> npt.NDArray[np.bool_]:
    near: npt.NDArray[np.bool_] = np.abs(strategies - vector).max(axis=1) <= NEAR
    return near
