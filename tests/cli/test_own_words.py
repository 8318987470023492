"""Money, period and names as the user says; numbers that were likely meant otherwise."""

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import missiongame as mg
from missiongame.assessment import anonymous
from missiongame.cli import app, main
from missiongame.cli.options import PRICE, RAID
from missiongame.readers.history import PERIODS, SECONDS_A_MONTH, read_history
from missiongame.scenarios import load

NAMES = ["Zenobia Quux", "Ambrose Xyzzy", "Petronella Plugh"]


def said(*arguments):
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def document(*arguments):
    return json.loads(said(*arguments, "--json"))


@pytest.fixture
def refused(capsys, monkeypatch):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["missiongame", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert (caught.value.code, out, err.count("\n")) == (2, "", 1)
        return err

    return run


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "httpd.csv"
    rows = (f"{name},{c}\n" for name, c in zip(NAMES, (1, 6, 3), strict=True))
    path.write_text("name,contribution\n" + "".join(rows))
    return path


@pytest.fixture
def repository(tmp_path):
    path = tmp_path / "Town"
    path.mkdir()
    git = ["git", "-C", str(path), "-c", "user.name=Ann", "-c", "user.email=ann@x"]
    try:
        subprocess.run([*git, "init", "-q"], check=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    for _ in range(6):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "work"], check=True)
    return path


# Money and period


@pytest.mark.parametrize("command", ["raid", "price"])
@pytest.mark.parametrize(("money", "shown"), [("€", "€40 a week"), ("EUR", "EUR 40 a week")])
def test_money_and_period_are_called_as_the_user_says(command, members, money, shown):
    words = ["--money", money, "--period", "week"]
    text = said(
        command, members, "--purpose", 10, "--flat" if command == "raid" else "--budget", 40
    )
    assert "40 a month" in text
    text = said(
        command, members, "--purpose", 10, "--flat" if command == "raid" else "--budget", 40, *words
    )
    assert shown in text
    assert "month" not in text.replace("$1,000 a month", "")


def test_what_is_assumed_says_whose_offer_it_was_in_whose_money(members):
    text = said("raid", members, "--period", "week", "--money", "€")
    assert "offers €1,000 a week (Netscape in 2006: $1,000 a month) to the top tenth" in text
    assert "offers what Netscape offered in 2006, 1,000 a month, to the top tenth" in said(
        "raid", members
    )


def test_a_case_that_has_its_own_money_says_that_nothing_is_converted():
    text = said("raid", "church", "--money", "€", "--period", "year")
    assert "What the case calls $1 a month is called €1 a year; nothing is converted." in text
    assert "converted" not in said("raid", "church", "--money", "$")


@pytest.mark.parametrize("period", PERIODS)
def test_commits_are_counted_by_the_period(repository, period):
    town = mg.Community.from_git(repository, period=period)
    assert town.contribution.tolist() == [pytest.approx(6 * PERIODS[period] / SECONDS_A_MONTH)]
    made = document("raid", repository, "--period", period)
    assert made["community"]["contributions"] == float(town.total)
    assert f"a {period}" in said("raid", repository, "--period", period)


def test_a_month_is_what_it_was(repository):
    history = read_history(repository)
    assert history.period == "month"
    assert history.periods == history.months


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--money", "5"], "money is '5'"),
        (["--money", "\x1b[0m"], r"money is '\x1b[0m'"),
        (["--money", "\u202e"], r"money is '\u202e'"),
        (["--money", "nine char"], "money is 'nine char'"),
        (["--period", ""], "period is ''"),
        (["--period", "2 weeks"], "period is '2 weeks'"),
        (["--period", "a\nb"], r"period is 'a\nb'"),
        (["--period", "x" * 31], "period is"),
    ],
)
@pytest.mark.parametrize("command", ["raid", "price"])
def test_words_that_are_none_are_refused(refused, members, command, words, problem):
    assert problem in refused(command, members, *words)


def test_a_repository_is_counted_by_periods_of_known_length(refused, repository):
    assert "one of day, week, month, quarter, year" in refused(
        "raid", repository, "--period", "term"
    )


# Names


def test_a_file_called_httpd_stays_httpd(members):
    text = said("raid", members, "--purpose", 10) + said("price", members, "--purpose", 10)
    assert "httpd" in text
    assert "Httpd" not in text


