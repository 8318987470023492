"""From what was found out about a case to a few plain sentences: does the community hold?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TypeVar

from missiongame.assessment.case import Case
from missiongame.assessment.english import amount, percent, title
from missiongame.assessment.findings import Findings
from missiongame.assessment.remedy import lowered, remedies
from missiongame.bimatrix import Equilibrium
from missiongame.contest import Contest, ContestEquilibria
from missiongame.exact import Number

T = TypeVar("T")
NAMED = 4  # people who are named in a sentence
_PARTS = {
    Fraction(1): "all",
    Fraction(3, 4): "three quarters",
    Fraction(2, 3): "two thirds",
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(1, 4): "a quarter",
    Fraction(1, 5): "a fifth",
    Fraction(1, 10): "a tenth",
}


def verdict(found: Findings) -> str:
    """Return the sentences: whom it hinges on, the offer, the budget, the contest, a remedy."""
    parts = (_hinge, _offer, _budget, _contest, _remedy)
    return " ".join(title(sentence) + "." for part in parts for sentence in part(found))


def work(share: Fraction) -> str:
    """Return a share of the work in words.

    Examples
    --------
    >>> work(Fraction(1, 5)), work(Fraction(368, 1000))
    ('a fifth of the work', '36.8% of the work')
    """
    return f"{_PARTS.get(share) or percent(share)} of the work"


def named(found: Findings) -> str:
    """Return who the share hinges on, as far as they have names and are few."""
    community = found.scenario.community
    if community.names is None:
        return ""
    who = [community.name(int(i)) for i in found.hinge[:NAMED]]
    if len(found.hinge) > NAMED:
        return f", first of all {', '.join(who[: NAMED - 1])}"
    listed = " and ".join([", ".join(who[:-1]), who[-1]] if len(who) > 1 else who)
    return f": {listed}"


def _hinge(found: Findings) -> Iterator[str]:
    n, members = found.scenario.community.n, found.words.members
    count = "all" if found.hinges_on == n else f"{found.hinges_on:,} of"
    yield f"{work(found.share)} hinges on {count} {n:,} {members}{named(found)}"


def _offer(found: Findings) -> Iterator[str]:
    yield _of_known_offer(found) if found.known else _of_unknown_offer(found)


def _of_known_offer(found: Findings) -> str:
    words, offer = found.words, found.english.offer(found.scenario.offer)
    steward, rival = words.steward, words.rival
    against = f"against {offer}" if found.cost else f"although {rival} pays nothing"
    case = found.cases[0]
    if case.defection is None:
        return f"{against}, no choice of the {words.members} is stable"
    least, greatest = case.defection
    expect = f"whatever {words.members} expect of each other"
    if found.status == "holds":
        most = "nobody leaves" if greatest == 0 else f"at most {_part(greatest)} leaves"
        return f"{steward} holds {against}, {expect}: {most}{_mission(found)}"
    if found.status == "falls":
        falls = f"falls to {offer}" if found.cost else f"falls although {rival} pays nothing"
        at_least = "" if least == greatest else "at least "
        return f"{steward} {falls}, {expect}: {at_least}{_part(least)} leaves{_mission(found)}"
    stay = "nobody leaves" if least == 0 else f"{_part(least)} leaves"
    return (
        f"whether {steward} holds {against} depends on what {words.members} expect: {stay} if "
        f"they expect each other to stay, {_part(greatest)} if to leave{_mission(found)}"
    )


def _part(share: Fraction) -> str:
    return "all of the work" if share == 1 else f"{percent(share)} of the work"


def _mission(found: Findings) -> str:
    """Say at which mission the answer would turn, and what it is now."""
    t, now = found.threshold, f"it is {amount(found.scenario.community.mission)}"
    if t.offer_reason:
        return ""
    low, high = t.offer, t.offer_for_certain
    if found.status == "holds":
        return f"; a mission down to {amount(high)} is enough ({now})" if high else ""
    if math.isinf(high):
        return "; no mission, however strong, makes it hold for certain"
    sure = f"a mission above {amount(high)} would hold it for certain ({now})"
    if found.status == "falls" and amount(low) != amount(high) and not math.isinf(low):
        return f"; a mission above {amount(low)} might hold it, {sure}"
    return f"; {sure}"


def _of_unknown_offer(found: Findings) -> str:
    words, tell, t = found.words, found.english, found.threshold
    steward, offer = words.steward, tell.offer(found.scenario.offer)
    if found.status == "holds":
        why = ""
        if found.aim < found.share:
            why = f", for those it pays make {_part(found.aim)}"
        return (
            f"{offer} cannot win {work(found.share)}, whatever staying is worth to "
            f"{words.members}{why}"
        )
    if found.status == "falls":
        return f"{steward} falls to {offer}, however much staying is worth to {words.members}"
    if t.offer_reason:
        return (
            f"no worth of staying decides whether {steward} holds against {offer}: {t.offer_reason}"
        )
    return f"{steward} holds against {offer} if staying is worth {_enough(found)}"


def _enough(found: Findings) -> str:
    """Say how much is enough against the offer, to whom, and what expectations change."""
    words, tell, t = found.words, found.english, found.threshold
    paid, n = int(found.paid.sum()), found.scenario.community.n
    whom = f"each of the {words.members}" if paid == n else f"each of the {paid:,} whom it pays"
    whom = "the one whom it pays" if paid == 1 else whom
    low, high = tell.money(t.offer), tell.money(t.offer_for_certain)
    if low == high:
        return f"more than {low} a {words.period} to {whom}"
    expect = f"they expect each other to stay{_certain(found, high)}"
    if not t.offer:
        return f"anything at all to {whom} and {expect}"
    return f"more than {low} a {words.period} to {whom} and {expect}"


def _certain(found: Findings, high: str) -> str:
    if math.isinf(found.threshold.offer_for_certain):
        return "; nothing makes it certain"
    return f", and for certain if it is worth more than {high}"


def _budget(found: Findings) -> Iterator[str]:
    if not found.priceable:
        return
    tell, words = found.english, found.words
    money = f"{tell.money(found.budget)} a {words.period}"
    spent = f"a budget of {money}" if found.budget_given else f"the same {money}, spent best,"
    if not found.budget:
        spent = f"without any pay {words.rival}"
    yield _of_known_budget(found, spent) if found.known else _of_unknown_budget(found, spent)


def _of_known_budget(found: Findings, spent: str) -> str:
    words, tell, case = found.words, found.english, found.cases[0]
    price, it = case.price, f"wins {work(found.share)} for certain"
    cost = tell.money(price.total)
    if not price.total:
        return f"{words.rival} {it} without any pay"
    whom = f"paid to {tell.people(len(price.order))}"
    if case.bought:
        up_to = "" if price.optimal else "at most "
        return f"{spent} {it}: that costs {up_to}{cost}, {whom}"
    if case.bought is None:
        least = tell.money(price.lower_bound)
        return f"whether {spent} {it} is not proved: that costs between {least} and {cost}"
    if case.at_the_edge:
        return f"{spent} is just not enough to win {work(found.share)}: any more would be"
    least = cost if price.optimal else f"at least {tell.money(price.lower_bound)}"
    does = "cannot win" if not found.budget else "does not win"
    return f"{spent} {does} {work(found.share)} for certain: that costs {least}"


def _of_unknown_budget(found: Findings, spent: str) -> str:
    words, tell, t = found.words, found.english, found.threshold
    wins = f"{spent} wins {work(found.share)} for certain"
    if t.budget_reason:
        return f"no worth of staying decides whether {wins}: {t.budget_reason}"
    if found.holds_budget:
        never = f"{spent} does not win {work(found.share)} for certain"
        return f"{never}, even if staying is worth nothing"
    if math.isinf(t.budget_at_least):
        return f"{wins}, however much staying is worth"
    hinge = found.hinges_on
    each = "to the one" if hinge == 1 else f"to each of those {hinge:,}"
    whom = each if found.in_multiples else "to each"
    level = f"{tell.money(t.budget_at_least)} a {words.period} {whom}"
    beyond = "" if t.budget == t.budget_at_least else f", and not above {tell.money(t.budget)}"
    return f"{wins} as long as staying is worth less than {level}{beyond}{_times(found)}"


def _times(found: Findings) -> str:
    """Say what the share costs in multiples, where that is right."""
    if not found.in_multiples:
        return ""
    times = {1: "once", 2: "twice"}.get(found.hinges_on, f"{found.hinges_on:,} times")
    return f": it costs {times} what staying is worth to one"


def _contest(found: Findings) -> Iterator[str]:
    words = found.words
    if found.known:
        case = found.cases[0]
        reached = [k for e in case.contests.values() for k in e.defection]
        if reached:
            yield f"{_both(found)}, {_range(min(reached), max(reached))}{_why(found, case)}"
        return
    lost = [c for c in found.cases if _lost(c)]
    if not lost or not found.cases:
        return
    worst = lost[-1]
    level, held = found.english.money(worst.worth), worst.status == "holds"
    if held:
        reached = list(worst.contests["least"].defection)
        yield (
            f"{_both(found)}, {words.rival} may win even where staying is worth {level}: "
            f"{_range(min(reached), max(reached))}{_why(found, worst)}"
        )


def _both(found: Findings) -> str:
    return f"where {found.words.steward} and {found.words.rival} answer each other"


def _lost(case: Case) -> bool:
    """Return whether the contest may lose the share, if members expect each other to stay."""
    found = case.contests.get("least")
    return found is not None and any(k >= case.share for k in found.defection)


def _range(low: Fraction, high: Fraction) -> str:
    if high == 0:
        return "nobody leaves"
    if low == high:
        return f"{_part(low)} leaves"
    least = "nothing" if low == 0 else percent(low)
    return f"from {least} to {_part(high)} leaves"


def _why(found: Findings, case: Case) -> str:
    """Say what both do, in the equilibrium of greatest defection, if not what the offer says."""
    e, contest = _greatest(list(case.contests.values()))
    words, tell = found.words, found.english
    told = []
    offers, policies = _used(e.column, contest.offers), _used(e.row, contest.policies)
    if contest.offers[0] not in offers:
        made = _mixed([tell.offer(offer, period=False) for offer in offers])
        told.append(f"{words.rival} then offers {made}")
    if any(policy.uplift for policy in policies):
        told.append(f"{words.steward} then chooses {_mixed([tell.policy(p) for p in policies])}")
    return f", as {' and '.join(told)}" if told else ""


def _used(weights: Sequence[Fraction], choices: Sequence[T]) -> list[T]:
    """Return what is chosen with a positive chance, the likeliest first."""
    pairs = sorted(zip(weights, range(len(choices)), strict=True), reverse=True)
    return [choices[k] for weight, k in pairs if weight]


def _mixed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"at random {', or '.join(texts)}"


def _greatest(contests: list[ContestEquilibria]) -> tuple[Equilibrium, Contest]:
    pairs = [(k, e, c.contest) for c in contests for k, e in zip(c.defection, c, strict=True)]
    _, e, contest = max(pairs, key=itemgetter(0))
    return e, contest


def _remedy(found: Findings) -> Iterator[str]:
    if not found.known:
        yield from _lowered(found)
        return
    wanted = {"offer": found.holds is not True, "budget": found.holds_budget is False}
    whom = {"offer": "the offer as made", "budget": "that sum spent best"}
    made = remedies(found)
    for remedy in made:
        helps = " and ".join(whom[n] for n in wanted if wanted[n] and getattr(remedy, n))
        yield f"the cheapest remedy against {helps}: {found.english.policy(remedy.policy)}"
    missing = [whom[n] for n in wanted if wanted[n] and not any(getattr(r, n) for r in made)]
    if missing and any(p.uplift for p in found.scenario.steward.policies):
        against = " or ".join(missing)
        yield f"none of the policies of {found.words.steward} is enough against {against}"


def _lowered(found: Findings) -> Iterator[str]:
    """Say what the cheapest policy does to the levels, where purpose is unknown."""
    t = found.threshold
    useful = [p for p in found.scenario.steward.policies if p.uplift and p.cost]
    levels = [_finite(t.offer), _finite(t.budget)]
    if not useful or not found.in_multiples or not any(levels):
        return
    policy = min(useful, key=lambda p: (p.cost, -p.uplift))
    money = found.english.money
    told = dict.fromkeys(money(lowered(found, level, policy)) for level in levels if level)
    these = "these to" if len(told) > 1 else "that to"
    yield f"{found.english.policy(policy)} lowers {these} {' and '.join(told)}"


def _finite(level: Number) -> Number | None:
    return level if 0 < level < math.inf else None
