"""The raid's answer on an 80-column terminal, for a reader who knows none of the terms."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

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
from missiongame.cli.raid.answer import Answer, outcomes
from missiongame.cli.raid.document import LARGEST
from missiongame.cli.raid.verdict import verdict
from missiongame.cli.screen import amount, percent
from missiongame.contest import ContestEquilibria

EXPECT = {
    "least": "each other to stay",
    "robust": "neither for certain",
    "greatest": "each other to leave",
}
_MOST_EQUILIBRIA = 4


def parts(answer: Answer) -> Iterator[Any]:
    """Yield what is printed, in order."""
    yield Text(answer.scenario.title, style="bold")
    yield from _who(answer)
    yield from _offer(answer)
    yield from _known(answer) if answer.known else _unknown(answer)
    yield from _contests(answer) if answer.known else _rung_contests(answer)
    yield from _assumptions(answer)
    yield _heading("Verdict")
    yield _text(verdict(answer))


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _heading(words: str) -> Text:
    return Text(f"\n{words}", style="bold")


def _text(sentence: str) -> Padding:
    return Padding(Text(sentence), (0, 0, 0, 2))


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> Table:
    """Return a table whose first `left` columns are words and whose others are amounts."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 2))
    for k, heading in enumerate(headings):
        made.add_column(heading, justify="left" if k < left else "right", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def _who(answer: Answer) -> Iterator[Any]:
    case = answer.scenario
    community, words = case.community, case.words
    yield _heading("Who the community is")
    yield _text(
        f"{community.n:,} {words.members} make {amount(community.total)} {words.contributions} a "
        f"{words.period}; half of them come from {people(community.absence_factor(), words)}. "
        f"Gini coefficient {community.gini:.2f} (0: all alike; 1: one makes all).\n"
    )
    yield _table(
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
    yield _heading(f"The offer: {offer_text(case.offer, words)}")
    aim, cost = float(answer.aim), float(answer.cost)
    captured = aim * float(case.community.total)
    whom = "" if answer.paid.all() else f"Those it pays make {part(aim)}. "
    bill = (
        f"If all accept, {words.rival} pays {money(cost, words)} a {words.period}: "
        f"{money(cost / captured, words)} for each of their {words.contributions}, which is worth "
        f"{money(case.rival.value, words)} to it. "
        if cost
        else f"{_title(words.rival)} pays nobody. "
    )
    half = ", half of what those it pays make" if case.share is None and whom else ""
    yield _text(f"{whom}{bill}The raid succeeds if {part(answer.share)} or more leaves{half}.")


def _known(answer: Answer) -> Iterator[Any]:
    words, mission = answer.scenario.words, float(answer.scenario.community.mission)
    yield _heading("What the offer does")
    yield _table(
        (f"if {words.members} expect", "leave", "share of the work", f"{words.rival} pays"),
        (
            (
                EXPECT[name],
                people(o.headcount, words),
                percent(o.defection),
                money(o.payroll, words),
            )
            for name, o in outcomes(answer.members).items()
        ),
    )
    if answer.members.robust is None and answer.members.reason:
        yield _text(f"(Between the two none is singled out: {answer.members.reason}.)")
    yield _heading(f"The critical mission, below which the raid succeeds (now {amount(mission)})")
    yield _table(
        (f"if {words.members} expect", "mission", f"worth a {words.period} to those it pays"),
        ((EXPECT[t.selection], amount(t.level), spread(t.worth, words)) for t in answer.thresholds),
    )


def _critical(level: float, worth: str) -> tuple[str, str]:
    if level == 0:
        return "none needed", "–"
    return (amount(level), worth) if math.isfinite(level) else ("none is enough", "–")


def _unknown(answer: Answer) -> Iterator[Any]:
    words, (least, greatest) = answer.scenario.words, answer.thresholds
    yield _heading("What staying would have to be worth")
    yield _text(
        f"What {words.members} feel for {words.steward} is not known. Staying is worth purpose "
        "times mission to each, plus enjoyment, whatever others do. The raid fails if that is"
    )
    if spread(least.worth, words) == spread(greatest.worth, words):
        worth = f"more than {spread(least.worth, words)}" if least.level else "anything at all"
        yield _text(f"{worth} a {words.period}, whatever {words.members} expect of each other.")
    else:
        yield _table(
            (f"if {words.members} expect", f"worth of staying, a {words.period}"),
            (
                (EXPECT[t.selection], f"more than {spread(t.worth, words)}" if t.level else "any")
                for t in answer.thresholds
            ),
        )
    if answer.company is not None:
        yield _text(_company(answer, answer.company))
    if answer.rungs:
        yield _heading("What the offer does, if staying is worth")
        yield _table(
            (f"a {words.period}", "leave", "share of the work", f"{words.rival} pays"),
            _rungs(answer),
        )


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
        yield _heading(
            f"The contest: {words.steward} against {words.rival}"
            + (expecting if len(answer.contests) > 1 else "")
        )
        headings = (f"{words.steward} chooses", f"{words.rival} offers", "work that leaves")
        yield _table(headings, list(_equilibria(answer, equilibria)), left=2)
        if not equilibria.complete:
            yield _text("(There may be more equilibria: the search was not finished.)")


def _rung_contests(answer: Answer) -> Iterator[Any]:
    words = answer.scenario.words
    if not answer.rungs:
        return
    rows = [
        (money(rung.worth, words) if k == 0 else "", *row)
        for rung in answer.rungs
        for k, row in enumerate(_equilibria(answer, rung.contest))
    ]
    yield _heading(
        f"The contest: {words.steward} against {words.rival}, if {words.members} expect "
        "each other to stay and staying is worth"
    )
    headings = (f"a {words.period}", f"{words.steward} chooses", f"{words.rival} offers", "leaves")
    yield _table(headings, rows, left=3)


def _equilibria(answer: Answer, equilibria: ContestEquilibria) -> Iterator[tuple[str, ...]]:
    words, contest = answer.scenario.words, equilibria.contest
    policies = [policy_text(p, words) for p in contest.policies]
    offers = [offer_text(o, words, period=False) for o in contest.offers]
    pairs = sorted(zip(equilibria.defection, equilibria, strict=True), key=lambda pair: pair[0])
    for defection, e in pairs[:_MOST_EQUILIBRIA]:
        yield mixture(e.row, policies), mixture(e.column, offers), percent(defection)
    if len(pairs) > _MOST_EQUILIBRIA:
        rest = pairs[_MOST_EQUILIBRIA:]
        yield f"… and {len(rest)} more", "", f"up to {percent(rest[-1][0])}"


def _assumptions(answer: Answer) -> Iterator[Any]:
    case = answer.scenario
    if case.assumptions:
        yield _heading("Assumed, not known")
        for assumption in case.assumptions:
            yield Padding(_bullet(assumption.text), (0, 0, 0, 2))
    if case.claim:
        yield _text(f"\nWhat is known, and from whom: missiongame scenarios {case.name}")
    else:
        for fact in case.facts:
            yield Padding(_bullet(fact.text), (0, 0, 0, 2))


def _bullet(sentence: str) -> Table:
    made = Table.grid(padding=(0, 1, 0, 0))
    made.add_row("•", Text(sentence))
    return made
