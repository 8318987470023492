"""From an assessment to what each sum of money wins, as steps.

Whoever is paid along an order of approach is won whoever follows, so that every prefix of
an answer's order is an offer of its own: the steps go through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from missiongame.assessment import Assessment
from missiongame.exact import Floats
from missiongame.model import Community
from missiongame.price import BestRaid, Price, price_curve

_SOON = 300  # members, alike or without company, of whom more shares are priced in a moment
_FINE = 100
_SMALL = 14  # members whose every subset is looked at


class MoneySteps(NamedTuple):
    """For any more than `money[k]`, and up to `money[k + 1]`, `share[k]` of the work.

    Ascending both; the first sum is 0.
    """

    money: Floats
    share: Floats

    def at(self, money: float) -> float:
        """Return the share for any more than a sum."""
        return float(self.share[int(np.searchsorted(self.money, money, side="right")) - 1])


def won(found: Assessment) -> MoneySteps:
    """Return what each sum wins for certain; in multiples of what staying is worth, where right."""
    town = found.told.community
    if found.in_multiples:  # who has made most, first: all cost alike
        made = town.share[town.by_contribution]
        return _steps(np.arange(town.n + 1.0), np.append(0.0, np.cumsum(made)))
    return _through([*_prices(found), found.told.price, found.told.best_raid], town)


def won_if_even(found: Assessment) -> MoneySteps | None:
    """Return the same if all made equally much; None where ties are given."""
    town = found.told.community
    if found.in_multiples:
        return _steps(np.arange(town.n + 1.0), np.arange(town.n + 1.0) / town.n)
    if found.even_curve is None:
        return None
    prices, even = found.even_curve.prices, found.even_curve.prices[0].community
    if town.n <= _SMALL:
        prices = price_curve(even, found.scenario.rival, _shares(_FINE)).prices
    return _through(prices, even)


def not_excluded(found: Assessment) -> MoneySteps | None:
    """Return the share that each sum is not proved too small for; None where `won` is exact."""
    if found.in_multiples:
        return None
    proved = [(float(p.lower_bound), float(p.share)) for p in _prices(found)]
    ends = np.array(sorted(proved))
    money, share = np.append(0.0, ends[:, 0]), np.append(ends[:, 1], 1.0)
    share = np.minimum.accumulate(share[::-1])[::-1]
    kept = np.append(np.diff(money) > 0, True)  # of several shares at one bound the largest
    return MoneySteps(money[kept], share[kept])


def won_by_offer(found: Assessment) -> MoneySteps:
    """Return what the offer as made wins, by how often the budget is what staying is worth.

    Only in multiples: nothing else holds anyone, so that each leaves who is paid more.
    """
    town = found.scenario.community
    pay = found.scenario.offer.pay(town).astype(float)
    order = np.argsort(-pay, kind="stable")
    order = order[pay[order] > 0]
    times = float(found.budget) / pay[order]
    share = np.cumsum(town.share[order])
    return _steps(np.append(0.0, times), np.append(0.0, share))


def thinned(steps: MoneySteps, most: int, log: bool) -> MoneySteps:
    """Return as many of the steps as a picture can show, `most` along each axis.

    Examples
    --------
    >>> many = MoneySteps(np.arange(1001.0), np.arange(1001) / 1000)
    >>> len(thinned(many, 100, log=False).money)
    101
    """
    if len(steps.money) <= most:
        return steps
    shown = np.log(np.maximum(steps.money, steps.money[1])) if log else steps.money
    cell = np.floor((shown - shown[0]) / (shown[-1] - shown[0]) * most)
    high = np.floor(steps.share / steps.share[-1] * most)
    kept = np.append(True, (np.diff(cell) > 0) | (np.diff(high) > 0))
    kept[-1] = True
    if log:
        kept[:2] = True
    return MoneySteps(steps.money[kept], steps.share[kept])


def _prices(found: Assessment) -> tuple[Price, ...]:
    """Return the prices that are told; where more shares are priced within a moment, of these."""
    told, town = found.curve.prices, found.told.community
    alike = [len(np.unique(column)) == 1 for column in (town.contribution, town.social)]
    alone = not np.any(town.social != 0)
    quick = town.ties is None and town.n <= _SOON and (alone or all(alike))
    if not (quick or town.n <= _SMALL):
        return told
    shares = sorted({*_shares(_FINE), *found.curve.shares})
    fine = price_curve(town, found.scenario.rival, shares, seconds=0.5).prices
    return fine if all(price.optimal for price in fine) else told


def _shares(count: int) -> list[Fraction]:
    return [Fraction(k, count) for k in range(1, count + 1)]


def _through(answers: Iterable[Price | BestRaid], town: Community) -> MoneySteps:
    """Return the best of all prefixes of some orders."""
    money, share = [np.zeros(1)], [np.zeros(1)]
    for answer in answers:
        if len(answer.order):
            money.append(np.cumsum(answer.pay[answer.order]))
            share.append(np.cumsum(town.share[answer.order]))
    return _steps(np.concatenate(money), np.concatenate(share))


def _steps(money: Floats, share: Floats) -> MoneySteps:
    """Return steps that never fall, one for each sum that wins more than the sums before."""
    order = np.lexsort((-share, money))
    money, share = money[order], np.minimum(share[order], 1.0)
    best = np.maximum.accumulate(share)
    kept = np.append(True, np.diff(best) > 0)
    return MoneySteps(money[kept], best[kept])
