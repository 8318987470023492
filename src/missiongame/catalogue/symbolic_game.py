"""The members' game in SymPy, for claims: one member, or a few spelt out.

A claim about every community speaks of one member i, whose temptation

    T(θ, w, G_stay, G_gone) = w + αθ_Rφ(w) + ρ G_gone − (αθ + h + G_stay)

depends on the others only through the sums G_stay = Σ_{j≠i} g_ij (1 − x_j) and
G_gone = Σ_{j≠i} g_ij x_j. `temptation` is the library's own (`Payoffs`), with
symbols replaced. `Members` spells out a game of n members, each with symbols of
their own, where the engine looks for counterexamples.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy as sp

from missiongame.model import symbols as m
from missiongame.payoffs import Payoffs

LEGAL: dict[str, Any] = {
    "mission": m.theta >= 0,
    "pay": m.w >= 0,
    "rival's mission": m.theta_R >= 0,
    "portability": sp.And(m.rho >= 0, m.rho <= 1),
    "crowding": m.kappa >= 0,
}
"""The legal ranges of the model's numbers, by name."""

ALONE: dict[str, Any] = {"alone": sp.And(sp.Eq(m.G_stay, 0), sp.Eq(m.G_gone, 0))}
"""That a member has no ties."""


def legal(*names: str) -> dict[str, Any]:
    """Return some of the legal ranges."""
    return {name: LEGAL[name] for name in names}


def real(names: str) -> Any:
    """Return real symbols, as `sympy.symbols` does."""
    return sp.symbols(names, real=True)


@cache
def _standard() -> Any:
    return Payoffs().temptation


def temptation(**values: Any) -> Any:
    """Return the standard temptation with symbols replaced, by their names in `symbols`.

    Examples
    --------
    >>> temptation(theta_R=0, G_stay=0, G_gone=0)
    -alpha*theta - h + w
    """
    return _standard().subs({getattr(m, name): value for name, value in values.items()})


def indicator(condition: Any) -> Any:
    """Return 1 where `condition` holds, else 0."""
    return sp.Piecewise((sp.Integer(1), condition), (sp.Integer(0), True))


def zero_or_one(*symbols: Any) -> Any:
    """Return the condition that each symbol is 0 or 1."""
    return sp.And(*(sp.Or(sp.Eq(symbol, 0), sp.Eq(symbol, 1)) for symbol in symbols))


Profile = tuple[int, ...]
"""One 0 (stays) or 1 (leaves) a member."""


def one_each(letter: str, n: int = 2) -> tuple[Any, ...]:
    """Return n members' symbols of one letter, numbered from 1."""
    return tuple(real(f"{letter}_{i + 1}") for i in range(n))


@dataclass(frozen=True)
class Members:
    """A members' game of n members, in symbols numbered from 1.

    Attributes
    ----------
    n : int
    alpha, h, c : tuples of n symbols
    ties : dict of (i, j) to symbol or number
        g_ij, counted from 0; zero where absent.
    shared : dict of str to symbol or number
        Values of θ_R, ρ, κ, where they are not the model's symbols.
    """

    n: int
    ties: dict[tuple[int, int], Any]
    shared: dict[str, Any]
    alpha: tuple[Any, ...]
    h: tuple[Any, ...]
    c: tuple[Any, ...]

    @classmethod
    def of(cls, n: int, ties: Any = "all", **shared: Any) -> Members:
        """Make a game of `n` members; `ties` is "all" or the pairs that have one."""
        pairs = list(itertools.permutations(range(n), 2)) if ties == "all" else list(ties)
        worth = {(i, j): real(f"g_{i + 1}{j + 1}") for i, j in pairs}
        return cls(n, worth, shared, *(one_each(letter, n) for letter in ("alpha", "h", "c")))

    @property
    def friendly(self) -> Any:
        """The condition that no tie is negative."""
        return sp.And(*(tie >= 0 for tie in self.ties.values()))

    def profiles(self) -> Iterator[Profile]:
        """Yield all profiles, nobody leaving first."""
        return itertools.product((0, 1), repeat=self.n)

    def whoever(self, left: tuple[Any, ...], condition: Callable[[Profile], Any]) -> Any:
        """Return that a condition holds of the profile which the symbols `left` spell."""
        return sp.And(
            *(
                sp.Implies(sp.And(*map(sp.Eq, left, profile)), condition(profile))
                for profile in self.profiles()
            )
        )

    def tempted(self, i: int, others: Profile, theta: Any, w: Any) -> Any:
        """Return T_i where the others do as `others` says (its own entry is ignored)."""
        company = [j for j in range(self.n) if j != i]
        around = [(self.ties.get((i, j), sp.Integer(0)), others[j]) for j in company]
        return temptation(
            alpha=self.alpha[i],
            h=self.h[i],
            theta=theta,
            w=w,
            G_stay=sp.Add(*(g for g, gone in around if not gone)),
            G_gone=sp.Add(*(g for g, gone in around if gone)),
            **self.shared,
        )

    def equilibrium(self, x: Profile, theta: Any, w: Any) -> Any:
        """Return the condition that profile `x` is an equilibrium; ``w`` one pay for all."""
        gains = [self.tempted(i, x, theta, w) for i in range(self.n)]
        return sp.And(*(t >= 0 if leaves else t <= 0 for t, leaves in zip(gains, x, strict=True)))

    def selected(self, x: Profile, theta: Any, w: Any, least: bool) -> Any:
        """Return the condition that `x` is the least (or the greatest) equilibrium."""
        within = [z for z in self.profiles() if z != x and not _below(x, z, least)]
        return sp.And(
            self.equilibrium(x, theta, w),
            *(sp.Not(self.equilibrium(z, theta, w)) for z in within),
        )


def _below(x: Profile, z: Profile, least: bool) -> bool:
    """Return whether x ⊆ z (where `least`), or z ⊆ x."""
    return all((a <= b) if least else (a >= b) for a, b in zip(x, z, strict=True))
