"""One plain sentence: does the community hold?"""

from __future__ import annotations

import math
from fractions import Fraction

from missiongame.cli.english import money, offer_text, part, spread
from missiongame.cli.raid.answer import Answer, Threshold, outcomes
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
            f"{_leaving(greatest)} {offer}; {_slack(answer, answer.thresholds[-1])}."
        )
    if least >= answer.share:
        at_least = "" if least == greatest else "at least "
        return (
            f"The raid succeeds: whatever {words.members} expect of each other, {at_least}"
            f"{part(least)} leaves {offer}; {_needed(answer, answer.thresholds[0])}."
        )
    return (
        f"It depends on what {words.members} expect of each other: {offer} "
        f"{_leaving(least)} if they expect each other to stay, {part(greatest)} "
        f"if they expect each other to leave; "
        f"{_needed(answer, answer.thresholds[-1], certain=True)}."
    )


def _for(answer: Answer) -> str:
    words = answer.scenario.words
    if answer.cost == 0:
        return f"although {words.rival} pays nothing" if words.rival else ""
    return f"for {offer_text(answer.scenario.offer, words)}"


def _leaving(share: Fraction) -> str:
    return "nobody leaves" if share == 0 else f"only {part(share)} leaves"


def _slack(answer: Answer, threshold: Threshold) -> str:
    mission = float(answer.scenario.community.mission)
    if threshold.level <= 0:
        return "it would fail with no mission at all"
    return (
        f"the mission is {amount(mission)}, and at {amount(threshold.level)} or more "
        "no expectation makes it succeed"
    )


def _needed(answer: Answer, threshold: Threshold, certain: bool = False) -> str:
    mission = float(answer.scenario.community.mission)
    if math.isinf(threshold.level):
        return "no mission, however strong, would stop it" + (" for certain" if certain else "")
    return (
        f"it takes a mission above {amount(threshold.level)} to stop it"
        f"{' for certain' if certain else ''}, and the mission is {amount(mission)}"
    )


def _of_unknown(answer: Answer) -> str:
    words, (least, greatest) = answer.scenario.words, answer.thresholds
    offer = offer_text(answer.scenario.offer, words)
    who = _who(answer)
    if greatest.level == 0:
        return f"{_title(words.steward)} holds against {offer} even if purpose is worth nothing."
    if math.isinf(least.level):
        return f"No purpose, however strong, holds {words.steward} against {offer}."
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
        f"{_title(words.steward)} holds against {offer} if staying is worth more than "
        f"{spread(least.worth, words)} a {words.period} to {who}{certain}{below}."
    )


def _who(answer: Answer) -> str:
    paid, n = int(answer.paid.sum()), answer.scenario.community.n
    return "each member" if paid == n else f"each of the {paid:,} whom it pays"


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
