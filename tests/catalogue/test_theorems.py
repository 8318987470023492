"""Every theorem is proved, needs each of its assumptions, and survives random numbers."""

import pytest

from missiongame.catalogue import NAMES, UnknownTheorem, theorems
from missiongame.catalogue.theorem import ReplayDisagrees, Witness
from missiongame.proof import Proved, prove

EACH = [(name, assumption) for name in NAMES for assumption in theorems[name].assumptions]
UNCONFIRMED: set[str] = set()  # theorems with a query that cvc5 does not finish


@pytest.mark.parametrize("name", NAMES)
def test_it_is_proved_for_every_n_by_both_engines(name):
    theorem = theorems[name]
    verdict = theorem.verdict(timeout=30)
    assert isinstance(verdict, Proved), verdict
    assert verdict.scope == theorem.scope
    assert verdict.lemmas == theorem.lemmas
    assert verdict.engines == (("z3",) if name in UNCONFIRMED else ("z3", "cvc5"))
    assert set(theorem.assumptions) <= set(verdict.used), "an assumption that no proof used"


@pytest.mark.parametrize(("name", "assumption"), EACH)
def test_without_an_assumption_the_solvers_break_it(name, assumption):
    witness = theorems[name].witness(assumption)
    assert not witness.case.holds()
    assert witness.replay() == witness.case.story()


@pytest.mark.parametrize("name", NAMES)
def test_no_random_numbers_contradict_it(name):
    tally = theorems[name].check(examples=15)
    assert tally.cases >= 10
    assert tally.points >= 1, "the claim was never evaluated"


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


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_well(name):
    theorem = theorems[name]
    assert theorem.name == name
    assert theorem.statement.endswith(".")
    assert theorem.explanation.count(". ") >= 2, "a paragraph"
    latex = theorem.latex()
    assert latex.count("Assume") == len(theorem.assumptions)
    assert all(assumption in latex for assumption in theorem.assumptions)


def test_a_witness_that_the_solvers_do_not_confirm_is_an_error():
    found = theorems["temptation"].witness("purpose not negative")
    happy = theorems["temptation"].case({**found.numbers, **_purpose(1)})
    with pytest.raises(ReplayDisagrees, match="the solvers do not"):
        Witness("temptation", "purpose not negative", found.numbers, happy).replay()


def _purpose(alpha):
    from missiongame.symbols import alpha as symbol

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
