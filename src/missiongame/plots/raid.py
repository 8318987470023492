"""Who leaves, against mission and pay: the picture of a raid.

Across, the offer's pay; upward, the mission, or what staying is worth where purpose
is unknown; the colour is the share of the contributions that leaves. A line
divides where the raid succeeds from where it fails. One panel for each thing that
members may expect of each other, or feel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from missiongame.exact import Floats, Mask
from missiongame.plots import panels as pieces
from missiongame.plots.defection_grid import DefectionMap

Here = tuple[float, float | None]
"""The pay offered, and the mission there is; None where the latter is unknown."""

SIDE = 81  # cells a side of the map, for a community of up to MEMBERS
MEMBERS = 20_000
LEAST_SIDE = 13
_LEAST_DIFFERENCE = 0.03  # of the cells: below, two expectations are not told apart
_COLOURS = "YlOrRd"


@dataclass(frozen=True, eq=False)
class Panel:
    """One panel: its name, the defection in each cell, and the line between the regions."""

    name: str
    found: DefectionMap
    values: Floats
    line: Floats


def side(n: int) -> int:
    """Return how many cells a side a map of `n` members should have to be drawn soon.

    Examples
    --------
    >>> side(100), side(80_000), side(10**7)
    (81, 40, 13)
    """
    return max(LEAST_SIDE, min(SIDE, int(SIDE * (MEMBERS / n) ** 0.5)))


def cells(reach: float, count: int) -> Floats:
    """Return the middles of `count` equal cells from 0 to `reach`.

    The middles, because at zero pay and zero mission everyone is indifferent.

    Examples
    --------
    >>> cells(10, 2)
    array([2.5, 7.5])
    """
    return np.asarray((np.arange(count) + 0.5) * (reach / count), dtype=np.float64)


def panels_of(found: DefectionMap, prefix: str = "", members: str = "members") -> list[Panel]:
    """Return a panel for each expectation that matters in a map: one, or two.

    Parameters
    ----------
    found : DefectionMap
    prefix : str
        What to say first in the panels' names.
    members : str
        What the members are called.
    """
    if np.mean(found.least != found.greatest) <= _LEAST_DIFFERENCE:
        return [Panel(prefix, found, found.greatest, found.greatest_line)]
    stay, leave = (f"{members} expect each other to {verb}" for verb in ("stay", "leave"))
    joined = f"{prefix}\nand " if prefix else "if "
    return [
        Panel(joined + stay, found, found.least, found.least_line),
        Panel(joined + leave, found, found.greatest, found.greatest_line),
    ]


def draw_defection(
    panels: Sequence[Panel],
    share: float,
    title: str,
    across: str,
    upward: str,
    here: Here | None = None,
) -> Any:
    """Return the picture, a `matplotlib.figure.Figure`.

    Parameters
    ----------
    panels : sequence of Panel
        Of maps with the same axes.
    share : float
        The share whose loss is a success.
    title, across, upward : str
        What stands above and beside the picture.
    here : (pay, level or None), optional
        The offer as it was made; a level of None draws the pay alone.
    """
    size = (6.8 if len(panels) == 1 else 1.4 + 4.3 * len(panels), 5.2)
    figure, axes = pieces.figure(*[1] * len(panels), size=size, grid=False, sharey=True)
    for axis, panel in zip(axes, panels, strict=True):
        image = _draw(axis, panel, share, here)
        axis.set_title(panel.name, fontsize=10)
        axis.set_xlabel(across)
        _mark(axis, here)
    axes[0].set_ylabel(upward)
    bar = figure.colorbar(image, ax=axes, pad=0.02, label="share of the work that leaves")
    pieces.percent(bar.ax.yaxis)
    figure.suptitle(title, fontsize=11)
    return figure


def _draw(axis: Any, panel: Panel, share: float, here: Here | None) -> Any:
    pay, level = panel.found.pay, panel.found.level
    image = axis.pcolormesh(
        pay, level, panel.values, cmap=_COLOURS, vmin=0, vmax=1, shading="nearest"
    )
    succeeds = panel.values >= share
    if np.isfinite(panel.line).any():
        axis.plot(pay, _joined(panel.line, succeeds, level), color="black", linewidth=1.4)
    elif succeeds.any() and not succeeds.all():
        axis.contour(pay, level, succeeds.astype(float), [0.5], colors="black", linewidths=1.4)
    taken = _around(here, pay, level)
    for wanted, text in ((False, "the community holds"), (True, "the raid succeeds")):
        _name_region(axis, panel.found, succeeds == wanted, taken, text)
    axis.set(xlim=(0, pay[-1] + pay[0]), ylim=(0, level[-1] + level[0]))
    axis.locator_params(axis="x", nbins=5)
    pieces.thousands(axis.xaxis, axis.yaxis)
    return image


def _joined(line: Floats, succeeds: Mask, level: Floats) -> Floats:
    """Return the line with its ends led to the border, where it leaves the picture."""
    joined = line.copy()
    joined[np.isnan(line) & succeeds.all(axis=0)] = level[-1]
    joined[np.isnan(line) & ~succeeds.any(axis=0)] = level[0]
    on_border = np.isnan(line)
    within = np.convolve(~on_border, [1, 1, 1], mode="same") > 0
    return np.where(on_border & ~within, np.nan, joined)


def _around(here: Here | None, pay: Floats, level: Floats) -> Mask:
    """Return the cells that the mark and its word take."""
    taken = np.zeros((len(level), len(pay)), dtype=bool)
    if here is None:
        return taken
    wide, high = pay[-1] * 0.2, level[-1] * 0.1
    columns = np.abs(pay - here[0]) < (wide if here[1] is not None else wide / 20)
    rows = np.ones(len(level), dtype=bool) if here[1] is None else np.abs(level - here[1]) < high
    taken[np.ix_(rows, columns)] = True
    return taken


def _name_region(axis: Any, found: DefectionMap, region: Mask, taken: Mask, text: str) -> None:
    """Write a region's name where it has most room."""
    if region.mean() < 0.08:
        return
    from scipy.ndimage import distance_transform_edt

    # Wider than high: the name needs room to its sides.
    free = np.pad(region & ~taken, 1)
    depth = distance_transform_edt(free, sampling=(1.0, 0.35))[1:-1, 1:-1]
    row, column = np.unravel_index(int(np.argmax(depth)), depth.shape)
    at = (found.pay[column], found.level[row])
    axis.text(*at, text, ha="center", va="center", fontsize=9, bbox=pieces.ON_WHITE)


def _mark(axis: Any, here: Here | None) -> None:
    if here is None:
        return
    look: dict[str, Any] = {"bbox": pieces.ON_WHITE, "zorder": 4}
    if here[1] is None:
        axis.axvline(here[0], color="black", linewidth=1, linestyle=":")
        top = {"xycoords": ("data", "axes fraction"), "va": "top"}
        pieces.note(axis, "the offer", (here[0], 0.985), (4, 0), **top, **look)
        return
    star = {"markersize": 14, "color": "black", "markeredgecolor": "white"}
    axis.plot(*here, "*", clip_on=False, zorder=5, **star)
    pieces.note(axis, "here", here, (9, 8), **look)
