"""The raid's answer on an 80-column terminal, for a reader who knows none of the terms."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from missiongame.assessment import Answer, Threshold, outcomes
from missiongame.cli.english import (
    heads,
    mixture,
    money,
    offer_text,
    part,
    people,
    policy_text,
    spread,
)
from missiongame.cli.layout import bullets, grid, heading, sentence, title
from missiongame.cli.raid.document import LARGEST
from missiongame.cli.raid.verdict import verdict
from missiongame.cli.screen import amount, percent, styled
from missiongame.contest import ContestEquilibria
from missiongame.scenarios import Words

EXPECT = {
    "least": "each other to stay",
    "robust": "neither for certain",
    "greatest": "each other to leave",
}
_MOST_ROWS = 4


def parts(answer: Answer) -> Iterator[Any]:
    """Yield what is printed, in order."""
    yield styled(answer.scenario.title, style="bold")
    yield from _who(answer)
    yield from _offer(answer)
    yield from _known(answer) if answer.known else _unknown(answer)
    yield from _contests(answer) if answer.known else _rung_contests(answer)
    yield from _assumptions(answer)
    yield heading("Verdict")
    yield sentence(verdict(answer))


def _who(answer: Answer) -> Iterator[Any]:
    case = answer.scenario
    community, words = case.community, case.words
    yield heading("Who the community is")
    yield sentence(
        f"{community.n:,} {words.members} make {amount(community.total)} {words.contributions} a "
        f"{words.period}; half of them come from {people(community.absence_factor(), words)}. "
        f"Gini coefficient {community.gini:.2f} (0: all alike; 1: one makes all).\n"
    )
    yield grid(
        ("the largest", "share of the work", f"{words.contributions} a {words.period} each"),
        _largest(answer),
    )


def _largest(answer: Answer) -> Iterator[tuple[str, str, str]]:
    community = answer.scenario.community
    places = [k for k in LARGEST if k < community.n]
    for k in [*places, community.n]:
        share = community.top_share(k)
        each = amount(share * float(community.total) / k)
        yield (f"{k:,}" if k < community.n else f"all {k:,}", percent(share), each)


def _offer(answer: Answer) -> Iterator[Any]:
    case = answer.scenario
    words = case.words
    yield heading(f"The offer: {offer_text(case.offer, words)}")
    aim, cost = float(answer.aim), float(answer.cost)
    captured = aim * float(case.community.total)
    whom = "" if answer.paid.all() else f"Those it pays make {part(aim)}. "
    bill = (
        f"If all accept, {words.rival} pays {money(cost, words)} a {words.period}: "
        f"{money(cost / captured, words)} for each of their {words.contributions}, which is worth "
        f"{money(case.rival.value, words)} to it. "
        if cost
        else f"{title(words.rival)} pays nobody. "
    )
    half = ", half of what those it pays make" if case.share is None and whom else ""
    yield sentence(f"{whom}{bill}The raid succeeds if {part(answer.share)} or more leaves{half}.")


def _known(answer: Answer) -> Iterator[Any]:
    words, mission = answer.scenario.words, float(answer.scenario.community.mission)
    yield heading("What the offer does")
    yield grid(
        (f"if {words.members} expect", "leave", "share of the work", f"{words.rival} pays"),
        (
            (
                EXPECT[name],
                heads(o.headcount),
                percent(o.defection),
                money(o.payroll, words),
            )
            for name, o in outcomes(answer.members).items()
        ),
    )
    if answer.members.robust is None and answer.members.reason:
        yield sentence(f"(Between the two none is singled out: {answer.members.reason}.)")
    yield heading(f"The critical mission, below which the raid succeeds (now {amount(mission)})")
    if answer.no_threshold:
        yield sentence(f"There is none to tell: {answer.no_threshold}.")
        return
    yield grid(
        (f"if {words.members} expect", "mission", f"worth a {words.period} to those it pays"),
        (
            (EXPECT[t.selection], *_critical(t.level, spread(t.worth, words)))
            for t in answer.thresholds
        ),
    )


def _critical(level: float, worth: str) -> tuple[str, str]:
    if level == 0:
        return "none needed", "–"
    return (amount(level), worth) if math.isfinite(level) else ("none is enough", "–")


def _unknown(answer: Answer) -> Iterator[Any]:
    words, (least, greatest) = answer.scenario.words, answer.thresholds
    yield heading("What staying would have to be worth")
    yield sentence(
        f"What {words.members} feel for {words.steward} is not known. Staying is worth purpose "
        "times mission to each, plus enjoyment, whatever others do."
    )
    if answer.no_threshold:
        yield sentence(f"There is no single value to tell: {answer.no_threshold}.")
        return
    if spread(least.worth, words) == spread(greatest.worth, words):
        worth = f"more than {spread(least.worth, words)}" if least.level else "anything at all"
        yield sentence(
            f"The raid fails if that is {worth} a {words.period}, whatever {words.members} expect "
            "of each other."
        )
    else:
        yield grid(
            (f"if {words.members} expect", f"the raid fails if it is worth, a {words.period}"),
            ((EXPECT[t.selection], _needed(t, words)) for t in answer.thresholds),
        )
    if answer.company is not None:
        yield sentence(_company(answer, answer.company))
    if answer.rungs:
        yield heading("What the offer does, if staying is worth")
        yield grid(
            (f"a {words.period}", "leave", "share of the work", f"{words.rival} pays"),
            _rungs(answer),
        )


def _needed(threshold: Threshold, words: Words) -> str:
    if threshold.level == 0:
        return "anything"
    if math.isinf(threshold.level):
        return "nothing is enough"
    return f"more than {spread(threshold.worth, words)}"


def _company(answer: Answer, company: float) -> str:
    words = answer.scenario.words
    return (
        "Instead of purpose, company could hold them: having all the others around would have to "
        f"be worth more than {money(company, words)} a {words.period} to each, and only as long "
        "as they expect each other to stay."
    )


def _rungs(answer: Answer) -> Iterator[tuple[str, ...]]:
    words = answer.scenario.words
    for rung in answer.rungs:
        named = outcomes(rung.members).values()
        low, high = min(named, key=_size), max(named, key=_size)
        yield (
            money(rung.worth, words),
            _range(heads(low.headcount), heads(high.headcount)),
            _range(percent(low.defection), percent(high.defection)),
            _range(money(low.payroll, words), money(high.payroll, words)),
        )


def _size(outcome: Any) -> int:
    return int(outcome.headcount)


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _contests(answer: Answer) -> Iterator[Any]:
    words = answer.scenario.words
    for name, equilibria in answer.contests.items():
        expecting = f", if {words.members} expect {EXPECT[name]}"
        yield heading(
            f"The contest: {words.steward} against {words.rival}"
            + (expecting if len(answer.contests) > 1 else "")
        )
        headings = (f"{words.steward} chooses", f"{words.rival} offers", "work that leaves")
        yield grid(headings, list(_equilibria(answer, equilibria)), left=2)
        yield sentence(_by_nashpy([equilibria]))
        if not equilibria.complete:
            yield sentence("(There may be more equilibria: the search was not finished.)")


def _rung_contests(answer: Answer) -> Iterator[Any]:
    words = answer.scenario.words
    if not answer.rungs:
        return
    rows = [
        (money(rung.worth, words) if k == 0 else "", *row)
        for rung in answer.rungs
        for k, row in enumerate(_equilibria(answer, rung.contest))
    ]
    yield heading(
        f"The contest: {words.steward} against {words.rival}, if {words.members} expect "
        "each other to stay and staying is worth"
    )
    headings = (f"a {words.period}", f"{words.steward} chooses", f"{words.rival} offers", "leaves")
    yield grid(headings, rows, left=3)
    yield sentence(_by_nashpy([rung.contest for rung in answer.rungs]))


def _by_nashpy(contests: list[ContestEquilibria]) -> str:
    """Say how many of the equilibria of some contests nashpy computed itself."""
    asked = [c for c in contests if c.found_by_nashpy is not None]
    found, all_ = sum(c.found_by_nashpy or 0 for c in asked), sum(map(len, contests))
    if not asked:
        return f"({contests[0].nashpy}.)"
    added = "" if found == all_ else "; the exact enumeration added the others"
    return f"(nashpy found {found} of these {all_}{added}.)"


def _equilibria(answer: Answer, equilibria: ContestEquilibria) -> Iterator[tuple[str, ...]]:
    """Yield a row for each of the steward's choices and defection: the rival's may be many."""
    words, contest = answer.scenario.words, equilibria.contest
    policies = [policy_text(p, words) for p in contest.policies]
    offers = [offer_text(o, words, period=False) for o in contest.offers]
    rows: dict[tuple[Fraction, str], list[str]] = {}
    for defection, e in zip(equilibria.defection, equilibria, strict=True):
        rows.setdefault((defection, mixture(e.row, policies)), []).append(mixture(e.column, offers))
    for defection, policy in sorted(rows)[:_MOST_ROWS]:
        others = len(rows[defection, policy]) - 1
        also = f", or {others} other choice{'s' if others > 1 else ''}" if others else ""
        yield policy, min(rows[defection, policy], key=len) + also, percent(defection)
    if len(rows) > _MOST_ROWS:
        yield f"… and {len(rows) - _MOST_ROWS} more", "", f"up to {percent(max(rows)[0])}"


def _assumptions(answer: Answer) -> Iterator[Any]:
    case = answer.scenario
    if case.assumptions:
        yield heading("Assumed, not known")
        yield bullets(assumption.text for assumption in case.assumptions)
    if case.claim:
        yield sentence(f"\nWhat is known, and from whom: missiongame scenarios {case.name}")
    elif case.facts:
        yield heading("Read")
        yield bullets(fact.text for fact in case.facts)
