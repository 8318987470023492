"""From numbers as users give them to arrays that broadcast: how the mechanisms read.

Floats and whole numbers become a float64 array where floats hold every entry
exactly; Fractions, Decimals and SymPy rationals an object array of Fractions, on
which rational formulas evaluate exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.errors import illegal, wrong_type
from missiongame.exact import Column, Floats, column, fractions_of


def reals(value: Any, argument: str, low: float | None = None, above: float | None = None) -> Any:
    """Return `value` as an array of its exact numbers; `low` is inclusive, `above` is not.

    Examples
    --------
    >>> reals([1, 2], "pay", low=0)
    array([1., 2.])
    >>> reals(0, "cost", above=0)
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidValue: cost is 0.0; it should be above 0
    """
    array = np.asarray(value)
    if array.dtype.kind not in "iufO":
        raise wrong_type(argument, value, "a real number or an array of them")
    flat = column(array.ravel() if array.ndim else array[()], argument, array.size, low)
    if above is not None and np.any(flat <= above):
        raise illegal(argument, flat[flat <= above].tolist()[0], f"above {above:g}")
    return (exact(flat) if array.dtype == object else flat).reshape(array.shape)


def floats(
    value: Any, argument: str, low: float | None = None, above: float | None = None
) -> Floats:
    """Return `value` as a float64 array, each entry the float nearest to it."""
    found: Floats = reals(value, argument, low, above).astype(np.float64)
    return found


def nonnegative(**given: Any) -> list[Floats]:
    """Return each argument as a float64 array of numbers of at least 0.

    Examples
    --------
    >>> nonnegative(drive=4, crowding=[0.5, 1])
    [array(4.), array([0.5, 1. ])]
    """
    return [floats(value, argument, low=0) for argument, value in given.items()]


def exact(values: Any) -> Column:
    """Return an object array of Fractions equal to `values`, of the same shape.

    Examples
    --------
    >>> exact(np.array([0.5, 2.0]))
    array([Fraction(1, 2), Fraction(2, 1)], dtype=object)
    """
    array = np.asarray(values)
    return np.array([*fractions_of(array.ravel()), None], dtype=object)[:-1].reshape(array.shape)


def together(*values: Any) -> tuple[Any, ...]:
    """Broadcast arrays, all as Fractions where one of them is.

    Examples
    --------
    >>> from fractions import Fraction
    >>> third, half = together(reals(Fraction(1, 3), "a"), reals(0.5, "b"))
    >>> third * half
    Fraction(1, 6)
    """
    if any(v.dtype == object for v in values):
        values = tuple(exact(v) for v in values)
    return np.broadcast_arrays(*values)
