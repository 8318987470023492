"""From a case to the main job's answer: does it hold, what decides that, what would help."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from missiongame.assessment.departures import Departure, departures
from missiongame.assessment.document import document
from missiongame.assessment.findings import Findings
from missiongame.assessment.levers import Lever, levers
from missiongame.assessment.verdict import verdict


class Assessment(Findings):
    """Does a community hold against a rival who pays? Every part is computed when asked for.

    Parameters
    ----------
    scenario : Scenario
        With the user's choices in it.
    budget : Fraction, optional
        What the rival can spend, money a period; else what its offer costs.
    seconds : float
        About how long each search that can be stopped may take.

    Examples
    --------
    >>> import missiongame as mg
    >>> a = mg.assess(mg.scenarios.load("digg-netscape"))
    >>> a.share, a.hinges_on, a.holds, a.status
    (Fraction(1, 5), 4, None, 'depends: cases')
    >>> a.threshold.offer, a.threshold.budget
    (1000.0, 5000.0)
    """

    def __repr__(self) -> str:
        return f"<assessment of {self.scenario.name}: {self.status}>"

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """What raises the price of the share most, first; empty where no price is known."""
        return levers(self) if self.priceable else ()

    @cached_property
    def departures(self) -> tuple[Departure, ...]:
        """Whose leaving would lower the price of the share most, first."""
        return departures(self) if self.priceable else ()

    @cached_property
    def verdict(self) -> str:
        """The answer in a few plain sentences."""
        return verdict(self)

    def to_dict(self) -> dict[str, Any]:
        """Return all findings as plain numbers and texts: what ``missiongame raid --json`` prints.

        Every key is always there; what does not apply is None or empty. Fractions and
        infinities are left as they are; as JSON they are text and null.
        """
        return document(self, self.verdict, self.levers, self.departures)

    def plot(self, path: str | Path | None = None) -> Any:
        """Return the picture, a `matplotlib.figure.Figure`: what money buys; write it to `path`."""
        from missiongame.plots import assessment_picture, save  # needs Matplotlib

        figure = assessment_picture(self)
        if path is not None:
            save(figure, path)
        return figure
