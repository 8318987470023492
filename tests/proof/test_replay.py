"""A witness replayed: values by hand, what is undefined, and what stays undecided."""

from __future__ import annotations

import pytest
import sympy as sp

from missiongame.errors import Undecided, Undefined
from missiongame.proof.evaluate import Evaluator, sign_of
from missiongame.proof.functions import increasing
from missiongame.proof.question import ask
from missiongame.proof.witness import Witness

x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p")
f, g = sp.Function("f"), sp.Function("g")
half = sp.Rational(1, 2)
POINT = {x: -half, y: sp.Integer(3), p: sp.true}
TABLES = {f: {(sp.sqrt(2),): sp.Integer(7), (sp.Integer(3),): half}}
AT = Evaluator(POINT, TABLES)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (x**2 + x * y - 1, sp.Rational(-9, 4)),
        (1 / x, -2),
        (x**-2, 4),
        (1 / (x + y) ** 3, sp.Rational(8, 125)),
        (sp.Abs(x) + sp.Abs(y), sp.Rational(7, 2)),
        (sp.Max(x, y, 1), 3),
        (sp.Min(x, y, 1), -half),
        (sp.sign(x), -1),
        (sp.sign(y), 1),
        (sp.sign(x + half, evaluate=False), 0),
        (sp.Heaviside(x), 0),
        (sp.Heaviside(y), 1),
        (sp.Heaviside(x + half, half), half),
        (sp.Piecewise((5, x > 0), (6, y > 2), (7, True)), 6),
        (sp.sqrt(y + 1), 2),
        ((y + 5) ** sp.Rational(-2, 3), sp.Rational(1, 4)),
        (f(y), half),
        (f(sp.sqrt(y - 1)), 7),
        (sp.Float(0.1) + 0 * x, sp.Rational(3602879701896397, 2**55)),
    ],
    ids=str,
)
def test_values_by_hand(expression, value) -> None:
    assert AT.value(expression) == value


@pytest.mark.parametrize(
    "expression",
    [
        1 / (x + half),
        (2 * x + 1) ** -2,
        sp.sqrt(x),
        (x + half) ** sp.Rational(-1, 2),
        sp.Piecewise((1, x > 0)),
        sp.Piecewise((1 / (x + half), x < 0), (1, True)),
        f(x),
        g(y),
    ],
    ids=str,
)
def test_what_has_no_value_is_undefined(expression) -> None:
    with pytest.raises(Undefined):
        AT.value(expression)
    for truth in (True, False):
        assert Witness(POINT, TABLES).holds(sp.Gt(expression, 0, evaluate=False), truth) is False


@pytest.mark.parametrize(
    ("formula", "truth"),
    [
        (sp.Eq(2 * x, -1), True),
        (sp.Ne(2 * x, -1), False),
        (sp.And(p, x < 0, y <= 3), True),
        (sp.And(p, x < 0, y < 3), False),
        (sp.Or(x > 0, y > 3), False),
        (sp.Implies(x > 0, y > 3), True),
        (sp.Implies(x < 0, y > 3), False),
        (sp.Equivalent(x > 0, y > 3, p, evaluate=False), False),
        (sp.Equivalent(x < 0, y >= 3, p, evaluate=False), True),
        (sp.Xor(x < 0, y >= 3, p, evaluate=False), True),
        (sp.Xor(x < 0, y >= 3, evaluate=False), False),
        (sp.ITE(x > 0, y > 3, y >= 3), True),
        (sp.Eq(x > 0, y > 3, evaluate=False), True),
        (sp.Ne(x > 0, y > 3, evaluate=False), False),
        (sp.Contains(y, sp.Interval(0, 3)), True),
        (sp.Contains(y, sp.Interval.Ropen(0, 3)), False),
    ],
    ids=str,
)
def test_truths_by_hand(formula, truth) -> None:
    assert AT.truth(formula) is truth
    assert Witness(POINT, {}).holds(formula) is truth
    assert Witness(POINT, {}).holds(formula, False) is not truth


def test_a_sign_too_small_to_see_is_not_guessed() -> None:
    number = sum(map(sp.sqrt, (2, 3, 5, 7)))
    near = sp.Rational(str(number.evalf(45)))
    with pytest.raises(Undecided):
        sign_of(number - near)
    assert Witness({x: number}, {}).holds(x > near) is None
    assert sign_of(number - sp.Rational(str(number.evalf(20))) - sp.Rational(1, 10**10)) == -1


def test_points_too_many_for_a_grid_conclude_nothing() -> None:
    symbols = sp.symbols("x:9", real=True)

    def question(count, *more):
        return ask(sp.And(*(f(s, 2 * s) >= 0 for s in symbols[:count]), *more), [increasing(f)])

    assert question(8).conclusive
    assert not question(9).conclusive
    assert not question(9, g(x) >= 0).conclusive
