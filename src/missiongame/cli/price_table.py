"""From an assessment to the table of what each share of the work costs the rival."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from missiongame.assessment import Assessment, amount, percent
from missiongame.cli.layout import table
from missiongame.price import Price


def costs_of_shares(found: Assessment) -> Iterator[Any]:
    """Yield the table: a few shares and the one that counts, the price now and if spread evenly."""
    words = found.words
    unit = "times what staying is worth to one" if found.in_multiples else f"{words.a_period}"
    headings = ("of the work", words.members, unit, "if spread evenly")
    prices, even = found.curve.prices, found.even_curve
    evenly = ["–"] * len(prices) if even is None else [cost(found, p) for p in even.prices]
    rows = (
        (percent(price.share), f"{len(price.order):,}", cost(found, price), spread)
        for price, spread in zip(prices, evenly, strict=True)
    )
    yield from table("What a part of the work costs the rival, for certain", headings, rows)


def cost(found: Assessment, price: Price) -> str:
    """Return a price, or the bounds that are proved, in money or in multiples."""
    tell = amount if found.in_multiples else found.english.money
    low, high = tell(price.lower_bound), tell(price.total)
    return high if price.optimal or low == high else f"{low} to {high}"
