"""The engine looks for numbers that break a claim; they are checked, and made small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from missiongame.catalogue.small_numbers import tidy
from missiongame.errors import MissionGameError
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
