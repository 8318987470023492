import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
from missiongame import contributions
from missiongame.errors import InvalidType, InvalidValue


@given(st.integers(1, 500), st.floats(0, 5), st.floats(0.1, 1e6))
def test_zipfs_law_is_a_ranking_with_its_ratio(n, exponent, total):
    c = contributions.zipf(n, exponent, total)
    assert np.all(np.diff(c) <= 0)
    assert c.sum() == pytest.approx(total)
    assert c[0] / c[-1] == pytest.approx(n**exponent)


def test_a_truncated_power_law_has_the_quantiles_of_its_density():
    """Against numerical integration of the density by SciPy."""
    from scipy.integrate import quad

    def density(x):
        return x**-1.7 * np.exp(-x / 50)

    c = contributions.truncated_power_law(40, exponent=1.7, cutoff=50)
    whole = quad(density, 1, np.inf)[0]
    ratio = c / c[-1]
    least = _quantile(density, whole, 0.5 / 40)
    for rank in (1, 5, 20, 39):
        wanted = _quantile(density, whole, 1 - (rank - 0.5) / 40)
        assert ratio[rank - 1] == pytest.approx(wanted / least, rel=2e-3)


def _quantile(density, whole, probability):
    from scipy.integrate import quad
    from scipy.optimize import brentq

    return brentq(lambda x: quad(density, 1, x)[0] / whole - probability, 1, 2000)


def test_a_low_cutoff_flattens_the_top():
    steep = contributions.truncated_power_law(100, 1.5, 1e6)
    flat = contributions.truncated_power_law(100, 1.5, 10)
    assert mg.Community(flat).gini < mg.Community(steep).gini


@pytest.mark.parametrize("exponent", [0.3, 0.93, 1.5, 3.0])
def test_the_fit_finds_zipfs_exponent_again(exponent):
    c = contributions.zipf(300, exponent)
    shares = {k: float(c[:k].sum()) for k in (5, 50)}
    found = contributions.fit("zipf", 300, shares)
    assert found.parameters["exponent"] == pytest.approx(exponent, abs=1e-6)
    assert found.misfit < 1e-8


def test_two_shares_determine_the_truncated_law():
    c = contributions.truncated_power_law(2000, 1.8, 300)
    shares = {k: float(c[:k].sum()) for k in (10, 100)}
    found = contributions.fit("truncated-power-law", 2000, shares, total=7)
    assert found.misfit < 1e-6
    assert found.contribution.sum() == pytest.approx(7)


def test_diggs_six_weeks_under_zipfs_law():
    """19 June to 30 July 2006: exponent .93 to .94, Gini .70 to .71, 37 % for the top 20."""
    found = contributions.fit("zipf", 2287, {10: 0.298, 100: 0.5528})
    town = mg.Community(found.contribution)
    assert 0.93 <= found.parameters["exponent"] <= 0.94
    assert 0.70 <= town.gini <= 0.71
    assert town.top_share(20) == pytest.approx(0.37, abs=0.005)
    assert 0.001 < found.misfit < 0.01


def test_diggs_longer_sample_is_no_zipf_law():
    """20.81 % for the top 20 and 56.41 % for the top 100: Zipf's law misses by 9 points."""
    found = contributions.fit("zipf", 2287, {20: 0.2081, 100: 0.5641})
    assert found.misfit > 0.05


def test_the_best_fit_is_no_worse_than_its_neighbours():
    shares = {20: 0.2081, 100: 0.5641}
    found = contributions.fit("zipf", 2287, shares)
    best = _sum_of_squares(found.contribution, shares)
    for step in (-0.01, 0.01):
        near = contributions.zipf(2287, found.parameters["exponent"] + step)
        assert best < _sum_of_squares(near, shares)


def _sum_of_squares(c, shares):
    return sum((c[:k].sum() / c.sum() - share) ** 2 for k, share in shares.items())


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        (("zip", 9, {1: 0.5}), InvalidValue, "law is 'zip'; it should be one of zipf, trunc"),
        (("zipf", 0, {1: 0.5}), InvalidValue, "n is 0; it should be at least 1"),
        (("zipf", 9.0, {1: 0.5}), InvalidType, "n is 9.0"),
        (("zipf", 9, {}), InvalidValue, "shares is {}; it should be at least one k"),
        (("zipf", 9, {9: 0.5}), InvalidValue, "shares is for k = 9; .* from 1 to 8"),
        (("zipf", 9, {1: 1.5}), InvalidValue, r"shares\[1\] is 1.5"),
        (("zipf", 9, {3: 0.2}), InvalidValue, r"shares\[3\] is 0.2; .* at least 0.333"),
        (("zipf", 9, {1: 0.5, 2: 0.4}), InvalidValue, r"shares\[2\] is 0.4; .* at least 0.5"),
        (("zipf", 9, {1: 0.5}, 0), InvalidValue, "total is 0; it should be positive"),
    ],
)
def test_shares_that_no_ranking_has_are_refused(arguments, kind, said):
    with pytest.raises(kind, match=said):
        contributions.fit(*arguments)
