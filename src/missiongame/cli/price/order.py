"""Whom the rival pays what, in order, as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from missiongame.assessment import PriceAnswer
from missiongame.files import write_whole

_FORMULA = re.compile("'*[=+\\-@\t\r]")

COLUMNS = (
    "place",
    "member",
    "contribution",
    "captured",
    "pay",
    "for_purpose",
    "for_enjoyment",
    "for_ties",
)


def write(answer: PriceAnswer, path: Path) -> None:
    """Write one line a member approached: place, pay and its parts, money a period.

    A name that a spreadsheet would take for a formula, because it begins with one of
    = + - @, a tab or a return, has an apostrophe before it, as spreadsheets have for
    text; so has a name that begins with apostrophes and then one of these.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for place, name, *amounts in rows(answer):
        writer.writerow((place, as_text(str(name)), *amounts))
    write_whole(path, text.getvalue().encode("utf-8", "backslashreplace"), "csv")


def as_text(name: str) -> str:
    """Return a name as a spreadsheet reads it as text, never as a formula.

    Examples
    --------
    >>> as_text("Ann"), as_text("=1+1"), as_text("'=1+1"), as_text("'t Hart")
    ('Ann', "'=1+1", "''=1+1", "'t Hart")
    """
    return f"'{name}" if _FORMULA.match(name) else name


def rows(answer: PriceAnswer) -> Iterator[tuple[object, ...]]:
    """Yield the lines; `captured` is the share won with those before."""
    community, price = answer.community, answer.price
    parts = answer.reading.parts
    captured = Fraction(0)
    for place, i in enumerate(price.order.tolist(), 1):
        captured += Fraction(community.contribution[i])
        yield (
            place,
            community.name(i),
            float(community.contribution[i]),
            float(captured / community.total),
            float(price.pay[i]),
            *(float(parts[name][i]) for name in ("purpose", "enjoyment", "ties")),
        )
