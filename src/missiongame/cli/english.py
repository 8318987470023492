"""Amounts, offers and policies as a newcomer reads them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from missiongame.cli.screen import amount, percent

if TYPE_CHECKING:
    from missiongame.model import Policy
    from missiongame.model.offers import Offer
    from missiongame.scenarios import Words


def money(value: object, words: Words) -> str:
    """Return an amount with the case's sign of money before it.

    Examples
    --------
    >>> from missiongame.scenarios import Words
    >>> money(12000, Words()), money(-3, Words()), money(2.5, Words(money=""))
    ('$12,000', '−$3', '2.5')
    """
    text = amount(value)
    negative = text.startswith(("-", "−"))
    return ("−" if negative else "") + words.money + text.lstrip("-−")


def offer_text(offer: Offer, words: Words, period: bool = True) -> str:
    """Return what an offer says; in a narrow place, without the period.

    Examples
    --------
    >>> from missiongame import offers
    >>> from missiongame.scenarios import Words
    >>> offer_text(offers.top(20, 1000), Words()), offer_text(offers.flat(0), Words())
    ('$1,000 a month to the top 20', 'nothing')
    """
    if offer.kind == "personal":
        return "pay to each their own"
    if offer.amount == 0:
        return "nothing"
    text = money(offer.amount, words)
    if offer.kind == "piece_rate":
        return f"{text} for each of the {words.contributions}"
    a_month = f" a {words.period}" if period else ""
    return f"{text}{a_month} to {_whom(offer)}"


def _whom(offer: Offer) -> str:
    if offer.kind == "flat":
        return "everyone"
    return "the largest contributor" if offer.places == 1 else f"the top {offer.places:,}"


def policy_text(policy: Policy, words: Words) -> str:
    """Return what a policy does and costs.

    Examples
    --------
    >>> from missiongame import Policy
    >>> from missiongame.scenarios import Words
    >>> policy_text(Policy(0.5, 2000, "outside"), Words()), policy_text(Policy(), Words())
    ('mission +0.5 for $2,000 (outside)', 'does nothing')
    """
    provider = "" if policy.provider == "in-house" else f" ({policy.provider})"
    if policy.uplift == 0:
        if policy.cost == 0:
            return "does nothing" + provider
        return f"spends {money(policy.cost, words)}{provider}"
    return f"mission +{amount(policy.uplift)} for {money(policy.cost, words)}{provider}"


def mixture(weights: Sequence[Fraction], texts: Sequence[str]) -> str:
    """Return a mixed strategy: the text alone where it is pure, else with percentages.

    Examples
    --------
    >>> mixture([Fraction(1), Fraction(0)], ["stay", "go"])
    'stay'
    >>> mixture([Fraction(1, 4), Fraction(3, 4)], ["stay", "go"])
    '75.0% go; 25.0% stay'
    """
    used = sorted(((w, t) for w, t in zip(weights, texts, strict=True) if w), reverse=True)
    if len(used) == 1:
        return used[0][1]
    return "; ".join(f"{_likely(weight)} {text}" for weight, text in used)


def _likely(weight: Fraction) -> str:
    return percent(weight) if weight >= Fraction(1, 1000) else "<0.1%"


def spread(values: Sequence[float] | np.ndarray, words: Words) -> str:
    """Return one amount where all are the same, else "from … to …".

    Examples
    --------
    >>> from missiongame.scenarios import Words
    >>> spread([5, 5], Words()), spread([5, 7], Words())
    ('$5', '$5 to $7')
    """
    low, high = min(values), max(values)
    if amount(low) == amount(high):
        return money(low, words)
    return f"{money(low, words)} to {money(high, words)}"


def people(count: int, words: Words) -> str:
    """Return a count of members in words.

    Examples
    --------
    >>> from missiongame.scenarios import Words
    >>> people(0, Words()), people(1, Words()), people(2000, Words())
    ('nobody', 'one of the members', '2,000 members')
    """
    if count == 0:
        return "nobody"
    return f"one of the {words.members}" if count == 1 else f"{count:,} {words.members}"


def heads(count: int) -> str:
    """Return a count of members for a table.

    Examples
    --------
    >>> heads(0), heads(2000)
    ('nobody', '2,000')
    """
    return f"{count:,}" if count else "nobody"


def part(share: float | Fraction) -> str:
    """Return a share of the work in words: "all of the work", "36.8% of the work".

    Examples
    --------
    >>> part(1), part(Fraction(1, 2))
    ('all of the work', '50.0% of the work')
    """
    return "all of the work" if share == 1 else f"{percent(share)} of the work"
