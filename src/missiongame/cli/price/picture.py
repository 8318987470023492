"""The price's picture: what is drawn, and what it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from missiongame.assessment import PriceAnswer
from missiongame.cli.english import money
from missiongame.cli.price.verdict import worth
from missiongame.plots import draw_price, save


def draw(answer: PriceAnswer, path: Path) -> None:
    """Draw the price over the share, and what protects, into a file."""
    save(figure(answer), path)


def figure(answer: PriceAnswer) -> Any:
    """Return the picture as a Matplotlib figure."""
    words = answer.scenario.words
    said = ""
    if not answer.known:
        supposed = money(worth(answer, answer.purpose or 0.0), words)
        said = f"if purpose is worth {supposed} a {words.period} to each"
    return draw_price(
        answer.fine_curve,
        answer.reading,
        title=answer.scenario.title,
        said=said,
        budget=float(answer.budget),
        money=words.money,
        period=words.period,
        rival=words.rival,
    )
