"""Random communities and rivals of small whole numbers, for the tests of prices and thresholds."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

import missiongame as mg


def random_town(rng, n, ties=False, negative=False):
    """Small whole numbers, so that truncation, ties and equal orders are frequent."""
    c = rng.integers(0, 5, n)
    c[rng.integers(n)] += 1
    low = -3 if negative else 0
    purpose, enjoyment = rng.integers(low, 6, n), rng.integers(-2, 4, n)
    if not ties:
        return mg.Community(c, purpose, enjoyment, social=rng.integers(0, 7, n))
    g = rng.integers(0, 5, (n, n)) * rng.integers(0, 2, (n, n))
    np.fill_diagonal(g, 0)
    return mg.Community(c, purpose, enjoyment, ties=g)


def random_rival(rng, crowded=False):
    rho = Fraction(int(rng.integers(0, 5)), 4)
    if not crowded:
        return mg.Rival(portability=rho, mission=Fraction(int(rng.integers(0, 3)), 2))
    return mg.Rival(
        portability=rho,
        mission=Fraction(int(rng.integers(1, 5)), 2),
        crowding=Fraction(int(rng.integers(1, 9)), 4),
    )
