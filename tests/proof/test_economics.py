"""Twelve published models of economic reasoning, each with a known verdict.

Mulligan, Bradford, Davenport, England and Tonks, "Non-linear Real Arithmetic
Benchmarks derived from Automated Reasoning in Economics" (2018). The files are
looked for at MISSIONGAME_ECONOMICS.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
import sympy as sp

from missiongame.proof import Proved, Refuted, prove
from missiongame.proof.evaluate import Evaluator
from smtlib_reader import Script, read_smtlib

FOLDER = Path(os.environ.get("MISSIONGAME_ECONOMICS", ""))
UNDECIDED = "MulliganEconomicsModel1001e.smt2"


def models() -> list[tuple[str, str]]:
    table = FOLDER / "expected.csv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8") as lines:
        return [(row["file"], row["expected"]) for row in csv.DictReader(lines)]


needs_files = pytest.mark.skipif(
    not models(), reason="MISSIONGAME_ECONOMICS names no folder of models"
)


def read(file: str) -> tuple[Script, dict[str, sp.Basic], sp.Basic]:
    script = read_smtlib((FOLDER / file).read_text(encoding="utf-8"))
    assumptions = {f"A{k}": a for k, a in enumerate(script.conjuncts["assumptions"], 1)}
    return script, assumptions, script.definitions["hypothesis"]


@needs_files
@pytest.mark.parametrize(("file", "expected"), [m for m in models() if m[0] != UNDECIDED])
def test_each_model_is_decided_as_published_and_confirmed(file: str, expected: str) -> None:
    _, assumptions, claim = read(file)
    verdict = prove(claim, assuming=assumptions, timeout=120)
    assert type(verdict).__name__ == expected
    assert verdict.engines == ("z3", "cvc5")
    if isinstance(verdict, Refuted):
        at = Evaluator(verdict.witness)
        assert all(at.truth(a) for a in assumptions.values())
        assert not at.truth(claim)


@needs_files
def test_the_model_that_published_solvers_leave_undecided_is_proved() -> None:
    _, assumptions, claim = read(UNDECIDED)
    verdict = prove(claim, assuming=assumptions, timeout=120)
    assert isinstance(verdict, Proved)
    assert verdict.engines == ("z3", "cvc5")
    assert "SymPy used the equalities first" in verdict.reason


@needs_files
def test_the_same_proof_by_hand() -> None:
    """With q = −v1·p put in, E3 = v2·I − v1·E1; as E1 = E3 = 0 and I < 0, v2 = 0."""
    script, assumptions, claim = read(UNDECIDED)
    v1, v2 = script.symbols["v1"], script.symbols["v2"]
    assert claim == sp.Eq(v2, 0)
    e1, inequality, e3 = (a.lhs - a.rhs for a in list(assumptions.values())[:3])
    short = [a.lhs for a in assumptions.values() if isinstance(a, sp.Eq) and len(a.lhs.args) == 2]
    weights = {q: q - lhs for lhs in short for q in lhs.args if q.is_Symbol}
    assert len(weights) == 33
    identity = e3 - v2 * inequality + v1 * e1
    assert sp.expand(identity.subs(weights)) == 0
