"""What an intact community is worth makes it safer, unless everyone trusts the past too much.

A community collapses below a strength t, which solves t = Φ(z) with
z = a(t − μ) + k q, where q = Φ⁻¹(r/V) is the normal quantile of what leaving pays
against what an intact community is worth, a = α/√β compares the precision of the
prior with that of members' own information, and k > 0 (derived in
`missiongame.mechanisms.regime`).

Let V_new > V. Then r/V falls ("the odds fall") and with it the quantile ("the
quantile falls"). Of Φ the claim needs only that it rises with a slope of at most L
(for the normal L = 1/√(2π)). If t_new ≥ t, then z_new ≥ z, and t_new − t is at most
L(z_new − z) < L a (t_new − t): impossible where a L ≤ 1. So every solution falls;
with the flat prior, a = 0 and k = 1, it is t = r/V. No number of members enters:
they are a continuum, and the share that leaves is a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import isqrt

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.from_numbers import value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.mechanisms import regime

t, t_new, mu, a, k, q, q_new, L = real("t t_new mu a k q q_new L")
z, z_new = a * (t - mu) + k * q, a * (t_new - mu) + k * q_new

FLAT_ENOUGH = "prior not too precise"
setting = {
    "the quantile falls": q_new < q,
    "precisions": sp.And(a >= 0, k > 0),
    "Φ rises": sp.And(sp.Equivalent(z < z_new, t < t_new), sp.Equivalent(z > z_new, t > t_new)),
    "its slope is at most L": sp.And(L > 0, sp.Abs(t_new - t) <= L * sp.Abs(z_new - z)),
}
assumptions = {FLAT_ENOUGH: a * L <= 1}
claim = t_new < t


def _steps() -> tuple[Step, ...]:
    V, V_new, r, share, share_new = real("V V_new r F F_new")
    return (
        Step("the odds fall", r / V_new < r / V, {"worth more": sp.And(r > 0, r < V, V_new > V)}),
        Step(
            "the quantile falls",
            q_new < q,
            {
                "Φ rises": sp.Implies(q_new >= q, share_new >= share),
                "the odds fall": share_new < share,
            },
        ),
    )


@dataclass(frozen=True)
class WorthMore:
    """One prior and one signal; an intact community is worth V, then V_new > V."""

    stay: Fraction
    stay_new: Fraction
    offer: Fraction
    mean: Fraction
    prior: Fraction
    signal: Fraction

    def thresholds(self) -> list[regime.Thresholds]:
        """Return all thresholds before and after, each certified."""
        beliefs = self.offer, self.mean, self.prior, self.signal
        return [regime.thresholds(stay, *beliefs) for stay in (self.stay, self.stay_new)]

    def holds(self) -> bool:
        """Return whether each threshold falls, first to first, middle to middle, last to last."""
        before, after = (found.roots for found in self.thresholds())
        if len(before) != len(after):
            return False
        return all(new.high <= old.low for old, new in zip(before, after, strict=True))

    def story(self) -> str:
        """Return the thresholds before and after."""
        before, after = (", ".join(f"{v:.4f}" for v in found.values) for found in self.thresholds())
        return (
            f"prior {self.prior}, signal {self.signal}: collapse below {before} where the "
            f"community is worth {self.stay}, below {after} where it is worth {self.stay_new}"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers where Φ is a line of slope L through (0, 1/2).

        L = 2/5 is just above 1/√(2π), and α/√β is rounded up.
        """
        ratio, steps = self.prior**2 / self.signal, 2**20
        a_ = Fraction(isqrt(ratio.numerator * steps**2 // ratio.denominator) + 1, steps)
        L_, k_ = Fraction(2, 5), 1 + self.prior
        if a_ * L_ != 1:
            qs = [1 - self.stay / (2 * self.offer), 1 - self.stay_new / (2 * self.offer)]
            roots = [(Fraction(1, 2) + L_ * (k_ * x - a_ * self.mean)) / (1 - L_ * a_) for x in qs]
            given = (*roots, self.mean, a_, k_, *qs, L_)
            yield dict(zip((t, t_new, mu, a, k, q, q_new, L), given, strict=True))


def case(numbers: Numbers) -> WorthMore:
    """Return even odds around a strength of one half, with the engine's a = α/√β, where β = 4."""
    worth = Fraction(2), Fraction(202, 100), Fraction(1)
    return WorthMore(*worth, Fraction(1, 2), 2 * value(numbers, "a"), Fraction(4))


@drawn
def cases(draw: Draw, precise: bool = False) -> WorthMore:
    """Draw a prior with α² ≤ 6β ≤ 2πβ, or a very precise one."""
    offer = draw.positive(3)
    stay = offer + draw.positive(4, 4)
    more, signal = draw.positive(4, 4), draw.positive(6)
    prior = draw.number(6, 12) if precise else draw.number()
    draw.only_if(precise or prior**2 <= 6 * signal)
    return WorthMore(stay, stay + more, offer, draw.number(0, 1, 4), prior, signal)


theorem = Theorem(
    name="regime",
    title="What an intact community is worth makes it safer",
    statement="Among a continuum of members to whom an intact community is worth more than leaving "
    "pays, if the prior is not too precise against their own information (α² ≤ 2πβ, or flat), the "
    "strength below which the community collapses falls as an intact one becomes worth more.",
    words={
        FLAT_ENOUGH: "the prior is not too precise against their own information (α² ≤ 2πβ, or "
        "flat)",
        "the threshold falls": "the strength below which the community collapses falls",
    },
    explanation="Nobody knows how many others will leave, only how strong the community looks. "
    "If it is worth more to stay in one that survives, members hold out at weaker signs, and "
    "so a weaker community survives. That logic needs members who look: where all trust the "
    "same past far more than their own eyes, there can be three self-fulfilling thresholds, and "
    "the middle one, from which opinion runs away on either side, moves the other way.",
    parts={"the threshold falls": claim},
    assumptions=assumptions,
    setting=setting,
    source="S. Morris and H. S. Shin, American Economic Review 88 (1998); Global games, in "
    "Advances in Economics and Econometrics (2003)",
    steps=_steps(),
    lemmas=(
        "Morris and Shin 1998, 2003: members follow cutoffs, and the strength at which the share "
        "that leaves is just enough solves t = Φ(z)",
        "Φ, the normal distribution, rises, with a slope of at most 1/√(2π)",
    ),
    scope="a continuum of members",
    small=Small(claim, setting, assumptions, telling={FLAT_ENOUGH: sp.And(a >= 3, L <= 1)}),
    case=case,
    cases=cases,
    outside={FLAT_ENOUGH: partial(cases, precise=True)},
)
