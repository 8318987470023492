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
        [fit.before, fit.crowded_out, fit.deterred], [before, crowded, deterred], atol=1e-12
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


@pytest.mark.parametrize("fine", [[0, 10], [0, 10, 10], [0, 0, 10]])
@pytest.mark.parametrize("lasting_", [True, False])
def test_a_fine_never_withdrawn_tells_only_the_difference(fine, lasting_):
    """What it drives out and what it deters are collinear: any 1e15 and 1e15 + 3 would do."""
    for under, split in ((7, (3, 0)), (1, (0, 3))):
        y = [under if f else 4 for f in fine]
        fit = lasting.fit_fine(fine, y, lasting=lasting_)
        assert not fit.identified
        assert (fit.before, fit.crowded_out, fit.deterred) == (4, *split)
        assert (fit.parameters, fit.r_squared) == (2, 1)


def test_a_fine_withdrawn_tells_both_under_the_lasting_model_only():
    assert lasting.fit_fine([0, 10, 0], [8, 16, 19], lasting=True).identified
    assert not lasting.fit_fine([0, 10, 0], [8, 16, 19], lasting=False).identified


phases = st.lists(
    st.tuples(st.sampled_from([0, 10]), st.integers(-5, 5), st.sampled_from([1, 3, 1000])),
    min_size=1,
    max_size=6,
)
sizes = st.sampled_from([1e-6, 1, 1e9])


@given(phases, st.integers(-5, 5), sizes)
def test_the_lasting_fit_is_the_least_squares_of_an_independent_solver(rows, first, size):
    from scipy.optimize import nnls

    rows = [(0, first, 2), *rows, (10, 1, 1)]
    fine, y, length = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    fit = lasting.fit_fine(fine, y * size, length, lasting=True)
    now = (fine > 0).astype(float)
    crowded = np.maximum.accumulate(now)
    one, root = np.ones(len(now)), np.sqrt(length)
    X = np.column_stack([one, -one, crowded, -now]) * root[:, None]
    _, misfit = nnls(X, y * root)
    ours = fit.before + fit.crowded_out * crowded - fit.deterred * now
    np.testing.assert_allclose(ours, fit.fitted, atol=1e-12 * size)
    assert min(fit.crowded_out, fit.deterred) >= 0
    assert np.linalg.norm((ours / size - y) * root) == pytest.approx(misfit, abs=1e-9)
    assert fit.identified == bool(np.any((crowded > 0) & (now == 0)))


@pytest.mark.parametrize("fine", [[10, 0], [0, 0], [0, 10, 20], [0]])
def test_phases_without_one_fine_are_refused(fine):
    with pytest.raises(InvalidValue, match="fine"):
        lasting.fit_fine(fine, [1] * len(fine), lasting=True)
