"""From named columns of cells to what a community is made of; errors name the place.

The one meaning of a table for every reader: `CONTRIBUTION` is needed, the other
known columns are optional, and each further column of numbers is kept for a
user's own payoffs. A further column in which no cell is a number is text (a
note, an address) and is left out; a column of both is an error.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Number
from typing import Any

from missiongame.errors import InvalidValue, ReadError, short
from missiongame.exact import number

NAME = "name"
CONTRIBUTION = "contribution"
KNOWN = (NAME, CONTRIBUTION, "purpose", "enjoyment", "social")
AT_LEAST_ZERO = (CONTRIBUTION, "social")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?", re.ASCII)
_LONGEST = 1000  # characters; a longer "number" is a mistake, and int() of it is slow
_MOST_NAMED = 30  # columns that an error lists


@dataclass(frozen=True)
class Columns:
    """What a reader has read: the columns that `missiongame.Community.from_columns` takes.

    Attributes
    ----------
    source : str
        What to call it in an error.
    given : mapping
        Arguments of `missiongame.Community`: always ``contribution``, and what else
        the source holds of ``purpose``, ``enjoyment``, ``social``, ``names`` and
        ``columns``.
    """

    source: str
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """Columns of cells before they mean anything.

    Attributes
    ----------
    source : str
        What to call the table in an error.
    cells : mapping of column name to its n cells
        Text, or the values of a data frame.
    place : callable
        From a row's position to how a reader finds it, such as "line 7".
    decimal_comma : bool
        Whether "1,5" is one and a half, as in files that separate by semicolons.
    """

    source: str
    cells: Mapping[str, Sequence[Any]]
    place: Callable[[int], str]
    decimal_comma: bool = False

    def error(self, problem: str, row: int | None = None, column: str | None = None) -> ReadError:
        """Return the error that names the source, the place and the column."""
        where = [self.source]
        if row is not None:
            where.append(self.place(row))
        if column is not None:
            where.append(f"column {column!r}")
        return ReadError(f"{', '.join(where)}: {problem}")


def known_name(heading: str) -> str:
    """Return a heading as this library calls it: known names in any case, others as they are.

    Examples
    --------
    >>> known_name(" Contribution "), known_name("Risk")
    ('contribution', 'Risk')
    """
    stripped = heading.strip()
    return stripped.casefold() if stripped.casefold() in KNOWN else stripped


def columns_of(table: Table) -> Columns:
    """Return the columns that a table describes.

    Raises
    ------
    ReadError
        On whatever is wrong in the table, with its place.
    """
    _check_columns(table)
    given: dict[str, Any] = {
        name: numbers(table, name) for name in KNOWN[1:] if name in table.cells
    }
    further = [name for name in table.cells if name not in KNOWN and not _is_text(table, name)]
    given["columns"] = {name: numbers(table, name) for name in further}
    if NAME in table.cells:
        given["names"] = _names(table)
    if not any(given[CONTRIBUTION]):
        raise table.error("nobody contributes; at least one must", column=CONTRIBUTION)
    return Columns(table.source, given)


def numbers(table: Table, column: str) -> list[int | float | Any]:
    """Return a column's cells as numbers.

    Text is read as the nearest float64, whole numbers exactly; other values count
    at their exact value (see `missiongame.exact`).
    """
    made = []
    for row, cell in enumerate(table.cells[column]):
        value = _number(table, row, column, cell)
        if column in AT_LEAST_ZERO and value < 0:
            raise table.error(f"{_shown(cell)} is negative; it should be at least 0", row, column)
        made.append(value)
    return made


def _number(table: Table, row: int, column: str, cell: Any) -> Any:
    if not isinstance(cell, str):
        try:
            return number(cell, column)
        except (InvalidValue, TypeError) as error:
            raise table.error(f"{_shown(cell)} is not a finite number", row, column) from error
    text = cell.strip()
    if not text:
        raise table.error("the cell is empty; it should be a number", row, column)
    if table.decimal_comma and _COMMA.fullmatch(text) and not _GROUPED.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text) or len(text) > _LONGEST:
        raise table.error(f"{_shown(cell)} is not a number{_hint(text)}", row, column)
    value = float(text)
    if not math.isfinite(value):
        raise table.error(f"{_shown(cell)} is too large for a number", row, column)
    return int(text) if text.lstrip("+-").isdigit() else value


def _hint(text: str) -> str:
    if _GROUPED.fullmatch(text):
        return "; write 1000 or 1000.5, without thousands separators"
    return "; it should be finite" if text.casefold().lstrip("+-") in _NOT_FINITE else ""


_NOT_FINITE = ("nan", "inf", "infinity", "na", "n/a", "null", "none")


def _shown(cell: Any) -> str:
    return short(cell, 42)


def _is_text(table: Table, column: str) -> bool:
    """Return whether no cell of a further column is a number."""
    return not any(_looks_like_number(cell) for cell in table.cells[column])


def _looks_like_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return _NUMBER.fullmatch(cell.strip().replace(",", ".")) is not None
    if not isinstance(cell, Number) and getattr(cell, "is_number", False) is not True:
        return False
    try:
        return bool(cell == cell)  # NaN is no number
    except ArithmeticError:  # nor is a decimal NaN that signals
        return False


def _names(table: Table) -> list[str]:
    seen: dict[str, int] = {}
    for row, cell in enumerate(table.cells[NAME]):
        name = str(cell).strip() if isinstance(cell, str) or _looks_like_number(cell) else ""
        if not name:
            raise table.error("the name is empty", row, NAME)
        if name in seen:
            first = table.place(seen[name])
            raise table.error(f"{_shown(name)} is already the name in {first}", row, NAME)
        seen[name] = row
    return list(seen)


def _check_columns(table: Table) -> None:
    if CONTRIBUTION not in table.cells:
        names = list(table.cells)[:_MOST_NAMED]
        there = ", ".join(map(_shown, names)) or "none"
        more = len(table.cells) - len(names)
        there += f" and {more:,} more" if more else ""
        near = difflib.get_close_matches(CONTRIBUTION, [n.casefold() for n in names], 1)
        hint = f" (rename {near[0]!r}?)" if near else ""
        raise table.error(
            f"there is no column {CONTRIBUTION!r}{hint}; its columns are {there}. "
            f"Known are {', '.join(KNOWN)}; only {CONTRIBUTION} is needed"
        )
    if len(table.cells[CONTRIBUTION]) == 0:
        raise table.error("there are no members, only headings")
