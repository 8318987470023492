"""What the main job finds out about one case, before any of it is put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.assessment.price import PriceAnswer as PriceAnswer
    from missiongame.assessment.raid import Answer as Answer
    from missiongame.assessment.raid import Rung as Rung
    from missiongame.assessment.raid import Threshold as Threshold
    from missiongame.assessment.raid import outcomes as outcomes

_HOME = {
    "Answer": "raid",
    "PriceAnswer": "price",
    "Rung": "raid",
    "Threshold": "raid",
    "outcomes": "raid",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - computed from the one table above

__getattr__, __dir__ = lazily(__name__, _HOME)
