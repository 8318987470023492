"""From a case to the sentence that says whether it holds against the offer as made."""

from __future__ import annotations

import math

from missiongame.assessment.english import amount, part, work
from missiongame.assessment.findings import Findings


def on_offer(found: Findings) -> str:
    """Return the sentence, to begin with any letter and without a full stop."""
    return _of_known(found) if found.known else _of_unknown(found)


def _of_known(found: Findings) -> str:
    words, offer = found.words, found.english.offer(found.scenario.offer)
    steward, rival = words.steward, words.rival
    against = f"against {offer}" if found.cost else f"although {rival} pays nothing"
    case = found.cases[0]
    if case.defection is None:
        return f"{against}, no choice of the {words.members} is stable"
    least, greatest = case.defection
    expect = f"whatever {words.members} expect of each other"
    if found.status == "holds":
        most = "nobody leaves" if greatest == 0 else f"at most {part(greatest)} leaves"
        return f"{steward} holds {against}, {expect}: {most}{_mission(found)}"
    if found.status == "falls":
        falls = f"falls to {offer}" if found.cost else f"falls although {rival} pays nothing"
        at_least = "" if least == greatest else "at least "
        return f"{steward} {falls}, {expect}: {at_least}{part(least)} leaves{_mission(found)}"
    stay = "nobody leaves" if least == 0 else f"{part(least)} leaves"
    return (
        f"whether {steward} holds {against} depends on what {words.members} expect: {stay} if "
        f"they expect each other to stay, {part(greatest)} if to leave{_mission(found)}"
    )


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


def _of_unknown(found: Findings) -> str:
    words, tell, t = found.words, found.english, found.threshold
    steward, offer = words.steward, tell.offer(found.scenario.offer)
    never = f"{offer} cannot win {work(found.share)}"
    reach = f": those it pays make {part(found.aim)}" if found.aim < found.share else ""
    if found.status == "holds":
        return f"{never}, whatever staying is worth to {words.members}{reach}"
    if found.status == "depends: cases" and not t.offer_reason and not t.offer_for_certain:
        return f"{never} if staying is worth anything to {words.members}{reach}"
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
        return f"more than {low} {words.a_period} to {whom}"
    expect = f"they expect each other to stay{_certain(found, high)}"
    if not t.offer:
        return f"anything at all to {whom} and {expect}"
    return f"more than {low} {words.a_period} to {whom} and {expect}"


def _certain(found: Findings, high: str) -> str:
    if math.isinf(found.threshold.offer_for_certain):
        return "; nothing makes it certain"
    return f", and for certain if it is worth more than {high}"
