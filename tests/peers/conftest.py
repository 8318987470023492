"""Exact peers, the games to compare on, and where the recorded games are."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lrs
from missiongame.bimatrix.export import to_nfg

Mixed = tuple[Fraction, ...]
Profiles = list[tuple[Mixed, Mixed]]
Game = tuple[str, list[list[Fraction]], list[list[Fraction]]]


# lrsnash 7.1 cuts numerators and denominators off at 64 bits, silently; Gambit 16.7 finds
# nothing where payoffs are about 10^9 or larger. Both get the game with payoffs from 0 to 1.
def _unit(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the payoffs brought to [0, 1] by a positive affine map: the same equilibria."""
    low, high = min(map(min, rows)), max(map(max, rows))
    return [[(v - low) / ((high - low) or 1) for v in row] for row in rows]


@pytest.fixture(scope="session")
def lrsnash(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any, Any], Profiles]:
    """Extreme equilibria by lrsnash (Debian's lrslib), exact."""
    program = shutil.which("lrsnash")
    if program is None:
        pytest.skip("lrsnash is not installed (Debian: lrslib)")
    file = tmp_path_factory.mktemp("lrs") / "game"

    def run(A: Any, B: Any) -> Profiles:
        A, B = _unit(A), _unit(B)
        assert all(v.denominator < 2**62 for rows in (A, B) for row in rows for v in row)
        file.write_text(lrs.dumps(A, B), encoding="ascii")
        done = subprocess.run(
            [program, str(file)], capture_output=True, text=True, check=True, timeout=120
        )
        found = lrs.equilibria(done.stdout)
        assert f"Number of equilibria found: {len(found)}\n" in done.stdout
        return found

    return run


def _strategies(profile: Any) -> tuple[Mixed, Mixed]:
    row, column = (
        tuple(
            Fraction(int(profile[s].numerator), int(profile[s].denominator))
            for s in player.strategies
        )
        for player in profile.game.players
    )
    return row, column


@pytest.fixture(scope="session")
def gambit() -> Callable[[Any, Any, str], Profiles]:
    """Extreme ("mixed") or pure equilibria by pygambit in rationals."""
    pygambit = pytest.importorskip("pygambit", reason="needs the peers extra")

    def run(A: Any, B: Any, kind: str = "mixed") -> Profiles:
        text = to_nfg(_unit(A), _unit(B))
        game = pygambit.read_nfg(io.BytesIO(text.encode("ascii")))
        if kind == "pure":
            result = pygambit.nash.enumpure_solve(game)
        else:
            result = pygambit.nash.enummixed_solve(game, rational=True)
        return [_strategies(profile) for profile in result.equilibria]

    return run


@pytest.fixture(scope="session")
def recorded() -> Callable[[str], tuple[Any, Any]]:
    """A recorded contest by name, from the folder that $MISSIONGAME_GAMES names."""

    def read(name: str) -> tuple[Any, Any]:
        folder = os.environ.get("MISSIONGAME_GAMES")
        if folder is None:
            pytest.skip("MISSIONGAME_GAMES names no folder of recorded games")
        path = Path(folder) / f"{name}.lrs"
        if not path.exists():
            pytest.skip(f"no {path.name} in MISSIONGAME_GAMES")
        return lrs.read(path)

    return read


# Families of games. Each takes a random generator and the sizes, and returns integer or
# rational payoffs; together they reach the cases where solvers go wrong.


def _reals(rng: np.random.Generator, m: int, n: int) -> Any:
    return rng.integers(-(10**6), 10**6, (2, m, n))


def _integers(rng: np.random.Generator, m: int, n: int) -> Any:
    return rng.integers(-9, 10, (2, m, n))


def _ties(rng: np.random.Generator, m: int, n: int) -> Any:
    return rng.integers(0, rng.integers(2, 5), (2, m, n))


def _sparse(rng: np.random.Generator, m: int, n: int) -> Any:
    return rng.integers(-4, 5, (2, m, n)) * (rng.random((2, m, n)) < 0.4)


