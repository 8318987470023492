"""Pay enough or do not pay at all: effort under a bonus, and the experiments beside the fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.mechanisms import crowding, experiments, lasting
from missiongame.plots import panels


def effort(drive: float = 4.0, crowdings: tuple[float, ...] = (0.2, 0.5, 1.0, 3.0)) -> Any:
    """Return the picture of effort against the bonus, one curve for each strength of crowding.

    Where the bonus backfires, a dot marks the least effort and a ring the bonus from
    which on paying is better than not paying.

    Parameters
    ----------
    drive : M, money
    crowdings : κ, 1/money
    """
    from matplotlib import colormaps

    made, (panel,) = panels.figure()
    most = max(float(crowding.pay_enough(drive, k)) for k in crowdings)
    bonus = np.linspace(0, 1.5 * max(most, 1.0), 400)
    shades = colormaps["Blues"](np.linspace(0.35, 0.95, len(crowdings)))
    for k, colour in zip(crowdings, shades, strict=True):
        curve = crowding.effort(bonus, drive, k)
        panel.plot(bonus, curve, color=colour, label=f"κM = {k * drive:g}")
        worst, enough = crowding.worst_bonus(drive, k), crowding.pay_enough(drive, k)
        if enough > 0:
            panel.plot(worst, crowding.least_effort(drive, k), "o", color=colour, markersize=6)
            panels.ring(panel, enough, drive, colour, 8)
    panel.axhline(drive, color=panels.QUIET, linewidth=1, linestyle="--")
    look = {"ha": "right", "va": "top", "color": panels.QUIET}
    panels.note(panel, "effort without pay", (bonus[-1], drive), (0, -4), **look)
    title = "A bonus backfires until it is large enough (ring); worst at the dot"
    panels.label(panel, "bonus b (money a unit of effort)", "effort e(b) (money)", title)
    panels.legend(panel)
    panel.set_xlim(left=0)
    return made


def measured() -> Any:
    """Return the picture of the published experiments beside the fitted models.

    After Gneezy and Rustichini; how well each fits stands in the panel.
    """
    made, (first, second, third) = panels.figure(1, 1, 1, size=(13.8, 4.3))
    _experiment(first, experiments.donations)
    _experiment(second, experiments.iq_test)
    _day_care(third)
    return made


def _experiment(panel: Any, experiment: experiments.Experiment) -> None:
    fit = crowding.fit(experiment.pay, experiment.items)
    pay = np.linspace(0, 1.05 * max(experiment.pay), 500)
    panel.plot(pay, fit.items(pay), color=panels.HERE, label="fitted M/(1 + κb) + λb")
    panel.plot(experiment.pay, experiment.items, "o", color=panels.AWAY, label="measured mean")
    panels.label(panel, experiment.pay_unit, experiment.items_unit, experiment.name)
    panel.set_ylim(0, 1.25 * max(experiment.items))
    exact = "three points, three parameters" if fit.points == 3 else f"{fit.points} points"
    said = (
        f"M = {fit.drive:.4g}, κ = {fit.crowding:.3g}, λ = {fit.weight:.3g}\n"
        f"R² = {fit.r_squared:.2f} ({exact})"
    )
    panel.text(0.97, 0.05, said, transform=panel.transAxes, ha="right", fontsize=9)
    panels.legend(panel, "upper right")


def _day_care(panel: Any) -> None:
    table = experiments.day_care
    edges = (0, *table.weeks)
    panel.axvspan(*table.weeks[:2], color=panels.AWAY, alpha=0.08, linewidth=0)
    panel.text(sum(table.weeks[:2]) / 2, 22.2, "fine in force", ha="center", fontsize=9)
    for means, colour, width, name in (
        (table.fined, panels.AWAY, 2.4, "centres with a fine, mean"),
        (table.control, panels.QUIET, 1.6, "centres without, mean"),
    ):
        panel.stairs(means, edges, baseline=None, color=colour, linewidth=width, label=name)
    middles = np.add(edges[:-1], edges[1:]) / 2
    for kind, marker, aside, face, name in (
        (True, "D", -0.5, panels.HERE, "fitted, it stays out"),
        (False, "s", 0.5, "white", "fitted, it comes back"),
    ):
        fit = lasting.fit_fine(table.fine, table.fined, table.lengths, lasting=kind)
        said = f"{name}: R² = {fit.r_squared:.2f} ({fit.parameters} parameters)"
        look = {"color": panels.HERE, "markersize": 6, "markerfacecolor": face, "label": said}
        panel.plot(middles + aside, fit.fitted, marker, **look)
    panels.label(panel, "week", "late arrivals a centre and week", "A fine for coming late")
    panel.set(xlim=(0, table.weeks[-1]), ylim=(0, 24), xticks=range(0, table.weeks[-1] + 1, 4))
    panels.legend(panel, "lower center")
