"""Make or buy, and what a provider that owns part of the mission can take from whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.mechanisms.provision import Service, frontier
from missiongame.plots import panels

if TYPE_CHECKING:
    from missiongame.mechanisms.holdup import HoldUp


def make_or_buy(services: Iterable[Service]) -> Any:
    """Return the picture of each service's cost against the uplift it keeps.

    A line leads from the uplift that is felt to the uplift that is kept when the
    provider is left; the frontier is the cheapest for every uplift kept.
    """
    offered = list(services)
    best = frontier(offered)
    made, (panel,) = panels.figure()
    kept, cost = zip(*(_place(s) for s in best), strict=True)
    name = "cheapest for as much uplift kept"
    look = {"color": panels.QUIET, "linewidth": 1.2}
    panel.step([0, *kept], [cost[0], *cost], where="pre", label=name, **look)
    for service in offered:
        (x, y), felt = _place(service), float(service.policy.uplift)
        colour = panels.HERE if service in best else panels.QUIET
        panel.plot([x, felt], [y, y], color=colour, linewidth=1.2)
        panels.ring(panel, felt, y, colour)
        panel.plot(x, y, "o", color=colour)
        panels.note(panel, service.policy.provider, (x, y), (6, 6), bbox=panels.ON_WHITE)
    panel.plot([], [], "o", color=panels.HERE, label="uplift kept if the provider is left")
    panels.ring(panel, [], [], panels.HERE, label="uplift felt")
    title = "Members feel the uplift, whoever provides it; the steward keeps only a part"
    panels.label(panel, "uplift to the mission", "cost (money a period)", title)
    panel.set_xlim(0, 1.2 * max(float(s.policy.uplift) for s in offered) or 1)
    panel.set_ylim(0, 1.3 * max(float(s.policy.cost) for s in offered) or 1)
    panels.thousands(panel.yaxis)
    panels.legend(panel, "upper left")
    return made


def _place(service: Service) -> tuple[float, float]:
    return float(service.kept.uplift), float(service.policy.cost)


def hold_up(held: HoldUp) -> Any:
    """Return the picture of what each member can be levied, alone and together.

    Members stand in descending order of the single bound, by name where there is
    room.
    """
    order = np.argsort(-held.single, kind="stable")
    made, (panel,) = panels.figure()
    across = np.arange(len(order))
    most = np.array([float(levy) for levy in held.most.levies])
    for levies, strength, who in (
        (held.single, 0.25, "one who would leave alone"),
        (held.joint, 0.75, "all who would leave together"),
    ):
        name = f"bearable for {who}: {levies.sum():,.4g} in all"
        panel.bar(across, levies[order], color=panels.AWAY, alpha=strength, width=0.8, label=name)
    name = f"the most that no group leaves: {most.sum():,.4g} in all"
    size = 5 if len(order) <= 60 else 2
    panel.plot(across, most[order], "D", color=panels.HERE, markersize=size, label=name)
    shown = panels.members(panel, held.community, order, "members, most at stake first")
    owned, moved = float(held.owned), float(held.portability)
    title = f"What an owner of {owned:g} of the mission can take (portability {moved:g})"
    panels.label(panel, shown, "levy (money a period)", title)
    panel.set_ylim(0, 1.35 * max(1e-9, float(held.single.max())))
    panels.legend(panel, "upper right")
    return made
