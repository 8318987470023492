"""From a case with nothing unknown to what follows: who leaves, at what price, who answers whom."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from missiongame.contest import Contest, ContestEquilibria, Selection
from missiongame.errors import StructureMissing
from missiongame.members import Outcome, Participation, participate
from missiongame.model import Community, Offer
from missiongame.model.offers import flat
from missiongame.price import BestRaid, Price, best_raid, price_of_collapse
from missiongame.scenarios import Scenario

Status: TypeAlias = Literal[
    "holds", "falls", "depends: cases", "depends: expectations", "undecided"
]
CONTEST_SECONDS = 20.0


@dataclass(frozen=True, eq=False)
class Case:
    """A scenario whose purpose is known or supposed; each answer is computed when asked for.

    Attributes
    ----------
    scenario : Scenario
    share : Fraction
        The share of the work whose loss is a success of the rival's.
    budget : Fraction
        What the rival can spend, money a period.
    seconds : float
        About how long each search that can be stopped may take.
    worth : Fraction or None
        What staying is supposed to be worth to each, money a period; None where it is known.
    """

    scenario: Scenario
    share: Fraction
    budget: Fraction
    seconds: float
    worth: Fraction | None = None

    @property
    def community(self) -> Community:
        """Who contributes, their purpose known or supposed."""
        return self.scenario.community

    @cached_property
    def participation(self) -> Participation:
        """The members' equilibria under the offer as made."""
        return self.against(self.scenario.offer)

    def against(self, offer: Offer) -> Participation:
        """Return the members' equilibria under any offer."""
        return participate(self.community, self.scenario.rival, offer)

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """The selected equilibria that exist, by name, from least defection to greatest."""
        found = self.participation
        named = {"least": found.least, "robust": found.robust, "greatest": found.greatest}
        return {name: outcome for name, outcome in named.items() if outcome is not None}

    @cached_property
    def defection(self) -> tuple[Fraction, Fraction] | None:
        """The least and greatest share that leaves in an equilibrium; None where none exists."""
        return ends(self.participation)

    @property
    def status(self) -> Status:
        """Whether the community holds against the offer as made, in every equilibrium or some."""
        if self.defection is None:
            return "undecided"
        least, greatest = self.defection
        if greatest < self.share:
            return "holds"
        return "falls" if least >= self.share else "depends: expectations"

    @cached_property
    def price(self) -> Price:
        """The price of the share, whoever is approached."""
        rival = self.scenario.rival
        return price_of_collapse(self.community, rival, self.share, seconds=self.seconds)

    @cached_property
    def bought(self) -> bool | None:
        """Whether the budget buys the share for certain; None where bounds leave it open.

        It does if the price is below it, or if the share leaves when nobody is paid.
        """
        low, high = self.price.lower_bound, self.price.total_bounds[1]
        if high < self.budget or (not low and self.leaves_unpaid):
            return True
        return False if low >= self.budget else None

    @cached_property
    def leaves_unpaid(self) -> bool:
        """Whether the share leaves in the least equilibrium when nobody is paid."""
        least = self.against(flat(0)).least
        return least is not None and least.exact_defection >= self.share

    @property
    def at_the_edge(self) -> bool:
        """Whether the share costs exactly the budget, so that any more would buy it."""
        return self.price.exact_total == self.budget and self.price.optimal and not self.bought

    @cached_property
    def best_raid(self) -> BestRaid:
        """The most work that the budget takes for certain."""
        return best_raid(self.community, self.scenario.rival, self.budget, seconds=self.seconds)

    @cached_property
    def contests(self) -> dict[Selection, ContestEquilibria]:
        """Steward against rival, by what the members play: one entry where that makes no odds.

        None where the members' game of some policy and offer has no such equilibrium.
        """
        case = self.scenario
        given = (case.community, case.steward, case.rival, case.offers)
        with suppress(StructureMissing):
            least = Contest(*given, "least")
            greatest = least.selecting("greatest")
            games = [least] if least.exact == greatest.exact else [least, greatest]
            return {game.selection: game.equilibria(limit=CONTEST_SECONDS) for game in games}
        return {}


def ends(members: Participation) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest share that leaves in an equilibrium; None without any."""
    some = [o for o in (members.least, members.greatest) if o is not None]
    if len(some) < 2:
        some += members.equilibria or []
    shares = [outcome.exact_defection for outcome in some]
    return (min(shares), max(shares)) if shares else None
