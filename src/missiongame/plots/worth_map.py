"""From an assessment to maps of who leaves, by what the rival pays and what staying is worth.

Only where members value company, so that expectations matter. At each of some pays the
missions (or worths) at which somebody turns are computed (`every_mission`), not sampled;
between two pays the edges are joined by straight lines. They are straight there wherever
the same people turn, for temptations are linear in pay and mission together (κθ_R = 0).
For many members some turn together, who make no more than `_BLOCK` of the work.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from missiongame.assessment import Assessment
from missiongame.exact import Floats, Mask
from missiongame.model import Offer
from missiongame.plots import panels
from missiongame.thresholds import MissionSteps, every_mission, of_purpose

TENTHS = np.arange(11) / 10
_BEYOND = 2.0  # times the offer's pay
_HIGH = 1.5  # times the mission, or the highest level that matters
_FEW = 300  # members up to whom each turns by itself
_MANY = 1000  # members from which on fewer pays are computed
_BLOCK = 0.005
_COLOURS = "YlOrBr"


def has_map(found: Assessment) -> bool:
    """Return whether company is known, and more of the mission tempts nobody to leave."""
    town = found.scenario.community
    if town.ties is None:
        if not (town.social > 0).any():
            return False
    elif not town.ties.nonnegative or not len(town.ties.worth):
        return False
    if town.purpose is None:
        return found.every_worth.purpose_holds
    return not np.any(town.purpose < 0)


def draw_maps(figure: Any, found: Assessment) -> None:
    """Draw one map if expectations do not matter, else two, into a figure or subfigure."""
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import BoundaryNorm, ListedColormap

    pays = _pays(found)
    maps = {name: [_steps(found, pay, name) for pay in pays] for name in ("least", "greatest")}
    top = _top(found, maps)
    edges = {name: _edges(steps, float(found.share)) for name, steps in maps.items()}
    alike = all(
        np.allclose(np.minimum(a, top), np.minimum(b, top), atol=1e-9 * top)
        for a, b in zip(edges["least"], edges["greatest"], strict=True)
    )
    members = found.words.members
    titles = {
        "least": f"if {members} expect each other to stay",
        "greatest": f"if {members} expect each other to leave",
    }
    if alike:
        titles = {"greatest": f"whatever {members} expect of each other"}
    colours = colormaps[_COLOURS](np.linspace(0.08, 0.95, len(TENTHS) - 1))
    axes = figure.subplots(1, len(titles), sharey=True, squeeze=False)[0]
    for axis, (name, text) in zip(axes, titles.items(), strict=True):
        _draw(axis, pays, edges[name], colours, top)
        _here(axis, found)
        axis.set_title(panels.fitted(text, 92 // len(titles)), fontsize=9, loc="left")
        axis.set(xlim=(pays[0], pays[-1]), ylim=(0, top))
        axis.locator_params(nbins=6)
        panels.thousands(axis.xaxis, axis.yaxis)
    axes[0].set_ylabel(_upward(found))
    figure.supxlabel(panels.fitted(_across(found), 88), fontsize=10)
    scale = ScalarMappable(BoundaryNorm(TENTHS, len(colours)), ListedColormap(colours))
    bar = figure.colorbar(scale, ax=list(axes), pad=0.02, ticks=TENTHS[::2])
    bar.set_label("share of the work that leaves", fontsize=9)
    panels.percent(bar.ax.yaxis)
    told = "white: nobody leaves; black line: above it the rival fails"
    figure.suptitle(f"Who leaves, by what is paid and what holds them ({told})", fontsize=10)


def _pays(found: Assessment) -> Floats:
    """Return the pays that are computed: from none to twice the offer's."""
    offer = found.scenario.offer
    alike = [_amount(o) for o in found.scenario.offers if o.kind == offer.kind]
    reach = _BEYOND * (_amount(offer) or max(alike)) or 1.0
    n = found.scenario.community.n
    count = 129 if n <= _MANY else 33 if n <= 20 * _MANY else 9
    return np.asarray(np.linspace(0.0, reach, count), dtype=np.float64)


