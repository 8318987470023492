"""From a case to what every assessment of it needs; each part is computed when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Any

from missiongame.assessment.english import English
from missiongame.exact import exact_total
from missiongame.scenarios import Assumption, Fact, Scenario, Words


class Findings:
    """What is found out about one case.

    Parameters
    ----------
    scenario : Scenario
        With the user's choices in it.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @property
    def words(self) -> Words:
        """How the case calls things."""
        return self.scenario.words

    @property
    def english(self) -> English:
        """The case's amounts, offers and people in words."""
        return English(self.scenario.words)

    @property
    def known(self) -> bool:
        """Whether the members' purpose is known."""
        return self.scenario.community.purpose is not None

    @cached_property
    def cost(self) -> Fraction:
        """What the rival pays if all accept, money a period."""
        return exact_total(self.scenario.offer.pay(self.scenario.community))

    def worth(self, purpose: float) -> float:
        """Return what a common purpose is worth at the community's mission, money a period."""
        return purpose * float(self.scenario.community.mission)


def statements(made: Iterable[Fact | Assumption]) -> list[dict[str, Any]]:
    """Return facts or assumptions as plain fields, for JSON."""
    return [{**vars(statement), "about": list(statement.about)} for statement in made]


def fields(thing: Any, *names: str) -> dict[str, Any]:
    """Return some attributes by name, for JSON: rationals as floats.

    Examples
    --------
    >>> fields(Fraction(1, 2), "numerator", "denominator")
    {'numerator': 1, 'denominator': 2}
    """
    values = {name: getattr(thing, name) for name in names}
    return {n: float(v) if isinstance(v, Fraction) else v for n, v in values.items()}
