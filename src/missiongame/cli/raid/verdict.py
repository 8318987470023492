"""One plain sentence: does the community hold?"""

from __future__ import annotations

import math
from fractions import Fraction

from missiongame.assessment import Answer, outcomes
from missiongame.cli.english import money, offer_text, part, spread
from missiongame.cli.layout import title
from missiongame.cli.screen import amount


def verdict(answer: Answer) -> str:
    """Return the sentence that answers the question."""
    return _of_known(answer) if answer.known else _of_unknown(answer)


def _of_known(answer: Answer) -> str:
    words = answer.scenario.words
    reached = [outcome.exact_defection for outcome in outcomes(answer.members).values()]
    least, greatest = min(reached), max(reached)
    offer = _for(answer)
    if greatest < answer.share:
        return (
            f"The raid fails: whatever {words.members} expect of each other, "
            f"{_leaving(greatest)} {offer}; {_if_it_fails(answer)}."
        )
    if least >= answer.share:
        at_least = "" if least == greatest else "at least "
        return (
            f"The raid succeeds: whatever {words.members} expect of each other, {at_least}"
            f"{part(least)} leaves {offer}; {_if_it_succeeds(answer)}."
        )
    return (
        f"It depends on what {words.members} expect of each other: {offer} "
        f"{_leaving(least)} if they expect each other to stay, {part(greatest)} "
        f"if they expect each other to leave; "
        f"{_if_it_depends(answer)}."
    )


def _for(answer: Answer) -> str:
    words = answer.scenario.words
    if answer.cost == 0:
        return f"although {words.rival} pays nothing" if words.rival else ""
    return f"for {offer_text(answer.scenario.offer, words)}"


def _leaving(share: Fraction) -> str:
    return "nobody leaves" if share == 0 else f"only {part(share)} leaves"


def _mission(answer: Answer) -> str:
    return f"the mission is {amount(answer.scenario.community.mission)}"


def _if_it_fails(answer: Answer) -> str:
    if answer.no_threshold:
        return _mission(answer)
    level = answer.thresholds[-1].level
    if level == 0:
        return "it would fail with no mission at all"
    return f"{_mission(answer)}, and it could succeed only below {amount(level)}"


def _if_it_succeeds(answer: Answer) -> str:
    if answer.no_threshold:
        return _mission(answer)
    least, greatest = (threshold.level for threshold in answer.thresholds)
    if math.isinf(least):
        return "no mission, however strong, would stop it"
    if math.isinf(greatest):
        certain = "at none for certain"
    elif amount(least) == amount(greatest):
        return f"{_mission(answer)}, and it fails above {amount(least)}"
    else:
        certain = f"for certain above {amount(greatest)}"
    return f"{_mission(answer)}; it may fail above {amount(least)}, and {certain}"


def _if_it_depends(answer: Answer) -> str:
    if answer.no_threshold:
        return _mission(answer)
    level = answer.thresholds[-1].level
    if math.isinf(level):
        return "no mission, however strong, makes it fail for certain"
    return f"{_mission(answer)}, and it fails for certain above {amount(level)}"


def _of_unknown(answer: Answer) -> str:
    words, (least, greatest) = answer.scenario.words, answer.thresholds
    offer = offer_text(answer.scenario.offer, words)
    who = _who(answer)
    steward = title(words.steward)
    if answer.no_threshold:
        return (
            f"No single value of purpose decides whether {words.steward} holds against {offer}: "
            f"{answer.no_threshold}."
        )
    if greatest.level == 0:
        return f"{steward} holds against {offer} even if purpose is worth nothing."
    if math.isinf(least.level):
        return f"No purpose, however strong, holds {words.steward} together against {offer}."
    if math.isinf(greatest.level):
        certain = "; no purpose makes it certain, whatever members expect of each other"
    elif amount(greatest.worth[0]) != amount(least.worth[0]):
        certain = (
            f", and for certain, whatever {words.members} expect of each other, if it is worth "
            f"more than {money(greatest.worth[0], words)}"
        )
    else:
        certain = ""
    lost = answer.rungs[0].members.least
    below = f": below that, {part(lost.exact_defection)} leaves" if lost else ""
    return (
        f"{steward} holds against {offer} if staying is worth more than "
        f"{spread(least.worth, words)} a {words.period} to {who}{certain}{below}."
    )


def _who(answer: Answer) -> str:
    paid, n = int(answer.paid.sum()), answer.scenario.community.n
    return "each member" if paid == n else f"each of the {paid:,} whom it pays"
