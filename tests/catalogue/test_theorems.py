"""Every theorem is proved, needs each of its assumptions, and survives random numbers."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from missiongame.catalogue import NAMES, theorems
from missiongame.catalogue.theorem import Witness
from missiongame.catalogue.views import rows
from missiongame.errors import ReplayDisagrees, UnknownTheorem
from missiongame.proof import Proved, prove

EACH = [(name, assumption) for name in NAMES for assumption in theorems[name].assumptions]
PATIENT = 300  # seconds a query may take, on however slow a machine
UNCONFIRMED: set[str] = set()  # theorems with a query that cvc5 does not finish


@pytest.mark.parametrize("name", NAMES)
def test_it_is_proved_for_every_n_by_both_engines(name):
    theorem = theorems[name]
    verdict = theorem.verdict(timeout=PATIENT)
    assert isinstance(verdict, Proved), verdict
    assert verdict.scope == theorem.scope
    assert verdict.lemmas == theorem.lemmas
    assert verdict.engines == (("z3",) if name in UNCONFIRMED else ("z3", "cvc5"))
    assert set(theorem.assumptions) <= set(verdict.used), "an assumption that no proof used"


@pytest.mark.parametrize(("name", "assumption"), EACH)
def test_without_an_assumption_the_solvers_break_it(name, assumption):
    witness = theorems[name].witness(assumption, timeout=PATIENT)
    assert not witness.case.holds()
    assert witness.replay() == witness.case.story()


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("name", NAMES)
def test_no_random_numbers_contradict_it(name):
    tally = theorems[name].check(examples=10)
    assert tally.cases >= 8, "cases drawn inside satisfy the premises"
    assert tally.points >= 1, "the claim was never evaluated"


def without(theorem, assumption):
    kept = {key: value for key, value in theorem.assumptions.items() if key != assumption}
    return replace(theorem, assumptions=kept)


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(("name", "assumption"), EACH)
def test_a_copy_without_an_assumption_is_contradicted(name, assumption):
    """By the cases that `check` draws without care for it; in full below, marked long."""
    theorem = theorems[name]
    drawn = theorem.outside[assumption]
    copy = replace(without(theorem, assumption), cases=drawn, outside={})
    with pytest.raises(AssertionError, match="fails"):
        copy.check(examples=2_000)  # it ends at the first
    replace(theorem, cases=drawn, outside={}).check(examples=20)  # the whole theorem stands


@pytest.mark.long
@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(("name", "assumption"), EACH)
def test_check_itself_contradicts_a_copy_without_an_assumption(name, assumption):
    with pytest.raises(AssertionError, match="fails"):
        without(theorems[name], assumption).check(examples=2_000)


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    ("name", "assumption", "weaker"),
    [
        ("mixed-perversity", "purpose positive", lambda stated: stated.lhs >= stated.rhs),
        ("temptation", "purpose not negative", lambda stated: stated.lhs >= stated.rhs - 1),
        ("church", "mission above the threshold", lambda stated: stated.lhs >= stated.rhs),
    ],
)
def test_a_copy_with_a_weaker_assumption_is_contradicted(name, assumption, weaker):
    theorem = theorems[name]
    weak = {assumption: weaker(theorem.assumptions[assumption])}
    copy = replace(theorem, assumptions={**theorem.assumptions, **weak})
    with pytest.raises(AssertionError, match="fails"):
        replace(copy, cases=theorem.outside[assumption], outside={}).check(examples=200)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_no_10000_random_numbers_contradict_it(name):
    assert theorems[name].check(examples=10_000).cases >= 9_000


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_what_the_witnesses_break_is_the_theorem_itself(name):
    """Spelt out for one or two members, with all assumptions, the claim is proved too."""
    theorem = theorems[name]
    for small in (theorem.small, *theorem.special.values()):
        assert set(small.assumptions) <= set(theorem.assumptions)
        premises = {**small.setting, **small.assumptions}
        verdict = prove(small.claim, assuming=premises, timeout=120, confirm=False)
        assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize("name", NAMES)
def test_every_assumption_has_somewhere_to_look_for_its_witness(name):
    theorem = theorems[name]
    for assumption in theorem.assumptions:
        assert assumption in theorem.special.get(assumption, theorem.small).assumptions


PAGE = Path(__file__).parents[2] / "docs" / "theorems.md"


def rows_on_the_page(name):
    section = PAGE.read_text(encoding="utf-8").split(f"### `{name}`\n")[1].split("\n### ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return section, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def tokens(formula):
    """The formula up to the order of its terms, in which SymPy's versions may differ."""
    return sorted(re.findall(r"[^\W]+|[^\w\s]", formula.strip("`")))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_each_statement_beside_its_formula(name):
    """`views.table` writes the table anew where they differ."""
    theorem = theorems[name]
    section, shown = rows_on_the_page(name)
    assert theorem.statement in section
    expected = list(rows(theorem))
    assert [row[:2] for row in shown] == [[row.kind, row.words] for row in expected]
    for row, cells in zip(expected, shown, strict=True):
        assert tokens(cells[2]) == tokens(row.formula), row.words
    kinds = [row.kind for row in expected]
    assert kinds.count("assume") == len(theorem.assumptions)
    assert kinds.count("cite") == len(theorem.lemmas)
    text = theorem.side_by_side(80)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert all(words in " ".join(text.split()) for words in theorem.statement.split(". "))


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_well(name):
    theorem = theorems[name]
    assert theorem.name == name
    assert theorem.statement.endswith(".")
    assert theorem.explanation.count(". ") >= 2, "a paragraph"
    named = {*theorem.assumptions, *theorem.parts}
    assert named <= set(theorem.words) <= named | set(theorem.setting), "each has its words"
    for name_, words in theorem.words.items():
        assert words in theorem.statement, name_
    latex = theorem.latex()
    assert latex.count("Assume") == len(theorem.assumptions)
    assert all(assumption in latex for assumption in theorem.assumptions)


def test_a_witness_that_the_solvers_do_not_confirm_is_an_error():
    found = theorems["temptation"].witness("purpose not negative")
    happy = theorems["temptation"].case({**found.numbers, **_purpose(1)})
    with pytest.raises(ReplayDisagrees, match="the solvers do not"):
        Witness("temptation", "purpose not negative", found.numbers, happy).replay()


def _purpose(alpha):
    from missiongame.model.symbols import alpha as symbol

    return {symbol: alpha}


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UnknownTheorem, match=r"'stronger'; there are temptation, stronger-mission"):
        theorems["stronger"]


def test_an_unknown_assumption_lists_the_known_ones():
    with pytest.raises(ValueError, match="assumption is 'luck'; it should be one of purpose not"):
        theorems["temptation"].witness("luck")


def test_the_smtlib_text_asks_every_query():
    theorem = theorems["pay-enough"]
    assert theorem.smtlib().count("(check-sat)") == len(theorem.queries())
