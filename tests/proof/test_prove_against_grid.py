"""Verdicts against brute force: random claims, decided again without SymPy or an engine.

The evaluator below shares nothing with the library. It computes Python Fractions
from a tree of its own, knows where an expression is not defined, and lets a part
that decides the whole do so where another part is not defined. What is proved is
attacked on a grid of rationals and with functions that have the stated properties;
what is refuted is replayed at the numbers and the function of the witness.
"""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction
from math import isqrt

import pytest
import sympy as sp
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from missiongame.errors import InvalidValue
from missiongame.proof import (
    Evaluated,
    Proved,
    Refuted,
    Unknown,
    Vacuous,
    bounded,
    concave,
    convex,
    decreasing,
    increasing,
    nonnegative,
    positive,
    prove,
)
from missiongame.proof.parse import parse_claim

NAME = sp.Function("f")
GRID = sorted({Fraction(n, d) for d in (1, 2) for n in range(-6, 7)} | {Fraction(1, 3)})
POINTS = [*itertools.product(GRID, repeat=2)]
POINTS += [(Fraction(10**6), Fraction(-1, 10**6)), (Fraction(-97, 89), Fraction(10**9, 7))]
SIGNS = {
    "real": lambda _: True,
    "positive": lambda v: v > 0,
    "nonnegative": lambda v: v >= 0,
    "nonpositive": lambda v: v <= 0,
    "nonzero": lambda v: v != 0,
}

# What is generated: trees of tuples

leaves = st.one_of(
    st.integers(-3, 3).map(lambda n: ("number", Fraction(n))),
    st.sampled_from([Fraction(1, 2), Fraction(-2, 3)]).map(lambda q: ("number", q)),
    st.sampled_from(["0.1", "0.3", "1.7"]).map(lambda text: ("decimal", text)),
    *[st.sampled_from([("x",), ("y",)])] * 4,
)


def relations(terms: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), terms, terms)


def compound(terms: st.SearchStrategy) -> st.SearchStrategy:
    binary = st.sampled_from(["+", "-", "*", "/", "+", "*", "/", "max", "min"])
    return st.one_of(
        st.tuples(binary, terms, terms),
        st.tuples(st.sampled_from(["abs", "root", "square", "inverse square", "sign"]), terms),
        st.tuples(st.just("if"), relations(terms), terms, terms),
        st.tuples(st.just("gap"), relations(terms), terms),
        st.tuples(st.just("f"), terms),
    )


terms = st.recursive(leaves, compound, max_leaves=4)
claims = st.recursive(
    relations(terms),
    lambda c: st.one_of(
        st.tuples(st.sampled_from(["and", "or", "=>", "iff", "xor"]), c, c),
        st.tuples(st.just("not"), c),
    ),
    max_leaves=3,
)
facts = st.lists(
    st.sampled_from(
        [
            "rises",
            "rises strictly",
            "falls",
            "convex",
            "concave",
            "not below 0",
            "above 0",
            "in [0, 1]",
        ]
    ),
    max_size=2,
    unique=True,
)
problems = st.tuples(
    claims, st.lists(claims, max_size=2), facts, st.sampled_from(sorted(SIGNS)), st.booleans()
)

# The same tree as text, and as a SymPy tree of which nothing is evaluated

TEXT = {
    "abs": "abs({})",
    "root": "sqrt({})",
    "square": "({})**2",
    "inverse square": "({})**-2",
    "sign": "sign({})",
    "max": "max({}, {})",
    "min": "min({}, {})",
    "if": "Piecewise(({1}, {0}), ({2}, True))",
    "gap": "Piecewise(({1}, {0}))",
    "f": "f({})",
    "=>": "Implies({}, {})",
    "iff": "Equivalent({}, {})",
    "xor": "Xor({}, {})",
    "not": "not ({})",
}


def to_text(tree: tuple) -> str:
    match tree:
        case ("number", value):
            return f"({value})"
        case ("decimal", text):
            return text
        case (name,):
            return name
    parts = [to_text(part) for part in tree[1:]]
    return TEXT.get(tree[0], f"(({{}}) {tree[0]} ({{}}))").format(*parts)


