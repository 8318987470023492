"""What the tests of bimatrix games share."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest


def read_lrs(path: Path) -> tuple[list[list[int]], list[list[int]]]:
    """Read the two matrices of lrsnash's plain format: sizes, then A, then B."""
    numbers = [int(word) for word in path.read_text().split()]
    m, n = numbers[:2]
    cells = numbers[2:]
    rows = [cells[k * n : (k + 1) * n] for k in range(2 * m)]
    return rows[:m], rows[m:]


@pytest.fixture
def contest_game():
    """A function from the name of a contest game to its matrices; skips where it is not."""
    folder = os.environ.get("MISSIONGAME_GAMES")

    def load(name: str) -> tuple[list[list[int]], list[list[int]]]:
        if folder is None:
            pytest.skip("MISSIONGAME_GAMES names no folder of contest games")
        path = Path(folder) / f"{name}.lrs"
        if not path.exists():
            pytest.skip(f"no {path.name} in MISSIONGAME_GAMES")
        return read_lrs(path)

    return load


@pytest.fixture
def profiles():
    """A function from an answer to its set of profiles; each must be there once."""

    def as_set(answer) -> set[tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]:
        found = [(e.row, e.column) for e in answer]
        assert len(set(found)) == len(found), "an equilibrium is there twice"
        return set(found)

    return as_set
