"""Exact linear programs and systems against independent solvers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from missiongame.bimatrix.face_points import best_on_face
from missiongame.bimatrix.linear_program import maximise
from missiongame.bimatrix.matrices import read_game
from missiongame.exact.elimination import solve_square
from missiongame.testing import bimatrix


@st.composite
def programs(draw):
    k, n = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    entry = st.integers(-3, 3)
    M = [draw(st.lists(entry, min_size=n, max_size=n)) for _ in range(k)]
    b = draw(st.lists(st.integers(-4, 6), min_size=k, max_size=k))
    c = draw(st.lists(entry, min_size=n, max_size=n))
    # A box keeps every program bounded.
    return np.array([*M, *np.eye(n, dtype=int)]), np.array([*b, *[7] * n]), np.array(c)


@settings(deadline=None, max_examples=200)
@given(programs())
def test_the_optimum_is_feasible_and_as_good_as_an_independent_one(program):
    M, b, c = program
    best = maximise(M, b, c)
    peer = linprog(-c, A_ub=M, b_ub=b)
    assert (best is None) == (peer.status == 2)
    if best is not None:
        z = [Fraction(v, best.denominator) for v in best.numerators]
        assert min(z) >= 0
        assert all(
            sum(a * v for a, v in zip(row, z, strict=True)) <= t
            for row, t in zip(M, b, strict=True)
        )
        assert best.value == sum(int(a) * v for a, v in zip(c, z, strict=True))
        assert float(best.value) == pytest.approx(-peer.fun, abs=1e-7)


def test_an_unbounded_program_says_so():
    with pytest.raises(ArithmeticError, match="unbounded"):
        maximise(np.array([[-1]]), np.array([1]), np.array([1]))


def test_a_program_on_which_the_steepest_rule_alone_runs_in_circles_is_solved():
    """Chvátal's cycle (1983, chapter 3) behind a first step that halves its rows.

    With the last variable at 1 − (z0 + z1 + z2)/2 the next two rows are his:
    (1, −11, −5, 18)/2 and (1, −3, −1, 2)/2; and the objective is (10, −57, −9, −24).
    """
    M = np.array([[1, 1, 1, 0, 2], [1, -5, -2, 9, 1], [1, -1, 0, 1, 1], [1, 0, 0, 0, 0]])
    b, c = np.array([2, 1, 1, 1]), np.array([110, 43, 91, -24, 200])
    steps = iter(range(100))
    best = maximise(M, b, c, tick=lambda: next(steps))
    assert float(best.value) == pytest.approx(-linprog(-c, A_ub=M, b_ub=b).fun)


@given(
    st.integers(1, 5).flatmap(
        lambda k: st.lists(
            st.lists(st.integers(-4, 4), min_size=k + 1, max_size=k + 1), min_size=k, max_size=k
        )
    )
)
def test_a_square_system_is_solved_or_singular(rows):
    table = np.array(rows)
    M, b = table[:, :-1], table[:, -1]
    solved = solve_square(M, b)
    assert (solved is None) == (round(np.linalg.det(M)) == 0)
    if solved is not None:
        numerators, denominator = solved
        assert denominator > 0
        assert (M @ np.array(numerators, dtype=object) == b * denominator).all()


@settings(deadline=None)
@given(game=bimatrix(rows=(2, 4), columns=(2, 4)), data=st.data())
def test_the_best_point_of_a_face_is_its_best_vertex(game, data, polyhedron):
    A = game[0]
    m, n = len(A), len(A[0])
    played = sorted(data.draw(st.sets(st.integers(0, m - 1), min_size=1)))
    allowed = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1)))
    goal = data.draw(st.lists(st.fractions(max_denominator=5), min_size=n, max_size=n))
    wanted = {("other", i) for i in played} | {("own", j) for j in range(n) if j not in allowed}
    values = [
        sum(g * v for g, v in zip(goal, y, strict=True))
        for y, labels in polyhedron(A).items()
        if wanted <= labels
    ]
    best = best_on_face(read_game(A, A).rows, played, allowed, goal)
    assert (best is None) == (not values)
    if best is not None:
        value, y = best
        assert value == max(values)
        assert value == sum(g * v for g, v in zip(goal, y, strict=True)) / sum(y)
