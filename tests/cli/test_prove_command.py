"""The command `missiongame prove`: what it shows, what it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from missiongame.cli import app
from missiongame.errors import InvalidValue, ReadError
from missiongame.proof import engines

run = CliRunner().invoke


def test_a_proved_claim_is_a_row_and_exit_status_0() -> None:
    result = run(app, ["prove", "--claim", "x**2 >= 0", "--assuming", "x > 0"])
    assert result.exit_code == 0, result.output
    assert "Proved" in result.stdout
    assert "z3 + cvc5" in result.stdout
    assert "1 of 1 proved" in result.stdout


def test_a_refuted_claim_shows_the_numbers_and_exit_status_1() -> None:
    result = run(app, ["prove", "--claim", "x**2 > x", "--assuming", "x >= 0"])
    assert result.exit_code == 1
    assert "Refuted" in result.stdout
    assert "fails at x = " in result.stdout


@pytest.mark.parametrize("claim", ["exp(x) > y", "x > 0"])
def test_whatever_is_not_proved_ends_with_exit_status_1(claim: str) -> None:
    contradiction = ["--assuming", "x < 0", "--assuming", "x > 0"]
    result = run(app, ["prove", "--claim", claim, *contradiction])
    assert result.exit_code == 1


def test_json_is_alone_on_standard_output() -> None:
    arguments = ["--claim", "G(x) <= G(y)", "--assuming", "x <= y", "--assuming", "increasing(G)"]
    result = run(app, ["prove", *arguments, "--json"])
    assert result.exit_code == 0
    (verdict,) = json.loads(result.stdout)["verdicts"]
    assert verdict["verdict"] == "Proved"
    assert verdict["engines"] == ["z3", "cvc5"]
    assert verdict["used"] == ["x <= y", "increasing(G)"]


def test_latex_is_the_claim_with_its_verdict_as_a_comment() -> None:
    result = run(app, ["prove", "--claim", "x/y >= 1", "--latex"])
    assert result.exit_code == 1
    assert r"\frac{x}{y} \geq 1" in result.stdout
    assert result.stdout.startswith("% claim: Refuted")


def test_smtlib_files_say_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "queries"
    result = run(app, ["prove", "--claim", "x*y <= x**2 + y**2", "--smtlib", str(folder)])
    assert result.exit_code == 0
    (file,) = folder.iterdir()
    assert engines.z3.ask(file.read_text().split("(check-sat)")[0], 5).status == "unsat"


def test_a_theorem_is_proved_by_name() -> None:
    result = run(app, ["prove", "temptation", "--json"])
    assert result.exit_code == 0, result.output
    (verdict,) = json.loads(result.stdout)["verdicts"]
    assert verdict["name"] == "temptation"
    assert verdict["scope"] == "every n"


def test_a_file_of_claims(tmp_path: Path) -> None:
    file = tmp_path / "claims.txt"
    file.write_text(
        "# mission\n\nassume purpose: alpha >= 0\n"
        "claim more is more: alpha*(theta + 1) >= alpha*theta\nclaim alpha > 1\n"
    )
    result = run(app, ["prove", "--file", str(file), "--json"])
    assert result.exit_code == 1
    verdicts = json.loads(result.stdout)["verdicts"]
    assert [(v["name"], v["verdict"]) for v in verdicts] == [
        ("more is more", "Proved"),
        ("alpha > 1", "Refuted"),
    ]
    assert verdicts[0]["used"] == ["purpose"]


@pytest.mark.parametrize("text", ["", "x > 0", "claim", "claim name:", "prove x > 0", "assume x>0"])
def test_a_file_that_is_not_of_claims_is_an_error(text: str, tmp_path: Path) -> None:
    file = tmp_path / "claims.txt"
    file.write_text(text)
    with pytest.raises(ReadError):
        run(app, ["prove", "--file", str(file)], catch_exceptions=False)
    with pytest.raises(ReadError):
        run(app, ["prove", "--file", str(tmp_path / "none")], catch_exceptions=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-theorem"],
        ["--claim", "__import__('os')"],
        ["--claim", "x + 1"],
        ["--assuming", "x > 0"],
        ["--claim", "x > 0", "--timeout", "0"],
    ],
)
def test_wrong_input_is_an_error_that_names_it(arguments: list[str]) -> None:
    with pytest.raises(InvalidValue):
        run(app, ["prove", *arguments], catch_exceptions=False)


def test_a_theorem_is_shown_word_for_word() -> None:
    result = run(app, ["prove", "temptation", "--words"])
    assert result.exit_code == 0, result.output
    assert "whom the mission does" in result.stdout
    assert "α ≥ 0" in result.stdout
