"""Proofs for all parameter values: SymPy claims, decided by z3, confirmed by cvc5.

`prove` answers with one of four types: `Proved`, `Refuted`, `Vacuous`, `Unknown`.
"""

from missiongame.proof.decide import prove
from missiongame.proof.functions import (
    bounded,
    concave,
    convex,
    decreasing,
    increasing,
    increasing_differences,
    nonnegative,
    positive,
)
from missiongame.proof.verdicts import Proved, Refuted, Unknown, Vacuous, Verdict

__all__ = [
    "Proved",
    "Refuted",
    "Unknown",
    "Vacuous",
    "Verdict",
    "bounded",
    "concave",
    "convex",
    "decreasing",
    "increasing",
    "increasing_differences",
    "nonnegative",
    "positive",
    "prove",
]
