"""From who defects to what goes with them, and to the outcome's certificate."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from missiongame.exact import Mask, exact_total, nearest
from missiongame.members.certificate import max_gain
from missiongame.members.game import Game
from missiongame.members.rational_check import exact_most_gain


@dataclass(frozen=True, eq=False)
class Outcome:
    """Who defects, what goes with them, and what anyone would gain by doing otherwise.

    Attributes
    ----------
    defectors : (n,) bool
        x: who defects.
    """

    defectors: Mask
    game: Game = field(repr=False)

    def __post_init__(self) -> None:
        self.defectors.flags.writeable = False

    def __repr__(self) -> str:
        n = self.game.community.n
        share = f"{100 * self.defection:.4g} %"
        return f"<outcome: {self.headcount} of {n} members defect, {share} of contributions>"

    @cached_property
    def headcount(self) -> int:
        """N(x), how many members defect."""
        return int(self.defectors.sum())

    @cached_property
    def exact_defection(self) -> Fraction:
        """K(x) = Σ s_i x_i, the share of contributions that defects."""
        community = self.game.community
        return exact_total(community.contribution, self.defectors) / community.total

    @property
    def defection(self) -> float:
        """K(x) as a float, correctly rounded."""
        return float(self.exact_defection)

    @cached_property
    def exact_payroll(self) -> Fraction:
        """Σ w_i x_i, what the rival pays the defectors, money a period."""
        return exact_total(self.game.pay, self.defectors)

    @property
    def payroll(self) -> float:
        """Σ w_i x_i as a float, correctly rounded; infinite beyond the floats."""
        return nearest(self.exact_payroll)

    @cached_property
    def max_gain(self) -> float:
        """The most that a member gains by deviating alone, money a period.

        Rounded upward; its sign is exact, so it is at most 0 iff this is an equilibrium.
        """
        return max_gain(self.game.community, self.game.response, self.defectors)

    def check(self) -> Fraction:
        """Return the exact most that a member gains, from the payoffs themselves.

        The certificate from scratch: every member's two payoffs in rationals, one
        member after another, by none of the code that found the outcome (some ten
        microseconds a tie or a member). An upper bound where payoffs are not rational.

        Examples
        --------
        >>> from missiongame import Community, Rival, offers, participate
        >>> town = Community([6, 3, 1], purpose=100, social=[0, 20, 20])
        >>> participate(town, Rival(), offers.top(1, pay=120)).least.check()
        Fraction(-20, 1)
        """
        return exact_most_gain(self.game, self.defectors)
