"""From a price to whom the rival approaches, in order, and what each is paid for."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from missiongame.price import Price


class Approach(NamedTuple):
    """One member approached: place in the order, pay and its parts, money a period.

    `captured` is the share won with those before.
    """

    place: int
    member: str
    contribution: float
    captured: float
    pay: float
    for_purpose: float
    for_enjoyment: float
    for_ties: float


def approached(price: Price, most: int | None = None) -> list[Approach]:
    """Return whom the rival approaches, first to last; the first `most` of them.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([3, 1], purpose=[5, 2], names=["Ann", "Bob"])
    >>> approached(mg.price_of_collapse(town, mg.Rival()))[0][1:5]
    ('Ann', 3.0, 0.75, 5.0)
    """
    community, parts = price.community, price.reading.parts
    made, captured = [], Fraction(0)
    for place, i in enumerate(price.order[:most].tolist(), 1):
        captured += Fraction(community.contribution[i])
        won = (community.contribution[i], captured / community.total, price.pay[i])
        pays_for = (parts[name][i] for name in ("purpose", "enjoyment", "ties"))
        made.append(Approach(place, community.name(i), *map(float, (*won, *pays_for))))
    return made
