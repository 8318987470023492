"""Towns whose members hold each other: several equilibria, found by the fast ways alone."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import oracles
from missiongame import Community, Rival, offers, participate
from missiongame.members import cascade, default_ties

F = Fraction
NOTHING = offers.flat(0)


@pytest.fixture(autouse=True)
def no_net(monkeypatch):
    """Whatever fails its certificate is redone slowly; nothing here may need that."""

    def needed(*_, **__):
        raise AssertionError("the fast way failed its certificate")

    monkeypatch.setattr(default_ties, "extreme", needed)
    monkeypatch.setattr(cascade, "extreme", needed)


def held(rng, ties, columns):
    """A community in which i stays iff stayers are worth t_i, drawn among all that they can be."""
    n, rho = len(ties), F(int(rng.integers(0, 3)), 2)
    enjoyment = []
    for row in ties:
        around = sum(row)
        t = around * F(int(rng.integers(0, 9)), 8)
        enjoyment.append(rho * around - t * (1 + rho))
    work = columns.pop("contribution", [1] * n)
    return Community(work, purpose=0, enjoyment=enjoyment, **columns), Rival(portability=rho)


def check(town, rival, value):
    """Compare with every profile; return whether the maximiser is neither extreme."""
    out = participate(town, rival, NOTHING)
    found = oracles.equilibria(town, rival, NOTHING)
    least, greatest = (
        tuple(pick(x[i] for x in found) for i in range(town.n)) for pick in (min, max)
    )
    assert tuple(out.least.defectors) == least
    assert tuple(out.greatest.defectors) == greatest
    assert {tuple(e.defectors) for e in out.equilibria} == set(found)
    assert "certificate" not in out.reason
    values = {x: value(x) for x in oracles.profiles(town.n)}
    best = [x for x in values if values[x] == max(values.values())]
    robust = tuple(min(x[i] for x in best) for i in range(town.n))
    assert tuple(out.robust.defectors) == robust
    return robust not in (least, greatest)


def test_with_default_ties_of_every_size():
    rng = np.random.default_rng(31)
    between = 0
    for _ in range(160):
        n = int(rng.integers(2, 6))
        work, social = rng.integers(1, 6, n), rng.integers(1, 6, n)
        share = [F(int(c), int(work.sum())) for c in work]
        ties = [[int(social[i]) * share[j] if i != j else F(0) for j in range(n)] for i in range(n)]
        town, rival = held(rng, ties, {"contribution": work, "social": social})
        between += check(
            town, rival, lambda x, t=town, r=rival: oracles.potential(t, r, NOTHING, x)
        )
    assert between > 3


@pytest.mark.parametrize("like", [True, False])
def test_with_ties_that_weights_make_symmetric(like):
    rng = np.random.default_rng(32 + like)
    between = 0
    for _ in range(160):
        n = int(rng.integers(2, 6))
        group = rng.integers(0, 2, n)
        weights = [F(1) if like else F(int(k), 2) for k in rng.integers(1, 5, n)]
        ties = [[F(0)] * n for _ in range(n)]
        for i in range(n):
            for j in range(i):
                worth = int(rng.integers(0, 4)) * int(group[i] == group[j])
                ties[i][j], ties[j][i] = worth / weights[i], worth / weights[j]
        town, rival = held(rng, ties, {"ties": ties})

        def value(x, town=town, rival=rival, weights=weights):
            return oracles.potential_of_ties(town, rival, NOTHING, weights, x)

        between += check(town, rival, value)
    assert between > 20
