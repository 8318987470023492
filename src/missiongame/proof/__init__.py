"""Proofs for all parameter values: SymPy claims, decided by z3, confirmed by cvc5.

`prove` answers with one of five types: `Proved`, `Refuted`, `Vacuous`, `Unknown`,
and `Evaluated` where SymPy had left nothing to decide.
`statics` tells what rises and what falls with a parameter.
"""

from missiongame.proof.comparative_statics import Model, statics
from missiongame.proof.complements_proof import (
    MILGROM_ROBERTS,
    SupermodularGame,
    increasing_differences_of,
)
from missiongame.proof.decide import breaking_numbers, prove
from missiongame.proof.differences import monotone_differences
from missiongame.proof.findings import OPPOSITE, Finding, Statics
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
from missiongame.proof.monotone import Move, check_parameter, expression_moves, find, later
from missiongame.proof.parse import parse_claim
from missiongame.proof.revealed_preference import Choice
from missiongame.proof.symbolic_2x2 import SymbolicEquilibrium, SymbolicGame
from missiongame.proof.verdicts import Evaluated, Proved, Refuted, Unknown, Vacuous, Verdict

__all__ = [
    "MILGROM_ROBERTS",
    "OPPOSITE",
    "Choice",
    "Evaluated",
    "Finding",
    "Model",
    "Move",
    "Proved",
    "Refuted",
    "Statics",
    "SupermodularGame",
    "SymbolicEquilibrium",
    "SymbolicGame",
    "Unknown",
    "Vacuous",
    "Verdict",
    "bounded",
    "breaking_numbers",
    "check_parameter",
    "concave",
    "convex",
    "decreasing",
    "expression_moves",
    "find",
    "increasing",
    "increasing_differences",
    "increasing_differences_of",
    "later",
    "monotone_differences",
    "nonnegative",
    "parse_claim",
    "positive",
    "prove",
    "statics",
]
