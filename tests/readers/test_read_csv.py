import contextlib
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

import missiongame as mg
from missiongame.errors import ReadError
from missiongame.readers.columns import columns_of
from missiongame.readers.csv_file import parse


def test_every_documented_column_is_read(csv_file):
    town = mg.Community.read_csv(
        csv_file(
            "name,contribution,purpose,enjoyment,social,risk\n"
            "Ann,6,100,-5,20,0.5\nBob,2.5,0,1e2,0,1\n"
        )
    )
    assert town.names == ("Ann", "Bob")
    assert town.contribution.tolist() == [6, 2.5]
    assert town.purpose.tolist() == [100, 0]
    assert town.enjoyment.tolist() == [-5, 100]
    assert town.social.tolist() == [20, 0]
    assert town.columns["risk"].tolist() == [0.5, 1]


def test_only_contribution_is_needed_and_purpose_stays_unknown(csv_file):
    town = mg.Community.read_csv(csv_file("contribution\n3\n1\n"))
    assert town.purpose is None
    assert town.names is None
    assert town.n == 2


def test_arguments_fill_in_what_the_file_lacks(csv_file):
    town = mg.Community.read_csv(csv_file("contribution\n3\n1\n"), purpose=7, mission=2, social=1)
    assert town.purpose.tolist() == [7, 7]
    assert town.mission == 2
    assert town.social.tolist() == [1, 1]


def test_an_argument_never_silently_overrides_a_column(csv_file):
    with pytest.raises(ReadError, match="purpose is given as an argument and as a column"):
        mg.Community.read_csv(csv_file("contribution,purpose\n3,1\n"), purpose=7)


