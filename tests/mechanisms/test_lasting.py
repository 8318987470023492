"""Whether what a fine drove out comes back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiongame.errors import InvalidValue
from missiongame.mechanisms import crowding, lasting

amounts = st.floats(0, 100)


@given(amounts, amounts, st.floats(0.01, 10))
def test_what_is_driven_out_is_the_effort_without_the_price(pay, drive, kappa):
    with_pay = crowding.effort(pay, drive, kappa) - pay
    lost = drive - with_pay
    np.testing.assert_allclose(lasting.driven_out(pay, drive, kappa), lost, atol=1e-9)


@given(st.floats(0, 50), amounts, amounts, st.floats(0.1, 100))
def test_the_lasting_model_recovers_what_made_the_data(before, crowded, deterred, fine):
    lateness = [before, before + crowded - deterred, before + crowded]
    fit = lasting.fit_fine([0, fine, 0], lateness, lengths=[4, 12, 4], lasting=True)
    np.testing.assert_allclose(
        [fit.before, fit.crowded_out, fit.deterred], [before, crowded, deterred], atol=1e-5
    )


@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=3), st.lists(amounts, min_size=2, max_size=2)
)
def test_no_other_reversible_parameters_fit_better(lateness, other):
    fit = lasting.fit_fine([0, 10, 0], lateness, lengths=[4, 12, 4], lasting=False)
    weights = np.array([4, 12, 4])
    rival = np.array([other[0], other[0] + other[1] - 50, other[0]])
    ours, theirs = (float(weights @ (f - lateness) ** 2) for f in (fit.fitted, rival))
    assert ours <= theirs + 1e-6 * (1 + theirs)


@given(st.floats(0, 100), st.floats(-50, 50))
def test_under_the_reversible_model_lateness_comes_back(before, effect):
    fit = lasting.fit_fine([0, 5, 0], [before, before + effect, before], lasting=False)
    np.testing.assert_allclose(fit.fitted, [before, before + effect, before], atol=1e-6)
    assert min(fit.crowded_out, fit.deterred) == 0


@pytest.mark.parametrize("fine", [[10, 0], [0, 0], [0, 10, 20], [0]])
def test_phases_without_one_fine_are_refused(fine):
    with pytest.raises(InvalidValue, match="fine"):
        lasting.fit_fine(fine, [1] * len(fine), lasting=True)
