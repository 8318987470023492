"""Two-by-two games with symbolic payoffs: complete, for all parameter values."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.errors import InvalidType, InvalidValue
from missiongame.proof import Proved, Refuted, SymbolicGame, prove
from oracles import is_nash

a, b, c, d, x, y = sp.symbols("a b c d x y", real=True)
m, k, w = sp.symbols("m k w", real=True)
ANY = SymbolicGame([[a, 0], [0, b]], [[c, 0], [0, d]])
"""Every 2×2 game has the equilibria of one like this: only a, b, c, d matter."""


def test_only_four_differences_matter() -> None:
    entries = sp.symbols("p:8", real=True)
    game = SymbolicGame([entries[:2], entries[2:4]], [entries[4:6], entries[6:8]])
    p = entries
    assert game.gains == (p[0] - p[2], p[3] - p[1], p[4] - p[5], p[7] - p[6])


@pytest.mark.parametrize("family", ANY.families, ids=str)
def test_every_family_is_an_equilibrium_wherever_it_exists(family) -> None:
    claim = family.game.is_equilibrium(family.row[0], family.column[0])
    verdict = prove(claim, assuming={"exists": family.condition}, timeout=120)
    if family.condition == sp.false:
        return
    assert isinstance(verdict, Proved)
    assert verdict.confirmed


def member(family) -> sp.Basic:
    """Return, without division, that (x, y) belongs to the family."""
    equations = []
    for own, share in ((ANY.x, family.row[0]), (ANY.y, family.column[0])):
        top, bottom = sp.fraction(sp.together(share))
        equations.append(sp.Eq(own * bottom, top))
    return sp.And(family.condition, *equations)


def test_the_families_are_all_equilibria_at_all_parameter_values() -> None:
    claim = sp.Or(*map(member, ANY.families))
    verdict = prove(claim, assuming={"an equilibrium": ANY.is_equilibrium(x, y)}, timeout=60)
    assert isinstance(verdict, Proved)


def test_no_family_can_be_left_out() -> None:
    for left_out in ANY.families:
        if left_out.condition == sp.false or not prove(sp.Not(left_out.condition)).witness:
            continue
        claim = sp.Or(*(member(f) for f in ANY.families if f is not left_out))
        verdict = prove(claim, assuming=[ANY.is_equilibrium(x, y)], timeout=120, confirm=False)
        assert isinstance(verdict, Refuted), left_out


numbers = st.lists(st.integers(-1, 1), min_size=8, max_size=8)
SHARES = sorted({Fraction(n, q) for q in range(1, 5) for n in range(q + 1)})


@settings(max_examples=15, deadline=None)
@given(numbers)
def test_numeric_games_agree_with_the_definition_on_a_grid(payoffs: list[int]) -> None:
    A, B = [payoffs[:2], payoffs[2:4]], [payoffs[4:6], payoffs[6:]]
    values = dict(zip((a, b, c, d), map(int, SymbolicGame(A, B).gains), strict=True))
    found = ANY.at(values)
    expected = {
        (s, t)
        for s, t in itertools.product(SHARES, SHARES)
        if is_nash(A, B, (s, 1 - s), (t, 1 - t))
    }
    covered = {
        (s, t) for s, t in itertools.product(SHARES, SHARES) if any(has(f, s, t) for f in found)
    }
    assert covered == expected


def has(family, s: Fraction, t: Fraction) -> bool:
    at = {ANY.x: sp.Rational(s), ANY.y: sp.Rational(t)}
    shares = family.row[0].subs(at), family.column[0].subs(at)
    return shares == (at[ANY.x], at[ANY.y]) and family.condition.subs(at) == sp.true


def test_the_mixed_equilibrium_of_two_members_and_its_perverse_statics() -> None:
    members = SymbolicGame([[m + k, m], [w, w]], [[m + k, w], [m, w]])
    inside = {
        "ties": k > 0,
        "purpose alone is not enough": m < w,
        "with the other it is": w < m + k,
    }
    mixed = next(e for e in members.equilibria(assuming=inside) if len(e.rows) == 2)
    assert sp.simplify(mixed.row[1] - (1 - (w - m) / k)) == 0
    assert mixed.statics({"defection": mixed.row[1]}, m, inside)["defection"].direction == "rises"
    assert sp.simplify(mixed.payoffs[0] - w) == 0
    flipped = {"ties": k < 0, "m": m > w, "mk": m + k < w}
    other = next(e for e in members.equilibria(assuming=flipped) if len(e.rows) == 2)
    assert other.statics({"defection": other.row[1]}, m, flipped)["defection"].direction == "falls"


def test_claims_about_an_equilibrium_are_proved_where_it_exists() -> None:
    game = SymbolicGame([[a, 0], [0, b]], [[c, 0], [0, d]])
    mixed = next(e for e in game.families if e.generic and len(e.rows) == 2)
    assert isinstance(mixed.prove(sp.And(mixed.row[0] > 0, mixed.row[0] < 1)), Proved)
    assert isinstance(mixed.prove(mixed.payoffs[0] <= sp.Max(a, b, 0)), Proved)
    assert isinstance(mixed.prove(mixed.payoffs[0] >= 0), Refuted)


def test_families_that_contradict_the_assumptions_are_left_out() -> None:
    dilemma = SymbolicGame([[b, d], [a, c]], [[b, a], [d, c]])
    order = [a > b, b > c, c > d]
    (only,) = dilemma.equilibria(assuming=order)
    assert (only.rows, only.columns) == ((1,), (1,))
    assert isinstance(only.prove(only.payoffs[0] < b, assuming=order), Proved)


def test_names_of_probabilities_avoid_the_payoffs_symbols() -> None:
    game = SymbolicGame([[x, 0], [0, y]], [[0, 1], [1, 0]])
    assert not {game.x, game.y} & {x, y}


def test_numbers_count_at_their_exact_value() -> None:
    game = SymbolicGame([[0.5, Fraction(1, 3)], [0, 1]], [[1, 0], [0, 1]])
    assert game.A[0] == (sp.Rational(1, 2), sp.Rational(1, 3))


@pytest.mark.parametrize("bad", [[[1, 2]], [[1, 2, 3], [1, 2, 3]], 3, [[1, 2], [3]], None])
def test_a_game_is_two_by_two(bad: object) -> None:
    with pytest.raises(InvalidValue, match="2×2"):
        SymbolicGame(bad, [[1, 0], [0, 1]])


@pytest.mark.parametrize("bad", ["x", None, True])
def test_payoffs_are_numbers_or_expressions(bad: object) -> None:
    with pytest.raises(InvalidType, match="A"):
        SymbolicGame([[bad, 0], [0, 1]], [[1, 0], [0, 1]])
