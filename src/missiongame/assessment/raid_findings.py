"""From a case to all that `missiongame raid` finds out, before it is put into words.

The raid succeeds in an equilibrium if at least `share` of the contributions
leaves. Where purpose is known: the equilibria under the offer, the critical
mission below which the raid succeeds, the contest. Where it is unknown: the value
of purpose, the same for all, below which the raid succeeds, and the same answers
at several values around it (the *rungs*).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from missiongame.assessment.findings import Findings
from missiongame.contest import Contest, ContestEquilibria, Selection
from missiongame.errors import StructureMissing
from missiongame.exact import exact_total, wanted_share
from missiongame.members import Outcome, Participation, participate
from missiongame.model import Community
from missiongame.thresholds import critical_company, critical_mission, critical_purpose

LARGEST = (1, 10, 20, 100)  # contributors whose part of the work is told
RUNGS = (0.5, 0.9, 1.1, 2.0)  # of the critical purpose: where it is unknown, look around it
CONTEST_SECONDS = 20.0


@dataclass(frozen=True)
class Threshold:
    """Below it the raid succeeds.

    Attributes
    ----------
    selection : "least" or "greatest"
        Which equilibrium the members play.
    level : float
        The critical mission; the critical purpose where purpose is unknown. 0: the
        raid fails at every level. Infinite: it succeeds at every level.
    worth : (float, float)
        What that is worth to the members whom the offer pays, money a period: the
        least and the greatest α_iθ among them.
    reason : str
        Why there is no such level; `level` is then NaN.
    """

    selection: Selection
    level: float
    worth: tuple[float, float]
    reason: str = ""


@dataclass(frozen=True)
class Rung:
    """One value that purpose may have, and what follows."""

    purpose: float
    worth: float
    members: Participation
    contest: ContestEquilibria

    @property
    def ends(self) -> tuple[Outcome, Outcome]:
        """The equilibria with the fewest and with the most defectors."""
        named = list(outcomes(self.members).values())
        return min(named, key=lambda o: o.headcount), max(named, key=lambda o: o.headcount)


class RaidFindings(Findings):
    """What a scenario's offer does; each part is computed when it is first asked for."""

    @cached_property
    def top_shares(self) -> dict[int, float]:
        """The share of the work that the k largest contributors make, for a few k below n."""
        community = self.scenario.community
        return {k: community.top_share(k) for k in LARGEST if k < community.n}

    @cached_property
    def paid(self) -> npt.NDArray[np.bool_]:
        """(n,) whom the offer pays; everyone, if it pays nobody."""
        pay = self.scenario.offer.pay(self.scenario.community)
        paid: npt.NDArray[np.bool_] = np.asarray(pay > 0, dtype=bool)
        return paid if paid.any() else np.ones(len(paid), dtype=bool)

    @cached_property
    def aim(self) -> Fraction:
        """The share of the contributions that those make whom the offer pays."""
        community = self.scenario.community
        return exact_total(community.contribution[self.paid]) / community.total

    @property
    def cost_each(self) -> float:
        """What the rival then pays for a contribution of those whom the offer pays."""
        return float(self.cost) / (float(self.aim) * float(self.scenario.community.total))

    @cached_property
    def share(self) -> Fraction:
        """The share whose loss is a success: the scenario's, else half of the aim."""
        given = self.scenario.share
        return self.aim / 2 if given is None else wanted_share(given)

    @cached_property
    def members(self) -> Participation:
        """The members' equilibria under the offer; only where purpose is known."""
        return self._members(self.scenario.community)

    def _members(self, community: Community) -> Participation:
        return participate(community, self.scenario.rival, self.scenario.offer)

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The critical mission, or purpose, in the least and in the greatest equilibrium."""
        return tuple(self._threshold(selection) for selection in ("least", "greatest"))

    def _threshold(self, selection: Selection) -> Threshold:
        case = self.scenario
        find = critical_mission if self.known else critical_purpose
        given = (case.community, case.rival, case.offer)
        try:
            level = float(find(*given, share=self.share, selection=selection))
        except StructureMissing as error:
            return Threshold(selection, math.nan, (math.nan, math.nan), str(error))
        return Threshold(selection, level, self._worths(level))

    def _worths(self, level: float) -> tuple[float, float]:
        """Return the least and the greatest worth of staying at a level, among those paid."""
        community = self.scenario.community
        if level == 0 or math.isinf(level):
            return level, level
        if community.purpose is None:
            return (self.worth(level),) * 2
        alpha = np.asarray(community.purpose[self.paid], dtype=np.float64)
        return float(alpha.min()) * level, float(alpha.max()) * level

    @property
    def no_threshold(self) -> str:
        """Why there is no critical level; empty where there is one."""
        return next((t.reason for t in self.thresholds if t.reason), "")

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """What follows at values of purpose around the critical one; empty where there is none."""
        levels = [t.level for t in self.thresholds if 0 < t.level < np.inf]
        if not levels:
            return ()
        around = [f * levels[0] for f in RUNGS]
        around += [v * RUNGS[-2] for v in levels[1:] if v > levels[0] * 1.01]
        return tuple(self._rung(purpose) for purpose in sorted(around))

    def _rung(self, purpose: float) -> Rung:
        community = self.scenario.community.changed(purpose=purpose)
        members, contest = self._members(community), self._contest(community, "least")
        return Rung(purpose, self.worth(purpose), members, contest)

    @cached_property
    def contests(self) -> dict[Selection, ContestEquilibria]:
        """The contest's equilibria, by how the members play; only where purpose is known.

        With the greatest defection too, where the offer's outcome depends on it.
        """
        least, greatest = self.members.least, self.members.greatest
        found = {"least": self._contest(self.scenario.community, "least")} if least else {}
        if greatest is not None and (least is None or greatest.headcount != least.headcount):
            found["greatest"] = self._contest(self.scenario.community, "greatest")
        return found  # type: ignore[return-value]  # the keys are the two literals above

    def _contest(self, community: Community, selection: Selection) -> ContestEquilibria:
        case = self.scenario
        contest = Contest(community, case.steward, case.rival, case.offers, selection)
        return contest.equilibria(limit=CONTEST_SECONDS)

    @cached_property
    def company(self) -> float | None:
        """What company alone (σ, alike for all) must be worth for the raid to fail.

        In the least equilibrium, with purpose zero. None where it is no use to ask:
        something is known of what members feel, or ties work at the rival too, so
        that more of them need not protect.
        """
        community, rival = self.scenario.community, self.scenario.rival
        nothing_known = not np.any(community.enjoyment != 0) and not np.any(community.social != 0)
        if self.known or community.ties is not None or not nothing_known or rival.portability:
            return None
        return critical_company(community, self.scenario.offer, self.share)


def outcomes(members: Participation) -> dict[str, Outcome]:
    """Return the equilibria that exist, by name, from least defection to greatest."""
    named = {"least": members.least, "robust": members.robust, "greatest": members.greatest}
    return {name: outcome for name, outcome in named.items() if outcome is not None}
