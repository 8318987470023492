"""Formulas from text: what is read, and that nothing else ever is."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.errors import InvalidValue
from missiongame.proof import Proved, Vacuous, convex, increasing, prove
from missiongame.proof.parse import MAX_LENGTH, parse, parse_claim

x, y, z = sp.symbols("x y z", real=True)
G = sp.Function("G")

READ = {
    "x + 2*y": x + 2 * y,
    "0.1*x": x / 10,
    "1e-3": sp.Rational(1, 1000),
    "1_000": sp.Integer(1000),
    "x**2/3 - -y": x**2 / 3 + y,
    "x**(1/2)": sp.sqrt(x),
    "sqrt(x) + abs(y) + sign(z)": sp.sqrt(x) + sp.Abs(y) + sp.sign(z),
    "max(x, y, 1) - Min(x, z)": sp.Max(x, y, 1) - sp.Min(x, z),
    "x < y": x < y,
    "0 <= x < 1": (x >= 0) & (x < 1),
    "x == y or not x >= 1": sp.Eq(x, y) | (x < 1),
    "(x > 0) & (y > 0) | ~(z > 0)": ((x > 0) & (y > 0)) | (z <= 0),
    "Implies(x > 0, Ne_ > 0)": sp.Implies(x > 0, sp.Symbol("Ne_", real=True) > 0),
    "Equivalent(x > 0, y > 0)": sp.Equivalent(x > 0, y > 0),
    "G(x) <= G(x, y)": G(x) <= G(x, y),
    "Piecewise((x, x > 0), (-x, True)) >= 0": sp.Piecewise((x, x > 0), (-x, True)) >= 0,
    "increasing(G)": increasing(G),
    "strictly_increasing(G, 1)": increasing(G, 1, strictly=True),
    "convex(G)": convex(G),
    "x != 1": sp.Ne(x, 1),
    "θ_R >= 0": sp.Symbol("θ_R", real=True) >= 0,
}


@pytest.mark.parametrize("text", READ)
def test_formulas_are_read(text: str) -> None:
    made = parse(text)
    if isinstance(made, sp.logic.boolalg.Boolean) and not made.args[0].is_Symbol:
        made = made.doit() if hasattr(made, "doit") else made
    assert made == READ[text] or sp.simplify(sp.Equivalent(made, READ[text])) == sp.true


def test_relations_stay_as_they_are_written() -> None:
    claim = parse_claim("x**2 >= 0")
    assert str(claim) == "x**2 >= 0"
    assert isinstance(prove(claim), Proved)


HOSTILE = [
    "__import__('os').system('touch pwned')",
    "open('pwned', 'w')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "[x for x in (1,2)]",
    "lambda: 0",
    "(lambda q: q)(x) > 0",
    "{x: 1}",
    "x if y > 0 else z",
    "f'{x}'",
    "'text'",
    "b'bytes'",
    "None",
    "...",
    "1j*x > 0",
    "x[0]",
    "x := 3",
    "G(*x) > 0",
    "G(**x) > 0",
    "G(x=1) > 0",
    "G() > 0",
    "x @ y",
    "x // y",
    "x % y",
    "x << 3",
    "x ^ 2 > 0",
    "x is y",
    "x in y",
    "0x10 > x",
    "1/0 > x",
    "0**-1 > x",
    "x/0 > 1",
    "2**2**2**2**2**2 > x",
    "9**64**9 > x",
    "((9**60)**60)**60 > x",
    "x**1000 > 0",
    "x**0.001 > 0",
    "1e9999 > x",
    "1" * 5000 + " > x",
    "(" * 500 + "x" + ")" * 500,
    "-" * 5000 + "x > 0",
    "x > 0 +" * 10,
    "",
    "   ",
    "x >",
    "x > 0; y > 0",
    "import os",
    "x" * (MAX_LENGTH + 1),
    "sqrt > 0",
    "sqrt(x, y) > 0",
    "increasing(x + 1)",
    "increasing(G, x)",
    "increasing(G, 1/2)",
    "convex(G(x))",
    "Piecewise(x, y) > 0",
    "Piecewise((x, y)) > 0",
    "And(x, y)",
    "x and y",
    "not x",
    "(x > 0) + 1 > 0",
    "max(x > 0, 1) > 0",
    "\x00",
    "x\n> 0 ) (",
    "pi > 3",
    "oo > x",
    "x < nan",
    "e > 2",
    "I*I > x",
    "floor(x) <= x",
    "floor > 1",
    "pow(x, 2) >= 0",
    "tan(x) > x",
    "ln(x) < x",
    "cbrt(x)**3 == x",
    "gamma(x) > 0",
    "pi(x) > 0",
    "Piecewise > 0",
    "increasing(floor)",
    "bounded(exp, 0, 1)",
    "((x**64)**64)**64 > 0",
    "((x + y)**64)**2 > 0",
    "((x**8 + 1)**8 + 1)**8 > 0",
    "sqrt(((x**64 + y)**64))**64 > 0",
    "*".join(["x**64"] * 5) + " > 0",
    "(((x + y)**32 + 1)**2)**-2 > 0",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:30]))
def test_anything_else_is_refused(text: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidValue, match="formula"):
        parse_claim(text)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", [3, None, x > 0, b"x > 0"])
def test_only_text_is_parsed(value: object) -> None:
    with pytest.raises(TypeError, match="formula"):
        parse(value)


def test_a_name_of_ones_own_is_not_refused() -> None:
    e = sp.Symbol("e", real=True)
    assert parse("e + beta + G(x)", {"e": e}).has(e, sp.Symbol("beta", real=True), G)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("x/x == 1", 1, 0),
        ("1/(1/x) == x", 1, 0),
        ("x**2/x == x", 1, 0),
        ("(1/x)*x == 1", 1, 0),
        ("1/x - 1/x == 0", 1, 0),
        ("0*(1/x) == 0", 1, 0),
        ("(x - 1)/(x - 1) == 1", 2, 1),
        ("abs(x)/abs(x) == 1", 1, 0),
        ("sqrt(x)**2 == x", 1, -1),
        ("x**(1/3)*x**(2/3) == x", 1, -1),
        ("Piecewise((1, x > 0), (1, x < 0)) == 1", 1, 0),
        ("1/x > 0 or 1/x <= 0", 1, 0),
        ("not (1/x > 0 and 1/x <= 0)", 1, 0),
        ("x*(1/x) > 0 and x == x", 1, 0),
    ],
)
def test_text_keeps_where_it_is_defined(text: str, inside: int, outside: int) -> None:
    claim = parse_claim(text)
    verdict = prove(claim)
    assert type(verdict) is Proved
    assert all(condition.subs(x, inside) for condition in verdict.domain)
    assert not all(condition.subs(x, outside) for condition in verdict.domain)
    assert isinstance(prove(claim, assuming=[sp.Eq(x, outside)]), Vacuous)


def test_a_decimal_in_a_text_is_the_decimal() -> None:
    assert isinstance(prove(parse_claim("0.1*x >= x/10")), Proved)


def test_hundreds_of_arguments_are_read() -> None:
    text = f"min({', '.join(f'x{k}' for k in range(301))}) > 0"
    claim = parse_claim(text)
    assert len(claim.free_symbols) == 301


def test_a_number_is_no_claim() -> None:
    with pytest.raises(InvalidValue, match="relation"):
        parse_claim("x + 1")


def test_a_table_of_symbols_says_what_names_mean() -> None:
    table = {"x": sp.Symbol("x", positive=True)}
    assert parse("x + y", table).free_symbols == {table["x"], y}
    assert list(table) == ["x"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="xyG()+-*/<>=!&|~,. 0123456789_eE'\"[]{}:;%@^\n", max_size=40))
def test_every_text_is_a_formula_or_a_clear_refusal(text: str) -> None:
    with contextlib.suppress(InvalidValue):
        assert isinstance(parse(text), (sp.Expr, sp.logic.boolalg.Boolean))


terms = st.recursive(
    st.one_of(st.sampled_from([x, y, z]), st.integers(-9, 9).map(sp.Integer)),
    lambda t: st.one_of(
        st.tuples(t, t).map(lambda p: p[0] + p[1]),
        st.tuples(t, t).map(lambda p: p[0] * p[1]),
        st.tuples(t, st.integers(1, 3)).map(lambda p: p[0] ** p[1]),
        t.map(sp.Abs),
        st.tuples(t, t).map(lambda p: sp.Max(*p)),
        t.map(G),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(terms)
def test_what_sympy_prints_is_read_back(expression: sp.Expr) -> None:
    difference = (parse(str(expression)) - expression).replace(G, lambda a: 3 * a**2 - a)
    for point in ({x: 2, y: -3, z: 5}, {x: -1, y: 0, z: sp.Rational(1, 2)}):
        assert difference.subs(point) == 0


@pytest.mark.parametrize(
    "text",
    [
        "abs(sqrt(-2/3)) > 0",
        "abs(sqrt(-x**2 - 1)) > 0",
        "sign(sqrt(-1)) == 0",
        "max(1, sqrt(-1)) > 0",
    ],
)
def test_what_is_no_real_number_is_refused_wherever_it_stands(text):
    with pytest.raises(InvalidValue, match="it is no real number"):
        parse_claim(text)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("abs(Piecewise((x, x < 0))) > 0", x < 0),
        ("max(1, Piecewise((0, x < 0))) > 0", x < 0),
        ("abs(1/x) > 0", sp.Ne(x, 0)),
        ("sign(Piecewise((1, x < 0))) > 0", x < 0),
        ("min(sqrt(x), 1) <= 1", x >= 0),
    ],
)
def test_functions_keep_where_their_arguments_are_defined(text, domain):
    verdict = prove(parse_claim(text))
    assert isinstance(verdict, Proved)
    assert verdict.domain == (domain,)


def test_a_gap_without_any_branch_is_nowhere_defined():
    assert isinstance(prove(parse_claim("0 < 1 and 0 < abs(Piecewise((0, 0 < 0)))")), Vacuous)
