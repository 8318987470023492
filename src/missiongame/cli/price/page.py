"""The price on an 80-column terminal, for a reader who knows none of the terms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from missiongame.assessment import PriceAnswer
from missiongame.cli.english import money, offer_text, part, people
from missiongame.cli.layout import bullets, grid, heading, sentence, title
from missiongame.cli.price.verdict import verdict, worth
from missiongame.cli.screen import amount, percent, plain, styled
from missiongame.price import Price
from missiongame.revealed import Counts

FIRST = 10
MATTER = 5


def parts(answer: PriceAnswer) -> Iterator[Any]:
    """Yield what is printed, in order."""
    yield styled(answer.scenario.title, style="bold")
    if not answer.known:
        yield from _unknown(answer)
    yield from _price(answer)
    yield from _order(answer)
    yield from _split(answer)
    yield from _curve(answer)
    if answer.known:
        yield from _matter(answer)
    yield from _even(answer)
    yield from _critical(answer)
    yield from _assumptions(answer)
    yield heading("Verdict")
    yield sentence(verdict(answer))


def _unknown(answer: PriceAnswer) -> Iterator[Any]:
    words = answer.scenario.words
    yield heading(f"What {words.members} feel for {words.steward} is not known")
    yield sentence(
        f"The price of {part(answer.share)} is a function of it. If purpose times mission is "
        "worth the same to all,\n"
    )
    rows = []
    for level, price in answer.rungs:
        rows.append(
            (
                money(worth(answer, level), words),
                _at_most(price) + money(price.total, words),
                money(_each(price), words),
                f"{len(price.order):,}",
            )
        )
    headings = (f"worth a {words.period}", "price", "a contribution", words.members)
    yield grid(headings, rows)
    told = answer.revealed
    if told is not None and told.at_most is not None:
        yield sentence("\n" + _revealed(answer, told))


def _revealed(answer: PriceAnswer, told: Counts) -> str:
    words = answer.scenario.words
    most = money(worth(answer, float(told.at_most or 0)), words)
    said = (
        f"What choices reveal: at least {told.went:,} of the {told.members:,} largest were paid "
        f"and went, so to at least {percent(told.share_at_most[0])} of these it is worth {most} a "
        f"{words.period} at most."
    )
    if told.refused is None:
        return said + " How many refused is not known, so that nothing bounds it from below."
    if told.at_least is None:
        return said
    least = money(worth(answer, float(told.at_least)), words)
    return said + f" {told.refused:,} refused: to these it is worth {least} at least."


def _at_most(price: Price) -> str:
    return "" if price.optimal else "≤ "


def _each(price: Price) -> float:
    return price.total / float(price.captured * price.community.total)


def _price(answer: PriceAnswer) -> Iterator[Any]:
    words, price = answer.scenario.words, answer.price
    if answer.known:
        yield heading(f"The price of {part(answer.share)}")
        opening = title(words.rival)
    else:
        supposed = money(worth(answer, answer.purpose or 0), words)
        yield heading(
            f"Suppose it is worth {supposed} a {words.period} to each: "
            f"the price of {part(answer.share)}"
        )
        opening = f"Then {words.rival}"
    if not price.total:
        yield sentence(f"{opening} need not pay anybody: they leave for certain unpaid.")
        return
    more = "" if price.captured == answer.share else f", with {percent(price.captured)} of it"
    yield sentence(
        f"{opening} wins {part(answer.share)} for certain, whatever {words.members} expect of "
        f"each other, by offers that all can see of just above {money(price.total, words)} a "
        f"{words.period} in all, to {people(len(price.order), words)}{more}. That is "
        f"{money(_each(price), words)} for each of their "
        f"{words.contributions}, which is worth {money(answer.scenario.rival.value, words)} "
        f"to it. {proof(price, answer)}"
    )


def proof(price: Price, answer: PriceAnswer) -> str:
    """Say what is proved of the price."""
    words = answer.scenario.words
    if price.optimal:
        return f"No such offers cost less: proved ({price.method})."
    return (
        f"Proved: none cost less than {money(price.lower_bound, words)}. Cheaper ones than these, "
        f"by up to {percent(price.gap)}, may exist ({price.method})."
    )


def _order(answer: PriceAnswer) -> Iterator[Any]:
    words, price, community = answer.scenario.words, answer.price, answer.community
    if not len(price.order):
        return
    yield heading("Whom to approach, in order")
    captured, rows = Fraction(0), []
    for place, i in enumerate(price.order[:FIRST].tolist(), 1):
        captured += Fraction(community.contribution[i])
        rows.append(
            (
                f"{place:,}",
                plain(community.name(i)),
                amount(community.contribution[i]),
                percent(captured / community.total),
                money(price.pay[i], words),
            )
        )
    rest = price.order[FIRST:]
    if len(rest):
        pays = price.pay[rest]
        span = f"{money(pays.min(), words)} to {money(pays.max(), words)}"
        low = money(pays.min(), words)
        rows.append(
            (
                "…",
                f"{len(rest):,} more",
                "",
                percent(price.captured),
                low if span == f"{low} to {low}" else span,
            )
        )
    headings = ("", "who", words.contributions, "won so far", f"pay a {words.period}")
    yield grid(headings, rows, left=2)


def _split(answer: PriceAnswer) -> Iterator[Any]:
    words, reading = answer.scenario.words, answer.reading
    if not answer.price.total:
        return
    named = [n for n in reading.split if reading.split[n] or reading.values[n]]
    if not named:
        return
    yield heading("What the price pays for")
    rows = []
    for name in named:
        unit = reading.per_unit[name]
        rows.append(
            (
                name,
                money(reading.values[name], words),
                money(reading.split[name], words),
                "–" if unit is None else money(unit, words),
            )
        )
    if len(named) > 1:
        whole = answer.price.total / reading.value if reading.value > 0 else None
        rows.append(
            (
                "together",
                money(reading.value, words),
                money(answer.price.total, words),
                "–" if whole is None else money(whole, words),
            )
        )
    unit_of = f"for each {money(1, words)}" if words.money else "for each unit"
    yield grid(("", "worth to those approached", "in the price", unit_of), rows)
    yield sentence(_discount(answer))


def _discount(answer: PriceAnswer) -> str:
    words, discount, rival = answer.scenario.words, answer.reading.discount, answer.scenario.rival
    if abs(discount) < 1e-9 * max(1.0, abs(answer.reading.value)):
        return "They are paid what staying together is worth to them: nothing is lost on them."
    if discount < 0:
        return (
            f"They are paid {money(-discount, words)} more than staying together is worth to "
            "them all: who would rather be gone cannot be charged for leaving."
        )
    reading = answer.reading
    found = rival.mission != 0 or (rival.portability != 0 and reading.values["ties"] != 0)
    apart = reading.split["ties"] < reading.values["ties"]
    why = [f"part of that they find again with {words.rival}"] if found else []
    why += ["they cannot refuse together"] if apart else []
    return (
        f"The coordination discount is {money(discount, words)} a {words.period}: so much less "
        f"than staying together is worth to them suffices, because {', and '.join(why)}."
    )


def _curve(answer: PriceAnswer) -> Iterator[Any]:
    words = answer.scenario.words
    yield heading("What a part of the work costs")
    yield grid(
        ("of the work", "price", "proved at least", words.members),
        (
            (
                percent(share),
                money(price.total, words),
                "the same" if price.optimal else money(price.lower_bound, words),
                f"{len(price.order):,}",
            )
            for share, price in zip(answer.curve.shares, answer.curve.prices, strict=True)
        ),
    )


def _matter(answer: PriceAnswer) -> Iterator[Any]:
    words, reading = answer.scenario.words, answer.reading
    who = reading.who_matters(MATTER)
    if not who:
        return
    yield heading("Whose purpose the price hangs on most")
    community = answer.community
    yield grid(
        ("who", "of the work", "without it the price falls by"),
        (
            (
                plain(community.name(i)),
                percent(community.share[i]),
                money(reading.lost_without[i], words),
            )
            for i in who
        ),
    )


def _even(answer: PriceAnswer) -> Iterator[Any]:
    words, even, price = answer.scenario.words, answer.even, answer.price
    if even is None:
        return
    yield heading("If the work were spread evenly")
    before = _at_most(price) + money(price.total, words)
    gini = f"(Gini coefficient {answer.community.gini:.2f}; evenly, 0)"
    if amount(even.total) == amount(price.total):
        said = "the price would be the same"
    else:
        after = _at_most(even) + money(even.total, words)
        said = f"the price would be {after} instead of {before}"
    company = (
        " Ties protect less the more concentrated the work is; purpose protects in full."
        if answer.reading.values["ties"]
        else ""
    )
    yield sentence(f"If all {words.members} made equally many {gini}, {said}.{company}")


def _critical(answer: PriceAnswer) -> Iterator[Any]:
    words, critical = answer.scenario.words, answer.critical
    if answer.given_budget:
        whose = f"With a budget of {money(answer.budget, words)} a {words.period}"
    else:
        whose = (
            f"With {money(answer.budget, words)} a {words.period}, what its offer costs if all "
            f"accept ({offer_text(answer.scenario.offer, words)})"
        )
    what = "mission" if answer.known else "purpose"
    yield heading(f"The {what} that makes a budget too small")
    said = f"{whose}, {words.rival} wins {part(answer.share)} for certain "
    if critical.reason is not None:
        yield sentence(f"{said}or not whatever {what} is, or no {what} divides: {critical.reason}.")
        return
    yield sentence(said + _up_to(answer))


def _up_to(answer: PriceAnswer) -> str:
    words, critical = answer.scenario.words, answer.critical
    if critical.low == float("inf"):
        return "however strong the mission is."
    if critical.high == 0:
        return "at no mission, not even zero." if answer.known else "at no purpose, not even zero."
    if answer.known:
        low, high = amount(critical.low), amount(critical.high)
        now = f" It is {amount(answer.community.mission)}."
        name = "a mission of "
    else:
        low, high = (money(worth(answer, v), words) for v in (critical.low, critical.high))
        now, name = "", "a worth of purpose of "
    if low == high:
        return f"up to {name}{low}, and not above.{now}"
    return f"up to {name}{low}, and not above {high}; between them it is not proved.{now}"


def _assumptions(answer: PriceAnswer) -> Iterator[Any]:
    case = answer.scenario
    about = ("community", "rival.mission", "rival.portability", "rival.crowding")
    told = [a.text for a in case.assumptions if any(field.startswith(about) for field in a.about)]
    if told:
        yield heading("Assumed, not known")
        yield bullets(told)