def raw(function):
    return lambda *parts: function(*parts, evaluate=False)


def power(base: sp.Basic, exponent: object) -> sp.Basic:
    return sp.Pow(base, exponent, evaluate=False)


SYMPY = {
    "+": raw(sp.Add),
    "-": lambda a, b: sp.Add(a, sp.Mul(-1, b, evaluate=False), evaluate=False),
    "*": raw(sp.Mul),
    "/": lambda a, b: sp.Mul(a, power(b, -1), evaluate=False),
    "max": raw(sp.Max),
    "min": raw(sp.Min),
    "abs": raw(sp.Abs),
    "root": lambda a: power(a, sp.Rational(1, 2)),
    "sign": raw(sp.sign),
    "square": lambda a: power(a, 2),
    "inverse square": lambda a: power(a, -2),
    "if": lambda c, a, b: sp.Piecewise((a, c), (b, True), evaluate=False),
    "gap": lambda c, a: sp.Piecewise((a, c), evaluate=False),
    "f": NAME,
    "<": raw(sp.Lt),
    "<=": raw(sp.Le),
    ">": raw(sp.Gt),
    ">=": raw(sp.Ge),
    "==": raw(sp.Eq),
    "!=": raw(sp.Ne),
    "and": raw(sp.And),
    "or": raw(sp.Or),
    "=>": raw(sp.Implies),
    "iff": lambda a, b: sp.Eq(a, b, evaluate=False),
    "xor": raw(sp.Xor),
    "not": raw(sp.Not),
}


def to_sympy(tree: tuple, symbols: dict) -> sp.Basic:
    match tree:
        case ("number", value):
            return sp.Rational(value.numerator, value.denominator)
        case ("decimal", text):
            return sp.Float(float(text))
        case (name,):
            return symbols[name]
    return SYMPY[tree[0]](*(to_sympy(part, symbols) for part in tree[1:]))


# What a tree means


class Undefined(Exception):
    """There is no real value here."""


class Irrational(Exception):
    """There is one, but no Fraction."""


def divide(a: Fraction, b: Fraction) -> Fraction:
    if b == 0:
        raise Undefined
    return a / b


def root(a: Fraction) -> Fraction:
    if a < 0:
        raise Undefined
    top, bottom = isqrt(a.numerator), isqrt(a.denominator)
    if top**2 != a.numerator or bottom**2 != a.denominator:
        raise Irrational
    return Fraction(top, bottom)


PYTHON = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": divide,
    "max": max,
    "min": min,
    "abs": abs,
    "root": root,
    "sign": lambda a: Fraction((a > 0) - (a < 0)),
    "square": lambda a: a * a,
    "inverse square": lambda a: divide(Fraction(1), a * a),
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


class Meaning:
    """Evaluates trees at one point, with one function for f; `used` is where f was asked."""

    def __init__(self, x: Fraction, y: Fraction, f=None, decimal: bool = True) -> None:
        self.numbers = {"x": x, "y": y}
        self.f = f
        self.decimal = decimal
        self.used: dict[Fraction, Fraction] = {}

    def value(self, tree: tuple) -> Fraction:
        match tree:
            case ("number", number):
                return number
            case ("decimal", text):
                return Fraction(text) if self.decimal else Fraction(float(text))
            case (name,):
                return self.numbers[name]
            case ("if", condition, yes, no):
                return self.value(yes if self.truth(condition) else no)
            case ("gap", condition, yes):
                if not self.truth(condition):
                    raise Undefined
                return self.value(yes)
            case ("f", argument):
                at = self.value(argument)
                self.used[at] = self.f(at)
                return self.used[at]
        return PYTHON[tree[0]](*(self.value(part) for part in tree[1:]))

    def truth(self, tree: tuple) -> bool:
        match tree:
            case ("not", part):
                return not self.truth(part)
            case ("and", a, b):
                return self.all_are(True, a, b)
            case ("or", a, b):
                return not self.all_are(False, a, b)
            case ("=>", a, b):
                return not self.all_are(False, ("not", a), b)
            case ("iff" | "xor", a, b):
                return (self.truth(a) == self.truth(b)) == (tree[0] == "iff")
        return PYTHON[tree[0]](self.value(tree[1]), self.value(tree[2]))

    def all_are(self, wanted: bool, *parts: tuple) -> bool:
        failures = []
        for part in parts:
            try:
                if self.truth(part) != wanted:
                    return False
            except (Undefined, Irrational) as failure:
                failures.append(failure)
        if failures:  # what is only irrational may still decide
            raise next((f for f in failures if isinstance(f, Irrational)), failures[0])
        return True


