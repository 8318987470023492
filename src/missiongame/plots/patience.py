"""Who answers today: critical patience against the mission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.mechanisms.reciprocity import critical_patience
from missiongame.plots import panels

if TYPE_CHECKING:
    from missiongame.model import Community

MOST = 40  # members drawn one by one; of more, as many from the least to the most engaged


def patience(
    community: Community,
    missions: Any,
    ask: Any,
    answer: Any,
    benefit: Any,
    cost: Any,
    outside: Any = 0,
) -> Any:
    """Return the picture of each member's δ* against the mission, and of the community's.

    Where a curve is above the top, that member never answers. The other numbers are
    those of `missiongame.mechanisms.reciprocity.critical_patience`.

    Parameters
    ----------
    community : Community
        Its purpose must be known.
    missions : ascending numbers ≥ 0
    """
    at = np.asarray(missions, dtype=float)
    exchange = (ask, answer, benefit, cost, outside)
    towns = [community.with_mission(m) for m in at]
    found = [critical_patience(town, *exchange) for town in towns]
    silent = [critical_patience(town, *exchange, refuser="unanswered") for town in towns]
    made, (panel,) = panels.figure()

    def curve(values: Any, *style: str, **look: Any) -> None:
        panel.plot(at, np.where(np.isfinite(values), values, np.nan), *style, **look)

    members = np.array([p.members for p in found])
    name = f"a member ({community.n} in all)"
    for i in _drawn(members):
        curve(members[:, i], color=panels.HERE, alpha=0.45, linewidth=1, label=name)
        name = ""  # one stands for all of them
    name = "the community: its least engaged member"
    curve([p.community for p in found], color=panels.AWAY, linewidth=2.6, label=name)
    name = "the community, if who refuses may stay unanswered"
    curve([p.community for p in silent], "--", color=panels.QUIET, label=name)
    today = (float(community.mission), critical_patience(community, *exchange).community)
    if np.isfinite(today[1]) and at[0] <= today[0] <= at[-1]:
        panel.plot(*today, "*", color=panels.AWAY, markersize=13, markeredgecolor="white")
        panels.note(panel, f"today: {today[1]:.2f}", today, (9, 7))
    upward = "critical patience δ* (discount factor a period)"
    title = "Members answer one another if they are at least this patient"
    panels.label(panel, "mission θ", upward, title)
    panel.set(xlim=(at[0], at[-1]), ylim=(0, 1))
    panels.legend(panel)
    return made


def _drawn(members: Any) -> Any:
    order = np.argsort(members[-1], kind="stable")
    return order[np.unique(np.linspace(0, len(order) - 1, min(MOST, len(order))).astype(int))]
