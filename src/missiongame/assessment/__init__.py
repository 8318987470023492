"""From a case to the main job's answer: does the community hold, and what decides it?

`assess` returns an `Assessment`; `chosen` and `assumed_scenario` make the case that it
is about, and `English` puts amounts, offers and people into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.assessment.assessed import assess as assess
    from missiongame.assessment.assessment import Assessment as Assessment
    from missiongame.assessment.assumed import assumed_scenario as assumed_scenario
    from missiongame.assessment.case import Case as Case
    from missiongame.assessment.choices import anonymous as anonymous
    from missiongame.assessment.choices import chosen as chosen
    from missiongame.assessment.departures import Departure as Departure
    from missiongame.assessment.document import statements as statements
    from missiongame.assessment.english import English as English
    from missiongame.assessment.english import agreeing as agreeing
    from missiongame.assessment.english import amount as amount
    from missiongame.assessment.english import heads as heads
    from missiongame.assessment.english import mixture as mixture
    from missiongame.assessment.english import part as part
    from missiongame.assessment.english import percent as percent
    from missiongame.assessment.english import times as times
    from missiongame.assessment.english import title as title
    from missiongame.assessment.english import work as work
    from missiongame.assessment.levers import Lever as Lever
    from missiongame.assessment.order import Approach as Approach
    from missiongame.assessment.order import approached as approached
    from missiongame.assessment.threshold import Threshold as Threshold

__getattr__, __dir__, __all__ = lazily(__name__)
