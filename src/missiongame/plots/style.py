"""What the pictures of the mechanisms have in common."""

from __future__ import annotations

from typing import Any

HERE, AWAY, THIRD, QUIET = "#1b6b8f", "#c0492f", "#8a6d1d", "#777777"


def figure(columns: int = 1, width: float = 5.2, height: float = 4.2) -> tuple[Any, list[Any]]:
    """Return a figure with panels side by side, and the panels."""
    from matplotlib.figure import Figure

    made = Figure(figsize=(width * columns, height), layout="constrained")
    panels = list(made.subplots(1, columns, squeeze=False)[0])
    for panel in panels:
        for edge in ("top", "right"):
            panel.spines[edge].set_visible(False)
        panel.grid(alpha=0.25, linewidth=0.6)
        panel.set_axisbelow(True)
    return made, panels


def label(panel: Any, across: str, upward: str, title: str = "") -> None:
    """Name a panel's axes, with units, and the panel."""
    panel.set_xlabel(across)
    panel.set_ylabel(upward)
    if title:
        panel.set_title(title, fontsize=10.5, loc="left")


def percent(axis: Any) -> None:
    """Show an axis's fractions as percentages."""
    axis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
