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
and evaluates those same expressions over NumPy arrays.
"""

from __future__ import annotations

import importlib
from typing import Any

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


def __getattr__(name: str) -> Any:
    if name in __all__:
        return importlib.import_module(f"missiongame.mechanisms.{name}")
    raise AttributeError(f"module 'missiongame.mechanisms' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
