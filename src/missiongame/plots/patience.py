"""Who answers today: critical patience against the mission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.mechanisms.reciprocity import Patience, critical_patience
from missiongame.plots import style

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
    found = [critical_patience(community.with_mission(m), *exchange) for m in at]
    members = np.array([p.members for p in found])
    made, (panel,) = style.figure(width=6.6, height=4.4)
    for k, i in enumerate(_drawn(members)):
        name = f"a member ({community.n} in all)" if k == 0 else None
        panel.plot(at, _shown(members[:, i]), color=style.HERE, alpha=0.45, linewidth=1, label=name)
    whole = np.array([p.community for p in found])
    panel.plot(
        at,
        _shown(whole),
        color=style.AWAY,
        linewidth=2.6,
        label="the community: its least engaged member",
    )
    silent = [
        critical_patience(community.with_mission(m), *exchange, refuser="unanswered") for m in at
    ]
    panel.plot(
        at, _shown(np.array([p.community for p in silent])), "--", color=style.QUIET,
        label="the community, if who refuses may stay unanswered",
    )  # fmt: skip
    _mark_present(panel, community, critical_patience(community, *exchange))
    style.label(
        panel, "mission θ", "critical patience δ* (discount factor a period)",
        "Members answer one another if they are at least this patient",
    )  # fmt: skip
    panel.set_ylim(0, 1)
    panel.set_xlim(at[0], at[-1])
    panel.legend(frameon=True, framealpha=0.9, edgecolor="none", fontsize=8.5)
    return made


def _drawn(members: Any) -> Any:
    order = np.argsort(members[-1], kind="stable")
    return order[np.unique(np.linspace(0, len(order) - 1, min(MOST, len(order))).astype(int))]


def _shown(values: Any) -> Any:
    return np.where(np.isfinite(values), values, np.nan)


def _mark_present(panel: Any, community: Community, now: Patience) -> None:
    low, high = panel.get_xlim()
    mission = float(community.mission)
    if np.isfinite(now.community) and low <= mission <= high:
        panel.plot(
            mission, now.community, "*", color=style.AWAY, markersize=13, markeredgecolor="white"
        )
        panel.annotate(
            f"today: {now.community:.2f}", (mission, now.community), xytext=(9, 7),
            textcoords="offset points", fontsize=9,
        )  # fmt: skip
