"""A model and a parameter to comparative statics: what rises, what falls, under which assumptions.

`statics(model, parameter, assuming)` for

    an expression, or a dict of named ones   two values of the parameter (`monotone`)
    a `Choice`                               `revealed_preference`
    a `SupermodularGame`                     Topkis, Milgrom–Roberts (`complements_proof`)
    a member's `Payoffs`                     all of these for the members' game
    any other `Model`                        as its own `comparative_statics` finds

Every direction is proved for all values that satisfy the assumptions, or comes
with numbers that show both ways, or is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

import sympy as sp

from missiongame.errors import illegal, wrong_type
from missiongame.proof.budget import seconds_of
from missiongame.proof.findings import Statics
from missiongame.proof.monotone import LATER, check_parameter, expression_moves
from missiongame.proof.question import named


@runtime_checkable
class Model(Protocol):
    """A model that finds by itself how its quantities move, as `Choice` and `Payoffs` do."""

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols that may be asked about."""

    def comparative_statics(
        self, parameter: Any, assuming: Mapping[str, Any], timeout: float
    ) -> Statics:
        """Return how each of its quantities moves with a parameter, a symbol or its name.

        `assuming` are checked relations by name; each claim may take `timeout` seconds.
        """


def statics(model: Any, parameter: Any, assuming: Any = (), timeout: float = 10) -> Statics:
    """Tell what rises and what falls with a parameter, proved for all values.

    Parameters
    ----------
    model : SymPy expression, dict of str to expression, Choice, SupermodularGame or Payoffs
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
    seconds = seconds_of(timeout)
    assumptions = named(assuming)
    _check_names(model, assumptions)
    if isinstance(model, Model):
        return model.comparative_statics(parameter, assumptions, seconds)
    quantities = _quantities(model)
    free = set().union(*(q.free_symbols for q in quantities.values()))
    symbol = check_parameter(parameter, free)
    moves = (expression_moves(n, q, symbol, assumptions, seconds) for n, q in quantities.items())
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
            legal = (
                "a SymPy expression, a dict of named ones, a Choice, SupermodularGame or Payoffs"
            )
            raise wrong_type("model" if not isinstance(model, Mapping) else name, quantity, legal)
    return found
