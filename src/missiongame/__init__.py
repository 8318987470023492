"""missiongame: does a community held together by a mission survive a rival who pays?

The public names, nothing else. Each loads its module when it is first used, so
that ``import missiongame`` costs little more than ``import numpy``.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOME = {
    "Community": "community",
    "Rival": "rival",
    "Offer": "offers",
    "Steward": "steward",
    "Policy": "steward",
    "Payoffs": "payoffs",
    "participate": "participation",
    "Contest": "contest",
    "price_of_collapse": "collapse",
    "price_curve": "collapse",
    "critical_mission": "critical",
    "critical_purpose": "critical",
    "solve": "nash",
    "solve_extremes": "nash",
    "solve_many": "nash",
    "is_equilibrium": "nash",
    "prove": "proof",
    "statics": "proof",
    "Evaluated": "proof",
    "Proved": "proof",
    "Refuted": "proof",
    "Unknown": "proof",
    "Vacuous": "proof",
    "SymbolicGame": "proof",
    "monotone_differences": "proof",
    "theorems": "catalogue",
    "MissionGameError": "errors",
}
_MODULES = (
    "contributions",
    "errors",
    "mechanisms",
    "nash",
    "offers",
    "plots",
    "readers",
    "revealed",
    "scenarios",
    "symbols",
    "testing",
)

__version__ = "0.1.0"
__all__ = sorted([*_HOME, *_MODULES])  # noqa: PLE0605 - computed from the one table above


def __getattr__(name: str) -> Any:
    if name in _HOME:
        module = importlib.import_module(f"missiongame.{_HOME[name]}")
        value = getattr(module, name)
        globals()[name] = value
        return value
    if name in _MODULES:
        return importlib.import_module(f"missiongame.{name}")
    raise AttributeError(f"module 'missiongame' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
