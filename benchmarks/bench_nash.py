"""All extreme equilibria of one game: `solve` against the peers, on the same games.

lrsnash is timed as a process that reads the game from a file, its only way to be
used from Python; a process's start is about 2 ms of it. pygambit computes in
rationals; nashpy's vertex enumeration, its fastest complete method at these sizes,
in floats. A peer that does not finish one game in `LIMIT` seconds is stopped.
The recorded contests are read from $MISSIONGAME_GAMES or a folder beside the
repository, and left out if there is none.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

import missiongame as mg
from harness import Row
from missiongame.bimatrix.export import to_nashpy, to_nfg

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
import lrs

LIMIT = 100.0
FOLDER = Path(
    os.environ.get("MISSIONGAME_GAMES", Path(__file__).resolve().parents[2] / "shared" / "games")
)
CONTESTS = {
    "contest-portable-20": 3.0,
    "contest-tied-20": 3.0,
    "contest-portable-60": 1 / 10,
    "contest-tied-60": 1 / 10,
    "contest-portable-100": 1 / 30,
}

Game = tuple[Any, Any]
Run = Callable[[], object]


def _solve(A: Any, B: Any) -> None:
    answer = mg.solve(A, B)
    if not answer.complete:
        raise RuntimeError("the answer is not complete: the comparison would be unfair")
    list(answer)


def _lrsnash(path: Path) -> None:
    null = subprocess.DEVNULL
    subprocess.run(["lrsnash", str(path)], stdout=null, stderr=null, check=True, timeout=LIMIT)


def _pygambit(text: str) -> object:
    import pygambit

    game = pygambit.read_nfg(io.BytesIO(text.encode("ascii")))
    return pygambit.nash.enummixed_solve(game, rational=True)


def _nashpy(game: Any) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(game.vertex_enumeration())


def _seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _within_limit(run: Run) -> bool:
    """Return whether a call ends in time, tried in a process that can be stopped."""
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join(LIMIT)
    if process.is_alive():
        process.terminate()
        process.join()
        return False
    return process.exitcode == 0


def _row(
    what: str, ours: list[Run], peer_name: str, theirs: list[Run], target: float, repeat: int
) -> Row:
    """Time all games in turn, ours and the peer's; the median of `repeat` totals of each."""
    if not all(_within_limit(run) for run in theirs[:1]):
        total = median(sum(map(_seconds, ours)) for _ in range(repeat))
        return Row(what, total, peer_name, None, None, f"the peer failed or took over {LIMIT:g} s")
    pairs = [(sum(map(_seconds, ours)), sum(map(_seconds, theirs))) for _ in range(repeat)]
    return Row(what, median(p[0] for p in pairs), peer_name, median(p[1] for p in pairs), target)


def _random_games(n: int, count: int) -> list[Game]:
    payoffs = np.random.default_rng(n).integers(-99, 100, (count, 2, n, n))
    return [(A.tolist(), B.tolist()) for A, B in payoffs]


def _fractions(payoffs: Any) -> list[list[Fraction]]:
    return [[Fraction(v) for v in row] for row in payoffs]


def _ours(games: list[Game]) -> list[Run]:
    runs: list[Run] = [partial(_solve, A, B) for A, B in games]
    for run in runs[:1]:
        run()
    return runs


def _contests() -> Iterator[Row]:
    for name, target in CONTESTS.items():
        path = FOLDER / f"{name}.lrs"
        if path.exists() and shutil.which("lrsnash"):
            yield _contest(name, path, target)


def _contest(name: str, path: Path, target: float) -> Row:
    (ours,) = _ours([lrs.read(path)])
    try:
        first = _seconds(partial(_lrsnash, path))
    except subprocess.TimeoutExpired:
        note = f"lrsnash was stopped at {LIMIT:g} s: the ratio is at most this"
        return Row(name, _seconds(ours), "lrsnash process", LIMIT, target, note)
    # One run of a peer that takes long is enough.
    repeat = 5 if first < 5 else 1
    pairs = [
        (_seconds(ours), _seconds(partial(_lrsnash, path)) if first < 5 else first)
        for _ in range(repeat)
    ]
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    return Row(name, mine, "lrsnash process", theirs, target, f"median of {repeat}")


def _random(folder: Path) -> Iterator[Row]:
    for n, count, repeat in ((6, 10, 5), (8, 5, 5), (10, 3, 3)):
        games = _random_games(n, count)
        exact = [(_fractions(A), _fractions(B)) for A, B in games]
        what = f"random {n} by {n}"
        if shutil.which("lrsnash"):
            paths = [folder / f"{n}-{k}.lrs" for k in range(count)]
            for path, game in zip(paths, exact, strict=True):
                path.write_text(lrs.dumps(*game), encoding="ascii")
            theirs: list[Run] = [partial(_lrsnash, path) for path in paths]
            yield _row(
                f"{what}, {count} games", _ours(games), "lrsnash process", theirs, 3.0, repeat
            )
        # The others are slow: two games, once.
        texts, others = [to_nfg(*game) for game in exact[:2]], [to_nashpy(*g) for g in exact[:2]]
        what = f"{what}, 2 games"
        theirs = [partial(_pygambit, text) for text in texts]
        yield _row(what, _ours(games[:2]), "pygambit enummixed, exact", theirs, 1.0, 1)
        theirs = [partial(_nashpy, game) for game in others]
        yield _row(what, _ours(games[:2]), "nashpy vertex enumeration", theirs, 1.0, 1)


def rows() -> Iterator[Row]:
    yield from _contests()
    with tempfile.TemporaryDirectory() as folder:
        yield from _random(Path(folder))
