"""From a case to the sentence that says what the same money takes, however it is spent."""

from __future__ import annotations

import math

import numpy as np

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
    low, high = price.lower_bound, price.total_bounds[1]
    if not low and case.leaves_unpaid:
        return f"{words.rival} {it} without any pay"
    if case.bought and not high:
        return f"{spent} {it}: any pay at all is enough"
    budget, cost = tell.money(found.budget), tell.money(high, 0 if price.optimal else 1)
    if case.bought:
        up_to = "" if price.optimal else "at most "
        costs = "a little less" if cost == budget else f"{up_to}{cost}"
        return f"{spent} {it}: that costs {costs}, paid to {tell.people(_paid(found))}"
    if case.bought is None:
        least, most = tell.money(low, -1), tell.money(high, 1)
        return f"whether {spent} {it} is not proved: that costs between {least} and {most}"
    does = f"does not win {work(found.share)} for certain"
    if case.at_the_edge and not found.budget:
        return f"{spent} {does}, but any pay at all would be enough"
    if case.at_the_edge:
        return f"{spent} is just not enough to win {work(found.share)}: any more would be"
    if not found.budget:
        does = f"cannot win {work(found.share)} for certain"
    least = cost if price.optimal else f"at least {tell.money(low, -1)}"
    return f"{spent} {does}: that costs {'a little more' if cost == budget else least}"


def _paid(found: Findings) -> int:
    """Return how many are paid something."""
    return int(np.count_nonzero(found.cases[0].price.pay))


def _of_unknown(found: Findings, spent: str) -> str:
    words, tell, t = found.words, found.english, found.threshold
    wins = f"{spent} wins {work(found.share)} for certain"
    never = f"{spent} does not win {work(found.share)} for certain"
    if found.holds_budget:
        return f"{never}, even if staying is worth nothing"
    if found.holds_budget is False or t.budget_at_least == math.inf:
        return f"{wins}, however much staying is worth"
    if t.budget_reason:
        return f"no worth of staying is known from which on {never}: {t.budget_reason}"
    if t.budget == math.inf and not t.budget_at_least:
        return f"whether {wins} is not proved at any worth of staying"
    hinge = found.hinges_on
    each = "to that one" if hinge == 1 else f"to each of those {hinge:,}"
    whom = each if found.in_multiples else "to each"
    above = f"{tell.money(t.budget, 1)} {words.a_period} {whom}"
    if not t.budget_at_least:
        return f"{never} if staying is worth more than {above}; below that it is not proved"
    level = f"{tell.money(t.budget_at_least, -1)} {words.a_period} {whom}"
    exact = t.budget == t.budget_at_least or t.budget == math.inf
    beyond = "" if exact else f", and not above {tell.money(t.budget, 1)}"
    return f"{wins} as long as staying is worth less than {level}{beyond}{_times(found)}"


def _times(found: Findings) -> str:
    """Say what the share costs in multiples, where that is right."""
    if not found.in_multiples or found.hinges_on == 1:
        return ""
    return f": it costs {times(found.hinges_on)} what staying is worth to one"
