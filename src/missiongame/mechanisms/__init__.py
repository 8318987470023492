"""Why people stay, work and come back: each mechanism derived, numeric and drawn.

- `crowding`: effort under a bonus. Pay enough or do not pay at all.
- `lasting`: does what a fine or a bonus drove out come back when it is withdrawn?
- `reciprocity`: how patient members must be to answer today.
- `provision`: management as a service, make or buy; `holdup`: what an owner can levy.
- `welfare`: members' surplus, and what choices reveal about purpose.
- `regime`: collapse when nobody knows how strong the community is.
- `best_response`: who leaves next, round by round, exactly.
- `dynamics`: logit and replicator paths in time, and the time to collapse.
- `hysteresis`: where a community falls, and how far lower it comes back.
- `rise_and_fall`: the same at given amounts, for any payoffs.
- `experiments`: published numbers that the fits are compared with.

Each module derives its formulas with SymPy from its primitive lines (``derive``)
and evaluates those same expressions over NumPy arrays. It imports SymPy at its top
where every answer needs it; this package itself loads none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.mechanisms import best_response as best_response
    from missiongame.mechanisms import crowding as crowding
    from missiongame.mechanisms import dynamics as dynamics
    from missiongame.mechanisms import experiments as experiments
    from missiongame.mechanisms import holdup as holdup
    from missiongame.mechanisms import hysteresis as hysteresis
    from missiongame.mechanisms import lasting as lasting
    from missiongame.mechanisms import provision as provision
    from missiongame.mechanisms import reciprocity as reciprocity
    from missiongame.mechanisms import regime as regime
    from missiongame.mechanisms import rise_and_fall as rise_and_fall
    from missiongame.mechanisms import welfare as welfare

__getattr__, __dir__, __all__ = lazily(__name__)
