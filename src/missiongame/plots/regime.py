"""Collapse under incomplete information: where leavers meet the strength they can break."""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.mechanisms.regime import flat_threshold, leaving, thresholds
from missiongame.plots import panels


def regime(stay: float, offer: float, mean: float, prior: float, signal: float) -> Any:
    """Return two panels: the thresholds as crossings, and how they move with what staying is worth.

    Parameters
    ----------
    stay, offer : V > r > 0, money
    mean, prior, signal : μ, α ≥ 0 and β > 0
        As in `missiongame.mechanisms.regime.thresholds`.
    """
    made, (crossing, moving) = panels.figure(1, 1, size=(10.4, 4.4))
    _crossing(crossing, stay, offer, mean, prior, signal)
    _moving(moving, stay, offer, (mean, prior, signal))
    for panel in (crossing, moving):
        panels.percent(panel.yaxis)
        panel.set(ylim=(-0.02, 1.3), yticks=np.linspace(0, 1, 6))
    return made


def _crossing(panel: Any, stay: float, offer: float, *belief: float) -> None:
    t = np.linspace(0, 1, 600)
    left, flat = leaving(t, stay, offer, *belief), float(flat_threshold(stay, offer))
    panel.plot(t, left, color=panels.AWAY, label="share that leaves at strength t")
    panel.plot(t, t, color=panels.QUIET, linewidth=1, label="share that strength t survives")
    name = "share that leaves with a flat prior, r/V"
    panel.axhline(flat, color=panels.THIRD, linestyle=":", label=name)
    for root in thresholds(stay, offer, *belief).roots:
        at = (root.value, root.value)
        face = panels.HERE if root.stable else "white"
        panel.plot(*at, "o", color=face, markeredgecolor=panels.HERE, markersize=8)
        aside = (0, 11) if root.value < 0.9 else (0, -20)
        panels.note(panel, f"{root.value:.4f}", at, aside, ha="center", bbox=panels.ON_WHITE)
    mean, prior, signal = belief
    title = f"V = {stay:g}, r = {offer:g}, mean {mean:g}, precisions {prior:g} and {signal:g}"
    panels.label(panel, "strength t (share of members)", "share of members", title)
    panels.percent(panel.xaxis)
    panels.legend(panel, "upper left")


def _moving(panel: Any, stay: float, offer: float, belief: tuple[float, float, float]) -> None:
    worth = offer * np.geomspace(1.05, max(6.0, 2 * stay / offer), 60)
    found = [(V, root) for V in worth for root in thresholds(float(V), offer, *belief).roots]
    for stable, face, name in (
        (True, panels.HERE, "stable: falls"),
        (False, "white", "unstable: rises"),
    ):
        points = [(V, root.value) for V, root in found if root.stable is stable]
        if points:
            look = {"color": face, "markeredgecolor": panels.HERE, "label": name}
            panel.plot(*zip(*points, strict=True), "o", markersize=3.5, **look)
    flat = flat_threshold(worth, offer)
    panel.plot(worth, flat, ":", color=panels.THIRD, label="flat prior, r/V")
    panel.axvline(stay, color=panels.QUIET, linewidth=1)
    panels.note(panel, "the left panel", (stay, 1.02), (4, 0), color=panels.QUIET)
    across, upward = "what staying is worth, V (money)", "threshold t* (share of members)"
    panels.label(panel, across, upward, "The community collapses below t*")
    panels.legend(panel, "upper right")
