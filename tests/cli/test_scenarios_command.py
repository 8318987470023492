import json

import pytest
from typer.testing import CliRunner

from missiongame import scenarios
from missiongame.cli import app


@pytest.fixture
def run():
    def command(*arguments):
        result = CliRunner().invoke(app, ["scenarios", *arguments], catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    return command


def test_every_case_is_listed_with_its_claim(run):
    listed = json.loads(run("--json"))["scenarios"]
    assert [case["name"] for case in listed] == scenarios.names()
    assert all(case["claim"] for case in listed)
    page = run()
    assert all(name in page for name in scenarios.names())
    assert max(map(len, page.splitlines())) <= 80


def test_one_case_tells_its_facts_with_their_sources_and_its_assumptions(run):
    case = scenarios.load("digg-netscape")
    page = " ".join(run("digg-netscape").split())
    for fact in case.facts:
        assert " ".join(fact.text.split()) in page
        assert fact.source in page
    for assumption in case.assumptions:
        assert " ".join(assumption.text.split()) in page


def test_two_cases_tell_what_decides_between_them(run):
    told = json.loads(run("market-first", "purpose-first", "--json"))
    assert told["succeeds"] == {"market-first": True, "purpose-first": False}
    assert ["contribution", "purpose"] in told["deciding"]["market-first"]
    assert "contribution and purpose" in run("market-first", "purpose-first")
