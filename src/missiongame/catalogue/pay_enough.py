"""Pay enough or do not pay at all.

Effort under a bonus b ≥ 0 with intrinsic drive M = αθ is e(b) = M/(1 + κb) + b
(derived in `missiongame.mechanisms.crowding`). With κM > 1: e(b) < e(0) = M exactly
for 0 < b < M − 1/κ, so a bonus backfires however small; effort is least at
b° = (√(κM) − 1)/κ > 0, and less there than without pay. u stands for √(κM): the
positive number whose square is κM. A step shows that with κM ≤ 1 no bonus
backfires at all. The claim is about one member, so it holds for every number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.from_numbers import values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.mechanisms import crowding
from missiongame.model import symbols as m

M, b, u = real("M b u")
worst = (u - 1) / m.kappa


def effort(bonus: Any) -> Any:
    """Return e(b), the mechanism's own expression."""
    d = crowding.derive()
    return d.effort.subs({d.drive: M, d.crowding: m.kappa}).subs(d.bonus, bonus)


positive = {"bonus": b > 0, "crowding": m.kappa > 0, "drive": M >= 0}
setting = {**positive, "u is √(κM)": sp.And(u >= 0, sp.Eq(u**2, m.kappa * M))}
STRONG = "purpose strong, κM > 1"
assumptions = {STRONG: m.kappa * M > 1}
parts = {
    "exactly below the break-even bonus": sp.Equivalent(effort(b) < M, b < M - 1 / m.kappa),
    "a bonus backfires": sp.And(worst > 0, effort(worst) < M),
    "none is worse": effort(b) >= effort(worst),
}
claim = sp.And(*parts.values())


@dataclass(frozen=True)
class Bonus:
    """One member's drive M = κ⁻¹u², crowding κ and a bonus."""

    drive: Fraction
    crowding: Fraction
    bonus: Fraction
    root: Fraction

    def efforts(self) -> list[float]:
        """Return the effort without pay, at the bonus and at the worst bonus."""
        at_worst = float(crowding.least_effort(float(self.drive), float(self.crowding)))
        bonuses = [0.0, float(self.bonus)]
        paid = crowding.effort(bonuses, float(self.drive), float(self.crowding))
        return [*map(float, paid), at_worst]

    def holds(self) -> bool:
        """Return whether pay backfires, exactly below the break-even bonus, and worst at b°."""
        none, paid, least = self.efforts()
        enough = float(crowding.pay_enough(float(self.drive), float(self.crowding)))
        slack = 1e-9 * (1 + none + paid)  # the mechanism computes in floats
        backfires = abs(paid - none) <= slack or (paid < none) == (float(self.bonus) < enough)
        return backfires and enough > 0 and least < none and paid >= least - slack

    def story(self) -> str:
        """Return effort without pay, with the bonus, and at its least."""
        none, paid, least = self.efforts()
        return (
            f"drive {self.drive}, crowding {self.crowding}: effort {none:g} unpaid, {paid:g} at "
            f"a bonus of {self.bonus}, {least:g} at the worst bonus"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers."""
        yield {M: self.drive, m.kappa: self.crowding, b: self.bonus, u: self.root}


def case(numbers: Numbers) -> Bonus:
    """Return the story of one member."""
    return Bonus(*values(numbers, "M", "kappa", "b", "u"))


@drawn
def cases(draw: Draw, strong: bool = True) -> Bonus:
    """Draw a member whose purpose is strong, or any, and a bonus."""
    root = draw.number(1, 6, 4) if strong else draw.number(0, 6, 4)
    draw.only_if(root > 1 or not strong)
    kappa = draw.positive(8, 4)
    return Bonus(root**2 / kappa, kappa, draw.positive(8, 4), root)


theorem = Theorem(
    name="pay-enough",
    title="Pay enough or do not pay at all",
    statement="If purpose is strong enough for pay to crowd it out (κM > 1), a bonus above zero "
    "leaves less effort than none at all exactly if it is below M − 1/κ, and effort is least at "
    "(√(κM) − 1)/κ, where it is less than unpaid.",
    words={
        STRONG: "strong enough for pay to crowd it out (κM > 1)",
        "exactly below the break-even bonus": "leaves less effort than none at all exactly if it "
        "is below M − 1/κ",
        "a bonus backfires": "where it is less than unpaid",
        "none is worse": "effort is least at (√(κM) − 1)/κ",
    },
    explanation="A bonus adds a reason to work and takes one away: paid work feels less like a "
    "gift. Where purpose is strong, the first coins take away more than they add, and effort "
    "falls until the bonus is large enough to stand on its own. Where purpose is weak there is "
    "little to lose, and any bonus helps.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="after U. Gneezy and A. Rustichini, Pay enough or don't pay at all, QJE 115 (2000)",
    steps=(
        Step(
            "otherwise no bonus backfires",
            effort(b) > M,
            {**positive, "purpose weak, κM ≤ 1": m.kappa * M <= 1},
        ),
    ),
    small=Small(claim, setting, assumptions),
    case=case,
    cases=cases,
    outside={STRONG: partial(cases, strong=False)},
)
