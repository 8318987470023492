"""From a CSV file, a TOML scenario, a git repository or a case's name to a case.

A file or repository of members says nothing of a rival, so one is assumed, and each
assumption is listed.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from missiongame import readers
from missiongame.assessment import English, agreeing, amount, assumed_scenario
from missiongame.cli.screen import plain
from missiongame.errors import InvalidValue, ReadError, illegal
from missiongame.model import Community
from missiongame.scenarios import Assumption, Fact, Scenario, Words, load, names, read

DEFAULT = "digg-netscape"
_LONGEST_SHOWN = 200  # characters of a source that is none
_LONGEST_PERIOD = 30  # characters
_SIGN = re.compile(r"[^\d\s+−\-,%]{0,8}")
_PERIOD = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_ABOUT = ("community.contribution",)


def load_source(
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
    bots: bool = True,
    money: str | None = None,
    period: str | None = None,
) -> Scenario:
    """Return the scenario that `source` names; without one, Digg against Netscape.

    Parameters
    ----------
    source : str, optional
        An existing path (a git repository's directory, a TOML scenario, else a CSV
        file), "FILE.toml:VARIANT", or an embedded case's name.
    since, until, bots
        For a git repository; see `missiongame.Community.from_git`.
    money, period : str, optional
        How to call them: what stands before an amount; "week". Of a repository, commits
        are then counted a week; else nothing is converted.

    Raises
    ------
    ReadError, InvalidValue
        If it is none of these or cannot be read.
    """
    text = DEFAULT if source is None else source
    called = _called(money, period)
    found = _located(text)
    if found is not None and found[0].is_dir():
        return _repository(found[0], since, until, bots, called)
    for argument, value in (("since", since), ("until", until)):
        if value is not None:
            raise illegal(argument, value, f"given only for a git repository; {text} is none")
    if not bots:
        raise InvalidValue(f"--no-bots should be given only for a git repository; {text} is none")
    if found is not None:
        path, variant = found
        is_case = variant is not None or path.suffix.lower() == ".toml"
        return _renamed(read(path, variant), called) if is_case else _table(path, called)
    if text in names():
        return _renamed(load(text), called)
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    near = difflib.get_close_matches(shown, names(), 1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    raise ReadError(
        f"{shown}: no such file, directory or scenario{hint}; "
        "`missiongame scenarios` lists the scenarios"
    )


def files_of(source: str | None) -> list[Path]:
    """Return what is read for a source, which no output may overwrite.

    Of a git repository: its own files and its mailmap, not its work tree.
    """
    found = None if source is None else _located(source)
    if found is None:
        return []
    path = found[0]
    if not path.is_dir():
        return [path]
    git = path / ".git"
    return [git if git.exists() else path, path / ".mailmap"]


def _located(text: str) -> tuple[Path, str | None] | None:
    """Return the path that a source names, with a variant after a colon; None where it is none."""
    # os.path's functions answer where pathlib's raise: no such user, no access, too long.
    path = os.path.expanduser(text)  # noqa: PTH111
    if os.path.exists(path):  # noqa: PTH110
        return Path(path), None
    file, colon, variant = path.rpartition(":")
    return (Path(file), variant) if colon and file.lower().endswith(".toml") else None


def _called(money: str | None, period: str | None) -> dict[str, str]:
    """Return the words that are given, each fit to stand in a sentence."""
    is_sign = money is None or (_SIGN.fullmatch(money) and money.isprintable())
    if not is_sign:
        raise illegal("money", money, "a sign or abbreviation such as € or EUR, or empty")
    if period is not None and not (_PERIOD.fullmatch(period) and len(period) <= _LONGEST_PERIOD):
        raise illegal("period", period, "a word such as week, in the singular")
    return {k: v for k, v in (("money", money), ("period", period)) if v is not None}


def _renamed(case: Scenario, called: Mapping[str, str]) -> Scenario:
    """Return a case whose money and period are called otherwise, and say so in it."""
    words = replace(case.words, **called)
    if words == case.words:
        return case
    own = English(case.words).sum(1)
    note = f"What the case calls {own} is called {English(words).sum(1)}; nothing is converted."
    return case.changed(words=words, assumptions=(*case.assumptions, Assumption(note)))


def _table(path: Path, called: Mapping[str, str]) -> Scenario:
    words = replace(Words(steward=plain(path.stem), money=""), **called)
    return assumed_scenario(plain(path.name), Community.read_csv(path), words)


def _repository(
    path: Path, since: str | None, until: str | None, bots: bool, called: Mapping[str, str]
) -> Scenario:
    period = called.get("period", Words.period)
    history = readers.read_history(path, since, until, bots, period)
    name = plain(history.project)
    bare = Words(members="authors", contributions="commits", steward=name, money="")
    words = replace(bare, **called)
    tell, counted = English(words), round(history.periods, 1)
    left_out = history.bots_left_out
    programs = "" if bots else f" {tell.contributions(left_out)} of programs left out."
    notes = [
        f"{tell.contributions(history.commits)} from {history.since:%Y-%m-%d} to "
        f"{history.until:%Y-%m-%d}, counted as {amount(counted)} "
        f"{agreeing(counted, period, f'{period}s')}.{programs}"
    ]
    notes += [history.shallow_note] if history.shallow else []
    notes += [history.undated_note] if history.undated else []
    facts = tuple(Fact(note, f"git log of {path}", _ABOUT) for note in notes)
    case = assumed_scenario(name, Community.from_columns(history.columns), words, facts)
    bots_kept = sum(member.bot for member in history.members)
    if not bots_kept:
        return case
    are = agreeing(bots_kept, "is a program", "are programs")
    them = agreeing(bots_kept, "it", "them")
    kept = Assumption(
        f"{bots_kept:,} of the authors {are}, which nobody can hire; --no-bots leaves {them} out.",
        _ABOUT,
    )
    return case.changed(assumptions=(kept, *case.assumptions))
