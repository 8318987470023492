"""One or two plain sentences: what does it cost to break the community?"""

from __future__ import annotations

import math

from missiongame.assessment import PriceAnswer
from missiongame.cli.english import money, part, people
from missiongame.cli.layout import title
from missiongame.cli.screen import amount


def worth(answer: PriceAnswer, level: float) -> float:
    """Return what a common purpose of `level` is worth at the community's mission, in money."""
    return level * float(answer.scenario.community.mission)


def verdict(answer: PriceAnswer) -> str:
    """Return the sentences that answer the question."""
    return _of_known(answer) if answer.known else _of_unknown(answer)


def _of_known(answer: PriceAnswer) -> str:
    words, price = answer.scenario.words, answer.price
    if not price.total:
        return (
            f"{title(words.steward)} cannot be held together: {part(answer.share)} leaves for "
            "certain without any pay."
        )
    sure = "" if price.optimal else "at most "
    said = (
        f"To win {part(answer.share)} for certain costs {words.rival} {sure}"
        f"{money(price.total, words)} a {words.period}, paid to {people(len(price.order), words)}"
    )
    return f"{said}{_most(answer)}. {title(_against_budget(answer))}."


def _most(answer: PriceAnswer) -> str:
    """Say what most of the price pays for."""
    split = {name: value for name, value in answer.reading.split.items() if value > 0}
    if len(split) < 2:
        return f", all of it for their {next(iter(split))}" if split else ""
    name = max(split, key=lambda n: split[n])
    return f", most of it ({money(split[name], answer.scenario.words)}) for their {name}"


def _against_budget(answer: PriceAnswer) -> str:
    words, price, budget = answer.scenario.words, answer.price, answer.budget
    spend = money(budget, words)
    critical = answer.critical
    if price.lower_bound > budget:
        times = f": the price is {_times(answer)} that" if budget else ""
        held = ""
        if critical.reason is None and critical.high == 0:
            held = "; it would not suffice without any mission either"
        elif critical.reason is None and critical.high < float(answer.community.mission):
            held = f"; it would not suffice at any mission above {amount(critical.high)}"
        return f"a budget of {spend} does not suffice{times}{held}"
    if price.total_bounds[1] <= budget:
        needed = ""
        if critical.reason is None and math.isfinite(critical.high):
            now = amount(answer.community.mission)
            needed = f"; above a mission of {amount(critical.high)} it would not (it is {now})"
        elif critical.reason is None:
            needed = ", and no mission, however strong, changes that"
        return f"a budget of {spend} suffices{needed}"
    return (
        f"whether a budget of {spend} suffices is not proved: the price is at least "
        f"{money(price.lower_bound, words)}"
    )


def _times(answer: PriceAnswer) -> str:
    times = amount(float(answer.price.lower_bound / answer.budget))
    return f"{times} times" if answer.price.optimal else f"at least {times} times"


def _of_unknown(answer: PriceAnswer) -> str:
    words, critical = answer.scenario.words, answer.critical
    steward, spend = title(words.steward), money(answer.budget, words)
    win = f"win {part(answer.share)} for certain"
    if critical.reason is not None:
        return f"With purpose unknown no price can be said: {critical.reason}."
    if critical.high == 0:
        return (
            f"Even if purpose is worth nothing, {words.rival} cannot {win} for {spend} "
            f"a {words.period}."
        )
    least = money(worth(answer, critical.high), words)
    return (
        f"{steward} cannot be broken for {spend} a {words.period} if purpose is worth more than "
        f"{least} a {words.period} to each: to {win} then costs more. Below "
        f"{money(worth(answer, critical.low), words)} it is for sale at that price."
    )
