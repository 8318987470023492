"""``missiongame price [SOURCE]``: what would it cost a rival to break this community?"""

from __future__ import annotations

from missiongame.cli.price.page import parts
from missiongame.cli.price.spreadsheet import write
from missiongame.cli.steps import Given, answer


def run(given: Given) -> None:
    """Assess the case and show its price, as the options say."""
    answer(given, parts, csv=write)
