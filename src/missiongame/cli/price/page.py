"""What breaking a case costs in, a page of 80 columns out that needs none of the terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from missiongame.assessment import PriceAssessment, amount, part, percent, title
from missiongame.cli.layout import bullets, grid, heading, sentence
from missiongame.cli.screen import plain, styled
from missiongame.price import Price

FIRST = 10
MATTER = 5


def parts(found: PriceAssessment) -> Iterator[Any]:
    """Yield what is printed, in order."""
    yield styled(found.scenario.title, style="bold")
    if not found.known:
        yield from _unknown(found)
    yield from _price(found)
    yield from _order(found)
    yield from _split(found)
    yield from _curve(found)
    if found.known:
        yield from _matter(found)
    yield from _even(found)
    yield from _critical(found)
    yield from _assumptions(found)
    yield heading("Verdict")
    yield sentence(found.verdict)


def _unknown(found: PriceAssessment) -> Iterator[Any]:
    words, money, told = found.words, found.english.money, found.revealed
    yield heading(f"What {words.members} feel for {words.steward} is not known")
    yield sentence(
        f"The price of {part(found.share)} is a function of it. If purpose times mission is "
        "worth the same to all,\n"
    )
    yield grid(
        (f"worth a {words.period}", "price", "a contribution", words.members),
        (
            (
                money(found.worth(level)),
                _at_most(found, price),
                money(found.each(price)),
                f"{len(price.order):,}",
            )
            for level, price in found.rungs
        ),
    )
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
    words, tell = found.words, found.english
    if not found.order:
        return
    rows = [
        (
            f"{a.place:,}",
            plain(a.member),
            amount(a.contribution),
            percent(a.captured),
            tell.money(a.pay),
        )
        for a in found.order[:FIRST]
    ]
    rest = [a.pay for a in found.order[FIRST:]]
    if rest:
        won = percent(found.price.captured)
        rows.append(("…", f"{len(rest):,} more", "", won, tell.spread(rest)))
    yield heading("Whom to approach, in order")
    headings = ("", "who", words.contributions, "won so far", f"pay a {words.period}")
    yield grid(headings, rows, left=2)


def _split(found: PriceAssessment) -> Iterator[Any]:
    words, money, reading = found.words, found.english.money, found.reading
    named = [n for n in reading.split if reading.split[n] or reading.values[n]]
    if not named or not found.price.total:
        return
    units: list[tuple[str, float, float, float | None]] = [
        (name, reading.values[name], reading.split[name], reading.per_unit[name]) for name in named
    ]
    if len(named) > 1:
        units.append(("together", reading.value, found.price.total, found.per_unit))
    unit_of = f"for each {money(1)}" if words.money else "for each unit"
    yield heading("What the price pays for")
    yield grid(
        ("", "worth to those approached", "in the price", unit_of),
        (
            (name, money(worth), money(paid), "–" if unit is None else money(unit))
            for name, worth, paid, unit in units
        ),
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
    yield heading("What a part of the work costs")
    yield grid(
        ("of the work", "price", "proved at least", words.members),
        (
            (
                percent(share),
                money(price.total),
                "the same" if price.optimal else money(price.lower_bound),
                f"{len(price.order):,}",
            )
            for share, price in zip(found.curve.shares, found.curve.prices, strict=True)
        ),
    )


def _matter(found: PriceAssessment) -> Iterator[Any]:
    community, lost = found.community, found.reading.lost_without
    who = found.reading.who_matters(MATTER)
    if not who:
        return
    yield heading("Whose purpose the price hangs on most")
    yield grid(
        ("who", "of the work", "without it the price falls by"),
        (
            (plain(community.name(i)), percent(community.share[i]), found.english.money(lost[i]))
            for i in who
        ),
    )


def _even(found: PriceAssessment) -> Iterator[Any]:
    even, price = found.even, found.price
    if even is None:
        return
    yield heading("If the work were spread evenly")
    said = "the price would be the same"
    if amount(even.total) != amount(price.total):
        said = f"the price would be {_at_most(found, even)} instead of {_at_most(found, price)}"
    company = ""
    if found.reading.values["ties"]:
        company = " Ties protect less the more concentrated the work is; purpose protects in full."
    yield sentence(
        f"If all {found.words.members} made equally many (Gini coefficient "
        f"{found.community.gini:.2f}; evenly, 0), {said}.{company}"
    )


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
