"""What rises, what falls: directions against brute force, and what is refused."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from missiongame import Payoffs
from missiongame import symbols as model
from missiongame.errors import InvalidType, InvalidValue
from missiongame.proof import (
    Choice,
    Finding,
    Proved,
    Refuted,
    Statics,
    SupermodularGame,
    Vacuous,
    increasing,
    increasing_differences,
    increasing_differences_of,
    prove,
    statics,
)
from missiongame.proof.findings import _at

x, y, t, u, w = sp.symbols("x y t u w", real=True)
f = sp.Function("f")
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def direction(expression: sp.Expr, assuming: object = ()) -> str:
    return statics({"q": expression}, t, assuming=assuming)["q"].direction


@pytest.mark.parametrize(
    ("expression", "assuming", "expected"),
    [
        (2 * t + x, [], "rises"),
        (-(t**3), [], "falls"),
        (x * t, [x >= 0], "rises"),
        (x * t, [], "either way"),
        (x * t, [sp.Eq(x, 0)], "constant"),
        (x + 1, [], "constant"),
        (sp.Max(t, x), [], "rises"),
        (sp.Abs(t), [t <= 0], "falls"),
        (1 / t, [t > 0], "falls"),
        (1 / t, [], "either way"),
        (t / (1 + t), [t >= 0], "rises"),
        (sp.sqrt(t) - x, [], "rises"),
        (sp.Piecewise((t, t < 0), (0, True)), [], "rises"),
        (f(t) + t, [increasing(f)], "rises"),
        (f(t), [], "either way"),
        (sp.exp(t), [], "unknown"),
        (t * x, [x > 0, x < 0], "vacuous"),
    ],
    ids=str,
)
def test_directions_of_expressions(expression: sp.Expr, assuming: list, expected: str) -> None:
    assert direction(expression, assuming) == expected


def test_a_strict_move_says_so_and_names_what_it_needs() -> None:
    weak = statics(x * t, t, assuming={"sign": x >= 0})
    strict = statics(x * t, t, assuming={"sign": x > 0, "other": y > 3})
    assert [f.strictly for f in (*weak.values(), *strict.values())] == [False, True]
    assert strict[str(x * t)].used == ("sign",)


def test_either_way_comes_with_numbers_for_both() -> None:
    finding = statics(x * t, t)[str(t * x)]
    never_falls, never_rises = finding.verdicts
    later = sp.Symbol("t'", real=True)
    for verdict, sign in ((never_falls, -1), (never_rises, 1)):
        assert isinstance(verdict, Refuted)
        change = (x * later - x * t).subs(verdict.witness)
        assert sp.sign(change) == sign


def test_assumptions_on_the_parameter_hold_at_both_values() -> None:
    finding = statics({"q": t**2}, t, assuming={"not negative": t >= 0})["q"]
    assert finding.direction == "rises"
    assert finding.used == ("not negative",)


def test_what_stays_the_same_does_so_and_not_strictly() -> None:
    (finding,) = statics(x * t, t, assuming={"nothing there": sp.Eq(x, 0)}).values()
    assert (finding.direction, finding.strictly) == ("constant", False)
    assert "strictly" not in str(finding)
    assert finding.used == ("nothing there",)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((1, 2), "x = 1, t = 2"), ((1, 0), "x = 1, all else 0"), ((0, 3), "t = 3, all else 0")],
)
def test_numbers_that_show_a_move_are_told_and_zeros_summed_up(numbers: tuple, text: str) -> None:
    verdict = prove(x > t)
    assert isinstance(verdict, Refuted)
    assert _at(replace(verdict, witness=dict(zip((x, t), numbers, strict=True)))) == text


def test_answers_read_as_sentences() -> None:
    text = str(statics({"a": t, "b": -t, "c": x}, t))
    assert text.splitlines()[0] == "As t rises:"
    assert "a: rises strictly" in text
    answer = statics({"a": t, "b": -t, "c": x}, t)
    assert answer.rising == ("a", "c")
    assert answer.falling == ("b", "c")
    assert list(answer) == ["a", "b", "c"]
    assert "a" in answer
    with pytest.raises(InvalidValue, match="quantity"):
        answer["d"]


@pytest.mark.parametrize("parameter", ["z", y, 3, None])
def test_a_parameter_is_a_symbol_of_the_model(parameter: object) -> None:
    if parameter is y:  # a symbol that does not occur: nothing moves
        assert direction(x) == "constant"
        return
    with pytest.raises(InvalidValue, match="parameter"):
        statics(x * t, parameter)


@pytest.mark.parametrize("bad", ["x", 3, {"a": "x"}, None, x > 0, [x]])
def test_a_model_is_made_of_expressions(bad: object) -> None:
    with pytest.raises(InvalidType):
        statics(bad, t)


def test_bad_input_is_named() -> None:
    with pytest.raises(InvalidValue, match="timeout"):
        statics(x * t, t, timeout=0)
    with pytest.raises(InvalidType, match="assuming"):
        statics(x * t, t, assuming=["x > 0"])
    with pytest.raises(InvalidValue, match="marks second values"):
        statics(t + sp.Symbol("t'", real=True), t)
    with pytest.raises(InvalidValue, match="variable"):
        Choice(t**2, x)
    with pytest.raises(InvalidType, match="variable"):
        Choice(t**2, "t")
    with pytest.raises(InvalidValue, match="parameter"):
        statics(Choice(x * t, x), x)
    with pytest.raises(InvalidType, match="payoffs"):
        SupermodularGame({x: y**2})
    with pytest.raises(InvalidValue, match="reversed"):
        SupermodularGame({x: x * y, y: x * y}, reversed=(t,))
    with pytest.raises(InvalidValue, match="parameter"):
        statics(SupermodularGame({x: x * y, y: x * y}), x)
    with pytest.raises(InvalidValue, match="another symbol"):
        increasing_differences_of(x * y, x, x)


# Choices

coefficients = st.integers(-2, 2)


@SLOW
@given(st.lists(coefficients, min_size=5, max_size=5))
def test_no_direction_of_a_choice_is_contradicted_by_a_menu(c: list[int]) -> None:
    objective = c[0] * t * x + c[1] * t * x**2 + c[2] * x**2 + c[3] * x + c[4] * t**2 * x
    if x not in objective.free_symbols or t not in objective.free_symbols:
        return
    finding = statics(Choice(objective, x), t, timeout=3)["x"]
    event(f"{finding.direction} {finding.scope}")
    value = sp.lambdify((x, t), objective, "math")
    for menu in itertools.combinations(range(-2, 3), 3):
        for low, high in itertools.combinations(range(-2, 3), 2):
            before, after = (best(menu, value, at) for at in (low, high))
            assert agrees(finding, before, after), (menu, low, high)


def best(menu: tuple[int, ...], value: object, at: int) -> list[int]:
    top = max(value(k, at) for k in menu)
    return [k for k in menu if value(k, at) == top]


def agrees(finding: object, before: list[int], after: list[int]) -> bool:
    every = "every best choice" in finding.scope
    rises = (
        max(before) <= min(after)
        if every
        else (min(before) <= min(after) and max(before) <= max(after))
    )
    falls = (
        min(before) >= max(after)
        if every
        else (min(before) >= min(after) and max(before) >= max(after))
    )
    return {"rises": rises, "falls": falls, "constant": rises and falls}.get(
        finding.direction, True
    )


def test_ties_leave_only_the_extreme_choices_monotone() -> None:
    flat = statics(Choice(sp.Piecewise((0, t < 1), (x, True)), x), t)["x"]
    assert flat.direction == "rises"
    assert "least and the greatest" in flat.scope


def test_feasible_sets_that_depend_on_the_parameter_count() -> None:
    free = statics(Choice(x * t - x**2, x), t)["x"]
    assert free.direction == "rises"
    shrinking = statics(Choice(x * t - x**2, x, feasible=[x + t <= 1, x >= 0]), t)["x"]
    assert shrinking.direction == "either way"


def test_a_choice_with_an_arbitrary_complement() -> None:
    benefit = Choice(f(x, t) - sp.Function("C")(x), x)
    assert statics(benefit, t)["x"].direction == "either way"
    topkis = statics(benefit, t, assuming={"complements": increasing_differences(f)})["x"]
    assert topkis.direction == "rises"
    assert topkis.used == ("complements",)
    assert "least and the greatest" in topkis.scope


# Games


@SLOW
@given(st.lists(coefficients, min_size=6, max_size=6))
def test_no_direction_of_a_game_is_contradicted_by_its_equilibria(c: list[int]) -> None:
    first = c[0] * x * y + c[1] * t * x - x**2
    second = c[2] * x * y + c[3] * t * y - y**2 + c[4] * t * x * y + c[5] * y
    if t not in (first + second).free_symbols:
        return
    answer = statics(
        SupermodularGame({x: first, y: second}), t, assuming=[t >= 0, x >= 0, y >= 0], timeout=3
    )
    event(answer["x"].direction)
    if answer["x"].direction not in ("rises", "falls"):
        return
    payoffs = [sp.lambdify((x, y, t), e, "math") for e in (first, second)]
    extremes = [pure_extremes(payoffs, at) for at in range(4)]
    for (low, high), (low2, high2) in itertools.pairwise(extremes):
        pairs = [(low, low2), (high, high2)]
        if answer["x"].direction == "falls":
            pairs = [(b, a) for a, b in pairs]
        assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairs)


def pure_extremes(payoffs: list, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the least and the greatest pure equilibrium on actions 0..3."""
    actions = range(4)
    found = [
        (i, j)
        for i, j in itertools.product(actions, actions)
        if all(payoffs[0](k, j, at) <= payoffs[0](i, j, at) for k in actions)
        and all(payoffs[1](i, k, at) <= payoffs[1](i, j, at) for k in actions)
    ]
    least = tuple(min(e[k] for e in found) for k in (0, 1))
    greatest = tuple(max(e[k] for e in found) for k in (0, 1))
    assert {least, greatest} <= set(found)
    return least, greatest