def _zero_sum(rng: np.random.Generator, m: int, n: int) -> Any:
    A = rng.integers(-3, 4, (m, n))
    return A, -A


def _rank_deficient(rng: np.random.Generator, m: int, n: int) -> Any:
    rank = int(rng.integers(1, 3))
    return [rng.integers(-3, 4, (m, rank)) @ rng.integers(-3, 4, (rank, n)) for _ in "AB"]


def _duplicated(rng: np.random.Generator, m: int, n: int) -> Any:
    rows, columns = rng.integers(0, (m + 1) // 2, m), rng.integers(0, (n + 1) // 2, n)
    return rng.integers(-5, 6, (2, m, n))[:, rows][:, :, columns]


def _scaled(rng: np.random.Generator, m: int, n: int) -> Any:
    A, B = rng.integers(-3, 4, (2, m, n)).astype(object)
    unit = Fraction(int(rng.integers(1, 10**9)), 10 ** int(rng.integers(0, 30)))
    return A * unit + 10**6, B * int(rng.integers(1, 10**12)) - Fraction(1, 3)


def _contest(rng: np.random.Generator, m: int, n: int) -> Any:
    """A steward's uplifts against a rival's pays on a grid; members leave at their price."""
    members = int(rng.integers(2, 9))
    price = rng.integers(0, 12, members)
    contribution = np.sort((10 / (1 - rng.random(members))).astype(int))[::-1].astype(object)
    uplift, pay = np.sort(rng.integers(0, 8, m)), np.sort(rng.integers(0, 12, n))
    leaves = price[None, None] + uplift[:, None, None] < pay[None, :, None]
    share = (leaves * contribution).sum(axis=2) * Fraction(1, int(contribution.sum()))
    steward = int(rng.integers(10, 100)) * (1 - share) - uplift[:, None].astype(object) * 2
    rival = leaves @ contribution * Fraction(int(rng.integers(1, 9)), 4)
    return steward, rival - leaves.sum(axis=2).astype(object) * pay


def _zero_one(rng: np.random.Generator, m: int, n: int) -> Any:
    return (rng.random((2, m, n)) < rng.choice([0.15, 0.3, 0.5])).astype(int)


def _dominated(rng: np.random.Generator, m: int, n: int) -> Any:
    """Rows and columns that equal mixtures of others, or are below them by a hair or more."""
    A, B = (M.astype(object) for M in rng.integers(-4, 5, (2, m, n)))
    for payoffs in (A, B.T):
        for k in range(len(payoffs) - 1):
            if rng.random() < 0.5:
                weights = rng.integers(0, 3, len(payoffs) - 1 - k)
                if weights.any():
                    mean = weights @ payoffs[k + 1 :] * Fraction(1, int(weights.sum()))
                    payoffs[k] = mean - [0, 0, Fraction(1, 10**6), 1][rng.integers(4)]
    return A, B


FAMILIES = {
    f.__name__.strip("_"): f
    for f in (
        _reals,
        _integers,
        _ties,
        _sparse,
        _zero_sum,
        _rank_deficient,
        _duplicated,
        _scaled,
        _contest,
        _zero_one,
        _dominated,
    )
}


def _fractions(payoffs: Any) -> list[list[Fraction]]:
    return [[Fraction(v) for v in row] for row in np.asarray(payoffs, dtype=object).tolist()]


def make_games(seed: int, count: int, most: int, least: int = 1) -> Iterator[Game]:
    """Yield `count` games of each family, of random sizes from `least` to `most`."""
    for family, make in FAMILIES.items():
        rng = np.random.default_rng([seed, len(family), ord(family[0])])
        for number in range(count):
            m, n = (int(k) for k in rng.integers(least, most + 1, 2))
            A, B = make(rng, m, n)
            yield f"{family}-{m}x{n}-{number}", _fractions(A), _fractions(B)


@pytest.fixture(scope="session")
def games() -> Callable[..., Iterator[Game]]:
    return make_games
