"""A problem → an order that is optimal because it attains a bound, where there is one.

Where everyone must go and κθ_R = 0, the total of an order without truncation at
zero is Σ deficit_i − Σ_{j before i} fall_ij, so

    price ≥ Σ_i deficit_i − Σ_{i<j} max(fall_ij, fall_ji)

for truncation only raises a total. An order that puts j before i whenever
fall_ij > fall_ji attains the bound if none of its payments is negative, and is then
optimal. Under default ties it is the ascending order of σ_i/s_i (with equal σ:
biggest contributor first); in general it exists iff "j before i" has no cycle.

Nothing is assumed of purpose or portability: the premises are checked exactly.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from missiongame.exact import UNIT, Floats, fraction, fractions_of, quotient
from missiongame.price.method import Found, Method, Search
from missiongame.price.problem import Order, Problem
from missiongame.price.tie_graphs import mirrored, topological

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

_SUBNORMAL = 1e-290  # below it a quotient can lose more than roundings


class ClosedForm(Method):
    """The order that attains the bound above, where there is one."""

    name = "closed form"
    misfit = "here the closed form is not proved to hold"

    def accepts(self, problem: Problem) -> bool:
        """Return whether everyone must go and pay is linear."""
        needs = problem.all_work if problem.weight is not None else problem.all_members
        return problem.linear and needs

    def solve(self, search: Search) -> Found | None:
        """Return the optimal order; None where there is none, or where a payment is negative."""
        problem = search.problem
        order = _acyclic(problem) if problem.weight is None else ascending(problem)
        if order is None or np.any(problem.deficits_along(order) < 0):
            return None
        return Found(order, problem.cost(order)[0], proved=True)


def ascending(problem: Problem) -> Order:
    """Return those who contribute in ascending order of weight_i / size_i, exactly."""
    if problem.weight is None:
        raise AssertionError("general ties have no weights")  # a mistake of this package
    those = np.flatnonzero(problem.size != 0)
    weight, size = problem.weight[those], problem.size[those]
    keys = np.array([quotient(w, s) for w, s in zip(weight.tolist(), size.tolist(), strict=True)])
    guess = np.argsort(keys, kind="stable")
    w, s = weight[guess].astype(object), size[guess].astype(object)
    if np.any(w[:-1] * s[1:] > w[1:] * s[:-1]):
        exact = [Fraction(a, b) for a, b in zip(weight.tolist(), size.tolist(), strict=True)]
        guess = np.array(sorted(range(len(those)), key=exact.__getitem__), dtype=np.int64)
    return those[guess]


def _acyclic(problem: Problem) -> Order | None:
    """Return an order with j before i whenever fall_ij > fall_ji, or None if they cycle."""
    (_, partners, falls), rows, n = problem.sparse, problem.rows, problem.n
    back = mirrored(rows, partners, n)
    returned = np.where(back >= 0, falls[back], 0) if len(falls) else falls
    first = np.asarray(falls > returned, dtype=bool)
    return topological(n, partners[first], rows[first])


def quick_ascending(community: Community, rival: Rival) -> tuple[Order, Floats, float] | None:
    """Return (order, pay in that order, its error) of the closed form for many members.

    Floats with a rounding bound certify the premises; the few comparisons inside the
    bound are redone in rationals. None where a premise fails or stays open: then
    whole numbers decide.
    """
    if community.ties is not None or (rival.crowding != 0 and rival.mission != 0):
        return None
    contribution = np.asarray(community.contribution, dtype=np.float64)
    whole = community.contribution.dtype != object and bool(
        np.all(contribution == np.floor(contribution)) and contribution.sum() < 2.0**53
    )
    if not whole or community.social.dtype == object:
        return None
    order = _certain_order(contribution, community.social)
    return None if order is None else _certain_pay(community, rival, contribution, order)


def _certain_order(contribution: Floats, social: Floats) -> Order | None:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        keys = social / contribution
    order: Order = np.argsort(keys)
    if not contribution.all():
        order = order[contribution[order] > 0]
    keys = keys[order]
    near = np.flatnonzero((keys[1:] <= keys[:-1] * (1 + 4 * UNIT)) | (keys[1:] < _SUBNORMAL))
    c, sigma = contribution[order], social[order]
    near = near[(c[near] != c[near + 1]) | (sigma[near] != sigma[near + 1])]
    if len(near) > 1000 or not np.isfinite(keys).all():
        return None
    for k in near.tolist():
        before = Fraction(sigma[k]) * Fraction(c[k + 1])
        if before > Fraction(sigma[k + 1]) * Fraction(c[k]):
            return None
    return order


def _certain_pay(
    community: Community, rival: Rival, contribution: Floats, order: Order
) -> tuple[Order, Floats, float] | None:
    theta, theta_R, rho = float(community.mission), float(rival.mission), float(rival.portability)
    purpose = np.asarray(community.known_purpose("the price of collapse"), dtype=np.float64)[order]
    enjoyment = np.asarray(community.enjoyment, dtype=np.float64)[order]
    sigma, c = community.social[order], contribution[order]
    reached = np.cumsum(c)  # exact: whole numbers below 2**53
    total = float(reached[-1])
    ties = sigma * ((total - reached - rho * (reached - c)) / total)
    pay = purpose * (theta - theta_R) + enjoyment + ties
    most = np.abs(purpose).max() * (theta + theta_R) + np.abs(enjoyment).max() + 3 * sigma.max()
    error = 16 * UNIT * float(most)
    open_ = np.flatnonzero(pay < error)
    if not np.isfinite(error) or len(open_) > 1000 or np.any(pay < -error):
        return None
    for k in open_.tolist():
        if _exact_pay(community, rival, int(order[k]), int(reached[k] - c[k]), int(total)) < 0:
            return None
    return order, np.maximum(pay, 0.0), error


def _exact_pay(community: Community, rival: Rival, i: int, gone: int, total: int) -> Fraction:
    """Return the untruncated pay of member i once `gone` of the `total` contributions left."""
    purpose = community.known_purpose("the price of collapse")
    alpha, h, sigma, c = (
        fractions_of(v[i : i + 1])[0]
        for v in (purpose, community.enjoyment, community.social, community.contribution)
    )
    missions = fraction(community.mission) - fraction(rival.mission)
    stays = total - c - gone - fraction(rival.portability) * gone
    return alpha * missions + h + sigma * stays / total
