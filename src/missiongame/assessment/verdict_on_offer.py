"""From a case to the sentence that says whether it holds against the offer as made.

A level is rounded so that what is said of it stays true: up after "more than" and
"above" and "at most", down after "at least".
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from missiongame.assessment.english import amount, part, work
from missiongame.assessment.findings import Findings


def on_offer(found: Findings) -> str:
    """Return the sentence, to begin with any letter and without a full stop."""
    return _of_known(found) if found.known else _of_unknown(found)


def leaving(found: Findings, share: Fraction) -> str:
    """Return what leaves; "nobody" only where nobody could leave without being noticed."""
    if share == 0 and np.all(found.scenario.community.contribution > 0):
        return "nobody leaves"
    return f"{part(share)} leaves"


def _pays(found: Findings) -> bool:
    """Return whether the offer pays anyone."""
    return found.cost > Fraction(found.scenario.offer.fixed)


def _against(found: Findings) -> str:
    if _pays(found):
        return f"against {found.english.offer(found.scenario.offer)}"
    return f"where {found.words.rival} pays nothing"


def _falls(found: Findings) -> str:
    if _pays(found):
        return f"{found.words.steward} falls to {found.english.offer(found.scenario.offer)}"
    return f"{found.words.steward} falls although {found.words.rival} pays nothing"


def _of_known(found: Findings) -> str:
    words, against, case = found.words, _against(found), found.cases[0]
    if case.defection is None:
        return f"{against}, no choice of the {words.members} is stable"
    least, greatest = case.defection
    expect = f"whatever {words.members} expect of each other"
    if found.status == "holds":
        most = _at_most(found, greatest)
        return f"{words.steward} holds {against}, {expect}: {most}{_mission(found)}"
    if found.status == "falls":
        much = leaving(found, least) if least == greatest else _at_least(least)
        return f"{_falls(found)}, {expect}: {much}{_mission(found)}"
    depends = f"whether {words.steward} holds {against} depends on what {words.members} expect"
    if not found.priceable:  # who expects others to stay may leave
        return f"{depends}: from {part(least)} to {part(greatest)} leaves"
    return (
        f"{depends}: {leaving(found, least)} if they expect each other to stay, "
        f"{part(greatest)} if to leave{_mission(found)}"
    )


def _at_most(found: Findings, share: Fraction) -> str:
    if share == 0:
        return leaving(found, share)
    text = part(share, toward=1)
    return "not quite all of the work leaves" if text[0] == ">" else f"at most {text} leaves"


def _at_least(share: Fraction) -> str:
    text = part(share, toward=-1)
    return "some of the work leaves" if text[0] == "<" else f"at least {text.lstrip('>')} leaves"


def _mission(found: Findings) -> str:
    """Say at which mission the answer would turn, and what it is now."""
    t, community = found.threshold, found.scenario.community
    if t.offer_reason or np.any(community.known_purpose("verdict") < 0):
        return ""  # a stronger mission may do harm
    mission = amount(community.mission)
    now, low, high = f"it is {mission}", amount(t.offer, 1), amount(t.offer_for_certain, 1)
    if found.status == "holds":
        near = not t.offer_for_certain or high == mission
        return "" if near else f"; any mission above {high} is enough ({now})"
    if t.offer_for_certain == math.inf:
        return "; no mission, however strong, makes it hold for certain"
    sure = f"a mission above {high} would hold it for certain ({now})"
    if found.status == "falls" and low != high:
        return f"; a mission above {low} might hold it, {sure}"
    return f"; {sure}"


def _of_unknown(found: Findings) -> str:
    words, t, against = found.words, found.threshold, _against(found)
    offer = found.english.offer(found.scenario.offer)
    made = offer if _pays(found) else f"without any pay {words.rival}"
    never = f"{made} cannot win {work(found.share)}"
    reach = f": those it pays make {part(found.aim)}" if found.aim < found.share else ""
    if found.status == "holds":
        return f"{never}, whatever staying is worth to {words.members}{reach}"
    if found.status == "falls":
        return f"{_falls(found)}, however much staying is worth to {words.members}"
    depends = f"whether {words.steward} holds {against} depends on what"
    if found.status == "depends: expectations":
        return f"{depends} {words.members} expect of each other, whatever staying is worth to them"
    if found.status == "undecided" and t.offer_reason:
        whether = f"whether {words.steward} holds {against}"
        return f"{whether} is not proved for every worth of staying: {t.offer_reason}"
    if t.offer_reason:
        depends = f"{depends} staying is worth to {words.members}"
        return f"{depends}, and no level is known from which on it holds: {t.offer_reason}"
    if not t.offer_for_certain:
        return f"{never} if staying is worth anything to {words.members}{reach}"
    return f"{words.steward} holds {against} if staying is worth {_enough(found)}"


def _enough(found: Findings) -> str:
    """Say how much is enough against the offer, to whom, and what expectations change."""
    words, tell, t = found.words, found.english, found.threshold
    whom, others = f"each of the {words.members}", ""
    paid, n = int(found.paid.sum()), found.scenario.community.n
    if found.in_multiples and paid < n:
        whom = "the one whom it pays" if paid == 1 else f"each of the {paid:,} whom it pays"
        others = ", and anything at all to the others" if found.aim < 1 else ""
    low, high = tell.money(t.offer, 1), tell.money(t.offer_for_certain, 1)
    if low == high:
        return f"more than {low} {words.a_period} to {whom}{others}"
    expect = f"they expect each other to stay{_certain(found, high)}"
    if not t.offer:
        return f"anything at all to {whom} and {expect}"
    return f"more than {low} {words.a_period} to {whom} and {expect}"


def _certain(found: Findings, high: str) -> str:
    if found.threshold.offer_for_certain == math.inf:
        return "; nothing makes it certain"
    return f", and for certain if it is worth more than {high}"
