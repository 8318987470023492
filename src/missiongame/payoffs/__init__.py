"""Two lines, stay and defect, in SymPy; from them temptation, reservation pay, tipping share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.payoffs.float_intervals import FloatInterval as FloatInterval
    from missiongame.payoffs.float_intervals import enclose as enclose
    from missiongame.payoffs.lines import MODEL as MODEL
    from missiongame.payoffs.lines import STANDARD_DEFECT as STANDARD_DEFECT
    from missiongame.payoffs.lines import STANDARD_STAY as STANDARD_STAY
    from missiongame.payoffs.lines import Payoffs as Payoffs
    from missiongame.payoffs.straight_line import PRECISIONS as PRECISIONS
    from missiongame.payoffs.straight_line import Program as Program
    from missiongame.payoffs.straight_line import program as program
    from missiongame.payoffs.structure import prove_complements as prove_complements

__getattr__, __dir__, __all__ = lazily(__name__)
