"""What the tests of bimatrix games share: recorded contests, and a solver by brute force."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest

from missiongame.nash import lrs


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


def solve_linear(M: list[list[Fraction]], b: list[Fraction]) -> list[Fraction] | None:
    """Solve a square system by schoolbook elimination; None if it is singular."""
    table = [[Fraction(v) for v in row] + [Fraction(v)] for row, v in zip(M, b, strict=True)]
    k = len(table)
    for c in range(k):
        row = next((r for r in range(c, k) if table[r][c]), None)
        if row is None:
            return None
        table[c], table[row] = table[row], table[c]
        table[c] = [v / table[c][c] for v in table[c]]
        for r in range(k):
            if r != c and table[r][c]:
                table[r] = [v - table[r][c] * w for v, w in zip(table[r], table[c], strict=True)]
    return [row[-1] for row in table]


def vertices(payoffs) -> dict[tuple[Fraction, ...], set[tuple[str, int]]]:
    """Return the vertices of {(x, v): x >= 0, sum x = 1, payoffs_j x <= v}, with their labels.

    Every choice of as many constraints as there are unknowns is tried. Labels are
    ("own", i) where x_i = 0, and ("other", j) where j is a best response.
    """
    m = len(payoffs[0])
    own = [[Fraction(int(k == i)) for k in range(m)] + [Fraction(0)] for i in range(m)]
    other = [[*map(Fraction, row), Fraction(-1)] for row in payoffs]
    constraints = own + other
    found = {}
    for chosen in combinations(range(len(constraints)), m):
        system = [constraints[c] for c in chosen] + [[Fraction(1)] * m + [Fraction(0)]]
        at = solve_linear(system, [Fraction(0)] * m + [Fraction(1)])
        if at is None or min(at[:m]) < 0:
            continue
        x, v = tuple(at[:m]), at[m]
        earned = [sum(p * w for p, w in zip(row, x, strict=True)) for row in payoffs]
        if max(earned) == v:
            labels = {("own", i) for i in range(m) if x[i] == 0}
            found[x] = labels | {("other", j) for j, e in enumerate(earned) if e == v}
    return found


@pytest.fixture(scope="session")
def brute_force():
    """A function from (A, B) to the set of extreme equilibria, by definition alone."""

    def solve(A, B):
        m, n = len(A), len(A[0])
        rows, columns = vertices(list(zip(*B, strict=True))), vertices(A)
        flip = {"own": "other", "other": "own"}
        return {
            (x, y)
            for (x, lx), (y, ly) in product(rows.items(), columns.items())
            if len(lx | {(flip[side], k) for side, k in ly}) == m + n
        }

    return solve


@pytest.fixture(scope="session")
def polyhedron():
    """The function `vertices`."""
    return vertices


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
