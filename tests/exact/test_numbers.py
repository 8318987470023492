import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from missiongame import Community
from missiongame.errors import InvalidType, InvalidValue
from missiongame.exact import column, fraction, number, wanted_share
from missiongame.exact.sums import exact_total

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite)
def test_a_float_is_the_binary_number_it_is(value):
    assert fraction(value) == Fraction(value) == fraction(np.float64(value))


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (10**400, Fraction(10**400)),
        (Decimal("0.1"), Fraction(1, 10)),
        (sympy.Rational(1, 3), Fraction(1, 3)),
        (np.uint8(255), Fraction(255)),
        (np.float32(0.1), Fraction(float(np.float32(0.1)))),
        (np.longdouble(1) / 3, Fraction(*(np.longdouble(1) / 3).as_integer_ratio())),
    ],
)
def test_every_kind_of_number_counts_at_its_exact_value(value, exact):
    assert fraction(value) == exact


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), sympy.oo, sympy.pi])
def test_what_is_no_rational_number_is_refused_by_name(value):
    with pytest.raises(InvalidValue, match=r"mission is .*; it should be"):
        fraction(value, "mission")


@pytest.mark.parametrize("value", [True, "1", None, 1j, np.bool_(True), sympy.Symbol("x"), []])
def test_what_is_no_number_is_a_type_error(value):
    with pytest.raises(InvalidType, match="a real number"):
        fraction(value)


@given(st.lists(finite, min_size=1, max_size=40))
def test_the_sum_of_floats_is_exact(values):
    assert exact_total(np.array(values)) == sum(map(Fraction, values))


def test_the_sum_is_exact_for_many_members_and_wide_exponents():
    values = np.random.default_rng(0).standard_cauchy(100_000)
    assert exact_total(values) == sum(map(Fraction, values.tolist()))


def test_a_column_stays_float_where_floats_hold_it_and_is_exact_elsewhere():
    assert column([1, Fraction(1, 2)], "x", 2).dtype == np.float64
    thirds = column([1, Fraction(1, 3)], "x", 2)
    assert thirds.dtype == object
    assert list(thirds) == [1, Fraction(1, 3)]
    assert column(np.array([2**63 - 1]), "x", 1)[0] == 2**63 - 1
    assert column(np.array([2**64 - 1], dtype=np.uint64), "x", 1)[0] == 2**64 - 1


def test_columns_cannot_be_changed_behind_the_communitys_back():
    source = np.array([1.0, 2.0])
    kept = column(source, "x", 2)
    source[0] = 9
    assert kept[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 3


def test_a_wrong_value_in_a_column_is_named_with_its_place():
    with pytest.raises(InvalidValue, match=r"contribution\[1\] is -2"):
        column([1, -2], "contribution", 2, low=0)
    with pytest.raises(InvalidValue, match=r"contribution\[0\] is nan"):
        column([float("nan"), 1], "contribution", 2)


def test_numbers_have_inclusive_ranges():
    assert number(0, "x", 0, 1) == 0
    with pytest.raises(InvalidValue, match="from 0 to 1"):
        number(1.0000001, "x", 0, 1)


@pytest.mark.parametrize("share", [0.1, np.float32(0.1), np.float64(0.1), Decimal("0.1")])
def test_a_share_counts_as_its_shortest_decimal(share):
    assert wanted_share(share) == Fraction(1, 10)
    ten = Community([1] * 10, purpose=1)
    assert ten.absence_factor(share) == 1


@pytest.mark.parametrize("share", [0, -0.1, 1.1, math.nan, math.inf, "0.1", None, True])
def test_a_share_outside_its_range_is_named(share):
    with pytest.raises((InvalidValue, InvalidType), match=r"a_share is .*; it should be"):
        wanted_share(share, "a_share")
