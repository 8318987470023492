"""What a price promises: its offer captures the share, and nothing cheaper does."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from communities import random_rival, random_town
from missiongame.price import answer
from missiongame.price.method import Found


def captured(town, rival, offer):
    return mg.participate(town, rival, offer).least.exact_defection


@pytest.mark.parametrize("crowded", [False, True])
@pytest.mark.parametrize("epsilon", [Fraction(1, 10**9), 0.25, 3])
def test_the_offer_captures_the_share_in_every_equilibrium(crowded, epsilon):
    rng = np.random.default_rng(5)
    for _ in range(60):
        town = random_town(rng, int(rng.integers(1, 8)), ties=bool(rng.integers(2)), negative=True)
        rival = random_rival(rng, crowded)
        share = Fraction(int(rng.integers(1, 5)), 4)
        price = mg.price_of_collapse(town, rival, share)
        assert captured(town, rival, price.offer(epsilon)) >= share


@pytest.mark.parametrize("crowded", [False, True])
def test_no_offer_below_the_price_captures_the_share(crowded):
    rng = np.random.default_rng(6)
    tried = 0
    for _ in range(60):
        town = random_town(rng, int(rng.integers(1, 6)), ties=bool(rng.integers(2)))
        rival = random_rival(rng, crowded)
        share = Fraction(int(rng.integers(1, 5)), 4)
        price = mg.price_of_collapse(town, rival, share)
        for _ in range(10):
            pay = np.maximum(0, price.pay + rng.normal(0, 1, town.n) * rng.integers(0, 2, town.n))
            if pay.sum() < float(price.lower_bound) * (1 - 1e-9):
                tried += 1
                assert captured(town, rival, mg.offers.personal(pay)) < share
    assert tried > 50


def test_at_exactly_the_price_members_are_indifferent_and_stay():
    town = mg.Community([1, 1], purpose=[2, 3])
    price = mg.price_of_collapse(town, mg.Rival())
    assert captured(town, mg.Rival(), mg.offers.personal(price.pay)) == 0


def test_an_indifferent_member_whom_small_pay_repels_costs_the_upper_root():
    # α = κ = 1, θ_R = θ = 3: unpaid they are indifferent and stay in the least equilibrium,
    # w + 3/(1 + w) < 3 for 0 < w < 2: "the least w with w + aφ(w) ≥ B" would be 0, and wins nobody
    town, rival = mg.Community([1], purpose=1, mission=3), mg.Rival(mission=3, crowding=1)
    price = mg.price_of_collapse(town, rival)
    assert price.exact_total == 2
    for pay in (0, 0.5, 1, 2):
        assert captured(town, rival, mg.offers.personal([pay])) == 0
    assert captured(town, rival, mg.offers.personal([2.001])) == 1


def test_a_member_who_leaves_unpaid_is_not_offered_the_small_pay_that_would_repel():
    # B = 11/4 < a = 3: pay of 0 wins, 1 repels; the other costs 2 more
    town = mg.Community([1, 1], purpose=[1, 1], enjoyment=[2.75, 5.75], mission=0)
    rival = mg.Rival(mission=3, crowding=1)
    price = mg.price_of_collapse(town, rival)
    assert price.won_unpaid.tolist() == [True, False]
    assert price.offer(1).pay(town)[0] == 0
    assert captured(town, rival, price.offer(1)) == 1
    assert captured(town, rival, mg.offers.flat(1)) == 0


def test_the_offer_holds_at_a_hundred_thousand_members():
    rng = np.random.default_rng(1)
    n = 100_000
    town = mg.Community(np.ceil(1e6 / np.arange(1, n + 1)), rng.random(n) * 9, social=rng.random(n))
    rival = mg.Rival()
    price = mg.price_of_collapse(town, rival)
    assert price.optimal
    assert price.method == "closed form"
    assert captured(town, rival, price.offer(1e-6)) == 1
    assert price.total == pytest.approx(float(price.exact_total), rel=1e-12)
    assert price.gap == 0


def test_each_members_pay_is_exact_unless_a_root_is_irrational():
    town, third = mg.Community([1, 1, 1], purpose=[2, 0, Fraction(1, 3)]), Fraction(1, 3)
    assert mg.price_of_collapse(town, mg.Rival()).exact_pay == [2, 0, third]
    crowded = mg.Rival(mission=1, crowding=1)  # w + 1/(1 + w) = 2
    root = mg.price_of_collapse(mg.Community([1], purpose=1, mission=2), crowded)
    assert root.exact_pay is root.exact_total is None


def test_epsilon_must_be_positive():
    price = mg.price_of_collapse(mg.Community([1], purpose=1), mg.Rival())
    with pytest.raises(ValueError, match="epsilon is 0; it should be positive"):
        price.offer(0)


@pytest.mark.parametrize(
    ("order", "lower"),
    [([0], 1), ([0, 0, 1], 1), ([0, 1, 2], 7)],
    ids=["too few members", "one of them twice", "a bound above the total"],
)
def test_a_price_that_its_certificate_refutes_is_an_error(monkeypatch, order, lower):
    false = Found(np.array(order), Fraction(lower), proved=True)
    monkeypatch.setattr(answer, "solve", lambda *_: false)
    town = mg.Community([2, 1, 1], purpose=[3, 2, 1])
    with pytest.raises(RuntimeError, match="failed its certificate"):
        mg.price_of_collapse(town, mg.Rival())


def test_the_least_addition_to_a_pay_that_no_float_holds_wins():
    """The float nearest to a third is below it: nobody would leave for that."""
    town = mg.Community([1, 2], purpose=[Fraction(1, 3), Fraction(2, 3)])
    price = mg.price_of_collapse(town, mg.Rival())
    assert captured(town, mg.Rival(), price.offer(Fraction(1, 10**30))) == 1


@pytest.mark.parametrize("crowding", [0, 1])
def test_the_gap_is_the_part_that_is_not_proved(monkeypatch, crowding):
    town, rival = mg.Community([2, 1, 1], [3, 2, 1], mission=4), mg.Rival(crowding=crowding)
    monkeypatch.setattr(answer, "solve", lambda *_: Found(np.arange(3), Fraction(18)))
    price = mg.price_of_collapse(town, rival)
    assert (price.total, price.lower_bound, price.gap) == (24, 18, 0.25)
    monkeypatch.undo()
    free = mg.price_of_collapse(mg.Community([1], purpose=-1), mg.Rival(mission=1, crowding=1))
    assert (free.total, free.gap) == (0, 0)
