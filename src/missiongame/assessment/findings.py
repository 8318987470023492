"""From a case to what is found out about it: does it hold, and from which level on?"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from missiongame.assessment.case import Case, Status
from missiongame.assessment.english import English
from missiongame.assessment.every_worth import EveryWorth
from missiongame.assessment.threshold import Threshold
from missiongame.contest import ContestEquilibria
from missiongame.exact import exact_total, nearest, wanted_share
from missiongame.members import Participation
from missiongame.model import Policy
from missiongame.price import BestRaid, Curve, Price, price_curve
from missiongame.revealed import Counts, known_of
from missiongame.scenarios import Assumption, Fact, Scenario, Words
from missiongame.thresholds import critical_company

LARGEST = (1, 10, 20, 100)  # contributors whose part of the work is told
AROUND = (0.9, 1.1)  # a threshold: just below it and just above
HALF = Fraction(1, 2)
SHARES = tuple(Fraction(k, 20) for k in (2, 5, 10, 15, 20))  # whose price is told


class Findings:
    """What is found out about one case; each part is computed when it is first asked for.

    Its parameters are those of `Assessment`, which adds the verdict and what would help.
    """

    def __init__(self, scenario: Scenario, budget: Fraction | None, seconds: float) -> None:
        self.scenario = scenario
        self.seconds = seconds
        self._budget = budget

    # What is asked

    @property
    def words(self) -> Words:
        """How the case calls things."""
        return self.scenario.words

    @property
    def english(self) -> English:
        """The case's amounts, offers and people in words."""
        return English(self.scenario.words)

    @property
    def known(self) -> bool:
        """Whether the members' purpose is known."""
        return self.scenario.community.purpose is not None

    @cached_property
    def share(self) -> Fraction:
        """The share of the work whose loss is a success: given, else the case's, else half."""
        given = self.scenario.share
        return HALF if given is None else wanted_share(given)

    @cached_property
    def cost(self) -> Fraction:
        """What the offer pays if all whom it names accept, and its fixed cost, money a period."""
        offer = self.scenario.offer
        return exact_total(offer.pay(self.scenario.community)) + Fraction(offer.fixed)

    @property
    def budget(self) -> Fraction:
        """What the rival can spend, money a period: given, else `cost`; all of it on pay."""
        return self.cost if self._budget is None else self._budget

    @property
    def budget_given(self) -> bool:
        """Whether the user gave the budget."""
        return self._budget is not None

    # Who the community is, and whom the offer pays

    @cached_property
    def hinges_on(self) -> int:
        """The fewest members who make `share` of the work."""
        return self.scenario.community.absence_factor(self.share)

    @cached_property
    def hinge(self) -> npt.NDArray[np.int64]:
        """(hinges_on,) their positions, the largest contributor first."""
        first: npt.NDArray[np.int64] = self.scenario.community.by_contribution[: self.hinges_on]
        return first

    @cached_property
    def top_shares(self) -> dict[int, float]:
        """The share of the work that the k largest contributors make, for a few k below n."""
        community = self.scenario.community
        wanted = sorted({*LARGEST, self.hinges_on})
        return {k: community.top_share(k) for k in wanted if k < community.n}

    @cached_property
    def paid(self) -> npt.NDArray[np.bool_]:
        """(n,) whom the offer pays; everyone, if it pays nobody."""
        pay = self.scenario.offer.pay(self.scenario.community)
        paid: npt.NDArray[np.bool_] = np.asarray(pay > 0, dtype=bool)
        return paid if paid.any() else np.ones(len(paid), dtype=bool)

    @cached_property
    def aim(self) -> Fraction:
        """The share of the work that those make whom the offer pays."""
        community = self.scenario.community
        return exact_total(community.contribution, self.paid) / community.total

    # The cases: one where purpose is known, else some worths of staying

    @cached_property
    def every_worth(self) -> EveryWorth:
        """All that purpose may be worth; only where it is unknown."""
        return EveryWorth(self.scenario, self.share, self.budget, self.seconds)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The case; where purpose is unknown, a few worths around the thresholds."""
        if self.known:
            return (Case(self.scenario, self.share, self.budget, self.seconds),)
        return tuple(self.every_worth.at(worth) for worth in self.worths)

    @cached_property
    def worths(self) -> tuple[float, ...]:
        """Worths of staying below and above each threshold; empty where there is none."""
        t = self.threshold
        levels = sorted(
            nearest(level)
            for level in (t.offer, t.offer_for_certain, t.budget)
            if 0 < level < np.inf and nearest(level) < np.inf
        )
        if not levels or self.known:
            return ()
        shown = [levels[0] / 2]
        for k, level in enumerate(levels):
            if not k or level > 1.01 * levels[k - 1]:
                shown += [factor * level for factor in AROUND]
        return tuple(sorted(set(shown)))

    @cached_property
    def priced(self) -> Case:
        """The case whose price is told: the case itself, else a worth of 1, in multiples of it."""
        return self.cases[0] if self.known else self.every_worth.at(1.0)

    @cached_property
    def told(self) -> Case:
        """The case whose prices are drawn and listed: `priced`, if known or in multiples.

        Else at the worth of staying at which the budget begins to fail.
        """
        level = nearest(self.threshold.budget)
        if self.known or self.in_multiples or not 0 < level < np.inf:
            return self.priced
        return self.every_worth.at(level)

    @property
    def in_multiples(self) -> bool:
        """Whether prices are multiples of what staying is worth, whatever that is.

        Purpose is unknown, shared by all, and nothing else holds or draws members.
        """
        community = self.scenario.community
        nothing_else = not np.any(community.enjoyment != 0) and not np.any(community.social != 0)
        bare = nothing_else and community.ties is None and not self.scenario.rival.mission
        return bare and not self.known and bool(community.mission)

    @cached_property
    def with_policies(self) -> dict[Policy, Case]:
        """The case in which the steward has chosen each policy that lifts the mission.

        The cheapest first; of equal cost, the strongest. Only where purpose is known.
        """
        case = self.scenario
        useful = sorted(
            (p for p in case.steward.policies if p.uplift), key=lambda p: (p.cost, -p.uplift)
        )
        made = {}
        for policy in useful:
            mission = Fraction(case.community.mission) + Fraction(policy.uplift)
            lifted = case.changed(community=case.community.with_mission(mission))
            made[policy] = Case(lifted, self.share, self.budget, self.seconds)
        return made

    @property
    def priceable(self) -> bool:
        """Whether a price is known: no tie is negative."""
        ties = self.scenario.community.ties
        return ties is None or ties.nonnegative

    # The answers

    @property
    def participation(self) -> Participation | Mapping[float, Participation]:
        """Who leaves for the offer as made; where purpose is unknown, by what staying is worth."""
        if self.known:
            return self.cases[0].participation
        return {nearest(case.worth): case.participation for case in self.cases}

    @property
    def contest(self) -> ContestEquilibria | Mapping[float, ContestEquilibria | None] | None:
        """Steward against rival, if members expect each other to stay; else as `participation`."""
        if self.known:
            return self.cases[0].contests.get("least")
        return {nearest(case.worth): case.contests.get("least") for case in self.cases}

    @property
    def price(self) -> Price:
        """The price of the share; where purpose is unknown, for a worth of 1."""
        return self.priced.price

    @property
    def best_raid(self) -> BestRaid:
        """The most work that the budget takes for certain; where purpose is unknown, as `price`."""
        return self.priced.best_raid

    @cached_property
    def curve(self) -> Curve:
        """What a few shares and the one that counts cost, in the case that is `told`."""
        wanted = sorted({*SHARES, self.share})
        return price_curve(self.told.community, self.scenario.rival, wanted, seconds=self.seconds)

    @cached_property
    def even_curve(self) -> Curve | None:
        """What the same shares would cost if all made equally many; None where ties are given.

        Under default ties concentration makes ties worthless: members value those who
        contribute, and those are bought first.
        """
        town = self.told.community
        if town.ties is not None:
            return None
        even = town.changed(contribution=np.ones(town.n))
        return price_curve(even, self.scenario.rival, self.curve.shares, seconds=self.seconds)

    @property
    def status(self) -> Status:
        """Whether the community holds against the offer as made, in every case and equilibrium.

        "holds" if less than `share` leaves in each, "falls" if at least that leaves in
        each; else it "depends: cases" (what staying is worth) or "depends: expectations"
        (what members expect of each other); "undecided" where none of these is proved.
        """
        return self.cases[0].status if self.known else self.every_worth.status

    @property
    def holds(self) -> bool | None:
        """True where `status` is "holds", False where it is "falls", else None."""
        return {"holds": True, "falls": False}.get(self.status)

    @cached_property
    def holds_budget(self) -> bool | None:
        """Whether the budget buys the share nowhere (True), everywhere (False), or neither.

        None as well where bounds of the price leave it open.
        """
        if not self.priceable:
            return None
        if not self.known:
            return self.every_worth.holds_budget
        bought = self.cases[0].bought
        return None if bought is None else not bought

    @cached_property
    def threshold(self) -> Threshold:
        """From which mission on, or worth of staying, the community holds."""
        holds = self.known or self.every_worth.purpose_holds
        return Threshold(self.scenario, self.share, self.budget, holds, self.seconds)

    @cached_property
    def company(self) -> float | None:
        """What company alone (σ, alike for all) must be worth to hold against the offer.

        If members expect each other to stay, and purpose is worth nothing. None where it
        is no use to ask: something is known of what members feel, or ties work at the
        rival too, so that more of them need not protect.
        """
        if not self.in_multiples or self.scenario.rival.portability:
            return None
        return critical_company(self.scenario.community, self.scenario.offer, self.share)

    @property
    def revealed(self) -> Counts | None:
        """What the case's reports of who went say of purpose; None where there are none."""
        return None if self.known else known_of(self.scenario)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What nobody knows, and was set so that the case can be computed."""
        return self.scenario.assumptions

    @property
    def sources(self) -> tuple[Fact, ...]:
        """What is known, and from whom."""
        return self.scenario.facts
