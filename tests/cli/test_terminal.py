"""The command at the edges of its world: odd names, full disks, closed pipes, poor encodings."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings
from typer.testing import CliRunner

import missiongame as mg
from missiongame.cli import app, main
from missiongame.cli.price.spreadsheet import as_text
from missiongame.cli.screen import plain
from missiongame.errors import InvalidValue

HOSTILE = [
    "\x1b[2J\x1b]0;title\x07",
    "\u202egnp.exe",
    "\x9b31m",
    "a\nVerdict\n  The raid fails",
    "[bold]x[/]",
    "[/]",
    "$x_{$",
    "=cmd|' /C calc'!A0",
    "\u2066\u2069",
]


has_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command as a shell does; return its status, output and error."""

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["missiongame", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code, *capsys.readouterr()

    return command


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "town.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "contribution", "purpose"])
        writer.writerows([name, 9 - k, 3 + k] for k, name in enumerate(HOSTILE))
    return path


# Names of a file


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("command", ["raid", "price"])
def test_names_of_a_file_cannot_steer_the_terminal(run, hostile, command, options):
    status, out, err = run(command, hostile, "--share", 1, *options)
    assert (status, err) == (0, "")
    assert plain(out, keep="\n") == out
    assert out.count("Verdict\n") <= 1
    if command == "price" and not options:
        assert r"\x1b[2J" in out
        assert "[bold]x[/]" in out
    if command == "price" and options:
        assert {row["member"] for row in json.loads(out)["order"]} <= set(HOSTILE)


@pytest.mark.skipif(os.name != "posix", reason="no such names of files here")
def test_names_of_files_cannot_steer_the_terminal_either(run, tmp_path):
    path = tmp_path / "a\x1b[2J\n[bold]$b_{$.csv"
    path.write_text("contribution,purpose\n2,1\n1,1\n")
    picture = tmp_path / "p\x1b[2J.png"
    status, out, err = run("price", path, "--plot", picture, "--seconds", 1)
    assert (status, err) == (0, "")
    assert plain(out, keep="\n") == out
    assert "[bold]$b_{$" in out
    assert picture.read_bytes().startswith(b"\x89PNG")
    status, out, err = run("raid", tmp_path / "no\x1b[2J\nsuch")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert plain(err, keep="\n") == err


def test_words_of_a_case_are_text_not_markup(run, tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(
        'title = "[/] $1 and $x_{"\nclaim = "c\\u001b[2J"\n[community]\ncontribution = [2, 1]\n'
        'purpose = 3\n[rival]\nname = "[/b]"\nvalue = 5\n[steward]\nvalue = 9\n[[offers]]\n'
        'kind = "flat"\npay = 4\n[words]\nmembers = "[red]m[/]"\ncontributions = "[/x]"\n'
        'period = "[/y]"\nmoney = "$"\n[[facts]]\ntext = "\\u202ef"\nsource = "\\u009bs"\n'
    )
    for command in (["raid"], ["price", "--plot", tmp_path / "x.svg"], ["scenarios"]):
        status, out, err = run(command[0], path, *command[1:])
        assert (status, err) == (0, "")
        assert plain(out, keep="\n") == out
        assert "[/] $1 and $x_{" in out


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=20).filter(lambda t: t.strip()))
@example(name="\ud800")
def test_any_name_is_shown_harmlessly_and_read_back_from_json(name):
    shown = plain(name)
    assert plain(shown) == shown
    assert "\n" not in shown
    assert json.loads(f'["{json.dumps(name)[1:-1]}"]') == [name]


# Names in a spreadsheet


def test_a_name_is_never_a_formula_in_the_order(run, hostile, tmp_path):
    path = tmp_path / "order.csv"
    assert run("price", hostile, "--share", 1, "--csv", path)[0] == 0
    with path.open(newline="", encoding="utf-8") as file:
        named = [row["member"] for row in csv.DictReader(file)]
    assert "'=cmd|' /C calc'!A0" in named
    assert not any(name.startswith(tuple("=+-@\t\r")) for name in named)


