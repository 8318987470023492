"""Games and answers in lrsnash's text format."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lrs
from missiongame.errors import InvalidValue, ReadError

TWO_BLOCKS = """*lrsnash:lrslib v.7.1 2021.6.2(64bit,lrsgmp.h,hybrid arithmetic) gmp v.6.2
2  0  1  1
2  1  0 -3/7
1  1/2  1/2  1/2

2  0  1  1
1  1  0  1

*Number of equilibria found: 3
*Player 1: vertices=3 bases=3 pivots=5
"""


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_a_game_survives_the_way_out_and_back(m: int, n: int, data: st.DataObject) -> None:
    row = st.lists(st.fractions(), min_size=n, max_size=n)
    A, B = (data.draw(st.lists(row, min_size=m, max_size=m)) for _ in "AB")
    assert lrs.loads(lrs.dumps(A, B)) == (A, B)


def test_a_file_is_read_and_white_space_is_free(tmp_path: Path) -> None:
    file = tmp_path / "game.lrs"
    file.write_text("2 1\n\n\n 1\n2/3   -4 \n\t5\n")
    assert lrs.read(file) == (
        [[Fraction(1)], [Fraction(2, 3)]],
        [[Fraction(-4)], [Fraction(5)]],
    )


@pytest.mark.parametrize(
    "text", ["", "2", "1 1 3", "1 1 3 4 5", "1 1 3 x", "1 1 3 1/0", "0 0", "-1 -1 2 2", "1 1 0.5 1"]
)
def test_other_text_is_no_game(text: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="text is"):
        lrs.loads(text)
    file = tmp_path / "game.lrs"
    file.write_text(text)
    with pytest.raises(ReadError, match=r"game\.lrs"):
        lrs.read(file)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ReadError, match=r"nowhere\.lrs"):
        lrs.read("nowhere.lrs")


def test_each_line_of_a_block_is_an_equilibrium_with_its_last_line() -> None:
    half, zero, one = Fraction(1, 2), Fraction(0), Fraction(1)
    assert lrs.equilibria(TWO_BLOCKS) == [
        ((half, half), (zero, one)),
        ((half, half), (one, zero)),
        ((one, zero), (zero, one)),
    ]
