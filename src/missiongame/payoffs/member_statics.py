"""Two payoff lines and a parameter to how the members' game moves with it.

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

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy

from missiongame import proof
from missiongame.model import symbols as m
from missiongame.payoffs.structure import model_signs, prove_complements

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


def member_statics(
    formulas: Mapping[str, Any], parameter: Any, given: Mapping[str, Any], timeout: float
) -> proof.Statics:
    """Return how each quantity of the members' game moves with a parameter.

    `formulas` are stay, defect, temptation and, where there is one, the tipping share.
    """
    free = set().union(*(e.free_symbols for e in formulas.values()))
    symbol = proof.check_parameter(WORDS.get(parameter, parameter), free)
    found = {
        name: proof.expression_moves(name, e, symbol, {**_signs(e), **given}, timeout)
        for name, e in formulas.items()
    }
    temptation, tempted = formulas["temptation"], found["temptation"]
    if symbol != m.w:
        found["reservation pay"] = _undecided("reservation pay", given, m.w) or _reservation(
            temptation, tempted, symbol, given, timeout
        )
    if symbol not in (m.G_stay, m.G_gone):
        found["defection"] = _undecided("defection", given, m.G_stay, m.G_gone) or _defection(
            temptation, tempted, symbol, given, timeout
        )
    return proof.Statics(symbol, tuple(found.values()))


def _undecided(quantity: str, given: Mapping[str, Any], *chosen: Any) -> proof.Finding | None:
    """Return the finding that refuses assumptions on what the quantity itself decides."""
    bounds = model_signs(set(chosen))
    for name, assumption in given.items():
        about = [s.name for s in chosen if s in assumption.free_symbols]
        if about and assumption not in bounds:
            scope = f"{name!r} is about {' and '.join(about)}, which is decided here: leave it out"
            return proof.Finding(quantity, "unknown", scope=scope)
    return None


def _signs(expression: Any) -> dict[str, Any]:
    return {f"{bound} (model)": bound for bound in model_signs(expression.free_symbols)}


def _reservation(
    temptation: Any, tempted: proof.Finding, symbol: Any, given: Mapping[str, Any], timeout: float
) -> proof.Finding:
    """Return how the pay that wins the member moves: up as the set of such pays shrinks.

    Where T falls at every pay, it does; where T moves both ways, it still may.
    """
    if tempted.one_way:
        direction = proof.OPPOSITE[tempted.direction]
        return replace(tempted, quantity="reservation pay", direction=direction, strictly=False)
    wins, wins_later = temptation >= 0, proof.later(temptation, symbol) >= 0
    move = proof.Move(sympy.Implies(wins_later, wins), sympy.Implies(wins, wins_later))
    premises = {**_signs(temptation), "w >= 0 (model)": m.w >= 0, **given}
    return proof.find("reservation pay", move, symbol, premises, timeout, scope=_PAY)


def _defection(
    temptation: Any, tempted: proof.Finding, symbol: Any, given: Mapping[str, Any], timeout: float
) -> proof.Finding:
    """Return how the extreme defection sets move: by best answers, and the lemma."""
    found = replace(tempted, quantity="defection", strictly=False)
    if not tempted.one_way:
        found = _answers(temptation, symbol, given, timeout)
    if not found.one_way:
        return replace(found, scope="one member's best answer")
    complements = prove_complements(temptation, given.values())
    if not isinstance(complements, proof.Proved):
        return replace(found, direction="unknown", verdicts=(complements,), scope=_NO_LEMMA)
    return replace(
        found,
        verdicts=(*found.verdicts, complements),
        lemmas=(proof.MILGROM_ROBERTS,),
        scope="least and greatest defection set at a fixed offer, for every n",
    )


def _answers(
    temptation: Any, symbol: Any, given: Mapping[str, Any], timeout: float
) -> proof.Finding:
    """Return how best answers move: the greatest leaves at T ≥ 0, the least at T > 0."""
    now, after = temptation, proof.later(temptation, symbol)
    up = sympy.And(sympy.Implies(now >= 0, after >= 0), sympy.Implies(now > 0, after > 0))
    down = sympy.And(sympy.Implies(after >= 0, now >= 0), sympy.Implies(after > 0, now > 0))
    return proof.find("defection", proof.Move(up, down), symbol, {**_signs(now), **given}, timeout)
