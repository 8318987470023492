"""From a claim and its premises to small rational numbers that break the claim.

An engine finds numbers, exact and ugly. One symbol at a time, in turn, the first of a
few plain values takes its number's place that keeps every premise true and the claim
false; until nothing changes. Sums of money are then made whole together, in a smaller
unit. All evaluated exactly, so a tidied counterexample is as good as the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from missiongame.catalogue.evaluation import holds_at
from missiongame.errors import MissionGameError
from missiongame.exact import fraction
from missiongame.proof import Refuted, breaking_numbers, prove


def hunt(
    claim: Any, premises: Mapping[str, Any], money: Iterable[Any] = (), timeout: float = 60
) -> dict[Any, Fraction]:
    """Return small rational numbers where all `premises` hold and `claim` does not.

    z3 solves the negated claim; what it finds is checked exactly before it is made
    small. That spares the rest of what `prove` does to report on a claim, which is
    asked only where z3's own numbers are irrational.

    Raises
    ------
    MissionGameError
        If there are none, or none that are rational are found in `timeout` seconds.

    Examples
    --------
    >>> from sympy import symbols
    >>> x = symbols("x", real=True)
    >>> hunt(x**2 <= 5, {"positive": x > 0})
    {x: Fraction(3, 1)}
    """
    found = breaking_numbers(claim, dict(premises), timeout)
    if found is None or not all(number.is_Rational for number in found.values()):
        verdict = prove(claim, assuming=dict(premises), timeout=timeout)
        if not isinstance(verdict, Refuted) or verdict.witness is None:
            raise MissionGameError(f"no numbers break it: {verdict}")
        found = dict(verdict.witness)
    return tidy(found, list(premises.values()), claim, money)


def tidy(
    witness: dict[Any, Any],
    premises: list[Any],
    claim: Any,
    money: Iterable[Any] = (),
    rounds: int = 4,
) -> dict[Any, Fraction]:
    """Return small rational numbers where `premises` hold and `claim` fails.

    Parameters
    ----------
    witness : dict of sympy Symbol to sympy Rational
        Where they do already.
    money : symbols
        May all be multiplied by one number, so that their fractions become whole.

    Examples
    --------
    >>> from sympy import Rational, Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> tidy({x: Rational(17, 5), y: Rational(-22, 7)}, [x > 2], y >= 0)
    {x: Fraction(3, 1), y: Fraction(-1, 1)}
    """
    by_name = sorted(witness.items(), key=lambda item: str(item[0]))
    numbers = {symbol: fraction(value, str(symbol)) for symbol, value in by_name}

    def breaks(candidate: dict[Any, Fraction]) -> bool:
        try:
            return all(holds_at(p, candidate) for p in premises) and not holds_at(claim, candidate)
        except ZeroDivisionError:
            return False

    if not breaks(numbers):
        raise MissionGameError(f"the engine's numbers do not break {claim}: {numbers}")
    numbers = _plain(numbers, breaks, rounds)
    scale = lcm(*(numbers[symbol].denominator for symbol in money if symbol in numbers))
    scaled = {s: x * scale if s in set(money) else x for s, x in numbers.items()}
    return _plain(scaled, breaks, rounds) if scale > 1 and breaks(scaled) else numbers


def _plain(
    numbers: dict[Any, Fraction], breaks: Callable[[dict[Any, Fraction]], bool], rounds: int
) -> dict[Any, Fraction]:
    """Replace one number after another by a plainer one that still breaks the claim."""
    for _ in range(rounds):
        before = dict(numbers)
        for symbol in numbers:
            plainer = _plainer(numbers[symbol])
            kept = (value for value in plainer if breaks({**numbers, symbol: value}))
            numbers[symbol] = next(kept, numbers[symbol])
        if numbers == before:
            break
    return numbers


def _plainer(value: Fraction) -> Iterator[Fraction]:
    """Yield plainer values than this one, plainest first, near zero before near it."""
    whole = (0, 1, -1, 2, -2, 3, -3, *range(4, 13))
    halves = (Fraction(k, 2) for k in (1, -1, 3, -3, 5, -5))
    near = (value.limit_denominator(q) for q in (1, 2, 4, 8, 16))
    for candidate in dict.fromkeys(map(Fraction, (*whole, *halves, *near))):
        if candidate == value:
            return
        yield candidate
