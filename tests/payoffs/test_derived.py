"""What payoffs imply, derived by SymPy, against the model's own formulas."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Piecewise, oo

from missiongame import Payoffs, Rival, offers
from missiongame import symbols as m
from missiongame.errors import InvalidType, InvalidValue
from missiongame.members.standard_payoffs import StandardResponse
from missiongame.testing import numbers, scenes

F = Fraction
STANDARD = Payoffs()
RESERVATION = STANDARD.numeric("reservation_pay")
B = m.alpha * m.theta + m.h + m.G_stay - m.rho * m.G_gone
A = m.alpha * m.theta_R


def test_the_temptation_is_what_leaving_adds():
    wanted = m.w + A / (1 + m.kappa * m.w) - B
    assert sympy.simplify(STANDARD.temptation - wanted) == 0


def test_the_tipping_share_is_the_models():
    pull = m.w + A * m.phi - m.alpha * m.theta - m.h
    wanted = (pull / m.sigma + m.rho * (1 - m.s)) / (1 + m.rho)
    assert sympy.simplify(STANDARD.tipping_share - wanted) == 0


def test_the_reservation_pay_is_the_models():
    root = sympy.sqrt((m.kappa * B - 1) ** 2 + 4 * m.kappa * (B - A))
    wanted = [0, B - A, (m.kappa * B - 1 + root) / (2 * m.kappa)]
    found = STANDARD.reservation_pay
    assert isinstance(found, Piecewise)
    for (value, _), formula in zip(found.args, wanted, strict=True):
        assert sympy.simplify(value - formula) == 0
    conditions = [condition for _, condition in found.args]
    assert sympy.simplify(conditions[0].lhs - (B - A)) == 0
    assert conditions[1] == sympy.Eq(m.kappa, 0)


positive = numbers(0, 6)
either = numbers(-6, 6)
values = st.fixed_dictionaries(
    {
        "alpha": either,
        "theta": positive,
        "h": either,
        "theta_R": positive,
        "rho": numbers(0, 1),
        "kappa": numbers(0, 2),
        "G_stay": positive,
        "G_gone": positive,
    }
)


@given(values)
@settings(max_examples=80, deadline=None)
def test_the_reservation_pay_is_the_least_that_is_accepted(at):
    # Where κa ≤ 1, what is accepted is everything from the reservation pay upward.
    if at["kappa"] * at["alpha"] * at["theta_R"] > 1:
        at["kappa"] = F(0)
    pay = RESERVATION(**at)
    assert pay >= 0
    near = 1e-6 * (1 + pay)
    assert STANDARD.sign(**at, w=pay + near) >= 0
    if pay > near:
        assert STANDARD.sign(**at, w=pay - near) < 0


def test_what_is_accepted_need_not_be_an_up_set():
    at = {"alpha": 1, "theta": 0, "h": F(11, 4), "theta_R": 3, "rho": 0, "kappa": 1}
    signs = [STANDARD.sign(**at, G_stay=0, G_gone=0, w=w) for w in (0, 1, 2)]
    assert signs == [1, -1, 1]
    assert STANDARD.exact("reservation_pay", **at, G_stay=0, G_gone=0) == 0


CURVES = {
    sympy.log(1 + m.w): (0, 0.5, 3),
    sympy.sqrt(m.w): (0, 0.5, 3),
    m.w / (1 + m.w): (0, 0.5, oo),
    1 - sympy.exp(-m.w): (0, 0.5, oo),
    m.w**2: (0, 0.5, 3),
    m.w - m.w**2 / 20: (0, 0.5, 3),
}


@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_other_tastes_for_cash_are_solved_too(curve):
    pay = Payoffs(stay=m.h, defect=curve).reservation_pay
    for hold in CURVES[curve]:
        if hold is oo:  # worth more than any cash
            assert pay.subs(m.h, 5) == oo
            continue
        found = pay.subs(m.h, hold)
        assert abs(float(curve.subs(m.w, found) - hold)) < 1e-12


def test_what_has_no_closed_form_says_so():
    bold = Payoffs(defect=m.w + sympy.sqrt(m.w) + sympy.exp(m.w))
    with pytest.raises(InvalidValue, match="no closed form"):
        _ = bold.reservation_pay
    with pytest.raises(InvalidValue, match="decides alone"):
        _ = Payoffs(stay=m.h, defect=m.w).tipping_share


@given(scenes(members=(1, 4), ties="default"), either, positive)
@settings(max_examples=40, deadline=None)
def test_the_fast_formulas_are_the_derived_ones(scene, stay, gone):
    town, rival, offer = scene
    response = StandardResponse(town, rival, offer.pay(town))
    for i in range(town.n):
        at = {
            "alpha": town.purpose[i],
            "theta": town.mission,
            "h": town.enjoyment[i],
            "w": offer.pay(town)[i],
            "theta_R": rival.mission,
            "rho": rival.portability,
            "kappa": rival.crowding,
        }
        exact = STANDARD.exact("temptation", **at, G_stay=stay, G_gone=gone)
        assert response.temptation(i, stay, gone) == exact
        sigma, s = F(town.social[i]), town.exact_share[i]
        if sigma:
            tau = STANDARD.exact("tipping_share", **at, sigma=sigma, s=s)
            assert response.threshold_ends(i, sigma * (1 - s)) == (tau * sigma, tau * sigma)


def test_numpy_functions_take_columns():
    temptation = STANDARD.numeric()
    assert temptation(
        alpha=np.array([1, 2]),
        theta=1,
        h=0,
        w=[5, 6],
        theta_R=0,
        rho=0,
        kappa=0,
        G_stay=1,
        G_gone=0,
    ).tolist() == [3, 3]
    with pytest.raises(InvalidValue, match="given for kappa, rho too"):
        temptation(alpha=1, theta=1, h=0, w=5, theta_R=0, G_stay=1, G_gone=0)


def test_latex_shows_what_was_derived():
    text = STANDARD.latex()
    assert text.startswith(r"\begin{aligned}")
    assert r"G^{\mathrm{stay}}" in text
    assert r"\tau &= " in text
    assert r"\tau &= " not in Payoffs(stay=m.h, defect=m.w).latex()


def test_symbols_count_by_their_names():
    mine = (
        sympy.Symbol("alpha", positive=True) * sympy.Symbol("theta") + sympy.Symbol("h") + m.G_stay
    )
    assert Payoffs(stay=mine).standard
    assert Payoffs(stay=mine) == STANDARD
    assert Payoffs(stay=m.h + sympy.Symbol("thrill")).columns == ("thrill",)


@pytest.mark.parametrize("text", ["w", b"w", "__import__('os')"])
def test_text_is_never_evaluated(text):
    with pytest.raises(InvalidType, match="text is not evaluated"):
        Payoffs(stay=text)


@pytest.mark.parametrize(
    "wild", [sympy.sin(m.w), sympy.I, sympy.oo, sympy.Function("f")(m.w)], ids=str
)
def test_only_known_functions_are_legal(wild):
    with pytest.raises(InvalidValue, match=r"defect is .*made of numbers"):
        Payoffs(defect=wild)


def test_numbers_are_payoffs():
    assert Payoffs(stay=2, defect=F(1, 3)).temptation == sympy.Rational(-5, 3)


def test_offers_are_what_defect_is_about():
    assert Rival().crowding == 0
    assert (
        STANDARD.exact(
            w=offers.flat(7).amount,
            alpha=0,
            theta=0,
            h=0,
            theta_R=0,
            rho=0,
            kappa=0,
            G_stay=0,
            G_gone=0,
        )
        == 7
    )
