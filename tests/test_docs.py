"""Every Python block of the README and the docs runs, each page in one namespace, and every
``$ missiongame`` line of a console block prints what the page shows."""

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    return [text for tongue, text in BLOCK.findall(page.read_text()) if tongue == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_blocks_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace = {"__name__": "__page__"}
    for text in blocks(page, "python"):
        if ">>>" in text:
            examples = doctest.DocTestParser().get_doctest(text, namespace, page.name, page.name, 0)
            options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
            runner = doctest.DocTestRunner(optionflags=options)
            said = io.StringIO()
            runner.run(examples, out=said.write, clear_globs=False)
            assert runner.failures == 0, said.getvalue()
            namespace.update(examples.globs)
        else:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(text, page.name, "exec"), namespace)  # noqa: S102 - our own pages


def console_calls():
    for page in PAGES:
        for text in blocks(page, "console"):
            for call in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, shown = call.partition("\n")
                if command.startswith("missiongame"):
                    yield pytest.param(command, shown, id=f"{page.name}: {command}")


@pytest.mark.parametrize(("command", "shown"), list(console_calls()))
def test_console_blocks_show_what_the_command_prints(command, shown, tmp_path):
    arguments = shlex.split(command)[1:]
    answer = subprocess.run(
        [sys.executable, "-c", "from missiongame.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env={**os.environ, "COLUMNS": "80", "TERM": "dumb"},
    )
    printed = answer.stdout + answer.stderr
    if shown.strip():
        assert _words(printed) == _words(shown)
    else:
        assert answer.returncode == 0, printed


def _words(text):
    """Words and numbers; times differ from run to run."""
    return re.sub(r"\d+(\.\d+)? ?(s|ms)\b", "TIME", text).split()
