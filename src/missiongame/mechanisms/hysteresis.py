"""From an offer that rises and falls to where a community falls, and comes back far lower.

An offer of amount λ pays member i λe_i (everyone alike: e_i = 1; a piece rate:
e_i = c_i; and so on). While it rises from zero the community follows its least
equilibrium, while it falls from a height at which all leave, its greatest. With
κθ_R = 0 and ties of at least 0,

    T_i = λe_i − b_i(x),    b_i(x) = α_i θ + h_i + Σ_{j≠i} g_ij (1 − x_j)
                                     − α_i θ_R − ρ Σ_{j≠i} g_ij x_j,

so that i leaves at b_i(x)/e_i: less, the more have left. Hence, exactly,

- *up*: again and again the stayers with the least b_i(x)/e_i leave, at that amount
  or at once if it is below the last one;
- *down*: again and again the leavers with the largest b_i(x)/e_i come back.

Theorem. κθ_R = 0, g ≥ 0: from an equilibrium, withdrawing (or lowering) an offer
never raises defection along best responses. With ties the way down lies strictly
below the way up for some communities; without ties, never. With κθ_R > 0 a lower
offer can win members: α = κ = 1, θ_R = 3, θ + h = 2.75 stays for λ = 1 and leaves
for λ = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from missiongame.errors import StructureMissing
from missiongame.exact import Number, fractions_of, wanted_share
from missiongame.mechanisms.indifference import Amounts
from missiongame.model import Community, Offer, Rival, check_players

Step = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Loop:
    """Defection against the amount of an offer, on the way up and on the way down.

    Attributes
    ----------
    at_nothing : Fraction
        K at amount 0 on the way up.
    up : tuple of (amount, K), amounts ascending
        Just above the amount, and up to the next one, that share is away.
    at_any_height : Fraction
        K where the way down starts: in the greatest equilibrium at any large amount.
    down : tuple of (amount, K), amounts descending, positive
        Just below the amount, and down to the next one, that share is away.
    """

    at_nothing: Fraction
    up: tuple[Step, ...]
    at_any_height: Fraction
    down: tuple[Step, ...]

    def tipping(self, share: Any = 0.5) -> Number:
        """Return the infimum amount at which `share` is away on the way up; inf if at none."""
        wanted = wanted_share(share)
        steps = ((Fraction(0), self.at_nothing), *self.up)
        return next((amount for amount, k in steps if k >= wanted), math.inf)

    def recovery(self, share: Any = 0.5) -> Number | None:
        """Return the supremum amount at which less than `share` is away on the way down.

        None where `share` stays away even for nothing; inf where it never leaves.
        """
        wanted = wanted_share(share)
        if self.at_any_height < wanted:
            return math.inf
        return next((amount for amount, k in self.down if k < wanted), None)


def loop(community: Community, rival: Rival, offer: Offer) -> Loop:
    """Return the whole loop, exactly; each step takes time linear in members and ties.

    Parameters
    ----------
    community : Community
        Ties of at least 0.
    rival : Rival
        Without mission or without crowding.
    offer : Offer
        Its amount is what rises and falls; of personal pay, a common factor.

    Raises
    ------
    StructureMissing
        If a tie is negative, or κθ_R > 0, where more pay can win fewer.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=2, social=8)
    >>> around = loop(pair, Rival(), offers.flat(1))
    >>> around.tipping(1), around.recovery(1)
    (Fraction(6, 1), Fraction(2, 1))
    """
    check_players(community=community, rival=rival, offer=offer)
    _check(community, rival)
    amounts = Amounts(community, rival, fractions_of(offer.at(1.0).pay(community)))
    up_start, up = _rise(community, amounts)
    down_start, down = _fall(community, amounts)
    return Loop(up_start, tuple(up), down_start, tuple(down))


def _check(community: Community, rival: Rival) -> None:
    community.known_purpose("loop")
    if community.ties is not None:
        community.ties.require_nonnegative(", so leaving does not draw others along")
    if rival.mission > 0 and rival.crowding > 0:
        raise StructureMissing(
            f"the rival's mission {rival.mission} and crowding {rival.crowding} are both positive, "
            "so that more pay can win fewer; `rise_and_fall` follows given amounts"
        )


@cache
def derive() -> Any:
    """Derive b, what member i has by staying beyond leaving unpaid: −T at w = 0.

    Examples
    --------
    >>> derive()
    -G_gone*rho + G_stay + alpha*theta - alpha*theta_R + h
    """
    # Following the loop needs no SymPy.
    import sympy

    from missiongame.model import symbols as m
    from missiongame.payoffs import Payoffs

    return sympy.expand(-Payoffs().temptation.subs(m.w, 0))


def _rise(community: Community, amounts: Amounts) -> tuple[Fraction, list[Step]]:
    """Follow the least equilibrium from amount 0 upward."""
    away = np.zeros(community.n, dtype=bool)
    while True:  # at 0 itself only those leave whom staying costs
        amounts.look(away, unpaid_at_zero=math.inf)
        leave = ~amounts.at_least(Fraction(0)) & ~away
        if not leave.any():
            break
        away = away | leave
    start, steps = amounts.defection, list[Step]()
    amount = Fraction(0)
    while (least := amounts.least(~away)) < math.inf:
        amount = max(amount, Fraction(least)) if least > 0 else amount
        away = away | amounts.at_most(amount)
        amounts.look(away, unpaid_at_zero=math.inf)
        steps.append((amount, amounts.defection))
    return start, _merged(start, steps)


def _fall(community: Community, amounts: Amounts) -> tuple[Fraction, list[Step]]:
    """Follow the greatest equilibrium from a great height downward."""
    away = np.ones(community.n, dtype=bool)
    while True:  # whom no amount wins
        amounts.look(away, unpaid_at_zero=-math.inf)
        back = ~amounts.paid & amounts.at_least(math.inf) & away
        if not back.any():
            break
        away = away & ~back
    start, steps = amounts.defection, list[Step]()
    amount: Number = math.inf
    while (most := amounts.most(away)) > 0:
        amount = min(amount, most)
        away = away & ~amounts.at_least(amount)
        amounts.look(away, unpaid_at_zero=-math.inf)
        steps.append((Fraction(amount), amounts.defection))
    return start, _merged(start, steps)


def _merged(start: Fraction, steps: list[Step]) -> list[Step]:
    """Join steps at one amount, and drop those that change nothing."""
    kept: list[Step] = []
    for amount, k in steps:
        if kept and kept[-1][0] == amount:
            kept.pop()
        if k != (kept[-1][1] if kept else start):
            kept.append((amount, k))
    return kept
