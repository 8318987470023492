"""What a price says: its split, the discount, and whom it hangs on."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from communities import random_rival, random_town


@pytest.mark.parametrize("crowded", [False, True])
def test_purpose_enjoyment_and_ties_sum_to_the_price(crowded):
    rng = np.random.default_rng(8)
    for _ in range(40):
        town = random_town(rng, int(rng.integers(1, 7)), ties=bool(rng.integers(2)), negative=True)
        price = mg.price_of_collapse(town, random_rival(rng, crowded), Fraction(1, 2))
        reading = price.reading
        assert sum(reading.split.values()) == pytest.approx(price.total, abs=1e-9)
        members = sum(reading.parts.values())
        assert members == pytest.approx(price.pay, abs=1e-9)


def test_purpose_is_what_the_missions_are_worth_at_each_side_and_ties_the_rest():
    town = mg.Community([3, 1], purpose=[2, 4], enjoyment=[5, 1], social=6, mission=7)
    for rival in (mg.Rival(mission=3), mg.Rival(mission=3, crowding=Fraction(1, 2))):
        price = mg.price_of_collapse(town, rival)
        away = []
        for i in price.order.tolist():
            w, phi = price.pay[i], 1 / (1 + float(rival.crowding) * price.pay[i])
            share = [0.75, 0.25]
            around = 6 * (sum(share) - share[i] - sum(share[j] for j in away))
            parts = {k: v[i] for k, v in price.reading.parts.items()}
            assert w > 0
            assert parts == {
                "purpose": pytest.approx(town.purpose[i] * (7 - 3 * phi)),
                "enjoyment": town.enjoyment[i],
                "ties": pytest.approx(around),
            }
            away.append(i)


def test_purpose_is_paid_in_full_and_ties_by_half():
    town = mg.Community(np.ones(10), purpose=5, enjoyment=2, social=6)
    assert mg.price_of_collapse(town, mg.Rival()).reading.per_unit == {
        "purpose": 1.0,
        "enjoyment": 1.0,
        "ties": pytest.approx(0.5),
    }


def test_what_is_absent_has_no_rate():
    reading = mg.price_of_collapse(mg.Community([1, 1], purpose=3), mg.Rival()).reading
    assert reading.per_unit == {"purpose": 1.0, "enjoyment": None, "ties": None}


def test_the_discount_is_what_members_lose_and_nobody_pays():
    town = mg.Community([1, 1, 1], purpose=2, social=6)
    reading = mg.price_of_collapse(town, mg.Rival()).reading
    assert reading.value == pytest.approx(6 + 12)
    assert reading.discount == pytest.approx(6)


def test_the_price_falls_at_least_as_much_as_said_without_a_members_purpose():
    rng = np.random.default_rng(9)
    compared = 0
    for crowded in (False, True):
        for _ in range(25):
            town = random_town(rng, int(rng.integers(1, 6)))
            rival = random_rival(rng, crowded)
            price = mg.price_of_collapse(town, rival)
            lost = price.reading.lost_without
            for i in range(town.n):
                purpose = town.purpose.copy()
                purpose[i] = 0
                new = mg.price_of_collapse(town.changed(purpose=purpose), rival)
                assert price.total - new.total >= lost[i] - 1e-9
                compared += lost[i] > 0
    assert compared > 20


def test_the_members_who_matter_come_first():
    town = mg.Community([1, 1, 1], purpose=[2, 9, 0])
    assert mg.price_of_collapse(town, mg.Rival()).reading.who_matters() == [1, 0]


def test_spreading_the_work_evenly_raises_the_price_of_ties():
    town = mg.Community([8, 1, 1], purpose=1, social=6)
    price = mg.price_of_collapse(town, mg.Rival())
    assert price.spread_evenly.total > price.total
    tied = mg.Community([8, 1, 1], purpose=1, ties=np.ones((3, 3)) - np.eye(3))
    assert mg.price_of_collapse(tied, mg.Rival()).spread_evenly is None
