"""From what breaking a case costs to a page for readers who know none of the terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from missiongame.assessment import PriceAssessment, amount, part, percent, title
from missiongame.cli.layout import bullets, grid, heading, sentence, table
from missiongame.cli.screen import plain, styled
from missiongame.price import Price

FIRST = 10
MATTER = 5


def parts(found: PriceAssessment) -> Iterator[Any]:
    """Yield what is printed, in order."""
    yield styled(found.scenario.title, style="bold")
    for section in (_unknown, _price, _order, _split, _curve, _matter, _even, _critical):
        yield from section(found)
    yield from _assumptions(found)
    yield heading("Verdict")
    yield sentence(found.verdict)


def _unknown(found: PriceAssessment) -> Iterator[Any]:
    words, money, told = found.words, found.english.money, found.revealed
    if found.known:
        return
    yield heading(f"What {words.members} feel for {words.steward} is not known")
    yield sentence(
        f"The price of {part(found.share)} is a function of it. If purpose times mission is "
        "worth the same to all,\n"
    )
    headings = (f"worth a {words.period}", "price", "a contribution", words.members)
    rows = (
        (money(found.worth(level)), _at_most(found, p), money(found.each(p)), f"{len(p.order):,}")
        for level, p in found.rungs
    )
    yield grid(headings, rows)
    if told is None or told.at_most is None:
        return
    most = money(found.worth(float(told.at_most)))
    said = (
        f"\nWhat choices reveal: at least {told.went:,} of the {told.members:,} largest were paid "
        f"and went, so to at least {percent(told.share_at_most[0])} of these it is worth {most} a "
        f"{words.period} at most."
    )
    if told.refused is None:
        said += " How many refused is not known, so that nothing bounds it from below."
    elif told.at_least is not None:
        least = money(found.worth(float(told.at_least)))
        said += f" {told.refused:,} refused: to these it is worth {least} at least."
    yield sentence(said)


def _at_most(found: PriceAssessment, price: Price) -> str:
    return ("" if price.optimal else "≤ ") + found.english.money(price.total)


def _price(found: PriceAssessment) -> Iterator[Any]:
    words, money, price = found.words, found.english.money, found.price
    opening, supposed = title(words.rival), "The price"
    if not found.known:
        each = money(found.supposed_worth)
        opening = f"Then {words.rival}"
        supposed = f"Suppose it is worth {each} a {words.period} to each: the price"
    yield heading(f"{supposed} of {part(found.share)}")
    if not price.total:
        yield sentence(f"{opening} need not pay anybody: they leave for certain unpaid.")
        return
    more = "" if price.captured == found.share else f", with {percent(price.captured)} of it"
    proof = f"No such offers cost less: proved ({price.method})."
    if not price.optimal:
        proof = (
            f"Proved: none cost less than {money(price.lower_bound)}. Cheaper ones than these, "
            f"by up to {percent(price.gap)}, may exist ({price.method})."
        )
    yield sentence(
        f"{opening} wins {part(found.share)} for certain, whatever {words.members} expect of "
        f"each other, by offers that all can see of just above {money(price.total)} a "
        f"{words.period} in all, to {found.english.people(len(price.order))}{more}. That is "
        f"{money(found.each(price))} for each of their {words.contributions}, which is worth "
        f"{money(found.scenario.rival.value)} to it. {proof}"
    )


def _order(found: PriceAssessment) -> Iterator[Any]:
    words, tell, price = found.words, found.english, found.price
    if not len(price.order):
        return
    rows = [
        (f"{place:,}", plain(who), amount(made), percent(captured), tell.money(pay))
        for place, who, made, captured, pay, *_ in found.order(FIRST)
    ]
    rest = price.pay[price.order[FIRST:]]
    if len(rest):
        rows.append(("…", f"{len(rest):,} more", "", percent(price.captured), tell.spread(rest)))
    headings = ("", "who", words.contributions, "won so far", f"pay a {words.period}")
    yield from table("Whom to approach, in order", headings, rows, left=2)


def _split(found: PriceAssessment) -> Iterator[Any]:
    words, money, reading = found.words, found.english.money, found.reading
    named = [n for n in reading.split if reading.split[n] or reading.values[n]]
    if not named or not found.price.total:
        return
    rows = [(n, *map(money, (reading.values[n], reading.split[n]))) for n in named]
    units = [reading.per_unit[n] for n in named]
    if len(named) > 1:
        rows.append(("together", money(reading.value), money(found.price.total)))
        units.append(found.per_unit)
    each = ("–" if unit is None else money(unit) for unit in units)
    unit_of = f"for each {money(1)}" if words.money else "for each unit"
    yield from table(
        "What the price pays for",
        ("", "worth to those approached", "in the price", unit_of),
        ((*row, unit) for row, unit in zip(rows, each, strict=True)),
    )
    yield sentence(_discount(found))


def _discount(found: PriceAssessment) -> str:
    words, money, reading = found.words, found.english.money, found.reading
    if found.nothing_lost:
        return "They are paid what staying together is worth to them: nothing is lost on them."
    if reading.discount < 0:
        return (
            f"They are paid {money(-reading.discount)} more than staying together is worth to "
            "them all: who would rather be gone cannot be charged for leaving."
        )
    why = [f"part of that they find again with {words.rival}"] if found.found_again else []
    why += ["they cannot refuse together"] if found.apart else []
    return (
        f"The coordination discount is {money(reading.discount)} a {words.period}: so much less "
        f"than staying together is worth to them suffices, because {', and '.join(why)}."
    )


def _curve(found: PriceAssessment) -> Iterator[Any]:
    words, money = found.words, found.english.money
    rows = []
    for share, price in zip(found.curve.shares, found.curve.prices, strict=True):
        least = "the same" if price.optimal else money(price.lower_bound)
        rows.append((percent(share), money(price.total), least, f"{len(price.order):,}"))
    headings = ("of the work", "price", "proved at least", words.members)
    yield from table("What a part of the work costs", headings, rows)


def _matter(found: PriceAssessment) -> Iterator[Any]:
    community, lost = found.community, found.reading.lost_without
    rows = [
        (plain(community.name(i)), percent(community.share[i]), found.english.money(lost[i]))
        for i in found.reading.who_matters(MATTER)
    ]
    if rows and found.known:
        headings = ("who", "of the work", "without it the price falls by")
        yield from table("Whose purpose the price hangs on most", headings, rows)


def _even(found: PriceAssessment) -> Iterator[Any]:
    even, price = found.even, found.price
    if even is None:
        return
    yield heading("If the work were spread evenly")
    said = "the price would be the same"
    if amount(even.total) != amount(price.total):
        said = f"the price would be {_at_most(found, even)} instead of {_at_most(found, price)}"
    said = (
        f"If all {found.words.members} made equally many (Gini coefficient "
        f"{found.community.gini:.2f}; evenly, 0), {said}."
    )
    if found.reading.values["ties"]:
        said += " Ties protect less the more concentrated the work is; purpose protects in full."
    yield sentence(said)


def _critical(found: PriceAssessment) -> Iterator[Any]:
    words, tell, critical = found.words, found.english, found.critical
    what = "mission" if found.known else "purpose"
    budget, whose = f"{tell.money(found.budget)} a {words.period}", ""
    if found.given_budget:
        budget = f"a budget of {budget}"
    else:
        offer = tell.offer(found.scenario.offer)
        whose = f", what its offer costs if all accept ({offer})"
    yield heading(f"The {what} that makes a budget too small")
    said = f"With {budget}{whose}, {words.rival} wins {part(found.share)} for certain "
    if critical.reason is not None:
        said += f"or not whatever {what} is, or no {what} divides: {critical.reason}."
    elif critical.low == float("inf"):
        said += "however strong the mission is."
    elif critical.high == 0:
        said += f"at no {what}, not even zero."
    else:
        said += _up_to(found)
    yield sentence(said)


def _up_to(found: PriceAssessment) -> str:
    ends = (found.critical.low, found.critical.high)
    if found.known:
        name, now = "a mission of", f" It is {amount(found.community.mission)}."
        low, high = map(amount, ends)
    else:
        name, now = "a worth of purpose of", ""
        low, high = (found.english.money(found.worth(end)) for end in ends)
    if low == high:
        return f"up to {name} {low}, and not above.{now}"
    return f"up to {name} {low}, and not above {high}; between them it is not proved.{now}"


def _assumptions(found: PriceAssessment) -> Iterator[Any]:
    about = ("community", "rival.mission", "rival.portability", "rival.crowding")
    told = [
        assumption.text
        for assumption in found.scenario.assumptions
        if any(field.startswith(about) for field in assumption.about)
    ]
    if told:
        yield heading("Assumed, not known")
        yield bullets(told)