def test_an_unknown_argument_is_named(csv_file):
    with pytest.raises(TypeError, match=r"'purpos'.*one of purpose, enjoyment"):
        mg.Community.read_csv(csv_file("contribution\n3\n"), purpos=7)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_changes_nothing(csv_file, encoding):
    town = mg.Community.read_csv(csv_file("contribution,name\n3,Zoë\n".encode(encoding)))
    assert town.names == ("Zoë",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_change_nothing(csv_file, delimiter, newline):
    rows = [["Name", " Contribution "], ["Ann", "3"], ["Bob", "1"], []]
    text = newline.join(delimiter.join(row) for row in rows)
    town = mg.Community.read_csv(csv_file(text))
    assert town.names == ("Ann", "Bob")
    assert town.contribution.tolist() == [3, 1]


def test_a_delimiter_inside_quotes_or_names_does_not_mislead(csv_file):
    town = mg.Community.read_csv(
        csv_file('name,contribution,"a;b;c;d"\n"Lee; Ann, PhD\nof Ulm",3,1\nBob|x,1,2\n')
    )
    assert town.names == ("Lee; Ann, PhD\nof Ulm", "Bob|x")
    assert list(town.columns) == ["a;b;c;d"]


def test_semicolons_come_with_decimal_commas(csv_file):
    town = mg.Community.read_csv(csv_file("contribution;social\n3,5;1.25\n,5;2\n"))
    assert town.contribution.tolist() == [3.5, 0.5]
    assert town.social.tolist() == [1.25, 2]


def test_a_comma_that_could_be_thousands_is_refused(csv_file):
    for text in ("contribution;x\n1,000;2\n", 'contribution,x\n"1,000",2\n'):
        with pytest.raises(ReadError, match=r"line 2, column 'contribution': '1,000'.*thousands"):
            mg.Community.read_csv(csv_file(text))


def test_text_columns_are_left_out_and_mixed_ones_refused(csv_file):
    town = mg.Community.read_csv(csv_file("contribution,city,empty\n3,Ulm,\n1,,\n"))
    assert town.columns == {}
    with pytest.raises(ReadError, match=r"line 3, column 'risk': 'low' is not a number"):
        mg.Community.read_csv(csv_file("contribution,risk\n3,1\n1,low\n"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("\ufeff \n\n", "the file is empty"),
        ("contribution\n", "no members, only headings"),
        ("name,contributions\nAnn,3\n", r"rename 'contributions'\?.*columns are 'name', 'contrib"),
        ("name;points\nAnn;3\n", "its columns are 'name', 'points'"),
        ("contribution\n3\nmany\n", r"line 3, column 'contribution': 'many' is not a number"),
        ("contribution\n3\nNaN\n", r"line 3, column 'contribution': 'NaN' is not.*finite"),
        ("contribution\n3\n-inf\n", "line 3, column 'contribution': '-inf' is not.*finite"),
        ("contribution\n1e999\n", "line 2.*too large"),
        ("contribution\n" + "9" * 400 + "\n", "line 2.*too large"),
        ("contribution\n" + "9" * 5000 + "\n", "line 2.*is not a number"),
        ("contribution\n3\n-1\n", "line 3, column 'contribution': '-1' is negative"),
        ("contribution,social\n3,-1\n", "line 2, column 'social': '-1' is negative"),
        ("contribution,purpose\n3,\n", "line 2, column 'purpose': the cell is empty"),
        ("contribution\n0\n0\n", "column 'contribution': nobody contributes"),
        ("contribution,name\n3,Ann\n1\n", "line 3: 1 cells; the headings are 2"),
        ("contribution,name\n3,Ann\n1,B,C\n", "line 3: 3 cells; the headings are 2"),
        ("contribution,name\n3,Ann\n\n1,Ann\n", "line 4.*'Ann' is already the name in line 2"),
        ("contribution,name\n3, \n", "line 2, column 'name': the name is empty"),
        ("contribution,Contribution\n3,1\n", "two columns are named 'contribution'"),
        ("contribution,\n3,1\n", "line 2: column 2 has values and no heading"),
        ('name,contribution\n"Ann\nLee",3\nBob,x\n', "line 4, column 'contribution': 'x'"),
        ('contribution\n"3"x\n', "line 2: "),
        ("contribution\n1_000\n", "'1_000' is not a number"),
        ("contribution\n٣\n", "'٣' is not a number"),
        ("contribution\n=1+1\n", "'=1.1' is not a number"),
        ("contribution\n3\0\n", "not a text file"),
    ],
)
def test_bad_input_is_refused_with_its_place(csv_file, text, said):
    path = csv_file(text)
    with pytest.raises(ReadError, match=said) as caught:
        mg.Community.read_csv(path)
    assert str(path) in str(caught.value)


def test_bytes_that_are_no_text_are_refused_with_their_line(csv_file):
    with pytest.raises(ReadError, match="line 2: not UTF-8"):
        mg.Community.read_csv(csv_file("contribution,name\n3,Zoë\n".encode("latin-1")))


def test_a_path_that_is_none_is_named(tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        mg.Community.read_csv(tmp_path / "none.csv")
    with pytest.raises(ReadError, match="directory"):
        mg.Community.read_csv(tmp_path)


def test_trailing_empty_columns_of_a_spreadsheet_are_ignored(csv_file):
    assert mg.Community.read_csv(csv_file("contribution;;\n3;;\n")).n == 1


def test_large_whole_numbers_keep_their_exact_value(csv_file):
    town = mg.Community.read_csv(csv_file(f"contribution\n{2**53 + 1}\n1\n"))
    assert Fraction(town.contribution[0]) == 2**53 + 1


@given(st.lists(st.floats(0, 1e300), min_size=1).filter(any))
def test_floats_survive_a_round_trip(contributions):
    text = "contribution\n" + "".join(f"{c!r}\n" for c in contributions)
    town = mg.Community.from_columns(columns_of(parse(text, "here")))
    assert town.contribution.tolist() == contributions


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else_is_raised(text):
    for header in ("", "contribution\n", "name;contribution\n"):
        with contextlib.suppress(ReadError):
            columns_of(parse(header + text, "here"))
