from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from missiongame.errors import InvalidType, ReadError

pd = pytest.importorskip("pandas", reason="pandas is an optional extra")


def test_a_frame_is_read_like_a_file():
    frame = pd.DataFrame({"Name": ["Ann", "Bob"], "contribution": [3, 1], "risk": [0.5, 1.0]})
    town = mg.Community.from_frame(frame, purpose=2)
    assert town.names == ("Ann", "Bob")
    assert town.contribution.tolist() == [3, 1]
    assert town.columns["risk"].tolist() == [0.5, 1]
    assert town.purpose.tolist() == [2, 2]


def test_fractions_keep_their_exact_value():
    town = mg.Community.from_frame(pd.DataFrame({"contribution": [Fraction(1, 3), 1]}))
    assert town.contribution.tolist() == [Fraction(1, 3), 1]


def test_anything_with_columns_and_items_is_a_frame():
    class Plain(dict):
        columns = ("contribution",)

    assert mg.Community.from_frame(Plain(contribution=[2, 1])).n == 2


def test_text_times_and_truths():
    frame = pd.DataFrame(
        {
            "contribution": [3, 1],
            "city": ["Ulm", None],
            "joined": pd.to_datetime(["2020-01-01", "2021-01-01"]),
            "moderator": [True, False],
        }
    )
    columns = mg.Community.from_frame(frame).columns
    assert list(columns) == ["moderator"]
    assert columns["moderator"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"contribution": [3.0, np.nan]}, "row 'b', column 'contribution': nan is not a finite"),
        ({"contribution": [3.0, np.inf]}, "row 'b', column 'contribution': inf is not a finite"),
        ({"contribution": [3, -1]}, "row 'b', column 'contribution': -1 is negative"),
        ({"contribution": ["3", "x"]}, "row 'b', column 'contribution': 'x' is not a number"),
        ({"contribution": [3, None]}, "row 'b', column 'contribution'"),
        ({"contributed": [3, 1]}, "no column 'contribution'"),
        ({"contribution": [3, 1], "name": ["Ann", "Ann"]}, "already the name in row 'a'"),
        ({"contribution": [3, 1], "name": ["Ann", None]}, "the name is empty"),
    ],
)
def test_bad_values_are_refused_with_row_and_column(data, said):
    with pytest.raises(ReadError, match=said):
        mg.Community.from_frame(pd.DataFrame(data, index=["a", "b"]))


def test_missing_whole_numbers_are_refused():
    frame = pd.DataFrame({"contribution": pd.array([1, None], dtype="Int64")})
    with pytest.raises(ReadError, match="row 1, column 'contribution'"):
        mg.Community.from_frame(frame)


def test_two_columns_of_one_name_are_refused():
    frame = pd.DataFrame([[1, 2]], columns=["contribution", "Contribution"])
    with pytest.raises(ReadError, match="two columns are named 'contribution'"):
        mg.Community.from_frame(frame)


@pytest.mark.parametrize("value", [None, [1, 2], {"contribution": [1]}, "members.csv"])
def test_what_is_no_frame_is_refused(value):
    with pytest.raises(InvalidType, match="data frame"):
        mg.Community.from_frame(value)
