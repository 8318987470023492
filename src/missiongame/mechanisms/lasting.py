"""Does what pay or a fine drove out come back when it is withdrawn?

A fine F is a price: it deters, and it crowds purpose out. With drive M and
φ(F) = 1/(1 + κF), it drives out D = M − Mφ(F) = MκF/(1 + κF), so that

    lateness_t = L₀ + D · crowded_t − d · [a fine is in force at t].

- *reversible*: crowded_t = 1 while the fine is in force. Then lateness returns to
  L₀ when it is withdrawn, and only D − d can be told from the data.
- *lasting*: crowded_t = 1 from the first fine on. Then it stays at L₀ + D.

Three phases (before, under, after) determine the lasting model's L₀, D and d; that
it fits them says nothing for it. That the reversible one does not fit speaks
against the latter. All numbers here are floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from missiongame.errors import illegal
from missiongame.mechanisms.arrays import Floats, floats
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
    import sympy

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
    return np.asarray(
        lost(
            floats(pay, "pay", low=0),
            floats(drive, "drive", low=0),
            floats(crowding, "crowding", low=0),
        )
    )


@dataclass(frozen=True, eq=False)
class FineFit:
    """The best fit of one of the two models to lateness in phases.

    Attributes
    ----------
    lasting : bool
    before : float
        L₀.
    crowded_out, deterred : float
        D ≥ 0 and d ≥ 0; for the reversible model only their difference is
        determined, and one of them is 0.
    fitted : (phases,) floats
    r_squared : float
        Weighted by the phases' lengths.
    parameters, phases : int
    """

    lasting: bool
    before: float
    crowded_out: float
    deterred: float
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
    """
    from scipy.optimize import lsq_linear

    F = _fines(fine)
    y = np.broadcast_to(floats(lateness, "lateness") - floats(control, "control"), F.shape)
    length = np.broadcast_to(floats(lengths, "lengths", above=0), F.shape)
    now = (F > 0).astype(np.float64)
    columns = [np.ones_like(F)]
    columns += [np.maximum.accumulate(now), -now] if lasting else [now]
    X, root = np.column_stack(columns), np.sqrt(length)
    low = [-np.inf, 0, 0] if lasting else [-np.inf, -np.inf]
    best = lsq_linear(X * root[:, None], y * root, bounds=(low, np.inf), tol=1e-12).x
    effect = (best[1], best[2]) if lasting else (max(best[1], 0), max(-best[1], 0))
    mean = np.average(y, weights=length)
    total = float(length @ (y - mean) ** 2)
    r_squared = 1 - float(length @ (y - X @ best) ** 2) / total if total else float("nan")
    return FineFit(
        lasting, float(best[0]), float(effect[0]), float(effect[1]), X @ best, r_squared,
        X.shape[1], len(F),
    )  # fmt: skip


def _fines(fine: Any) -> Floats:
    F = floats(fine, "fine", low=0)
    if F.ndim != 1 or len(F) < 2 or F[0] != 0 or len(np.unique(F[F > 0])) != 1:
        raise illegal("fine", F.tolist(), "a phase without a fine, then one positive fine or none")
    return F
