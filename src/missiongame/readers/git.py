"""From a git repository to its commits: when each was made, and by whom.

git itself is asked, with ``.mailmap`` applied: every commit that the current
branch reaches counts once for its author, merges too. Nothing in the repository
runs: no pager, no hook, no signature check, no fetch. Of mailmaps only the
repository's own counts, of settings none.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from missiongame.errors import ReadError
from missiongame.files import checked_path

Commit = tuple[int | None, str, str]
"""When it was committed (seconds since 1970, UTC; None where its date is none), the
author's name and address; bytes of these that are no UTF-8 are lone surrogates."""

LATEST = 253_402_300_799  # the last second of the year 9999, as far as dates go
_ANSWERS_WITHIN = 60  # seconds, for what git reads off a few small files


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
        given = str(checked_path(path, "path"))
        # os.path's functions answer where pathlib's raise: no such user, no access.
        self.path = Path(os.path.expanduser(given))  # noqa: PTH111
        if not os.path.isdir(self.path):  # noqa: PTH112
            what = "not a directory" if os.path.exists(self.path) else "no such directory"  # noqa: PTH110
            raise ReadError(f"{path}: {what}; a git repository is needed")
        self._check_top()

    def _check_top(self) -> None:
        """Refuse a directory inside another repository: its history is not this one's."""
        here = os.path.realpath(self.path)
        where = self._ask("rev-parse", "--absolute-git-dir").removesuffix("\n")
        if os.path.realpath(where) == here:
            return
        top = self._ask("rev-parse", "--show-toplevel").removesuffix("\n")
        if os.path.realpath(top) != here:
            raise ReadError(f"{self.path}: a directory inside the repository {top}; give that one")

    @property
    def project(self) -> str:
        """What the project is called: as its folder, where that is a work tree with a name.

        A bare repository, or a folder called "repo" or "src", is called as what it was
        cloned from, else as the first folder above that has a name.
        """
        here = Path(os.path.realpath(self.path))
        is_bare = self._ask("rev-parse", "--is-bare-repository").strip() == "true"
        origin = self._run("config", "--get", "remote.origin.url").stdout.decode("utf-8", "replace")
        found = _ORIGIN.search(origin.strip())
        cloned = [found["name"]] if found is not None else []
        own, above = here.name.removesuffix(".git"), [_mirrored(p.name) for p in here.parents]
        names = [*cloned, own, *above] if is_bare else [own, *cloned, *above]
        return next((name for name in names if name.casefold() not in _NO_NAMES), str(here))

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
        mailmap = self.path / ".mailmap"
        if mailmap.exists() and not mailmap.is_file():
            raise ReadError(f"{mailmap}: not a file")
        # With -z and NUL between the fields no name can break a record.
        arguments = ("log", "-z", *_PLAIN, f"--format=tformat:{'%x00'.join(_FIELDS)}")
        fields = self._ask(*arguments, seconds=None).split("\0")
        for k in range(0, len(fields) - 2, 3):
            when, name, email = fields[k : k + 3]
            # git leaves the format as it is where a commit has no author.
            author = (name, email) if (name, email) != _FIELDS[1:] else ("", "")
            yield _seconds(when), *author

    def _ask(self, *arguments: str, seconds: float | None = _ANSWERS_WITHIN) -> str:
        done = self._run(*arguments, seconds=seconds)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ReadError(f"{self.path}: {_meaning(said[0] if said else 'git failed')}")
        return done.stdout.decode("utf-8", "surrogateescape")

    def _run(
        self, *arguments: str, seconds: float | None = _ANSWERS_WITHIN
    ) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "--no-pager", "-C", str(self.path), *_SAFE, *arguments]
        try:
            # No shell; every argument but the directory is a constant of this module.
            return subprocess.run(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=_environment(),
                check=False,
                timeout=seconds,
            )
        except FileNotFoundError as error:
            raise ReadError("git is not installed; it is needed to read a repository") from error
        except OSError as error:
            raise ReadError(f"git cannot be run: {error.strerror or error}") from error
        except subprocess.TimeoutExpired as error:
            raise ReadError(f"{self.path}: git did not answer within {seconds} seconds") from error


_NO_NAMES = ("", "repo", "repository", "git", "src", "source", "main", "master", "trunk")
# Of an address its last part alone: before that there may be a password.
_ORIGIN = re.compile(r"(?:^|[/:\\])(?P<name>[^/:@\\]+?)(\.git)?/*$")


def _mirrored(folder: str) -> str:
    """Return what a folder around a repository is called, without "OWNER+" before it."""
    owner, _, name = folder.removesuffix(".git").partition("+")
    return name if owner and name.strip("+") else folder


_FIELDS = ("%ct", "%aN", "%aE")
_SETTINGS = {
    "log.showSignature": "false",
    "core.fsmonitor": "false",
    "core.commitGraph": "false",  # a file beside the commits that may say other than they do
    "mailmap.file": "",  # only the repository's own; a setting may name a pipe that never ends
    "protocol.allow": "never",
}
_SAFE = tuple(word for item in _SETTINGS.items() for word in ("-c", "=".join(item)))
_PLAIN = ("--no-color", "--no-decorate", "--no-notes", "--no-patch", "--encoding=UTF-8")


def _environment() -> dict[str, str]:
    """Return the environment without what would point git at another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }


def _seconds(text: str) -> int | None:
    """Return git's date as seconds since 1970, or None where it is no date up to the year 9999."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(LATEST))
    return int(text) if digits and int(text) <= LATEST else None


def _meaning(said: str) -> str:
    said = said.removeprefix("fatal: ")
    if said.startswith("not a git repository"):
        return "not a git repository"
    return f"git says: {said}"
