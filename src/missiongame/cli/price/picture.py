"""From what breaking a case costs to the price's picture."""

from __future__ import annotations

from pathlib import Path

from missiongame.assessment import PriceAssessment
from missiongame.plots import draw_price, save


def draw(found: PriceAssessment, path: Path) -> None:
    """Draw the price over the share, and what protects, into a file."""
    words, said = found.words, ""
    if not found.known:
        supposed = found.english.money(found.supposed_worth)
        said = f"if purpose is worth {supposed} a {words.period} to each"
    figure = draw_price(
        found.fine_curve,
        found.reading,
        title=found.scenario.title,
        said=said,
        budget=float(found.budget),
        money=words.money,
        period=words.period,
        rival=words.rival,
    )
    save(figure, path)
