"""Equalities used first: what is derived, and that nothing true is lost."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.catalogue import theorems
from missiongame.proof import Proved, decide, engines, equalities_first, prove
from missiongame.proof.question import ask


def reduced(question):
    return equalities_first.reduced(question.premises.adding(question.no), question.names)


x, y, z = sp.symbols("x y z", real=True)


def test_a_variable_that_is_zero_is_put_in_for_a_power_of_it() -> None:
    reduction = reduced(ask(x**2 + y * x + z > 0, [sp.Eq(x, 0), z > 0]))
    assert engines.z3.ask(reduction.query.text, 60).status == "unsat"


coefficients = st.lists(st.integers(-2, 2), min_size=4, max_size=4)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(coefficients, coefficients, st.integers(-2, 2), st.integers(-2, 2))
def test_a_reduction_never_excludes_a_solution(a: list, b: list, at_x: int, at_y: int) -> None:
    """The claim is false at a point where every equality holds, so the query has a solution."""
    one = x + a[0] * y + a[1] * z**2 + a[2] * y * z
    two = b[0] * x**2 + b[1] * y + b[2] * z * x**3 + b[3] * y**2
    point = {x: at_x, y: at_y, z: a[3]}
    facts = [sp.Eq(e, e.subs(point), evaluate=False) for e in (one, two)]
    facts += [sp.Eq(s, v, evaluate=False) for s, v in point.items() if s is not x]
    claim = sp.Ne(x**2 + y * z, point[x] ** 2 + point[y] * point[z], evaluate=False)
    reduction = reduced(ask(claim, facts))
    if reduction is not None:
        assert engines.z3.ask(reduction.query.text, 60).status == "sat"


def test_what_would_grow_beyond_reason_is_not_multiplied_out() -> None:
    symbols = sp.symbols("a b c d e", real=True)
    large = sp.Pow(sum(symbols) + 1, 64)
    assert reduced(ask(large > x, [sp.Eq(x, y)])) is None


@pytest.mark.parametrize("name", theorems)
def test_every_theorem_can_be_reduced(name: str) -> None:
    for step in theorems[name].queries():
        reduced(ask(step.claim, dict(step.assuming)))


@pytest.mark.long
@pytest.mark.parametrize("name", theorems)
def test_theorems_are_proved_also_where_the_first_look_finds_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a slow machine, where what comes after the first look has to do."""
    monkeypatch.setattr(decide, "_QUICK", (1e-9, 0.35))
    for step in theorems[name].queries():
        verdict = prove(step.claim, assuming=dict(step.assuming), timeout=60)
        assert isinstance(verdict, Proved), step.name
