"""The members' game by its definition: every profile, in rationals, nothing clever."""

import functools
import itertools
from fractions import Fraction

import pytest

F = Fraction


class ByDefinition:
    """Payoffs, equilibria and the potential straight from their definitions."""

    def ties(self, town):
        n = town.n
        if town.ties is not None:
            return [[F(g) for g in row] for row in town.ties.dense().tolist()]
        share = town.exact_share
        return [
            [F(town.social[i]) * share[j] if i != j else F(0) for j in range(n)] for i in range(n)
        ]

    def temptations(self, town, rival, offer, away):
        alone, ties, rho = self.apart(town, rival, offer)
        found = []
        for base, row in zip(alone, ties, strict=True):
            gone = sum(g for g, x in zip(row, away, strict=True) if x)
            found.append(base + rho * gone - (sum(row) - gone))
        return found

    @functools.lru_cache(maxsize=1)  # noqa: B019 - one instance for the whole session
    def apart(self, town, rival, offer):
        """What everyone would gain by leaving, ties aside; the ties; their portable part."""
        pay, theta = offer.pay(town), F(town.mission)
        alone = []
        for i in range(town.n):
            w, a = F(pay[i]), F(town.purpose[i])
            defect = w + a * F(rival.mission) / (1 + F(rival.crowding) * w)
            alone.append(defect - (a * theta + F(town.enjoyment[i])))
        return alone, self.ties(town), F(rival.portability)

    def gains(self, town, rival, offer, away):
        tempted = self.temptations(town, rival, offer, away)
        return [-t if x else t for t, x in zip(tempted, away, strict=True)]

    def profiles(self, n):
        return list(itertools.product((False, True), repeat=n))

    def equilibria(self, town, rival, offer):
        return [x for x in self.profiles(town.n) if max(self.gains(town, rival, offer, x)) <= 0]

    def potential(self, town, rival, offer, away):
        """The model's weighted potential for default ties; members with σ_i = 0 weigh nothing."""
        pay, share = offer.pay(town), town.exact_share
        rho, kappa = F(rival.portability), F(rival.crowding)
        total, linear, squares = F(0), F(0), F(0)
        for i, s in enumerate(share):
            if away[i]:
                continue
            total += s
            sigma, a, w = F(town.social[i]), F(town.purpose[i]), F(pay[i])
            if sigma:
                base = a * F(town.mission) + F(town.enjoyment[i])
                base -= a * F(rival.mission) / (1 + kappa * w)
                linear += s * (base - w) / sigma - rho * s * (1 - s)
                squares += s * s
        return linear + (1 + rho) / 2 * (total * total - squares)

    def best_responses(self, town, rival, offer, *, least):
        """The extreme equilibrium that best responses reach from all-stay or all-defect."""
        away = [not least] * town.n
        while True:
            gains = self.gains(town, rival, offer, away)
            if max(gains) <= 0:
                return tuple(away)
            away = [x != (g > 0) for x, g in zip(away, gains, strict=True)]


@pytest.fixture(scope="session")
def by_definition():
    return ByDefinition()


@pytest.fixture
def many_buckets(monkeypatch):
    """Make the algorithms for millions treat a handful of members the same way."""
    from missiongame import sums
    from missiongame.members import buckets, cascade, maxima, supporting

    for module in (buckets, maxima, supporting):
        monkeypatch.setattr(module, "BUCKETS", 3)
        if hasattr(module, "SMALL"):
            monkeypatch.setattr(module, "SMALL", 1)
    monkeypatch.setattr(cascade, "_FEW", 2)
    monkeypatch.setattr(cascade, "_PASSES", 0)
    monkeypatch.setattr(sums.chunks, "__defaults__", (2,))