# Functions with properties, known by hand


def constant(value: Fraction):
    return lambda _: value


FUNCTIONS = [
    (constant(Fraction(0)), {"rises", "falls", "convex", "concave", "not below 0", "in [0, 1]"}),
    (
        constant(Fraction(1, 2)),
        {"rises", "falls", "convex", "concave", "not below 0", "above 0", "in [0, 1]"},
    ),
    (constant(Fraction(-2)), {"rises", "falls", "convex", "concave"}),
    (lambda v: v, {"rises", "rises strictly", "convex", "concave"}),
    (lambda v: 3 * v + 1, {"rises", "rises strictly", "convex", "concave"}),
    (lambda v: -v, {"falls", "convex", "concave"}),
    (lambda v: v * v, {"convex", "not below 0"}),
    (lambda v: 1 - v * v, {"concave"}),
    (abs, {"convex", "not below 0"}),
    (lambda v: max(v, Fraction(0)), {"rises", "convex", "not below 0"}),
    (lambda v: Fraction(v >= 0), {"rises", "not below 0", "in [0, 1]"}),
    (lambda v: Fraction(v < 1), {"falls", "not below 0", "in [0, 1]"}),
    (
        lambda v: (1 + v / (1 + abs(v))) / 2,
        {"rises", "rises strictly", "not below 0", "above 0", "in [0, 1]"},
    ),
    (lambda v: v**3, {"rises", "rises strictly"}),
    (lambda v: 1 / (1 + v * v), {"not below 0", "above 0", "in [0, 1]"}),
]
PROPERTIES = {
    "rises": increasing(NAME),
    "rises strictly": increasing(NAME, strictly=True),
    "falls": decreasing(NAME),
    "convex": convex(NAME),
    "concave": concave(NAME),
    "not below 0": nonnegative(NAME),
    "above 0": positive(NAME),
    "in [0, 1]": bounded(NAME, 0, 1),
}


def has(fact: str, values: dict[Fraction, Fraction]) -> bool:
    """Return whether some function through these values has the property."""
    points = sorted(values.items())
    steps = [b[1] - a[1] for a, b in itertools.pairwise(points)]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.pairwise(points)]
    bends = [b - a for a, b in itertools.pairwise(slopes)]
    return {
        "rises": all(s >= 0 for s in steps),
        "rises strictly": all(s > 0 for s in steps),
        "falls": all(s <= 0 for s in steps),
        "convex": all(b >= 0 for b in bends),
        "concave": all(b <= 0 for b in bends),
        "not below 0": all(v >= 0 for v in values.values()),
        "above 0": all(v > 0 for v in values.values()),
        "in [0, 1]": all(0 <= v <= 1 for v in values.values()),
    }[fact]


# The verdict beside the truth


