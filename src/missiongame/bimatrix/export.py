"""From a bimatrix game to what other programs and papers take.

`A` and `B` are lists of rows of `Fraction`, the payoffs of the row and the
column player. Gambit's text and LaTeX keep them exact; a `nashpy.Game` holds
floats.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from missiongame.errors import illegal

Rows: TypeAlias = Sequence[Sequence[Fraction]]

_TITLE = frozenset(string.printable) - frozenset("\\\r\n\t\v\f")


def to_nashpy(A: Rows, B: Rows) -> Any:
    """Return the game as a `nashpy.Game`, each payoff rounded to the nearest float64.

    Raises
    ------
    InvalidValue
        If a payoff is too large for a float.

    Examples
    --------
    >>> game = to_nashpy([[Fraction(1, 2), Fraction(0)]], [[Fraction(1), Fraction(2)]])
    >>> game.payoff_matrices[0].tolist(), game.payoff_matrices[1].tolist()
    ([[0.5, 0.0]], [[1.0, 2.0]])
    """
    import nashpy

    return nashpy.Game(_floats(A, "A"), _floats(B, "B"))


def _floats(rows: Rows, argument: str) -> Any:
    floats = np.empty((len(rows), len(rows[0])))
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            try:
                floats[i, j] = float(value)
            except OverflowError:
                raise illegal(
                    f"{argument}[{i}, {j}]", value, "a payoff that a float holds"
                ) from None
    return floats


def to_nfg(A: Rows, B: Rows, title: str = "") -> str:
    r"""Return the game in Gambit's strategic-form text (``.nfg``, payoff version), exactly.

    Raises
    ------
    InvalidValue
        If `title` has a character that Gambit does not read back.

    Examples
    --------
    >>> A = [[Fraction(1, 3), Fraction(0)]]
    >>> B = [[Fraction(1), Fraction(-2)]]
    >>> print(to_nfg(A, B, "one row"))
    NFG 1 R "one row" { "Row" "Column" } { 1 2 }
    <BLANKLINE>
    1/3 1
    0 -2
    <BLANKLINE>
    """
    if not set(title) <= _TITLE:
        raise illegal("title", title, "one line of ASCII without backslashes")
    # The row player's strategy changes fastest.
    columns = zip(zip(*A, strict=True), zip(*B, strict=True), strict=True)
    lines = [f"{a} {b}" for ours, theirs in columns for a, b in zip(ours, theirs, strict=True)]
    quoted = title.replace('"', r"\"")
    head = f'NFG 1 R "{quoted}" {{ "Row" "Column" }} {{ {len(A)} {len(A[0])} }}'
    return "\n".join([head, "", *lines, ""])


def latex(A: Rows, B: Rows) -> str:
    r"""Return the game as a LaTeX matrix of payoff pairs, row player's first.

    Needs ``amsmath``.

    Examples
    --------
    >>> print(latex([[Fraction(1, 2), Fraction(0)]], [[Fraction(-1, 3), Fraction(4)]]))
    \begin{pmatrix}
    \frac{1}{2},\, -\frac{1}{3} & 0,\, 4
    \end{pmatrix}
    """
    # amsmath stops at ten columns unless told otherwise; `array` does not.
    rows = (
        " & ".join(rf"{_tex(a)},\, {_tex(b)}" for a, b in zip(ours, theirs, strict=True))
        for ours, theirs in zip(A, B, strict=True)
    )
    return _matrix(rows, len(A[0]))


def _matrix(rows: Iterable[str], width: int) -> str:
    body = " \\\\\n".join(rows)
    if width <= 10:
        return f"\\begin{{pmatrix}}\n{body}\n\\end{{pmatrix}}"
    return f"\\left(\\begin{{array}}{{{'c' * width}}}\n{body}\n\\end{{array}}\\right)"


def _tex(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
