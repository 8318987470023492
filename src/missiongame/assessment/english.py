"""From amounts, offers and policies to what a newcomer reads."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
)
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from missiongame.exact import nearest

if TYPE_CHECKING:
    from missiongame.model import Offer, Policy
    from missiongame.scenarios import Words

_TINY = 1e-9  # below it zeros would be many
_ROUNDING = 1e-12  # of a float that sums to one
_EXACT = Fraction(1, 10**9)  # relative: a number this near to what is shown is shown as it is
_RARE = Fraction(1, 2000)  # what a percentage of one decimal would show as none
_NO_NAME = re.compile(  # how a sentence begins that does not begin with a name
    "(all|almost|an?|any|as|at|both|each|even|everyone|for|half|i[fnt]|mission|none?|nobody|only|some"
    "|th(an|at|e|eir|ere|ese|ey|is|ose|ree)|to|two|what|whatever|where|whether|who|whoever|with"
    "|without) "
)

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


def amount(value: object, toward: int = 0) -> str:
    """Return a number as a person writes it: 12,000, 0.25, ∞.

    Rounded to the nearest; `toward` 1 rounds up, −1 down, so that "more than" and "less
    than" stay true of what is shown.

    Examples
    --------
    >>> amount(12000.0), amount(0.123456), amount(0.00002), amount(float("inf")), amount(None)
    ('12,000', '0.1235', '0.00002', '∞', '–')
    >>> amount(1000.2, toward=1), amount(0.123456, toward=-1), amount(0.1, toward=1)
    ('1,001', '0.1234', '0.1')
    """
    if value is None:
        return "–"
    if not isinstance(value, (int, float, Fraction, np.number)) or isinstance(value, bool):
        return str(value)
    real = nearest(value) + 0.0  # of the two zeros the one without a sign
    if math.isnan(real):
        return "–"
    if math.isinf(real):
        if isinstance(value, Fraction):  # beyond every float
            return f"{_digits(value, ROUND_HALF_EVEN):.4g}"
        return "∞" if real > 0 else "−∞"
    text = _written(real)
    exact = value if isinstance(value, Fraction) else Fraction(real)
    if (exact - Fraction(text.replace(",", ""))) * toward <= _EXACT * abs(exact):
        return text
    if abs(real) >= 1000:
        return f"{math.ceil(exact) if toward > 0 else math.floor(exact):,}"
    return _written(float(_digits(exact, ROUND_CEILING if toward > 0 else ROUND_FLOOR)))


def _written(real: float) -> str:
    """Return a number in full from 1,000 on, else to four digits, small ones not as powers."""
    if abs(real) >= 1000:
        return f"{real:,.0f}"
    text = f"{real:.4g}"
    return text if abs(real) < _TINY else f"{Decimal(text):f}"


def _digits(exact: Fraction, how: str) -> Decimal:
    """Return the four digits of a number that are told, rounded one way."""
    context = Context(prec=4, rounding=how, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return context.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def percent(value: float | Fraction, toward: int = 0) -> str:
    """Return a share as a percentage: "100.0%" is exactly all, "0.0%" exactly none.

    A float counts as all within the rounding of a long sum. `toward` is as in `amount`.

    Examples
    --------
    >>> percent(0.20812), percent(0.99996), percent(0.00001), percent(1), percent(0)
    ('20.8%', '>99.9%', '<0.1%', '100.0%', '0.0%')
    >>> percent(Fraction(1, 3), toward=1), percent(Fraction(2, 3), toward=-1)
    ('33.4%', '66.6%')
    """
    text = f"{100 * float(value):.1f}%"
    if toward:
        tenths = 1000 * Fraction(value)
        shown = 10 * Fraction(text[:-1])
        if (tenths - shown) * toward > _EXACT * tenths:
            text = f"{float(shown + toward) / 10:.1f}%"
    if text == "0.0%" and value > 0:
        return "<0.1%"
    is_all = value == 1 if isinstance(value, Fraction) else abs(value - 1) <= _ROUNDING
    if text == "100.0%" and not is_all:
        return ">99.9%" if value < 1 else ">100.0%"
    return text


def part(share: float | Fraction, toward: int = 0) -> str:
    """Return a share of the work in words; `toward` is as in `amount`.

    Examples
    --------
    >>> part(1), part(Fraction(1, 2))
    ('all of the work', '50.0% of the work')
    >>> part(0), part(Fraction(1, 3), toward=-1)
    ('none of the work', '33.3% of the work')
    """
    if share in (0, 1):
        return f"{'all' if share else 'none'} of the work"
    return f"{percent(share, toward)} of the work"


def work(share: Fraction) -> str:
    """Return a share of the work as one says it.

    Examples
    --------
    >>> work(Fraction(1, 5)), work(Fraction(368, 1000))
    ('a fifth of the work', '36.8% of the work')
    """
    return f"{_PARTS.get(share) or percent(share)} of the work"


def heads(count: int) -> str:
    """Return a count of members for a table.

    Examples
    --------
    >>> heads(0), heads(2000)
    ('nobody', '2,000')
    """
    return f"{count:,}" if count else "nobody"


def title(name: str) -> str:
    """Return a name as it begins a sentence: a project called httpd stays httpd.

    Examples
    --------
    >>> title("the rival"), title("a budget of $5 suffices"), title("httpd")
    ('The rival', 'A budget of $5 suffices', 'httpd')
    """
    return name[:1].upper() + name[1:] if _NO_NAME.match(name) else name


def agreeing(count: object, one: str, many: str) -> str:
    """Return the form of a word that a count asks for: one, or many.

    Examples
    --------
    >>> agreeing(1, "makes", "make"), agreeing(0, "makes", "make"), agreeing(1.5, "one", "many")
    ('makes', 'make', 'many')
    """
    return one if amount(count) == "1" else many


def times(count: object) -> str:
    """Return a multiple in words.

    Examples
    --------
    >>> times(1), times(2), times(2.5), times(2287)
    ('once', 'twice', '2.5 times', '2,287 times')
    """
    return {"1": "once", "2": "twice"}.get(text := amount(count), f"{text} times")


def mixture(weights: Sequence[Fraction], texts: Sequence[str]) -> str:
    """Return a mixed strategy: the text alone where it is pure, else with percentages.

    Examples
    --------
    >>> mixture([Fraction(1), Fraction(0)], ["stay", "go"])
    'stay'
    >>> mixture([Fraction(1, 4), Fraction(3, 4)], ["stay", "go"])
    '75.0%: go; 25.0%: stay'
    >>> mixture([Fraction(1, 10**6), 1 - Fraction(1, 10**6)], ["stay", "go"])
    'almost always go, else stay'
    """
    used = sorted(((w, t) for w, t in zip(weights, texts, strict=True) if w), reverse=True)
    often = [f"{percent(w)}: {text}" for w, text in used if w >= _RARE]
    rarely = " or ".join(text for w, text in used if w < _RARE)
    if len(used) == 1:
        return used[0][1]
    if used[0][0] >= 1 - _RARE:
        return f"almost always {used[0][1]}, else {rarely}"
    return "; ".join([*often, *([f"rarely {rarely}"] if rarely else [])])


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
    >>> English(Words(money="€")).money(5), English(Words(money="EUR")).money(-5)
    ('€5', '−EUR 5')
    >>> tell.spread([5, 5]), tell.spread([5, 7])
    ('$5', '$5 to $7')
    >>> tell.offer(offers.top(20, 1000)), tell.offer(offers.flat(0))
    ('$1,000 a month to the top 20', 'nothing')
    >>> tell.policy(Policy(0.5, 2000, "outside")), tell.policy(Policy())
    ('mission +0.5 for $2,000 (outside)', 'does nothing')
    >>> tell.people(0), tell.people(1), tell.people(2000)
    ('nobody', 'one of the members', '2,000 members')
    >>> tell.members(1), tell.members(2000), tell.contributions(1), tell.contributions(1234.0)
    ('1 member', '2,000 members', '1 contribution', '1,234 contributions')
    >>> tell.sum(5), tell.sum(float("inf")), tell.spread([5, float("inf")])
    ('$5 a month', 'no sum is enough', '$5 or more')
    >>> tell.sentence("the rival wins"), English(Words(steward="httpd")).sentence("httpd holds")
    ('The rival wins', 'httpd holds')
    """

    words: Words

    def money(self, value: object, toward: int = 0) -> str:
        """Return an amount with the case's sign of money before it; "any sum" for ∞.

        `toward` is as in `amount`.
        """
        text, unit = amount(value, toward), self.words.money
        if text == "∞":
            return "any sum"
        sign = "−" if text.startswith(("-", "−")) else ""
        gap = " " if len(unit) > 1 and unit[-1].isalpha() else ""
        return sign + unit + gap + text.lstrip("-−")

    def spread(self, values: Sequence[float] | np.ndarray) -> str:
        """Return one amount where all read the same, else "… to …"."""
        low, high = self.money(min(values)), self.money(max(values))
        if low == high:
            return low
        return f"{low} or more" if math.isinf(max(values)) else f"{low} to {high}"

    def sum(self, value: object, endless: str = "no sum is enough") -> str:
        """Return an amount with its period; `endless` where it is infinite."""
        text = self.money(value)
        return endless if text == "any sum" else f"{text} {self.words.a_period}"

    def offer(self, offer: Offer, period: bool = True) -> str:
        """Return what an offer says; in a narrow place, without the period."""
        if offer.kind == "personal":
            return "pay to each their own"
        if offer.amount == 0:
            return "nothing"
        text = self.money(offer.amount)
        if offer.kind == "piece_rate":
            return f"{text} for each {self.words.contribution}"
        whom = "everyone"
        if offer.kind == "top":
            whom = "the largest contributor" if offer.places == 1 else f"the top {offer.places:,}"
        return f"{text}{f' {self.words.a_period}' if period else ''} to {whom}"

    def sentence(self, text: str) -> str:
        """Return text as it begins a sentence; steward and rival keep their names' case."""
        names = [n for n in (self.words.steward, self.words.rival) if title(n) == n]
        begins = any(re.match(rf"{re.escape(name)}(?!\w)", text) for name in names)
        return text if begins else text[:1].upper() + text[1:]

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
        return f"one of the {self.words.members}" if count == 1 else self.members(count)

    def members(self, count: int) -> str:
        """Return how many members there are: "1 author", "1,234 authors"."""
        return f"{count:,} {agreeing(count, self.words.member, self.words.members)}"

    def contributions(self, count: object) -> str:
        """Return how many contributions: "1 commit", "2.5 commits", "1,234 commits"."""
        words = self.words
        return f"{amount(count)} {agreeing(count, words.contribution, words.contributions)}"
