"""What a community's price is made of: the price over the share, and what protects.

Left, the price of collapse across the share of the work that a rival wins for
certain, with the band down to its proved lower bound. Right, one bar for each of
purpose, enjoyment and ties: its width is what it is worth to those approached, its
height the part of it that a rival has to pay; so its area is its part of the price.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.collapse import Curve, Reading

COLOURS = {"purpose": "#1b6ca8", "enjoyment": "#6a9f58", "ties": "#e0a030"}
_PAID, _NOT = 0.95, 0.22  # how opaque what is paid for is, and what is not


def draw_price(
    curve: Curve,
    reading: Reading,
    title: str,
    said: str = "",
    budget: float | None = None,
    money: str = "",
    period: str = "month",
    rival: str = "the rival",
) -> Any:
    """Return the picture, a `matplotlib.figure.Figure`.

    Parameters
    ----------
    curve : Curve
    reading : Reading
        Of the price that the right panel takes apart.
    title, said : str
        Above the picture; `said` is a second line.
    budget : float, optional
        A line across the left panel, money a period.
    money, period, rival : str
        How the axes call them.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10.5, 4.8), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    _curve(left, curve, budget, money)
    left.set_xlabel("share of the work won for certain")
    left.set_ylabel(f"price a {period}" + (f" ({money})" if money else ""))
    _protects(right, reading, money)
    right.set_title(f"what {rival} has to pay of each {money or 'unit '}1", fontsize=10)
    for axis in (left, right):
        for edge in ("top", "right"):
            axis.spines[edge].set_visible(False)
    figure.suptitle(title + (f"\n{said}" if said else ""), fontsize=11)
    return figure


def _curve(axis: Any, curve: Curve, budget: float | None, money: str) -> None:
    share, total, bound = (np.append(0.0, v) for v in (curve.share, curve.total, curve.lower_bound))
    axis.step(share, total, where="pre", color="black", linewidth=1.6)
    if np.any(bound < total * (1 - 1e-9)):
        axis.fill_between(share, bound, total, step="pre", color="black", alpha=0.15, linewidth=0)
        axis.plot([], [], color="black", alpha=0.25, linewidth=6, label="down to what is proved")
        axis.legend(loc="upper left", frameon=False, fontsize=9)
    axis.set_xlim(0, 1)
    axis.set_ylim(0, (float(total.max()) or 1.0) * 1.05)
    if budget is not None and 0 < budget <= axis.get_ylim()[1]:
        axis.axhline(budget, color="firebrick", linewidth=1, linestyle=":")
        axis.annotate(
            f"budget {money}{budget:,.10g}",
            (0.01, budget),
            xytext=(2, 3),
            textcoords="offset points",
            fontsize=9,
            color="firebrick",
        )
    axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")


def _protects(axis: Any, reading: Reading, money: str) -> None:
    shown = {n: v for n, v in reading.values.items() if v > 0}
    if not shown:
        axis.text(0.5, 0.5, "nothing holds them", ha="center", transform=axis.transAxes)
        axis.set_axis_off()
        return
    edge, gap = 0.0, 0.04 * sum(shown.values())
    low = 0.0
    for name, worth in shown.items():
        part = reading.split[name] / worth
        low = min(low, part)
        colour = COLOURS[name]
        axis.bar(edge, 1, worth, align="edge", color=colour, alpha=_NOT)
        axis.bar(edge, part, worth, align="edge", color=colour, alpha=_PAID)
        axis.text(edge + worth / 2, 1.02, _told(name, reading, money), ha="center", fontsize=9)
        edge += worth + gap
    axis.set_xlim(0, edge - gap)
    axis.set_ylim(min(0.0, low * 1.1), 1.3)
    axis.set_xticks([])
    axis.set_xlabel("width: what it is worth to those approached")


def _told(name: str, reading: Reading, money: str) -> str:
    paid, worth = reading.split[name], reading.values[name]
    return f"{name}\n{money}{paid:,.4g} of\n{money}{worth:,.4g}"
