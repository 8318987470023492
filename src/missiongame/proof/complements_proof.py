"""Payoffs to verdicts on increasing differences, and to what Milgrom and Roberts conclude.

u has *increasing differences* in (x, y) iff for all x < x', y < y'

    u(x', y') − u(x, y')  ≥  u(x', y) − u(x, y)

A game whose players each choose a number is *supermodular* iff every payoff u_i
has increasing differences in (x_i, x_j) for every other j; it is *indexed* by a
parameter t iff every u_i has them in (x_i, t). Both are proved here for all
values, symbol by symbol.

Cited, not machine-checked: "the least and the greatest equilibrium of a
supermodular game exist and rise with its index" (Topkis 1979; Milgrom and
Roberts 1990, Theorem 6), for finite action sets, or compact ones and continuous
payoffs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from missiongame.errors import illegal, wrong_type
from missiongame.proof.decide import prove
from missiongame.proof.findings import Finding, Statics
from missiongame.proof.functions import Property
from missiongame.proof.monotone import check_parameter, second
from missiongame.proof.question import named
from missiongame.proof.verdicts import Proved, Refuted, Vacuous, Verdict

_AT = " (at "
MILGROM_ROBERTS = "Milgrom–Roberts 1990 (extreme equilibria of a supermodular game are monotone)"


def increasing_differences_of(
    expression: Any, first: Any, other: Any, assuming: Any = (), timeout: float = 10, sign: int = 1
) -> Verdict:
    """Decide whether an expression has increasing differences in two symbols.

    What is assumed of a symbol is assumed at both of its values. `sign` −1 asks for
    decreasing differences.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> type(increasing_differences_of(x * y - x**4, x, y)).__name__
    'Proved'
    """
    if first == other:
        raise illegal("other", other, "another symbol than the first")
    higher = {first: second(first), other: second(other)}
    low, high = expression.subs(first, higher[first]), expression.subs(higher, simultaneous=True)
    gain_low, gain_high = low - expression, high - expression.subs(other, higher[other])
    premises = {f"{s} < {t}": sp.Lt(s, t) for s, t in higher.items()}
    for name, assumption in named(assuming).items():
        premises |= dict(_at_corners(name, assumption, higher))
    relation = sp.Ge if sign > 0 else sp.Le
    return prove(relation(gain_high, gain_low, evaluate=False), premises, timeout=timeout)


def _at_corners(name: str, assumption: Any, higher: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Yield an assumption at all values of the symbols that it mentions."""
    yield name, assumption
    if isinstance(assumption, Property):
        return
    moved = {s: t for s, t in higher.items() if s in assumption.free_symbols}
    for symbol, value in moved.items():
        yield f"{name}{_AT}{value})", assumption.subs(symbol, value)
    if len(moved) > 1:
        at = " and ".join(str(t) for t in moved.values())
        yield f"{name}{_AT}{at})", assumption.subs(moved, simultaneous=True)


@dataclass(frozen=True)
class SupermodularGame:
    """Players who each choose a number, to be proved supermodular.

    Parameters
    ----------
    payoffs : dict of sympy Symbol to SymPy expression
        A player's action to that player's payoff.
        What `statics` assumes of an action is the set that this player chooses from; it
        may depend on nothing that moves.
    reversed : tuple of sympy Symbol
        Actions whose order is turned round (as one player's in Cournot's duopoly,
        which makes substitutes complements). Their equilibrium actions then move
        the other way.

    Examples
    --------
    >>> from missiongame.proof import statics
    >>> p, q, c = sp.symbols("p q c", real=True)
    >>> payoffs = {p: (p - c) * (10 - 2 * p + q), q: (q - c) * (10 - 2 * q + p)}
    >>> statics(SupermodularGame(payoffs), c)["p"].direction
    'rises'
    """

    payoffs: Mapping[Any, Any]
    reversed: tuple[Any, ...] = field(default=())

    def __post_init__(self) -> None:
        for action, payoff in self.payoffs.items():
            if not isinstance(action, sp.Symbol) or action not in payoff.free_symbols:
                raise wrong_type("payoffs", action, "keyed by each payoff's own action, a Symbol")
        for action in self.reversed:
            if action not in self.payoffs:
                raise illegal("reversed", action, "an action of the game")

    @property
    def free_symbols(self) -> set[Any]:
        """The payoffs' symbols."""
        return set().union(*(u.free_symbols for u in self.payoffs.values()))

    def premises(
        self, parameter: Any, assuming: Any, timeout: float, index: int = 1
    ) -> dict[str, Verdict]:
        """Return the verdict on each difference that the lemma needs, by name.

        `index` −1 turns the parameter's order round.
        """
        signs = {a: -1 if a in self.reversed else 1 for a in self.payoffs} | {parameter: index}
        return {
            f"{action}'s payoff in ({action}, {other})": increasing_differences_of(
                payoff, action, other, assuming, timeout, signs[action] * signs[other]
            )
            for action, payoff in self.payoffs.items()
            for other in signs
            if other != action
        }

    def comparative_statics(
        self, parameter: Any, assuming: Mapping[str, Any], timeout: float
    ) -> Statics:
        """Return how each player's extreme equilibrium actions move with the parameter."""
        t = check_parameter(parameter, self.free_symbols)
        if t in self.payoffs:
            raise illegal("parameter", t, "another symbol than an action")
        self._check_sets(t, assuming)
        verdicts, index = self.premises(t, assuming, timeout), 1
        failed = [name for name, v in verdicts.items() if not isinstance(v, Proved)]
        if failed and all(name.endswith(f", {t})") for name in failed):
            turned = self.premises(t, assuming, timeout, index=-1)
            if all(isinstance(v, Proved) for v in turned.values()):
                verdicts, index = turned, -1
        return Statics(t, tuple(self._finding(a, verdicts, index, assuming) for a in self.payoffs))

    def _check_sets(self, parameter: Any, assumptions: Mapping[str, Any]) -> None:
        """Refuse action sets that depend on others' actions or move with the parameter."""
        for name, assumption in assumptions.items():
            moving = {*self.payoffs, parameter} & assumption.free_symbols
            if len(moving) > 1 and moving != {parameter}:
                both = " and ".join(sorted(map(str, moving)))
                legal = f"about one action or the parameter, not about {both} together"
                raise illegal("assuming", name, legal)

    def _finding(
        self, action: Any, verdicts: Mapping[str, Verdict], sign: int, names: Collection[str]
    ) -> Finding:
        found = tuple(verdicts.values())
        if any(isinstance(v, Vacuous) for v in found):
            return Finding(action.name, "vacuous", verdicts=found)
        if not all(isinstance(v, Proved) for v in found):
            failed = next(n for n, v in verdicts.items() if not isinstance(v, Proved))
            how = "fails" if isinstance(verdicts[failed], Refuted) else "is undecided"
            missing = f"complements: {failed} {how}, so the lemma says nothing"
            return Finding(action.name, "unknown", verdicts=(verdicts[failed],), scope=missing)
        plain = (u if u in names else u.split(_AT)[0] for v in found for u in v.used)
        return Finding(
            action.name,
            "rises" if (sign > 0) != (action in self.reversed) else "falls",
            used=tuple(dict.fromkeys(u for u in plain if u in names)),
            verdicts=found,
            lemmas=(MILGROM_ROBERTS,),
            scope="the least and the greatest equilibrium",
        )
