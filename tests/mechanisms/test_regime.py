"""When does a community collapse whose strength nobody knows?"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from missiongame.errors import InvalidValue
from missiongame.mechanisms import regime

means = st.floats(-0.5, 1.5)
precisions = st.floats(0.1, 50)
odds = st.floats(0.02, 0.98)


def satisfied(t, p, mu, alpha, beta):
    """Check both conditions at t by integrating the posterior, knowing no closed form."""
    m = t + stats.norm.ppf(p) / np.sqrt(alpha + beta)
    cutoff = ((alpha + beta) * m - alpha * mu) / beta
    leavers = stats.norm.cdf(np.sqrt(beta) * (cutoff - t))

    def log_joint(s):
        prior = stats.norm.logpdf(s, mu, alpha**-0.5) if alpha else 0.0
        return prior + stats.norm.logpdf(cutoff, s, beta**-0.5)

    def joint(s):
        return np.exp(log_joint(s) - log_joint(m))

    width = 12 / np.sqrt(alpha + beta)
    below, above = quad(joint, m - width, t)[0], quad(joint, t, m + width)[0]
    return leavers == pytest.approx(t, abs=1e-8), above / (below + above) == pytest.approx(p, 1e-6)


@settings(max_examples=40)
@given(odds, means, st.one_of(st.just(0.0), precisions), precisions)
def test_at_every_threshold_the_marginal_member_is_indifferent(p, mu, alpha, beta):
    found = regime.thresholds(1, p, mu, alpha, beta)
    assert found.complete
    for t in found.values:
        assert satisfied(t, p, mu, alpha, beta) == (True, True)


@settings(max_examples=50)
@given(odds, means, precisions, precisions)
def test_no_threshold_is_missed(p, mu, alpha, beta):
    found = regime.thresholds(1, p, mu, alpha, beta)
    grid = np.linspace(0, 1, 20_001)
    above = regime.leaving(grid, 1, p, mu, alpha, beta) > grid
    above[0], above[-1] = True, False  # some always leave and some never, if too few to see
    crossings = grid[np.flatnonzero(above[1:] != above[:-1])]
    for t in crossings:
        assert min(abs(t - root) for root in found.values) < 1e-4
    assert len(found.roots) in (1, 3)
    assert (len(found.roots) - len(crossings)) % 2 == 0


@settings(max_examples=50)
@given(odds, means, precisions, precisions)
@example(0.5, 0.5, 0.5, 32.859375)
def test_each_bracket_has_opposite_signs_at_its_ends(p, mu, alpha, beta):
    with mpmath.workdps(100):
        p_, mu_, a, b = (mpmath.mpf(x) for x in (p, mu, alpha, beta))
        quantile = mpmath.sqrt(2) * mpmath.erfinv(2 * p_ - 1)

        def excess(t):
            z = a / mpmath.sqrt(b) * (t - mu_) + mpmath.sqrt((a + b) / b) * quantile
            return mpmath.ncdf(z) - t

        for root in regime.thresholds(1, p, mu, alpha, beta).roots:
            side = 1 if root.stable else -1
            assert root.low == 0 or side * excess(mpmath.mpf(root.low)) > 0
            assert root.high == 1 or side * excess(mpmath.mpf(root.high)) < 0
            assert 0 <= root.low < root.high <= 1
            assert root.high - root.low <= 1e-9 * root.high + 1e-300


def check_brackets_and_count(p, mu, alpha, beta):
    """In 330 digits: opposite signs at the ends of each bracket, and no crossing left out."""
    found = regime.thresholds(Fraction(1), p, mu, alpha, beta)
    with mpmath.workdps(330):
        p_, mu_, a, b = (mpmath.mpf(x.numerator) / x.denominator for x in (p, mu, alpha, beta))
        slope, quantile = a / mpmath.sqrt(b), mpmath.sqrt(2) * mpmath.erfinv(2 * p_ - 1)
        shift = mpmath.sqrt((a + b) / b) * quantile

        def excess(t):
            z = slope * (mpmath.mpf(t.numerator) / t.denominator - mu_) + shift
            if abs(z) > 100:  # and t is not so near an end
                return (1 if z > 0 else 0) - mpmath.mpf(t.numerator) / t.denominator
            return mpmath.ncdf(z) - mpmath.mpf(t.numerator) / t.denominator

        for root in found.roots:
            low, high, side = Fraction(root.low), Fraction(root.high), 1 if root.stable else -1
            assert low == 0 or side * excess(low) > 0
            assert high == 1 or side * excess(high) < 0
            assert 0 < high - low <= max(high * Fraction(1, 10**13), Fraction(5e-324))
        places = [Fraction(k, 10) for k in range(1, 10)]
        if alpha:
            at = [(mu_ + (k - shift) / slope) for k in range(-6, 7)]
            places += [Fraction(int(t * 10**320), 10**320) for t in at if 0 < t < 1]
        signs = [1, *(excess(t) > 0 for t in sorted(places)), 0]
        turns = sum(bool(x) != bool(y) for x, y in pairwise(signs))
        assert turns <= len(found.roots) in (1, 3)
    assert found.complete


def test_three_thresholds_of_which_two_are_closer_than_floats_tell():
    """Signals of precision 1e-300: the middle one had both ends at one number, 0.0003…"""
    beta = Fraction(1, 10**300)
    check_brackets_and_count(Fraction(1, 2), Fraction(3, 10000), Fraction(1), beta)
    found = regime.thresholds(2, 1, mean=Fraction(1, 2), prior=10**100, signal=1)
    assert [root.stable for root in found.roots] == [True, False, True]
    assert found.values[2] == pytest.approx(1, abs=1e-14)  # and not anywhere above a half


@pytest.mark.parametrize("last", [2, 3])
def test_thresholds_that_nearly_meet_are_told_apart(last):
    """2πβ = α² up to 1e-18, just before and just after one threshold becomes three."""
    alpha, half = Fraction(2506628274631000500 + last, 10**18), Fraction(1, 2)
    found = regime.thresholds(1, half, half, alpha, 1)
    assert len(found.roots) == (1 if last == 2 else 3)
    check_brackets_and_count(half, half, alpha, Fraction(1))


tenths = st.builds(lambda k, e: k * Fraction(10) ** e, st.integers(1, 9), st.integers(-30, 30))


@settings(max_examples=8)
@given(
    st.sampled_from([Fraction(1, 2), Fraction(1, 20), Fraction(1, 10**9), 1 - Fraction(1, 10**9)]),
    st.sampled_from([Fraction(1, 2), Fraction(-3), Fraction(1, 10**6), Fraction(21, 20)]),
    tenths,
    tenths,
)
def test_brackets_hold_at_precisions_of_any_size(p, mu, alpha, beta):
    check_brackets_and_count(p, mu, alpha, beta)


@settings(max_examples=40)
@given(odds, means, precisions, st.floats(0, 1))
def test_precise_signals_leave_one_threshold(p, mu, beta, part):
    alpha = part * np.sqrt(2 * np.pi * beta) * 0.999999
    (root,) = regime.thresholds(1, p, mu, alpha, beta).roots
    assert root.stable


@settings(max_examples=25)
@given(odds, st.floats(0.3, 0.7), st.floats(5, 30), st.floats(0.5, 5), st.floats(1.001, 1.05))
def test_as_staying_gains_worth_stable_thresholds_fall_and_the_middle_one_rises(
    p, mu, alpha, beta, gain
):
    before = regime.thresholds(1, p, mu, alpha, beta)
    after = regime.thresholds(gain, p, mu, alpha, beta)
    assume(len(before.roots) == len(after.roots))
    for old, new in zip(before.roots, after.roots, strict=True):
        if old.stable:
            assert new.low <= old.high
        else:
            assert new.high >= old.low


def test_three_thresholds_and_the_middle_one_rises():
    # A prior precise relative to the signals: what staying is worth endangers the community.
    before, after = (regime.thresholds(V, 1, mean=0.5, prior=9, signal=4) for V in (2, 2.1))
    assert [root.stable for root in before.roots] == [True, False, True]
    first, middle, last = zip(before.values, after.values, strict=True)
    assert first[1] < first[0]
    assert middle[1] > middle[0]
    assert last[1] < last[0]


@given(st.floats(0.1, 100), st.floats(0, 100), st.floats(0.1, 10), precisions)
def test_a_flat_prior_makes_the_threshold_the_ratio_whatever_the_signals(V, r, more, beta):
    t = float(regime.flat_threshold(V, r))
    assert t == pytest.approx(min(r / V, 1))
    assert regime.flat_threshold(V + more, r) <= t
    if 0.01 * V < r < 0.99 * V:
        (same,) = regime.thresholds(V, r, mean=0.2, prior=0, signal=beta).values
        assert same == pytest.approx(t, rel=1e-9)


def test_fractions_stay_exact_under_a_flat_prior():
    assert regime.flat_threshold(Fraction(3), Fraction(1)) == Fraction(1, 3)


def test_a_vague_prior_is_nearly_flat():
    (t,) = regime.thresholds(1, 0.3, mean=0.5, prior=1e-9, signal=1).values
    assert t == pytest.approx(0.3, abs=1e-6)


def test_a_curve_that_touches_the_diagonal_is_called_incomplete():
    # The prior mean that puts the valley of the excess on zero, to 300 digits.
    with mpmath.workdps(300):
        alpha, beta = mpmath.mpf(9), mpmath.mpf(4)
        slope = alpha / mpmath.sqrt(beta)
        z = -mpmath.sqrt(2 * mpmath.log(slope / mpmath.sqrt(2 * mpmath.pi)))
        touch = mpmath.ncdf(z) - z / slope
        mean = Fraction(int(mpmath.floor(touch * 10**280)), 10**280)
    touching = regime.thresholds(2, 1, mean, 9, 4)
    assert not touching.complete
    assert len(touching.roots) == 1
    for nudge, count in ((Fraction(-1, 10**9), 1), (Fraction(1, 10**9), 3)):
        nearby = regime.thresholds(2, 1, mean + nudge, 9, 4)
        assert nearby.complete
        assert len(nearby.roots) == count


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"offer": 0}, "offer"),
        ({"stay": 1}, "stay"),
        ({"prior": -1}, "prior"),
        ({"signal": 0}, "signal"),
    ],
)
def test_illegal_parameters_are_named(changed, named):
    with pytest.raises(InvalidValue, match=named):
        regime.thresholds(**{"stay": 2, "offer": 1, "mean": 0, "prior": 1, "signal": 1, **changed})
