"""From what a raid was found to do to one plain sentence: does the community hold?"""

from __future__ import annotations

import math
from fractions import Fraction

from missiongame.assessment.english import amount, part, title
from missiongame.assessment.raid_findings import RaidFindings, outcomes


def verdict(found: RaidFindings) -> str:
    """Return the sentence that answers the question."""
    return _of_known(found) if found.known else _of_unknown(found)


def _of_known(found: RaidFindings) -> str:
    members = found.words.members
    reached = [outcome.exact_defection for outcome in outcomes(found.members).values()]
    least, greatest = min(reached), max(reached)
    offer, mission = _for(found), _mission(found, least, greatest)
    if greatest < found.share:
        return (
            f"The raid fails: whatever {members} expect of each other, {_leaving(greatest)} "
            f"{offer}; {mission}."
        )
    if least >= found.share:
        at_least = "" if least == greatest else "at least "
        return (
            f"The raid succeeds: whatever {members} expect of each other, {at_least}{part(least)} "
            f"leaves {offer}; {mission}."
        )
    return (
        f"It depends on what {members} expect of each other: {offer} {_leaving(least)} if they "
        f"expect each other to stay, {part(greatest)} if they expect each other to leave; "
        f"{mission}."
    )


def _for(found: RaidFindings) -> str:
    rival = found.words.rival
    if found.cost == 0:
        return f"although {rival} pays nothing" if rival else ""
    return f"for {found.english.offer(found.scenario.offer)}"


def _leaving(share: Fraction) -> str:
    return "nobody leaves" if share == 0 else f"only {part(share)} leaves"


def _mission(found: RaidFindings, least: Fraction, greatest: Fraction) -> str:
    """Say what the mission is, and at which the verdict would turn."""
    now = f"the mission is {amount(found.scenario.community.mission)}"
    if found.no_threshold:
        return now
    low, high = (threshold.level for threshold in found.thresholds)
    if greatest < found.share:
        if high == 0:
            return "it would fail with no mission at all"
        return f"{now}, and it could succeed only below {amount(high)}"
    if least < found.share:
        if math.isinf(high):
            return "no mission, however strong, makes it fail for certain"
        return f"{now}, and it fails for certain above {amount(high)}"
    if math.isinf(low):
        return "no mission, however strong, would stop it"
    if amount(low) == amount(high):
        return f"{now}, and it fails above {amount(low)}"
    certain = "at none for certain" if math.isinf(high) else f"for certain above {amount(high)}"
    return f"{now}; it may fail above {amount(low)}, and {certain}"


def _of_unknown(found: RaidFindings) -> str:
    words, tell, (least, greatest) = found.words, found.english, found.thresholds
    steward, offer = words.steward, tell.offer(found.scenario.offer)
    if found.no_threshold:
        return (
            f"No single value of purpose decides whether {steward} holds against {offer}: "
            f"{found.no_threshold}."
        )
    if greatest.level == 0:
        return f"{title(steward)} holds against {offer} even if purpose is worth nothing."
    if math.isinf(least.level):
        return f"No purpose, however strong, holds {steward} together against {offer}."
    certain = ""
    if math.isinf(greatest.level):
        certain = "; no purpose makes it certain, whatever members expect of each other"
    elif amount(greatest.worth[0]) != amount(least.worth[0]):
        certain = (
            f", and for certain, whatever {words.members} expect of each other, if it is worth "
            f"more than {tell.money(greatest.worth[0])}"
        )
    paid, n = int(found.paid.sum()), found.scenario.community.n
    whom = "each member" if paid == n else f"each of the {paid:,} whom it pays"
    lost = found.rungs[0].members.least
    below = f": below that, {part(lost.exact_defection)} leaves" if lost else ""
    return (
        f"{title(steward)} holds against {offer} if staying is worth more than "
        f"{tell.spread(least.worth)} a {words.period} to {whom}{certain}{below}."
    )
