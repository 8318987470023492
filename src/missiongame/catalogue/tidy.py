"""The engine's numbers, made small enough to read.

An engine's counterexample is exact and ugly. One symbol at a time, in turn, the
first of a few plain values takes its number's place that keeps every premise true
and the claim false; until nothing changes. All evaluated exactly, so a tidied
counterexample is as good as the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from missiongame.catalogue.exactly import holds_at
from missiongame.errors import MissionGameError
from missiongame.exact import fraction

Numbers = dict[Any, Fraction]


def tidy(witness: dict[Any, Any], premises: list[Any], claim: Any, rounds: int = 4) -> Numbers:
    """Return small rational numbers where `premises` hold and `claim` fails.

    Parameters
    ----------
    witness : dict of sympy Symbol to sympy Rational
        Where they do already.

    Examples
    --------
    >>> from sympy import Rational, Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> tidy({x: Rational(17, 5), y: Rational(-22, 7)}, [x > 2], y >= 0)
    {x: Fraction(3, 1), y: Fraction(-1, 1)}
    """
    numbers = {symbol: fraction(value, str(symbol)) for symbol, value in witness.items()}
    numbers = dict(sorted(numbers.items(), key=lambda item: str(item[0])))

    def breaks(candidate: Numbers) -> bool:
        try:
            return all(holds_at(p, candidate) for p in premises) and not holds_at(claim, candidate)
        except ZeroDivisionError:
            return False

    if not breaks(numbers):
        raise MissionGameError(f"the engine's numbers do not break {claim}: {numbers}")
    for _ in range(rounds):
        before = dict(numbers)
        for symbol in numbers:
            for value in _plainer(numbers[symbol]):
                if breaks({**numbers, symbol: value}):
                    numbers[symbol] = value
                    break
        if numbers == before:
            break
    return numbers


def _plainer(value: Fraction) -> Iterator[Fraction]:
    """Yield plainer values than this one, plainest first, near zero before near it."""
    seen = set()
    whole = [Fraction(k) for k in (0, 1, -1, 2, -2, 3, -3, 4, 5, 6)]
    halves = [Fraction(k, 2) for k in (1, -1, 3, -3, 5, -5)]
    near = [value.limit_denominator(q) for q in (1, 2, 4, 8, 16)]
    for candidate in (*whole, *halves, *near):
        if candidate == value:
            return
        if candidate not in seen:
            seen.add(candidate)
            yield candidate
