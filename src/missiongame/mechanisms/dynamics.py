"""From an offer to paths in time: members who drift rather than jump.

p_i in [0, 1] is the probability that member i is away, the others independent, so
that T_i at p is what i expects to gain by leaving. In continuous time, with T_i as
`missiongame.payoffs` derives it at the expected ties,

    logit        dp_i/dt = 1/(1 + exp(−T_i/η)) − p_i
    replicator   dp_i/dt = r p_i (1 − p_i) T_i

- logit: revising once a unit of time on average, members take the better with
  noise η > 0, money;
- replicator: who does better is imitated, at rate r > 0, 1/(money × time).

With ties of at least 0 and α ≥ 0 both are cooperative systems: a stronger mission
or a withdrawn offer (κθ_R = 0) lowers every p_i(t) for good. Among alike members
with M = α(θ − θ_Rφ) + h and G = Σ_{j≠i} g_ij, the replicator rests at 0, at 1, and
at p° = (M + G − w)/((1 + ρ)G) where that is between; there it is unstable: below
p° the community recovers, above it collapses.

Float answers (`missiongame.mechanisms.integration`). The replicator is integrated in
log-odds, in which it is dz_i/dt = rT_i, so that it is as good for shares near 0 or 1.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import scipy.sparse
import sympy
from scipy.special import expit

from missiongame.errors import Words, illegal
from missiongame.exact import Floats
from missiongame.mechanisms.arguments import floats
from missiongame.mechanisms.derived import Derived, numeric
from missiongame.mechanisms.integration import Field, Goal, Motion, integrated
from missiongame.mechanisms.integration import Trajectory as Trajectory
from missiongame.model import Community, Offer, Rival, check_players
from missiongame.model import symbols as m
from missiongame.payoffs import Payoffs


@cache
def derive() -> Derived:
    """Derive the dynamics of alike members, and where they rest, from the two payoffs.

    Returns
    -------
    away, around, noise, rate : the symbols p, G, η > 0 and r > 0; the others are the model's
    temptation : T at p
    logit, replicator : dp/dt
    rest : p°, the interior rest point of the replicator
    growth : d(dp/dt)/dp there; positive: unstable

    Examples
    --------
    >>> import sympy
    >>> d = derive()
    >>> sympy.factor(d.growth / (d.rest * (1 - d.rest)))
    G*r*(rho + 1)
    """
    p, G = sympy.symbols("p G", real=True)
    eta, r = sympy.symbols("eta r", positive=True)
    T = Payoffs().temptation.subs({m.G_stay: G * (1 - p), m.G_gone: G * p})
    replicator = r * p * (1 - p) * T
    (rest,) = sympy.solve(T, p)
    return Derived(
        away=p,
        around=G,
        noise=eta,
        rate=r,
        temptation=T,
        logit=1 / (1 + sympy.exp(-T / eta)) - p,
        replicator=replicator,
        rest=rest,
        growth=sympy.simplify(sympy.diff(replicator, p).subs(p, rest)),
    )


def logit_path(
    community: Community,
    rival: Rival,
    offer: Offer,
    times: Any,
    noise: Any,
    start: Any = 0.0,
    share: Any = 0.5,
) -> Trajectory:
    """Return the logit path through `times`.

    Parameters
    ----------
    community, rival, offer
    times : (m,) ascending from the start, at least two
    noise : η > 0, money
    start : number or (n,) in [0, 1]
        p at the first time.
    share : number in (0, 1]
        The share of the contributions whose loss counts as collapse.

    Raises
    ------
    InvalidValue
        If the path takes too many steps, as it can where members react strongly and η
        is small; the error says how far it was followed.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=10)
    >>> path = logit_path(pair, Rival(), offers.flat(12), [0, 20], noise=1)
    >>> path.defection.round(4)
    array([0.    , 0.8808])
    """
    check_players(community=community, rival=rival, offer=offer)
    eta = float(floats(noise, "noise", above=0))
    tempted = _temptation(community, rival, offer)

    def change(p: Floats) -> Floats:
        return expit(tempted(p) / eta) - p

    p0 = _start(start, community.n)
    at = _times(times)
    # dp/dt ≥ −p and dp/dt ≤ 1 − p: what the integrator makes of it is kept between.
    kept = np.exp(at[0] - at)[:, None]
    bounds = p0 * kept, p0 * kept + (1 - kept)
    motion = Motion(change, p0, lambda p: (p, 1 - p))
    return integrated(motion, at, Goal(community, p0, share), bounds)


def replicator_path(
    community: Community,
    rival: Rival,
    offer: Offer,
    times: Any,
    rate: Any = 1.0,
    start: Any = 0.01,
    share: Any = 0.5,
) -> Trajectory:
    """Return the replicator path through `times`.

    Parameters
    ----------
    community, rival, offer, times, share
        As for `logit_path`.
    rate : r > 0, 1/(money × time)
    start : number or (n,) in [0, 1]
        Nobody is imitated who is not there: 0 and 1 stay what they are.

    Raises
    ------
    InvalidValue
        If the path takes too many steps; the error says how far it was followed.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=10, social=4)
    >>> path = replicator_path(pair, Rival(), offers.flat(13), [0, 5, 10])
    >>> path.defection.round(3), round(path.time_to_collapse, 2), path.error < 1e-8
    (array([0.01 , 0.967, 1.   ]), 3.69, True)
    """
    check_players(community=community, rival=rival, offer=offer)
    speed = float(floats(rate, "rate", above=0))
    p0 = _start(start, community.n)
    tempted = _temptation(community, rival, offer)
    moving = (p0 > 0) & (p0 < 1)

    def both(z: Floats) -> tuple[Floats, Floats]:
        p, q = p0.copy(), 1 - p0
        p[moving], q[moving] = expit(z), expit(-z)
        return p, q

    def change(z: Floats) -> Floats:
        return speed * tempted(both(z)[0])[moving]

    z0 = np.log(p0[moving]) - np.log1p(-p0[moving])
    goal = Goal(community, p0, share, may_leave=p0 > 0)
    return integrated(Motion(change, z0, both), _times(times), goal)


def _temptation(community: Community, rival: Rival, offer: Offer) -> Field:
    """Return the function from p to T at the expected ties."""
    order = (m.w, m.alpha, m.theta, m.theta_R, m.kappa, m.h, m.rho, m.G_stay, m.G_gone)
    T = numeric(Payoffs().temptation, *order)
    columns = (
        offer.pay(community).astype(np.float64),
        community.known_purpose("dynamics").astype(np.float64),
        float(community.mission),
        float(rival.mission),
        float(rival.crowding),
        community.enjoyment.astype(np.float64),
        float(rival.portability),
    )
    expected = _expected_ties(community)
    return lambda p: T(*columns, expected(1 - p), expected(p))


def _expected_ties(community: Community) -> Field:
    """Return the function from q in [0, 1]ⁿ to Σ_{j≠i} g_ij q_j."""
    if community.ties is None:
        social, s = community.social.astype(np.float64), community.share
        return lambda q: social * (s @ q - s * q)
    ties = community.ties
    worth = ties.worth.astype(np.float64)
    matrix: Any = scipy.sparse.csr_array(
        (worth, ties.partners, ties.starts), shape=(community.n, community.n)
    )
    return lambda q: matrix @ q


def _start(start: Any, n: int) -> Floats:
    p = floats(start, "start", low=0)
    if p.ndim > 1 or (p.ndim == 1 and len(p) != n):
        raise illegal("start", Words(f"of shape {p.shape}"), f"a number or {n} numbers in [0, 1]")
    if np.any(p > 1):
        raise illegal("start", float(p.max()), "at most 1")
    return np.broadcast_to(p, (n,)).copy()


def _times(times: Any) -> Floats:
    at = floats(times, "times")
    if at.ndim != 1 or len(at) < 2 or np.any(np.diff(at) <= 0):
        raise illegal("times", times, "at least two numbers, ascending")
    return at
