"""From lateness before, under and after a fine to whether what it drove out comes back.

A fine F is a price: it deters, and it crowds purpose out. With drive M and
φ(F) = 1/(1 + κF), it drives out D = M − Mφ(F) = MκF/(1 + κF), so that

    lateness_t = L₀ + D · crowded_t − d · [a fine is in force at t].

- *reversible*: crowded_t = 1 while the fine is in force. Then lateness returns to
  L₀ when it is withdrawn, and only D − d can be told from the data.
- *lasting*: crowded_t = 1 from the first fine on. Then it stays at L₀ + D.

Three phases (before, under, after) determine the lasting model's L₀, D and d; that
it fits them says nothing for it. That the reversible one does not fit speaks
against the latter. A fine that is never withdrawn tells D − d and no more, under
either model, which are then the same. All numbers here are floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sympy

from missiongame.errors import illegal
from missiongame.exact import Floats
from missiongame.mechanisms.arguments import floats, nonnegative
from missiongame.mechanisms.crowding import derive as derive_effort
from missiongame.mechanisms.derived import numeric


@cache
def derive() -> Any:
    """Derive D, the drive that a bonus or fine b drives out, from `crowding`'s effort.

    Examples
    --------
    >>> derive()
    M*b*kappa/(b*kappa + 1)
    """
    d = derive_effort()
    return sympy.factor(d.effort.subs(d.bonus, 0) - (d.effort - d.bonus))


def driven_out(pay: Any, drive: Any, crowding: Any) -> Floats:
    """Return D = MκF/(1 + κF), the drive lost to pay or a fine F; the arguments broadcast.

    Examples
    --------
    >>> driven_out([0, 1, 3], drive=4, crowding=1)
    array([0., 2., 3.])
    """
    s = derive_effort()
    lost = numeric(derive(), s.bonus, s.drive, s.crowding)
    return np.asarray(lost(*nonnegative(pay=pay, drive=drive, crowding=crowding)))


@dataclass(frozen=True, eq=False)
class FineFit:
    """The best fit of one of the two models to lateness in phases.

    Attributes
    ----------
    lasting : bool
    before : float
        L₀.
    crowded_out, deterred : float
        D ≥ 0 and d ≥ 0. Where they are not `identified`, only their difference is, and
        these are the least that have it: one of them is 0.
    identified : bool
        Whether the phases determine D and d each, not only D − d: under the lasting
        model, if the fine is withdrawn. L₀ always is.
    fitted : (phases,) floats
    r_squared : float
        Weighted by the phases' lengths; nan where lateness is the same in all.
    parameters, phases : int
        Numbers that the phases determine, and how many phases there are.
    """

    lasting: bool
    before: float
    crowded_out: float
    deterred: float
    identified: bool
    fitted: Floats
    r_squared: float
    parameters: int
    phases: int


def fit_fine(
    fine: Any, lateness: Any, lengths: Any = 1, control: Any = 0, *, lasting: bool
) -> FineFit:
    """Fit the lasting or the reversible model by least squares, weighted by `lengths`.

    Parameters
    ----------
    fine : (phases,) money, zero or one and the same positive amount, zero at first
    lateness : (phases,) late arrivals
    lengths : number or (phases,), > 0
    control : number or (phases,)
        Lateness where there never was a fine; what is fitted is the difference.
    lasting : bool
        Which of the two models.

    Examples
    --------
    >>> fit = fit_fine([0, 10, 0], [8, 16, 19], lasting=True)
    >>> round(fit.crowded_out, 6), round(fit.deterred, 6)
    (11.0, 3.0)
    >>> round(fit_fine([0, 10, 0], [8, 16, 8], lasting=False).r_squared, 6)
    1.0
    >>> kept = fit_fine([0, 10], [8, 16], lasting=True)
    >>> kept.crowded_out - kept.deterred, kept.identified
    (8.0, False)
    """
    F = _fines(fine)
    y = np.broadcast_to(floats(lateness, "lateness") - floats(control, "control"), F.shape)
    length = np.broadcast_to(floats(lengths, "lengths", above=0), F.shape)
    now = F > 0
    after = np.maximum.accumulate(now) & ~now
    identified = lasting and bool(after.any())
    group = now + 2 * after if identified else now.astype(int)  # before, under, after
    weight: Floats = np.bincount(group, length).astype(np.float64)
    level = np.bincount(group, length * y) / weight
    if identified:
        level = _no_higher_than_the_last(level, weight)
        crowded_out, deterred = level[2] - level[0], level[2] - level[1]
    else:
        effect = level[1] - level[0]
        crowded_out, deterred = max(effect, 0.0), max(-effect, 0.0)
    fitted = level[group]
    total = float(length @ (y - np.average(y, weights=length)) ** 2)
    r_squared = 1 - float(length @ (y - fitted) ** 2) / total if total else float("nan")
    return FineFit(
        lasting, float(level[0]), float(crowded_out), float(deterred), identified, fitted,
        r_squared, len(level), len(F),
    )  # fmt: skip


def _no_higher_than_the_last(level: Floats, weight: Floats) -> Floats:
    """Return the three levels nearest to these of which none is above the last.

    A bound that binds makes two levels, or all, their weighted mean.
    """
    pooled = []
    for same in ([2], [0, 2], [1, 2], [0, 1, 2]):
        made = level.copy()
        made[same] = np.average(level[same], weights=weight[same])
        pooled.append(made)
    allowed = [made for made in pooled if made.max() <= made[2]]
    return min(allowed, key=lambda made: float(weight @ (made - level) ** 2))


def _fines(fine: Any) -> Floats:
    F = floats(fine, "fine", low=0)
    if F.ndim != 1 or len(F) < 2 or F[0] != 0 or len(np.unique(F[F > 0])) != 1:
        raise illegal("fine", F.tolist(), "a phase without a fine, then one positive fine or none")
    return F
