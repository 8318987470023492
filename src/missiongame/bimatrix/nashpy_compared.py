"""A game in; out, a table of what each of nashpy's methods finds of it, misses, gets wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from missiongame.bimatrix.dominance import undominated
from missiongame.bimatrix.equilibria import Dropped, Equilibria, Equilibrium
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.nashpy_labels import asked, labelled
from missiongame.bimatrix.nashpy_methods import METHODS
from missiongame.bimatrix.solver import solve


@dataclass(frozen=True)
class MethodCompared:
    """What one method of nashpy made of a game.

    Attributes
    ----------
    method : str
    found, missed : tuple of Equilibrium
        The extreme equilibria that a vector of its own is within 10⁻⁶ of, and the others.
    false : tuple of Dropped
        The vectors it returned that are no extreme equilibrium, each with the reason.
    remarks : tuple of str
        What it raised or warned of, and which paths did not end.
    """

    method: str
    found: tuple[Equilibrium, ...]
    missed: tuple[Equilibrium, ...]
    false: tuple[Dropped, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """A line for each of nashpy's methods, beside the complete answer `exact`; print it."""

    exact: Equilibria
    methods: tuple[MethodCompared, ...]

    def __iter__(self) -> Iterator[MethodCompared]:
        return iter(self.methods)

    def __str__(self) -> str:
        line = "{:<21}{:<7}{:<8}{:<7}{}".format
        lines = [line("method", "found", "missed", "false", "remarks")]
        for m in self:
            counts = map(len, (m.found, m.missed, m.false))
            lines.append(line(m.method, *counts, "; ".join(m.remarks)).rstrip())
        return "\n".join(lines)


def compare_nashpy(A: Any, B: Any = None, limit: float = 10.0) -> Comparison:
    """Return what each of nashpy's methods finds of a game, misses and gets wrong.

    Parameters
    ----------
    A, B : matrices
        Payoffs, as in `solve`. nashpy gets the game without the strategies that a pure
        one strictly dominates.
    limit : float
        Seconds for each of nashpy's methods; the exact answer takes what it needs.

    Examples
    --------
    Two equilibria are the ends of a segment. nashpy returns one end:

    >>> print(compare_nashpy([[1, 1], [0, 1]], [[0, 1], [1, 0]]))
    method               found  missed  false  remarks
    support_enumeration  1      1       0
    vertex_enumeration   2      0       0
    lemke_howson         1      1       0
    """
    exact = solve(A, B)
    kept = undominated(exact.game, mixed=False)
    methods = []
    for method in METHODS:
        found = asked(exact.game.part(*kept), method, Clock(limit, progress=False))
        own = labelled(exact, kept, found)
        methods.append(
            MethodCompared(
                method,
                tuple(e for e in own if e.computed_by == "nashpy"),
                tuple(e for e in own if e.computed_by != "nashpy"),
                tuple(d for d in own.dropped if d.is_false),
                tuple(d.why for d in own.dropped if not d.row),
            )
        )
    return Comparison(exact, tuple(methods))
