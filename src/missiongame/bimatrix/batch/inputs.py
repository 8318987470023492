"""From what a user gives to a batch of games, (games, m, n), that float64 holds exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import Words, illegal, wrong_type
from missiongame.exact import Floats

_LEGAL = "an array of real numbers of shape (games, m, n)"
_EXACT = "numbers that a float64 holds exactly (others go to solve, game by game)"


def payoff_arrays(A: Any, B: Any) -> tuple[Floats, Floats]:
    """Return both payoff arrays as float64, or say what is wrong with them.

    Raises
    ------
    InvalidType
        Strings, booleans, complex numbers, objects.
    InvalidValue
        Ragged, empty or differing shapes; NaN, infinity; integers beyond float64.

    Examples
    --------
    >>> payoff_arrays([[[1, 2]]], [[[3.5, float("nan")]]])
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidValue: B[0, 0, 1] is nan; it should be finite
    """
    rows, columns = _floats(A, "A"), _floats(B, "B")
    if rows.shape != columns.shape:
        raise illegal("B", Words(f"of shape {columns.shape}"), f"of A's shape, {rows.shape}")
    return rows, columns


def _floats(values: Any, argument: str) -> Floats:
    array = _array(values, argument)
    if array.dtype.kind not in "iuf":
        raise wrong_type(argument, array.flat[0] if array.size else values, _LEGAL)
    if array.ndim != 3:
        raise illegal(argument, Words(f"of shape {array.shape}"), "of shape (games, m, n)")
    if array.size == 0:
        raise illegal(argument, Words(f"of shape {array.shape}"), "not empty")
    floats = np.asarray(array, dtype=np.float64)
    finite = np.isfinite(floats)
    if not finite.all():
        _complain(argument, array, ~finite, "finite")
    if array.dtype.kind in "iu" or array.dtype.itemsize > 8:
        _check_exact(argument, array, floats)
    return floats


def _array(values: Any, argument: str) -> npt.NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values
    try:
        array = np.asarray(values)
    except ValueError:
        raise illegal(argument, values, f"not ragged: {_LEGAL}") from None
    if array.dtype.kind in "iuf" and isinstance(values, (list, tuple)):
        # NumPy would count True among numbers as 1.
        for value in np.asarray(values, dtype=object).flat:
            if isinstance(value, (bool, np.bool_)):
                raise wrong_type(argument, value, _LEGAL)
    return array


def _check_exact(argument: str, array: npt.NDArray[Any], floats: Floats) -> None:
    """Refuse integers and long floats that were rounded."""
    if array.dtype.kind == "f":
        rounded = floats.astype(array.dtype) != array
    else:
        rounded = np.abs(floats) >= 2.0**53
        rounded[rounded] = [
            int(f) != int(v) for f, v in zip(floats[rounded], array[rounded], strict=True)
        ]
    if rounded.any():
        _complain(argument, array, rounded, _EXACT)


def _complain(argument: str, array: npt.NDArray[Any], bad: npt.NDArray[Any], legal: str) -> None:
    place = tuple(int(k) for k in np.unravel_index(int(np.argmax(bad)), bad.shape))
    where = ", ".join(map(str, place))
    raise illegal(f"{argument}[{where}]", array[place].item(), legal)
