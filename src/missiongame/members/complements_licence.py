"""From a game to whether a fast algorithm may be used: complements, or what breaks them.

They hold for the standard payoffs where no tie is negative. For a user's own they are
proved for all values within the model's signs; failing that, for all values within the
ranges that this community's numbers, the rival's and the offer's span.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.errors import LibraryMissing
from missiongame.exact import nearest
from missiongame.members.game import Game
from missiongame.members.sparse_ties import sparse_ties
from missiongame.members.symbol_values import symbol_values


def missing_complements(game: Game) -> str:
    """Return nothing where members are proved the readier to stay the more others stay.

    Else why they may not be, with the numbers that break it.
    """
    ties, payoffs = game.community.ties, game.payoffs
    if ties is not None and not ties.nonnegative:
        i, j = ties.first_negative()
        return f"ties[{i}, {j}] is {nearest(ties.worth[np.argmax(ties.worth < 0)]):g}, negative"
    if payoffs is None or payoffs.standard:
        return ""
    # These load SymPy and the provers, which the standard payoffs do without.
    from missiongame.payoffs import prove_complements
    from missiongame.proof import Proved

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
    from missiongame.model import symbols as m  # loads SymPy

    assert game.payoffs is not None  # noqa: S101 - asked of a user's payoffs only
    values = symbol_values(game.community, game.rival, game.pay)
    facts = []
    for symbol in sorted(game.payoffs.temptation.free_symbols, key=str):
        if symbol.name in values:
            column = np.atleast_1d(values[symbol.name])
            facts += [symbol >= _number(column.min()), symbol <= _number(column.max())]
    return [*facts, m.G_stay + m.G_gone <= _most_around(game)]


def _most_around(game: Game) -> Any:
    """Return a bound on what all of a member's ties are worth."""
    if game.community.ties is None:
        return _number(game.community.social.max())
    kept = sparse_ties(game.community.ties)
    return _number(float(np.max(kept.around + kept.rounding, initial=0.0)) * (1 + 2.0**-50))


def _number(value: Any) -> Any:
    import sympy

    exact = Fraction(value)
    return sympy.Rational(exact.numerator, exact.denominator)
