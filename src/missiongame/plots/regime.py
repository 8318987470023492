"""Collapse under incomplete information: where leavers meet the strength they can break."""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.mechanisms.regime import flat_threshold, leaving, thresholds
from missiongame.plots import style


def regime(stay: float, offer: float, mean: float, prior: float, signal: float) -> Any:
    """Return two panels: the thresholds as crossings, and how they move with what staying is worth.

    Parameters
    ----------
    stay, offer : V > r > 0, money
    mean, prior, signal : μ, α ≥ 0 and β > 0
        As in `missiongame.mechanisms.regime.thresholds`.
    """
    made, (crossing, moving) = style.figure(columns=2, height=4.4)
    _crossing(crossing, stay, offer, mean, prior, signal)
    _moving(moving, stay, offer, mean, prior, signal)
    return made


def _crossing(
    panel: Any, stay: float, offer: float, mean: float, prior: float, signal: float
) -> None:
    t = np.linspace(0, 1, 600)
    panel.plot(t, leaving(t, stay, offer, mean, prior, signal), color=style.AWAY,
               label="share that leaves at strength t")  # fmt: skip
    panel.plot(t, t, color=style.QUIET, linewidth=1, label="share that strength t survives")
    panel.axhline(float(flat_threshold(stay, offer)), color=style.THIRD, linestyle=":",
                  label="share that leaves with a flat prior, r/V")  # fmt: skip
    for root in thresholds(stay, offer, mean, prior, signal).roots:
        face = style.HERE if root.stable else "white"
        panel.plot(
            root.value, root.value, "o", color=face, markeredgecolor=style.HERE, markersize=8
        )
        panel.annotate(
            f"{root.value:.4f}", (root.value, root.value),
            xytext=(0, 11) if root.value < 0.9 else (0, -20), textcoords="offset points",
            ha="center", fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    style.label(
        panel, "strength t (share of members)", "share of members",
        f"V = {stay:g}, r = {offer:g}, mean {mean:g}, precisions {prior:g} and {signal:g}",
    )  # fmt: skip
    style.percent(panel.xaxis)
    style.percent(panel.yaxis)
    panel.legend(frameon=True, framealpha=0.9, edgecolor="none", fontsize=8.5, loc="upper left")
    panel.set_ylim(-0.02, 1.3)
    panel.set_yticks(np.linspace(0, 1, 6))


def _moving(
    panel: Any, stay: float, offer: float, mean: float, prior: float, signal: float
) -> None:
    worth = offer * np.geomspace(1.05, max(6.0, 2 * stay / offer), 60)
    stable: list[tuple[float, float]] = []
    unstable: list[tuple[float, float]] = []
    for V in worth:
        for root in thresholds(float(V), offer, mean, prior, signal).roots:
            (stable if root.stable else unstable).append((float(V), root.value))
    for points, face, name in (
        (stable, style.HERE, "stable: falls"),
        (unstable, "white", "unstable: rises"),
    ):
        if points:
            panel.plot(*zip(*points, strict=True), "o", markersize=3.5, color=face,
                       markeredgecolor=style.HERE, label=name)  # fmt: skip
    panel.plot(worth, flat_threshold(worth, offer), ":", color=style.THIRD, label="flat prior, r/V")
    panel.axvline(stay, color=style.QUIET, linewidth=1)
    panel.annotate(
        "the left panel", (stay, 1.02), xytext=(4, 0), textcoords="offset points", fontsize=8.5,
        color=style.QUIET,
    )  # fmt: skip
    style.label(
        panel, "what staying is worth, V (money)", "threshold t* (share of members)",
        "The community collapses below t*",
    )  # fmt: skip
    style.percent(panel.yaxis)
    panel.set_ylim(-0.02, 1.1)
    panel.set_yticks(np.linspace(0, 1, 6))
    panel.legend(frameon=True, framealpha=0.9, edgecolor="none", fontsize=8.5)
