"""From a motion in continuous time to a path, its error, and when a goal is reached.

SciPy's DOP853, or Radau where a path is stiff, keeps the error of each step to about
1e-11. What these add up to depends on the path: next to an unstable rest any error
grows. So each path is followed again, a hundred times more loosely and from a start
moved by rounding; how far the two are apart is an estimate, not a bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from scipy.integrate import solve_ivp

from missiongame.errors import InvalidValue
from missiongame.exact import Floats, wanted_share
from missiongame.model import Community

Field = Callable[[Floats], Floats]

_TOLERANCE = 1e-11
# Evaluations of the field that each integrator may take; the second is for stiff paths.
_METHODS: tuple[tuple[Literal["DOP853", "Radau"], int], ...] = (
    ("DOP853", 30_000),
    ("Radau", 30_000),
)


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
        When defection first reaches it; inf if not by the last time. A share that is
        only ever approached is not reached.
    error : float
        How far p_i is, at most, from the same path followed a hundred times more
        loosely from a start moved by rounding. Near 1 where the path starts so close to
        an unstable rest that floats do not tell which way it goes.
    """

    times: Floats
    away: Floats
    defection: Floats
    share: float
    time_to_collapse: float
    error: float


class Goal:
    """The share whose loss counts as collapse: whether a path is there, or can get there.

    Exact at the start (where probabilities, like shares, count as their shortest
    decimals) and for who may leave; along a path in floats, of those who stay where
    few of them may.
    """

    def __init__(self, community: Community, p0: Floats, share: Any, may_leave: Any = True) -> None:
        wanted = wanted_share(share)
        self.share, self.weight = float(wanted), community.share
        shares = community.exact_share
        some = np.broadcast_to(may_leave, p0.shape).tolist()
        away = sum(s * Fraction(str(p)) for s, p in zip(shares, p0.tolist(), strict=True))
        most = sum((s for s, may in zip(shares, some, strict=True) if may), Fraction(0))
        self.at_start = away >= wanted
        self.reachable = most > wanted  # those who may leave are never all away for certain
        self.few_stay = wanted > Fraction(1, 2)
        self.left = float(1 - wanted)

    def event(self, both: Callable[[Floats], tuple[Floats, Floats]]) -> Any:
        """Return what is away beyond the share, as SciPy's event; None if none can come."""

        def beyond(_: float, z: Floats) -> float:
            away, here = both(z)
            if self.few_stay:
                return self.left - float(self.weight @ here)
            return float(self.weight @ away) - self.share

        beyond.direction = 1.0  # type: ignore[attr-defined]  # how SciPy is told which crossing
        return beyond if self.reachable and not self.at_start else None


@dataclass(frozen=True)
class Motion:
    """dz/dt = change(z) from z0, where p, 1 − p = both(z)."""

    change: Field
    z0: Floats
    both: Callable[[Floats], tuple[Floats, Floats]]

    def nudged(self) -> Motion:
        """Return the same from a start moved by rounding."""
        moved = self.z0 + 4 * np.finfo(float).eps * (1 + np.abs(self.z0))
        return replace(self, z0=moved)


def integrated(
    motion: Motion, at: Floats, goal: Goal, bounds: tuple[Any, Any] = (0.0, 1.0)
) -> Trajectory:
    """Return the path, held within the bounds, and when it reaches the goal."""
    p, first = _followed(motion, at, _TOLERANCE, goal.event(motion.both))
    loose, _ = _followed(motion.nudged(), at, 100 * _TOLERANCE)
    p, loose = np.clip(p, *bounds), np.clip(loose, *bounds)
    if goal.at_start:
        first = float(at[0])
    error = float(np.abs(p - loose).max())
    return Trajectory(at, p, p @ goal.weight, goal.share, first, error)


def _followed(
    motion: Motion, at: Floats, tolerance: float, event: Any = None
) -> tuple[Floats, float]:
    """Return p at the times, and when the event first happens."""
    if not len(motion.z0):  # nobody moves
        return np.array([motion.both(motion.z0)[0]] * len(at)), math.inf
    for method, steps in _METHODS:
        counted = _Counted(motion.change, steps)
        try:
            options = {"t_eval": at, "events": event, "rtol": tolerance, "atol": tolerance}
            found = solve_ivp(counted, (at[0], at[-1]), motion.z0, method, **options)
        except _TooManyStepsError:
            continue
        if found.success:
            reached = np.concatenate(found.t_events or [np.zeros(0)])
            p = np.array([motion.both(z)[0] for z in found.y.T])
            return p, float(reached.min(initial=math.inf))
    raise InvalidValue(
        f"the path could be followed to time {counted.time:.6g} only: members react too fast; "
        "ask for less time, or for more noise or a lower rate"
    )


class _TooManyStepsError(Exception):
    """An integrator has evaluated the field as often as it may."""


class _Counted:
    """dz/dt = change(z), evaluated at most so many times."""

    def __init__(self, change: Field, most: int) -> None:
        self.change, self.left, self.time = change, most, math.nan

    def __call__(self, t: float, z: Floats) -> Floats:
        self.time, self.left = t, self.left - 1
        if self.left < 0:
            raise _TooManyStepsError
        return self.change(z)
