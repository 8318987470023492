"""Bimatrix games: every equilibrium, exact and certified.

`solve` takes one game, `solve_many` a batch of small ones, `solve_extremes` the
two equilibria at which a bilinear quantity is least and greatest. `is_equilibrium`
checks any profile and knows nothing of how it was found.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from missiongame.nash.batch import solve_many
    from missiongame.nash.certificate import Certificate, certify, is_equilibrium
    from missiongame.nash.equilibria import Dropped, Equilibria, Equilibrium, Reason
    from missiongame.nash.extremes import ExtremeEquilibria, solve_extremes
    from missiongame.nash.payoffs import Bimatrix, read_game
    from missiongame.nash.reduce import undominated
    from missiongame.nash.solver import solve
    from missiongame.nash.subsets import Component, NashSubset

_HOME = {
    "Bimatrix": "payoffs",
    "Certificate": "certificate",
    "Component": "subsets",
    "Dropped": "equilibria",
    "Equilibria": "equilibria",
    "Equilibrium": "equilibria",
    "ExtremeEquilibria": "extremes",
    "NashSubset": "subsets",
    "Reason": "equilibria",
    "certify": "certificate",
    "is_equilibrium": "certificate",
    "read_game": "payoffs",
    "solve": "solver",
    "solve_extremes": "extremes",
    "solve_many": "batch",
    "undominated": "reduce",
}

__all__ = [
    "Bimatrix",
    "Certificate",
    "Component",
    "Dropped",
    "Equilibria",
    "Equilibrium",
    "ExtremeEquilibria",
    "NashSubset",
    "Reason",
    "certify",
    "is_equilibrium",
    "read_game",
    "solve",
    "solve_extremes",
    "solve_many",
    "undominated",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'missiongame.nash' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"missiongame.nash.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
