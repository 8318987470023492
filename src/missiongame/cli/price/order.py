"""Whom the rival pays what, in order, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from missiongame.cli.price.answer import PriceAnswer
from missiongame.errors import InvalidValue

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
    """Write one line a member approached: place, pay and its parts, money a period."""
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(rows(answer))
    except OSError as error:
        raise InvalidValue(f"csv: {path} cannot be written: {error.strerror or error}") from error


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
