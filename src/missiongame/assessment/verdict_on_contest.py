"""From a case to what happens where steward and rival answer each other, and the remedy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from missiongame.assessment.case import Case
from missiongame.assessment.english import part, percent
from missiongame.assessment.findings import Findings
from missiongame.assessment.remedy import lowered, remedies
from missiongame.assessment.verdict_on_offer import leaving
from missiongame.bimatrix import Equilibrium
from missiongame.contest import Contest, ContestEquilibria
from missiongame.exact import Number

T = TypeVar("T")


def on_contest(found: Findings) -> Iterator[str]:
    """Yield what happens, and why, where that is not what the offer alone says."""
    words = found.words
    if found.known:
        contests = list(found.cases[0].contests.values())
        if any(contests):
            yield f"{_both(found)}, {_what_happens(found, contests)}"
        return
    lost = [c for c in found.cases if _lost(c)]
    if lost and lost[-1].status == "holds":
        level = found.english.money(lost[-1].worth)
        happens = _what_happens(found, [lost[-1].contests["least"]])
        may = f"{words.rival} may win even where staying is worth {level}"
        yield f"{_both(found)}, {may}: {happens}"


def _both(found: Findings) -> str:
    return f"where {found.words.steward} and {found.words.rival} answer each other"


def _lost(case: Case) -> bool:
    """Return whether the contest may lose the share, if members expect each other to stay."""
    found = case.contests.get("least")
    return found is not None and any(k >= case.share for k in found.defection)


def _what_happens(found: Findings, contests: Sequence[ContestEquilibria]) -> str:
    """Say what leaves in all equilibria, and what both do where most does."""
    reached = [(k, e, c.contest) for c in contests for k, e in zip(c.defection, c, strict=True)]
    low, high = (end(k for k, _, _ in reached) for end in (min, max))
    some = "" if all(c.complete for c in contests) else "in the equilibria that were found "
    if low == high:
        much = leaving(found, high)
    else:
        much = f"from {'nothing' if low == 0 else percent(low)} to {part(high)} leaves"
    ways = dict.fromkeys(_why(found, e, contest) for k, e, contest in reached if k == high)
    why = next(iter(ways))
    if why:
        most = "" if low == high else " the most"
        instance = "" if len(ways) == 1 else " for instance"
        why = f",{most}{instance} as {why}"
    return f"{some}{much}{why}"


def _why(found: Findings, e: Equilibrium, contest: Contest) -> str:
    """Say what both do in an equilibrium, if not what the offer says."""
    words, tell = found.words, found.english
    told = []
    offers, policies = _used(e.column, contest.offers), _used(e.row, contest.policies)
    if contest.offers[0] not in offers:
        made = _mixed([tell.offer(offer, period=False) for offer in offers])
        told.append(f"{words.rival} then offers {made}")
    if any(policy.uplift for policy in policies):
        idle = "to do nothing"
        chosen = _mixed([tell.policy(p) if p.uplift or p.cost else idle for p in policies])
        told.append(f"{words.steward} then chooses {chosen}")
    return " and ".join(told)


def _used(weights: Sequence[Fraction], choices: Sequence[T]) -> list[T]:
    """Return what is chosen with a positive chance, the likeliest first."""
    pairs = sorted(zip(weights, range(len(choices)), strict=True), reverse=True)
    return [choices[k] for weight, k in pairs if weight]


def _mixed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"by lot {', or '.join(texts)}"


def on_remedy(found: Findings) -> Iterator[str]:
    """Yield the cheapest policies that make the community hold; or what one would change."""
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
    useful = found.with_policies.values()
    if missing and useful:
        against = " or ".join(missing)
        open_ = whom["budget"] in missing and any(case.bought is None for case in useful)
        proved = "proved to be " if open_ else ""
        none = f"none of the policies of {found.words.steward} is {proved}enough for certain"
        yield f"{none} against {against}"


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
