"""From a data frame to columns: any object with ``.columns`` and ``frame[column]``.

pandas and polars frames are such objects; so is a mapping of columns with a
``columns`` attribute. Nothing is imported for it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import ReadError, short, wrong_type
from missiongame.readers.columns import Columns, Table, columns_of, known_name


def frame_columns(frame: Any) -> Columns:
    """Read the columns of a data frame; their meaning is in `missiongame.readers`.

    Parameters
    ----------
    frame : a data frame
        pandas, polars, or any object with ``.columns`` and ``frame[column]``.

    Raises
    ------
    ReadError
        If a column is missing or a value is not what it should be; the message
        names row and column.
    InvalidType
        If `frame` is no data frame.

    Examples
    --------
    >>> import pandas as pd
    >>> frame_columns(pd.DataFrame({"contribution": [3, 1], "social": [0, 10]})).given
    {'contribution': [3.0, 1.0], 'social': [0.0, 10.0], 'columns': {}}
    """
    if not hasattr(frame, "columns") or not hasattr(frame, "__getitem__"):
        raise wrong_type("frame", frame, "a data frame: an object with .columns and [column]")
    cells: dict[str, list[Any]] = {}
    for label in _labels(frame.columns, "frame.columns"):
        name = known_name(str(label))
        if name in cells:
            raise ReadError(f"the data frame: two columns are named {short(name)}")
        try:
            column = np.asarray(frame[label])
        except (LookupError, TypeError, ValueError) as error:
            raise ReadError(f"the data frame: no column can be read at {short(label)}") from error
        if column.ndim != 1:
            raise ReadError(f"the data frame, column {short(name)}: not one value a member")
        cells[name] = _cells(column)
    sizes = {name: len(column) for name, column in cells.items()}
    if len(set(sizes.values())) > 1:
        raise ReadError(f"the data frame: columns of different lengths, {short(sizes)}")
    labels = _labels(getattr(frame, "index", ()), "frame.index")
    return columns_of(Table("the data frame", cells, lambda row: _row(labels, row)))


def _labels(labels: Any, argument: str) -> list[Any]:
    try:
        return list(labels)
    except TypeError as error:
        raise wrong_type(argument, labels, "the labels, one by one") from error


def _cells(values: npt.NDArray[Any]) -> list[Any]:
    if values.dtype.kind in "mM":  # times are no amounts: as text they are left out
        return [str(value) for value in values]
    if values.dtype.kind == "b":
        return [int(value) for value in values]
    return [_scalar(value) for value in values.tolist()]


def _scalar(value: Any) -> Any:
    """Return a missing value as None, whatever the frame calls it."""
    return None if type(value).__name__ in ("NAType", "NaTType") else value


def _row(labels: list[Any], row: int) -> str:
    return f"row {short(labels[row])}" if len(labels) > row else f"row {row}"