@given(st.text(max_size=6), st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'", "''="]))
def test_the_apostrophe_can_be_taken_off_again(rest, start):
    name = start + rest
    written = as_text(name)
    assert not written.startswith(tuple("=+-@\t\r"))
    bare = written.removeprefix("'")
    assert name == (bare if written.startswith("'") and as_text(bare) == written else written)


# Outputs


@pytest.mark.parametrize("option", ["--csv", "--plot"])
def test_no_output_overwrites_what_is_read(run, tmp_path, option):
    source = tmp_path / "members.png"
    source.write_text("contribution,purpose\n2,1\n1,1\n")
    link = tmp_path / "link.png"
    link.hardlink_to(source)
    before = source.read_bytes()
    for path in (source, link, tmp_path / "." / "members.png"):
        status, out, err = run("price", source, option, path)
        assert (status, out) == (2, "")
        assert "it should be another file than what is read" in err
        assert source.read_bytes() == before
    status, _, err = run("raid", source, "--plot", link)
    assert status == 2


def test_no_output_overwrites_a_case_a_repository_or_the_other_output(run, tmp_path):
    case = tmp_path / "case.toml"
    case.write_text("title = 1\n")
    (tmp_path / "repo" / ".git" / "refs").mkdir(parents=True)
    (tmp_path / "repo" / ".mailmap").write_text("")
    for source, path in (
        (f"{case}:variant", case),
        (case, case),
        (tmp_path / "repo", tmp_path / "repo" / ".git" / "HEAD"),
        (tmp_path / "repo", tmp_path / "repo" / ".git" / "refs" / "x"),
        (tmp_path / "repo", tmp_path / "repo" / ".mailmap"),
    ):
        status, _, err = run("price", source, "--csv", path)
        assert status == 2
        assert "another file than what is read" in err
    status, _, err = run("price", "church", "--csv", "x.png", "--plot", "./x.png")
    assert status == 2
    assert "another file than the picture" in err


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["price", "church", "--csv"], "out.csv"),
        (["price", "church", "--seconds", "1", "--plot"], "out.png"),
        (["prove", "--claim", "x**2 >= 0", "--smtlib"], "claim.smt2"),
    ],
)
def test_every_writer_keeps_the_old_file(run, tmp_path, monkeypatch, arguments, name, stop):
    path = tmp_path / name
    path.write_bytes(b"old")

    def fails(_):
        raise stop

    monkeypatch.setattr("missiongame.files.os.fsync", fails)
    status, out, err = run(*arguments, tmp_path if name.endswith("smt2") else path)
    if isinstance(stop, OSError):
        assert (status, out) == (2, "")
        assert "cannot be written: No space left on device" in err
        assert err.count("\n") == 1
    else:
        assert (status, err) == (130, "missiongame: interrupted\n")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_queries_of_one_name_have_a_file_each(tmp_path):
    claims = tmp_path / "claims.txt"
    claims.write_text("claim a b: x**2 >= 0\nclaim a-b: y**2 >= 0\nclaim ?: z**2 >= 0\n")
    folder = tmp_path / "queries"
    arguments = ["prove", "--file", str(claims), "--smtlib", str(folder)]
    CliRunner().invoke(app, arguments, catch_exceptions=False)
    made = sorted(path.name for path in folder.iterdir())
    assert made == ["a-b-2.smt2", "a-b.smt2", "claim.smt2"]
    inside = folder / "claims.smt2"
    inside.write_text("claim claims: x**2 >= 0\n")
    with pytest.raises(InvalidValue, match=r"smtlib is .*; it should be another file"):
        CliRunner().invoke(
            app,
            ["prove", "--file", str(inside), "--smtlib", str(folder)],
            catch_exceptions=False,
        )


# Standard output and error


@has_full
@pytest.mark.parametrize("arguments", [["scenarios"], ["scenarios", "--json"], ["--version"]])
def test_a_full_device_is_told_in_one_line(run, monkeypatch, arguments):
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        status, _, err = run(*arguments)
        assert (status, err) == (
            2,
            "missiongame: standard output cannot be written: No space left on device\n",
        )


