"""An expression, or claims on two values of it, to a `Finding`: how it moves with a parameter.

A question about all pairs of parameter values t < t' needs no derivative and no
quantifier: t' is a second symbol, and what is assumed of t is assumed of t' too.

    rises        t < t' ⇒ q(t) ≤ q(t')          strictly: <
    falls        t < t' ⇒ q(t) ≥ q(t')          strictly: >
    constant     both
    either way   neither: numbers show a rise, other numbers a fall
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import sympy as sp

from missiongame.errors import illegal
from missiongame.proof.decide import prove
from missiongame.proof.findings import Direction, Finding
from missiongame.proof.functions import Property
from missiongame.proof.question import named
from missiongame.proof.verdicts import Proved, Refuted, Vacuous, Verdict

LATER = "'"
"""What a symbol's name gets at the second parameter value."""
_AT_LATER = " (at the higher value)"


def later(expression: Any, parameter: Any, *also: Any) -> Any:
    """Return `expression` at the second parameter value, `also` other symbols renamed.

    Examples
    --------
    >>> a, t = sp.symbols("alpha theta", real=True)
    >>> later(a * t, t)
    alpha*theta'
    """
    if isinstance(expression, Property):
        return expression
    return expression.subs({s: second(s) for s in (parameter, *also)}, simultaneous=True)


def second(symbol: Any) -> Any:
    """Return the symbol for a second value of `symbol`, declared alike."""
    return sp.Symbol(symbol.name + LATER, **symbol.assumptions0)


def at_both(assuming: Any, parameter: Any, *also: Any) -> dict[str, Any]:
    """Return the assumptions at both values of a parameter, and that the second is higher."""
    premises = {f"{parameter} < {second(parameter)}": sp.Lt(parameter, second(parameter))}
    for name, assumption in named(assuming).items():
        premises[name] = assumption
        moved = later(assumption, parameter, *also)
        if moved != assumption:
            premises[name + _AT_LATER] = moved
    return premises


def given(used: Iterable[str], names: Collection[str]) -> tuple[str, ...]:
    """Return which of the caller's assumptions, or of what symbols declare, are among `used`."""
    plain = (u if u in names else u.removesuffix(_AT_LATER) for u in used)
    return tuple(dict.fromkeys(u for u in plain if u in names or _declared(u)))


def _declared(name: str) -> bool:
    return name.endswith("(declared)") and LATER not in name


@dataclass(frozen=True)
class Move:
    """The claims that say which way a quantity moves: weakly, and (if there are) strictly."""

    up: Any
    down: Any
    strictly_up: Any = None
    strictly_down: Any = None

    @classmethod
    def between(cls, before: Any, after: Any) -> Self:
        """Return the claims on a quantity's two values."""
        return cls(*(r(before, after, evaluate=False) for r in (sp.Le, sp.Ge, sp.Lt, sp.Gt)))


def find(
    quantity: str,
    move: Move,
    parameter: Any,
    assuming: Any,
    timeout: float,
    scope: str = "",
    chosen: tuple[Any, ...] = (),
    beside: Mapping[str, Any] | None = None,
) -> Finding:
    """Prove which way a quantity moves with a parameter.

    What is assumed holds at both values of the parameter and of the symbols `chosen`; what
    stands `beside` it is assumed as it is, and is not named among the assumptions `used`.
    """
    names = named(assuming)
    premises = {**at_both(names, parameter, *chosen), **(beside or {})}
    rises = prove(move.up, assuming=premises, timeout=timeout)
    falls = prove(move.down, assuming=premises, timeout=timeout)
    direction = _direction(rises, falls)
    verdicts: tuple[Verdict, ...] = (rises, falls)
    proofs: list[Verdict] = [v for v in verdicts if isinstance(v, (Proved, Vacuous))]
    strict = {"rises": move.strictly_up, "falls": move.strictly_down}.get(direction)
    strictly = False
    if strict is not None:
        verdicts += (prove(strict, assuming=premises, timeout=timeout),)
        strictly = isinstance(verdicts[-1], Proved)
        proofs = [verdicts[-1]] if strictly else proofs
    used = given((u for v in proofs for u in v.used), names)
    return Finding(quantity, direction, strictly, used, verdicts, scope=scope)


def _direction(rises: Verdict, falls: Verdict) -> Direction:
    if isinstance(rises, Vacuous) or isinstance(falls, Vacuous):
        return "vacuous"
    if isinstance(rises, Proved):
        return "constant" if isinstance(falls, Proved) else "rises"
    if isinstance(falls, Proved):
        return "falls"
    if isinstance(rises, Refuted) and isinstance(falls, Refuted):
        return "either way"
    return "unknown"


def expression_moves(
    name: str, expression: Any, parameter: Any, assuming: Any, timeout: float
) -> Finding:
    """Find how an expression moves with a parameter, everything else held fixed.

    Examples
    --------
    >>> a, t = sp.symbols("alpha theta", real=True)
    >>> print(expression_moves("purpose", a * t, t, [a >= 0], 10))
    purpose: rises, from alpha >= 0
    """
    if parameter not in expression.free_symbols:
        return Finding(name, "constant", scope=f"it does not depend on {parameter}")
    move = Move.between(expression, later(expression, parameter))
    return find(name, move, parameter, assuming, timeout)


def check_parameter(parameter: Any, free: set[Any]) -> Any:
    """Return the symbol meant by `parameter`, a Symbol or its name, among the free ones."""
    if isinstance(parameter, sp.Symbol):
        return parameter
    if isinstance(parameter, str):
        for symbol in free:
            if symbol.name == parameter:
                return symbol
    names = ", ".join(sorted(s.name for s in free)) or "none"
    raise illegal("parameter", parameter, f"a symbol of the model ({names}) or its name")
