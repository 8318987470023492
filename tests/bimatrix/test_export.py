"""What leaves the library is the same game."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix.export import latex, to_nashpy, to_nfg
from missiongame.errors import InvalidValue

Rows = list[list[Fraction]]


@st.composite
def games(draw: st.DrawFn) -> tuple[Rows, Rows]:
    m, n = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rows = st.lists(st.lists(st.fractions(), min_size=n, max_size=n), min_size=m, max_size=m)
    return draw(rows), draw(rows)


@settings(deadline=None)
@given(games(), st.text(st.sampled_from('abc "{}/-1'), max_size=12))
def test_gambit_reads_back_the_exact_payoffs(game: tuple[Rows, Rows], title: str) -> None:
    pygambit = pytest.importorskip("pygambit", reason="needs the peers extra")
    read = pygambit.read_nfg(io.BytesIO(to_nfg(*game, title=title).encode("ascii")))
    assert read.title == title
    for ours, theirs in zip(game, read.to_arrays(), strict=True):
        assert ours == [[Fraction(int(v.numerator), int(v.denominator)) for v in r] for r in theirs]


@pytest.mark.parametrize("title", ["two\nlines", "back\\slash", "é", "tab\t"])
def test_titles_that_gambit_misreads_are_refused(title: str) -> None:
    with pytest.raises(InvalidValue, match="title"):
        to_nfg([[Fraction(1)]], [[Fraction(1)]], title=title)


@settings(deadline=None)
@given(games())
def test_nashpy_gets_the_nearest_floats(game: tuple[Rows, Rows]) -> None:
    received = to_nashpy(*game).payoff_matrices
    for ours, theirs in zip(game, received, strict=True):
        np.testing.assert_array_equal([[float(v) for v in row] for row in ours], theirs)


def test_payoffs_beyond_floats_are_named() -> None:
    with pytest.raises(InvalidValue, match=r"B\[0, 1\]"):
        to_nashpy([[Fraction(1)] * 2], [[Fraction(1), Fraction(10**400)]])


@settings(deadline=None)
@given(games())
def test_latex_holds_every_payoff_in_its_place(game: tuple[Rows, Rows]) -> None:
    begin, *lines, end = latex(*game).split("\n")
    assert (begin, end) == (r"\begin{pmatrix}", r"\end{pmatrix}")
    plain = [
        re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"\1/\2", line.removesuffix(r" \\")) for line in lines
    ]
    cells = [[cell.split(r",\,") for cell in line.split("&")] for line in plain]
    for which in (0, 1):
        assert [[Fraction(cell[which].strip()) for cell in row] for row in cells] == game[which]


def test_latex_of_many_columns_does_not_need_more_than_amsmath_allows() -> None:
    row = [[Fraction(j) for j in range(12)]]
    assert latex(row, row).startswith("\\left(\\begin{array}{cccccccccccc}\n0,\\, 0 & 1,\\, 1")
