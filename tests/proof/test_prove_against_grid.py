"""Verdicts against brute force: every claim is also evaluated on a grid of rationals.

The evaluator below shares nothing with the library: it computes Python
Fractions from a tree of its own, `None` where an expression is not defined.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import isqrt

import pytest
import sympy as sp
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from missiongame.proof import Proved, Refuted, Unknown, Vacuous, prove

X, Y = sp.symbols("x y", real=True)
GRID = [Fraction(n, d) for d in (1, 2, 3) for n in range(-6, 7)]
POINTS = list(itertools.product(sorted(set(GRID)), repeat=2))

numbers = st.integers(-3, 3).map(lambda n: ("number", Fraction(n)))
leaves = st.one_of(numbers, st.just(("x",)), st.just(("y",)))


def relations(terms: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(st.sampled_from(["<", "<=", "==", "!="]), terms, terms)


def compound(terms: st.SearchStrategy) -> st.SearchStrategy:
    binary = st.sampled_from(["+", "-", "*", "/", "max", "min"])
    return st.one_of(
        st.tuples(binary, terms, terms),
        st.tuples(st.sampled_from(["abs", "sqrt", "square", "sign"]), terms),
        st.tuples(st.just("if"), relations(terms), terms, terms),
    )


terms = st.recursive(leaves, compound, max_leaves=5)
claims = st.recursive(
    relations(terms),
    lambda c: st.one_of(
        st.tuples(st.sampled_from(["and", "or", "=>"]), c, c), st.tuples(st.just("not"), c)
    ),
    max_leaves=2,
)

SYMPY = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "max": sp.Max,
    "min": sp.Min,
    "abs": sp.Abs,
    "sqrt": sp.sqrt,
    "sign": sp.sign,
    "square": lambda a: a**2,
    "if": lambda c, a, b: sp.Piecewise((a, c), (b, True)),
    "<": sp.Lt,
    "<=": sp.Le,
    "==": sp.Eq,
    "!=": sp.Ne,
    "and": sp.And,
    "or": sp.Or,
    "=>": sp.Implies,
    "not": sp.Not,
}


def to_sympy(tree: tuple) -> sp.Basic:
    match tree:
        case ("number", value):
            return sp.Rational(value.numerator, value.denominator)
        case ("x",):
            return X
        case ("y",):
            return Y
    return SYMPY[tree[0]](*map(to_sympy, tree[1:]))


class Undefined(Exception):
    pass


def root(a: Fraction) -> Fraction:
    if (
        a < 0
        or isqrt(a.numerator) ** 2 != a.numerator
        or isqrt(a.denominator) ** 2 != a.denominator
    ):
        raise Undefined
    return Fraction(isqrt(a.numerator), isqrt(a.denominator))


def divide(a: Fraction, b: Fraction) -> Fraction:
    if b == 0:
        raise Undefined
    return a / b


PYTHON = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": divide,
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": root,
    "sign": lambda a: Fraction((a > 0) - (a < 0)),
    "square": lambda a: a * a,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "=>": lambda a, b: not a or b,
    "not": lambda a: not a,
}


def value(tree: tuple, x: Fraction, y: Fraction):
    match tree:
        case ("number", number):
            return number
        case ("x",):
            return x
        case ("y",):
            return y
        case ("if", condition, yes, no):
            return value(yes if value(condition, x, y) else no, x, y)
    return PYTHON[tree[0]](*[value(part, x, y) for part in tree[1:]])


def on_grid(claim: tuple, assumptions: list[tuple]):
    """Yield (x, y, claim's truth) where everything is defined and every assumption holds."""
    for x, y in POINTS:
        try:
            held = [value(a, x, y) for a in assumptions]
            truth = value(claim, x, y)
        except Undefined:
            continue
        if all(held):
            yield x, y, truth


def at(point: dict, tree: tuple) -> bool | None:
    """Evaluate at a verdict's point; None if it is irrational or undefined in our reading."""
    exact = [sp.sympify(point.get(s, 0)) for s in (X, Y)]
    if not all(v.is_Rational for v in exact):
        return None
    try:
        return value(tree, *(Fraction(int(v.p), int(v.q)) for v in exact))
    except Undefined:
        return None


def buildable(tree: tuple) -> sp.Basic | None:
    """Return the SymPy claim, or None where SymPy itself finds it undefined everywhere."""
    try:
        built = to_sympy(tree)
    except (TypeError, ValueError, RecursionError):
        return None
    return None if built.has(sp.nan, sp.zoo, sp.oo, sp.I) else built


def check(claim: tuple, assumptions: list[tuple], timeout: float = 1) -> str:
    built = buildable(claim)
    assumed = [buildable(a) for a in assumptions]
    if built is None or None in assumed:
        return "not a claim"
    verdict = prove(built, assuming=assumed, timeout=timeout, confirm=bool(len(assumptions) % 2))
    if isinstance(verdict, Proved):
        assert all(truth for _, _, truth in on_grid(claim, assumptions)), verdict
    elif isinstance(verdict, Vacuous):
        assert not list(on_grid(claim, assumptions)), verdict
    elif isinstance(verdict, Refuted):
        assert at(verdict.witness, claim) in (False, None)
        assert all(at(verdict.witness, a) in (True, None) for a in assumptions)
        if verdict.fails == "always":
            assert not any(truth for _, _, truth in on_grid(claim, assumptions)), verdict
        if verdict.example is not None:
            assert verdict.fails == "sometimes"
            assert at(verdict.example, claim) in (True, None)
            assert all(at(verdict.example, a) in (True, None) for a in assumptions)
    else:
        assert isinstance(verdict, Unknown)
        assert verdict.reason
    return type(verdict).__name__


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims, st.lists(claims, max_size=2))
def test_no_verdict_contradicts_the_grid(claim: tuple, assumptions: list[tuple]) -> None:
    event(check(claim, assumptions))


@pytest.mark.long
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims, st.lists(claims, max_size=2))
def test_no_verdict_contradicts_the_grid_in_many_more_cases(claim, assumptions) -> None:
    event(check(claim, assumptions, timeout=2))
