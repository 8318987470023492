"""From amounts, offers and policies to what a newcomer reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from missiongame.model import Offer, Policy
    from missiongame.scenarios import Words


def amount(value: object) -> str:
    """Return a number as a person writes it: 12,000, 0.25, ∞.

    Examples
    --------
    >>> amount(12000.0), amount(0.123456), amount(float("inf")), amount(None)
    ('12,000', '0.1235', '∞', '–')
    """
    if value is None:
        return "–"
    if not isinstance(value, (int, float, Fraction, np.number)) or isinstance(value, bool):
        return str(value)
    real = float(value)
    if math.isnan(real):
        return "–"
    if math.isinf(real):
        return "∞" if real > 0 else "−∞"
    return f"{real:,.0f}" if abs(real) >= 1000 else f"{real:.4g}"


def percent(value: float | Fraction) -> str:
    """Return a share as a percentage.

    Examples
    --------
    >>> percent(0.20812)
    '20.8%'
    """
    return f"{100 * float(value):.1f}%"


def part(share: float | Fraction) -> str:
    """Return a share of the work in words.

    Examples
    --------
    >>> part(1), part(Fraction(1, 2))
    ('all of the work', '50.0% of the work')
    """
    return "all of the work" if share == 1 else f"{percent(share)} of the work"


def heads(count: int) -> str:
    """Return a count of members for a table.

    Examples
    --------
    >>> heads(0), heads(2000)
    ('nobody', '2,000')
    """
    return f"{count:,}" if count else "nobody"


def title(name: str) -> str:
    """Return a name as it begins a sentence.

    Examples
    --------
    >>> title("the rival")
    'The rival'
    """
    return name[:1].upper() + name[1:]


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
    small = Fraction(1, 1000)
    return "; ".join(f"{percent(w) if w >= small else '<0.1%'} {text}" for w, text in used)


@dataclass(frozen=True)
class English:
    """A case's own words for its amounts, offers, policies and people.

    Examples
    --------
    >>> from missiongame import Policy, offers
    >>> from missiongame.scenarios import Words
    >>> tell = English(Words())
    >>> tell.money(12000), tell.money(-3), English(Words(money="")).money(2.5)
    ('$12,000', '−$3', '2.5')
    >>> tell.spread([5, 5]), tell.spread([5, 7])
    ('$5', '$5 to $7')
    >>> tell.offer(offers.top(20, 1000)), tell.offer(offers.flat(0))
    ('$1,000 a month to the top 20', 'nothing')
    >>> tell.policy(Policy(0.5, 2000, "outside")), tell.policy(Policy())
    ('mission +0.5 for $2,000 (outside)', 'does nothing')
    >>> tell.people(0), tell.people(1), tell.people(2000)
    ('nobody', 'one of the members', '2,000 members')
    """

    words: Words

    def money(self, value: object) -> str:
        """Return an amount with the case's sign of money before it."""
        text = amount(value)
        sign = "−" if text.startswith(("-", "−")) else ""
        return sign + self.words.money + text.lstrip("-−")

    def spread(self, values: Sequence[float] | np.ndarray) -> str:
        """Return one amount where all read the same, else "… to …"."""
        low, high = self.money(min(values)), self.money(max(values))
        return low if low == high else f"{low} to {high}"

    def offer(self, offer: Offer, period: bool = True) -> str:
        """Return what an offer says; in a narrow place, without the period."""
        if offer.kind == "personal":
            return "pay to each their own"
        if offer.amount == 0:
            return "nothing"
        text = self.money(offer.amount)
        if offer.kind == "piece_rate":
            return f"{text} for each of the {self.words.contributions}"
        whom = "everyone"
        if offer.kind == "top":
            whom = "the largest contributor" if offer.places == 1 else f"the top {offer.places:,}"
        return f"{text}{f' a {self.words.period}' if period else ''} to {whom}"

    def policy(self, policy: Policy) -> str:
        """Return what a policy does, costs, and who provides it."""
        provider = "" if policy.provider == "in-house" else f" ({policy.provider})"
        cost = self.money(policy.cost)
        if policy.uplift:
            return f"mission +{amount(policy.uplift)} for {cost}{provider}"
        return (f"spends {cost}" if policy.cost else "does nothing") + provider

    def people(self, count: int) -> str:
        """Return a count of members in words."""
        if count == 0:
            return "nobody"
        members = self.words.members
        return f"one of the {members}" if count == 1 else f"{count:,} {members}"
