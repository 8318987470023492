"""From what a raid does to a case to a page for readers who know none of the terms."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from missiongame.assessment import (
    RaidAssessment,
    amount,
    heads,
    mixture,
    outcomes,
    part,
    percent,
    title,
)
from missiongame.cli.layout import bullets, grid, heading, sentence, table
from missiongame.cli.screen import styled

if TYPE_CHECKING:
    from missiongame.assessment import Rung
    from missiongame.contest import ContestEquilibria
    from missiongame.members import Outcome

EXPECT = {
    "least": "each other to stay",
    "robust": "neither for certain",
    "greatest": "each other to leave",
}
_MOST_ROWS = 4


def parts(found: RaidAssessment) -> Iterator[Any]:
    """Yield what is printed, in order."""
    yield styled(found.scenario.title, style="bold")
    yield from _who(found)
    yield from _offer(found)
    yield from _known(found) if found.known else _unknown(found)
    yield from _contests(found) if found.known else _rung_contests(found)
    yield from _assumptions(found)
    yield heading("Verdict")
    yield sentence(found.verdict)


def _who(found: RaidAssessment) -> Iterator[Any]:
    community, words = found.scenario.community, found.words
    yield heading("Who the community is")
    yield sentence(
        f"{community.n:,} {words.members} make {amount(community.total)} {words.contributions} a "
        f"{words.period}; half of them come from "
        f"{found.english.people(community.absence_factor())}. "
        f"Gini coefficient {community.gini:.2f} (0: all alike; 1: one makes all).\n"
    )
    headings = ("the largest", "share of the work", f"{words.contributions} a {words.period} each")
    made, n = float(community.total), community.n
    rows = [(f"{k:,}", percent(s), amount(s * made / k)) for k, s in found.top_shares.items()]
    yield grid(headings, [*rows, (f"all {n:,}", percent(1), amount(made / n))])


def _offer(found: RaidAssessment) -> Iterator[Any]:
    case, words, money = found.scenario, found.words, found.english.money
    yield heading(f"The offer: {found.english.offer(case.offer)}")
    whom = "" if found.paid.all() else f"Those it pays make {part(float(found.aim))}. "
    bill = f"{title(words.rival)} pays nobody. "
    if found.cost:
        bill = (
            f"If all accept, {words.rival} pays {money(found.cost)} a {words.period}: "
            f"{money(found.cost_each)} for each of their {words.contributions}, which is worth "
            f"{money(case.rival.value)} to it. "
        )
    half = ", half of what those it pays make" if case.share is None and whom else ""
    yield sentence(f"{whom}{bill}The raid succeeds if {part(found.share)} or more leaves{half}.")


def _known(found: RaidAssessment) -> Iterator[Any]:
    words, tell, mission = found.words, found.english, float(found.scenario.community.mission)
    yield from table(
        "What the offer does",
        (f"if {words.members} expect", "leave", "share of the work", f"{words.rival} pays"),
        ((EXPECT[name], *_cells(found, o)) for name, o in outcomes(found.members).items()),
    )
    if found.members.robust is None and found.members.reason:
        yield sentence(f"(Between the two none is singled out: {found.members.reason}.)")
    critical = f"The critical mission, below which the raid succeeds (now {amount(mission)})"
    if found.no_threshold:
        yield heading(critical)
        yield sentence(f"There is none to tell: {found.no_threshold}.")
        return
    rows = []
    for t in found.thresholds:
        level, worth = amount(t.level), tell.spread(t.worth)
        if t.level == 0 or math.isinf(t.level):
            level, worth = "none is enough" if t.level else "none needed", "–"
        rows.append((EXPECT[t.selection], level, worth))
    expect, worth = f"if {words.members} expect", f"worth a {words.period} to those it pays"
    yield from table(critical, (expect, "mission", worth), rows)


def _unknown(found: RaidAssessment) -> Iterator[Any]:
    words, tell = found.words, found.english
    yield heading("What staying would have to be worth")
    yield sentence(
        f"What {words.members} feel for {words.steward} is not known. Staying is worth purpose "
        "times mission to each, plus enjoyment, whatever others do."
    )
    if found.no_threshold:
        yield sentence(f"There is no single value to tell: {found.no_threshold}.")
        return
    least, greatest = (tell.spread(threshold.worth) for threshold in found.thresholds)
    if least == greatest:
        worth = f"more than {least}" if found.thresholds[0].level else "anything at all"
        yield sentence(
            f"The raid fails if that is {worth} a {words.period}, whatever {words.members} expect "
            "of each other."
        )
    else:
        needed = {0.0: "anything", math.inf: "nothing is enough"}
        yield grid(
            (f"if {words.members} expect", f"the raid fails if it is worth, a {words.period}"),
            (
                (EXPECT[t.selection], needed.get(t.level, f"more than {tell.spread(t.worth)}"))
                for t in found.thresholds
            ),
        )
    if found.company is not None:
        yield sentence(
            "Instead of purpose, company could hold them: having all the others around would have "
            f"to be worth more than {tell.money(found.company)} a {words.period} to each, and "
            "only as long as they expect each other to stay."
        )
    if found.rungs:
        yield from table(
            "What the offer does, if staying is worth",
            (f"a {words.period}", "leave", "share of the work", f"{words.rival} pays"),
            ((tell.money(rung.worth), *_range(found, rung)) for rung in found.rungs),
        )


def _range(found: RaidAssessment, rung: Rung) -> Iterator[str]:
    for low, high in zip(*(_cells(found, outcome) for outcome in rung.ends), strict=True):
        yield low if low == high else f"{low} to {high}"


def _cells(found: RaidAssessment, outcome: Outcome) -> tuple[str, str, str]:
    paid = found.english.money(outcome.payroll)
    return heads(outcome.headcount), percent(outcome.defection), paid


def _contests(found: RaidAssessment) -> Iterator[Any]:
    words = found.words
    headings = (f"{words.steward} chooses", f"{words.rival} offers", "work that leaves")
    for name, equilibria in found.contests.items():
        what = f"The contest: {words.steward} against {words.rival}"
        if len(found.contests) > 1:
            what += f", if {words.members} expect {EXPECT[name]}"
        yield from table(what, headings, list(_equilibria(found, equilibria)), left=2)
        yield sentence(_by_nashpy([equilibria]))
        if not equilibria.complete:
            yield sentence("(There may be more equilibria: the search was not finished.)")


def _rung_contests(found: RaidAssessment) -> Iterator[Any]:
    words = found.words
    if not found.rungs:
        return
    rows = [
        (found.english.money(rung.worth) if k == 0 else "", *row)
        for rung in found.rungs
        for k, row in enumerate(_equilibria(found, rung.contest))
    ]
    what = (
        f"The contest: {words.steward} against {words.rival}, if {words.members} expect "
        "each other to stay and staying is worth"
    )
    headings = (f"a {words.period}", f"{words.steward} chooses", f"{words.rival} offers", "leaves")
    yield from table(what, headings, rows, left=3)
    yield sentence(_by_nashpy([rung.contest for rung in found.rungs]))


def _by_nashpy(contests: list[ContestEquilibria]) -> str:
    """Say how many of the equilibria of some contests nashpy computed itself."""
    asked = [c for c in contests if c.found_by_nashpy is not None]
    found, all_ = sum(c.found_by_nashpy or 0 for c in asked), sum(map(len, contests))
    if not asked:
        return f"({contests[0].nashpy}.)"
    others = "the other" if all_ - found == 1 else "the others"
    added = "" if found == all_ else f"; the exact enumeration added {others}"
    return f"(nashpy found {found} of these {all_}{added}.)"


def _equilibria(found: RaidAssessment, equilibria: ContestEquilibria) -> Iterator[tuple[str, ...]]:
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


def _assumptions(found: RaidAssessment) -> Iterator[Any]:
    case = found.scenario
    if case.assumptions:
        yield heading("Assumed, not known")
        yield bullets(assumption.text for assumption in case.assumptions)
    if case.claim:
        yield sentence(f"\nWhat is known, and from whom: missiongame scenarios {case.name}")
    elif case.facts:
        yield heading("Read")
        yield bullets(fact.text for fact in case.facts)