def _amount(offer: Offer) -> float:
    return 1.0 if offer.kind == "personal" else float(offer.amount)


def _steps(found: Assessment, pay: float, selection: Any) -> MissionSteps:
    """Return how much leaves at a pay, by mission; by worth of staying where it is unknown."""
    case = found.scenario
    amount = case.offer.amount if case.offer.kind == "personal" else 1.0
    offer = replace(case.offer, amount=amount * float(pay))
    town, rival, scale = case.community, case.rival, 1.0
    if not found.known:
        town, rival = of_purpose(town, rival, offer)
        scale = float(case.community.mission) or 1.0
    block = 0.0 if town.n <= _FEW else _BLOCK
    steps = every_mission(town, rival, offer, selection, block)
    return MissionSteps(steps.mission * scale, steps.share)


def _edges(steps: list[MissionSteps], share: float) -> list[Floats]:
    """Return the level below which each tenth leaves, and the share that counts, at each pay."""
    wanted = [1e-12, *(TENTHS[1:-1] - 1e-12), share - 1e-12]
    return [np.array([one.critical(s) for one in steps]) for s in wanted]


def _top(found: Assessment, maps: dict[str, list[MissionSteps]]) -> float:
    """Return the highest level shown: above the mission, and where the offer's members turn."""
    levels = [one.mission[-1] for steps in maps.values() for one in steps]
    now = float(found.scenario.community.mission) if found.known else 0.0
    return _HIGH * max(now, float(np.median(levels))) or 1.0


def _draw(axis: Any, pays: Floats, edges: list[Floats], colours: Any, top: float) -> None:
    *tenths, counts = [np.minimum(edge, 3 * top) for edge in edges]
    for edge, above, colour in zip(tenths, [*tenths[1:], 0 * counts], colours, strict=True):
        if (edge > above).any():
            kept = _bends(pays, edge)
            axis.fill_between(pays[kept], 0, edge[kept], color=colour, linewidth=0)
    line = np.where(counts > 0, counts, np.nan)
    kept = _bends(pays, counts) | (np.isnan(line) != np.isnan(np.roll(line, 1)))
    axis.plot(pays[kept], line[kept], color="black", linewidth=1.6)


def _bends(pays: Floats, edge: Floats) -> Mask:
    """Return where an edge is not straight, and its ends."""
    kept = np.ones(len(pays), dtype=bool)
    straight = (edge[:-2] + edge[2:]) / 2
    kept[1:-1] = np.abs(edge[1:-1] - straight) > 1e-9 * (1 + np.abs(edge).max())
    return kept


def _here(axis: Any, found: Assessment) -> None:
    pay = _amount(found.scenario.offer)
    if not found.known:
        axis.axvline(pay, color="black", linewidth=1, linestyle=":")
        return
    look = {"markersize": 14, "color": "black", "markeredgecolor": "white", "clip_on": False}
    axis.plot(pay, float(found.scenario.community.mission), "*", zorder=5, **look)


def _sign(found: Assessment) -> str:
    return f" ({found.words.money})" if found.words.money else ""


def _across(found: Assessment) -> str:
    words, offer = found.words, found.scenario.offer
    here = "star" if found.known else "dotted"
    if offer.kind == "personal":
        return f"pay, in multiples of the offer ({here}: the offer)"
    if offer.kind == "piece_rate":
        return f"pay for each {words.contribution}{_sign(found)} ({here}: the offer)"
    whom = "each member" if offer.kind == "flat" else f"each of the top {offer.places:,}"
    whom = "the largest contributor" if offer.places == 1 else whom
    return f"pay to {whom}, {words.a_period}{_sign(found)} ({here}: as it is)"


def _upward(found: Assessment) -> str:
    if found.known:
        return "strength of the mission"
    text = f"what staying is worth to each, {found.words.a_period}{_sign(found)}"
    return panels.fitted(text, 34)
