"""nashpy's algorithms as sources of candidates: bounded, made exact, and certified.

nashpy computes in floats and tells little of what it missed: its support
enumeration loses equilibria to rounding, its vertex enumeration returns false ones
on degenerate games, its Lemke-Howson path may give NaN or never end. So what it
returns is only read for its supports. A profile on these supports is computed
exactly, and it is kept if it is an equilibrium; everything else is reported.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.equilibria import Dropped
from missiongame.bimatrix.face_points import best_on_face
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile, primitive

Floats: TypeAlias = npt.NDArray[np.float64]
Candidate: TypeAlias = tuple[Floats, Floats]

METHODS = ("support_enumeration", "vertex_enumeration", "lemke_howson")

PATH_CALLS = 50_000
"""Python calls after which a Lemke-Howson path of nashpy counts as endless."""

SECONDS = 60.0
"""How long a method of nashpy may run when the caller sets no limit."""

FAILURES = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What nashpy has been seen to raise, or may, on a game that is none of its own."""

_ZERO = 1e-9


class Endless(Exception):
    """A path of nashpy has taken more steps than any that ends."""


def candidates(game: Bimatrix, method: str, clock: Clock) -> Iterator[Candidate | str]:
    """Yield the profiles that nashpy returns, or a word on why one path gave none.

    Raises
    ------
    Stopped
        When the clock says so, even within nashpy.
    """
    import nashpy

    floats = nashpy.Game(_floats(game.rows), _floats(game.columns).T)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if method == "lemke_howson":
            yield from _paths(floats, sum(game.shape), clock)
            return
        found = getattr(floats, method)()
        while True:
            try:
                with bounded(clock):
                    row, column = next(found)
            except StopIteration:
                return
            except FAILURES as error:
                yield f"nashpy raised {type(error).__name__}: {error}"
                return
            yield np.asarray(row, float), np.asarray(column, float)


def _paths(floats: Any, labels: int, clock: Clock) -> Iterator[Candidate | str]:
    for label in range(labels):
        try:
            with bounded(clock, PATH_CALLS):
                row, column = floats.lemke_howson(initial_dropped_label=label)
        except Endless:
            yield f"the path that drops label {label} did not end"
        except FAILURES as error:
            yield f"label {label}: nashpy raised {type(error).__name__}: {error}"
        else:
            yield np.asarray(row, float), np.asarray(column, float)


def _floats(payoffs: OneSide) -> Floats:
    """Return the payoffs as floats, scaled together so that none overflows."""
    exact = payoffs.fractions
    largest = max((abs(v) for line in exact for v in line), default=0)
    unit = largest if largest > 2**500 else 1
    return np.array([[float(v / unit) for v in line] for line in exact])


@contextmanager
def bounded(clock: Clock, calls: int | None = None) -> Iterator[None]:
    """Stop the code in the block when the clock does, or after so many Python calls.

    The interpreter's profiling hook looks at each call, so that no process or
    thread is needed and nothing of the called library is changed.
    """
    made = 0

    def look(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal made
        if event != "call":
            return
        made += 1
        if calls is not None and made > calls:
            raise Endless
        if made % 64 == 0:
            clock.check("nashpy")

    before: Callable[..., Any] | None = sys.getprofile()
    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)


def made_exact(game: Bimatrix, candidate: Candidate | str) -> Profile | str:
    """Return an exact equilibrium on the candidate's supports, or why there is none.

    Where the supports leave a continuum, the extreme equilibrium that is furthest
    in the candidate's direction stands for it.
    """
    if isinstance(candidate, str):
        return candidate
    row, column = candidate
    if (row.shape, column.shape) != tuple((size,) for size in game.shape):
        return "of the wrong shape"
    if not (np.isfinite(row).all() and np.isfinite(column).all()):
        return "not finite"
    rows, columns = np.flatnonzero(row > _ZERO), np.flatnonzero(column > _ZERO)
    if not len(rows) or not len(columns):
        return "not a pair of probability vectors"
    y = best_on_face(game.rows, rows.tolist(), columns.tolist(), _weights(column))
    x = best_on_face(game.columns, columns.tolist(), rows.tolist(), _weights(row))
    if x is None or y is None:
        return "no equilibrium on these supports"
    return primitive(x[1]), primitive(y[1])


def _weights(strategy: Floats) -> list[int]:
    return [round(float(p) * 2**20) for p in strategy]


def report(
    candidate: Candidate | str, why: str, kept: tuple[list[int], list[int]], shape: tuple[int, int]
) -> Dropped:
    """Return the record of a candidate of the reduced game that was not kept."""
    if isinstance(candidate, str):
        return Dropped((), (), why)
    full = []
    for strategy, strategies, size in zip(candidate, kept, shape, strict=True):
        values = np.zeros(size)
        if strategy.shape == (len(strategies),):
            values[strategies] = strategy
        full.append(tuple(values.tolist()))
    return Dropped(full[0], full[1], why)
