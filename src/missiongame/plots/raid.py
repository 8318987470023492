"""Who leaves, against mission and pay: the picture of a raid.

One panel for the least equilibrium and one for the greatest (one alone where the
two agree everywhere): across, the offer's pay; upward, the mission, or what staying
is worth where purpose is unknown; the colour is the share of the contributions
that leaves. A line divides where the raid succeeds from where it fails.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.plots.defection import DefectionMap

Floats = npt.NDArray[np.float64]

SIDE = 61  # cells a side of the map, for a community of up to MEMBERS
MEMBERS = 3000
LEAST_SIDE = 13
_LEAST_DIFFERENCE = 0.03  # of the cells: below, one panel says it all
_COLOURS = "YlOrRd"
_ON_WHITE = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 2}


def side(n: int) -> int:
    """Return how many cells a side a map of `n` members should have to be drawn soon.

    Examples
    --------
    >>> side(100), side(12_000), side(10**7)
    (61, 30, 13)
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


def draw_defection(
    found: DefectionMap,
    share: float,
    title: str,
    across: str,
    upward: str,
    here: tuple[float, float | None] | None = None,
    said: str = "",
) -> Any:
    """Return the picture of a map, a `matplotlib.figure.Figure`.

    Parameters
    ----------
    found : DefectionMap
    share : float
        The share whose loss is a success; the line is drawn at it.
    title, across, upward : str
        What stands above and beside the picture.
    here : (pay, level or None), optional
        The offer as it was made; a level of None draws the pay alone.
    said : str
        A line below the title.
    """
    from matplotlib.figure import Figure

    both = float(np.mean(found.least != found.greatest)) > _LEAST_DIFFERENCE
    stay, leave = "if members expect each other to stay", "if they expect each other to leave"
    panels = [(found.least, found.least_line, stay)] if both else []
    panels.append((found.greatest, found.greatest_line, leave if both else ""))
    figure = Figure(figsize=(10 if both else 6.8, 5.2), layout="constrained")
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axis, (values, line, name) in zip(axes, panels, strict=True):
        image = _panel(axis, found, values, line, share)
        axis.set_title(name, fontsize=10)
        axis.set_xlabel(across)
        _mark(axis, here)
    axes[0].set_ylabel(upward)
    bar = figure.colorbar(image, ax=list(axes), pad=0.02)
    bar.set_label("share of the work that leaves")
    bar.ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    figure.suptitle(title + (f"\n{said}" if said else ""), fontsize=11)
    return figure


def _panel(axis: Any, found: DefectionMap, values: Floats, line: Floats, share: float) -> Any:
    image = axis.pcolormesh(
        found.pay, found.level, values, cmap=_COLOURS, vmin=0, vmax=1, shading="nearest"
    )
    succeeds = values >= share
    if np.isfinite(line).any():
        axis.plot(found.pay, _joined(line, succeeds, found.level), color="black", linewidth=1.4)
    elif succeeds.any() and not succeeds.all():
        where = succeeds.astype(float)
        axis.contour(found.pay, found.level, where, levels=[0.5], colors="black", linewidths=1.4)
    for wanted, text in ((False, "the community holds"), (True, "the raid succeeds")):
        _name_region(axis, found, succeeds == wanted, text)
    for edge in ("top", "right"):
        axis.spines[edge].set_visible(False)
    axis.set_xlim(0, found.pay[-1] + found.pay[0])
    axis.set_ylim(0, found.level[-1] + found.level[0])
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    return image


def _joined(line: Floats, succeeds: npt.NDArray[np.bool_], level: Floats) -> Floats:
    """Return the line with its ends led to the border, where it leaves the picture."""
    joined = line.copy()
    joined[np.isnan(line) & succeeds.all(axis=0)] = level[-1]
    joined[np.isnan(line) & ~succeeds.any(axis=0)] = level[0]
    on_border = np.isnan(line)
    within = np.convolve(~on_border, [1, 1, 1], mode="same") > 0
    return np.where(on_border & ~within, np.nan, joined)


def _name_region(axis: Any, found: DefectionMap, cells: npt.NDArray[np.bool_], text: str) -> None:
    """Write a region's name where it has most room, away from the middle, where a mark may be."""
    if cells.mean() < 0.08:
        return
    from scipy.ndimage import distance_transform_edt

    rows, columns = cells.shape
    free = np.pad(cells, 1)
    free[rows * 2 // 5 + 1 : rows * 3 // 5 + 2, columns * 2 // 5 + 1 : columns * 3 // 5 + 2] = False
    # Wider than high: the name needs room to its sides.
    depth = distance_transform_edt(free, sampling=(1.0, 0.35))[1:-1, 1:-1]
    row, column = np.unravel_index(int(np.argmax(depth)), depth.shape)
    axis.text(
        found.pay[column],
        found.level[row],
        text,
        ha="center",
        va="center",
        fontsize=9,
        bbox=_ON_WHITE,
    )


def _mark(axis: Any, here: tuple[float, float | None] | None) -> None:
    if here is None:
        return
    pay, level = here
    if level is None:
        axis.axvline(pay, color="black", linewidth=1, linestyle=":")
        axis.annotate(
            "the offer",
            (pay, 0.985),
            xycoords=("data", "axes fraction"),
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=9,
            va="top",
            bbox=_ON_WHITE,
        )
        return
    axis.plot(
        *([pay], [level]),
        marker="*",
        markersize=14,
        color="black",
        markeredgecolor="white",
        clip_on=False,
        zorder=5,
    )
    axis.annotate(
        "here",
        (pay, level),
        xytext=(9, 8),
        textcoords="offset points",
        fontsize=9,
        bbox=_ON_WHITE,
        zorder=4,
    )
