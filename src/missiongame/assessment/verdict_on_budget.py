"""From a case to the sentence that says what the same money takes, however it is spent."""

from __future__ import annotations

import math

from missiongame.assessment.english import times, work
from missiongame.assessment.findings import Findings


def on_budget(found: Findings) -> str:
    """Return the sentence; its first letter is small and there is no full stop."""
    tell, words = found.english, found.words
    money = f"{tell.money(found.budget)} {words.a_period}"
    spent = f"a budget of {money}" if found.budget_given else f"the same {money}, spent best,"
    if not found.budget:
        spent = f"without any pay {words.rival}"
    return _of_known(found, spent) if found.known else _of_unknown(found, spent)


def _of_known(found: Findings, spent: str) -> str:
    words, tell, case = found.words, found.english, found.cases[0]
    price, it = case.price, f"wins {work(found.share)} for certain"
    cost = tell.money(price.total)
    if not price.total:
        return f"{words.rival} {it} without any pay"
    whom = f"paid to {tell.people(len(price.order))}"
    if case.bought:
        up_to = "" if price.optimal else "at most "
        return f"{spent} {it}: that costs {up_to}{cost}, {whom}"
    if case.bought is None:
        least = tell.money(price.lower_bound)
        return f"whether {spent} {it} is not proved: that costs between {least} and {cost}"
    if case.at_the_edge:
        return f"{spent} is just not enough to win {work(found.share)}: any more would be"
    least = cost if price.optimal else f"at least {tell.money(price.lower_bound)}"
    does = "cannot win" if not found.budget else "does not win"
    return f"{spent} {does} {work(found.share)} for certain: that costs {least}"


def _of_unknown(found: Findings, spent: str) -> str:
    words, tell, t = found.words, found.english, found.threshold
    wins = f"{spent} wins {work(found.share)} for certain"
    if t.budget_reason:
        return f"no worth of staying decides whether {wins}: {t.budget_reason}"
    if found.holds_budget:
        never = f"{spent} does not win {work(found.share)} for certain"
        return f"{never}, even if staying is worth nothing"
    if math.isinf(t.budget_at_least):
        return f"{wins}, however much staying is worth"
    hinge = found.hinges_on
    each = "to the one" if hinge == 1 else f"to each of those {hinge:,}"
    whom = each if found.in_multiples else "to each"
    level = f"{tell.money(t.budget_at_least)} {words.a_period} {whom}"
    beyond = "" if t.budget == t.budget_at_least else f", and not above {tell.money(t.budget)}"
    return f"{wins} as long as staying is worth less than {level}{beyond}{_times(found)}"


def _times(found: Findings) -> str:
    """Say what the share costs in multiples, where that is right."""
    if not found.in_multiples:
        return ""
    return f": it costs {times(found.hinges_on)} what staying is worth to one"
