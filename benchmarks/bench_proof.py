"""Proofs: the published models of economic reasoning, and textbook claims, in seconds.

The peer is what the benchmark's authors report for z3 and cvc5 on each model, on
their machine (seconds, 1,200 at most), so the ratio compares unlike machines and
is shown for orientation only. Ours is the whole way from SymPy to a verdict:
both engines, consistency of the assumptions, and which of them were used.
"""

from __future__ import annotations

import csv
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from harness import Row
from missiongame.proof import Verdict, prove

ROOT = Path(__file__).parents[1]
FOLDER = Path(os.environ.get("MISSIONGAME_ECONOMICS", ROOT.parent / "shared" / "economics"))

sys.path.append(str(ROOT / "tests"))
read_smtlib = importlib.import_module("smtlib_reader").read_smtlib


def decide(file: str) -> Verdict:
    script = read_smtlib((FOLDER / file).read_text(encoding="utf-8"))
    assumptions = {f"A{k}": a for k, a in enumerate(script.conjuncts["assumptions"], 1)}
    return prove(script.definitions["hypothesis"], assuming=assumptions, timeout=30)


def published(row: dict[str, str]) -> str:
    """What the engines took elsewhere, for orientation: another machine, so no ratio."""
    return (
        f"published: {row['expected']}, z3 {row['published_z3_s']}, cvc5 {row['published_cvc5_s']}"
    )


def rows() -> Iterator[Row]:
    table = FOLDER / "expected.csv"
    if not table.is_file():
        print(f"(no models at {FOLDER}: set MISSIONGAME_ECONOMICS)")
        return
    with table.open(encoding="utf-8") as lines:
        models = list(csv.DictReader(lines))
    decide(models[0]["file"])  # the engines start
    for row in models:
        verdict = decide(row["file"])
        name = row["file"].removeprefix("MulliganEconomicsModel").removesuffix(".smt2")
        found = type(verdict).__name__
        note = f"{found} by {' + '.join(verdict.engines) or 'none'}; {published(row)}"
        yield Row(
            what=f"{name} {row['application']}",
            ours=verdict.seconds,
            peer_name="none in this run",
            peer=None,
            note=note,
        )
