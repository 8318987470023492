"""Paths in time: members who drift rather than jump.

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

Float answers: SciPy's integrators (DOP853), to a relative 1e-8; the replicator in
log-odds, in which it is dz_i/dt = rT_i. For alike members who start alike it is
the replicator of a symmetric 2 × 2 game, and nashpy's is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from missiongame.errors import Words, illegal
from missiongame.exact import fraction
from missiongame.mechanisms.arrays import Floats, floats
from missiongame.mechanisms.derived import numeric

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.offers import Offer
    from missiongame.rival import Rival

Field = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Derived:
    """SymPy expressions for alike members; other symbols are those of `missiongame.symbols`.

    Attributes
    ----------
    away, around, noise, rate : the symbols p, G, η > 0 and r > 0
    temptation : T at p
    logit, replicator : dp/dt
    rest : p°, the interior rest point of the replicator
    growth : d(dp/dt)/dp there; positive: unstable
    """

    away: Any
    around: Any
    noise: Any
    rate: Any
    temptation: Any
    logit: Any
    replicator: Any
    rest: Any
    growth: Any


@cache
def derive() -> Derived:
    """Derive the dynamics of alike members, and where they rest, from the two payoffs.

    Examples
    --------
    >>> import sympy
    >>> d = derive()
    >>> sympy.factor(d.growth / (d.rest * (1 - d.rest)))
    G*r*(rho + 1)
    """
    import sympy

    from missiongame import symbols as m
    from missiongame.payoffs import Payoffs

    p, G = sympy.symbols("p G", real=True)
    eta, r = sympy.symbols("eta r", positive=True)
    T = Payoffs().temptation.subs({m.G_stay: G * (1 - p), m.G_gone: G * p})
    replicator = r * p * (1 - p) * T
    (rest,) = sympy.solve(T, p)
    growth = sympy.simplify(sympy.diff(replicator, p).subs(p, rest))
    return Derived(p, G, eta, r, T, 1 / (1 + sympy.exp(-T / eta)) - p, replicator, rest, growth)


@dataclass(frozen=True, eq=False)
class Trajectory:
    """A path in time.

    Attributes
    ----------
    times : (m,) float64
    away : (m, n) float64
        p_i at each time.
    defection : (m,) float64
        Σ s_i p_i, the expected share of contributions away.
    share : float
        The share whose loss counts as collapse.
    time_to_collapse : float
        When defection first reaches it; inf if not by the last time.
    engine : "nashpy" or "scipy"
    """

    times: Floats
    away: Floats
    defection: Floats
    share: float
    time_to_collapse: float
    engine: str


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

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=10)
    >>> path = logit_path(pair, Rival(), offers.flat(12), [0, 20], noise=1)
    >>> path.defection.round(4)
    array([0.    , 0.8808])
    """
    eta = float(floats(noise, "noise", above=0))
    tempted = _temptation(community, rival, offer)

    def change(p: Floats) -> Floats:
        from scipy.special import expit

        return expit(tempted(p) / eta) - p

    p0 = _start(start, community.n)
    return _integrated(community, change, p0, lambda p: p, times, share)


def replicator_path(
    community: Community,
    rival: Rival,
    offer: Offer,
    times: Any,
    rate: Any = 1.0,
    start: Any = 0.01,
    share: Any = 0.5,
    engine: Literal["auto", "nashpy", "scipy"] = "auto",
) -> Trajectory:
    """Return the replicator path through `times`.

    Parameters
    ----------
    community, rival, offer, times, share
        As for `logit_path`.
    rate : r > 0, 1/(money × time)
    start : number or (n,) in [0, 1]
        Nobody is imitated who is not there: 0 and 1 stay what they are.
    engine : "auto", "nashpy" or "scipy"
        nashpy's replicator fits where all members are alike and start alike.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=10, social=4)
    >>> path = replicator_path(pair, Rival(), offers.flat(13), [0, 5, 10])
    >>> path.defection.round(3), path.engine, round(path.time_to_collapse, 2)
    (array([0.01 , 0.967, 1.   ]), 'nashpy', 3.69)
    """
    speed = float(floats(rate, "rate", above=0))
    if engine not in ("auto", "nashpy", "scipy"):
        raise illegal("engine", engine, "'auto', 'nashpy' or 'scipy'")
    p0 = _start(start, community.n)
    from missiongame.mechanisms import alike

    game = alike.game(community, rival, offer) if engine != "scipy" else None
    if game is not None and np.all(p0 == p0[0]):
        return alike.path(game, float(p0[0]), speed, _times(times), _share(share), community.n)
    if engine == "nashpy":
        raise illegal("engine", engine, "'scipy': members differ, or start differently")
    tempted = _temptation(community, rival, offer)
    moving = (p0 > 0) & (p0 < 1)

    def log_odds(p: Floats) -> Floats:
        return np.log(p[moving]) - np.log1p(-p[moving])

    def away(z: Floats) -> Floats:
        from scipy.special import expit

        p = p0.copy()
        p[moving] = expit(z)
        return p

    return _integrated(
        community, lambda z: speed * tempted(away(z))[moving], log_odds(p0), away, times, share
    )


def _integrated(
    community: Community, change: Field, z0: Floats, away: Field, times: Any, share: Any
) -> Trajectory:
    """Integrate dz/dt = change(z), where p = away(z), and find when defection reaches `share`."""
    from scipy.integrate import solve_ivp

    at, wanted, weight = _times(times), _share(share), community.share

    def short(_: float, z: Floats) -> float:
        return float(weight @ away(z)) - wanted

    short.direction = 1.0  # type: ignore[attr-defined]  # how SciPy is told which crossing
    found = solve_ivp(
        lambda _, z: change(z), (at[0], at[-1]), z0, t_eval=at, events=short,
        method="DOP853", rtol=1e-8, atol=1e-10,
    )  # fmt: skip
    if not found.success:
        raise ArithmeticError(f"the path could not be followed: {found.message}")
    p = np.array([away(z) for z in found.y.T])
    crossings = np.concatenate(found.t_events or [np.zeros(0)])
    first = float(crossings.min(initial=math.inf))
    if short(0, z0) >= 0:
        first = float(at[0])
    return Trajectory(at, p, p @ weight, wanted, first, "scipy")


def _temptation(community: Community, rival: Rival, offer: Offer) -> Field:
    """Return the function from p to T at the expected ties."""
    from missiongame import symbols as m
    from missiongame.payoffs import Payoffs

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
    import scipy.sparse

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


def _share(share: Any) -> float:
    wanted = fraction(share, "share")
    if not 0 < wanted <= 1:
        raise illegal("share", share, "a number in (0, 1]")
    return float(wanted)
