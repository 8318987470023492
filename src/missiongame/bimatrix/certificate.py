"""From a profile to whether it is an equilibrium, whoever found it and however.

(x, y) is an equilibrium of (A, B) iff both are probability vectors and no pure
strategy earns its player more than the profile does:

    max_i (Ay)_i = x'Ay    and    max_j (x'B)_j = x'By.

`is_equilibrium` computes exactly that, in Fractions, from the matrices as they
were given. A *certificate* says the same with its parts named: the supports, the
payoffs, the slack by which each pure strategy falls short of the best one
(exactly zero on the supports), and the regret, their sum over what is played.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from missiongame.bimatrix.matrices import Bimatrix, read_game
from missiongame.exact import fraction


def is_equilibrium(A: Any, B: Any, x: Any, y: Any) -> bool:
    """Return whether (x, y) is exactly an equilibrium of the game (A, B).

    Parameters
    ----------
    A, B : matrices of real numbers; each counts at its exact value
    x, y : sequences of numbers
        Probabilities of the rows and of the columns; floats count as the binary
        numbers they are, so (0.1, 0.9) does not even sum to one.

    Examples
    --------
    >>> from fractions import Fraction
    >>> x, y = (Fraction(3, 5), Fraction(2, 5)), (Fraction(2, 5), Fraction(3, 5))
    >>> is_equilibrium([[3, 0], [0, 2]], [[2, 0], [0, 3]], x, y)
    True
    >>> is_equilibrium([[3, 0], [0, 2]], [[2, 0], [0, 3]], y, x)
    False
    """
    game = read_game(A, B)
    p, q = [fraction(v, "x") for v in x], [fraction(v, "y") for v in y]
    if (len(p), len(q)) != game.shape:
        return False
    if min(*p, *q) < 0 or sum(p) != 1 or sum(q) != 1:
        return False
    for_rows = [sum(a * v for a, v in zip(row, q, strict=True)) for row in game.A]
    for_columns = [sum(b * v for b, v in zip(c, p, strict=True)) for c in zip(*game.B, strict=True)]
    return max(for_rows) == sum(u * v for u, v in zip(for_rows, p, strict=True)) and max(
        for_columns
    ) == sum(u * v for u, v in zip(for_columns, q, strict=True))


@dataclass(frozen=True)
class Certificate:
    """What makes a profile an equilibrium, or how far it is from one; all exact.

    Attributes
    ----------
    row_support, column_support : tuple of int
        The strategies played with positive probability.
    payoffs : (Fraction, Fraction)
        What the row and the column player expect.
    row_slack, column_slack : tuple of Fraction
        By how much each pure strategy earns less than the best one, against the
        other player's part of the profile.
    regret : Fraction
        The larger of the two players' gains from deviating: zero at an equilibrium.
    """

    row_support: tuple[int, ...]
    column_support: tuple[int, ...]
    payoffs: tuple[Fraction, Fraction]
    row_slack: tuple[Fraction, ...]
    column_slack: tuple[Fraction, ...]
    regret: Fraction


def certify(game: Bimatrix, row: tuple[Fraction, ...], column: tuple[Fraction, ...]) -> Certificate:
    """Return the exact certificate of a profile of probability vectors.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> half = (Fraction(1, 2), Fraction(1, 2))
    >>> certify(read_game([[1, 0], [0, 1]]), half, half).regret
    Fraction(0, 1)
    """
    row_pay, row_slack = _against(game.rows.fractions, row, column)
    column_pay, column_slack = _against(game.columns.fractions, column, row)
    return Certificate(
        tuple(i for i, p in enumerate(row) if p),
        tuple(j for j, p in enumerate(column) if p),
        (row_pay, column_pay),
        row_slack,
        column_slack,
        max(
            sum((p * s for p, s in zip(row, row_slack, strict=True) if p), Fraction(0)),
            sum((p * s for p, s in zip(column, column_slack, strict=True) if p), Fraction(0)),
        ),
    )


def _against(
    payoffs: tuple[tuple[Fraction, ...], ...],
    own: tuple[Fraction, ...],
    other: tuple[Fraction, ...],
) -> tuple[Fraction, tuple[Fraction, ...]]:
    """Return the expected payoff, and each pure strategy's slack to the best one."""
    played = [(k, p) for k, p in enumerate(other) if p]
    earned = [sum((line[k] * p for k, p in played), Fraction(0)) for line in payoffs]
    best = max(earned)
    expected = sum((e * p for e, p in zip(earned, own, strict=True) if p), Fraction(0))
    return expected, tuple(best - e for e in earned)
