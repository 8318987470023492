"""The members' game: who leaves for an offer?

Each member stays (x_i = 0) or defects (x_i = 1), given what the others do, and
takes the better (see `missiongame.members.standard`). With nonnegative ties
stayers keep each other: the game is supermodular (Milgrom and Roberts 1990), so
a least and a greatest defection equilibrium exist and best responses from
all-stay and from all-defect reach them. Indifferent members stay in the least
and leave in the greatest. Between the two lies the robust one, the maximiser of
the game's potential where it has one (Morris and Ui 2005).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import StructureMissing, wrong_type
from missiongame.exact import Column
from missiongame.members.cascade import cascade
from missiongame.members.certificate import max_gain
from missiongame.members.default_ties import DefaultTies
from missiongame.members.standard import StandardResponse
from missiongame.members.sums import exact_total

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.members.response import Response
    from missiongame.offers import Offer
    from missiongame.rival import Rival


@dataclass(frozen=True, eq=False)
class Outcome:
    """One way the members' game can go.

    Attributes
    ----------
    defectors : (n,) bool
        x: who defects.
    """

    community: Community = field(repr=False)
    rival: Rival = field(repr=False)
    pay: Column = field(repr=False)
    defectors: npt.NDArray[np.bool_]
    _response: Response = field(repr=False)

    @cached_property
    def headcount(self) -> int:
        """N(x), how many members defect."""
        return int(np.count_nonzero(self.defectors))

    @cached_property
    def exact_defection(self) -> Fraction:
        """K(x) = Σ s_i x_i, the share of contributions that defects."""
        return exact_total(self.community.contribution, self.defectors) / self.community.total

    @property
    def defection(self) -> float:
        """K(x) as a float, correctly rounded."""
        return float(self.exact_defection)

    @cached_property
    def exact_payroll(self) -> Fraction:
        """Σ w_i x_i, what the rival pays the defectors, money a period."""
        return exact_total(self.pay, self.defectors)

    @property
    def payroll(self) -> float:
        """Σ w_i x_i as a float, correctly rounded."""
        return float(self.exact_payroll)

    @cached_property
    def max_gain(self) -> float:
        """The most that a member gains by deviating alone, money a period.

        Rounded upward; its sign is exact, so it is at most 0 iff this is an equilibrium.
        """
        return max_gain(self.community, self._response, self.defectors)


@dataclass(frozen=True, eq=False)
class Participation:
    """The equilibria of a members' game.

    Attributes
    ----------
    least, robust, greatest : Outcome or None
        None where no such equilibrium exists (or, for `robust`, no potential).
    equilibria : tuple of Outcome, or None
        All pure equilibria, where they were enumerated.
    reason : str
        Why `robust` is None.
    """

    least: Outcome | None
    robust: Outcome | None
    greatest: Outcome | None
    equilibria: tuple[Outcome, ...] | None = None
    reason: str = ""


def participate(
    community: Community, rival: Rival, offer: Offer, payoffs: Any = None
) -> Participation:
    """Return who leaves for `offer` in the least, robust and greatest equilibrium.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([6, 3, 1], purpose=100, social=[0, 20, 20])
    >>> participate(town, Rival(), offers.top(1, pay=120)).least.defectors
    array([ True, False, False])
    """
    if payoffs is not None:
        raise wrong_type("payoffs", payoffs, "None: the standard ones")
    if community.ties is not None and not community.ties.nonnegative:
        i, j = community.ties.first_negative()
        raise StructureMissing(f"ties[{i}, {j}] is negative, so the game has no least equilibrium")
    pay = offer.pay(community)
    response = StandardResponse(community, rival, pay)

    def outcome(defectors: npt.NDArray[np.bool_]) -> Outcome:
        return Outcome(community, rival, pay, defectors, response)

    if community.ties is None:
        game = DefaultTies(community, response)
        least, greatest = game.least(), game.greatest()
        robust = game.robust(least, greatest)
        return Participation(outcome(least), outcome(robust), outcome(greatest))
    least = cascade(community.ties, response, least=True)
    greatest = cascade(community.ties, response, least=False)
    return Participation(outcome(least), None, outcome(greatest), reason="not searched")
