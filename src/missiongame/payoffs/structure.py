"""A temptation to verdicts on what fast algorithms need, proved for all values.

- *Complements*: T never rises as a tie passes from the defectors to the stayers,
  ∂T/∂G_stay − ∂T/∂G_gone ≤ 0. The members' game is then supermodular, so the
  cascade finds its extreme equilibria.
- *Single crossing in pay*: T(w) ≥ 0 implies T(w′) ≥ 0 for every w′ ≥ w. What is
  accepted is then everything above the reservation pay.

Assumed are the signs that the model gives its symbols (`missiongame.payoffs.derive`)
and what the caller adds; purpose, enjoyment and further columns are free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sympy

from missiongame import proof
from missiongame.model import symbols as m
from missiongame.payoffs.derive import BOUNDS, SIGNED

_SIGNS = {
    "positive": sympy.Gt,
    "negative": sympy.Lt,
    "nonnegative": sympy.Ge,
    "nonpositive": sympy.Le,
}
_KINKED = (sympy.Piecewise, sympy.Abs, sympy.Max, sympy.Min)


@dataclass(frozen=True)
class Structure:
    """Verdicts on what fast algorithms need; see the module's first lines.

    Attributes
    ----------
    complements, single_crossing : Proved, Refuted, Unknown or Vacuous
        A `Refuted` one carries the numbers that break it, `.witness`.
    """

    complements: Any
    single_crossing: Any

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of what is not proved."""
        verdicts = {"complements": self.complements, "single_crossing": self.single_crossing}
        return tuple(name for name, v in verdicts.items() if not isinstance(v, proof.Proved))


@dataclass(frozen=True)
class Slope:
    """A partial derivative of the temptation, with its proven sign.

    Attributes
    ----------
    expression : SymPy expression
    sign : "zero", "positive", "negative", "nonnegative", "nonpositive" or "unknown"
        Holds for all values within the model's signs that meet `needs`.
    needs : tuple of SymPy relations
        What had to be assumed beyond them: nothing, or that purpose is not negative.
    verdict : Proved or None
        None where the sign is unknown.
    """

    expression: Any
    sign: str
    needs: tuple[Any, ...] = ()
    verdict: Any = None


def prove_complements(temptation: Any, assuming: Iterable[Any] = ()) -> Any:
    """Return the verdict on: T never rises as a tie passes to the stayers."""
    if temptation.has(*_KINKED):
        shift = sympy.Symbol("passing", real=True)
        passed = temptation.subs(
            {m.G_stay: m.G_stay + shift, m.G_gone: m.G_gone - shift}, simultaneous=True
        )
        claim = sympy.Le(passed, temptation, evaluate=False)
        return _prove(claim, [*assuming, shift >= 0, m.G_gone - shift >= 0])
    slope = sympy.diff(temptation, m.G_stay) - sympy.diff(temptation, m.G_gone)
    return _prove(sympy.Le(sympy.factor(slope), 0, evaluate=False), assuming)


def prove_single_crossing(temptation: Any, assuming: Iterable[Any] = ()) -> Any:
    """Return the verdict on: who accepts a pay accepts every higher one."""
    higher = sympy.Symbol("higher_pay", real=True)
    claim = sympy.Implies(temptation >= 0, temptation.subs(m.w, higher) >= 0)
    if not temptation.has(*_KINKED):
        rises = sympy.factor(sympy.diff(temptation, m.w)) >= 0
        if rises.xreplace(SIGNED) == sympy.true:
            return _by_signs(claim)
    return _prove(claim, [*assuming, higher >= m.w])


def signed_slope(temptation: Any, name: str, assuming: Iterable[Any] = ()) -> Slope:
    """Return ∂T/∂name with the strongest sign that is proved."""
    slope = sympy.factor(sympy.diff(temptation, m.column_symbol(name)))
    if slope == 0:
        return Slope(slope, "zero")
    for needs in ((), (m.alpha >= 0,)):
        for sign, relation in _SIGNS.items():
            verdict = _prove(relation(slope, 0, evaluate=False), [*assuming, *needs])
            if isinstance(verdict, proof.Proved):
                return Slope(slope, sign, needs, verdict)
        if m.alpha not in slope.free_symbols:
            break
    return Slope(slope, "unknown")


def model_signs(free: set[Any]) -> list[Any]:
    """Return the bounds that the model gives those of its symbols that are `free`."""
    signs = []
    for symbol, (low, high) in BOUNDS.items():
        if symbol in free:
            signs.append(symbol >= low)
            if high is not None:
                signs.append(symbol <= high)
    return signs


def _prove(claim: Any, assuming: Iterable[Any]) -> Any:
    assuming = list(assuming)
    signed = claim.xreplace(SIGNED)
    if signed.func(*signed.args) == sympy.true:
        return _by_signs(claim)
    free = set(claim.free_symbols).union(*(a.free_symbols for a in assuming))
    return proof.prove(claim, assuming=[*model_signs(free), *assuming])


def _by_signs(claim: Any) -> Any:
    """Return what SymPy sees from the signs alone, exponentials and logarithms included."""
    return proof.Proved(claim=claim, engines=("sympy",), reason="by the signs of its symbols")
