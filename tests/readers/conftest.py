"""Repositories made commit by commit, so that every rate is known beforehand."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

MONTH = 2_629_800  # seconds: 365.25/12 days
START = 1_600_000_000


class Repo:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, **environment: str) -> str:
        env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        # As bytes: a locale whose file names are ASCII takes them too.
        env |= {k: v.encode() if os.name == "posix" else v for k, v in environment.items()}
        env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments], capture_output=True, env=env, check=True
        )
        return done.stdout.decode()

    def commit(self, name: str, email: str, when: int = START, *arguments: str) -> None:
        self.git(
            *("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "", *arguments),
            GIT_AUTHOR_NAME=name,
            GIT_AUTHOR_EMAIL=email,
            GIT_AUTHOR_DATE="@0 +0000",  # an author's clock that is decades off
            GIT_COMMITTER_NAME="Who Commits",
            GIT_COMMITTER_EMAIL="committer@example.org",
            GIT_COMMITTER_DATE=f"@{when} +0000",
        )

    def raw(self, author: bytes | None, committer: bytes | None, *parents: str) -> str:
        """Make a commit of exactly these two lines, whatever git thinks of them; return it."""
        tree = self.git("hash-object", "-t", "tree", "-w", os.devnull)
        lines = [b"tree " + tree.strip().encode()]
        lines += [b"parent " + parent.encode() for parent in parents]
        lines += [b"author " + author] if author is not None else []
        lines += [b"committer " + committer] if committer is not None else []
        command = ["git", "-C", str(self.path), "hash-object", "-t", "commit", "-w", "--stdin"]
        done = subprocess.run(
            [*command, "--literally"],
            input=b"\n".join([*lines, b"", b"work", b""]),
            capture_output=True,
            check=True,
        )
        made = done.stdout.decode().strip()
        (self.path / ".git" / "refs" / "heads" / "main").write_text(made + "\n")
        return made


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    return Repo(tmp_path / "repo")


@pytest.fixture
def csv_file(tmp_path: Path):
    def write(content: str | bytes, name: str = "members.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