def test_a_closed_output_is_told(run, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    status, _, err = run("scenarios")
    assert (status, err) == (2, "missiongame: standard output is closed; nothing can be shown\n")


@has_full
@pytest.mark.parametrize("command", ["--help > /dev/full", "nosuch 2>/dev/full", "nosuch >&- 2>&-"])
def test_a_process_ends_with_its_status_whatever_is_full_or_closed(command):
    line = f'"{sys.executable}" -c "from missiongame.cli import main; main()" {command}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Exception" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["scenarios"], 0), (["scenarios", "--json"], 0), (["prove", "--claim", "x > 0"], 1)],
)
def test_a_pipe_that_is_closed_early_changes_no_exit_status(run, monkeypatch, arguments, status):
    """The reader has gone before anything is written."""
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        ended, _, err = run(*arguments)
        assert (ended, err) == (status, "")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_where_the_encoding_lacks_signs_they_are_spelled(run, monkeypatch, encoding):
    def output(*arguments):
        stream = io.TextIOWrapper(io.BytesIO(), encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        status, _, err = run(*arguments)
        assert (status, err) == (0, "")
        return stream.buffer.getvalue().decode(encoding)

    page = output("scenarios", "church")
    assert "* The rival has a mission too" in page.replace("•", "*")
    assert "?" not in page.replace("?\n", "")
    assert max(map(len, page.splitlines())) <= 80
    assert "----" in output("scenarios")
    listed = json.loads(output("scenarios", "--json"))["scenarios"]
    assert [case["name"] for case in listed] == mg.scenarios.names()


def test_a_minus_stays_a_minus_in_any_encoding(monkeypatch):
    from missiongame.cli.screen import say

    for encoding, shown in (("ascii", "-$3 inf theta <= \\xeb"), ("latin-1", "-$3 inf theta <= ë")):
        stream = io.TextIOWrapper(io.BytesIO(), encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        say("−$3 ∞ θ ≤ ë")
        assert stream.buffer.getvalue().decode(encoding) == shown


# What is wrong is one line, and exit status 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nosuch"], "No such option"),
        (["nosuch"], "No such command 'nosuch' (see missiongame --help)"),
        (["raid", "--purpose", "x"], "--purpose"),
        (["raid", "a", "b"], "(see missiongame raid --help)"),
        (["raid", "--top", "1"], "--top"),
        (["raid", "x" * 5000], "no such file, directory or scenario"),
        (["raid", "~nosuchuser/x"], "no such file, directory or scenario"),
        (["raid", "~nosuchuser/x.toml:a"], "there is no such file"),
        (["raid", "a\ud800b"], "no such file, directory or scenario"),
        (["raid", ""], "no such file, directory or scenario"),
        (["raid", "church", "--purpose", "nan"], "purpose is nan"),
        (["raid", "church", "--policy", "nan:1"], "uplift is nan"),
        (["price", "church", "--plot", "x" * 300 + ".png"], "File name too long"),
        (["price", "church", "--csv", "no/such.csv"], "csv is 'no/such.csv'"),
        (["prove", "--file", "."], "Is a directory"),
        (["prove", "--claim", "x >= x", "--smtlib", "/dev/null/x"], "smtlib: /dev/null/x cannot"),
        (["scenarios", "nosuch"], "no such file, directory or scenario"),
    ],
)
def test_wrong_input_is_one_line_and_no_traceback(run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("missiongame: ")
    assert err.count("\n") == 1
    assert len(err) < 500
    assert said in err


def test_an_amount_that_is_no_float_is_one_line(run, tmp_path):
    path = tmp_path / "vast.csv"
    path.write_text("contribution,purpose\n1e308,2\n1e308,2\n")
    status, out, err = run("raid", path, "--json")
    assert (status, out) == (2, "")
    assert err.startswith("missiongame: an amount beyond 1.8e308 arises")


def test_without_a_command_the_help_is_shown(run):
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out.startswith("Usage: missiongame ")
