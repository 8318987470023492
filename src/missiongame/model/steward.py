"""Who runs the community: from values and policies to a checked `Steward`.

V is what an undefected community is worth to the steward, money a period. A
policy raises the mission by its uplift m ≥ 0 at a cost a period; who provides it
(in-house or bought) matters only through these two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from missiongame.errors import illegal, wrong_type
from missiongame.exact import Number, number


@dataclass(frozen=True, init=False)
class Policy:
    """One thing the steward can do for the mission.

    Parameters
    ----------
    uplift : number
        m ≥ 0, added to the mission θ.
    cost : number
        Money a period, at least 0.
    provider : str
        Who does it, for the reader.

    Examples
    --------
    >>> Policy(uplift=0.5, cost=2_000)
    Policy(uplift=0.5, cost=2000.0, provider='in-house')
    """

    uplift: Number
    cost: Number
    provider: str

    def __init__(self, uplift: Any = 0.0, cost: Any = 0.0, provider: str = "in-house") -> None:
        raised = number(uplift, "uplift", low=0)
        vars(self).update(uplift=raised, cost=number(cost, "cost", low=0), provider=provider)

    def __str__(self) -> str:
        if self.uplift == 0 and self.cost == 0:
            return "do nothing"
        return f"uplift {float(self.uplift):g} for {float(self.cost):,.10g} ({self.provider})"


@dataclass(frozen=True, init=False)
class Steward:
    """Who runs the community.

    Parameters
    ----------
    value : number
        V ≥ 0, what an undefected community is worth to the steward, money a period.
    policies : iterable of Policy
        What it can choose from; by default only to do nothing.

    Examples
    --------
    >>> Steward(value=30_000).policies
    (Policy(uplift=0.0, cost=0.0, provider='in-house'),)
    """

    value: Number
    policies: tuple[Policy, ...]

    def __init__(self, value: Any, policies: Iterable[Policy] = (Policy(),)) -> None:
        worth = number(value, "value", low=0)
        if not isinstance(policies, Iterable):
            raise wrong_type("policies", policies, "a sequence of Policy")
        chosen = tuple(policies)
        if not chosen:
            raise illegal("policies", chosen, "at least one Policy")
        for policy in chosen:
            if not isinstance(policy, Policy):
                raise wrong_type("policies", policy, "a sequence of Policy")
        vars(self).update(value=worth, policies=chosen)
