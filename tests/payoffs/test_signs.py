"""Slopes and structure are proved; intervals and exact values agree."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame import Payoffs
from missiongame import symbols as m
from missiongame.errors import InvalidValue, Irrational, Undefined
from missiongame.payoffs.float_intervals import FloatInterval, enclose
from missiongame.payoffs.straight_line import program
from missiongame.proof import Proved, Refuted

F = Fraction
SLOPES = {
    "theta": ("nonpositive", (m.alpha >= 0,)),
    "theta_R": ("nonnegative", (m.alpha >= 0,)),
    "kappa": ("nonpositive", (m.alpha >= 0,)),
    "h": ("negative", ()),
    "G_stay": ("negative", ()),
    "G_gone": ("nonnegative", ()),
    "rho": ("nonnegative", ()),
    "sigma": ("zero", ()),
    "alpha": ("unknown", ()),
    "w": ("unknown", ()),
}


@pytest.mark.parametrize("name", SLOPES)
def test_slopes_of_the_temptation(name):
    slope = Payoffs().slope(name)
    assert (slope.sign, slope.needs) == SLOPES[name]
    assert (slope.verdict is None) == (slope.sign in ("zero", "unknown"))


def test_pay_attracts_where_crowding_is_weak():
    weak = m.kappa * m.alpha * m.theta_R <= 1
    assert Payoffs().slope("w", assuming=[weak]).sign == "nonnegative"


def test_a_slope_is_in_a_symbol_of_the_payoffs():
    with pytest.raises(InvalidValue, match="name is 'zeal'"):
        Payoffs().slope("zeal")


def test_the_standard_payoffs_have_complements_and_cross_more_than_once():
    structure = Payoffs().structure()
    assert isinstance(structure.complements, Proved)
    assert isinstance(structure.single_crossing, Refuted)
    assert structure.failed == ("single_crossing",)
    at = {str(symbol): value for symbol, value in structure.single_crossing.witness.items()}
    numbers = {k: F(int(v.p), int(v.q)) for k, v in at.items() if k != "higher_pay"}
    higher = {**numbers, "w": F(int(at["higher_pay"].p), int(at["higher_pay"].q))}
    assert higher["w"] >= numbers["w"]
    assert Payoffs().sign(**numbers) >= 0 > Payoffs().sign(**higher)


def test_weak_crowding_restores_single_crossing():
    weak = m.kappa * m.alpha * m.theta_R <= 1
    assert Payoffs().structure(assuming=[weak]).failed == ()


def test_company_that_is_too_much_breaks_complements_with_numbers():
    own = Payoffs(stay=m.h + m.G_stay * (3 - m.G_stay), defect=m.w)
    verdict = own.structure().complements
    assert isinstance(verdict, Refuted)
    assert verdict.witness[m.G_stay] > F(3, 2)


def test_kinks_and_exponentials_are_proved_too():
    for ties in (sympy.Min(m.G_stay, 3), 1 - sympy.exp(-m.G_stay), sympy.log(1 + m.G_stay)):
        assert isinstance(Payoffs(stay=m.h + ties, defect=m.w).complements, Proved)


x, y = (m.column_symbol(name) for name in "xy")
EXPRESSIONS = [
    x + y / 3 - 1,
    x * y - x**2 + sympy.Rational(1, 3),
    (x - 1) ** 3 / (1 + y**2),
    sympy.sqrt(x**2 + 1) - y,
    sympy.exp(x - y) - 1,
    sympy.log(1 + x**2) * y,
    sympy.Max(x, y) - sympy.Min(x, 1),
    sympy.Abs(x - y) - sympy.Rational(1, 10),
    sympy.Piecewise((x, y > 1), (x**2, x <= 0), (y, True)),
    (1 + x**2) ** sympy.Rational(-1, 2) - sympy.Rational(1, 2),
    (2 + sympy.Abs(x)) ** y - 1,
    sympy.pi * x - sympy.E * y,
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
@given(
    at=st.tuples(
        *[st.one_of(st.integers(-3, 3).map(F), st.fractions(-4, 4, max_denominator=9))] * 2
    )
)
@settings(max_examples=25, deadline=None)
def test_intervals_and_exact_values_agree(expression, at):
    steps = program(expression)
    numbers = {"x": at[0], "y": at[1]}
    numbers = {name: numbers[name] for name in steps.symbols}
    columns = {k: enclose(np.array([v], dtype=object)) for k, v in numbers.items()}
    low, high = (float(np.ravel(end)[0]) for end in steps.intervals(columns))
    below, above = steps.enclosure(numbers, 200)
    assert low <= above
    assert below <= high
    sign = steps.sign(numbers)
    assert sign <= 0 or high > 0
    assert sign >= 0 or low < 0
    point = {k: sympy.Rational(v.numerator, v.denominator) for k, v in numbers.items()}
    value = expression.subs({symbol: point[symbol.name] for symbol in expression.free_symbols})
    assert sympy.sign(value) == sign


@given(
    st.sampled_from(EXPRESSIONS),
    st.lists(st.floats(-5, 5), min_size=2, max_size=2),
    st.floats(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_an_interval_holds_the_values_at_all_of_its_points(expression, corner, width):
    steps = program(expression)
    box = {
        name: FloatInterval(np.array([low]), np.array([low + width]))
        for name, low in zip("xy", corner, strict=True)
    }
    low, high = (float(np.ravel(end)[0]) for end in steps.intervals(box))
    for part in (F(0), F(1, 3), F(1)):
        at = {
            name: F(float(b.low[0])) + part * (F(float(b.high[0])) - F(float(b.low[0])))
            for name, b in box.items()
        }
        below, above = steps.enclosure(at, 200)
        assert low <= above
        assert below <= high


def test_a_rational_root_is_rational_and_others_are_not():
    root = program(sympy.sqrt(x))
    assert root.value({"x": F(9, 4)}) == F(3, 2)
    with pytest.raises(Irrational):
        root.value({"x": F(2)})
    cube = program(x ** sympy.Rational(2, 3))
    assert cube.value({"x": F(-0)}) == 0
    assert cube.value({"x": F(27, 8)}) == F(9, 4)


def test_powers_too_long_to_write_out_are_left_to_intervals():
    power = program((2 + sympy.Abs(x)) ** y - 1)
    tiny = F(1, 2**52)  # the 2^52-th root of 3
    with pytest.raises(Irrational):
        power.value({"x": F(1), "y": tiny})
    assert power.sign({"x": F(1), "y": tiny}) == 1
    assert power.sign({"x": F(1), "y": F(-(10**9))}) == -1
    assert program(x**y).value({"x": F(-1), "y": F(10**12)}) == 1


def test_zero_is_found_where_no_precision_would():
    nothing = program(sympy.sqrt(x) * sympy.sqrt(y) - sympy.sqrt(6))
    assert nothing.sign({"x": F(2), "y": F(3)}) == 0


def test_undefined_values_are_refused():
    with pytest.raises(Undefined, match="divides by zero"):
        program(1 / x).value({"x": F(0)})
    with pytest.raises(Undefined, match="logarithm"):
        program(sympy.log(x)).sign({"x": F(-1)})


def test_a_branch_that_is_not_taken_may_be_undefined():
    guarded = program(sympy.Piecewise((0, x <= 0), (sympy.log(x), True)))
    assert guarded.value({"x": F(-1)}) == 0
