"""What members have before and after, and what their choices say of their purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.mechanisms.welfare import Bounds, Surplus
from missiongame.plots import style

if TYPE_CHECKING:
    from missiongame.model import Community

MOST = 60


def surplus(change: Surplus, community: Community) -> Any:
    """Return the picture of each member's surplus before and after.

    Members stand in descending order of what they had; of more than 60, dots only.
    """
    order = np.argsort(-change.before, kind="stable")
    before, after = change.before[order], change.after[order]
    left = change.defectors[order]
    across = np.arange(len(order))
    made, (panel,) = style.figure(width=6.8, height=4.4)
    if len(order) <= MOST:
        panel.vlines(across, before, after, color=style.QUIET, linewidth=1)
    size = 6 if len(order) <= MOST else 2
    panel.plot(
        across,
        before,
        "o",
        color="white",
        markeredgecolor=style.QUIET,
        markersize=size,
        label="before",
    )
    for who, colour, name in (
        (~left, style.HERE, "after, who stayed"),
        (left, style.AWAY, "after, who left"),
    ):
        panel.plot(across[who], after[who], "o", color=colour, markersize=size, label=name)
    panel.axhline(0, color="black", linewidth=0.8)
    verb = "lose" if change.loss >= 0 else "gain"
    _members(panel, community, order)
    style.label(
        panel, "member" if len(order) <= 25 else "members, best off first",
        "surplus (money a period)",
        f"Together members {verb} {abs(float(change.loss)):,.6g} a period",
    )  # fmt: skip
    panel.legend(frameon=True, framealpha=0.9, edgecolor="none", fontsize=8.5)
    return made


def revealed(bounds: Bounds, community: Community) -> Any:
    """Return the picture of what choices reveal: an interval of purpose a member.

    An arrow where nothing bounds it on that side; a cross where the choices
    contradict every purpose.
    """
    low, high = bounds.low, bounds.high
    finite = np.concatenate([low[np.isfinite(low)], high[np.isfinite(high)]])
    least, most = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    room = 0.25 * (most - least or 1.0)
    order = np.argsort(
        np.where(np.isfinite(high), high, most + room)
        + np.where(np.isfinite(low), low, least - room)
    )
    across = np.arange(len(order))
    made, (panel,) = style.figure(width=6.8, height=4.4)
    _ends(panel, across, low[order], high[order], least - room, most + room)
    wrong = bounds.contradicted[order]
    panel.plot(across[wrong], np.full(int(wrong.sum()), least - 0.7 * room), "x", color="black",
               label="contradicted by the choices")  # fmt: skip
    _members(panel, community, order)
    style.label(
        panel, "member" if len(order) <= 25 else "members, least first",
        "purpose α (money a unit of mission)", "Who accepts shows at most, who refuses at least",
    )  # fmt: skip
    panel.set_ylim(least - 1.2 * room, most + 1.7 * room)
    handles, names = panel.get_legend_handles_labels()
    unique = dict(zip(names, handles, strict=True))
    panel.legend(
        unique.values(), unique.keys(), frameon=False, fontsize=8.5, ncols=2, loc="upper left"
    )
    return made


def _ends(panel: Any, across: Any, low: Any, high: Any, bottom: float, top: float) -> None:
    bounded = np.isfinite(low) | np.isfinite(high)
    start, end = np.where(np.isfinite(low), low, bottom), np.where(np.isfinite(high), high, top)
    panel.vlines(across[bounded], start[bounded], end[bounded], color=style.QUIET, linewidth=1.2)
    for mark, has, at, colour, name in (
        ("^", ~np.isfinite(high) & bounded, end, style.QUIET, None),
        ("v", ~np.isfinite(low) & bounded, start, style.QUIET, None),
        ("_", np.isfinite(low), start, style.HERE, "refused: at least"),
        ("_", np.isfinite(high), end, style.AWAY, "accepted: at most"),
    ):
        panel.plot(across[has], at[has], mark, color=colour, markersize=11 if mark == "_" else 5,
                   markeredgewidth=2.4 if mark == "_" else 1, label=name)  # fmt: skip


def _members(panel: Any, community: Community, order: Any) -> None:
    if len(order) <= 25:
        names = [community.name(int(i)) for i in order]
        panel.set_xticks(np.arange(len(order)), names, rotation=45, ha="right")
