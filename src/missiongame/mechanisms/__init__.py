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

from missiongame.lazy import lazily

__all__ = [
    "best_response",
    "crowding",
    "dynamics",
    "experiments",
    "holdup",
    "hysteresis",
    "lasting",
    "provision",
    "reciprocity",
    "regime",
    "rise_and_fall",
    "welfare",
]

__getattr__, __dir__ = lazily(__name__, {name: f"{name}." for name in __all__})
