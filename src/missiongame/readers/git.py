"""A git repository as a community: who commits how much a month.

git itself is asked, with ``.mailmap`` applied: every commit that the current
branch reaches counts once for its author, merges too. Nothing in the repository
runs: no pager, no hook, no signature check, no fetch.
"""

from __future__ import annotations

import os
import subprocess
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from missiongame.errors import ReadError, illegal, wrong_type

if TYPE_CHECKING:
    from missiongame.community import Community

Commit = tuple[int, str, str]
"""When it was committed (seconds since 1970, UTC), the author's name and address."""


class ShallowHistory(UserWarning):
    """The clone holds only the newest part of its history, so older work is missing."""


def from_git(
    path: str | Path,
    since: str | date | datetime | None = None,
    until: str | date | datetime | None = None,
    bots: bool = True,
    **defaults: Any,
) -> Community:
    """Read a community from a git repository: contributions are commits a month.

    Authors who share a name or an e-mail address, after mailmap, are one member
    (see `missiongame.readers.identity`). A month is 365.25/12 days. The window goes
    from `since` up to `until`; without them from the first to the last commit, and
    then counts as a month at least, so that an hour's work is no monthly rate.

    Parameters
    ----------
    path : str or Path
        The top of a work tree, or a bare repository.
    since, until : date, datetime or ISO text such as "2024-01-31", optional
        The window, `since` included and `until` not, by commit date; UTC where
        they name no other zone.
    bots : bool
        Whether programs that commit count as members.
    **defaults
        purpose, enjoyment, social, mission, ties, as in `missiongame.Community`.

    Returns
    -------
    Community
        Members in descending order of commits; `columns` holds ``commits`` (how
        many in the window) and ``bot`` (1 for a program, else 0).

    Raises
    ------
    ReadError
        If the path is no repository, git is missing, or the window has no commits.
    InvalidValue, InvalidType
        If the window or a default is no legal one.

    Warns
    -----
    ShallowHistory
        If the clone is shallow.
    """
    from missiongame.readers.history import read_history

    history = read_history(path, since, until, bots)
    if history.shallow:
        warnings.warn(ShallowHistory(history.shallow_note), stacklevel=2)
    return history.community(**defaults)


class Repository:
    """A git repository to read, at its top directory.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ReadError
        If there is no such directory, it is no repository, or git is missing.
    """

    def __init__(self, path: str | Path) -> None:
        if not isinstance(path, (str, Path)):
            raise wrong_type("path", path, "the path of a git repository")
        self.path = Path(path).expanduser()
        if "\0" in str(path):
            raise illegal("path", str(path), "a path without null characters")
        if not self.path.is_dir():
            what = "not a directory" if self.path.exists() else "no such directory"
            raise ReadError(f"{path}: {what}; a git repository is needed")
        self._check_top()

    def _check_top(self) -> None:
        """Refuse a directory inside another repository: its history is not this one's."""
        where = self._ask("rev-parse", "--absolute-git-dir").rstrip("\n")
        if Path(where).resolve() == self.path.resolve():
            return
        top = self._ask("rev-parse", "--show-toplevel").rstrip("\n")
        if Path(top).resolve() != self.path.resolve():
            raise ReadError(f"{self.path}: a directory inside the repository {top}; give that one")

    @property
    def shallow(self) -> bool:
        """Whether older history is missing here."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == "true"

    def commits(self) -> Iterator[Commit]:
        """Yield every commit that the current branch reaches, in git's order.

        Raises
        ------
        ReadError
            If there are none, or git cannot read them.
        """
        if self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode != 0:
            raise ReadError(f"{self.path}: the repository has no commits on its current branch")
        # With -z and NUL between the fields no name can break a record.
        fields = self._ask("log", "-z", *_PLAIN, "--format=tformat:%ct%x00%aN%x00%aE").split("\0")
        for k in range(0, len(fields) - 2, 3):
            yield int(fields[k]), fields[k + 1], fields[k + 2]

    def _ask(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ReadError(f"{self.path}: {_meaning(said[0] if said else 'git failed')}")
        return done.stdout.decode("utf-8", "replace")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "--no-pager", "-C", str(self.path), *_SAFE, *arguments]
        try:
            # No shell; every argument but the directory is a constant of this module.
            return subprocess.run(command, capture_output=True, env=_environment(), check=False)  # noqa: S603
        except FileNotFoundError as error:
            raise ReadError("git is not installed; it is needed to read a repository") from error


_SAFE = ("-c", "log.showSignature=false", "-c", "core.fsmonitor=false")
_PLAIN = ("--no-color", "--no-decorate", "--no-notes", "--no-patch", "--encoding=UTF-8")


def _environment() -> dict[str, str]:
    """Return the environment without what would point git at another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


def _meaning(said: str) -> str:
    said = said.removeprefix("fatal: ")
    if said.startswith("not a git repository"):
        return "not a git repository"
    return f"git says: {said}"
