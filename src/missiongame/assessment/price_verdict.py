"""From what a break-up was found to cost to one or two plain sentences."""

from __future__ import annotations

import math

from missiongame.assessment.english import amount, part, title
from missiongame.assessment.price_findings import PriceFindings


def verdict(found: PriceFindings) -> str:
    """Return the sentences that answer the question."""
    return _of_known(found) if found.known else _of_unknown(found)


def _of_known(found: PriceFindings) -> str:
    words, tell, price = found.words, found.english, found.price
    if not price.total:
        return (
            f"{title(words.steward)} cannot be held together: {part(found.share)} leaves for "
            "certain without any pay."
        )
    sure = "" if price.optimal else "at most "
    return (
        f"To win {part(found.share)} for certain costs {words.rival} {sure}"
        f"{tell.money(price.total)} a {words.period}, paid to {tell.people(len(price.order))}"
        f"{_most(found)}. {title(_against_budget(found))}."
    )


def _most(found: PriceFindings) -> str:
    """Say what most of the price pays for."""
    split = {name: value for name, value in found.reading.split.items() if value > 0}
    if len(split) < 2:
        return f", all of it for their {next(iter(split))}" if split else ""
    name = max(split, key=lambda n: split[n])
    return f", most of it ({found.english.money(split[name])}) for their {name}"


def _against_budget(found: PriceFindings) -> str:
    price, critical = found.price, found.critical
    mission = found.scenario.community.mission
    budget, high = f"a budget of {found.english.money(found.budget)}", critical.high
    known = critical.reason is None
    if found.suffices:
        further = ""
        if known and math.isfinite(high):
            further = f"; above a mission of {amount(high)} it would not (it is {amount(mission)})"
        elif known:
            further = ", and no mission, however strong, changes that"
        return f"{budget} suffices{further}"
    if found.suffices is None:
        least = found.english.money(price.lower_bound)
        return f"whether {budget} suffices is not proved: the price is at least {least}"
    times = ""
    if found.budget:
        sure = "" if price.optimal else "at least "
        ratio = amount(float(price.lower_bound / found.budget))
        times = f": the price is {sure}{ratio} times that"
    held = ""
    if known and high == 0:
        held = "; it would not suffice without any mission either"
    elif known and high < float(mission):
        held = f"; it would not suffice at any mission above {amount(high)}"
    return f"{budget} does not suffice{times}{held}"


def _of_unknown(found: PriceFindings) -> str:
    words, tell, critical = found.words, found.english, found.critical
    win, spend = f"win {part(found.share)} for certain", tell.money(found.budget)
    if critical.reason is not None:
        return f"With purpose unknown no price can be said: {critical.reason}."
    if critical.high == 0:
        return (
            f"Even if purpose is worth nothing, {words.rival} cannot {win} for {spend} "
            f"a {words.period}."
        )
    return (
        f"{title(words.steward)} cannot be broken for {spend} a {words.period} if purpose is worth "
        f"more than {tell.money(found.worth(critical.high))} a {words.period} to each: to {win} "
        f"then costs more. Below {tell.money(found.worth(critical.low))} it is for sale at that "
        "price."
    )
