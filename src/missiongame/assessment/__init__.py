"""From a case to all that the main job finds out about it: numbers, a verdict, a document.

`RaidAssessment`: does a rival's offer break the community? `PriceAssessment`: what
would it cost to break it for certain? `chosen` and `assumed_scenario` make the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.assessment.assumed import assumed_scenario as assumed_scenario
    from missiongame.assessment.choices import anonymous as anonymous
    from missiongame.assessment.choices import chosen as chosen
    from missiongame.assessment.english import English as English
    from missiongame.assessment.english import agreeing as agreeing
    from missiongame.assessment.english import amount as amount
    from missiongame.assessment.english import heads as heads
    from missiongame.assessment.english import mixture as mixture
    from missiongame.assessment.english import part as part
    from missiongame.assessment.english import percent as percent
    from missiongame.assessment.english import title as title
    from missiongame.assessment.findings import statements as statements
    from missiongame.assessment.price_assessment import PriceAssessment as PriceAssessment
    from missiongame.assessment.price_findings import Approach as Approach
    from missiongame.assessment.raid_assessment import RaidAssessment as RaidAssessment
    from missiongame.assessment.raid_findings import Rung as Rung
    from missiongame.assessment.raid_findings import outcomes as outcomes

__getattr__, __dir__, __all__ = lazily(__name__)
