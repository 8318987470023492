"""From any number or column that a user gives to its exact value.

Every number a user gives counts at its exact value: an int of any size, a
`fractions.Fraction`, a `decimal.Decimal`, a SymPy rational, a NumPy scalar, and
a float as the binary number it is (0.1 is 3602879701896397/2**55).

A *column* holds one number a member: a float64 array where every value is a
float64 exactly, else an object array of `Fraction`.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.errors import Words, illegal, wrong_type

Number: TypeAlias = float | Fraction
"""A real number at its exact value: a float where one holds it, else a Fraction."""

Column: TypeAlias = npt.NDArray[Any]
"""Length-n array, float64 or object (of Fraction); see the module's first lines."""

_REAL = "a real number"


def fraction(value: Any, argument: str = "value") -> Fraction:
    """Return `value` as the Fraction it is, exactly.

    Parameters
    ----------
    value : int, float, Fraction, Decimal, NumPy scalar or SymPy rational
    argument : str
        The name to use in an error message.

    Raises
    ------
    InvalidValue
        If the value is NaN or infinite.
    InvalidType
        If it is not a real number (a bool, a string, a complex number).

    Examples
    --------
    >>> fraction(0.5), fraction(Decimal("0.1"))
    (Fraction(1, 2), Fraction(1, 10))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, (bool, np.bool_, str, bytes, complex)) or value is None:
        raise wrong_type(argument, value, _REAL)
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, (float, np.floating, Decimal)):
        if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
            raise illegal(argument, value if isinstance(value, Decimal) else float(value), "finite")
        return Fraction(*value.as_integer_ratio())
    return _from_sympy(value, argument)


def _from_sympy(value: Any, argument: str) -> Fraction:
    """Convert a SymPy number, without importing SymPy for values that are none."""
    if getattr(value, "is_Rational", False):
        return Fraction(int(value.p), int(value.q))
    if getattr(value, "is_Float", False):
        import sympy

        exact = sympy.Rational(value)
        return Fraction(int(exact.p), int(exact.q))
    if getattr(value, "is_infinite", False) or getattr(value, "is_number", None) is True:
        raise illegal(argument, value, "a finite rational number")
    raise wrong_type(argument, value, _REAL)


def number(
    value: Any, argument: str, low: float | None = None, high: float | None = None
) -> Number:
    """Return `value` as a float if a float holds it exactly, else as a Fraction.

    `low` and `high` are inclusive bounds; outside them the error names both.

    Examples
    --------
    >>> number(2, "mission", low=0), number(Fraction(1, 3), "mission")
    (2.0, Fraction(1, 3))
    >>> number(-1, "mission", low=0)
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidValue: mission is -1; it should be a number of at least 0
    """
    exact = fraction(value, argument)
    if (low is not None and exact < low) or (high is not None and exact > high):
        raise illegal(argument, value, _range(low, high))
    return simplest(exact)


def head_count(value: Any, argument: str, low: int = 0) -> int:
    """Return a whole number of members, at least `low`.

    Examples
    --------
    >>> head_count(-1, "k")
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidValue: k is -1; it should be at least 0
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise wrong_type(argument, value, "a whole number of members")
    if value < low:
        raise illegal(argument, value, f"at least {low}")
    return int(value)


def wanted_share(share: Any, argument: str = "share") -> Fraction:
    """Return a share in (0, 1]; a float counts as its shortest decimal.

    Shares alone do: one of ten equals makes .1 of the work, but not the binary number
    that stands for .1, which is larger.

    Raises
    ------
    InvalidValue, InvalidType
        On anything but a number in (0, 1].

    Examples
    --------
    >>> wanted_share(0.1), wanted_share(Fraction(1, 3))
    (Fraction(1, 10), Fraction(1, 3))
    """
    wanted = fraction(share, argument)
    if isinstance(share, (float, np.floating)):
        wanted = Fraction(str(share))
    if not 0 < wanted <= 1:
        meant = f"; for {float(wanted):g} % write {float(wanted) / 100:g}"
        raise illegal(argument, share, "a number in (0, 1]" + meant * (1 < wanted <= 100))
    return wanted


def simplest(exact: Fraction) -> Number:
    """Return the float that equals `exact`, or `exact` itself where none does."""
    if exact.denominator & (exact.denominator - 1):
        return exact  # floats are whole numbers over powers of two
    try:
        rounded = float(exact)
    except OverflowError:
        return exact
    return rounded if Fraction(rounded) == exact else exact


def nearest(value: Any) -> float:
    """Return the nearest float, infinite where none is near."""
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def column(values: Any, argument: str, n: int, low: float | None = None) -> Column:
    """Return a read-only length-`n` column from a scalar or a sequence.

    Parameters
    ----------
    values : a number (used for every member) or a length-n sequence
    argument : str
        The name to use in error messages.
    n : int
    low : float, optional
        Inclusive lower bound of every value.

    Raises
    ------
    InvalidValue
        On another length, a NaN, an infinity or a value below `low`; the message
        names the member's position.
    """
    if np.ndim(values) == 0 and not isinstance(values, (list, tuple)):
        value = number(values, argument, low)
        if isinstance(value, float):
            return _frozen(np.full(n, value))
        return _frozen(np.array([value] * n, dtype=object))
    array = np.asarray(values)
    if array.ndim != 1 or len(array) != n:
        raise illegal(
            argument, Words(f"of shape {array.shape}"), f"a number or {n} numbers, one a member"
        )
    if array.dtype.kind in "iuf" and array.dtype.itemsize <= 8:
        return _float_column(array, argument, low)
    exact = [number(v, f"{argument}[{i}]", low) for i, v in enumerate(array)]
    if all(isinstance(v, float) for v in exact):
        return _frozen(np.array(exact, dtype=np.float64))
    return _frozen(np.array([Fraction(v) for v in exact] + [None], dtype=object)[:-1])


def _float_column(array: npt.NDArray[Any], argument: str, low: float | None) -> Column:
    floats = array.astype(np.float64)
    bad = ~np.isfinite(floats)
    if low is not None:
        bad |= floats < low
    if bad.any():
        i = int(np.argmax(bad))
        value = array[i].item()
        legal = "finite" if not math.isfinite(value) else _range(low, None)
        raise illegal(f"{argument}[{i}]", value, legal)
    if array.dtype.kind in "iu" and array.size and np.abs(floats).max() >= 2.0**53:
        return _frozen(np.array([Fraction(int(v)) for v in array] + [None], dtype=object)[:-1])
    return _frozen(floats)


def fractions_of(values: Column) -> list[Fraction]:
    """Return a column's values as a list of Fractions.

    Examples
    --------
    >>> fractions_of(np.array([0.5, 2.0]))
    [Fraction(1, 2), Fraction(2, 1)]
    """
    if values.dtype == object:
        return [v if type(v) is Fraction else Fraction(v) for v in values]
    return [Fraction(v) for v in values.tolist()]


def _frozen(array: npt.NDArray[Any]) -> Column:
    array.flags.writeable = False
    return array


def _range(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"a number from {low:g} to {high:g}"
    if low is not None:
        return f"a number of at least {low:g}"
    return f"a number of at most {high:g}" if high is not None else _REAL
