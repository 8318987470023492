"""A numeric game, at one or two parameter values, to its monotone differences, checked exactly.

Rows and columns in the order given; A is the row player's payoff, B the
column player's; A', B' the same at a higher parameter value.

    strategies complement   A[i+1,j+1] − A[i,j+1] ≥ A[i+1,j] − A[i,j]     (B likewise)
    the parameter raises    A'[i+1,j] − A'[i,j] ≥ A[i+1,j] − A[i,j]
                            B'[i,j+1] − B'[i,j] ≥ B[i,j+1] − B[i,j]

Adjacent differences are enough: the others are their sums. With the first, the
game is supermodular, so its least and greatest pure equilibrium exist (Topkis 1979:
cited); that is what `Complementary` certifies, and it says nothing of a parameter.
With all of them the game is indexed by the parameter as well, so these equilibria
rise (Milgrom and Roberts 1990: cited): `Monotone`. An
outcome K that falls along both orders and does not rise with the parameter,

    K[i+1,j] ≤ K[i,j],   K[i,j+1] ≤ K[i,j],   K'[i,j] ≤ K[i,j],

is then nonincreasing at these equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.errors import InvalidType, Words, illegal
from missiongame.exact import fraction
from missiongame.proof.complements_proof import MILGROM_ROBERTS

Cells: TypeAlias = npt.NDArray[np.object_]

TOPKIS = "Topkis 1979 (a supermodular game has a least and a greatest equilibrium)"


@dataclass(frozen=True)
class Check:
    """One family of inequalities: the least slack, and where it is.

    Attributes
    ----------
    name : str
        What the inequalities say.
    slack : Fraction or None
        The least left-hand side minus right-hand side; None in an `EmptyCheck`.
    where : tuple of int, or None
        Row and column (from 0) of the first cell with the least slack.
    """

    name: str
    slack: Fraction | None
    where: tuple[int, int] | None

    @property
    def holds(self) -> bool:
        """Whether every inequality of the family holds."""
        return self.slack is None or self.slack >= 0

    @property
    def strict(self) -> bool:
        """Whether every inequality holds strictly."""
        return self.slack is None or self.slack > 0

    def __str__(self) -> str:
        how = "holds" if self.holds else "fails"
        return f"{self.name}: {how}, least slack {self.slack} at {self.where}"


@dataclass(frozen=True)
class EmptyCheck(Check):
    """A family without an inequality, as where a player has one strategy: it holds of nothing."""

    slack: None = None
    where: None = None

    def __str__(self) -> str:
        return f"{self.name}: nothing to check"


@dataclass(frozen=True)
class Differences:
    """What was checked, exactly, and what follows from it: `Complementary` or `Monotone`.

    Attributes
    ----------
    checks : tuple of Check
    lemmas : tuple of str
        Cited for the conclusion.
    """

    checks: tuple[Check, ...]
    lemmas: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that fail, each with the cell where it fails most."""
        return tuple(check for check in self.checks if not check.holds)

    def __str__(self) -> str:
        return "\n".join(map(str, self.checks))


@dataclass(frozen=True)
class Complementary(Differences):
    """Of one game: whether strategies complement. Nothing is said of a parameter."""

    lemmas: tuple[str, ...] = (TOPKIS,)


@dataclass(frozen=True)
class Monotone(Differences):
    """Of a game at two parameter values: also whether the parameter raises both strategies."""

    lemmas: tuple[str, ...] = (TOPKIS, MILGROM_ROBERTS)


