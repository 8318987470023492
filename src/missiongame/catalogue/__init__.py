"""The catalogue: theorems about communities that prove themselves.

One file a theorem; `theorems` maps each name to its `Theorem`, loaded when it is
first asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from missiongame.errors import UnknownTheorem

if TYPE_CHECKING:
    from missiongame.catalogue.theorem import Theorem

NAMES = (
    "temptation",
    "stronger-mission",
    "mixed-perversity",
    "posted-offer",
    "posted-offer-unequal",
    "personal-offer",
    "contest-extremes",
    "church",
    "purposeful-rival",
    "half-price",
    "gini",
    "coordination-loss",
    "pay-enough",
    "patience",
    "make-or-buy",
    "hysteresis",
    "regime",
    "slack-steward",
)


class Catalogue(Mapping[str, "Theorem"]):
    """Name to `Theorem`, each loaded when it is first asked for.

    Examples
    --------
    >>> theorems["temptation"]
    <theorem temptation: A stronger mission tempts nobody more>
    >>> len(theorems) == len(list(theorems))
    True
    """

    def __getitem__(self, name: str) -> Theorem:
        if name not in NAMES:
            raise UnknownTheorem(f"no theorem is called {name!r}; there are {', '.join(NAMES)}")
        module = importlib.import_module(f"missiongame.catalogue.{name.replace('-', '_')}")
        theorem: Theorem = module.theorem
        return theorem

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __repr__(self) -> str:
        return f"<{len(self)} theorems: {', '.join(self)}>"


theorems = Catalogue()
"""The catalogue, `missiongame.theorems`."""

__all__ = ["NAMES", "Catalogue", "theorems"]
