"""From services, their costs and who owns them to what to make and what to buy.

Members feel a policy only as its uplift to the mission, whoever provides it: for
given uplift and cost, who leaves does not depend on the provider. So the steward
buys iff that is cheaper for the uplift *kept*: what stays when the provider is
left. What a provider can take who owns the rest is in `missiongame.mechanisms.holdup`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from missiongame.errors import illegal
from missiongame.exact import Number, fraction, number, simplest
from missiongame.model import Policy


@dataclass(frozen=True)
class Service:
    """A policy, and the part of its uplift that its provider owns.

    Parameters
    ----------
    policy : Policy
    owned : number
        From 0 (in-house, or all handed over) to the policy's uplift.

    Examples
    --------
    >>> hired = Service(Policy(uplift=0.5, cost=1_000, provider="agency"), owned=0.25)
    >>> hired.kept
    Policy(uplift=0.25, cost=1000.0, provider='agency')
    """

    policy: Policy
    owned: Any = 0.0

    def __post_init__(self) -> None:
        owned: Number = number(self.owned, "owned", low=0)
        if owned > self.policy.uplift:
            raise illegal("owned", self.owned, f"at most the uplift {self.policy.uplift}")
        object.__setattr__(self, "owned", owned)

    @property
    def kept(self) -> Policy:
        """The policy with only the uplift that stays when the provider is left."""
        uplift = Fraction(self.policy.uplift) - Fraction(self.owned)
        return Policy(simplest(uplift), self.policy.cost, self.policy.provider)


def cheapest(services: Iterable[Service], uplift: Any) -> Service:
    """Return the cheapest service that keeps at least `uplift`; the first among equals.

    Raises
    ------
    InvalidValue
        If none keeps that much.

    Examples
    --------
    >>> make = Service(Policy(uplift=0.5, cost=2_000))
    >>> buy = Service(Policy(uplift=0.5, cost=1_000, provider="agency"), owned=0.25)
    >>> cheapest([make, buy], uplift=0.25).policy.provider
    'agency'
    >>> cheapest([make, buy], uplift=0.5).policy.provider
    'in-house'
    """
    wanted, offered = fraction(uplift, "uplift"), list(services)
    enough = [s for s in offered if Fraction(s.kept.uplift) >= wanted]
    if not enough:
        most = max((s.kept.uplift for s in offered), default=0.0)
        raise illegal("uplift", uplift, f"at most {most}, the most that a service keeps")
    return min(enough, key=lambda s: Fraction(s.policy.cost))


def frontier(services: Iterable[Service]) -> tuple[Service, ...]:
    """Return the services that no other undercuts for as much uplift kept, cheapest first.

    Examples
    --------
    >>> make, buy = Service(Policy(0.5, 2_000)), Service(Policy(0.5, 1_000, "agency"), owned=0.25)
    >>> waste = Service(Policy(0.2, 3_000))
    >>> [s.policy.provider for s in frontier([make, buy, waste])]
    ['agency', 'in-house']
    """
    ordered = sorted(services, key=lambda s: (Fraction(s.policy.cost), -Fraction(s.kept.uplift)))
    kept: list[Service] = []
    for service in ordered:
        if not kept or service.kept.uplift > kept[-1].kept.uplift:
            kept.append(service)
    return tuple(kept)
