"""From a community or a scenario, and what the user sets, to its assessment."""

from __future__ import annotations

from typing import Any

from missiongame.assessment.assessment import Assessment
from missiongame.assessment.assumed import assumed_scenario
from missiongame.assessment.choices import chosen
from missiongame.errors import illegal, wrong_type
from missiongame.exact import fraction
from missiongame.model import Community, Offer, Rival, Steward
from missiongame.scenarios import Scenario, Words

SECONDS = 1.0


def assess(
    case: Community | Scenario,
    rival: Rival | None = None,
    offer: Offer | None = None,
    budget: Any = None,
    share: Any = None,
    steward: Steward | None = None,
    seconds: float = SECONDS,
) -> Assessment:
    """Return whether a community holds against a rival who pays, and what decides it.

    One criterion throughout: the rival succeeds if it takes `share` of the work. Asked
    are the offer as made, and the same money however it is spent.

    Parameters
    ----------
    case : Community or Scenario
        Who it is about. What is not given is taken from the scenario; of a community
        alone it is assumed, as `missiongame raid` does, and listed in `assumptions`.
    rival : Rival, optional
    offer : Offer, optional
        What the rival offers; the contest adds half and double of it, and nothing.
    budget : number ≥ 0, optional
        What the rival can spend, money a period; else what its offer pays if all whom it
        names accept, and its fixed cost. All of it may be spent on pay.
    share : number in (0, 1], optional
        The share of the work whose loss is a success; else the scenario's, else half.
    steward : Steward, optional
    seconds : float
        About how long each search that can be stopped may take.

    Returns
    -------
    Assessment

    Raises
    ------
    InvalidType, InvalidValue
        On an argument that is not what it should be.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([60, 30, 10], purpose=[20, 40, 10], names=["Ann", "Bob", "Cy"])
    >>> a = mg.assess(town, mg.Rival(value=3), mg.offers.top(1, pay=50))
    >>> a.holds, a.status, a.hinges_on, a.threshold.offer
    (False, 'falls', 1, 2.5)
    """
    if isinstance(case, Community):
        case = assumed_scenario("the community", case, Words(money=""))
    if not isinstance(case, Scenario):
        raise wrong_type("case", case, "a Community or a Scenario")
    if not seconds > 0:
        raise illegal("seconds", seconds, "positive")
    most = None if budget is None else fraction(budget, "budget")
    if most is not None and most < 0:
        raise illegal("budget", budget, "a number of at least 0")
    given = {"rival": rival, "offer": offer, "share": share, "steward": steward}
    return Assessment(chosen(case, given), most, seconds)
