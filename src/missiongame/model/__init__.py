"""Who faces whom: a community, what ties its members, the rival and its offers, the steward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.model import contributions as contributions
    from missiongame.model import offers as offers
    from missiongame.model import symbols as symbols
    from missiongame.model.community import Community as Community
    from missiongame.model.offers import Offer as Offer
    from missiongame.model.players import check_players as check_players
    from missiongame.model.players import members_among as members_among
    from missiongame.model.rival import Rival as Rival
    from missiongame.model.steward import Policy as Policy
    from missiongame.model.steward import Steward as Steward
    from missiongame.model.tie_sums import TiesTo as TiesTo
    from missiongame.model.ties import Ties as Ties

__getattr__, __dir__, __all__ = lazily(__name__)