def test_a_lemmas_premises_are_each_a_verdict() -> None:
    game = SupermodularGame({x: x * y + x * t, y: x * y - y**2})
    finding = statics(game, t)["x"]
    assert finding.direction == "rises"
    assert finding.lemmas
    assert len(finding.verdicts) == 4
    assert all(isinstance(v, Proved) for v in finding.verdicts)


def test_declared_signs_survive_a_reversed_order() -> None:
    a, b = sp.symbols("a b", positive=True)
    game = SupermodularGame({a: -a * b - a * t, b: -a * b - b**2}, reversed=(b,))
    answer = statics(game, t)
    assert answer["a"].direction == "falls"
    assert answer["b"].direction == "rises"


def test_increasing_differences_of_an_expression() -> None:
    assert isinstance(increasing_differences_of(x * y, x, y), Proved)
    assert isinstance(increasing_differences_of(-x * y, x, y), Refuted)
    assert isinstance(increasing_differences_of(-x * y, x, y, sign=-1), Proved)
    assert isinstance(increasing_differences_of(t * x * y, x, y, [t >= 0]), Proved)
    assert isinstance(increasing_differences_of(sp.Min(x, y), x, y), Proved)
    assert isinstance(increasing_differences_of(sp.Max(x, y), x, y), Refuted)
    assert isinstance(increasing_differences_of(x**2 * y, x, y, [x >= 0]), Proved)
    assert isinstance(increasing_differences_of(x * y, x, y, [x > 0, x < 0]), Vacuous)


