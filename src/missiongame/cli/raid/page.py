"""From an assessment to the page of `missiongame raid`, for readers who know none of the terms."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from missiongame.assessment import (
    Assessment,
    Case,
    Lever,
    amount,
    heads,
    mixture,
    part,
    percent,
    work,
)
from missiongame.cli.layout import bullets, grid, heading, sentence, table
from missiongame.cli.price_table import cost, costs_of_shares
from missiongame.cli.screen import plain, styled
from missiongame.contest import ContestEquilibria
from missiongame.members import Outcome
from missiongame.price import BestRaid

EXPECT = {
    "least": "each other to stay",
    "robust": "neither for certain",
    "greatest": "each other to leave",
}
_MOST_ROWS = 4
_LEVERS, _GONE = 5, 3


def parts(found: Assessment) -> Iterator[Any]:
    """Yield what is printed, in order: the answer, and what it rests on."""
    yield styled(found.scenario.title, style="bold")
    yield sentence(f"\n{found.verdict}")
    yield from _who(found)
    yield from _offer(found)
    yield from _known(found) if found.known else _unknown(found)
    if found.priceable:
        yield from costs_of_shares(found)
        yield from _levers(found)
    yield from _contests(found)
    yield from _assumptions(found)


def _who(found: Assessment) -> Iterator[Any]:
    community, words = found.scenario.community, found.words
    made, n = float(community.total), community.n
    rows = [(f"{k:,}", percent(s), amount(s * made / k)) for k, s in found.top_shares.items()]
    headings = ("the largest", "share of the work", f"{words.contributions} {words.a_period} each")
    rows.append((f"all {n:,}", percent(1), amount(made / n)))
    yield from table(f"Who makes the {words.contributions}", headings, rows)


def _offer(found: Assessment) -> Iterator[Any]:
    case, words, money = found.scenario, found.words, found.english.money
    yield heading(f"The offer as made: {found.english.offer(case.offer)}")
    if not found.cost:
        yield sentence(found.english.sentence(f"{words.rival} pays nobody."))
        return
    paid = int(found.paid.sum())
    whom = "all" if found.paid.all() else f"the {paid:,} whom it pays"
    accept = "the one whom it pays accepts" if paid == 1 else f"{whom} accept"
    each = found.cost / (found.aim * case.community.total)
    yield sentence(
        f"If {accept}, {words.rival} pays {money(found.cost)} {words.a_period} and has "
        f"{part(found.aim)}: {money(each)} for each of their {words.contributions}, worth "
        f"{money(case.rival.value)} to it."
    )


def _known(found: Assessment) -> Iterator[Any]:
    words, case = found.words, found.cases[0]
    rows = [
        (f"the offer, if they expect {EXPECT[name]}", *_cells(found, o))
        for name, o in case.outcomes.items()
    ]
    if len({cells[1:] for cells in rows}) == 1:
        rows = [("the offer, whatever they expect", *rows[0][1:])]
    if found.priceable:
        rows.append((f"{_that_sum(found)}, for certain", *_raided(found, case.best_raid)))
    headings = ("", "leave", "share of the work", f"{words.rival} pays")
    yield from table(f"What the money does, {words.a_period}", headings, rows)
    if "robust" not in case.outcomes and case.participation.reason:
        yield sentence(f"(Between the two none is singled out: {case.participation.reason}.)")


def _unknown(found: Assessment) -> Iterator[Any]:
    words, tell = found.words, found.english
    what = f"What the money does, by what staying is worth to each of the {words.members}"
    rows = [
        (tell.money(case.worth), *_offered(case), *_raided(found, case.best_raid)[:2])
        for case in found.cases
    ]
    if rows:
        spent = _that_sum(found)
        headings = (f"{words.a_period}", "the offer: leave", "of the work", spent, "of the work")
        yield from table(what, headings, rows)
    if found.company is not None and found.company < math.inf and found.threshold.offer:
        enough = tell.money(found.company)
        yield sentence(
            f"\nInstead of the mission, company could hold them against the offer: having all the "
            f"others around would have to be worth more than {enough} {words.a_period} to each, "
            "and only as long as they expect each other to stay."
        )


def _that_sum(found: Assessment) -> str:
    return f"{found.english.money(found.budget)} spent best"


def _offered(case: Case) -> tuple[str, str]:
    if not case.outcomes:
        return "–", "–"
    low, *_, high = [*case.outcomes.values()] * 2  # one may be both
    return (
        _range(heads(low.headcount), heads(high.headcount)),
        _range(percent(low.defection), percent(high.defection)),
    )


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _cells(found: Assessment, outcome: Outcome) -> tuple[str, str, str]:
    paid = found.english.money(outcome.payroll)
    return heads(outcome.headcount), percent(outcome.defection), paid


def _raided(found: Assessment, raid: BestRaid) -> tuple[str, str, str]:
    least, most = percent(raid.share_at_least), percent(raid.share_at_most)
    return heads(len(raid.order)), _range(least, most), found.english.money(raid.total)


def _levers(found: Assessment) -> Iterator[Any]:
    useful = [lever for lever in found.levers if lever.adds[1] > 0][:_LEVERS]
    rows = [(lever.step, _ends(found, lever.adds), _each(found, lever)) for lever in useful]
    now = cost(found, found.price)
    if found.in_multiples:
        now += " time" if now == "1" else " times"
    if rows:
        what = f"What would raise the price of {work(found.share)} (now {now})"
        yield from table(what, ("if", "adds", "that is"), rows)
    gone = [d for d in found.departures if d.lowers[0] > 0][:_GONE]
    if gone:
        who = [(plain(d.name), _ends(found, d.lowers)) for d in gone]
        yield from table("Whose leaving would lower it most", ("if they leave", "by"), who)


def _ends(found: Assessment, ends: tuple[Fraction, Fraction]) -> str:
    tell = amount if found.in_multiples else found.english.money
    return _range(*(tell(max(end, Fraction(0))) for end in ends))


def _each(found: Assessment, lever: Lever) -> str:
    """Say what a unit of a lever adds."""
    if lever.per_unit is None:
        return ""
    one = found.english.money(1)
    unit = {
        "part": f"for each {one} to each",
        "money": f"for each {one} to each",
        "contributions": f"for each {found.words.contribution} moved",
        "mission": f"for each {one} spent",
    }[lever.measure]
    return f"{_ends(found, lever.per_unit)} {unit}"


def _contests(found: Assessment) -> Iterator[Any]:
    words = found.words
    rows, contests = [], []
    for case in found.cases:
        for selection, equilibria in case.contests.items():
            contests.append(equilibria)
            about = found.english.money(case.worth) if not found.known else EXPECT[selection]
            for k, row in enumerate(_equilibria(found, equilibria)):
                rows.append((about if k == 0 else "", *row))
            if not found.known:
                break
    if not rows:
        return
    yield heading(f"Where {words.steward} and {words.rival} answer each other")
    if not found.known:
        yield sentence(f"If {words.members} expect each other to stay, and staying is worth")
    first = f"if {words.members} expect" if found.known else f"{words.a_period}"
    headings = (first, f"{words.steward} chooses", f"{words.rival} offers", "leaves")
    yield grid(headings, rows, left=3)
    yield sentence(_by_nashpy(contests))
    if not all(equilibria.complete for equilibria in contests):
        yield sentence("(There may be more equilibria: the search was not finished.)")


def _by_nashpy(contests: list[ContestEquilibria]) -> str:
    """Say how many of the equilibria of some contests nashpy computed itself."""
    asked = [c for c in contests if c.found_by_nashpy is not None]
    found, all_ = sum(c.found_by_nashpy or 0 for c in asked), sum(map(len, contests))
    if not asked:
        return f"({contests[0].nashpy}.)"
    others = "the other" if all_ - found == 1 else "the others"
    added = "" if found == all_ else f"; the exact enumeration added {others}"
    return f"(nashpy found {found} of these {all_}{added}.)"


def _equilibria(found: Assessment, equilibria: ContestEquilibria) -> Iterator[tuple[str, ...]]:
    """Yield a row for each of the steward's choices and defection: the rival's may be many."""
    tell, contest = found.english, equilibria.contest
    policies = [tell.policy(p) for p in contest.policies]
    offers = [tell.offer(o, period=False) for o in contest.offers]
    rows: dict[tuple[Fraction, str], list[str]] = {}
    for defection, e in zip(equilibria.defection, equilibria, strict=True):
        rows.setdefault((defection, mixture(e.row, policies)), []).append(mixture(e.column, offers))
    for defection, policy in sorted(rows)[:_MOST_ROWS]:
        others = len(rows[defection, policy]) - 1
        also = f", or {others} other choice{'s' if others > 1 else ''}" if others else ""
        yield policy, min(rows[defection, policy], key=len) + also, percent(defection)
    if len(rows) > _MOST_ROWS:
        yield f"… and {len(rows) - _MOST_ROWS} more", "", f"up to {percent(max(rows)[0])}"


def _assumptions(found: Assessment) -> Iterator[Any]:
    case = found.scenario
    if case.assumptions:
        yield heading("Assumed, not known")
        yield bullets(assumption.text for assumption in case.assumptions)
    if case.claim:
        yield sentence(f"\nWhat is known, and from whom: missiongame scenarios {case.name}")
    elif case.facts:
        yield heading("Read")
        yield bullets(fact.text for fact in case.facts)
