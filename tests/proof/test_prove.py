"""What `prove` answers, and what it refuses."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import sympy as sp

from missiongame.errors import EnginesDisagree, InvalidType, InvalidValue
from missiongame.proof import (
    Evaluated,
    Proved,
    Refuted,
    Unknown,
    Vacuous,
    convex,
    engines,
    positive,
    prove,
)
from missiongame.proof.engines import Reply
from missiongame.proof.evaluate import Evaluator, sign_of

f = sp.Function("f")
x, y, z = sp.symbols("x y z", real=True)
p = sp.Symbol("p", positive=True)


def test_a_true_claim_is_proved_by_both_engines() -> None:
    verdict = prove(x * y <= (x**2 + y**2) / 2)
    assert isinstance(verdict, Proved)
    assert verdict.engines == ("z3", "cvc5")
    assert verdict.confirmed
    assert verdict.witness is None
    assert verdict.used == ()
    assert "(check-sat)" in verdict.smtlib


def test_a_proof_names_only_the_assumptions_it_used() -> None:
    assumptions = {"x is large": x > 2, "y is large": y > 2, "z is anything": z > 7}
    verdict = prove(x * y > 4, assuming=assumptions)
    assert isinstance(verdict, Proved)
    assert verdict.used == ("x is large", "y is large")


def test_a_false_claim_is_refuted_by_exact_numbers() -> None:
    verdict = prove(x**2 >= x, assuming=[x >= 0])
    assert isinstance(verdict, Refuted)
    assert verdict.fails == "sometimes"
    assert not (x**2 >= x).subs(verdict.witness)
    assert (x**2 >= x).subs(verdict.example)
    assert all(v.is_Rational for v in verdict.witness.values())


def test_a_claim_that_never_holds_fails_always() -> None:
    verdict = prove(x < x * y, assuming=[x > 0, y < 1])
    assert isinstance(verdict, Refuted)
    assert verdict.fails == "always"
    assert verdict.example is None


def test_contradicting_assumptions_are_vacuous_and_named() -> None:
    verdict = prove(z > 0, assuming={"low": x < 1, "high": x > 2, "other": y > 0})
    assert isinstance(verdict, Vacuous)
    assert set(verdict.contradiction) == {"low", "high"}


def test_assumptions_that_contradict_a_declaration_are_vacuous() -> None:
    q = sp.Symbol("q", positive=True)
    verdict = prove(y > 0, assuming={"opposite": q * x < 0, "up": x > 1})
    assert isinstance(verdict, Vacuous)
    assert set(verdict.used) == {"q > 0 (declared)", "opposite", "up"}


def test_assumptions_that_contradict_the_domain_are_vacuous() -> None:
    verdict = prove(1 / x > y, assuming=[sp.Eq(x**2 + y**2, 0)])
    assert isinstance(verdict, Vacuous)
    assert "Ne(x, 0) (domain)" in verdict.used


def test_an_assumption_that_sympy_evaluated_to_false_is_vacuous() -> None:
    verdict = prove(x > 0, assuming={"impossible": x**2 < 0})
    assert isinstance(verdict, Vacuous)
    assert verdict.used == ("impossible",)


def test_a_claim_is_read_where_it_is_defined() -> None:
    verdict = prove(x / x**2 > 0, assuming=[x >= 0])
    assert isinstance(verdict, Proved)
    assert verdict.domain == (sp.Ne(x, 0),)
    assert prove(sp.sqrt(x) >= 0, confirm=False).domain == (x >= 0,)


def test_an_even_power_below_a_fraction_says_nothing_of_a_sign() -> None:
    for assumption in (1 / x**2 > 0, y**2 / x**2 >= 0, 1 / x**4 + 1 > 0):
        verdict = prove(x > 0, assuming=[assumption])
        assert isinstance(verdict, Refuted), assumption
        assert verdict.witness[x] < 0
    assert isinstance(prove(x > 0, assuming=[1 / x**3 > 0]), Proved)


def test_a_denominator_counts_only_on_the_branch_where_it_is_used() -> None:
    inverse = sp.Piecewise((1 / x, x > 0), (x, True))
    verdict = prove(inverse >= x, assuming=[x <= 0])
    assert isinstance(verdict, Proved)
    assert isinstance(prove(inverse >= 0, assuming=[x >= 0]), Proved)
    assert isinstance(prove(inverse > 0, assuming=[x >= 0]), Refuted)  # at x = 0


@pytest.mark.parametrize(
    "claim",
    [
        sp.Max(x, y) >= (x + y) / 2,
        sp.Eq(sp.Max(x, y) + sp.Min(x, y), x + y),
        sp.Abs(x + y) <= sp.Abs(x) + sp.Abs(y),
        sp.sqrt(x**2 + y**2) <= sp.Abs(x) + sp.Abs(y),
        sp.sqrt(p) * sp.sqrt(p + 1) <= p + sp.Rational(1, 2),
        sp.Implies(sp.And(x > 0, y > 0), (x / y + y / x) >= 2),
        sp.Equivalent(x > 0, x**3 > 0),
        sp.Eq(x > 0, x**3 > 0),
        sp.Xor(x > 0, x + y <= y, evaluate=False),
        sp.ITE(x > 0, x + y > y, x + y <= y),
        sp.Piecewise((1, x > 0), (-1, x < 0), (0, True)) * x >= 0,
        sp.sign(x) * x >= 0,
        sp.Contains(x, sp.Interval(0, 1)) >> (x**2 <= x),
        sp.Rational(1, 3) * x < x + x**2 + 1,
        x**2 + 0.25 >= x,
        p ** sp.Rational(3, 2) >= p - 1,
        x**2.0 - x + 0.25 >= 0,
    ],
    ids=str,
)
def test_known_truths_are_proved(claim: sp.Basic) -> None:
    assert isinstance(prove(claim, timeout=120), Proved)


@pytest.mark.parametrize(
    "claim",
    [
        sp.Max(x, y) > (x + y) / 2,
        sp.Abs(x + y) < sp.Abs(x) + sp.Abs(y),
        sp.sqrt(x) <= x,
        x / y + y / x >= 2,
        sp.Ne(x**2, 2),
        sp.Ne(x**5 - x - 1, 0),
        sp.Ne(x**3 + y**3, 7),
        sp.Or(x > 0, x < 0),
    ],
    ids=str,
)
def test_known_falsehoods_are_refuted(claim: sp.Basic) -> None:
    verdict = prove(claim, timeout=120)
    assert isinstance(verdict, Refuted)
    assert verdict.engines == ("z3", "cvc5")
    assert verdict.fails == "sometimes"


def test_an_irrational_witness_is_an_exact_algebraic_number() -> None:
    root = prove(sp.Ne(x**2, 2)).witness[x]
    assert root**2 == 2
    quintic = prove(sp.Ne(x**5 - x - 1, 0)).witness[x]
    assert quintic == sp.CRootOf(sp.Symbol("t") ** 5 - sp.Symbol("t") - 1, 0)


def test_a_rational_witness_is_preferred_to_an_irrational_one() -> None:
    verdict = prove(x**2 + y**2 < 5, assuming=[sp.Eq(x**2 + y**2, 5)])
    assert isinstance(verdict, Refuted)
    assert {abs(v) for v in verdict.witness.values()} == {1, 2}


@pytest.mark.parametrize(
    ("claim", "truth"),
    [
        (sp.true, True),
        (x > x, False),
        (sp.Eq(x / x, 1), True),  # not at 0
        (sp.Eq(1 / (1 / x), x), True),  # not at 0
        (sp.Float(0.1) * x >= x / 10, True),  # not at -1: 0.1 in binary exceeds a tenth
        (sp.Eq(sp.sqrt(x) ** 2, x), True),  # not below 0
        (sp.Ne(sp.Piecewise((1, x > 0)) - sp.Piecewise((1, x > 0)), 0), False),
    ],
)
def test_what_sympy_evaluated_first_is_never_called_proved_or_refuted(
    claim: sp.Basic, truth: bool
) -> None:
    verdict = prove(claim)
    assert type(verdict) is Evaluated
    assert verdict.truth is truth
    assert verdict.engines == ()
    assert str(verdict).startswith("Evaluated in ")
    assert verdict.as_dict()["verdict"] == "Evaluated"


def test_an_evaluated_claim_is_vacuous_where_the_assumptions_contradict_each_other() -> None:
    assert isinstance(prove(sp.true, assuming=[x < 0, x > 0]), Vacuous)


def test_evaluated_assumptions_are_named() -> None:
    verdict = prove(x**2 >= x, assuming={"everywhere": sp.Eq(x / x, 1), "up": x >= 1})
    assert isinstance(verdict, Proved)
    assert verdict.evaluated == ("everywhere",)
    assert verdict.used == ("up",)


def test_the_domain_of_an_unevaluated_claim_is_kept() -> None:
    inverse = sp.Pow(x, -1, evaluate=False)
    one = sp.Eq(sp.Mul(x, inverse, evaluate=False), 1, evaluate=False)
    verdict = prove(one)
    assert isinstance(verdict, Proved)
    assert verdict.domain == (sp.Ne(x, 0),)
    back = sp.Eq(sp.Pow(inverse, -1, evaluate=False), x, evaluate=False)
    assert sp.Ne(x, 0) in prove(back).domain
    gap = sp.Piecewise((1, x > 0), (1, x < 0), evaluate=False)
    assert isinstance(prove(sp.Eq(gap, 1, evaluate=False)), Proved)
    assert isinstance(prove(sp.Eq(gap, 1, evaluate=False), assuming=[sp.Eq(x, 0)]), Vacuous)


def test_a_float_counts_as_the_binary_number_it_is() -> None:
    claim = sp.Ge(sp.Float(0.1) * x, x / 10, evaluate=False)
    verdict = prove(claim)
    assert isinstance(verdict, Refuted)
    assert verdict.witness[x] < 0
    assert verdict.floats == {sp.Float(0.1): sp.Rational(0.1)}
    assert verdict.floats[sp.Float(0.1)] > sp.Rational(1, 10)
    assert isinstance(prove(claim, assuming=[x >= 0]), Proved)
    exactly = sp.Eq(sp.Float(0.1) * p, sp.Rational(0.1) * p, evaluate=False)
    assert isinstance(prove(exactly), Proved)
    assert isinstance(prove(sp.Ge(p**0.5, 0, evaluate=False)), Proved)


@pytest.mark.parametrize("claim", [sp.exp(x) > 0, sp.log(p) < p, sp.sin(x) <= 1, sp.pi * x < 1])
def test_what_is_not_algebraic_is_unknown_with_a_reason(claim: sp.Basic) -> None:
    if claim == sp.true:  # SymPy knows some of these
        return
    verdict = prove(claim)
    assert isinstance(verdict, Unknown)
    assert re.search("symbol|arbitrary function", verdict.reason)


def test_a_power_with_a_symbol_above_is_unknown() -> None:
    assert isinstance(prove(p**x > y), Unknown)


def test_a_derivative_is_unknown_and_the_reason_says_what_to_do() -> None:
    f = sp.Function("f")
    verdict = prove(sp.Derivative(f(x), x) > 0)
    assert isinstance(verdict, Unknown)
    assert "derivative" in verdict.reason


def test_integers_are_integers() -> None:
    n = sp.Symbol("n", integer=True)
    verdict = prove(n**2 >= n)
    assert isinstance(verdict, Proved)
    assert verdict.used == ("n is an integer (declared)",)
    assert prove(3 * n > n**2 - 1, assuming=[n > 0]).witness[n].is_Integer


def test_a_witness_obeys_every_declaration_or_is_not_given() -> None:
    prime = sp.Symbol("q", prime=True)
    verdict = prove(prime > 4)
    assert isinstance(verdict, Unknown) or sp.isprime(verdict.witness[prime])


def test_symbols_may_have_names_that_smtlib_reserves() -> None:
    names = ["and", "abs", "let", "sqrt", "x y", "α", "θ_R", "a|b", "is_int", "pi", "root!1"]
    symbols = [sp.Symbol(n, real=True) for n in names]
    verdict = prove(sum(s**2 for s in symbols) >= 2 * symbols[0] * symbols[1])
    assert isinstance(verdict, Proved)
    assert verdict.confirmed
    refuted = prove(sum(symbols) > 0)
    assert isinstance(refuted, Refuted)
    assert set(refuted.witness) == set(symbols)


def test_dummies_of_the_same_name_are_different_symbols() -> None:
    a, b = sp.Dummy("a", real=True), sp.Dummy("a", real=True)
    verdict = prove(sp.Eq(a, b))
    assert isinstance(verdict, Refuted)
    assert verdict.witness[a] != verdict.witness[b]


def test_boolean_symbols_are_allowed() -> None:
    holds = sp.Symbol("holds")
    assert isinstance(prove(holds | ~holds), Proved)
    verdict = prove(sp.Implies(holds, x > 0), assuming=[sp.Implies(x < 1, holds)])
    assert isinstance(verdict, Refuted)
    assert verdict.witness[holds] == sp.true


# Where a claim is defined


def test_a_domain_binds_only_the_part_that_needs_it() -> None:
    verdict = prove(x > 0, assuming={"zero or small": sp.Or(sp.Eq(x, 0), 1 / x > 1)})
    assert isinstance(verdict, Refuted)
    assert verdict.witness == {x: 0}
    assert isinstance(prove(x >= 0, assuming=[sp.Or(sp.Eq(x, 0), 1 / x > 1)]), Proved)


def raw(kind: type, *parts: object) -> sp.Basic:
    return kind(*parts, evaluate=False)


NO_ROOT = raw(sp.Pow, raw(sp.Pow, sp.Integer(-1), sp.Rational(1, 2)), sp.Rational(1, 2))
NO_INVERSE = raw(sp.Pow, raw(sp.Add, x, -x), -1)
FOUND_BY_SEARCH = {
    "a root of a root of a negative number": (raw(sp.Lt, 0, NO_ROOT), Vacuous),
    "beside what decides": (sp.Or(x**2 + y > y, raw(sp.Lt, 0, NO_ROOT), sp.Eq(x, 0)), Proved),
    "a sign that SymPy knew": (raw(sp.Lt, raw(sp.sign, p), 0), Refuted),
    "the sign of what is nowhere defined": (raw(sp.Lt, 0, raw(sp.sign, NO_INVERSE)), Vacuous),
}


@pytest.mark.parametrize(("claim", "kind"), FOUND_BY_SEARCH.values(), ids=FOUND_BY_SEARCH)
def test_what_random_claims_found(claim: sp.Basic, kind: type) -> None:
    verdict = prove(claim)
    assert type(verdict) is kind
    if kind is Refuted:
        assert set(verdict.witness) == claim.free_symbols


def test_a_conjunction_that_is_assumed_is_defined_in_all_its_parts() -> None:
    assert prove(y > 0, assuming=[sp.And(1 / x > y, y > 0)]).domain == (sp.Ne(x, 0),)


def test_a_claim_on_which_sympy_contradicts_itself_is_answered() -> None:
    def undefined() -> sp.Expr:
        nothing = sp.Mul(0, sp.Pow(0, -1, evaluate=False), evaluate=False)
        return sp.Le(sp.Pow(nothing, -2, evaluate=False), x, evaluate=False)

    sp.core.cache.clear_cache()  # SymPy fails once, then it remembers what it had deduced
    assert isinstance(prove(undefined()), Vacuous)


def test_where_a_root_of_floats_is_defined_is_not_rounded() -> None:
    near_zero = sp.Add(sp.Float(0.1) * x, -x / 10, evaluate=False)  # SymPy makes it 0
    root = sp.Pow(near_zero, sp.Rational(1, 2), evaluate=False)
    verdict = prove(x >= 0, assuming={"root": sp.Ge(root, 0, evaluate=False)})
    assert isinstance(verdict, Proved)
    inverse = sp.Pow(near_zero, -1, evaluate=False)
    assert isinstance(prove(x > 0, assuming=[sp.Gt(inverse, 0, evaluate=False)]), Proved)


@pytest.mark.parametrize(
    ("claim", "assuming", "kind"),
    [
        (sp.Ne(x, 0), [1 / x > y], Proved),
        (sp.Ne(x, 0), [sp.And(1 / x > y, y > 0)], Proved),
        (sp.Ne(x, 0), [sp.Or(1 / x > y, y > 0)], Refuted),
        (sp.Ne(x, 0), [sp.Implies(y > 0, 1 / x > y)], Refuted),
        (sp.Ne(x, 0), [sp.Implies(1 / x > y, y > 0)], Refuted),
        (sp.Ne(x, 0), [sp.Equivalent(1 / x > y, y > 0)], Proved),
        (sp.Ne(x, 0), [sp.ITE(y > 0, 1 / x > y, y < -1)], Refuted),
        (sp.Ne(x, 0), [sp.ITE(y > 0, 1 / x > y, 1 / x < y)], Proved),
        (sp.Ne(x, 0), [sp.Or(1 / x > y, 1 / x**3 < y)], Proved),
        (x >= 0, [sp.Or(sp.sqrt(x) > y, y < 0), y > 1], Proved),
        (sp.Or(sp.Ne(x, 0), sp.Ne(y, 0)), [sp.Or(1 / x >= 1, 1 / y >= 1)], Proved),
        (sp.Or(sp.Ne(x, 0), sp.Ne(y, 0)), [sp.Implies(1 / x < 1, 1 / y >= 1)], Proved),
        (sp.Or(sp.Eq(x, 0), x / x**2 > 0), [x >= 0], Proved),
        (sp.And(sp.sqrt(x) >= 0, x >= 0), [x > -1], Refuted),
        (y > 0, [sp.Ne(1 / (1 / x + 1), y), sp.Eq(x, 0)], Vacuous),
        (y > 0, [sp.Ne(1 / (1 / x + 1), y), sp.Eq(x, -1)], Vacuous),
    ],
    ids=str,
)
def test_what_is_undefined_counts_only_where_the_rest_does_not_decide(
    claim: sp.Basic, assuming: list, kind: type
) -> None:
    assert type(prove(claim, assuming)) is kind


@pytest.mark.parametrize(
    ("claim", "assuming", "kind"),
    [
        (x > 0, [1 / x**2 > 0], Refuted),  # an even power has no sign
        (x > 0, [1 / x**3 > 0], Proved),
        (x > 0, [1 / x > 0], Proved),
        (x >= 1, [1 / x <= 1], Refuted),  # at -1: the denominator's sign counts
        (x >= 1, [1 / x <= 1, x > 0], Proved),
        (x > 1, [1 / x <= 1, x > 0], Refuted),  # at 1
        (x < y, [1 / (x - y) < 0], Proved),
        (x > 0, [1 / (x * y**2) > 0], Proved),
        (x > 0, [1 / (x * y) > 0], Refuted),
        (sp.Eq(sp.Piecewise((1, x > 0), (2, x > 1), (3, True)), 1), [sp.Eq(x, 2)], Proved),
        (sp.Eq(sp.Piecewise((1, x > 1), (2, x > 0), (3, True)), 2), [x > 0, x < 1], Proved),
        (sp.Eq(sp.Piecewise((1, x > 0), (3, True)), 3), [x >= 0], Refuted),
        (sp.sign(x) > 0, [x >= 0], Refuted),
        (sp.sqrt(x) >= 1, [x >= 1], Proved),
        (sp.sqrt(x) > 1, [x >= 1], Refuted),
        (sp.sqrt(x) < 0, [x < 5], Refuted),
        (x ** sp.Rational(-1, 2) > 0, [x > -1], Proved),
        (sp.Max(x, y) > 1, [x > 1], Proved),
        (sp.Min(x, y) > 1, [x > 1], Refuted),
        (sp.Abs(x) >= 1, [sp.Or(x <= -1, x >= 1)], Proved),
        (sp.Abs(x) > 1, [sp.Or(x <= -1, x >= 1)], Refuted),
        (sp.Eq(x > 0, y > 0), [], Refuted),
        (sp.Eq(x > 0, y > 0), [x * y > 0], Proved),
        (sp.Ne(x > 0, y > 0), [x * y < 0], Proved),
        (sp.Ne(x > 0, y > 0), [x * y <= 0], Refuted),
    ],
    ids=str,
)
def test_each_rule_of_the_translation_tells_truth_from_falsehood(
    claim: sp.Basic, assuming: list, kind: type
) -> None:
    verdict = prove(claim, assuming)
    assert type(verdict) is kind
    assert verdict.confirmed


@pytest.mark.parametrize("power", [257, 10**9, sp.Rational(1, 1000)])
def test_a_degree_beyond_all_reason_is_unknown_before_anything_is_multiplied(power: object) -> None:
    verdict = prove(sp.Pow(p + y**2, power, evaluate=False) > y)
    assert isinstance(verdict, Unknown)
    assert "degree" in verdict.reason
    nested = sp.Pow(sp.Pow(sp.Pow(x + 1, 64) + 1, 64) + 1, 64)
    assert "degree" in prove(nested > y).reason


def test_the_least_of_hundreds_is_decided() -> None:
    many = sp.symbols("x0:301", real=True)
    claim = sp.Gt(sp.Min(*many, evaluate=False), 0, evaluate=False)
    verdict = prove(claim, timeout=60)
    assert isinstance(verdict, Refuted)
    assert min(verdict.witness.values()) <= 0


# What is refused


@pytest.mark.parametrize("claim", [True, False, "x > 0", x + 1, None, 3, 0.5, x])
def test_a_claim_that_is_no_sympy_boolean_is_a_type_error(claim: object) -> None:
    with pytest.raises(TypeError, match="claim"):
        prove(claim)


@pytest.mark.parametrize("assumption", [True, "x > 0", x, 1])
def test_an_assumption_that_is_no_sympy_boolean_is_a_type_error(assumption: object) -> None:
    with pytest.raises(TypeError, match="assuming"):
        prove(x > 0, assuming=[assumption])
    with pytest.raises(InvalidType, match="assuming"):
        prove(x > 0, assuming={"name": assumption})


@pytest.mark.parametrize("assuming", ["x > 0", x > 0, True, 3, {1: x > 0}, {"": x > 0}])
def test_assumptions_come_in_a_list_or_a_dict_of_names(assuming: object) -> None:
    with pytest.raises(InvalidType, match="assuming"):
        prove(x > 0, assuming=assuming)


@pytest.mark.parametrize(
    "symbol", [sp.Symbol("u"), sp.Symbol("u", complex=True), sp.Symbol("u", extended_real=True)]
)
def test_a_symbol_that_is_not_declared_real_is_refused_by_name(symbol: sp.Symbol) -> None:
    with pytest.raises(InvalidValue, match=r"symbol is u; it should be real"):
        prove(sp.Eq(symbol, 2 * symbol + 1))


def test_one_name_declared_in_two_ways_is_refused() -> None:
    other = sp.Symbol("x", positive=True)
    with pytest.raises(InvalidValue, match="declared once"):
        prove(x + other > 0)
    with pytest.raises(InvalidValue, match="declared once"):
        prove(x > 0, assuming=[other > 1])


def test_a_symbol_is_a_number_or_a_boolean() -> None:
    both = sp.Symbol("b", real=True)
    with pytest.raises(InvalidValue, match="not as both"):
        prove(sp.And(both > 0, sp.Or(both, x > 0)))


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), "10", None])
def test_a_timeout_is_a_positive_number(timeout: object) -> None:
    with pytest.raises((InvalidValue, InvalidType), match="timeout"):
        prove(x > 0, timeout=timeout)


def test_a_verdict_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="isinstance"):
        bool(prove(x > 0, confirm=False))


def test_verdicts_print_as_sentences_and_as_plain_data() -> None:
    verdict = prove(x**2 >= x, assuming=[x >= 0])
    assert str(verdict).startswith("Refuted by z3 and cvc5 in ")
    assert repr(verdict) == str(verdict)
    data = verdict.as_dict()
    assert data["verdict"] == "Refuted"
    assert data["witness"] == {"x": str(verdict.witness[x])}


def test_lemmas_and_scope_are_carried() -> None:
    verdict = prove(x**2 + 1 > 0, lemmas=["Milgrom–Roberts 1990"], scope="every n", confirm=False)
    assert verdict.lemmas == ("Milgrom–Roberts 1990",)
    assert verdict.scope == "every n"


# Engines

H = [[sp.Symbol(f"h{i}{k}", real=True) for k in range(4)] for i in range(3)]
HARD = sp.And(
    *(sp.Eq(sum(s**3 for s in row), 33 + i) for i, row in enumerate(H)),
    sp.Eq(sp.prod(s for row in H for s in row), 7),
    sp.Eq(sum(row[0] ** 5 for row in H), 2),
)


def test_a_hard_claim_ends_in_an_answer_and_the_next_one_is_answered() -> None:
    assert isinstance(prove(sp.Not(HARD), timeout=0.5), Unknown | Refuted)
    assert isinstance(prove(x * x >= -x * y - y * y), Proved)


class Lying:
    name = "liar"

    def __init__(self, status: str, **model: str) -> None:
        self.status = status
        self.model = model

    def ask(self, *_: object, **__: object) -> Reply:
        return Reply(self.status, self.model, reason="made up")


def test_opposite_answers_are_an_error_not_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "cvc5", Lying("sat"))
    with pytest.raises(EnginesDisagree, match="z3 says unsat, cvc5 says sat"):
        prove(x**2 + 1 > x)
    monkeypatch.setattr(engines, "cvc5", Lying("unsat"))
    with pytest.raises(EnginesDisagree, match="z3 says sat, cvc5 says unsat"):
        prove(x**2 > x)


def test_an_engine_that_invents_a_counterexample_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engines, "z3", Lying("sat"))
    assert isinstance(prove(x**2 + 1 > x), Unknown)


@pytest.mark.parametrize(
    ("claim", "assuming", "model"),
    [
        (x > 1, [y > 2], {"x": "0/1", "y": "0/1"}),  # an assumption fails there
        (p > 1, [], {"p": "-1/1"}),  # a declaration does
        (sp.Symbol("n", integer=True) > 1, [], {"n": "1/2"}),
        (1 / x > 1, [], {"x": "0/1"}),  # the claim is not defined there
        (x > 1, [1 / y < 5], {"x": "0/1", "y": "0/1"}),  # an assumption is not
        (x > 1, [], {"x": "2/1"}),  # the claim holds there
        (f(x) > 1, [positive(f)], {"x": "0/1", "f!1": "-1/1"}),  # a property fails
        (f(x) + f(y) > 1, [convex(f)], {"x": "0/1", "y": "0/1", "f!2": "0/1", "f!3": "1/1"}),
    ],
    ids=str,
)
def test_a_counterexample_is_replayed_with_all_that_is_assumed(
    claim: sp.Basic, assuming: list, model: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "z3", Lying("sat", **model))
    monkeypatch.setattr(engines, "cvc5", Lying("unknown"))
    assert isinstance(prove(claim, assuming), Unknown)


def test_where_the_second_engine_does_not_finish_only_the_first_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engines, "cvc5", Lying("unknown"))
    verdict = prove(x**2 + 1 > x)
    assert isinstance(verdict, Proved)
    assert verdict.engines == ("z3",)
    assert not verdict.confirmed
    assert "no second engine" in verdict.reason


def test_where_the_first_engine_does_not_know_the_second_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engines, "z3", Lying("unknown"))
    verdict = prove(x * y > 1, assuming=[x > 1, y > 1])
    assert isinstance(verdict, Proved)
    assert verdict.engines == ("cvc5",)
    assert set(verdict.used) == {"x > 1", "y > 1"}
    assert isinstance(prove(x > 2, assuming=[x > 1]), Refuted)


def test_a_claim_that_follows_from_possibly_contradictory_assumptions_is_not_called_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Forgetful(Lying):
        def ask(self, text: str, *_: object, **__: object) -> Reply:
            return Reply("unsat" if "(not" in text else "unknown", reason="made up")

    monkeypatch.setattr(engines, "z3", Forgetful(""))
    monkeypatch.setattr(engines, "cvc5", Forgetful(""))
    verdict = prove(x > 0, assuming=[x > 1])
    assert isinstance(verdict, Unknown)
    assert "can hold together" in verdict.reason


def test_a_counterexample_that_only_one_engine_saw_names_only_that_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engines, "cvc5", Lying("unknown"))
    verdict = prove(x > 2, assuming=[x > 1])
    assert isinstance(verdict, Refuted)
    assert verdict.engines == ("z3",)


def test_how_often_a_claim_fails_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engines.z3

    class Once(Lying):
        def ask(self, text: str, *_: object, **__: object) -> Reply:
            return real.ask(text, 60) if "(not" in text else Reply("unknown", reason="made up")

    monkeypatch.setattr(engines, "z3", Once(""))
    monkeypatch.setattr(engines, "cvc5", Lying("unknown"))
    verdict = prove(x > 2)
    assert isinstance(verdict, Refuted)
    assert (verdict.fails, verdict.example) == ("unknown", None)


@pytest.mark.parametrize("assuming", [[], [x >= 0]], ids=str)
def test_an_example_for_the_assumptions_is_replayed_with_the_domain(
    assuming: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Careless(Lying):
        def ask(self, text: str, *_: object, **__: object) -> Reply:
            return Reply("unsat") if "(not (>" in text else Reply("sat", {"x": "0/1"})

    monkeypatch.setattr(engines, "z3", Careless(""))
    assert isinstance(prove(1 / x**2 > 0, assuming, confirm=False), Unknown)


def test_an_engine_that_is_killed_is_started_again() -> None:
    prove(x > 0, confirm=False)
    engines.z3._process.kill()
    assert isinstance(prove(x > 0), Refuted)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_starts_engines_of_its_own() -> None:
    program = (
        "import os, sympy as sp\n"
        "from missiongame.proof import prove, Proved\n"
        "x = sp.Symbol('x', real=True)\n"
        "prove(x > 0)\n"
        "pid = os.fork()\n"
        "assert isinstance(prove(x**2 + 1 > x), Proved)\n"
        "if pid: assert os.waitpid(pid, 0)[1] == 0\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_extremes_and_branches_are_compared_at_irrational_points() -> None:
    root = sp.CRootOf(x**5 - x - 1, 0)  # about 1.167
    at = Evaluator({x: root, y: sp.sqrt(2)})
    assert at.truth(sp.Eq(sp.Max(x, y), y))
    assert at.truth(sp.Eq(sp.Min(x, y) ** 5, x + 1))
    assert at.truth(sp.sign(x - y) < sp.Piecewise((x - 2, x > y), (0, True)))


@pytest.mark.parametrize(
    ("number", "sign"),
    [
        (sp.sqrt(2) * sp.sqrt(3) - sp.sqrt(6), 0),
        (sp.sqrt(sp.Integer(3) + 2 * sp.sqrt(2)) - 1 - sp.sqrt(2), 0),
        (sp.sqrt(2) - sp.Rational(665857, 470832), -1),
        (sp.CRootOf(sp.Symbol("t") ** 5 - sp.Symbol("t") - 1, 0) - 1, 1),
    ],
)
def test_signs_of_algebraic_numbers_are_exact(number: sp.Expr, sign: int) -> None:
    assert sign_of(number) == sign
