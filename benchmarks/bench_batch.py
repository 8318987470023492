"""Batches of 100,000 small games: `solve_many` against the peers in a loop, on one core.

The peers solve a sample of the same games, and their time is scaled to the whole
batch (the note gives the sample). QuantEcon's support enumeration is compiled and
warmed up, and its game objects are built beforehand; nashpy gets its faster method.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from harness import Row
from missiongame.bimatrix.batch import solve_many

GAMES = 100_000
TARGET = {2: 1 / 10, 3: 1 / 5, 4: 1 / 3}


def _quantecon(A: Any, B: Any) -> Callable[[], object]:
    from quantecon.game_theory import NormalFormGame, Player, support_enumeration

    games = [
        NormalFormGame((Player(a), Player(np.ascontiguousarray(b.T))))
        for a, b in zip(A, B, strict=True)
    ]
    return lambda: [support_enumeration(game) for game in games]


def _nashpy(A: Any, B: Any) -> Callable[[], object]:
    import nashpy

    def run() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [
                list(nashpy.Game(a, b).support_enumeration()) for a, b in zip(A, B, strict=True)
            ]

    return run


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _measure(
    what: str,
    batch: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    peer_name: str,
    peer: Callable[[Any, Any], Callable[[], object]],
    sample: int,
    target: float | None,
) -> Row:
    A, B = batch
    theirs = peer(A[:sample], B[:sample])
    theirs()
    solve_many(A, B)
    pairs = [(_seconds(lambda: solve_many(A, B)), _seconds(theirs)) for _ in range(5)]
    scale = len(A) / sample
    note = f"{len(A)} games; the peer's time is {scale:g} times that of {sample}"
    return Row(
        what,
        median(p[0] for p in pairs),
        peer_name,
        median(p[1] for p in pairs) * scale,
        target,
        note,
    )


def rows() -> Iterator[Row]:
    rng = np.random.default_rng(1)
    for n in (2, 3, 4, 5):
        reals = rng.standard_normal((2, GAMES, n, n))
        whole = rng.integers(-9, 10, (2, GAMES, n, n)).astype(np.float64)
        name = "QuantEcon support enumeration"
        for kind, (A, B) in (("real", reals), ("integer", whole)):
            what = f"{n} by {n}, {kind} payoffs"
            yield _measure(what, (A, B), name, _quantecon, 4000, TARGET.get(n))
        if n == 2:
            yield _measure(
                "2 by 2, real payoffs",
                (reals[0], reals[1]),
                "nashpy support enumeration",
                _nashpy,
                200,
                1 / 1000,
            )
