"""Games and answers in the text format of lrsnash (lrslib, Avis).

A game: the sizes m and n, then the mn payoffs of the row player and the mn of
the column player, row by row, integers or fractions, separated by white space.
(lrsnash 7.1 itself silently cuts numerators and denominators off at 64 bits.)

An answer: blocks separated by blank lines; a line ``2 y_1 … y_n v`` for each y
that is an equilibrium together with the x of the block's last line
``1 x_1 … x_m w``; v and w are payoffs. Lines that begin with ``*`` are remarks.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from missiongame.errors import ReadError, illegal

Rows: TypeAlias = list[list[Fraction]]
Mixed: TypeAlias = tuple[Fraction, ...]

_LEGAL = "the sizes m and n and then 2mn integers or fractions"


def read(path: str | Path) -> tuple[Rows, Rows]:
    """Return the payoff matrices of the game in a file.

    Raises
    ------
    ReadError
        If there is no such file, or it holds no game in this format.
    """
    try:
        text = Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: {error}") from error
    try:
        return loads(text)
    except ValueError as error:
        raise ReadError(f"{path}: {error}") from error


def loads(text: str) -> tuple[Rows, Rows]:
    """Return the payoff matrices of the game in a text.

    Examples
    --------
    >>> loads("1 2   1/3 0   5 -1")
    ([[Fraction(1, 3), Fraction(0, 1)]], [[Fraction(5, 1), Fraction(-1, 1)]])
    """
    words = text.split()
    try:
        m, n = int(words[0]), int(words[1])
        payoffs = [_number(word) for word in words[2:]]
    except (IndexError, ValueError, ZeroDivisionError) as error:
        raise illegal("text", text, _LEGAL) from error
    if m < 1 or n < 1 or len(payoffs) != 2 * m * n:
        raise illegal("text", text, f"{_LEGAL}; it has {len(payoffs)} for m = {m}, n = {n}")
    rows = [payoffs[k : k + n] for k in range(0, 2 * m * n, n)]
    return rows[:m], rows[m:]


def _number(word: str) -> Fraction:
    """Read an integer or a fraction; a decimal point is no part of the format."""
    over, _, under = word.partition("/")
    return Fraction(int(over), int(under) if under else 1)


def dumps(A: Sequence[Sequence[Fraction]], B: Sequence[Sequence[Fraction]]) -> str:
    """Return the game as text.

    Examples
    --------
    >>> print(dumps([[Fraction(1, 3), Fraction(0)]], [[Fraction(5), Fraction(-1)]]))
    1 2
    <BLANKLINE>
    1/3 0
    <BLANKLINE>
    5 -1
    <BLANKLINE>
    """
    blocks = ["\n".join(" ".join(map(str, row)) for row in rows) for rows in (A, B)]
    return "\n\n".join([f"{len(A)} {len(A[0])}", *blocks]) + "\n"


def equilibria(output: str) -> list[tuple[Mixed, Mixed]]:
    r"""Return the equilibria (x, y) that lrsnash printed, as often as it printed them.

    Examples
    --------
    >>> equilibria("*lrsnash\n2 0 1 1\n1 1/2 1/2 1/2\n\n*Number of equilibria found: 1")
    [((Fraction(1, 2), Fraction(1, 2)), (Fraction(0, 1), Fraction(1, 1)))]
    """
    found: list[tuple[Mixed, Mixed]] = []
    partners: list[Mixed] = []
    for line in output.splitlines():
        words = line.split()
        if not words or words[0].startswith("*"):
            continue
        mixed = tuple(_number(word) for word in words[1:-1])
        if words[0] == "2":
            partners.append(mixed)
        else:
            found += [(mixed, partner) for partner in partners]
            partners = []
    return found
