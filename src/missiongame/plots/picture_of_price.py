"""From what breaking a case costs to the price's picture."""

from __future__ import annotations

from typing import Any

from missiongame.assessment import PriceAssessment
from missiongame.plots.price import draw_price


def price_picture(found: PriceAssessment) -> Any:
    """Return the Matplotlib figure of the price over the share, and of what protects.

    Examples
    --------
    >>> from missiongame import scenarios
    >>> len(price_picture(PriceAssessment(scenarios.load("church"), seconds=1)).axes) > 0
    True
    """
    words, said = found.words, ""
    if not found.known:
        supposed = found.english.money(found.supposed_worth)
        said = f"if purpose is worth {supposed} a {words.period} to each"
    return draw_price(
        found.fine_curve,
        found.reading,
        title=found.scenario.title,
        said=said,
        budget=float(found.budget),
        money=words.money,
        period=words.period,
        rival=words.rival,
    )
