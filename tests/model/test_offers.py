from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
from missiongame.errors import InvalidType, InvalidValue


def test_top_pays_the_largest_and_the_earlier_among_equals():
    assert mg.offers.top(2, 10).pay(mg.Community([1, 5, 5, 5])).tolist() == [0, 10, 10, 0]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60).filter(any), st.integers(0, 60))
def test_among_many_equals_the_earlier_are_always_first(contribution, k):
    pay = mg.offers.top(k, 10).pay(mg.Community(contribution))
    ranked = sorted(range(len(contribution)), key=lambda i: (-contribution[i], i))
    assert set(np.flatnonzero(pay).tolist()) == set(ranked[:k])


def test_more_places_than_members_pays_everyone():
    assert mg.offers.top(99, 10).pay(mg.Community([1, 5])).tolist() == [10, 10]


@given(
    st.lists(st.floats(0, 1e300), min_size=1, max_size=8).filter(any),
    st.floats(0, 1e300),
)
def test_a_piece_rate_is_exact(contribution, rate):
    pay = mg.offers.piece_rate(rate).pay(mg.Community(contribution))
    assert [Fraction(w) for w in pay] == [Fraction(rate) * Fraction(c) for c in contribution]


def test_a_whole_piece_rate_stays_float():
    pay = mg.offers.piece_rate(7).pay(mg.Community(np.arange(1.0, 9.0)))
    assert pay.dtype == np.float64


@pytest.mark.parametrize(
    "make",
    [
        lambda: mg.offers.flat(-1),
        lambda: mg.offers.top(3, -1),
        lambda: mg.offers.top(-3, 1),
        lambda: mg.offers.piece_rate(float("nan")),
        lambda: mg.offers.personal([1, -1]),
        lambda: mg.offers.flat(1, fixed=-1),
    ],
)
def test_negative_pay_is_refused(make):
    with pytest.raises(InvalidValue, match="it should be"):
        make()


def test_a_personal_offer_is_for_all_members():
    with pytest.raises(InvalidValue, match="for all 3 members"):
        mg.offers.personal([1, 2]).pay(mg.Community([1, 1, 1]))
    with pytest.raises(InvalidType, match="pay"):
        mg.offers.personal(5)


def test_places_are_whole():
    with pytest.raises(InvalidType, match=r"k is 1.5"):
        mg.offers.top(1.5, 1)


@pytest.mark.parametrize("unit", [1, Fraction(1, 3)])
def test_the_order_of_a_thousand_contributors_is_stable(unit):
    made = [int(c) for c in np.random.default_rng(0).integers(0, 3, 1000)]
    town = mg.Community([unit * c for c in made])
    ranked = sorted(range(1000), key=lambda i: -made[i])
    assert town.by_contribution.tolist() == ranked
    pay = mg.offers.top(500, 1).pay(town)
    assert np.flatnonzero(pay).tolist() == sorted(ranked[:500])
