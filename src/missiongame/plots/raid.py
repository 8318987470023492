"""Who leaves, against mission and pay: the picture of a raid.

One panel for the least equilibrium and one for the greatest (one alone where the
two agree everywhere): across, the offer's pay; upward, the mission, or what staying
is worth where purpose is unknown; the colour is the share of the contributions
that leaves. A line divides where the raid succeeds from where it fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import illegal
from missiongame.participation import participate

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.offers import Offer
    from missiongame.rival import Rival

Floats = npt.NDArray[np.float64]

SIDE = 61  # cells a side of the map, for a community of up to MEMBERS
MEMBERS = 3000
LEAST_SIDE = 13
_HALVINGS = 5  # of a cell, to find where the line crosses it
_COLOURS = "YlOrRd"


@dataclass(frozen=True, eq=False)
class DefectionMap:
    """Contribution-weighted defection on a grid.

    Attributes
    ----------
    pay : (p,) float64
        The offer's amount, from zero.
    level : (q,) float64
        The mission; or α where purpose is unknown.
    least, greatest : (q, p) float64
        Shares of the contributions.
    least_line, greatest_line : (p,) float64
        The level at which `share` is no longer reached, between two rows of the map;
        NaN where it is reached at none or at all of them, or not below one level only.
    of_purpose : bool
        Whether `level` is a purpose rather than a mission.
    """

    pay: Floats
    level: Floats
    least: Floats
    greatest: Floats
    least_line: Floats
    greatest_line: Floats
    of_purpose: bool


def defection_map(
    community: Community,
    rival: Rival,
    offer: Offer,
    pay: Sequence[float],
    level: Sequence[float],
    share: float = 0.5,
) -> DefectionMap:
    """Return the defection for each amount of `offer` and each level of mission or purpose.

    Parameters
    ----------
    community : Community
        Where its purpose is unknown, `level` is the purpose of every member.
    rival : Rival
    offer : Offer
        Its kind and places stay, its amount is each of `pay` in turn; personal pay
        is multiplied by it.
    pay, level : ascending sequences of numbers ≥ 0
    share : float
        The share whose loss is a success.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([6, 3, 1], purpose=10)
    >>> found = defection_map(town, Rival(), offers.top(1, 5), pay=[5, 15], level=[0, 1, 2])
    >>> found.least
    array([[0.6, 0.6],
           [0. , 0.6],
           [0. , 0. ]])
    >>> found.least_line.round(1)
    array([0.5, 1.5])
    """
    of_purpose = community.purpose is None
    paying = [_with_amount(offer, amount) for amount in pay]

    def at(height: float, made: Offer) -> tuple[float, float]:
        town = community.changed(**{"purpose" if of_purpose else "mission": height})
        members = participate(town, rival, made)
        if members.least is None or members.greatest is None:
            raise illegal("community", community, "one whose members' game has extremes")
        return members.least.defection, members.greatest.defection

    values = np.array([[at(float(height), made) for made in paying] for height in level])
    lines = np.full((2, len(paying)), np.nan)
    for which in range(2):
        for column, made in enumerate(paying):
            above = _crossing(values[:, column, which] >= share)
            if above is None:
                continue
            low, high = float(level[above - 1]), float(level[above])
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                succeeds = at(middle, made)[which] >= share
                low, high = (middle, high) if succeeds else (low, middle)
            lines[which, column] = (low + high) / 2
    return DefectionMap(
        np.asarray(pay, dtype=float),
        np.asarray(level, dtype=float),
        values[..., 0],
        values[..., 1],
        lines[0],
        lines[1],
        of_purpose,
    )


def _crossing(succeeds: npt.NDArray[np.bool_]) -> int | None:
    """Return the first row at which the raid fails, if it succeeds in exactly those below."""
    above = int(np.argmin(succeeds)) if not succeeds.all() else 0
    return above if above > 0 and not succeeds[above:].any() else None


def _with_amount(offer: Offer, amount: float) -> Offer:
    if offer.kind == "personal":
        return replace(offer, amount=offer.amount * float(amount))
    return replace(offer, amount=float(amount))


def side(n: int) -> int:
    """Return how many cells a side a map of `n` members should have to be drawn soon.

    Examples
    --------
    >>> side(100), side(12_000), side(10**7)
    (61, 30, 13)
    """
    return max(LEAST_SIDE, min(SIDE, int(SIDE * (MEMBERS / n) ** 0.5)))


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

    both = bool(np.any(found.least != found.greatest))
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
        axis.plot(found.pay, line, color="black", linewidth=1.4)
    elif succeeds.any() and not succeeds.all():
        where = succeeds.astype(float)
        axis.contour(found.pay, found.level, where, levels=[0.5], colors="black", linewidths=1.4)
    for wanted, text in ((False, "the community holds"), (True, "the raid succeeds")):
        _name_region(axis, found, succeeds == wanted, text)
    for edge in ("top", "right"):
        axis.spines[edge].set_visible(False)
    axis.set_xlim(found.pay[0], found.pay[-1])
    axis.set_ylim(found.level[0], found.level[-1])
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    return image


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
        bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 2},
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
        )
        return
    axis.plot([pay], [level], marker="*", markersize=14, color="black", markeredgecolor="white")
    axis.annotate("here", (pay, level), xytext=(8, 6), textcoords="offset points", fontsize=9)
