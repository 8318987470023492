"""Published numbers on purpose, pay and coordination, reached through public functions."""

from __future__ import annotations

import numpy as np
import pytest

from missiongame.mechanisms import crowding, experiments, lasting, reciprocity, regime


def test_donations_are_fitted_exactly_by_as_many_parameters_as_points():
    # After Gneezy and Rustichini (2000).
    fit = crowding.fit(experiments.donations.pay, experiments.donations.items)
    assert fit.points == 3
    assert fit.drive == pytest.approx(238.67, abs=0.005)
    assert fit.crowding == pytest.approx(0.775, abs=0.0005)
    assert fit.weight == pytest.approx(19.2, abs=0.05)
    assert fit.r_squared == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(fit.fitted, experiments.donations.items, rtol=1e-6)


def test_donations_fall_under_small_pay_and_pay_enough_is_above_a_tenth():
    fit = crowding.fit(experiments.donations.pay, experiments.donations.items)
    scaled = fit.crowding * fit.drive / fit.weight  # κM > 1 with pay in units of effort
    assert scaled > 1
    assert fit.items([1])[0] < fit.items([10])[0] < fit.items([0])[0]


def test_the_intelligence_test_cannot_have_this_shape():
    # The curve is convex and the data are not: the best fit has no crowding out at all.
    fit = crowding.fit(experiments.iq_test.pay, experiments.iq_test.items)
    assert fit.crowding == pytest.approx(0, abs=1e-3)
    assert fit.r_squared == pytest.approx(0.49, abs=0.005)


def test_the_day_care_fine_fits_only_a_model_in_which_crowding_lasts():
    table = experiments.day_care
    fits = {
        (control, kind): lasting.fit_fine(
            table.fine,
            table.fined,
            table.lengths,
            table.control if control else 0,
            lasting=kind,
        )
        for control in (False, True)
        for kind in (False, True)
    }
    assert table.fined == (8.0, 16.4444, 18.7083)
    assert table.control == (10.0, 9.2292, 8.25)
    assert fits[False, True].crowded_out == pytest.approx(18.7083 - 8.0)
    assert fits[False, True].deterred == pytest.approx(18.7083 - 16.4444)
    assert fits[False, False].r_squared == pytest.approx(0.167, abs=0.001)
    assert fits[True, False].r_squared == pytest.approx(0.121, abs=0.001)
    # Exact, and that says nothing: three parameters, three phases.
    for control in (False, True):
        exact = fits[control, True]
        assert exact.parameters == exact.phases == 3
        assert exact.r_squared == pytest.approx(1)


def test_critical_patience_of_a_linear_public_good():
    assert reciprocity.linear_public_good(n=4, multiplier=1.6) == pytest.approx(0.5)


def test_critical_patience_where_everyone_asks_everyone():
    found = reciprocity.everyone_asks_everyone(n=10, benefit=5, cost=1)
    assert found == pytest.approx(0.7143, abs=5e-5)


@pytest.mark.parametrize(
    ("mean", "prior", "signal", "cost", "expected"),
    [
        (0.4, 1, 4, 0.5, [0.524897]),
        (0.6, 1, 4, 0.3, [0.744985]),
        (0.5, 9, 4, 0.5, [0.0144, 0.5, 0.9856]),
    ],
)
def test_regime_change_with_a_normal_prior(mean, prior, signal, cost, expected):
    found = regime.regime_change(mean, prior, signal, cost)
    assert found.complete
    assert found.values == pytest.approx(expected, abs=5e-5 if len(expected) > 1 else 5e-7)
