"""From a community alone to a case: offer, rival and steward are assumed, and listed as such."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from missiongame.assessment.english import English
from missiongame.exact import simplest
from missiongame.model import Community, Offer, Policy, Rival, Steward, offers
from missiongame.scenarios import Assumption, Fact, Scenario, Words

PAY = 1000  # what the raid of 2006 offered, money a month
PLACES = 20
LIFTS = ((0.25, 0.05), (0.5, 0.15))  # parts of the mission; of its worth to the steward
_ASSUMED = {  # and the fields that rest on it
    "The rival offers {offered} to the top tenth of the members, at most twenty (--top K PAY, "
    "--flat, --piece-rate).": ("offers",),
    "A captured contribution is worth to the rival twice what the offer pays for one (--value).": (
        "rival.value",
    ),
    "In the contest the rival may also offer half or twice the pay, pay half or twice as many, or "
    "offer nothing.": (),
    "The rival has no mission of its own, no tie works there, and pay dilutes nothing "
    "(--rival-mission, --portability, --crowding).": (
        "rival.mission",
        "rival.portability",
        "rival.crowding",
    ),
    "The community is worth to its steward what its contributions are worth to the rival; a "
    "quarter more mission costs 5 % of that, half more 15 % (--steward-value, --policy).": (
        "steward",
    ),
}


def assumed_scenario(
    name: str, community: Community, words: Words, facts: tuple[Fact, ...] = ()
) -> Scenario:
    """Return a community as a scenario, with an assumed offer, rival and steward."""
    offer = offers.top(min(PLACES, max(1, community.n // 10)), PAY)
    rival = Rival(value=assumed_value(community, offer))
    return Scenario(
        name=name,
        title=f"{name} against a rival who pays",
        claim="",
        community=community,
        rival=rival,
        steward=assumed_steward(community, rival),
        offers=assumed_offers(offer),
        facts=facts,
        assumptions=tuple(
            Assumption(text.format(offered=_offered(words)), about)
            for text, about in _ASSUMED.items()
        ),
        words=words,
    )


def _offered(words: Words) -> str:
    """Return what the rival is assumed to offer, and whose offer that was."""
    if words.period == "month" and words.money in ("", "$"):
        return f"what Netscape offered in 2006, {PAY:,} a month,"
    return f"{English(words).sum(PAY)} (Netscape in 2006: ${PAY:,} a month)"


def assumed_value(community: Community, offer: Offer) -> float:
    """Return twice what the offer pays for a contribution of those it pays, or 1."""
    pay = offer.pay(community).astype(float)
    made = float(community.contribution[pay > 0].astype(float).sum())
    return 2 * float(pay.sum()) / made if made > 0 else 1.0


def assumed_steward(community: Community, rival: Rival) -> Steward:
    """Return a steward who values the community as the rival would, with two ways to lift it."""
    value = float(rival.value) * float(community.total)
    mission = float(community.mission) or 1.0
    lifts = [Policy(uplift * mission, cost * value) for uplift, cost in LIFTS]
    return Steward(value, [Policy(), *lifts])


def assumed_offers(offer: Offer) -> tuple[Offer, ...]:
    """Return an offer and what the rival might make instead: half, double, or nothing."""
    if offer.kind == "personal":
        return (offer, offer.at(0.5), offer.at(2.0), offers.flat(0))
    amount = Fraction(offer.amount)  # type: ignore[arg-type]  # the other kinds have one number
    others = [offer.at(simplest(amount / 2)), offer.at(simplest(amount * 2))]
    if offer.kind == "top":
        places = offer.places or 0
        others += [replace(offer, places=k) for k in (max(1, places // 2), 2 * places)]
    return (offer, *others, offers.flat(0))
