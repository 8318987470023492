"""Random raids, and what the definitions say of each: every profile, every order."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

import missiongame as mg
import oracles

F = Fraction
SHARES = [0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 1.0, 1e-9, F(1, 3), F(5, 6), F(2, 3)]


@st.composite
def players(draw, known, most):
    """(community, rival, offer, share, budget, steward); purpose unknown or known."""
    n = draw(st.integers(1, most))
    money = draw(
        st.sampled_from(
            [
                st.integers(0, 6),
                st.integers(0, 24).map(lambda k: k / 4),
                st.integers(0, 30).map(lambda k: k / 10),
                st.integers(0, 9).map(lambda k: F(k, 3)),
            ]
        )
    )
    signed = st.one_of(money, money.map(lambda v: -v))

    def column(values):
        return draw(st.lists(values, min_size=n, max_size=n))

    c = column(st.integers(0, 5))
    c[draw(st.integers(0, n - 1))] += 1
    felt = {"mission": draw(st.sampled_from([1, 1, 2, 0.5, 0])), "enjoyment": 0}
    if draw(st.booleans()):
        felt["enjoyment"] = column(signed)
    kind = draw(st.sampled_from(["none", "default", "general", "signed"]))
    if kind == "default":
        felt["social"] = column(money)
    elif kind in ("general", "signed"):
        values = money if kind == "general" else signed
        felt["ties"] = [
            [0 if i == j or not draw(st.booleans()) else draw(values) for j in range(n)]
            for i in range(n)
        ]
    purpose = None
    if known:
        purpose = column(draw(st.sampled_from([money, money, signed])))
    town = mg.Community(c, purpose, **felt)
    stronger = draw(st.booleans())
    rival = mg.Rival(
        value=draw(st.sampled_from([1, 3, 0.5])),
        mission=draw(st.sampled_from([0.5, 1, 3])) if stronger else 0,
        portability=draw(st.sampled_from([0, 0, 1, 0.25])),
        crowding=draw(st.sampled_from([0, 1, 0.5])),
    )
    fixed = draw(st.sampled_from([0, 0, 2]))
    offer = draw(
        st.one_of(
            money.map(lambda w: mg.offers.flat(w, fixed)),
            st.builds(lambda k, w: mg.offers.top(k, w, fixed), st.integers(0, n + 1), money),
            money.map(lambda w: mg.offers.piece_rate(w, fixed)),
            st.lists(money, min_size=n, max_size=n).map(lambda w: mg.offers.personal(w, fixed)),
        )
    )
    share = draw(st.sampled_from(SHARES))
    steward = mg.Steward(
        draw(st.integers(0, 20)),
        [mg.Policy(), *(mg.Policy(*draw(st.tuples(money, st.integers(0, 9)))) for _ in range(2))],
    )
    budget = draw(st.sampled_from(["cost", "equal", "any"]))
    if budget == "cost":
        given_ = None
    elif budget == "equal" and kind != "signed" and not (stronger and rival.crowding):
        priced = town if known else town.changed(purpose=draw(money))
        given_ = oracles.price(priced, rival, exact(share))
    else:
        given_ = draw(money)
    return town, rival, offer, share, given_, steward


def exact(share):
    return F(str(share)) if isinstance(share, float) else F(share)


def assessed(players):
    town, rival, offer, share, budget, steward = players
    return mg.assess(town, rival, offer, budget, share, steward, seconds=5)


def defections(town, rival, offer):
    """The share that leaves, in every equilibrium."""
    s = oracles.shares(town)
    return sorted(
        sum((s[i] for i, x in enumerate(left) if x), F(0))
        for left in oracles.equilibria(town, rival, offer)
    )


def status_of(found, share):
    if not found:
        return "undecided"
    if found[-1] < share:
        return "holds"
    return "falls" if found[0] >= share else "depends: expectations"


def bought(town, rival, share, budget):
    """The rule: below the budget, or gone in the least equilibrium when nobody is paid."""
    if oracles.price(town, rival, share) < budget:
        return True
    unpaid = mg.offers.flat(0)
    away = oracles.best_responses(town, rival, unpaid, least=True)
    return sum((s for s, x in zip(oracles.shares(town), away, strict=True) if x), F(0)) >= share


def no_negative_tie(town):
    return town.ties is None or town.ties.nonnegative


def turning(town, rival, offer, slopes):
    """Every level t ≥ 0 at which some T_i = base − slope·t is 0, and 0; `town` is at t = 0."""
    found = {F(0)}
    for x in oracles.profiles(town.n):
        for base, slope in zip(oracles.temptations(town, rival, offer, x), slopes, strict=True):
            if slope and base / slope > 0:
                found.add(base / slope)
    return sorted(found)


def everywhere(levels):
    """The levels, one between each two, one just beside each, and some far beyond."""
    beside = min((b - a for a, b in pairwise(levels)), default=F(1)) / 10**6
    between = [(a + b) / 2 for a, b in pairwise(levels)]
    last = levels[-1]
    near = [t + d for t in levels for d in (-beside, beside) if t + d >= 0]
    return sorted({*levels, *between, *near, last + 1, 2 * last + 10**6})


def fewest(town, share):
    ordered = sorted(oracles.shares(town), reverse=True)
    return next(k for k in range(1, town.n + 1) if sum(ordered[:k]) >= share)


def infimum(levels, fails):
    """The least level at or just after which a predicate is true; infinite where nowhere."""
    for here, then in zip(levels, [*levels[1:], levels[-1] + 2], strict=True):
        if fails(here) or fails((here + then) / 2):
            return here
    return math.inf
