"""Exact evaluation agrees with SymPy's own substitution."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.catalogue import theorems
from missiongame.catalogue.counterexample import hunt, tidy
from missiongame.catalogue.evaluation import holds_at, value_at
from missiongame.errors import InvalidType, MissionGameError
from missiongame.testing import numbers

F = Fraction

x, y = sp.symbols("x y", real=True)
CLAIMS = (
    sp.Implies(x > y, sp.Max(x, y) <= x),
    sp.Equivalent(x**2 >= y, sp.Or(sp.Eq(x, y), x / (1 + y**2) < 2)),
    sp.Piecewise((x, x > 0), (y, True)) >= sp.Abs(x - y) - sp.Rational(1, 3),
    sp.ITE(x > 1, sp.Ne(x, y), sp.Not(y > 1)),
)


@pytest.mark.parametrize("claim", CLAIMS)
@settings(deadline=None)
@given(a=numbers(-3, 3, 3), b=numbers(-3, 3, 3))
def test_it_agrees_with_substitution(claim, a, b):
    exact = {x: sp.Rational(a.numerator, a.denominator), y: sp.Rational(b.numerator, b.denominator)}
    assert holds_at(claim, {x: a, y: b}) == bool(claim.subs(exact))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_it_agrees_on_a_theorem(data):
    theorem = theorems["purposeful-rival"]
    names = sorted(theorem.claim.free_symbols, key=str)
    point = {name: data.draw(numbers(0, 3)) for name in names}
    exact = {name: sp.Rational(v.numerator, v.denominator) for name, v in point.items()}
    assert holds_at(theorem.claim, point) == bool(theorem.claim.subs(exact))


def test_what_is_undefined_is_an_error_unless_it_is_not_needed():
    with pytest.raises(ZeroDivisionError):
        holds_at(1 / x > 0, {x: F(0)})
    assert holds_at(sp.Implies(x > 0, 1 / x > 0), {x: F(0)})


def test_roots_are_not_evaluated():
    with pytest.raises(InvalidType, match="exponent is"):
        value_at(sp.sqrt(x), {x: F(2)})


def test_numbers_that_do_not_break_the_claim_are_not_tidied():
    with pytest.raises(MissionGameError, match="do not break"):
        tidy({x: sp.Integer(1)}, [x > 0], x > 0)


def test_money_is_made_whole_together():
    found = tidy({x: F(1, 7), y: F(2, 7)}, [sp.Eq(y, 2 * x), x > 0, x < 1], y > 3 * x, money=(x, y))
    assert found == {x: F(1, 7), y: F(2, 7)}, "no larger unit keeps x below 1"
    found = tidy({x: F(1, 7), y: F(2, 7)}, [sp.Eq(y, 2 * x), x > 0], y > 3 * x, money=(x, y))
    assert found == {x: F(1), y: F(2)}


def test_hunting_for_what_does_not_exist_says_so():
    with pytest.raises(MissionGameError, match="no numbers break it: Proved"):
        hunt(x**2 + x >= 0, {"positive": x > 0})


def test_hunting_finds_rational_numbers_beside_irrational_ones():
    found = hunt(x**2 < 2, {"positive": x > 0, "small": x < 2})
    assert found[x] ** 2 >= 2
