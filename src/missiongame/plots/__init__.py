"""Pictures of the library's answers; each loads Matplotlib when it is drawn.

Every function returns a `matplotlib.figure.Figure`, and `save` writes one to a
file, its kind by the name's end. No window is opened and no global state of
Matplotlib is touched.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOME = {
    "check_file": "files",
    "save": "files",
    "DefectionMap": "defection",
    "defection_map": "defection",
    "draw_defection": "raid",
    "draw_price": "price",
    "panels_of": "raid",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - computed from the one table above


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'missiongame.plots' has no attribute {name!r}")
    return getattr(importlib.import_module(f"missiongame.plots.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)
