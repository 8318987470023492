"""``missiongame price [SOURCE]``: what would it cost a rival to break this community?"""

from __future__ import annotations

from pathlib import Path

from missiongame.assessment import PriceAssessment
from missiongame.cli.price.page import parts
from missiongame.cli.price.spreadsheet import write
from missiongame.cli.steps import Given, case_of, check_files, tell
from missiongame.errors import illegal


def run(given: Given) -> None:
    """Assess the case and show it, as the options say."""
    if not given["seconds"] > 0:
        raise illegal("seconds", given["seconds"], "positive")
    check_files(given)
    found = PriceAssessment(case_of(given), given["budget"], given["seconds"])
    tell(found, parts, given, "Computing the price", csv=write, plot=_draw)


def _draw(found: PriceAssessment, path: Path) -> None:
    from missiongame.plots import price_picture, save  # needs Matplotlib

    save(price_picture(found), path)
