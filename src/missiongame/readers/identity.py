"""From authors to members: who share a name or an e-mail address are one.

The relation "same name or same address" is closed under chains: with (Ann, a@x),
(Ann, a@y) and (A. Lee, a@y) there is one member. Names and addresses compare
without regard to case and to runs of white space. Addresses that tools fill in
for many people (`PLACEHOLDERS`), and empty names, connect nobody; nor does text in an
unknown encoding, in which two people may look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

Author = tuple[str, str]
"""A name and an e-mail address, as the history has them."""

PLACEHOLDERS = frozenset(
    ("", "none@none", "none", "unknown", "unknown@unknown", "(no author)", "noreply@github.com")
)

_BOT = re.compile(
    r"\[bot\]|(^|[-_. ])(ro)?bot$|^(dependabot|renovate|github-actions?|greenkeeper|snyk-bot"
    r"|pre-commit-ci|semantic-release|allcontributors|mergify|pyup|imgbot|whitesource|codecov"
    r"|travis ci|circleci|jenkins|weblate|transifex|copybara|gitlab ci|azure pipelines)\b",
    re.IGNORECASE,
)

_UNDECODED = re.compile("[\ud800-\udfff\ufffd]")


@dataclass(frozen=True)
class Member:
    """One person of a history.

    Attributes
    ----------
    name : str
        The name used most; the address where there is none.
    authors : tuple of (name, address)
    commits : int
    bot : bool
        Whether most of the commits are by a program (see `is_bot`).
    """

    name: str
    authors: tuple[Author, ...]
    commits: int
    bot: bool


def members_of(commits: Mapping[Author, int]) -> list[Member]:
    """Return the members, most commits first, from the commits of each author.

    Examples
    --------
    >>> history = {("Ann", "a@x"): 3, ("A. Lee", "a@y"): 1, ("Ann", "a@y"): 1, ("Bob", "b@x"): 2}
    >>> [(m.name, m.commits) for m in members_of(history)]
    [('Ann', 5), ('Bob', 2)]
    """
    groups = _groups(list(commits))
    members = [_member(group, commits) for group in groups]
    return sorted(_named_apart(members), key=lambda m: (-m.commits, m.name))


def is_bot(author: Author) -> bool:
    """Return whether a name or address is that of a program that commits.

    Examples
    --------
    >>> is_bot(("dependabot[bot]", "")), is_bot(("Abbot", "abbot@x")), is_bot(("k8s-ci-robot", ""))
    (True, False, True)
    """
    name, email = author
    return _BOT.search(name.strip()) is not None or "[bot]" in email.casefold()


def _groups(authors: list[Author]) -> list[list[Author]]:
    """Return the classes of "same name or same address", closed under chains (union-find)."""
    parent = list(range(len(authors)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first_with: dict[tuple[str, ...], int] = {}
    for i, author in enumerate(authors):
        for key in _keys(author):
            parent[root(i)] = root(first_with.setdefault(key, i))
    classes: dict[int, list[Author]] = {}
    for i, author in enumerate(authors):
        classes.setdefault(root(i), []).append(author)
    return list(classes.values())


def _keys(author: Author) -> list[tuple[str, ...]]:
    name, email = (_folded(text) for text in author)
    keys: list[tuple[str, ...]] = []
    if name and _is_decoded(author[0]):
        keys.append(("name", name))
    if email not in PLACEHOLDERS and _is_decoded(author[1]):
        keys.append(("email", email))
    return keys or [("both", *author)]


def _is_decoded(text: str) -> bool:
    """Return whether all of it is known: no byte that is no UTF-8, here or in a tool before."""
    return _UNDECODED.search(text) is None


def _folded(text: str) -> str:
    return clean(text).casefold()


def clean(text: str) -> str:
    r"""Return text in one line and one Unicode form, without control characters.

    Bytes that could not be decoded are shown as "\ufffd".

    Examples
    --------
    >>> clean("Zoe\u0308\tdu\nLac ")
    'Zoë du Lac'
    """
    composed = unicodedata.normalize("NFC", _UNDECODED.sub("\ufffd", text))
    printable = "".join(" " if unicodedata.category(c) == "Cc" else c for c in composed)
    return " ".join(printable.split())


def _member(group: list[Author], commits: Mapping[Author, int]) -> Member:
    uses: Counter[str] = Counter()
    for author in group:
        uses[clean(author[0])] += commits[author]
    name = max(uses, key=lambda used: (bool(used), uses[used], used))
    total = sum(commits[author] for author in group)
    by_bots = sum(commits[author] for author in group if is_bot(author))
    shown = name or clean(group[0][1]) or "(no name)"
    return Member(shown, tuple(sorted(group)), total, 2 * by_bots > total)


def _named_apart(members: list[Member]) -> list[Member]:
    """Return the members with a number added where two would be shown alike."""
    taken: set[str] = set()
    apart = []
    for member in members:
        name, k = member.name, 1
        while name in taken:
            k += 1
            name = f"{member.name} ({k})"
        taken.add(name)
        apart.append(replace(member, name=name))
    return apart
