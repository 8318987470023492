"""From an assessment to the page of `missiongame price`: whom the rival pays what, and for what."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from missiongame.assessment import Assessment, Case, amount, approached, percent, times, work
from missiongame.cli.layout import bullets, heading, sentence, table
from missiongame.cli.price_table import costs_of_shares
from missiongame.cli.screen import plain, styled
from missiongame.errors import StructureMissing

FIRST = 10
MATTER = 5


def parts(found: Assessment) -> Iterator[Any]:
    """Yield what is printed, in order."""
    if not found.priceable:
        raise StructureMissing("a tie is negative, so that no price is known")
    case = found.told
    yield styled(found.scenario.title, style="bold")
    yield sentence(f"\n{found.verdict}")
    yield from _supposed(found, case)
    for section in (_price, _order, _split):
        yield from section(found, case)
    yield from costs_of_shares(found)
    for section in (_matter, _critical):
        yield from section(found, case)
    yield from _assumptions(found)


def _supposed(found: Assessment, case: Case) -> Iterator[Any]:
    words, money = found.words, found.english.money
    if found.known:
        return
    yield heading(f"What {words.members} feel for {words.steward} is not known")
    if found.in_multiples:
        yield sentence("Prices are multiples of what staying is worth, the same to each.")
    else:
        yield sentence(
            f"Suppose that the mission is worth {money(case.worth)} {words.a_period} to each."
        )
    told = found.revealed
    if told is None or told.at_most is None:
        return
    worth = float(found.scenario.community.mission)
    said = (
        f"What choices reveal: at least {told.went:,} of the {told.members:,} largest were paid "
        f"and went, so to at least {percent(told.share_at_most[0])} of these staying is worth "
        f"{money(float(told.at_most) * worth)} {words.a_period} at most."
    )
    if told.refused is None:
        said += " How many refused is not known, so that nothing bounds it from below."
    elif told.at_least is not None:
        least = money(float(told.at_least) * worth)
        said += f" {told.refused:,} refused: to these it is worth {least} at least."
    yield sentence(said)


def _price(found: Assessment, case: Case) -> Iterator[Any]:
    words, money, price = found.words, found.english.money, case.price
    yield heading(f"The price of {work(found.share)}")
    if not price.total:
        yield sentence("Nobody need be paid: they leave for certain unpaid.")
        return
    more = "" if price.captured == found.share else f", who make {percent(price.captured)}"
    proof = f"No such offers cost less: proved ({price.method})."
    if not price.optimal:
        proof = (
            f"Proved: none cost less than {money(price.lower_bound)}. Cheaper ones than these, "
            f"by up to {percent(price.gap)}, may exist ({price.method})."
        )
    whom = f"to {found.english.people(len(price.order))}{more}"
    if found.in_multiples:
        multiple = f"just above {times(price.total)} what staying is worth to one"
        yield sentence(f"Public offers of {multiple}, {whom}. {proof}")
        return
    each = price.total / float(price.captured * price.community.total)
    yield sentence(
        f"Public offers of just above {money(price.total)} {words.a_period} in all, {whom}, win it "
        f"whatever {words.members} expect of each other: {money(each)} for each of their "
        f"{words.contributions}, worth {money(found.scenario.rival.value)} to {words.rival}. "
        f"{proof}"
    )


def _order(found: Assessment, case: Case) -> Iterator[Any]:
    words, tell, price = found.words, found.english, case.price
    if not len(price.order):
        return
    pay = amount if found.in_multiples else tell.money
    rows = [
        (f"{place:,}", plain(who), amount(made), percent(captured), pay(paid))
        for place, who, made, captured, paid, *_ in approached(price, FIRST)
    ]
    rest = price.pay[price.order[FIRST:]]
    if len(rest):
        low, high = pay(min(rest)), pay(max(rest))
        spread = low if low == high else f"{low} to {high}"
        rows.append(("…", f"{len(rest):,} more", "", percent(price.captured), spread))
    unit = "times" if found.in_multiples else f"pay {words.a_period}"
    headings = ("", "who", words.contributions, "won so far", unit)
    yield from table("Whom to approach, in order", headings, rows, left=2)


def _split(found: Assessment, case: Case) -> Iterator[Any]:
    words, money, reading = found.words, found.english.money, case.price.reading
    named = [n for n in reading.split if reading.split[n] or reading.values[n]]
    if found.in_multiples or not named or not case.price.total:
        return
    rows = [(n, *map(money, (reading.values[n], reading.split[n]))) for n in named]
    units = [reading.per_unit[n] for n in named]
    if len(named) > 1:
        rows.append(("together", money(reading.value), money(case.price.total)))
        units.append(case.price.total / reading.value if reading.value > 0 else None)
    each = ("–" if unit is None else money(unit) for unit in units)
    unit_of = f"for each {money(1)}" if words.money else "for each unit"
    yield from table(
        "What the price pays for",
        ("", "worth to those approached", "in the price", unit_of),
        ((*row, unit) for row, unit in zip(rows, each, strict=True)),
    )
    yield sentence(_discount(found, case))


def _discount(found: Assessment, case: Case) -> str:
    words, money, reading = found.words, found.english.money, case.price.reading
    rival, lost = found.scenario.rival, reading.discount
    if abs(lost) < 1e-9 * max(1.0, abs(reading.value)):
        return "They are paid what staying together is worth to them: nothing is lost on them."
    if lost < 0:
        return (
            f"They are paid {money(-lost)} more than staying together is worth to them all: who "
            "would rather be gone cannot be charged for leaving."
        )
    found_again = rival.mission != 0 or (rival.portability != 0 and reading.values["ties"] != 0)
    why = [f"part of that they find again with {words.rival}"] if found_again else []
    if reading.split["ties"] < reading.values["ties"]:
        why.append("they cannot refuse together")
    return (
        f"The coordination discount is {money(lost)} {words.a_period}: so much less than staying "
        f"together is worth to them suffices, because {', and '.join(why)}."
    )


def _matter(found: Assessment, case: Case) -> Iterator[Any]:
    community, lost = case.community, case.price.reading.lost_without
    rows = [
        (plain(community.name(i)), percent(community.share[i]), found.english.money(lost[i]))
        for i in case.price.reading.who_matters(MATTER)
    ]
    if rows and found.known:
        headings = ("who", "of the work", "without it the price falls by")
        yield from table("Whose purpose the price hangs on most", headings, rows)


def _critical(found: Assessment, case: Case) -> Iterator[Any]:
    words, money, t = found.words, found.english.money, found.threshold
    budget = f"{money(found.budget)} {words.a_period}"
    whose = "" if found.budget_given else ", what the offer costs if all accept"
    what = "mission" if found.known else "worth of staying"
    yield heading(f"The {what} that makes a budget too small")
    said = f"With {budget}{whose}, {words.rival} wins {work(found.share)} for certain "
    if t.budget_reason:
        said += f"or not whatever the {what} is, or none divides: {t.budget_reason}"
    elif math.isinf(t.budget_at_least):
        said += f"however high the {what} is"
    elif not t.budget:
        said += f"at no {what}, not even zero"
    else:
        tell = amount if found.known else money
        low, high = tell(t.budget_at_least), tell(t.budget)
        between = "" if low == high else f" {high}; between them it is not proved"
        now = f" (it is {amount(case.community.mission)})" if found.known else ""
        said += f"up to a {what} of {low}{now}, and not above{between}"
    yield sentence(f"{said}.")


def _assumptions(found: Assessment) -> Iterator[Any]:
    about = ("community", "share", "rival.mission", "rival.portability", "rival.crowding")
    told = [
        assumption.text
        for assumption in found.assumptions
        if any(field.startswith(about) for field in assumption.about)
    ]
    if told:
        yield heading("Assumed, not known")
        yield bullets(told)