def monotone_differences(
    row: Any,
    column: Any,
    outcome: Any = None,
    later_row: Any = None,
    later_column: Any = None,
    later_outcome: Any = None,
) -> Differences:
    """Check the monotone differences of a numeric game, and of its change with a parameter.

    Parameters
    ----------
    row, column : (m, n) payoffs
        The players' matrices, rows and columns in the order meant.
    outcome : (m, n) numbers, optional
        Something that should fall along both orders, such as defection.
    later_row, later_column, later_outcome : (m, n) numbers, optional
        The same at a higher parameter value: both players', and the outcome if there is
        one. A player whose payoffs do not change is given twice.

    Returns
    -------
    Complementary or Monotone
        `Monotone` where the matrices at the higher value are given.

    Raises
    ------
    InvalidValue
        If the matrices differ in shape or hold anything but finite numbers.

    Examples
    --------
    >>> certificate = monotone_differences([[2, 0], [0, 1]], [[2, 0], [0, 1]])
    >>> type(certificate).__name__, certificate.holds
    ('Complementary', True)
    >>> print(monotone_differences([[0, 1], [1, 0]], [[2, 0], [0, 1]]).failed[0])
    row payoffs have increasing differences: fails, least slack -2 at (0, 0)
    """
    a = _matrix(row, "row")
    shape = a.shape
    b, k, a2, b2, k2 = (
        None if m is None else _matrix(m, name, shape)
        for m, name in (
            (column, "column"),
            (outcome, "outcome"),
            (later_row, "later_row"),
            (later_column, "later_column"),
            (later_outcome, "later_outcome"),
        )
    )
    if b is None:
        raise illegal("column", column, "a matrix of payoffs")
    if (a2 is None) != (b2 is None):
        missing = "later_row" if a2 is None else "later_column"
        raise illegal(missing, None, "given together with the other player's")
    if k2 is not None and a2 is None:
        raise illegal("later_outcome", later_outcome, "given together with `later_row`")
    if (k is None) != (k2 is None) and a2 is not None:
        raise illegal("later_outcome", later_outcome, "given together with `outcome`")
    kind = Complementary if a2 is None else Monotone
    return kind(tuple(_checks(a, b, k, a2, b2, k2)))


def _checks(
    a: Cells,
    b: Cells,
    k: Cells | None,
    a2: Cells | None,
    b2: Cells | None,
    k2: Cells | None,
) -> Iterator[Check]:
    late = " at the higher value" if a2 is not None else ""
    for axis, (name, first, later) in enumerate((("row", a, a2), ("column", b, b2))):
        complementary = f"{name} payoffs have increasing differences"
        yield _check(complementary, np.diff(np.diff(first, axis=0), axis=1))
        if later is not None:
            yield _check(complementary + late, np.diff(np.diff(later, axis=0), axis=1))
            along = np.diff(later - first, axis=axis)
            yield _check(f"the parameter raises the {name} player's strategy", along)
    for outcome, when in ((k, ""), (k2, late)):
        if outcome is not None:
            yield _check(f"the outcome falls down the rows{when}", -np.diff(outcome, axis=0))
            yield _check(f"the outcome falls along the columns{when}", -np.diff(outcome, axis=1))
    if k is not None and k2 is not None:
        yield _check("the outcome does not rise with the parameter", k - k2)


def _check(name: str, slacks: Cells) -> Check:
    if not slacks.size:
        return EmptyCheck(name)
    i, j = divmod(int(slacks.argmin()), slacks.shape[1])
    return Check(name, slacks[i, j], (i, j))


def _matrix(values: Any, argument: str, shape: tuple[int, ...] | None = None) -> Cells:
    rows: Sequence[Any] = values.tolist() if hasattr(values, "tolist") else values
    try:
        made = [[fraction(v, f"{argument}[{i}]") for v in r] for i, r in enumerate(rows)]
    except InvalidType:
        raise
    except TypeError:
        raise illegal(argument, values, "a matrix: a list of rows of numbers") from None
    widths = {len(r) for r in made}
    if len(widths) != 1 or widths == {0}:
        raise illegal(argument, values, "a matrix with at least one row and one column")
    matrix = np.array(made, dtype=object)
    if shape is not None and matrix.shape != shape:
        size, wanted = ("×".join(map(str, s)) for s in (matrix.shape, shape))
        raise illegal(argument, Words(size), f"{wanted} like `row`")
    return matrix
