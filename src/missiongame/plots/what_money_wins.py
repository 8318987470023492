"""From an assessment to its picture: which sum wins what share of the work.

Where company is known, maps of pay and worth below: see `missiongame.plots.worth_map`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from missiongame.assessment import Assessment, amount, percent, work
from missiongame.exact import Floats
from missiongame.plots import panels
from missiongame.plots.money_steps import (
    MoneySteps,
    not_excluded,
    thinned,
    won,
    won_by_offer,
    won_if_even,
)
from missiongame.plots.worth_map import draw_maps, has_map
from missiongame.scenarios import Words

_WIDE = 7.6  # inches
_DECADES = 30  # a sum so many times the least asks for a logarithmic axis
_POINTS = 700  # along an axis: more cannot be seen
_SEEN = 0.015  # of the work
_LINE = 88  # letters
_ENTRY = 112  # of the legend
_SIGN = 6


class _Axis(NamedTuple):
    """The axis of money: whether it is logarithmic, and from where to where."""

    log: bool
    low: float
    high: float

    def place(self, money: float) -> float:
        """Return a sum, or the edge that is nearest."""
        return min(max(money, self.low), self.high)


def assessment_picture(found: Assessment) -> Any:
    """Return the picture of an assessment, a `matplotlib.figure.Figure`.

    Examples
    --------
    >>> import missiongame as mg
    >>> figure = assessment_picture(mg.assess(mg.scenarios.load("digg-netscape")))
    >>> figure.get_suptitle()
    'A fifth of the work hangs on 4 of 2,287 submitters'
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"text.parse_math": False}):
        mapped = has_map(found)
        figure = Figure(figsize=(_WIDE, 9.4 if mapped else 5.6), layout="constrained")
        top: Any = figure
        if mapped:
            halves: Any = figure.subfigures(2, 1, height_ratios=(1.25, 1))
            top = halves[0]
            draw_maps(halves[1], found)
        if found.priceable:
            _draw(top, found)
        figure.suptitle(panels.fitted(_finding(found), 62), fontsize=12.5, fontweight="bold")
    return figure


def _finding(found: Assessment) -> str:
    """Return the share that counts, and on how many it hangs."""
    n, members = found.scenario.community.n, found.words.members
    who = f"all {n:,}" if found.hinges_on == n else f"{found.hinges_on:,} of {n:,}"
    return found.english.sentence(f"{work(found.share)} hangs on {who} {members}")


def _entry(text: str) -> str:
    """Return an entry of the legend."""
    return panels.fitted(text, _ENTRY)


def _draw(figure: Any, found: Assessment) -> None:
    axis = figure.subplots()
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(alpha=0.25, linewidth=0.6)
    axis.set_axisbelow(True)
    bought, even, most = won(found), won_if_even(found), not_excluded(found)
    reach = _reach(found, [s for s in (bought, even) if s is not None])
    axis.set_xscale("log" if reach.log else "linear")
    axis.set(xlim=(reach.low, reach.high), ylim=(0, 1.03))
    label = "what the sum wins for certain, if it is spent best"
    _line(axis, bought, reach, label, color=panels.HERE, linewidth=2)
    if most is not None:
        _shade(axis, bought, most, reach)
    if even is not None and not _same(even, bought):
        label = "what it wins if all made equally much"
        _line(axis, even, reach, label, color=panels.QUIET, linewidth=1.4, linestyle=(0, (4, 2)))
    axis.axhline(float(found.share), color="black", linewidth=0.9, linestyle=":")
    _hinge(axis, found, bought, reach)
    (_of_multiples if found.in_multiples else _of_money)(axis, found, reach)
    panels.percent(axis.yaxis)
    axis.set_ylabel("share of the work won")
    axis.set_title(panels.fitted(found.scenario.title, _LINE), fontsize=10, loc="left")
    figure.legend(loc="outside lower left", frameon=False, fontsize=8.7, handlelength=2.4)


def _reach(found: Assessment, steps: list[MoneySteps]) -> _Axis:
    """Return from where to where sums are shown: all steps, and in money all marks."""
    marks = [] if found.in_multiples else [float(found.budget), float(found.cost)]
    sums = np.concatenate([*(s.money for s in steps), np.array(marks)])
    sums = sums[sums > 0]
    if not len(sums):
        return _Axis(False, 0.0, 1.0)
    low, high = float(sums.min()), float(sums.max())
    if found.in_multiples or high > _DECADES * low:
        return _Axis(True, low / 1.6, high * 1.3)
    return _Axis(False, 0.0, high * 1.05)


def _line(axis: Any, steps: MoneySteps, reach: _Axis, label: str, **look: Any) -> None:
    shown = thinned(steps, _POINTS, reach.log)
    money, share = np.maximum(shown.money, reach.low), shown.share
    money, share = np.append(money, reach.high), np.append(share, share[-1])
    axis.plot(
        money, share, drawstyle="steps-post", label=_entry(label), solid_joinstyle="miter", **look
    )


def _shade(axis: Any, bought: MoneySteps, most: MoneySteps, reach: _Axis) -> None:
    """Shade between what is won for certain and what is not proved to be too much."""
    sums = np.unique(np.concatenate((bought.money, most.money, [reach.high])))
    low = np.array([bought.at(money) for money in sums])
    high = np.maximum(low, np.array([most.at(money) for money in sums]))
    if not (high - low > _SEEN).any():
        return
    label = "perhaps: neither found nor proved to be too much"
    look = {"step": "post", "color": panels.HERE, "alpha": 0.16, "linewidth": 0}
    axis.fill_between(np.maximum(sums, reach.low), low, high, label=label, **look)


