"""SMT-LIB text, written and read back."""

from __future__ import annotations

import pytest
import sympy as sp

from missiongame.errors import ReadError
from missiongame.proof import engines, prove
from missiongame.proof.smtlib import quoted
from smtlib_reader import read_smtlib

x, y = sp.symbols("x y", real=True)


def test_a_verdicts_script_says_unsat_iff_the_claim_follows() -> None:
    for claim, answer in ((x * y <= (x**2 + y**2) / 2, "unsat"), (x * y <= x**2, "sat")):
        text = prove(claim, confirm=False).smtlib
        assert text.startswith("; unsatisfiable iff the claim follows")
        query = text.split("(check-sat)")[0]
        assert engines.z3.ask(query, 5).status == answer
        assert engines.cvc5.ask(query, 5).status == answer


def test_what_is_written_is_read_back_with_the_same_verdict() -> None:
    claim = sp.Implies(sp.And(x > 1, sp.Ne(y, 0)), x * sp.Abs(y) > sp.Rational(1, 3) * y)
    script = read_smtlib(prove(claim, confirm=False).smtlib.replace(" :named", ";"))
    assert script.symbols.keys() >= {"x", "y"}


def test_assertions_carry_the_assumptions_names() -> None:
    text = prove(x > 0, assuming={"x is | large \\ é": x > 2}, confirm=False).smtlib
    assert ":named |1. x is ? large ? ?|" in text


def test_names_that_smtlib_reserves_are_changed() -> None:
    assert quoted("x") == "x"
    assert quoted("and") != "and"
    assert quoted("two words") == "|two words|"
    assert "|" not in quoted("a|b").strip("|")


def test_a_script_is_read_into_sympy() -> None:
    script = read_smtlib("""
        ; a comment (with parentheses
        (set-logic QF_NRA)
        (set-info :source | anything ( at all |)
        (declare-const x Real)
        (declare-fun y () Real)
        (declare-fun p () Bool)
        (define-fun both () Bool (and (< 0 x y) (=> p (= (- x) (- y 1 2) 0.5))))
        (assert (or (not both) (distinct x (/ y 2))))
        (check-sat)
    """)
    first, second = script.conjuncts["both"]
    assert first == sp.And(sp.Lt(0, x, evaluate=False), sp.Lt(x, y, evaluate=False))
    assert second.subs({x: -sp.Rational(1, 2), y: sp.Rational(7, 2)}) == sp.true
    assert len(script.asserted) == 1


@pytest.mark.parametrize(
    "text",
    [
        "(assert (> x 0))",
        "(declare-fun x () Int)",
        "(declare-fun f (Real) Real)",
        "(define-fun f ((a Real)) Real a)",
        "(declare-fun x () Real)(assert (sin x))",
        "(declare-fun x () Real)(assert (> x 0)",
        ")",
        "word",
        "(declare-fun x () Real)(assert (()))",
        "(declare-fun x () Real)(assert (let ((a x)) (> a 0)))",
        "(declare-fun x () Real)(assert (and x))",
        "(declare-fun x () Real)(assert (> x 0x1))",
    ],
)
def test_what_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(ReadError):
        read_smtlib(text)
