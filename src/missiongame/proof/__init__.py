"""Proofs for all parameter values: SymPy claims, decided by z3, confirmed by cvc5.

`prove` answers with one of five types: `Proved`, `Refuted`, `Vacuous`, `Unknown`,
and `Evaluated` where SymPy had left nothing to decide.
`statics` tells what rises and what falls with a parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.proof.comparative_statics import Model as Model
    from missiongame.proof.comparative_statics import statics as statics
    from missiongame.proof.complements_proof import MILGROM_ROBERTS as MILGROM_ROBERTS
    from missiongame.proof.complements_proof import SupermodularGame as SupermodularGame
    from missiongame.proof.complements_proof import (
        increasing_differences_of as increasing_differences_of,
    )
    from missiongame.proof.decide import breaking_numbers as breaking_numbers
    from missiongame.proof.decide import prove as prove
    from missiongame.proof.differences import monotone_differences as monotone_differences
    from missiongame.proof.findings import OPPOSITE as OPPOSITE
    from missiongame.proof.findings import Finding as Finding
    from missiongame.proof.findings import Statics as Statics
    from missiongame.proof.functions import bounded as bounded
    from missiongame.proof.functions import concave as concave
    from missiongame.proof.functions import convex as convex
    from missiongame.proof.functions import decreasing as decreasing
    from missiongame.proof.functions import increasing as increasing
    from missiongame.proof.functions import increasing_differences as increasing_differences
    from missiongame.proof.functions import nonnegative as nonnegative
    from missiongame.proof.functions import positive as positive
    from missiongame.proof.monotone import Move as Move
    from missiongame.proof.monotone import check_parameter as check_parameter
    from missiongame.proof.monotone import expression_moves as expression_moves
    from missiongame.proof.monotone import find as find
    from missiongame.proof.monotone import later as later
    from missiongame.proof.parse import parse_claim as parse_claim
    from missiongame.proof.revealed_preference import Choice as Choice
    from missiongame.proof.symbolic_2x2 import SymbolicEquilibrium as SymbolicEquilibrium
    from missiongame.proof.symbolic_2x2 import SymbolicGame as SymbolicGame
    from missiongame.proof.verdicts import Evaluated as Evaluated
    from missiongame.proof.verdicts import Proved as Proved
    from missiongame.proof.verdicts import Refuted as Refuted
    from missiongame.proof.verdicts import Unknown as Unknown
    from missiongame.proof.verdicts import Vacuous as Vacuous
    from missiongame.proof.verdicts import Verdict as Verdict

__getattr__, __dir__, __all__ = lazily(__name__)
