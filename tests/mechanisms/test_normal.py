"""Intervals for the normal distribution hold the truth."""

from __future__ import annotations

from fractions import Fraction

import mpmath
from hypothesis import example, given, settings
from hypothesis import strategies as st

from missiongame.mechanisms import normal


@given(st.floats(-25, 25))
@example(0.0)
@example(-41.0)
@example(-40.0)
@example(40.5)
def test_the_interval_holds_the_distribution_function(z):
    iv = normal.context(96)
    found = normal.cdf(iv, iv.mpf(z))
    with mpmath.workdps(400):
        assert found.a <= mpmath.ncdf(mpmath.mpf(z)) <= found.b
    assert found.delta < 1e-25


@settings(max_examples=40)
@given(st.fractions(0, 1).filter(lambda p: 0 < p < 1))
@example(Fraction(1, 10**100))
@example(1 - Fraction(1, 10**40))
def test_the_quantile_s_ends_are_on_both_sides(p):
    iv = normal.context(96)
    found = normal.quantile(iv, p)
    with mpmath.workdps(120):
        low, high = (mpmath.ncdf(mpmath.mpf(end)) for end in (found.a, found.b))
        assert low < mpmath.mpf(p.numerator) / p.denominator < high
    assert found.delta < 1e-20


def test_a_sign_that_no_precision_tells_is_zero():
    assert normal.sign(lambda iv: iv.sqrt(2) ** 2 - 2) == 0
    assert normal.sign(lambda iv: iv.mpf(2) ** -500 + iv.sqrt(2) ** 2 - 2) == 1