# The members' game


def test_a_stronger_mission_shrinks_defection_where_purpose_is_not_negative() -> None:
    answer = statics(Payoffs(), "mission", assuming={"purpose": model.alpha >= 0})
    assert answer["temptation"].direction == "falls"
    assert answer["reservation pay"].direction == "rises"
    assert answer["tipping share"].direction == "falls"
    assert answer["defection"].direction == "falls"
    assert answer["defection"].used == ("purpose",)
    assert answer["defection"].lemmas
    assert statics(Payoffs(), "mission")["defection"].direction == "either way"


def test_more_pay_wins_for_certain_only_without_crowding() -> None:
    some = statics(Payoffs(), "pay", assuming={"purpose": model.alpha >= 0})
    none = statics(Payoffs(), "pay", assuming={"no crowding": sp.Eq(model.kappa, 0)})
    assert some["temptation"].direction == "either way"
    assert none["defection"].direction == "rises"


def test_a_users_own_payoffs() -> None:
    own = Payoffs(stay=model.alpha * model.theta / (1 + model.theta) + model.h + model.G_stay)
    answer = statics(own, "mission", assuming={"purpose": model.alpha >= 0})
    assert answer["stay"].direction == "rises"
    assert answer["defection"].direction == "falls"


def test_without_complements_no_lemma_is_cited() -> None:
    crowd = Payoffs(stay=model.alpha * model.theta + model.h - model.G_stay)
    answer = statics(crowd, "mission", assuming={"purpose": model.alpha >= 0})
    assert answer["temptation"].direction == "falls"
    assert answer["defection"].direction == "unknown"
    assert answer["defection"].lemmas == ()


