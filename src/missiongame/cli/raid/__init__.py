"""``missiongame raid [SOURCE]``: would a rival's cash break this community?"""

from __future__ import annotations

from pathlib import Path

from missiongame.assessment import RaidAssessment
from missiongame.cli.raid.page import parts
from missiongame.cli.steps import Given, case_of, check_files, tell


def run(given: Given) -> None:
    """Assess the case and show it, as the options say."""
    check_files(given)
    found = RaidAssessment(case_of(given))
    tell(found, parts, given, "Computing the equilibria", plot=_draw)


def _draw(found: RaidAssessment, path: Path) -> None:
    from missiongame.plots import raid_picture, save  # needs Matplotlib

    save(raid_picture(found), path)
