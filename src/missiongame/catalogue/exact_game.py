"""The members' game of a small community in exact numbers, and what happens there in words.

Temptations are those of `Payoffs`, equilibria those of `participate`, best answers
those of `mechanisms.best_response`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from missiongame.exact import fractions_of
from missiongame.mechanisms.best_response import best_response_path
from missiongame.members import Outcome, participate
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.payoffs import Payoffs

_STANDARD = Payoffs()


@lru_cache(maxsize=64)
def dense_ties(community: Community) -> tuple[tuple[Fraction, ...], ...]:
    """Return g as Fractions, whether the ties are the default ones or given."""
    if community.ties is not None:
        return tuple(tuple(fractions_of(row)) for row in community.ties.dense())
    social, share = fractions_of(community.social), community.exact_share
    everyone = range(community.n)
    return tuple(
        tuple(social[i] * share[j] if i != j else Fraction(0) for j in everyone) for i in everyone
    )


def company(community: Community, i: int, gone: Collection[int]) -> tuple[Fraction, Fraction]:
    """Return (G_stay, G_gone): what i's ties to those who stay, and to the `gone`, are worth."""
    row = dense_ties(community)[i]
    left = sum((row[j] for j in gone if j != i), Fraction(0))
    return sum(row, Fraction(0)) - left, left


def tempted(
    community: Community, rival: Rival, offer: Any, i: int, gone: Collection[int]
) -> Fraction:
    """Return T_i where exactly the `gone` (and perhaps i) have left."""
    at = numbers_of(community, rival, offer, i, gone)
    values: dict[str, Any] = {symbol.name: number for symbol, number in at.items()}
    return _STANDARD.exact("temptation", **values)


def numbers_of(
    community: Community, rival: Rival, offer: Any, i: int, gone: Collection[int] = ()
) -> dict[Any, Fraction]:
    """Return the value of each of the model's symbols for member i where the `gone` have left."""
    stay, left = company(community, i, gone)
    purpose = community.known_purpose("a theorem")
    values = {
        m.alpha: purpose[i],
        m.theta: community.mission,
        m.h: community.enjoyment[i],
        m.sigma: community.social[i],
        m.w: offer.pay(community)[i],
        m.theta_R: rival.mission,
        m.rho: rival.portability,
        m.kappa: rival.crowding,
        m.s: community.exact_share[i],
        m.G_stay: stay,
        m.G_gone: left,
    }
    return {symbol: Fraction(number) for symbol, number in values.items()}


def temptations(
    community: Community, rival: Rival, offer: Any, gone: Collection[int]
) -> list[Fraction]:
    """Return each member's temptation where exactly the `gone` (and perhaps they) have left."""
    return [tempted(community, rival, offer, i, gone) for i in range(community.n)]


def lifted(community: Community, rises: Iterable[Fraction]) -> Community:
    """Return the community with each member's enjoyment raised by so much."""
    each = zip(community.enjoyment, rises, strict=True)
    return community.changed(enjoyment=[Fraction(h) + rise for h, rise in each])


def at_both(community: Community, mission: Fraction) -> tuple[Community, Community]:
    """Return a community as it is, and at another mission."""
    return community, community.with_mission(mission)


def told_at_both(community: Community, mission: Fraction, tell: Callable[[Community], str]) -> str:
    """Return a line on a community as it is, and one on it at another mission."""
    towns = at_both(community, mission)
    return "\n".join(f"mission {Fraction(town.mission)}: {tell(town)}" for town in towns)


def gone_in(outcome: Outcome) -> frozenset[int]:
    """Return the positions of those who leave."""
    return frozenset(int(i) for i in outcome.defectors.nonzero()[0])


def named(community: Community, gone: Collection[int]) -> str:
    """Return who leaves, in words.

    Examples
    --------
    >>> named(Community([1, 1, 1]), [0, 2]), named(Community([1]), [])
    ('members 1 and 3 leave', 'nobody leaves')
    """
    if not gone:
        return "nobody leaves"
    if len(gone) == community.n:
        return "everyone leaves" if community.n > 1 else "the only member leaves"
    numbers = [str(i + 1) for i in sorted(gone)]
    if len(numbers) == 1:
        return f"member {numbers[0]} leaves"
    return f"members {', '.join(numbers[:-1])} and {numbers[-1]} leave"


def story_of(community: Community, rival: Rival, offer: Any) -> str:
    """Return one line: the mission, the pay and who leaves in which equilibrium."""
    pays = [str(p) for p in fractions_of(offer.pay(community))]
    pay = pays[0] if len(set(pays)) == 1 else f"({', '.join(pays)})"
    sets = equilibria_of(community, rival, offer)
    ends = " or ".join(dict.fromkeys(named(community, gone) for gone in sets))
    return f"mission {Fraction(community.mission)}, pay {pay}: {ends}"


def equilibria_of(community: Community, rival: Rival, offer: Any) -> list[frozenset[int]]:
    """Return every pure equilibrium of a small community, as sets of those who leave."""
    return list(map(gone_in, participate(community, rival, offer).equilibria or ()))


def answers(
    community: Community,
    rival: Rival,
    offer: Any,
    gone: Collection[int],
    indifferent: Literal["keep", "stay", "leave"] = "keep",
) -> list[frozenset[int]]:
    """Return who is gone in each round of best answers, until they settle or repeat."""
    start = np.isin(np.arange(community.n), list(gone))
    path = best_response_path(community, rival, offer, start, indifferent=indifferent)
    return [frozenset(np.flatnonzero(state).tolist()) for state in path.states]
