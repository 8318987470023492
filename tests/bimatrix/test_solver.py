"""`solve`: every extreme equilibrium, each once, whatever the game."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import Reason, is_equilibrium, solve
from missiongame.bimatrix.limits import Clock
from missiongame.errors import InvalidType, InvalidValue
from missiongame.testing import bimatrix, degenerate


@settings(deadline=None)
@given(game=st.one_of(bimatrix(), degenerate()))
def test_exactly_the_extreme_equilibria_are_found(game, profiles, brute_force):
    answer = solve(*game)
    assert answer.complete
    assert profiles(answer) == brute_force(*game)


@settings(deadline=None)
@given(game=bimatrix(rows=(1, 3), columns=(1, 3), entries=(0, 1)))
def test_games_of_zeros_and_ones_are_found_whole(game, profiles, brute_force):
    assert profiles(solve(*game)) == brute_force(*game)


@settings(deadline=None, max_examples=50)
@given(st.one_of(bimatrix(), degenerate()))
def test_each_carries_a_certificate_that_the_separate_checker_accepts(game):
    for e in solve(*game):
        assert e.regret == 0
        assert sum(e.row) == sum(e.column) == 1
        assert all(e.row_slack[i] == 0 for i in e.row_support)
        assert all(e.column_slack[j] == 0 for j in e.column_support)
        assert min(*e.row_slack, *e.column_slack) == 0
        assert is_equilibrium(*game, e.row, e.column)


@settings(deadline=None, max_examples=50)
@given(game=bimatrix(rows=(2, 4), columns=(2, 4)), data=st.data())
def test_names_of_strategies_do_not_matter(game, data, profiles):
    A, B = game
    rows = data.draw(st.permutations(range(len(A))))
    columns = data.draw(st.permutations(range(len(A[0]))))

    def moved(M):
        return [[M[i][j] for j in columns] for i in rows]

    expected = {
        (tuple(x[i] for i in rows), tuple(y[j] for j in columns)) for x, y in profiles(solve(A, B))
    }
    assert profiles(solve(moved(A), moved(B))) == expected


@settings(deadline=None, max_examples=50)
@given(game=bimatrix())
def test_players_can_be_exchanged(game, profiles):
    A, B = (list(zip(*M, strict=True)) for M in game)
    assert profiles(solve(B, A)) == {(y, x) for x, y in profiles(solve(*game))}


@settings(deadline=None, max_examples=50)
@given(
    game=bimatrix(),
    unit=st.fractions(min_value=Fraction(1, 10**9)),
    constants=st.lists(st.fractions(), min_size=4, max_size=4),
)
def test_units_and_a_constant_for_each_choice_of_the_other_do_not_matter(
    game, unit, constants, profiles
):
    A, B = game
    other = [[unit * v + constants[j] for j, v in enumerate(row)] for row in A]
    assert profiles(solve(other, B)) == profiles(solve(A, B))


@pytest.mark.parametrize(
    "number",
    [
        int,
        Fraction,
        Decimal,
        float,
        sympy.Integer,
        sympy.Rational,
        np.int8,
        np.uint8,
        np.int16,
        np.uint16,
        np.int32,
        np.uint32,
        np.int64,
        np.uint64,
        np.float16,
        np.float32,
        np.float64,
        np.longdouble,
    ],
)
def test_payoffs_of_every_type_give_the_same_answer(number, profiles):
    A, B = [[3, 0], [0, 2]], [[2, 0], [0, 3]]
    expected = profiles(solve(A, B))
    typed = [[[number(v) for v in row] for row in M] for M in (A, B)]
    assert profiles(solve(*typed)) == expected
    if issubclass(number, np.generic):
        assert profiles(solve(*(np.array(M, dtype=number) for M in (A, B)))) == expected


def test_floats_are_the_binary_numbers_they_are():
    tied = solve([[0.3, 0], [Fraction(3, 10), 0]], [[0, 0], [0, 0]])
    # 0.3 is a little less than 3/10: the first row is never best against the first column.
    assert all(e.row[0] == 0 for e in tied if e.column[0] > 0)


@pytest.mark.parametrize("scale", [10**60, Fraction(1, 10**60)], ids=["huge", "tiny"])
def test_huge_and_tiny_payoffs_keep_every_digit(scale, profiles):
    A, B = [[3, 0, 1], [0, 2, 1]], [[2, 0, 1], [0, 3, 1]]
    scaled = [[[scale * v + 1 for v in row] for row in M] for M in (A, B)]
    assert profiles(solve(*scaled)) == profiles(solve(A, B))


@pytest.mark.parametrize(("m", "n"), [(1, 1), (1, 5), (5, 1), (1, 90), (90, 1)])
def test_one_strategy_is_enough(m, n):
    A = np.arange(m * n).reshape(m, n)
    (only,) = solve(A, A)
    assert (only.row_support, only.column_support) == ((m - 1,), (n - 1,))


@pytest.mark.parametrize("size", [63, 64, 65, 129, 300])
def test_hide_and_seek_on_a_line_has_the_equilibrium_that_any_size_has(size):
    """More than 256 labels once overflowed a count of bits."""
    place = np.arange(size)
    distance = (place[:, None] - place[None, :]) ** 2
    for e in (answer := solve(-distance, distance)):
        assert e.column_support == (0, size - 1)
        assert set(e.row_support) <= {(size - 1) // 2, size // 2}
    assert answer.complete
    assert len(answer) >= 1


def test_the_empty_conflict_has_all_profiles(profiles):
    assert len(profiles(solve(np.ones((5, 7)), np.zeros((5, 7))))) == 35


def test_doubled_strategies_each_count(profiles):
    A, B = [[3, 0], [0, 2]], [[2, 0], [0, 3]]
    twice = [[*row, row[0]] for row in A], [[*row, row[0]] for row in B]
    assert len(profiles(solve(A, B))) == 3
    assert len(profiles(solve(*twice))) == 5


def test_sympy_matrices_and_the_games_of_other_libraries_are_taken(profiles):
    import nashpy

    A, B = [[3, 0], [0, 2]], [[2, 0], [0, 3]]
    expected = profiles(solve(A, B))
    assert profiles(solve(sympy.Matrix(A), sympy.ImmutableMatrix(B))) == expected
    assert profiles(solve(nashpy.Game(A, B))) == expected
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    assert profiles(solve(pandas.DataFrame(A), pandas.DataFrame(B))) == expected
    gambit = pytest.importorskip("pygambit", reason="pygambit is not installed")
    assert profiles(solve(gambit.Game.from_arrays(A, B))) == expected
    with pytest.raises(InvalidValue, match="3 players"):
        solve(gambit.Game.new_table([2, 2, 2]))


@pytest.mark.parametrize(
    ("A", "B", "error", "message"),
    [
        ([[1, 2]], [[1], [2]], InvalidValue, "B is of shape 2 x 1"),
        ([], [], InvalidValue, "A is"),
        ([[]], [[]], InvalidValue, "at least 1 x 1"),
        (np.zeros((0, 2)), np.zeros((0, 2)), InvalidValue, "at least 1 x 1"),
        ([[1, 2], [3]], [[1, 2], [3, 4]], InvalidValue, "lengths"),
        ([[1, 2]], [[1, float("nan")]], InvalidValue, r"B\[0\]\[1\] is nan"),
        ([[float("inf")]], [[1]], InvalidValue, r"A\[0\]\[0\] is inf"),
        ([[Decimal("NaN")]], [[1]], InvalidValue, r"A\[0\]\[0\]"),
        ([["1"]], [[1]], InvalidType, r"A\[0\]\[0\] is '1'"),
        ("12", [[1]], InvalidType, "A is '12'"),
        ([[1j]], [[1]], InvalidType, r"A\[0\]\[0\]"),
        ([[True]], [[1]], InvalidType, r"A\[0\]\[0\] is True"),
        (np.array([[True]]), [[1]], InvalidType, "True"),
        (np.array([[1 + 0j]]), [[1]], InvalidType, "A"),
        ([[None]], [[1]], InvalidType, "None"),
        ([[sympy.Symbol("t")]], [[1]], InvalidType, "t"),
        ([[sympy.pi]], [[1]], InvalidValue, "pi"),
        ([1, 2], [1, 2], InvalidType, r"A\[0\]"),
        (np.zeros((2, 2, 2)), np.zeros((2, 2, 2)), InvalidValue, "two players"),
        ([[[1, 2]]], [[[1, 2]]], InvalidValue, "two players"),
        ({1: 2}, [[1]], InvalidType, "A is"),
        (3, [[1]], InvalidType, "A is 3"),
    ],
)
def test_what_is_no_game_is_named(A, B, error, message):
    with pytest.raises(error, match=message):
        solve(A, B)


def test_unknown_methods_and_negative_limits_are_refused():
    with pytest.raises(InvalidValue, match="method is 'fast'"):
        solve([[1]], [[1]], method="fast")
    with pytest.raises(InvalidValue, match="limit is -1"):
        solve([[1]], [[1]], limit=-1)


def big_game():
    rng = np.random.default_rng(7)
    return rng.integers(-99, 100, (2, 26, 26))


def test_too_big_a_game_is_a_named_outcome_with_an_equilibrium(ticking):
    A, B = big_game()
    answer = solve(A, B, limit=0.3)
    assert next(ticking) < 50  # 30 looks until the limit, and few that start other clocks
    assert not answer.complete
    assert answer.reason is Reason.LIMIT
    assert "solve_extremes" in str(answer.reason)
    assert len(answer) >= 1
    assert all(is_equilibrium(A, B, e.row, e.column) for e in answer)


def test_a_game_without_pure_equilibria_still_gives_one_when_time_is_up():
    rng = np.random.default_rng(3)
    A = rng.integers(-99, 100, (25, 25))
    (only,) = solve(A, -A, limit=0)
    assert len(only.row_support) > 1
    assert is_equilibrium(A, -A, only.row, only.column)


def test_memory_has_a_bound_with_a_name(monkeypatch):
    monkeypatch.setattr("missiongame.bimatrix.double_description.MOST_NUMBERS", 1000)
    answer = solve(*np.random.default_rng(1).integers(-9, 10, (2, 8, 8)))
    assert answer.reason is Reason.MEMORY
    assert len(answer) >= 1


@pytest.mark.usefixtures("ticking")
def test_progress_is_told_after_a_second_and_ctrl_c_keeps_what_was_found():
    lines = []

    def interrupt(line):
        lines.append(line)
        if len(lines) == 3:
            raise KeyboardInterrupt  # as Ctrl-C does, wherever Python is just then

    A, B = big_game()
    answer = solve(A, B, progress=interrupt)
    assert answer.reason is Reason.INTERRUPTED
    # Every look takes a hundredth of a second: a word after one second, then after each.
    assert [line.split(" s: ")[0] for line in lines] == ["1", "2", "3"]
    assert all(is_equilibrium(A, B, e.row, e.column) for e in answer)
    assert len(answer) >= 1


def test_progress_goes_to_standard_error_unless_silenced(monkeypatch, capsys):
    monkeypatch.setattr("missiongame.bimatrix.limits.FIRST_WORD", 0.0)
    solve(*np.random.default_rng(1).integers(-9, 10, (2, 6, 6)))
    written = capsys.readouterr()
    assert written.out == ""
    assert "rays" in written.err
    solve(*np.random.default_rng(1).integers(-9, 10, (2, 6, 6)), progress=False)
    assert capsys.readouterr().err == ""


def test_faces_that_were_finished_survive_an_interruption(monkeypatch, contest_game):
    A, B = contest_game("contest-portable-100")
    whole = solve(A, B)
    seen = []

    def check(_self, doing=""):
        seen.append(doing)
        if "face 3" in doing:
            raise KeyboardInterrupt

    monkeypatch.setattr(Clock, "check", check)
    monkeypatch.setattr("missiongame.bimatrix.enumeration.by_faces", lambda _asking: True)
    part = solve(A, B)
    assert part.reason is Reason.INTERRUPTED
    assert 1 < len(part) < len(whole)
    assert {(e.row, e.column) for e in part} < {(e.row, e.column) for e in whole}


def test_solving_loads_no_library_but_numpy():
    code = (
        "import sys, missiongame as mg; mg.solve([[3, 0], [0, 2]], [[2, 0], [0, 3]]).nash_subsets; "
        "print([m for m in ('sympy', 'scipy', 'nashpy', 'z3', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_an_answer_is_a_sequence_that_says_what_it_knows():
    answer = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    assert repr(answer) == "<3 extreme equilibria by exact, all>"
    assert answer[-1] == answer[2] == tuple(answer)[2]
    assert answer[:2] == (answer[0], answer[1])
    assert [e.payoffs for e in answer][:2] == [(3, 2), (2, 3)]
    with pytest.raises(IndexError):
        answer[3]