class Problem:
    """One claim with its assumptions, for the library and for the evaluator."""

    def __init__(self, problem: tuple) -> None:
        self.claim, self.assumptions, self.facts, self.sign, self.as_text = problem
        self.trees = [self.claim, *self.assumptions]
        x, y = sp.Symbol("x", real=True), sp.Symbol("y", **{self.sign: True, "real": True})
        self.symbols = {"x": x, "y": y}

    def verdict(self, timeout: float):
        """Return the verdict, or None where this is no claim at all (it divides by 0)."""
        try:
            if self.as_text:
                claim, *assumed = (parse_claim(to_text(t), self.symbols) for t in self.trees)
            else:
                claim, *assumed = (to_sympy(t, self.symbols) for t in self.trees)
        except (InvalidValue, TypeError):
            return None
        named = {f"assumption {k}": a for k, a in enumerate(assumed)}
        named |= {fact: PROPERTIES[fact] for fact in self.facts}
        return prove(claim, assuming=named, timeout=timeout, confirm=len(assumed) > 0)

    def holds_at(self, meaning: Meaning, tree: tuple) -> bool | None:
        """Return the tree's truth; None where that is irrational. What is undefined is false."""
        try:
            return meaning.truth(tree)
        except Undefined:
            return False
        except Irrational:
            return None

    def truths(self):
        """Yield the claim's truth wherever it is defined and all assumptions hold."""
        usable = [f for f, known in FUNCTIONS if known >= set(self.facts)]
        if '"f"' not in str(self.trees).replace("'", '"'):
            usable = usable[:1]
        for f, (x, y) in itertools.product(usable, POINTS):
            meaning = Meaning(x, y, f, self.as_text)
            if not SIGNS[self.sign](y):
                continue
            try:
                if all(self.holds_at(meaning, a) for a in self.assumptions):
                    yield meaning.truth(self.claim)
            except (Undefined, Irrational):
                continue

    def replay(self, point: dict, truth: bool) -> None:
        """Check that at this point all that is assumed holds, and the claim is as said."""
        numbers = {
            name: sp.sympify(point.get(s, 1 if s.is_nonzero else 0))
            for name, s in self.symbols.items()
        }
        if not all(v.is_Rational for v in numbers.values()):
            return
        x, y = (Fraction(int(v.p), int(v.q)) for v in numbers.values())
        shown = {f.__name__: value for f, value in point.items() if not f.is_Symbol}

        def f(at: Fraction) -> Fraction:
            value = shown["f"](sp.Rational(at.numerator, at.denominator))
            if not value.is_Rational:
                raise Irrational
            return Fraction(int(value.p), int(value.q))

        assert SIGNS[self.sign](y)
        meaning = Meaning(x, y, f, self.as_text)
        for assumption in self.assumptions:
            assert self.holds_at(meaning, assumption) in (True, None)
        try:
            assert meaning.truth(self.claim) is truth
        except Irrational:
            return
        assert all(has(fact, meaning.used) for fact in self.facts)

    def check(self, verdict) -> None:
        if {"rises strictly", "falls"} <= set(self.facts):  # no function does both
            assert not isinstance(verdict, Proved | Refuted)
        match verdict:
            case Proved():
                assert all(self.truths())
            case Vacuous():
                assert not list(self.truths())
            case Refuted():
                self.replay(verdict.witness, False)
                if verdict.example is not None:
                    assert verdict.fails == "sometimes"
                    self.replay(verdict.example, True)
                if verdict.fails == "always":
                    assert not any(self.truths())
            case Evaluated():
                pass  # SymPy's word, and called so
            case Unknown():
                assert verdict.reason


def judged(problem: tuple, timeout: float) -> str:
    made = Problem(problem)
    verdict = made.verdict(timeout)
    if verdict is None:
        return "not a claim"
    made.check(verdict)
    return type(verdict).__name__


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems)
def test_no_verdict_contradicts_the_grid(problem: tuple) -> None:
    event(judged(problem, timeout=10))


@pytest.mark.long
def test_two_thousand_random_claims_are_decided_and_none_wrongly() -> None:
    counts: Counter[str] = Counter()

    @settings(
        max_examples=2400,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(problems)
    def judge(problem: tuple) -> None:
        counts[judged(problem, timeout=3)] += 1

    judge()
    claims = counts.total() - counts.pop("not a claim", 0)
    print(dict(counts))  # noqa: T201 - the figures are what this search is for
    assert claims >= 2000
    assert counts["Proved"] + counts["Refuted"] + counts["Vacuous"] >= 0.8 * claims
