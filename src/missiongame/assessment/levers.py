"""From a case to what would raise the price of its break-up most, and whose leaving lowers it."""

from __future__ import annotations

from dataclasses import dataclass

from missiongame.assessment.findings import Findings
from missiongame.price import Price


@dataclass(frozen=True)
class Lever:
    """One thing that would raise the price of the share."""

    name: str
    step: str
    price: Price


@dataclass(frozen=True)
class Departure:
    """A member, and the price of the share of the others' work without them."""

    member: int
    price: Price


def levers(found: Findings) -> tuple[Lever, ...]:
    """Return what raises the price of the share most, first."""
    return ()


def departures(found: Findings) -> tuple[Departure, ...]:
    """Return whose leaving would lower the price of the share most, first."""
    return ()
