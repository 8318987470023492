"""The least pay that wins a member: enclosed on both sides, closely, from its definition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracles
from missiongame.price.pay import ROUNDING, float_pay, root, winning_pay

F = Fraction
sizes = st.sampled_from([F(1), F(1, 10**9), F(10**9), F(1, 10**40), F(10**40)])
numbers = st.builds(lambda a, b, s: F(a, b) * s, st.integers(-9, 9), st.integers(1, 9), sizes)
positive = numbers.map(abs)


@given(st.one_of(positive, positive.map(lambda v: v * v)))
@settings(max_examples=300, deadline=None)
def test_a_root_is_enclosed_and_exact_where_it_is_rational(square):
    low, high = root(square)
    assert low * low <= square <= high * high
    assert high - low <= high / 2**90
    exact = oracles.rational_root(square)
    assert (low == high) == (exact is not None)
    assert exact is None or low == exact


@given(numbers, numbers, positive)
@settings(max_examples=400, deadline=None)
def test_pay_is_enclosed_by_what_loses_and_what_wins(deficit, pull, crowding):
    low, high = winning_pay(deficit, pull, crowding)
    assert 0 <= low <= high
    assert high - low <= (high + abs(pull) + abs(deficit)) / 2**60
    if deficit < 0:  # won unpaid, whatever a small pay would do
        assert low == high == 0
        return
    balance = deficit + pull

    def excess(w):
        return w + pull / (1 + crowding * w) - balance

    above = high + (high + abs(pull) + abs(deficit) + F(1, 10**60)) / 10**6
    assert excess(above) > 0
    assert low == 0 or excess(low) <= 0
    assert low > 0 or crowding * pull <= 1  # else a small pay repels
    near = oracles.winning(balance, pull, crowding)
    assert float(high) == pytest.approx(float(near), rel=1e-6, abs=1e-6 * float(abs(balance)))


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=5),
    st.sampled_from([0.0, 0.25, 1.0, 3.0]),
)
def test_pay_in_floats_is_within_its_error(members, crowding):
    deficit, pull = (np.array(column, dtype=float) for column in zip(*members, strict=True))
    found = float_pay(deficit, pull, crowding)
    for d, a, w in zip(deficit.tolist(), pull.tolist(), found.tolist(), strict=True):
        low, high = winning_pay(F(d), F(a), F(crowding))
        off = F(ROUNDING) * (abs(F(d) + F(a)) + high)
        assert low - off <= F(w) <= high + off
