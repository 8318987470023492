"""The way down in time, and the loop of an offer that rises and falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.plots import panels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from missiongame.mechanisms.best_response import Path
    from missiongame.mechanisms.dynamics import Trajectory
    from missiongame.mechanisms.hysteresis import Loop

_COLOURS = (panels.HERE, panels.AWAY, panels.THIRD, "#5b4b8a", "#3c7a4b", "black")


def paths(found: Mapping[str, Path | Trajectory], share: float = 0.5) -> Any:
    """Return the picture of defection in time, one line a path; a dot where `share` is lost.

    Parameters
    ----------
    found : mapping of name to path
        Best-response paths advance one round a unit of time, as steps.
    share : number in (0, 1]
        The share whose loss counts as collapse.
    """
    made, (panel,) = panels.figure()
    last = max((float(p.times[-1]) for p in found.values() if hasattr(p, "times")), default=0.0)
    for k, (name, path) in enumerate(found.items()):
        colour = _COLOURS[k % len(_COLOURS)]
        times, away, when = _line(path, share, last)
        said = "holds" if when is None else f"at {when:.3g}"
        way = "default" if hasattr(path, "times") else "steps-post"
        panel.plot(times, away, color=colour, drawstyle=way, label=f"{name}: {said}")
        if when is not None:
            panel.plot(when, share, "o", color=colour, markersize=7)
    panel.axhline(share, color=panels.QUIET, linewidth=1, linestyle="--")
    title = f"Does the community lose {100 * share:.0f}% of the work, and when?"
    panels.label(panel, "time (rounds; or the unit of the rates)", "share of the work away", title)
    panels.percent(panel.yaxis)
    panel.set_ylim(-0.02, 1.05)
    panel.set_xlim(left=0)
    panels.legend(panel)
    return made


def _line(path: Any, share: float, last: float) -> tuple[Any, Any, float | None]:
    """Return times, defection and when the share is lost; a settled path goes on to `last`."""
    if hasattr(path, "times"):
        return path.times, path.defection, _crossing(path.times, path.defection, share)
    rounds, away = [float(t) for t in range(len(path.states))], path.defection.tolist()
    if path.settled:
        rounds, away = [*rounds, max(last, rounds[-1] + 1)], [*away, away[-1]]
    return rounds, away, path.time_to_collapse(share)


def _crossing(times: Any, defection: Any, share: float) -> float | None:
    reached = np.flatnonzero(defection >= share)
    if len(reached) == 0:
        return None
    around = slice(max(int(reached[0]) - 1, 0), int(reached[0]) + 1)
    return float(np.interp(share, defection[around], times[around]))


def loop(
    found: Loop, share: float = 0.5, across: str = "amount of the offer (money a period)"
) -> Any:
    """Return the picture of the way down and the way back, with where `share` tips.

    Parameters
    ----------
    found : Loop
    share : number in (0, 1]
    across : str
        The name and unit of the amount.
    """
    end = 1.15 * max((float(a) for a, _ in (*found.up, *found.down)), default=1.0) or 1.0
    up, down = [(0, found.at_nothing), *found.up], [(end, found.at_any_height), *found.down]
    made, (panel,) = panels.figure()
    for steps, edge, amount, colour, name in (
        (up, end, found.tipping(share), panels.AWAY, "the offer rises"),
        (down, 0, found.recovery(share), panels.HERE, "the offer falls again"),
    ):
        x, y = np.array([*steps, (edge, steps[-1][1])], dtype=float).T
        panel.step(x, y, where="post", color=colour, linewidth=2, label=name)
        _arrow(panel, x, y, colour)
        if amount is not None and np.isfinite(float(amount)):
            panel.plot(float(amount), share, "o", color=colour, markersize=7)
            aside, side = (-7, "right") if edge == 0 else (7, "left")
            at = (float(amount), share)
            panels.note(panel, f"{float(amount):,.4g}", at, (aside, 5), ha=side, color=colour)
    panels.label(panel, across, "share of the work away", _said(found, share))
    panels.percent(panel.yaxis)
    panel.set(xlim=(0, end), ylim=(-0.03, 1.12), yticks=np.linspace(0, 1, 6))
    panels.legend(panel, "center left")
    return made


def _arrow(panel: Any, x: Any, y: Any, colour: str) -> None:
    """Show the direction on the largest jump."""
    if len(x) < 3:
        return
    k = int(np.argmax(np.abs(np.diff(y))))
    rise = y[k + 1] - y[k]
    at = max(y[k], y[k + 1]) - 0.3 * abs(rise)
    look = {"arrowstyle": "-|>", "color": colour, "linewidth": 2, "mutation_scale": 18}
    end = (x[k + 1], at + 0.05 * np.sign(rise))
    panel.annotate("", end, xytext=(x[k + 1], at), arrowprops=look)


def _said(found: Loop, share: float) -> str:
    tipping, recovery = found.tipping(share), found.recovery(share)
    if not np.isfinite(float(tipping)):
        return "No amount breaks this community"
    if recovery is None:
        return f"It falls at {float(tipping):,.4g}, and does not come back even for nothing"
    return f"It falls at {float(tipping):,.4g} and comes back below {float(recovery):,.4g}"