def _hinge(axis: Any, found: Assessment, bought: MoneySteps, reach: _Axis) -> None:
    """Write at the line of success how many make that share, on the side where there is room."""
    share = float(found.share)
    made = panels.fitted(f"made by {found.english.people(found.hinges_on)}", 40)
    text = f"success: {work(found.share)},\n{made}"
    reached = int(np.searchsorted(bought.share, share - 1e-12))
    crosses = bought.money[reached] if reached < len(bought.money) else reach.high
    at = axis.transLimits.transform(axis.transScale.transform((reach.place(crosses), share)))[0]
    left = at > 0.4
    high = share > 0.85
    axis.text(
        0.01 if left else 0.99,
        share,
        text,
        transform=axis.get_yaxis_transform(),
        ha="left" if left else "right",
        va="top" if high or not left else "bottom",
        fontsize=8.5,
        bbox=panels.ON_WHITE,
        zorder=3,
    )


def _of_money(axis: Any, found: Assessment, reach: _Axis) -> None:
    """Mark the offer as made and the same sum spent best, in money."""
    words, tell, case = found.words, found.english, found.told
    if case.defection is not None:
        least, greatest = (float(k) for k in case.defection)
        reads = percent(least)
        if least != greatest:
            reads += f" if they expect each other to stay, {percent(greatest)} if to leave"
        offer = tell.offer(found.scenario.offer)
        whom = f"the offer as made, {offer}" if found.cost else "without any pay"
        x = reach.place(float(found.cost))
        look = {"color": panels.AWAY, "markersize": 11, "clip_on": False, "zorder": 4}
        axis.plot([x, x], [least, greatest], "o-", label=_entry(f"{whom}: {reads}"), **look)
    if found.budget:
        raid = case.best_raid
        spent = "a budget of" if found.budget_given else "the same"
        low, high = float(raid.share_at_least), float(raid.share_at_most)
        reads = percent(low) if low == high else f"{percent(low)} to {percent(high)}"
        label = f"{spent} {tell.money(found.budget)} spent best: {reads}"
        look = {"color": panels.HERE, "markersize": 8, "clip_on": False, "zorder": 5}
        x = reach.place(float(found.budget))
        axis.plot([x], [low], "D", markeredgecolor="white", label=_entry(label), **look)
    worth = ""
    if case.worth is not None:
        worth = f", if the mission is worth {tell.money(case.worth)} to each"
    money = f" ({words.money})" if words.money else ""
    label = f"the sum that {words.rival} pays {words.a_period}{money}{worth}"
    axis.set_xlabel(panels.fitted(label, _LINE))
    axis.xaxis.set_major_formatter(_money(words))


def _of_multiples(axis: Any, found: Assessment, reach: _Axis) -> None:
    """Mark up to which worth of staying the offer, and its sum spent best, are enough."""
    words, tell, t = found.words, found.english, found.threshold
    label = f"the sum that {words.rival} pays, in multiples of what staying is worth to one"
    axis.set_xlabel(panels.fitted(label, _LINE))
    axis.xaxis.set_major_formatter(lambda value, _: amount(value))
    budget = float(found.budget)
    if not budget:
        return
    offer, share = won_by_offer(found), float(found.share)
    name = f"the offer as made, {tell.offer(found.scenario.offer)}"
    if len(offer.money) > 1:
        _line(axis, offer, reach, name, color=panels.AWAY, linewidth=1.6)
    spent = "a budget of" if found.budget_given else "the same"
    best = f"{spent} {tell.money(found.budget)} spent best"
    for level, label, mark, colour, size in (
        (t.offer, "the offer wins", "o", panels.AWAY, 12),
        (t.budget, f"{best} wins", "D", panels.HERE, 8),
    ):
        if 0 < level < np.inf and budget / float(level) <= reach.high:
            until = (
                f"{label} {work(found.share)} if staying is worth less than {tell.money(level, -1)}"
            )
            look = {"color": colour, "markeredgecolor": "white", "markersize": size, "zorder": 5}
            axis.plot([budget / float(level)], [share], mark, label=_entry(until), **look)
    turned = _turned(budget)
    top = axis.secondary_xaxis("top", functions=(turned, turned))
    top.xaxis.set_major_formatter(_money(words))
    label = (
        f"what staying is worth to each, {words.a_period}, where {tell.money(budget)} is that much"
    )
    top.set_xlabel(panels.fitted(label, _LINE), fontsize=9)
    top.tick_params(labelsize=8.5)


def _money(words: Words) -> Callable[[float, Any], str]:
    """Return how a tick says an amount, in a narrow place."""
    return lambda value, _: f"{words.money[:_SIGN]}{amount(value)}"


def _turned(budget: float) -> Callable[[Floats], Floats]:
    """Return the map from multiples to the worth of which the budget is so many, and back."""
    return lambda values: budget / np.maximum(values, budget * 1e-300)


def _same(one: MoneySteps, other: MoneySteps) -> bool:
    return len(one.money) == len(other.money) and all(
        bool(np.allclose(a, b)) for a, b in zip(one, other, strict=True)
    )
