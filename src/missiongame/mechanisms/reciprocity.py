"""From what answers cost and bring to how patient members must be to answer today.

Each period a member is asked at rate β (at most once) and asks at rate a. An
answer is worth B to who asked and costs k > 0 to who answers. Membership is worth

    V = aB − βk + αθ + h

a period. A member who is asked compares, with discount factor δ in (0, 1),

    answering   −k + δV + δ²V + …        refusing   0 + δP + δ²P + …

where P is what is left to one who refused:

- "expelled" from the next period: the outside pay, P = w;
- "unanswered" for ever after: the better of staying without reciprocity and
  leaving, P = max(αθ + h, w).

Answering is sustained iff V > P and δ ≥ δ* = k/(k + V − P), the member's critical
patience; where V ≤ P, never. The community's is the largest of its members'. For
V > w, expulsion: δ* is nonincreasing in θ and in α ≥ 0, strictly iff α > 0 and
θ > 0: who has least at stake binds. Left unanswered and not tempted away
(αθ + h ≥ w), δ* = k/(k + aB − βk) whatever θ is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import sympy

from missiongame.errors import illegal, wrong_type
from missiongame.exact import Column, Floats, column, fraction
from missiongame.mechanisms.arguments import exact, reals, together
from missiongame.mechanisms.derived import Derived
from missiongame.model import Community, check_players
from missiongame.model.symbols import alpha, h, theta

Refuser = Literal["expelled", "unanswered"]


@cache
def derive() -> Derived:
    """Derive the critical patience from the comparison of answering and refusing.

    Returns
    -------
    ask, answer, benefit, cost, discount, worth, left
        The symbols a, β, B, k > 0, δ > 0, V and P; α, θ and h are the model's.
    membership : V in terms of a, β, B, k, α, θ and h
    gain : answering less refusing, summed over all periods, in V and P
    critical : δ* in V and P, where the gain is zero
    member : δ* of a member who would be expelled, with `membership` for V

    Examples
    --------
    >>> derive().critical, derive().member
    (k/(-P + V + k), k/(B*a - P + alpha*theta - beta*k + h + k))
    """
    a, beta, B, V, P = sympy.symbols("a beta B V P", real=True)
    k, delta = sympy.symbols("k delta", positive=True)
    membership = a * B - beta * k + alpha * theta + h
    later = delta / (1 - delta)  # δ + δ² + …
    gain = (-k + later * V) - later * P
    (critical,) = sympy.solve(gain, delta)
    return Derived(
        ask=a,
        answer=beta,
        benefit=B,
        cost=k,
        discount=delta,
        worth=V,
        left=P,
        membership=membership,
        gain=gain,
        critical=critical,
        member=critical.subs(V, membership),
    )


def patience(cost: Any, worth: Any, left: Any = 0) -> Any:
    """Return δ* = k/(k + V − P), infinite where V ≤ P; arrays broadcast.

    Exact where an argument is an array of Fractions; else float64.

    Parameters
    ----------
    cost : array, k > 0, money
        What answering costs now.
    worth, left : arrays, money a period
        V and P: what membership is worth, and what is left to one who refused.

    Examples
    --------
    >>> patience(cost=1, worth=[1, 3, 0])
    array([0.5 , 0.25,  inf])
    """
    k, V, P = together(reals(cost, "cost", above=0), reals(worth, "worth"), reals(left, "left"))
    formula = derive().function("critical", "cost", "worth", "left")
    return np.where(V > P, formula(k, np.where(V > P, V - P, 1), 0), np.inf)


@dataclass(frozen=True, eq=False)
class Patience:
    """How patient members must be to answer one another.

    Attributes
    ----------
    exact : n Fractions or None
        δ*_i; None for a member who never answers, V_i ≤ P_i.
    binding : int
        Who binds: the first of those with the least stake V_i − P_i per unit of cost.
    """

    exact: tuple[Fraction | None, ...]
    binding: int

    @property
    def members(self) -> Floats:
        """δ*_i, (n,) float64, each correctly rounded; infinite for who never answers."""
        return np.array([np.inf if d is None else float(d) for d in self.exact])

    @property
    def community(self) -> float:
        """The largest of them."""
        return float(self.members[self.binding])

    @property
    def never(self) -> npt.NDArray[np.bool_]:
        """Who never answers, (n,) bool."""
        return np.array([d is None for d in self.exact])

    def sustained(self, patience: Any) -> bool:
        """Return whether everyone answers at discount factor `patience`, a number in (0, 1)."""
        delta = fraction(patience, "patience")
        if not 0 < delta < 1:
            raise illegal("patience", patience, "a number in (0, 1)")
        critical = self.exact[self.binding]
        return critical is not None and delta >= critical


def critical_patience(
    community: Community,
    ask: Any,
    answer: Any,
    benefit: Any,
    cost: Any,
    outside: Any = 0,
    refuser: Refuser = "expelled",
) -> Patience:
    """Return δ*_i of each member and of the community.

    Each of the numbers is one for all or (n,).

    Parameters
    ----------
    community : Community
        Its purpose, mission and enjoyment make up what membership is worth.
    ask, answer : a ≥ 0 and β in [0, 1], requests a period
    benefit, cost : B and k > 0, money a request
    outside : w, money a period
    refuser : "expelled" or "unanswered"
        What happens to one who refuses.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is.

    Examples
    --------
    >>> from missiongame import Community
    >>> parents = Community([3, 1], purpose=[2, 0.5], mission=1)
    >>> critical_patience(parents, ask=0.5, answer=0.5, benefit=2, cost=1).members
    array([0.28571429, 0.5       ])
    >>> critical_patience(parents, 0.5, 0.5, 2, 1, refuser="unanswered").members
    array([0.66666667, 0.66666667])
    """
    check_players(community=community)
    if refuser not in ("expelled", "unanswered"):
        raise illegal("refuser", refuser, "'expelled' or 'unanswered'")
    given = {"ask": ask, "answer": answer, "benefit": benefit, "cost": cost, "outside": outside}
    columns = _columns(community, given)
    stake = _stake(columns, refuser)
    critical = tuple(
        Fraction(k / (k + v)) if v > 0 else None
        for k, v in zip(columns["cost"], stake, strict=True)
    )
    per_cost = [v / k for k, v in zip(columns["cost"], stake, strict=True)]
    return Patience(critical, per_cost.index(min(per_cost)))


def _columns(community: Community, given: dict[str, Any]) -> dict[str, Column]:
    """Return the exact (n,) columns of all that V and P depend on, checked."""
    free = ("benefit", "outside")
    columns = {
        name: column(value, name, community.n, low=None if name in free else 0)
        for name, value in given.items()
    }
    if np.any(columns["answer"] > 1):
        raise illegal("answer", given["answer"], "at most 1: at most one request a period")
    if np.any(columns["cost"] == 0):
        raise illegal("cost", given["cost"], "positive")
    columns["alpha"] = community.known_purpose("critical_patience")
    columns["theta"] = column(community.mission, "mission", community.n)
    columns["h"] = community.enjoyment
    return {name: exact(values) for name, values in columns.items()}


def _stake(v: dict[str, Column], refuser: Refuser) -> Any:
    """Return V − P, exactly."""
    names = ("ask", "answer", "benefit", "cost", "alpha", "theta", "h")
    membership = derive().function("membership", *names)
    worth = membership(*(v[name] for name in names))
    if refuser == "expelled":
        return worth - v["outside"]
    alone = membership(0, 0, *(v[name] for name in names[2:]))
    return worth - np.maximum(v["outside"], alone)


def linear_public_good(n: Any, multiplier: Any) -> Any:
    """Return δ* of n equal members who share what they give, multiplied by r.

    Each gives one unit or nothing; each unit given is worth r/n to everyone; one
    who keeps theirs finds nobody giving ever after. So k = 1 − r/n, V = r − 1 and
    P = 0: δ* = (n − r)/(r(n − 1)). Zero where r ≥ n (giving is free), infinite
    where r ≤ 1 (giving is waste). Arrays broadcast; floats, or Fractions exactly.

    Examples
    --------
    >>> linear_public_good(n=4, multiplier=1.6)
    array(0.5)
    """
    members, r = together(_members(n), reals(multiplier, "multiplier", low=0))
    cost = 1 - r / members
    costly = cost > 0
    return np.where(costly, patience(np.where(costly, cost, 1), r - 1), 0.0)


def everyone_asks_everyone(n: Any, benefit: Any, cost: Any) -> Any:
    """Return δ* of n equal members of whom one a period asks and one is asked, at random.

    a = β = 1/n, P = 0: δ* = nc/((n − 1)c + b). Arrays broadcast; floats, or
    Fractions exactly.

    Examples
    --------
    >>> print(everyone_asks_everyone(n=10, benefit=5, cost=1).round(4))
    0.7143
    """
    members, b, c = together(_members(n), reals(benefit, "benefit"), reals(cost, "cost", above=0))
    return patience(c, (b - c) / members)


def _members(n: Any) -> Column:
    members: Column = reals(n, "n", low=2)
    if np.any(members != np.floor(members)):
        raise wrong_type("n", n, "a whole number of members")
    return members
