"""The pieces that the pictures are made of: panels, their names, marks and notes."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from missiongame.model import Community

HERE, AWAY, THIRD, QUIET = "#1b6b8f", "#c0492f", "#8a6d1d", "#777777"
ON_WHITE = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.5}
NAMED = 25  # members that are shown by name


def figure(
    *widths: float, size: tuple[float, float] = (6.8, 4.4), grid: bool = True, **options: Any
) -> tuple[Any, list[Any]]:
    """Return a figure of this size in inches, and its panels from left to right.

    Parameters
    ----------
    widths : numbers
        Of the panels, relative to each other; none for one panel.
    grid : bool
        Whether fine lines help to read values off.
    options
        Of `matplotlib.figure.Figure.subplots`.
    """
    from matplotlib.figure import Figure

    made, ratios = Figure(figsize=size, layout="constrained"), widths or (1.0,)
    panels = made.subplots(1, len(ratios), squeeze=False, width_ratios=ratios, **options)[0]
    for panel in panels:
        panel.spines[["top", "right"]].set_visible(False)
        panel.set_axisbelow(True)
        if grid:
            panel.grid(alpha=0.25, linewidth=0.6)
    return made, list(panels)


def fitted(text: str, letters: int, lines: int = 2) -> str:
    r"""Return a text in lines of so many letters, and "…" for what does not fit.

    Examples
    --------
    >>> fitted("a name that nobody wants to read to its end", 16)
    'a name that\nnobody wants …'
    """
    return "\n".join(textwrap.wrap(text, letters, max_lines=lines, placeholder=" …"))


def label(panel: Any, across: str, upward: str, title: str) -> None:
    """Name a panel's axes, with units, and the panel."""
    panel.set(xlabel=across, ylabel=upward)
    panel.set_title(title, fontsize=10.5, loc="left")


def percent(*axes: Any) -> None:
    """Show the fractions on these axes as percentages."""
    for axis in axes:
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")


def thousands(*axes: Any) -> None:
    """Show the amounts on these axes in full, thousands apart."""
    for axis in axes:
        axis.set_major_formatter(lambda value, _: f"{value:,.10g}")


def legend(panel: Any, where: str = "best", *entries: Any, **options: Any) -> None:
    """Show what a panel's lines and marks are."""
    panel.legend(*entries, loc=where, framealpha=0.9, edgecolor="none", fontsize=8.5, **options)


def note(panel: Any, text: str, at: Any, aside: Any, **options: Any) -> None:
    """Write a word beside a point, `aside` in points of print."""
    panel.annotate(text, at, aside, textcoords="offset points", **{"fontsize": 9, **options})


def ring(panel: Any, x: Any, y: Any, colour: str, size: float = 6, **options: Any) -> None:
    """Mark points with rings; `note` and full dots say the rest."""
    panel.plot(x, y, "o", color="white", markeredgecolor=colour, markersize=size, **options)


def members(panel: Any, community: Community, order: Any, many: str) -> str:
    """Name members along a panel where there is room; return what the axis shows, else `many`."""
    if len(order) > NAMED:
        return many
    names = [community.name(int(i)) for i in order]
    panel.set_xticks(np.arange(len(order)), names, rotation=45, ha="right")
    return "member"
