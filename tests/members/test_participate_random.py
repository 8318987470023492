"""Thousands of members' games with numbers of any magnitude, against their definition.

Members are made indifferent on purpose, or miss indifference by a tie that floats
lose beside the others. One family for each kind of ties and payoffs.
"""

from fractions import Fraction

import numpy as np
import pytest

import oracles
from missiongame import Community, Payoffs, Rival, offers, participate
from missiongame import symbols as m
from missiongame.errors import InvalidValue

F = Fraction
SIZES = [5e-324, 1e-320, 2.5e-310, 1e-300, 1e-160, 1e-17, 0.1, 1, 3, 1e9, 1e16, 2**53, 1e160, 1e300]
BEYOND = [F(1, 10**400), F(10) ** 400]  # no float is near these
FAMILIES = ["none", "default", "general", "symmetric", "negative", "own"]

# Both standard payoffs times 1 + w: the same answers by the algorithms for a user's own.
DEARER = Payoffs(
    stay=(1 + m.w) * (m.alpha * m.theta + m.h + m.G_stay),
    defect=(1 + m.w) * (m.w + m.alpha * m.theta_R / (1 + m.kappa * m.w) + m.rho * m.G_gone),
)


def column(rng, n, sizes, kind, sign=False):
    """Multiples and sums of a few sizes, often zero; as floats, ints, thirds or a mixture."""
    found = []
    for _ in range(n):
        value = F(0)
        if rng.random() < 0.75:
            value = sizes[rng.integers(len(sizes))] * int(rng.integers(1, 4))
        if rng.random() < 0.3:
            value += sizes[rng.integers(len(sizes))]
        if sign and rng.random() < 0.4:
            value = -value
        found.append(value)
    if kind == "floats":
        return [float(v) for v in found]
    if kind == "ints":
        return [int(v) for v in found]
    return [v / 3 for v in found] if kind == "thirds" else found


def square(rng, n, sizes, kind, family):
    ties = np.array(
        [column(rng, n, sizes, kind, sign=family == "negative") for _ in range(n)], dtype=object
    )
    np.fill_diagonal(ties, 0)
    if family == "symmetric":
        ties = np.tril(ties) + np.tril(ties).T
    return ties.astype(float) if kind == "floats" else ties


def draw(rng, family):
    """A game of up to five members, some of them exactly indifferent at some profile."""
    n = int(rng.integers(1, 6))
    kind = ["floats", "floats", "ints", "thirds", "exact"][rng.integers(5)]
    pool = [F(s) for s in SIZES] + (BEYOND if kind in ("thirds", "exact") else [])
    sizes = [pool[k] for k in rng.integers(len(pool), size=int(rng.integers(1, 4)))]
    made = column(rng, n, sizes if rng.random() < 0.5 else [F(1), F(3)], kind)
    made[0] = made[0] or 1
    felt = {"purpose": column(rng, n, sizes, kind, sign=True)}
    if family in ("default", "own"):
        felt["social"] = column(rng, n, sizes, kind)
    elif family != "none":
        felt["ties"] = square(rng, n, sizes, kind, family)
    felt["enjoyment"] = column(rng, n, sizes, kind, sign=True)
    felt["mission"] = [0, 1, 0.5, 3, 1e-300, 5e-324][rng.integers(6)]
    rival = Rival(
        mission=[0, 0, 1, 0.1][rng.integers(4)],
        portability=[0, 0.5, 1, 0.1][rng.integers(4)],
        crowding=[0, 0, 1, 0.1, 1e-300][rng.integers(5)],
    )
    offer = offers.personal(column(rng, n, sizes, kind))
    town = Community(made, **felt)
    if rng.random() < 0.6:
        town = indifferent(rng, town, rival, offer, kind)
    return town, rival, offer


def indifferent(rng, town, rival, offer, kind):
    enjoyment = [F(h) for h in town.enjoyment]
    for i in np.flatnonzero(rng.random(town.n) < 0.6):
        away = tuple(rng.random(town.n) < 0.5)
        enjoyment[i] += oracles.temptations(town, rival, offer, away)[i]
    if kind == "floats":
        enjoyment = [float(h) if abs(h) < 10**308 else 0.0 for h in enjoyment]
    return town.changed(enjoyment=enjoyment)


def maximiser(town, rival, offer, family):
    """The robust profile by every profile's potential; None where weights are not at hand."""
    weights = [F(1)] * town.n
    if family in ("default", "own"):
        if not (all(town.contribution > 0) and all(town.social > 0)):
            return None
        weights = [s / F(g) for s, g in zip(oracles.shares(town), town.social, strict=True)]
    elif family not in ("none", "symmetric"):
        return None
    value = {
        x: oracles.potential_of_ties(town, rival, offer, weights, x)
        for x in oracles.profiles(town.n)
    }
    best = [x for x in value if value[x] == max(value.values())]
    return tuple(min(x[i] for x in best) for i in range(town.n))


def profile(outcome):
    return None if outcome is None else tuple(outcome.defectors.tolist())


def check(rng, family):
    try:
        town, rival, offer = draw(rng, family)
    except InvalidValue as problem:  # floats that add up to infinity
        if "finite" in str(problem):
            return
        raise
    payoffs = DEARER if family == "own" else None
    out = participate(town, rival, offer, payoffs)
    found = oracles.equilibria(town, rival, offer)
    for outcome, extreme in ((out.least, min), (out.greatest, max)):
        wanted = tuple(extreme(x[i] for x in found) for i in range(town.n)) if found else None
        assert profile(outcome) == (wanted if wanted in found else None)
    for outcome in (out.least, out.robust, out.greatest):
        if outcome is not None:
            assert outcome.max_gain <= 0
            assert max(oracles.gains(town, rival, offer, profile(outcome))) <= 0
    wanted = maximiser(town, rival, offer, family)
    if wanted is not None:
        assert profile(out.robust) == wanted


@pytest.mark.parametrize("family", FAMILIES)
def test_members_games_of_any_magnitude(family):
    rng = np.random.default_rng([40, FAMILIES.index(family)])
    for _ in range(30 if family == "own" else 80):
        check(rng, family)


@pytest.mark.long
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(10))
def test_five_thousand_members_games_a_family(family, seed):
    rng = np.random.default_rng([41, FAMILIES.index(family), seed])
    for _ in range(500):
        check(rng, family)
