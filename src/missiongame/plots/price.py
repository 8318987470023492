"""What a community's price is made of: the price over the share, and what protects.

Left, the price of collapse against the share of the work that a rival wins for
certain, shaded down to its proved lower bound. Right, one bar for a unit of money of
each of purpose, enjoyment and ties: how much of it a rival has to pay.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.plots import panels
from missiongame.price import Curve, Reading

COLOURS = {"purpose": "#1b6ca8", "enjoyment": "#6a9f58", "ties": "#d9962b"}
_PAID, _NOT = 0.95, 0.2  # how opaque what is paid for is, and what is not
_SEEN = 0.005  # of the highest price: a lower bound nearer than that cannot be seen


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
    made, (left, right) = panels.figure(1.2, 1, size=(10.5, 4.8), grid=False)
    _curve(left, curve, budget, money)
    upward = f"price a {period}" + (f" ({money})" if money else "")
    across = "share of the work won for certain"
    panels.label(left, across, upward, "what a part of the work costs")
    _protects(right, reading, money)
    unit = f"{money}1" if money else "one unit of money"
    panels.label(right, "", "", f"what {rival} has to pay of {unit} of each")
    made.suptitle(title + (f"\n{said}" if said else ""), fontsize=11)
    return made


def _curve(axis: Any, curve: Curve, budget: float | None, money: str) -> None:
    share, total, bound = (np.append(0.0, v) for v in (curve.share, curve.total, curve.lower_bound))
    top = float(total.max()) or 1.0
    axis.plot(share, total, color="black", linewidth=1.4, marker="o", markersize=3.5)
    if np.any(bound < total - _SEEN * top):
        axis.fill_between(share, bound, total, color="black", alpha=0.2, linewidth=0)
        axis.fill_between([], [], color="black", alpha=0.2, label="down to what is proved")
        panels.legend(axis, "center left")
    axis.set(xlim=(0, 1.02), ylim=(0, top * 1.05))
    if budget is not None and 0 < budget <= top * 1.05:
        axis.axhline(budget, color="firebrick", linewidth=1, linestyle=":")
        aside, side = (-4, "top") if budget > 0.9 * top else (3, "bottom")
        text, look = f"the budget, {_money(budget, money)}", {"va": side, "color": "firebrick"}
        panels.note(axis, text, (0.01, budget), (2, aside), **look)
    panels.percent(axis.xaxis)
    panels.thousands(axis.yaxis)


def _protects(axis: Any, reading: Reading, money: str) -> None:
    shown = [name for name, worth in reading.values.items() if worth > 0]
    if not shown:
        axis.text(0.5, 0.5, "nothing is worth anything to them", ha="center")
        axis.set_axis_off()
        return
    parts = [reading.split[name] / reading.values[name] for name in shown]
    for k, (name, part) in enumerate(zip(shown, parts, strict=True)):
        axis.bar(k, 1, 0.6, color=COLOURS[name], alpha=_NOT)
        axis.bar(k, part, 0.6, color=COLOURS[name], alpha=_PAID)
        said = f"{_sign(part)}{money}{abs(part):.2f}"
        axis.text(k, max(part, 0) + 0.02, said, ha="center", va="bottom", fontsize=11)
    axis.axhline(0, color="black", linewidth=0.8)
    room = max(0, len(COLOURS) - len(shown)) / 2  # one bar alone is no wider than three
    axis.set_xlim(-0.6 - room, len(shown) - 0.4 + room)
    axis.set_ylim(min(0.0, 1.15 * min(parts)), max(1.12, 1.12 * max(parts)))
    axis.set_xticks(range(len(shown)), [_told(n, reading, money) for n in shown], fontsize=9)
    axis.tick_params(axis="x", length=0)
    axis.yaxis.set_major_formatter(lambda value, _: f"{_sign(value)}{money}{abs(value):.10g}")


def _told(name: str, reading: Reading, money: str) -> str:
    worth, paid = reading.values[name], reading.split[name]
    return f"{name}\nworth {_money(worth, money)}\nin the price {_money(paid, money)}"


def _sign(value: float) -> str:
    return "−" if value < 0 else ""


def _money(value: float, money: str) -> str:
    digits = f"{abs(value):,.0f}" if abs(value) >= 1000 else f"{abs(value):.4g}"
    return f"{_sign(value)}{money}{digits}"