@pytest.mark.parametrize("known", [[], ["--purpose", "9"]])
@pytest.mark.parametrize("command", ["raid", "price"])
def test_one_of_anything_is_singular(repository, tmp_path, command, known):
    """One author, one commit a month, one member of ten; and nowhere an endless sum."""
    alone, ten = tmp_path / "alone.csv", tmp_path / "ten.csv"
    alone.write_text("contribution\n1\n")
    ten.write_text("contribution\n" + "1\n" * 10)
    for source in (repository, alone, ten):
        text = said(command, source, *known)
        assert not re.search(r"\b1 (authors|commits|members|contributions|times)\b", text)
        assert "any sum" not in text
        assert "∞" not in text


@pytest.mark.parametrize("command", ["raid", "price"])
@pytest.mark.parametrize("known", [[], ["--purpose", "5"]])
def test_without_names_no_output_has_one(members, tmp_path, command, known):
    outputs = [tmp_path / "picture.svg", *([tmp_path / "order.csv"] if command == "price" else [])]
    files = ["--plot", outputs[0], *(["--csv", outputs[1]] if command == "price" else [])]
    named = [said(command, members, *known), said(command, members, *known, "--json")]
    texts = [said(command, members, *known, "--anonymous", *files)]
    texts += [said(command, members, *known, "--anonymous", "--json")]
    texts += [path.read_text() for path in outputs]
    for name in NAMES:
        for part in (name, *name.split()):
            assert not [text for text in texts if part in text]
    if command == "price":
        assert all(NAMES[1] in text for text in named)
        assert all("member 1" in text for text in (texts[0], texts[1], texts[3]))


def test_members_are_numbered_by_what_they_contribute(members):
    rows = document("price", members, "--purpose", 5, "--share", 1, "--anonymous")["order"]
    made = {row["member"]: row["contribution"] for row in rows}
    assert made == {"member 1": 6, "member 2": 3, "member 3": 1}


def test_equals_are_numbered_in_their_order():
    case = load("church")
    named = anonymous(case.changed(community=mg.Community([1, 2, 1, 2], names="abcd")))
    assert named.community.names == ("member 3", "member 1", "member 4", "member 2")
    assert named.community.contribution.tolist() == [1, 2, 1, 2]


# What is wrong is told in the user's words

_FILES = ("source", "plot", "csv")
NUMBERS = sorted(
    name
    for name, made in (RAID | PRICE).items()
    if name not in _FILES and made.default is not False
)


@pytest.mark.parametrize("value", ["x", "nan", "inf", "-1", "1e400", "", "None"])
@pytest.mark.parametrize("name", NUMBERS)
def test_no_complaint_speaks_python(capsys, monkeypatch, name, value):
    command = "raid" if name in RAID else "price"
    flag = {"policies": "--policy"}.get(name, "--" + name.replace("_", "-"))
    values = [value, value] if name == "top" else [value]
    monkeypatch.setattr(sys, "argv", ["missiongame", command, "church", flag, *values])
    with pytest.raises(SystemExit) as caught:
        main()
    out, err = capsys.readouterr()
    told = err.replace(f"'{value}'", "") + (out if value != "None" else "")
    assert not re.search(r"\b(None(?! of)|True|False|Traceback|nan,)\b|array\(|Fraction\(", told)
    assert (caught.value.code, err.count("\n")) in ((2, 1), (0, 0))


# Numbers that were likely meant otherwise


@pytest.mark.parametrize("top", [(1000, 20), (101, 1), (101, 100)])
def test_more_places_than_members_and_little_pay_is_asked_about(refused, top):
    places, pay = top
    err = refused("raid", "church", "--top", places, pay)
    assert f"did you mean --top {pay} {places}?" in err
    assert "there are 100 members" in err


@pytest.mark.parametrize("top", [(20, 1000), (100, 20), (1000, 101), (1000, 0), (1000, 2.5)])
def test_other_offers_to_the_top_are_as_they_are(top):
    assert document("raid", "church", "--top", *top)["offer"]["places"] == top[0]


@pytest.mark.parametrize(
    ("share", "meant"),
    [
        ("50", "share is 50.0; it should be a number in (0, 1]; for 50 % write 0.5\n"),
        ("100", "for 100 % write 1\n"),
        ("1.5", "for 1.5 % write 0.015\n"),
        ("50%", "'50%' is not a number; 50% is 0.5 (see"),
        ("%", "'%' is not a number (see"),
    ],
)
@pytest.mark.parametrize("command", ["raid", "price"])
def test_a_percentage_is_told_as_the_share_it_is(refused, command, share, meant):
    assert meant in refused(command, "church", "--share", share)


@pytest.mark.parametrize("share", ["0", "101", "-3"])
def test_a_share_that_is_no_percentage_is_refused_as_it_was(refused, share):
    assert refused("raid", "church", "--share", share).endswith("a number in (0, 1]\n")
