"""Random communities and rivals, of small whole numbers or any, for the tests of prices."""

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


DECIMALS = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.9, 1 / 3, 0.55, 1.0]

SCALES = {"huge": [-300, -20, -1, 0, 0, 1, 20, 300], "wide": [-20, -9, 0, 0, 9, 20]}


def _numbers(rng, kind, size, low=0):
    """Numbers of one kind, from `low` (0 or below) up."""
    whole = rng.integers(low, 7, size)
    if kind == "whole":
        return whole
    if kind == "quarters":
        return whole / 4
    if kind == "decimals":
        return whole / 10
    if kind in SCALES:  # each on a scale of its own
        return whole * 10.0 ** rng.choice(SCALES[kind], size)
    thirds = np.empty(size, dtype=object)
    thirds.flat = [
        Fraction(int(v), int(d))
        for v, d in zip(whole.flat, rng.integers(1, 9, whole.size), strict=True)
    ]
    return thirds


def any_case(rng, most):
    """A community, a rival and a share, as given and exact: all kinds of ties and numbers."""
    n = int(rng.integers(1, most + 1))
    kind = ["whole", "quarters", "decimals", "ratios", *SCALES][rng.integers(6)]
    low = -2 if rng.random() < 0.4 else 0
    c = rng.multinomial(10, np.ones(n) / n) if rng.random() < 0.5 else rng.integers(0, 6, n)
    c[rng.integers(n)] += not c.any()
    if kind == "wide":
        c = c * 10.0 ** rng.choice([-30, 0, 0, 30], n)
    columns = {"purpose": _numbers(rng, kind, n, low), "enjoyment": _numbers(rng, kind, n, low)}
    ties = rng.integers(4)
    if ties == 0:  # none
        pass
    elif ties == 1:  # σ_i s_j
        columns["social"] = _numbers(rng, kind, n)
    else:  # general: full, or few and often one-sided
        g = _numbers(rng, kind, (n, n)) * (1 if ties == 2 else rng.integers(0, 2, (n, n)))
        np.fill_diagonal(g, 0)
        columns["ties"] = g
    town = mg.Community(c, mission=[0, 1, 1, 0.7][rng.integers(4)], **columns)
    rho = [0, 1, 0.25, 0.3, Fraction(1, 3)][rng.integers(5)]
    crowded = rng.random() < 0.3
    rival = mg.Rival(
        portability=rho,
        mission=[0, 0.5, 1, 3][rng.integers(1 if not crowded else 0, 4)],
        crowding=[0.5, 1, 2, 0.1][rng.integers(4)] if crowded else 0,
    )
    if rng.random() < 0.5:
        share = DECIMALS[rng.integers(len(DECIMALS))]
        return town, rival, share, Fraction(repr(share))
    share = town.exact_share
    share = sum((s for s in share if rng.random() < 0.6), Fraction(0)) or Fraction(1)
    return town, rival, share, share
