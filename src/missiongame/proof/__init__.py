"""Proofs for all parameter values: SymPy claims, decided by z3, confirmed by cvc5.

`prove` answers with one of five types: `Proved`, `Refuted`, `Vacuous`, `Unknown`,
and `Evaluated` where SymPy had left nothing to decide.
`statics` tells what rises and what falls with a parameter.
"""

from missiongame.proof.bimatrix import SymbolicEquilibrium, SymbolicGame
from missiongame.proof.choice import Choice
from missiongame.proof.complements import Game, increasing_differences_of
from missiongame.proof.decide import prove
from missiongame.proof.differences import monotone_differences
from missiongame.proof.finding import Finding
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
from missiongame.proof.statics import Statics, statics
from missiongame.proof.verdicts import Evaluated, Proved, Refuted, Unknown, Vacuous, Verdict

__all__ = [
    "Choice",
    "Evaluated",
    "Finding",
    "Game",
    "Proved",
    "Refuted",
    "Statics",
    "SymbolicEquilibrium",
    "SymbolicGame",
    "Unknown",
    "Vacuous",
    "Verdict",
    "bounded",
    "concave",
    "convex",
    "decreasing",
    "increasing",
    "increasing_differences",
    "increasing_differences_of",
    "monotone_differences",
    "nonnegative",
    "positive",
    "prove",
    "statics",
]
