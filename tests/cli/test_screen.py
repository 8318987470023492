"""How every command sets its pages: width, bold, ends of lines, help."""

import importlib.metadata
import io
import os
import pty
import re
import subprocess
import sys

import hypothesis.strategies as st
import pytest
from hypothesis import example, given
from typer.testing import CliRunner

from missiongame import scenarios
from missiongame.cli import app
from missiongame.cli.screen import NARROWEST, WIDEST, say, show, styled, width

COMMANDS = ["raid", "price", "prove", "scenarios"]


@pytest.fixture
def page():
    def told(*arguments):
        done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return told


def widest(text):
    return max(map(len, text.splitlines()))


# Ends of lines


@pytest.mark.parametrize("name", scenarios.names())
def test_no_line_of_a_case_ends_in_a_blank(page, name):
    for text in (
        page("raid", name, "--seconds", 0.2),
        page("price", name, "--seconds", 0.2),
        page("scenarios", name),
    ):
        assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["scenarios"],
        ["scenarios", "flickr", "reddit"],
        ["prove", "temptation", "--words"],
        ["prove", "--claim", "x**2 >= 0", "--latex"],
        ["--version"],
        [],
        *([command, "-h"] for command in COMMANDS),
        ["raid", "church", "--json"],
    ],
)
def test_no_line_of_any_command_ends_in_a_blank(page, arguments):
    assert [line for line in page(*arguments).splitlines() if line != line.rstrip()] == []


@given(st.text("a \n\x1b[0m1;", max_size=30))
@example("a \x1b[0m  \x1b[1m \nb")
def test_blanks_at_the_end_of_lines_go_and_nothing_else(text):
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        say(text)
    styles = re.compile(r"\x1b\[[0-9;]*m")
    made = stream.getvalue()
    assert styles.findall(made) == styles.findall(text)
    bare = [styles.sub("", line).rstrip(" ") for line in text.split("\n")]
    assert [styles.sub("", line) for line in made.split("\n")] == bare


# Width


@pytest.mark.parametrize("columns", [40, 60, 120])
@pytest.mark.parametrize("command", ["raid", "scenarios"])
def test_a_page_is_as_wide_as_columns_says(page, monkeypatch, command, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert columns - 20 < widest(page(command, "church")) <= columns


@pytest.mark.parametrize(
    ("given_", "made"),
    [
        *((text, 80) for text in ("", "0", "-5", "x", "٣٠", "9" * 5000, "80")),
        *(("1", NARROWEST), ("90", 90), ("99999", WIDEST)),
    ],
)
def test_columns_that_are_no_width_are_not_followed(monkeypatch, given_, made):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("COLUMNS", given_)
    assert width() == made


# Bold


@pytest.mark.parametrize(
    ("environment", "is_bold"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1"}, False),
    ],
)
def test_a_page_in_a_file_is_bold_only_where_that_is_forced(monkeypatch, environment, is_bold):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    show([styled("Verdict", style="bold")])
    assert ("\x1b[1m" in stream.getvalue()) == is_bold
    assert ("\x1b" in stream.getvalue()) == is_bold


def _on_a_terminal(**environment):
    """Return what a terminal gets of a page; progress goes elsewhere."""
    reads, writes = pty.openpty()
    command = [sys.executable, "-m", "missiongame", "scenarios", "church"]
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    subprocess.run(
        command,
        stdout=writes,
        stderr=subprocess.DEVNULL,
        env=env | {"TERM": "xterm"} | environment,
        check=True,
    )
    os.close(writes)
    with os.fdopen(reads, "rb") as terminal:
        made = b""
        try:
            while chunk := terminal.read1():
                made += chunk
        except OSError:  # Linux says so where all is read
            pass
    return made.decode()


def test_a_terminal_gets_bold_headings_but_none_by_no_color():
    assert "\x1b[1m" in _on_a_terminal(COLUMNS="100")
    assert "\x1b" not in _on_a_terminal(COLUMNS="100", NO_COLOR="1")


def test_forced_colour_puts_no_progress_into_a_file(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("contribution\n3\n1\n")
    done = subprocess.run(
        [sys.executable, "-m", "missiongame", "raid", str(path)],
        capture_output=True,
        env={**os.environ, "FORCE_COLOR": "1"},
        check=True,
    )
    assert done.stderr == b""


# Help, and the command by its two names


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_h_is_help(page, command):
    assert page(*command, "-h") == page(*command, "--help")
    assert page(*command, "-h").startswith(f"Usage: {' '.join(['missiongame', *command])} ")


@pytest.mark.parametrize("arguments", [["-h"], ["scenarios"], ["raid", "nosuch"], ["--nosuch"]])
def test_python_m_missiongame_is_missiongame(arguments):
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="missiongame")
    script = f"import sys; from {entry.module} import {entry.attr}; sys.exit({entry.attr}())"
    one, other = (
        subprocess.run([sys.executable, *how, *arguments], capture_output=True, check=False)
        for how in (("-m", "missiongame"), ("-c", script))
    )
    assert (one.returncode, one.stdout, one.stderr) == (
        other.returncode,
        other.stdout,
        other.stderr,
    )
