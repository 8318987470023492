"""Make or buy, and what a provider that owns part of the mission can take from whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from missiongame.mechanisms.holdup import HoldUp
from missiongame.mechanisms.provision import Service, frontier
from missiongame.plots import style


def make_or_buy(services: Iterable[Service]) -> Any:
    """Return the picture of each service's cost against the uplift it keeps.

    A line leads from the uplift that is felt to the uplift that is kept when the
    provider is left; the frontier is the cheapest for every uplift kept.
    """
    offered = list(services)
    best = frontier(offered)
    made, (panel,) = style.figure(width=6.4, height=4.4)
    kept = [float(s.kept.uplift) for s in best]
    cost = [float(s.policy.cost) for s in best]
    panel.step([0, *kept], [cost[0], *cost], where="pre", color=style.QUIET, linewidth=1.2,
               label="cheapest for as much uplift kept")  # fmt: skip
    for service in offered:
        x, y = float(service.kept.uplift), float(service.policy.cost)
        colour = style.HERE if service in best else style.QUIET
        panel.plot([x, float(service.policy.uplift)], [y, y], color=colour, linewidth=1.2)
        panel.plot(float(service.policy.uplift), y, "o", color="white", markeredgecolor=colour)
        panel.plot(x, y, "o", color=colour)
        panel.annotate(
            service.policy.provider, (x, y), xytext=(6, 6), textcoords="offset points", fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    panel.plot([], [], "o", color=style.HERE, label="uplift kept if the provider is left")
    panel.plot([], [], "o", color="white", markeredgecolor=style.HERE, label="uplift felt")
    style.label(
        panel, "uplift to the mission", "cost (money a period)",
        "Members feel the uplift, whoever provides it; the steward keeps only a part",
    )  # fmt: skip
    panel.set_xlim(0, 1.2 * max(float(s.policy.uplift) for s in offered) or 1)
    panel.set_ylim(0, 1.3 * max(float(s.policy.cost) for s in offered) or 1)
    panel.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    panel.legend(frameon=False, fontsize=8.5, loc="upper left")
    return made


def hold_up(held: HoldUp) -> Any:
    """Return the picture of what each member can be levied, alone and together.

    Members stand in descending order of the single bound, by name where there is
    room.
    """
    order = np.argsort(-held.single, kind="stable")
    n = len(order)
    made, (panel,) = style.figure(width=6.8, height=4.4)
    across = np.arange(n)
    most = np.array([float(levy) for levy in held.most.levies])
    for levies, strength, who in (
        (held.single, 0.25, "one who would leave alone"),
        (held.joint, 0.75, "all who would leave together"),
    ):
        name = f"bearable for {who}: {levies.sum():,.4g} in all"
        panel.bar(across, levies[order], color=style.AWAY, alpha=strength, width=0.8, label=name)
    name = f"the most that no group leaves: {most.sum():,.4g} in all"
    panel.plot(
        across, most[order], "D", color=style.HERE, markersize=5 if n <= 60 else 2, label=name
    )
    if n <= 25:
        panel.set_xticks(
            across, [held.community.name(int(i)) for i in order], rotation=45, ha="right"
        )
    across_label = "member" if n <= 25 else "members, most at stake first"
    style.label(
        panel, across_label, "levy (money a period)",
        f"What an owner of {float(held.owned):g} of the mission can take "
        f"(portability {float(held.portability):g})",
    )  # fmt: skip
    panel.set_ylim(0, 1.35 * max(1e-9, float(held.single.max())))
    panel.legend(frameon=False, fontsize=8.5, loc="upper right")
    return made
