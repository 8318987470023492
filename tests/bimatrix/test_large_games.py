"""Games large enough for every branch: as many equilibria as lrsnash finds, by every way there.

The counts were computed by lrsnash 7.1 (lrslib 0.71b), on these very games. Where it is
installed, the equilibria are compared with its own, one by one.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction

import pytest

import lrs
from missiongame.bimatrix import enumeration as exactly
from missiongame.bimatrix import is_equilibrium, read_game, solve, solve_extremes, undominated
from missiongame.bimatrix.best_response_polyhedron import demands
from missiongame.bimatrix.limits import Clock

SHAPES = [(8, 8), (9, 9), (10, 10), (8, 10), (10, 7)]

# Of games with payoffs in a range: for each shape, of the games from seeds 1, 2 and 3.
COUNTS = {
    (-99, 99): [[11, 7, 3], [5, 3, 5], [11, 7, 11], [13, 8, 9], [9, 8, 9]],
    (-9, 9): [[1, 6, 1], [12, 12, 18], [15, 24, 20], [15, 5, 8], [6, 23, 3]],
    (0, 4): [[11, 12, 32], [50, 33, 28], [41, 64, 44], [14, 21, 37], [25, 33, 23]],
    (0, 2): [[32, 37, 68], [53, 72, 99], [60, 47, 54], [71, 36, 33], [53, 42, 34]],
    (0, 1): [[62, 52, 78], [39, 49, 57], [121, 78, 129], [85, 44, 43], [59, 50, 54]],
}

# What decides on the way there, so that each is taken.
WAYS = {
    "face by face": {"enumeration.by_faces": lambda _asking: True},
    "pruned from the first ray": {"enumeration._RAYS": 0, "best_response_polyhedron._MANY": 0},
    "never pruned": {"enumeration._WANTED": 0, "best_response_polyhedron._MANY": 10**9},
    "edges by their hash": {"adjacency._ALL_PAIRS": 0},
    "holders by label": {"label_sets._MANY": 0, "adjacency._ALL_PAIRS": 0},
    "in small pieces": {
        "adjacency._CHUNK": 40,
        "label_sets._CHUNK": 40,
        "double_description._STEP": 3,
        "assemble._CHUNK": 30,
        "dominance._CHUNK": 90,
    },
    "mixtures removed": {"solver._LARGE": 0},
    "mixtures left": {"solver._LARGE": 10**9},
}


def stream(seed: int) -> Iterator[int]:
    """Yield the same numbers on every machine (Knuth's generator, its upper half)."""
    while True:
        seed = (6364136223846793005 * seed + 1442695040888963407) % 2**64
        yield seed >> 33


def payoffs(seed: int, m: int, n: int, low: int, high: int):
    numbers = stream(seed)
    return tuple(
        [[low + next(numbers) % (high - low + 1) for _ in range(n)] for _ in range(m)] for _ in "AB"
    )


def games(seed: int):
    """Yield (count, A, B) for every family and shape."""
    for (low, high), counts in COUNTS.items():
        for (m, n), count in zip(SHAPES, counts, strict=True):
            yield count[seed - 1], *payoffs(seed, m, n, low, high)


def check(count: int, A, B) -> set:
    answer = solve(A, B)
    assert answer.complete
    found = {(e.row, e.column) for e in answer}
    assert len(answer) == len(found) == count
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_as_many_as_lrsnash_finds(seed):
    for count, A, B in games(seed):
        for x, y in list(check(count, A, B))[:5]:
            assert is_equilibrium(A, B, x, y)


@pytest.mark.parametrize("way", list(WAYS))
def test_as_many_by_every_way(way, monkeypatch):
    for name, value in WAYS[way].items():
        monkeypatch.setattr(f"missiongame.bimatrix.{name}", value)
    slow = 3 if way == "face by face" else 1
    for count, A, B in list(games(1 + len(way) % 3))[::slow]:
        check(count, A, B)


def test_as_many_in_numbers_beyond_64_bits():
    for number, (count, A, B) in enumerate(games(3)):
        unit, zero = 10**40 + number, -(3**90)
        check(
            count,
            [[unit * v + zero for v in row] for row in A],
            [[v / 2**60 for v in r] for r in B],
        )


def test_thousands_of_demands_are_not_compared_one_by_one(monkeypatch):
    """12 x 12 and 13 x 13: more demands than pay to compare; and many holders to count."""
    for count, game in ((513, payoffs(1, 12, 12, 0, 2)), (36, payoffs(1, 13, 13, -9, 9))):
        first = check(count, *game)
        with monkeypatch.context() as patch:
            patch.setattr(exactly, "_WANTED", 10**9)
            assert check(count, *game) == first


def test_vertices_that_play_what_one_other_beats_on_their_face_are_not_paired(monkeypatch):
    game = read_game(*payoffs(1, 8, 8, -9, 9))
    monkeypatch.setattr("missiongame.bimatrix.best_response_polyhedron._MANY", 10**9)
    every = demands(game, Clock())
    faces = [every.face(k) for k in range(len(every))]
    table = every.payoffs.whole
    hopeful = [
        (played, allowed)
        for played, allowed in faces
        if not any((table[:, allowed] > table[i, allowed]).all(axis=1).any() for i in played)
    ]
    monkeypatch.setattr("missiongame.bimatrix.best_response_polyhedron._MANY", 0)
    pruned = demands(game, Clock())
    assert [pruned.face(k) for k in range(len(pruned))] == hopeful
    assert (len(pruned), len(every)) == (128, 245)


def test_the_same_ones_as_lrsnash(tmp_path):
    program = shutil.which("lrsnash")
    if program is None:
        pytest.skip("lrsnash is not installed (Debian: lrslib)")
    file = tmp_path / "game"
    for count, A, B in games(1):
        exact = read_game(A, B)
        file.write_text(lrs.dumps(exact.A, exact.B), encoding="ascii")
        run = subprocess.run(
            [program, str(file)], capture_output=True, text=True, check=True, timeout=120
        )
        assert check(count, A, B) == set(lrs.equilibria(run.stdout))


def mean(one, other):
    return [Fraction(a + b, 2) for a, b in zip(one, other, strict=True)]


def padded(A, B, size: int):
    """Add rows and columns until the game is square: each is worse than a mixture of two others."""
    numbers = stream(len(A) * size)

    def longer(mine, theirs):
        """Add a strategy to the player `mine`; the other may get anything from it."""
        k, h = next(numbers) % len(mine), next(numbers) % len(mine)
        below = Fraction(1, 1 + next(numbers) % 50)
        row = [v - below for v in mean(mine[k], mine[h])]
        other = [Fraction(int(next(numbers) % 90) - 45) for _ in row]
        return [*mine, row], [*theirs, other]

    while len(A) < size or len(A[0]) < size:
        if len(A) < size:
            A, B = longer(A, B)
        if len(A[0]) < size:
            turned_b, turned_a = longer(*(list(zip(*M, strict=True)) for M in (B, A)))
            A, B = (list(map(list, zip(*M, strict=True))) for M in (turned_a, turned_b))
    return A, B


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_games_of_20_by_20_are_reduced_to_what_is_played(seed):
    """What a mixture beats everywhere is never played: the equilibria of the game inside."""
    for (low, high), counts in COUNTS.items():
        A, B = payoffs(seed, 9, 9, low, high)
        whole = padded(A, B, 20)
        rows, columns = undominated(read_game(*whole))
        assert set(rows) | set(columns) <= set(range(9))
        found = check(counts[1][seed - 1], *whole)
        rest = (Fraction(0),) * 11
        assert found == {(x + rest, y + rest) for x, y in check(len(found), A, B)}


@pytest.mark.parametrize("way", ["faces", "enumeration"])
def test_the_extremes_of_large_games_are_those_of_all(way, monkeypatch):
    monkeypatch.setattr("missiongame.bimatrix.extremes.by_faces", lambda _asking: way == "faces")
    for number, (count, A, B) in enumerate(list(games(2))[:: 3 if way == "faces" else 1]):
        weight = payoffs(number, len(A), len(A[0]), -9, 9)[0]
        values = [
            sum(
                p * q * w
                for p, row in zip(x, weight, strict=True)
                for q, w in zip(y, row, strict=True)
            )
            for x, y in check(count, A, B)
        ]
        ends = solve_extremes(A, B, weight)
        assert ends.complete
        assert ends.method == way
        assert ends.values == ends.bounds == (min(values), max(values))
