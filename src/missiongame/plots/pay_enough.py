"""Pay enough or do not pay at all: effort under a bonus, and the experiments beside the fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.mechanisms import crowding, experiments, lasting
from missiongame.plots import style


def effort(drive: float = 4.0, crowdings: tuple[float, ...] = (0.2, 0.5, 1.0, 3.0)) -> Any:
    """Return the picture of effort against the bonus, one curve for each strength of crowding.

    Where the bonus backfires, a dot marks the least effort and a ring the bonus from
    which on paying is better than not paying.

    Parameters
    ----------
    drive : M, money
    crowdings : κ, 1/money
    """
    made, (panel,) = style.figure(width=6.4, height=4.4)
    most = max(float(crowding.pay_enough(drive, k)) for k in crowdings)
    bonus = np.linspace(0, 1.5 * max(most, 1.0), 400)
    shades = np.linspace(0.35, 0.95, len(crowdings))
    for k, shade in zip(crowdings, shades, strict=True):
        colour = _blues(shade)
        panel.plot(
            bonus, crowding.effort(bonus, drive, k), color=colour, label=f"κM = {k * drive:g}"
        )
        worst, enough = crowding.worst_bonus(drive, k), crowding.pay_enough(drive, k)
        if enough > 0:
            panel.plot(worst, crowding.least_effort(drive, k), "o", color=colour, markersize=6)
            panel.plot(enough, drive, "o", color="white", markeredgecolor=colour, markersize=8)
    panel.axhline(drive, color=style.QUIET, linewidth=1, linestyle="--")
    panel.annotate(
        "effort without pay", (bonus[-1], drive), xytext=(0, -4), textcoords="offset points",
        ha="right", va="top", fontsize=9, color=style.QUIET,
    )  # fmt: skip
    style.label(
        panel, "bonus b (money a unit of effort)", "effort e(b) (money)",
        "A bonus backfires until it is large enough (ring); worst at the dot",
    )  # fmt: skip
    panel.legend(frameon=False, fontsize=9)
    panel.set_xlim(left=0)
    return made


def _blues(shade: float) -> Any:
    from matplotlib import colormaps

    return colormaps["Blues"](shade)


def measured() -> Any:
    """Return the picture of the published experiments beside the fitted models.

    After Gneezy and Rustichini; how well each fits stands in the panel.
    """
    made, panels = style.figure(columns=3, width=4.6, height=4.3)
    for panel, experiment in zip(
        panels, (experiments.donations, experiments.iq_test), strict=False
    ):
        _experiment(panel, experiment)
    _day_care(panels[2])
    return made


def _experiment(panel: Any, experiment: experiments.Experiment) -> None:
    fit = crowding.fit(experiment.pay, experiment.items)
    pay = np.linspace(0, 1.05 * max(experiment.pay), 500)
    panel.plot(pay, fit.items(pay), color=style.HERE, label="fitted M/(1 + κb) + λb")
    panel.plot(experiment.pay, experiment.items, "o", color=style.AWAY, label="measured mean")
    style.label(panel, experiment.pay_unit, experiment.items_unit, experiment.name)
    panel.set_ylim(0, 1.25 * max(experiment.items))
    exact = "three points, three parameters" if fit.points == 3 else f"{fit.points} points"
    panel.text(
        0.97, 0.05,
        f"M = {fit.drive:.4g}, κ = {fit.crowding:.3g}, λ = {fit.weight:.3g}\n"
        f"R² = {fit.r_squared:.2f} ({exact})",
        transform=panel.transAxes, ha="right", fontsize=9,
    )  # fmt: skip
    panel.legend(frameon=False, fontsize=9, loc="upper right")


def _day_care(panel: Any) -> None:
    table = experiments.day_care
    starts = (0, *table.weeks[:-1])
    fined = {"baseline": None, "color": style.AWAY, "linewidth": 2.4}
    control = {"baseline": None, "color": style.QUIET, "linewidth": 1.6}
    edges = (0, *table.weeks)
    panel.axvspan(*table.weeks[:2], color=style.AWAY, alpha=0.08, linewidth=0)
    panel.text(sum(table.weeks[:2]) / 2, 22.2, "fine in force", ha="center", fontsize=9)
    panel.stairs(table.fined, edges, label="centres with a fine, mean", **fined)
    panel.stairs(table.control, edges, label="centres without, mean", **control)
    middles = [(a + b) / 2 for a, b in zip(starts, table.weeks, strict=True)]
    for kind, marker, aside in ((True, "D", -0.5), (False, "s", 0.5)):
        fit = lasting.fit_fine(table.fine, table.fined, table.lengths, lasting=kind)
        name = "fitted, it stays out" if kind else "fitted, it comes back"
        panel.plot(
            np.add(middles, aside), fit.fitted, marker, color=style.HERE, markersize=6,
            markerfacecolor=style.HERE if kind else "white",
            label=f"{name}: R² = {fit.r_squared:.2f} ({fit.parameters} parameters)",
        )  # fmt: skip
    style.label(panel, "week", "late arrivals a centre and week", "A fine for coming late")
    panel.set_ylim(0, 24)
    panel.set_xlim(0, table.weeks[-1])
    panel.set_xticks(range(0, table.weeks[-1] + 1, 4))
    panel.legend(frameon=False, fontsize=8, loc="lower center")
