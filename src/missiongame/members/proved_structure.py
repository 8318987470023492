"""May a fast algorithm be used with a user's payoffs? A proof licenses it.

Complements are proved for all values within the model's signs; failing that, for
all values within the ranges that this community's numbers, the rival's and the
offer's span.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import LibraryMissing
from missiongame.exact import Column

if TYPE_CHECKING:
    from missiongame.members.game import Game


def missing_complements(game: Game) -> str:
    """Return nothing where the payoffs are proved to have complements, else what breaks them."""
    from missiongame.payoffs import prove_complements
    from missiongame.proof import Proved

    payoffs = game.payoffs
    if payoffs is None or payoffs.standard:
        return ""
    try:
        if isinstance(payoffs.complements, Proved):
            return ""
        verdict = prove_complements(payoffs.temptation, _ranges(game))
    except LibraryMissing as missing:
        return f"complements of the payoffs could not be proved: {missing}"
    if isinstance(verdict, Proved):
        return ""
    if verdict.witness is None:
        return f"complements of the payoffs could not be proved ({verdict.reason})"
    at = ", ".join(f"{symbol} = {number}" for symbol, number in verdict.witness.items())
    return f"the payoffs lack complements: {verdict.claim} fails at {at}"


def _ranges(game: Game) -> list[Any]:
    """Return what the game's numbers say of the payoffs' symbols."""
    from missiongame.model import symbols as m

    community, rival = game.community, game.rival
    assert game.payoffs is not None  # noqa: S101 - asked of a user's payoffs only
    columns: dict[str, Column] = {
        "h": community.enjoyment,
        "sigma": community.social,
        "w": game.pay,
        "theta": np.array([community.mission]),
        "theta_R": np.array([rival.mission]),
        "rho": np.array([rival.portability]),
        "kappa": np.array([rival.crowding]),
        **{name: community.columns[name] for name in game.payoffs.columns},
    }
    if community.purpose is not None:
        columns["alpha"] = community.purpose
    facts = []
    for symbol in sorted(game.payoffs.temptation.free_symbols, key=str):
        if symbol.name in columns:
            values = columns[symbol.name]
            facts += [symbol >= _number(values.min()), symbol <= _number(values.max())]
    return [*facts, m.G_stay + m.G_gone <= _most_around(game)]


def _most_around(game: Game) -> Any:
    """Return a bound on what all of a member's ties are worth."""
    ties = game.community.ties
    if ties is None:
        return _number(game.community.social.max())
    from missiongame.members.graph import graph

    kept = graph(ties)
    return _number(float(np.max(kept.around + kept.rounding, initial=0.0)) * (1 + 2.0**-50))


def _number(value: Any) -> Any:
    import sympy

    exact = Fraction(value)
    return sympy.Rational(exact.numerator, exact.denominator)
