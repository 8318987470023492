"""From a case whose purpose is unknown to what holds at every common worth of staying.

With one purpose α ≥ 0 for all, T_i = … − α(θ − θ_Rφ(w_i)). Where every one of these
factors is at least 0 (purpose holds), and no tie is negative, nobody returns as α falls:
the worst case is α = 0 and the best any α so large that nobody's choice changes beyond
it. Where every factor is at most 0 (it draws members away) it is the other way round.
Where neither is so, two cases that differ prove only that it depends on the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, isfinite, log2

import numpy as np

from missiongame.assessment.case import Case, Status
from missiongame.exact import Floats, Number, simplest
from missiongame.scenarios import Scenario
from missiongame.thresholds import of_purpose


@dataclass(frozen=True, eq=False)
class EveryWorth:
    """The cases that bound all others.

    Attributes
    ----------
    scenario : Scenario
        Its community's purpose is unknown.
    share, budget : Fraction
    seconds : float
        About how long each search that can be stopped may take.
    """

    scenario: Scenario
    share: Fraction
    budget: Fraction
    seconds: float

    def at(self, worth: Number) -> Case:
        """Return the case in which staying is worth this to each, money a period.

        Where the mission is 0 purpose is worth nothing to those who stay; `worth` is
        then the purpose itself.
        """
        theta = Fraction(self.scenario.community.mission) or Fraction(1)
        return self._with(Fraction(worth) / theta, Fraction(worth))

    def _with(self, purpose: Fraction, worth: Fraction) -> Case:
        town = self.scenario.community.changed(purpose=simplest(purpose))
        case = self.scenario.changed(community=town)
        return Case(case, self.share, self.budget, self.seconds, worth)

    @cached_property
    def net(self) -> Floats:
        """(n,) floats: θ − θ_Rφ(w_i), what a unit of purpose does for staying."""
        case = self.scenario
        purpose = of_purpose(case.community, case.rival, case.offer)[0].known_purpose("net")
        return purpose.astype(np.float64)

    @property
    def purpose_holds(self) -> bool:
        """Whether purpose tempts nobody to leave for the offer, and no tie is negative."""
        return bool((self.net >= 0).all()) and self._complements

    @property
    def purpose_draws(self) -> bool:
        """Whether purpose helps nobody to stay against the offer, and no tie is negative."""
        return bool((self.net <= 0).all()) and self._complements

    @property
    def _complements(self) -> bool:
        ties = self.scenario.community.ties
        return ties is None or ties.nonnegative

    @cached_property
    def bare(self) -> Case:
        """Purpose is worth nothing."""
        return self._with(Fraction(0), Fraction(0))

    @cached_property
    def far(self) -> Case | None:
        """A purpose beyond which nobody's choice changes; None where no float is as large."""
        town = self.scenario.community
        around = town.social if town.ties is None else np.array([np.abs(town.ties.worth).sum()])
        parts = (self.scenario.offer.pay(town), town.enjoyment, around)
        reach = sum(np.abs(part.astype(np.float64)).max(initial=0.0) for part in parts)
        least = np.abs(self.net[self.net != 0]).min(initial=1.0)
        with np.errstate(over="ignore"):
            bound = 4 * float(reach) / float(least) + 1
        if not isfinite(bound):
            return None
        purpose = Fraction(2) ** ceil(log2(bound))
        return self._with(purpose, purpose * Fraction(town.mission))

    @cached_property
    def status(self) -> Status:
        """Whether the community holds against the offer as made, whatever staying is worth."""
        if self.far is None:
            return "undecided"
        if not (self.purpose_holds or self.purpose_draws):
            differ = self.bare.status != self.far.status
            return "depends: cases" if differ else "undecided"
        worst, best = (self.bare, self.far) if self.purpose_holds else (self.far, self.bare)
        if worst.status == "holds":
            return "holds"
        if best.status == "falls":
            return "falls"
        both = {worst.status, best.status} == {"depends: expectations"}
        return "depends: expectations" if both else "depends: cases"

    @cached_property
    def holds_budget(self) -> bool | None:
        """Whether the budget buys the share at no worth (True), at every worth (False) or neither.

        With κθ_R = 0 the price does not fall in α where θ ≥ θ_R; beyond some α it
        exceeds any budget if θ > θ_R, and nobody need be paid if θ < θ_R.
        """
        community, rival = self.scenario.community, self.scenario.rival
        ahead = Fraction(community.mission) - Fraction(rival.mission)
        bought = self.bare.bought
        if ahead >= 0 and bought is False:
            return True
        linear = not Fraction(rival.mission) * Fraction(rival.crowding)
        if linear and ahead <= 0 and bought:
            return False
        return None
