"""Bimatrix games: every equilibrium, exact and certified.

`solve` takes one game, `solve_many` a batch of small ones, `solve_extremes` the
two equilibria at which a bilinear quantity is least and greatest. `is_equilibrium`
checks any profile and knows nothing of how it was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.bimatrix.batch import solve_many as solve_many
    from missiongame.bimatrix.certificate import Certificate as Certificate
    from missiongame.bimatrix.certificate import certify as certify
    from missiongame.bimatrix.certificate import is_equilibrium as is_equilibrium
    from missiongame.bimatrix.dominance import undominated as undominated
    from missiongame.bimatrix.equilibria import Dropped as Dropped
    from missiongame.bimatrix.equilibria import Equilibria as Equilibria
    from missiongame.bimatrix.equilibria import Equilibrium as Equilibrium
    from missiongame.bimatrix.equilibria import Reason as Reason
    from missiongame.bimatrix.extremes import ExtremeEquilibria as ExtremeEquilibria
    from missiongame.bimatrix.extremes import solve_extremes as solve_extremes
    from missiongame.bimatrix.matrices import Bimatrix as Bimatrix
    from missiongame.bimatrix.matrices import read_game as read_game
    from missiongame.bimatrix.nash_subsets import Component as Component
    from missiongame.bimatrix.nash_subsets import NashSubset as NashSubset
    from missiongame.bimatrix.nashpy_compared import Comparison as Comparison
    from missiongame.bimatrix.nashpy_compared import compare_nashpy as compare_nashpy
    from missiongame.bimatrix.solver import solve as solve

__getattr__, __dir__, __all__ = lazily(__name__)
