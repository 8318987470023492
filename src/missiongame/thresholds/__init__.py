"""How much is enough: the mission, purpose or company at which a raid begins to fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.thresholds.budget import mission_for_budget as mission_for_budget
    from missiongame.thresholds.budget import missions_for_budget as missions_for_budget
    from missiongame.thresholds.common_purpose import of_purpose as of_purpose
    from missiongame.thresholds.company import critical_company as critical_company
    from missiongame.thresholds.critical import critical_mission as critical_mission
    from missiongame.thresholds.critical import critical_purpose as critical_purpose
    from missiongame.thresholds.mission_steps import MissionSteps as MissionSteps
    from missiongame.thresholds.mission_steps import every_mission as every_mission

__getattr__, __dir__, __all__ = lazily(__name__)
