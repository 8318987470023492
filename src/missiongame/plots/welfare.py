"""What members have before and after, and what their choices say of their purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.plots import panels

if TYPE_CHECKING:
    from missiongame.mechanisms.welfare import Bounds, Surplus
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
    made, (panel,) = panels.figure()
    size = 6 if len(order) <= MOST else 2
    if len(order) <= MOST:
        panel.vlines(across, before, after, color=panels.QUIET, linewidth=1)
    panels.ring(panel, across, before, panels.QUIET, size, label="before")
    for who, colour, name in (
        (~left, panels.HERE, "after, who stayed"),
        (left, panels.AWAY, "after, who left"),
    ):
        panel.plot(across[who], after[who], "o", color=colour, markersize=size, label=name)
    panel.axhline(0, color="black", linewidth=0.8)
    verb = "lose" if change.loss >= 0 else "gain"
    shown = panels.members(panel, community, order, "members, best off first")
    title = f"Together members {verb} {abs(float(change.loss)):,.6g} a period"
    panels.label(panel, shown, "surplus (money a period)", title)
    panels.legend(panel)
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
    start = np.where(np.isfinite(low), low, least - room)
    end = np.where(np.isfinite(high), high, most + room)
    order = np.argsort(start + end)
    across = np.arange(len(order))
    made, (panel,) = panels.figure()
    bounded = (np.isfinite(low) | np.isfinite(high))[order]
    ends = start[order][bounded], end[order][bounded]
    panel.vlines(across[bounded], *ends, color=panels.QUIET, linewidth=1.2)
    for values, at, arrow, colour, name in (
        (low, start, "v", panels.HERE, "refused: at least"),
        (high, end, "^", panels.AWAY, "accepted: at most"),
    ):
        there = np.isfinite(values)[order]
        open_, at = ~there & bounded, at[order]
        panel.plot(across[open_], at[open_], arrow, color=panels.QUIET, markersize=5)
        look = {"color": colour, "markersize": 11, "markeredgewidth": 2.4, "label": name}
        panel.plot(across[there], at[there], "_", **look)
    wrong = across[bounds.contradicted[order]]
    name = "contradicted by the choices"
    panel.plot(wrong, np.full(len(wrong), least - 0.7 * room), "x", color="black", label=name)
    shown = panels.members(panel, community, order, "members, least first")
    title = "Who accepts shows at most, who refuses at least"
    panels.label(panel, shown, "purpose α (money a unit of mission)", title)
    panel.set_ylim(least - 1.2 * room, most + 1.7 * room)
    panels.legend(panel, "upper left", ncols=2)
    return made
