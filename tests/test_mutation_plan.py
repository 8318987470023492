"""Listed mutants stand where they are said to stand, and each has tests that judge it."""

import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "src" / "missiongame"


def load(name):
    return tomllib.loads((TESTS / "mutants" / f"{name}.toml").read_text(encoding="utf-8"))


AREAS = load("plan")["areas"]


def patterns():
    return [pattern for area in AREAS.values() for pattern in area["code"]]


@pytest.mark.parametrize("pattern", patterns())
def test_what_is_broken_is_there(pattern):
    assert any(PACKAGE.glob(pattern))


@pytest.mark.parametrize("area", AREAS)
def test_judges_and_their_modules_are_there(area):
    area = AREAS[area]
    for module in (module for judge in area["judges"] for module in judge["of"]):
        assert (PACKAGE / module).exists(), module
    for name in (*area["tests"], *(test for judge in area["judges"] for test in judge["tests"])):
        folder, _, question = name.rpartition("/")
        assert (TESTS / folder / f"test_{question}.py").exists(), name


def test_a_mutant_by_hand_stands_once_in_a_module_that_is_judged():
    for mutant in load("by_hand")["mutant"]:
        module = mutant["module"]
        judged = any(Path(module).match(pattern) for pattern in patterns())
        assert judged or mutant["area"] in AREAS, module
        assert (PACKAGE / module).read_text(encoding="utf-8").count(mutant["old"]) == 1, mutant


def test_a_survivor_is_a_mutant_of_a_line_that_is_there():
    for survivor in load("survivors")["survivor"]:
        text = (PACKAGE / survivor["module"]).read_text(encoding="utf-8")
        assert survivor["before"] in text, survivor