def test_the_witness_of_a_perverse_mission_replays_in_the_members_game() -> None:
    import missiongame as mg

    finding = statics(Payoffs(), "mission")["defection"]
    _, never_rises_refuted = finding.verdicts[:2]
    at = {s.name: Fraction(int(v.p), int(v.q)) for s, v in never_rises_refuted.witness.items()}
    alone = mg.Community([1], purpose=at["alpha"], enjoyment=at["h"] + at["G_stay"])
    rival = mg.Rival(mission=at["theta_R"], crowding=at["kappa"])
    offer = mg.offers.personal([at["w"]])
    counts = [
        mg.participate(alone.with_mission(at[m]), rival, offer).greatest.headcount
        for m in ("theta", "theta'")
    ]
    assert counts in ([0, 1], [1, 0])


# Assumptions on what is decided


def test_a_bound_on_ties_that_the_equilibrium_decides_says_nothing_of_defection() -> None:
    """With fewer than one stayer's worth of ties a stronger mission drives the member out."""
    import missiongame as mg

    own = Payoffs(stay=model.h + model.theta * (model.G_stay - 1), defect=model.w)
    answer = statics(own, "mission", assuming={"ties": model.G_stay >= 1})
    assert answer["stay"].direction == "rises"
    assert answer["temptation"].direction == "falls"
    assert answer["defection"].direction == "unknown"
    assert "'ties' is about G_stay" in answer["defection"].scope
    alone = mg.Community([1], purpose=0, enjoyment=3)
    counts = [
        mg.participate(alone.with_mission(t), mg.Rival(), mg.offers.flat(2), payoffs=own)
        for t in (0, 2)
    ]
    assert [c.greatest.headcount for c in counts] == [0, 1]


def test_a_bound_on_pay_says_nothing_of_the_reservation_pay() -> None:
    own = Payoffs(stay=model.theta, defect=sp.Piecewise((-model.w, model.w < 1), (model.w, True)))
    assumed = {"pay": model.w >= 1}
    answer = statics(own, "mission", assuming=assumed)
    assert answer["reservation pay"].direction == "unknown"
    assert "'pay' is about w" in answer["reservation pay"].scope
    assert answer["defection"].direction == "falls"  # at a fixed offer, which is at least 1


def test_the_models_own_bounds_may_be_repeated() -> None:
    assumed = [model.G_stay >= 0, model.G_gone >= 0, model.w >= 0, model.alpha >= 0]
    answer = statics(Payoffs(), "mission", assuming=assumed)
    assert answer["defection"].direction == "falls"
    assert answer["reservation pay"].direction == "rises"


def test_what_limits_a_choice_is_said_of_the_alternatives() -> None:
    objective = -((x - 1) ** 2) * x * t
    with pytest.raises(InvalidValue, match="which is chosen"):
        statics(Choice(objective, x), t, assuming=[x >= 1])


def test_action_sets_neither_move_nor_depend_on_one_another() -> None:
    game = SupermodularGame({x: x * y + x * t, y: x * y})
    assert statics(game, t, assuming=[x >= 0, y <= 3, t > 0])["x"].direction == "rises"
    for assumption in (x + y <= 1, x <= t):
        with pytest.raises(InvalidValue, match="about one action or the parameter"):
            statics(game, t, assuming=[assumption])


def test_any_model_that_finds_its_own_statics_is_asked() -> None:
    class Thermostat:
        free_symbols = frozenset({t})

        def comparative_statics(self, parameter: object, assuming: dict, timeout: float) -> Statics:
            assert (parameter, list(assuming), timeout) == ("t", ["cold"], 2.0)
            return Statics(t, (Finding("heat", "rises"),))

    assert statics(Thermostat(), "t", assuming={"cold": x < 0}, timeout=2).rising == ("heat",)
