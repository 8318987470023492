"""``missiongame raid [SOURCE]``: would a rival's cash break this community?"""

from __future__ import annotations

from missiongame.cli.raid.page import parts
from missiongame.cli.steps import Given, answer


def run(given: Given) -> None:
    """Assess the case and show it, as the options say."""
    answer(given, parts)
