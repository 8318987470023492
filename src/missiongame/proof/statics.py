"""Comparative statics: what rises, what falls, and under which assumptions.

`statics(model, parameter, assuming)` for

    an expression, or a dict of named ones   two values of the parameter (`finding`)
    a `Choice`                               revealed preference (`choice`)
    a `Game` of complements                  Topkis, Milgrom–Roberts (`complements`)
    a member's `Payoffs`                     all of these for the members' game

Every direction is proved for all values that satisfy the assumptions, or comes
with numbers that show both ways, or is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from missiongame.errors import illegal, wrong_type
from missiongame.exact import number
from missiongame.proof.choice import Choice
from missiongame.proof.complements_proof import Game
from missiongame.proof.monotone import LATER, Finding, check_parameter, expression_moves
from missiongame.proof.question import named


@dataclass(frozen=True)
class Statics(Mapping[str, Finding]):
    """What moves with a parameter, and how: quantity to `Finding`, in the model's order.

    Attributes
    ----------
    parameter : sympy Symbol
    findings : tuple of Finding
    """

    parameter: Any
    findings: tuple[Finding, ...]

    def __getitem__(self, quantity: str) -> Finding:
        for finding in self.findings:
            if finding.quantity == quantity:
                return finding
        raise illegal("quantity", quantity, f"one of {', '.join(self)}")

    def __iter__(self) -> Iterator[str]:
        return (finding.quantity for finding in self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __contains__(self, quantity: object) -> bool:
        return any(finding.quantity == quantity for finding in self.findings)

    @property
    def rising(self) -> tuple[str, ...]:
        """What is proved to rise (weakly) with the parameter."""
        return tuple(f.quantity for f in self.findings if f.direction in ("rises", "constant"))

    @property
    def falling(self) -> tuple[str, ...]:
        """What is proved to fall (weakly) with the parameter."""
        return tuple(f.quantity for f in self.findings if f.direction in ("falls", "constant"))

    def __str__(self) -> str:
        head = f"As {self.parameter} rises:"
        return "\n".join([head, *(f"  {finding}" for finding in self.findings)])

    __repr__ = __str__


def statics(model: Any, parameter: Any, assuming: Any = (), timeout: float = 10) -> Statics:
    """Tell what rises and what falls with a parameter, proved for all values.

    Parameters
    ----------
    model : SymPy expression, dict of str to expression, Choice, Game or Payoffs
        What to follow. Everything but the parameter, and what is chosen, is held fixed.
    parameter : sympy Symbol or str
        A symbol or its name; for `Payoffs` also "mission", "purpose", "pay", ….
    assuming : list or dict of SymPy Booleans
        As for `prove`. What is assumed of the parameter is assumed at both values.
    timeout : float
        Seconds for each claim that is put to the engines.

    Returns
    -------
    Statics

    Raises
    ------
    InvalidValue
        If the model has no such parameter.
    InvalidType
        If the model is none of the above.

    Examples
    --------
    A tax t on each unit, demand a − p and supply p − t at price p:

    >>> a, t = sp.symbols("a t", real=True)
    >>> price = (a + t) / 2
    >>> print(statics({"buyers pay": price, "sellers get": price - t, "sold": a - price}, t))
    As t rises:
      buyers pay: rises strictly
      sellers get: falls strictly
      sold: falls strictly
    """
    seconds = float(number(timeout, "timeout"))
    if seconds <= 0:
        raise illegal("timeout", timeout, "a positive number of seconds")
    _check_names(model, named(assuming))
    if hasattr(model, "temptation"):
        from missiongame.payoffs import member_findings

        return Statics(*member_findings(model, parameter, assuming, seconds))
    if isinstance(model, (Choice, Game)):
        symbol = check_parameter(parameter, model.free_symbols)
        return Statics(symbol, tuple(model.findings(symbol, assuming, seconds)))
    quantities = _quantities(model)
    free = set().union(*(q.free_symbols for q in quantities.values()))
    symbol = check_parameter(parameter, free)
    moves = (expression_moves(name, q, symbol, assuming, seconds) for name, q in quantities.items())
    return Statics(symbol, tuple(moves))


def _check_names(model: Any, assumptions: Mapping[str, Any]) -> None:
    """Refuse symbols that look like those for second values."""
    parts = [model, *(model.values() if isinstance(model, Mapping) else ()), *assumptions.values()]
    for symbol in set().union(*(getattr(p, "free_symbols", set()) for p in parts)):
        if symbol.name.endswith(LATER):
            raise illegal(
                "symbol", symbol, f"without {LATER} at its end, which marks second values"
            )


def _quantities(model: Any) -> dict[str, Any]:
    found = dict(model) if isinstance(model, Mapping) else {str(model): model}
    for name, quantity in found.items():
        if not isinstance(quantity, sp.Expr):
            legal = "a SymPy expression, a dict of named ones, a Choice, a Game or Payoffs"
            raise wrong_type("model" if not isinstance(model, Mapping) else name, quantity, legal)
    return found
