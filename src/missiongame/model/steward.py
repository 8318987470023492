"""Who runs the community: the steward and the policies it chooses from.

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


@dataclass(frozen=True)
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

    uplift: Any = 0.0
    cost: Any = 0.0
    provider: str = "in-house"

    def __post_init__(self) -> None:
        uplift: Number = number(self.uplift, "uplift", low=0)
        object.__setattr__(self, "uplift", uplift)
        object.__setattr__(self, "cost", number(self.cost, "cost", low=0))

    def __str__(self) -> str:
        if self.uplift == 0 and self.cost == 0:
            return "do nothing"
        return f"uplift {float(self.uplift):g} for {float(self.cost):,.10g} ({self.provider})"


@dataclass(frozen=True)
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

    value: Any
    policies: Iterable[Policy] = (Policy(),)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", number(self.value, "value", low=0))
        if not isinstance(self.policies, Iterable):
            raise wrong_type("policies", self.policies, "a sequence of Policy")
        policies = tuple(self.policies)
        if not policies:
            raise illegal("policies", policies, "at least one Policy")
        for policy in policies:
            if not isinstance(policy, Policy):
                raise wrong_type("policies", policy, "a sequence of Policy")
        object.__setattr__(self, "policies", policies)
