"""The members' game: who leaves for an offer. `participate` answers, one algorithm a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.members.game import Game as Game
    from missiongame.members.outcome import Outcome as Outcome
    from missiongame.members.participation import Participation as Participation
    from missiongame.members.participation import participate as participate
    from missiongame.members.potential_by_min_cut import potential_weights as potential_weights
    from missiongame.members.response_protocol import Response as Response
    from missiongame.members.sides import Sides as Sides
    from missiongame.members.standard_payoffs import StandardResponse as StandardResponse
    from missiongame.members.user_payoffs import OwnResponse as OwnResponse

__getattr__, __dir__, __all__ = lazily(__name__)
