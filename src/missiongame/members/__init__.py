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

_HOME = {
    "Game": "game",
    "Outcome": "outcome",
    "OwnResponse": "user_payoffs",
    "Participation": "participation",
    "Response": "response_protocol",
    "Sides": "sides",
    "StandardResponse": "standard_payoffs",
    "participate": "participation",
    "potential_weights": "potential_by_min_cut",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - computed from the one table above

__getattr__, __dir__ = lazily(__name__, _HOME)
