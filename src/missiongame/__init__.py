"""missiongame: does a community held together by a mission survive a rival who pays?

The public names, nothing else. Each loads its module when it is first used, so
that ``import missiongame`` costs little more than ``import numpy``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame import assessment as assessment
    from missiongame import bimatrix as bimatrix
    from missiongame import errors as errors
    from missiongame import mechanisms as mechanisms
    from missiongame import plots as plots
    from missiongame import readers as readers
    from missiongame import revealed as revealed
    from missiongame import scenarios as scenarios
    from missiongame import testing as testing
    from missiongame.assessment import assess as assess
    from missiongame.bimatrix import is_equilibrium as is_equilibrium
    from missiongame.bimatrix import solve as solve
    from missiongame.bimatrix import solve_extremes as solve_extremes
    from missiongame.bimatrix import solve_many as solve_many
    from missiongame.catalogue import theorems as theorems
    from missiongame.contest import Contest as Contest
    from missiongame.errors import MissionGameError as MissionGameError
    from missiongame.members import participate as participate
    from missiongame.model import Community as Community
    from missiongame.model import Offer as Offer
    from missiongame.model import Policy as Policy
    from missiongame.model import Rival as Rival
    from missiongame.model import Steward as Steward
    from missiongame.model import contributions as contributions
    from missiongame.model import offers as offers
    from missiongame.model import symbols as symbols
    from missiongame.payoffs import Payoffs as Payoffs
    from missiongame.price import best_raid as best_raid
    from missiongame.price import price_curve as price_curve
    from missiongame.price import price_of_collapse as price_of_collapse
    from missiongame.proof import Evaluated as Evaluated
    from missiongame.proof import Proved as Proved
    from missiongame.proof import Refuted as Refuted
    from missiongame.proof import SymbolicGame as SymbolicGame
    from missiongame.proof import Unknown as Unknown
    from missiongame.proof import Vacuous as Vacuous
    from missiongame.proof import monotone_differences as monotone_differences
    from missiongame.proof import prove as prove
    from missiongame.proof import statics as statics
    from missiongame.thresholds import critical_mission as critical_mission
    from missiongame.thresholds import critical_purpose as critical_purpose

__version__ = "0.1.0"
__getattr__, __dir__, __all__ = lazily(__name__)
