"""Arbitrary functions: what their declared properties prove, and functions that refute."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from missiongame.errors import InvalidType, InvalidValue
from missiongame.proof import (
    Proved,
    Refuted,
    Vacuous,
    bounded,
    concave,
    convex,
    decreasing,
    increasing,
    increasing_differences,
    nonnegative,
    positive,
    prove,
)
from missiongame.proof.function_tables import satisfies

x, y, z, t = sp.symbols("x y z t", real=True)
f, g = sp.Function("f"), sp.Function("g")

TRUE = {
    "equal arguments, equal values": (sp.Implies(sp.Eq(x, y), sp.Eq(f(x), f(y))), []),
    "monotone": (f(x) <= f(x + 1), [increasing(f)]),
    "strictly monotone is one to one": (
        sp.Implies(sp.Eq(f(x), f(y)), sp.Eq(x, y)),
        [increasing(f, strictly=True)],
    ),
    "a fall of a fall is a rise": (f(f(x)) <= f(f(y)), [x <= y, decreasing(f)]),
    "convex: midpoint": (2 * f((x + y) / 2) <= f(x) + f(y), [convex(f)]),
    "concave: midpoint": (2 * f((x + y) / 2) >= f(x) + f(y), [concave(f)]),
    "convex: slopes rise": (f(1) - f(0) <= f(2) - f(1), [convex(f)]),
    "bounds": (sp.Abs(f(x) - f(y)) <= 1, [bounded(f, 0, 1)]),
    "bounds may be symbols": (f(x) * f(y) <= z**2, [bounded(f, 0, z)]),
    "positive": (f(x) / f(y) > 0, [positive(f)]),
    "two functions": (f(x) + g(x) <= f(y) + g(y), [x <= y, increasing(f), increasing(g)]),
    "a fraction inside": (f(1 / x) <= f(1), [x >= 1, increasing(f)]),
    "two arguments": (f(x, y) <= f(x + 1, y + 1), [increasing(f, 0), increasing(f, 1)]),
    "complements": (
        f(1, 1) - f(0, 1) >= f(1, 0) - f(0, 0),
        [increasing_differences(f)],
    ),
    "a convex and bounded function of the line is constant, where that is stated": (
        sp.Eq(f(x), f(y)),
        [convex(f), increasing(f), decreasing(f)],
    ),
}

FALSE = {
    "nothing assumed": (f(x) <= f(y), []),
    "monotone the wrong way": (f(x) <= f(y), [x <= y, decreasing(f)]),
    "weakly is not strictly": (f(x) < f(y), [x < y, increasing(f)]),
    "increasing is not convex": (2 * f((x + y) / 2) <= f(x) + f(y), [increasing(f), positive(f)]),
    "convex is not increasing": (f(x) <= f(y), [x <= y, convex(f), nonnegative(f)]),
    "concave and increasing need not be bounded": (f(x) <= 1, [concave(f), increasing(f)]),
    "one argument of two": (f(x, y) <= f(x + 1, y + 1), [increasing(f, 0)]),
    "no complements": (f(1, 1) - f(0, 1) >= f(1, 0) - f(0, 0), [increasing(f), increasing(f, 1)]),
    "nested": (f(f(x)) <= f(x), [increasing(f)]),
    "a line is convex": (2 * f((x + y) / 2) < f(x) + f(y), [x < y, convex(f)]),
    "a line is concave": (2 * f((x + y) / 2) > f(x) + f(y), [x < y, concave(f)]),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_properties_imply_is_proved(name: str) -> None:
    claim, assuming = TRUE[name]
    verdict = prove(claim, assuming=assuming, timeout=120)
    assert isinstance(verdict, Proved)
    assert verdict.confirmed


@pytest.mark.parametrize("name", FALSE)
def test_what_they_do_not_imply_is_refuted_by_a_function(name: str) -> None:
    claim, assuming = FALSE[name]
    verdict = prove(claim, assuming=assuming, timeout=120)
    assert isinstance(verdict, Refuted)
    assert applied(claim, verdict.witness) == sp.false
    for assumption in assuming:
        if isinstance(assumption, sp.core.relational.Relational):
            assert applied(assumption, verdict.witness) == sp.true


def applied(claim: sp.Basic, point: dict) -> sp.Basic:
    """Put a witness into a claim by SymPy alone."""
    value = claim.subs({k: v for k, v in point.items() if isinstance(k, sp.Symbol)})
    for function, body in point.items():
        if not isinstance(function, sp.Symbol):
            while value.has(function):
                value = value.replace(function, body)
    return sp.simplify(value)


def test_the_refuting_function_is_an_interpolation_that_keeps_the_properties() -> None:
    verdict = prove(f(1) <= 1, assuming=[convex(f), increasing(f), sp.Eq(f(0), 0), f(3) >= 4])
    assert isinstance(verdict, Refuted)
    body = verdict.witness[f]
    values = [body(sp.Rational(k, 4)) for k in range(13)]
    slopes = [b - a for a, b in itertools.pairwise(values)]
    assert all(s >= 0 for s in slopes)
    assert all(a <= b for a, b in itertools.pairwise(slopes))
    assert body(4) is sp.nan  # it says nothing beyond the points used


def test_the_property_that_was_used_is_named() -> None:
    verdict = prove(f(x) <= f(y), assuming={"order": x <= y, "up": increasing(f), "c": convex(f)})
    assert verdict.used == ("order", "up")


def test_contradicting_properties_are_vacuous() -> None:
    verdict = prove(
        f(x) > 0,
        assuming={
            "up": increasing(f, strictly=True),
            "down": decreasing(f),
            "o": x < y,
            "both are used": f(y) > -1,
        },
    )
    assert isinstance(verdict, Vacuous)
    assert set(verdict.used) == {"up", "down"}  # wherever it is used, or nowhere


def test_properties_read_as_sentences() -> None:
    assert str(increasing(f)) == "f is increasing"
    assert str(decreasing(f, 1, strictly=True)) == "f is strictly decreasing in argument 1"
    assert str(bounded(f, 0, z)) == "f lies in [0, z]"
    assert str(increasing_differences(f)) == "f has increasing differences"
    assert sp.latex(convex(f)) == r"f\ \text{is convex}"


@pytest.mark.parametrize("bad", ["f", f(x), x, None])
def test_a_property_is_of_a_function(bad: object) -> None:
    with pytest.raises(InvalidType, match="function"):
        increasing(bad)


def test_positions_and_arities_are_checked() -> None:
    with pytest.raises(InvalidValue, match="argument"):
        prove(f(x) <= f(y), assuming=[increasing(f, 3)])
    with pytest.raises(InvalidValue, match="from 0 to 1 in f"):
        prove(f(x, y) <= f(y, x), assuming=[increasing(f, 2)])
    with pytest.raises(InvalidValue, match="number of arguments"):
        prove(f(x) <= f(x, y))
    with pytest.raises(InvalidValue, match="another argument"):
        increasing_differences(f, 1, 1)


# Against brute force: random claims about a function at whole numbers.

ARGUMENTS = {
    x: lambda a, _: a,
    y: lambda _, b: b,
    x + 1: lambda a, _: a + 1,
    x + y: lambda a, b: a + b,
    2 * x: lambda a, _: 2 * a,
}
PROPERTIES = {
    "increasing": increasing(f),
    "strictly increasing": increasing(f, strictly=True),
    "decreasing": decreasing(f),
    "convex": convex(f),
    "concave": concave(f),
    "nonnegative": nonnegative(f),
    "bounded": bounded(f, 0, 2),
}
LINE = range(-4, 5)


def has(kind: str, values: list[int]) -> bool:
    """Return whether values at consecutive whole numbers have a property."""
    steps = [b - a for a, b in itertools.pairwise(values)]
    bends = [b - a for a, b in itertools.pairwise(steps)]
    return {
        "increasing": all(s >= 0 for s in steps),
        "strictly increasing": all(s > 0 for s in steps),
        "decreasing": all(s <= 0 for s in steps),
        "convex": all(b >= 0 for b in bends),
        "concave": all(b <= 0 for b in bends),
        "nonnegative": min(values) >= 0,
        "bounded": min(values) >= 0 and max(values) <= 2,
    }[kind]


def sample(kinds: list[str]) -> list[list[int]]:
    """Return value lists on LINE that have all the properties."""
    shapes = [
        [a * abs(k - b) + c * k + d for k in LINE]
        for a in (-1, 0, 1)
        for b in (-1, 0, 2)
        for c in (-2, -1, 0, 1, 2)
        for d in (0, 1)
    ]
    shapes += [[min(2, max(0, k + b)) for k in LINE] for b in range(-3, 4)]
    shapes += [[min(2, max(0, b - k)) for k in LINE] for b in range(-3, 4)]
    shapes += [[int(k >= b) for k in LINE] for b in LINE]
    return [s for s in shapes if all(has(k, s) for k in kinds)]


combinations = st.lists(
    st.tuples(st.integers(-2, 2), st.sampled_from(list(ARGUMENTS))), min_size=1, max_size=3
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    combinations,
    st.integers(-2, 2),
    st.lists(st.sampled_from(sorted(PROPERTIES)), unique=True, max_size=3),
    st.booleans(),
)
def test_no_verdict_contradicts_sampled_functions(
    terms: list, constant: int, kinds: list[str], ordered: bool
) -> None:
    claim = sum(c * f(a) for c, a in terms) <= constant
    assuming = [PROPERTIES[k] for k in kinds] + ([x <= y] if ordered else [])
    verdict = prove(claim, assuming=assuming, timeout=2, confirm=False)
    event(type(verdict).__name__)
    if isinstance(verdict, Refuted):
        assert applied(claim, verdict.witness) == sp.false
    if not isinstance(verdict, (Proved, Vacuous)):
        return
    for values, a, b in itertools.product(sample(kinds), (-2, 0, 1, 2), (-2, 0, 1, 2)):
        at = dict(zip(LINE, values, strict=True))
        used = [ARGUMENTS[arg](a, b) for _, arg in terms]
        if (ordered and a > b) or not set(used) <= set(LINE):
            continue
        assert isinstance(verdict, Proved), "the assumptions can hold together"
        assert sum(c * at[k] for (c, _), k in zip(terms, used, strict=True)) <= constant


@given(st.lists(st.integers(-3, 3), min_size=3, max_size=6), st.sampled_from(sorted(PROPERTIES)))
def test_the_check_of_tables_agrees_with_plain_differences(values: list[int], kind: str) -> None:
    table = {(sp.Integer(k),): sp.Integer(v) for k, v in enumerate(values)}
    assert satisfies(PROPERTIES[kind], table, (0, 2)) == has(kind, values)


@given(st.lists(st.integers(-2, 2), min_size=9, max_size=9))
def test_increasing_differences_of_a_table_are_those_of_its_cells(values: list[int]) -> None:
    cells = dict(zip(itertools.product(range(3), repeat=2), map(Fraction, values), strict=True))
    table = {tuple(map(sp.Integer, k)): sp.Rational(v) for k, v in cells.items()}
    expected = all(
        cells[i + 1, j + 1] - cells[i, j + 1] >= cells[i + 1, j] - cells[i, j]
        for i, j in itertools.product(range(2), repeat=2)
    )
    assert satisfies(increasing_differences(f), table) == expected


def test_a_bound_may_be_a_fraction_and_is_read_where_it_is_defined() -> None:
    verdict = prove(z * f(x) <= 1, assuming=[z > 0, bounded(f, 0, 1 / z)])
    assert isinstance(verdict, Proved)
    assert sp.Ne(z, 0) in verdict.domain


# What a function declares


@pytest.mark.parametrize(
    ("sign", "holds", "fails"),
    [
        ("positive", f(x) + x**2 - x + 1 > 0, f(x) > x),
        ("nonnegative", f(x) + x**2 - x + 1 > 0, f(x) + x**2 > 0),
        ("negative", f(x) - x**2 + x - 1 < 0, f(x) < x),
        ("nonpositive", f(x) - x**2 + x - 1 < 0, f(x) - x**2 < 0),
    ],
)
def test_the_sign_that_a_function_declares_is_honoured(
    sign: str, holds: sp.Basic, fails: sp.Basic
) -> None:
    declared = sp.Function("f", **{sign: True})
    claims = [c.func(*c.args, evaluate=False) for c in (holds, fails)]
    proved, refuted = (prove(c.replace(f, declared)) for c in claims)
    assert isinstance(proved, Proved)
    assert isinstance(refuted, Refuted)
    assert isinstance(prove(claims[0]), Refuted)  # without the declaration
    assert len(proved.used) == 1
    assert proved.used[0].startswith("f ")
    assert proved.used[0] in proved.assumptions
    value = refuted.witness[declared](refuted.witness[x])
    assert getattr(value, f"is_{sign}")


@pytest.mark.parametrize(
    "declared",
    [
        {"integer": True},
        {"nonzero": True},
        {"zero": True},
        {"rational": True},
        {"real": False},
        {"even": True},
    ],
    ids=str,
)
def test_what_else_a_function_declares_is_refused(declared: dict) -> None:
    odd = sp.Function("G", **declared)
    with pytest.raises(InvalidValue, match=r"function is G \(.*should be declared with one of"):
        prove(sp.Ge(odd(x) + x**2, x, evaluate=False))


# Facts about a function that is not used, or at one point only

CONTRADICTIONS = {
    "value": [positive(f), bounded(f, -2, -1)],
    "bounds": [bounded(f, 1, 0)],
    "symbolic bounds": [bounded(f, x, y), y < x],
    "strictly both ways": [increasing(f, strictly=True), decreasing(f, strictly=True)],
    "strictly and weakly": [decreasing(f, strictly=True), increasing(f)],
    "strictly within a point": [increasing(f, strictly=True), bounded(f, 1, 1)],
    "of two arguments": [increasing(f, 1, strictly=True), decreasing(f, 1)],
}


@pytest.mark.parametrize("facts", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
@pytest.mark.parametrize("used", [False, True])
def test_contradictory_facts_are_vacuous_wherever_the_function_is_used(
    facts: list, used: bool
) -> None:
    where = f(x, y) if "argument" in str(facts) else f(x)
    claim = where > -7 if used else x**2 >= x
    verdict = prove(claim, assuming=facts)
    assert isinstance(verdict, Vacuous)
    assert set(verdict.used) == {str(fact) for fact in facts}


@pytest.mark.parametrize(
    "facts",
    [
        [positive(f), bounded(f, -2, 1)],
        [increasing(f), decreasing(f)],
        [increasing(f, strictly=True), bounded(f, 0, 1)],
        [increasing(f, strictly=True), decreasing(f, 1, strictly=True)],
        [convex(f), concave(f), increasing(f, strictly=True)],
        [increasing_differences(f), increasing(f), bounded(f, 1, 1)],
    ],
    ids=str,
)
def test_facts_that_some_function_has_are_not_called_contradictory(facts: list) -> None:
    assert isinstance(prove(x**2 + 1 > x, assuming=facts), Proved)
    assert isinstance(prove(x**2 > x, assuming=facts), Refuted)


def test_two_functions_of_one_name_are_refused() -> None:
    other = sp.Function("f", positive=True)
    with pytest.raises(InvalidValue, match="declared once"):
        prove(f(x) <= other(x))
    with pytest.raises(InvalidValue, match="one number of arguments"):
        prove(f(x) <= f(x, x))
