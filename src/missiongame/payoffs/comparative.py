"""How a member's game moves with a parameter: comparative statics of two payoff lines.

For all pairs of parameter values t < t', other things equal:

- stay, defect, T = defect − stay: as expressions;
- what wins the member, {w ≥ 0 : T(w) ≥ 0}: it shrinks iff T(w, t') ≥ 0 ⇒ T(w, t) ≥ 0,
  and then the reservation pay, its least element, rises;
- the tipping share, where there is a formula;
- the least and the greatest defection set of the members' game at a fixed offer:
  they shrink if the game has complements and T falls (Milgrom–Roberts, cited).

Assumed beside what the caller gives: the signs that the model gives its symbols.
What is assumed of pay says nothing of the reservation pay, and what is assumed of
the ties' sums nothing of the defection sets: those are what is decided there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy

from missiongame.errors import InvalidValue
from missiongame.model import symbols as m
from missiongame.payoffs.structure import model_signs
from missiongame.proof import (
    MILGROM_ROBERTS,
    Direction,
    Finding,
    Move,
    Proved,
    at_both,
    check_parameter,
    expression_moves,
    find,
    later,
    named,
)

if TYPE_CHECKING:
    from missiongame.payoffs.lines import Payoffs

_OPPOSITE: dict[str, Direction] = {"rises": "falls", "falls": "rises", "constant": "constant"}
_PAY = "as the set of pays that win the member shrinks or grows"
_NO_LEMMA = "one member's best answer moves one way, but without complements no lemma applies"
WORDS = {
    "mission": "theta",
    "purpose": "alpha",
    "enjoyment": "h",
    "social": "sigma",
    "pay": "w",
    "rival mission": "theta_R",
    "portability": "rho",
    "crowding": "kappa",
    "share": "s",
}
"""What the parameters are called elsewhere in the library, and their symbols' names."""


def member_findings(
    payoffs: Payoffs, parameter: Any, assuming: Any, timeout: float
) -> tuple[Any, tuple[Finding, ...]]:
    """Return the parameter's symbol and how each quantity of the members' game moves with it."""
    free = payoffs.stay.free_symbols | payoffs.defect.free_symbols
    symbol = check_parameter(WORDS.get(parameter, parameter), free)
    given = named(assuming)
    found = {
        name: expression_moves(name, e, symbol, {**_signs(e), **given}, timeout)
        for name, e in _expressions(payoffs)
    }
    tempted = found["temptation"]
    if symbol != m.w:
        found["reservation pay"] = _undecided("reservation pay", given, m.w) or _reservation(
            payoffs.temptation, tempted, symbol, given, timeout
        )
    if symbol not in (m.G_stay, m.G_gone):
        found["defection"] = _undecided("defection", given, m.G_stay, m.G_gone) or _defection(
            payoffs, tempted, symbol, given, timeout
        )
    return symbol, tuple(found.values())


def _undecided(quantity: str, given: Mapping[str, Any], *chosen: Any) -> Finding | None:
    """Return the finding that refuses assumptions on what the quantity itself decides."""
    bounds = model_signs(set(chosen))
    for name, assumption in given.items():
        about = [s.name for s in chosen if s in assumption.free_symbols]
        if about and assumption not in bounds:
            scope = f"{name!r} is about {' and '.join(about)}, which is decided here: leave it out"
            return Finding(quantity, "unknown", scope=scope)
    return None


def _signs(expression: Any) -> dict[str, Any]:
    return {f"{bound} (model)": bound for bound in model_signs(expression.free_symbols)}


def _expressions(payoffs: Payoffs) -> Iterator[tuple[str, Any]]:
    yield "stay", payoffs.stay
    yield "defect", payoffs.defect
    yield "temptation", payoffs.temptation
    try:
        yield "tipping share", payoffs.tipping_share
    except InvalidValue:  # no closed form: nothing to follow
        return


def _reservation(
    temptation: Any, tempted: Finding, symbol: Any, given: Mapping[str, Any], timeout: float
) -> Finding:
    """Return how the pay that wins the member moves: up as the set of such pays shrinks.

    Where T falls at every pay, it does; where T moves both ways, it still may.
    """
    if tempted.direction in _OPPOSITE:
        direction = _OPPOSITE[tempted.direction]
        return replace(tempted, quantity="reservation pay", direction=direction, strictly=False)
    wins, wins_later = temptation >= 0, later(temptation, symbol) >= 0
    move = Move(sympy.Implies(wins_later, wins), sympy.Implies(wins, wins_later))
    premises = {**_signs(temptation), "w >= 0 (model)": m.w >= 0, **given}
    both = at_both(premises, symbol)
    return find("reservation pay", move, both, tuple(premises), timeout, scope=_PAY)


def _defection(
    payoffs: Payoffs, tempted: Finding, symbol: Any, given: Mapping[str, Any], timeout: float
) -> Finding:
    """Return how the extreme defection sets move: by best answers, and the lemma."""
    found = replace(tempted, quantity="defection", strictly=False)
    if tempted.direction not in _OPPOSITE:
        found = _answers(payoffs.temptation, symbol, given, timeout)
    if found.direction not in _OPPOSITE:
        return replace(found, scope="one member's best answer")
    complements = payoffs.structure(given.values()).complements
    if not isinstance(complements, Proved):
        return replace(found, direction="unknown", verdicts=(complements,), scope=_NO_LEMMA)
    return replace(
        found,
        verdicts=(*found.verdicts, complements),
        lemmas=(MILGROM_ROBERTS,),
        scope="least and greatest defection set at a fixed offer, for every n",
    )


def _answers(temptation: Any, symbol: Any, given: Mapping[str, Any], timeout: float) -> Finding:
    """Return how best answers move: the greatest leaves at T ≥ 0, the least at T > 0."""
    now, after = temptation, later(temptation, symbol)
    up = sympy.And(sympy.Implies(now >= 0, after >= 0), sympy.Implies(now > 0, after > 0))
    down = sympy.And(sympy.Implies(after >= 0, now >= 0), sympy.Implies(after > 0, now > 0))
    premises = {**_signs(now), **given}
    both = at_both(premises, symbol)
    return find("defection", Move(up, down), both, tuple(premises), timeout)
