"""From a TOML table to its fields, each checked, with errors that name the field.

A `Fields` is one table: each value is taken once, with its type and range, and
`done` refuses what nobody took, in it or in a table in it, so that a misspelt name
is never ignored.
"""

from __future__ import annotations

import difflib
import math
import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from missiongame.errors import InvalidValue, ReadError, short

T = TypeVar("T")
MISSING: Any = object()
_LARGEST = sys.float_info.max


class Fields:
    """One table of a scenario file.

    Parameters
    ----------
    table : mapping
    path : str
        Where the table is in the file, such as "rival"; "" for the file itself.
    source : str
        What to call the file in an error.
    """

    def __init__(self, table: Mapping[str, Any], path: str, source: str) -> None:
        self.table = table
        self.path = path
        self.source = source
        self._taken: list[str] = []
        self._inner: list[Fields] = []

    def at(self, key: str) -> str:
        """Return how a user finds a field, such as "rival.value"."""
        return f"{self.path}.{key}" if self.path else key

    def error(self, key: str, problem: str) -> ReadError:
        """Return the error that names the file and the field."""
        return ReadError(f"{self.source}, {self.at(key)}: {problem}")

    def has(self, key: str) -> bool:
        """Return whether the table has a field of this name."""
        return key in self.table

    def take(
        self, key: str, default: Any = MISSING, check: Callable[[Any], Any] = lambda value: value
    ) -> Any:
        """Return a field as `check` returns it; the default as it is where it is missing."""
        self._taken.append(key)
        if key in self.table:
            return check(self.table[key])
        if default is MISSING:
            raise self.error(key, "missing, and it is needed")
        return default

    def text(self, key: str, default: Any = MISSING, empty: bool = False) -> Any:
        """Return a field that is text in one line, with something in it unless `empty` is legal."""

        def checked(value: Any) -> str:
            if not isinstance(value, str) or not (empty or value.strip()):
                raise self.error(key, f"{_shown(value)} should be text")
            return value if empty else " ".join(value.split())

        return self.take(key, default, checked)

    def number(
        self, key: str, default: Any = MISSING, low: float | None = None, high: float | None = None
    ) -> Any:
        """Return a field that is a finite number within the inclusive bounds."""
        return self.take(key, default, lambda value: self.checked(key, value, low, high))

    def checked(
        self, key: str, value: Any, low: float | None = None, high: float | None = None
    ) -> int | float:
        """Return `value` if it is a finite number within the bounds; else the error names `key`."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(key, f"{_shown(value)} should be a number")
        if abs(value) > _LARGEST or math.isnan(value):
            raise self.error(key, f"{_shown(value)} should be finite, as a float can be")
        if (low is not None and value < low) or (high is not None and value > high):
            top = "" if high is None else f" and at most {high:g}"
            least = "" if low is None else f"at least {low:g}"
            raise self.error(key, f"{_shown(value)} should be {least}{top}")
        return value

    def whole(self, key: str, default: Any = MISSING, low: int = 0, high: int | None = None) -> Any:
        """Return a field that is a whole number within the inclusive bounds."""
        value = self.number(key, default, low, high)
        if key in self.table and not isinstance(value, int):
            raise self.error(key, f"{_shown(value)} should be a whole number")
        return value

    def choice(self, key: str, options: tuple[str, ...]) -> str:
        """Return a field that is one of some words."""
        value = self.take(key)
        if value not in options:
            raise self.error(key, f"{_shown(value)} should be one of {', '.join(options)}")
        return str(value)

    def fields(self, key: str, needed: bool = True) -> Fields:
        """Return a field that is a table; an empty one where it is missing and not needed."""
        value = self.take(key, MISSING if needed else {})
        if not isinstance(value, Mapping):
            raise self.error(key, f"{_shown(value)} should be a table, [{self.at(key)}]")
        return self._table(value, key)

    def _table(self, value: Mapping[str, Any], key: str) -> Fields:
        self._inner.append(Fields(value, self.at(key), self.source))
        return self._inner[-1]

    def each(self, key: str) -> list[Fields]:
        """Return a field that is an array of tables; an empty list where it is missing."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(t, Mapping) for t in value):
            raise self.error(key, f"should be tables, [[{self.at(key)}]]")
        return [self._table(t, f"{key}[{i}]") for i, t in enumerate(value)]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a field that is an array of texts; none where it is missing."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(t, str) for t in value):
            raise self.error(key, f"{_shown(value)} should be an array of texts")
        return tuple(value)

    def column(self, key: str, n: int, default: Any = MISSING, low: float | None = None) -> Any:
        """Return a field that is a number, or n numbers, one a member."""

        def checked(value: Any) -> Any:
            if not isinstance(value, list):
                return self.checked(key, value, low)
            if len(value) != n:
                raise self.error(key, f"{len(value)} numbers should be {n}, one a member")
            return [self.checked(f"{key}[{i}]", v, low) for i, v in enumerate(value)]

        return self.take(key, default, checked)

    def done(self) -> None:
        """Refuse whatever was not taken, here or in the tables that were."""
        for fields in self._inner:
            fields.done()
        for key in self.table:
            if key not in self._taken:
                near = difflib.get_close_matches(key, self._taken, 1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise self.error(
                    key, f"no such field{hint} (known: {', '.join(sorted(set(self._taken)))})"
                )

    def made(self, key: str, make: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Return ``make(...)``; where it refuses a value, the error names the field."""
        try:
            return make(*arguments, **named)
        except (InvalidValue, TypeError) as error:
            raise self.error(key, str(error)) from error


def _shown(value: Any) -> str:
    return short(value, 60)
