"""What the tests of bimatrix games share: recorded contests, and a solver by brute force."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

import lrs
import oracles


@pytest.fixture
def contest_game():
    """A function from the name of a contest game to its matrices; skips where it is not."""
    folder = os.environ.get("MISSIONGAME_GAMES")

    def load(name: str):
        if folder is None:
            pytest.skip("MISSIONGAME_GAMES names no folder of contest games")
        path = Path(folder) / f"{name}.lrs"
        if not path.exists():
            pytest.skip(f"no {path.name} in MISSIONGAME_GAMES")
        return lrs.read(path)

    return load


def _profiles(answer) -> set[tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]:
    found = [(e.row, e.column) for e in answer]
    assert len(set(found)) == len(found), "an equilibrium is there twice"
    return set(found)


@pytest.fixture(scope="session")
def profiles():
    """A function from an answer to its set of profiles; each must be there once."""
    return _profiles


@pytest.fixture(scope="session")
def brute_force():
    """A function from (A, B) to the set of extreme equilibria, by definition alone."""
    return oracles.extreme_equilibria


@pytest.fixture(scope="session")
def polyhedron():
    """A function from payoffs to the vertices of a best-response polyhedron, with labels."""
    return oracles.vertices


@pytest.fixture
def ticking(monkeypatch):
    """Time that passes by looking at it, a hundredth of a second a look; counts the looks."""
    looks = count()
    clock = SimpleNamespace(monotonic=lambda: next(looks) / 100)
    monkeypatch.setattr("missiongame.bimatrix.limits.time", clock)
    return looks


@pytest.fixture
def looping_game():
    """The game on which nashpy's Lemke–Howson path from label 0 does not return."""
    return (
        [
            [7, -5, 2, 0, -9],
            [7, 6, 4, 1, 3],
            [1, -7, -1, 5, -3],
            [-4, 0, -9, -4, 1],
            [-9, -3, 9, 5, -9],
        ],
        [
            [-6, 4, 0, 0, -3],
            [-9, -9, -7, 6, 6],
            [1, -8, 1, 4, 7],
            [-6, 6, 2, -9, -4],
            [5, -7, 4, -2, 5],
        ],
    )
