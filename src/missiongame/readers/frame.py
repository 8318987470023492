"""A data frame as a community: any object with ``.columns`` and ``frame[column]``.

pandas and polars frames are such objects; so is a mapping of columns with a
``columns`` attribute. Nothing is imported for it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.community import Community
from missiongame.errors import ReadError, wrong_type
from missiongame.readers.columns import Table, community_of, known_name


def from_frame(frame: Any, **defaults: Any) -> Community:
    """Read a community from a data frame; the columns are in `missiongame.readers`.

    Parameters
    ----------
    frame : a data frame
        pandas, polars, or any object with ``.columns`` and ``frame[column]``.
    **defaults
        What the frame does not hold: purpose, enjoyment, social, mission, ties, as
        in `missiongame.Community`.

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
    >>> from_frame(pd.DataFrame({"contribution": [3, 1], "social": [0, 10]}))
    Community(2 members, 4 contributions a period, mission 1)
    """
    if not hasattr(frame, "columns") or not hasattr(frame, "__getitem__"):
        raise wrong_type("frame", frame, "a data frame: an object with .columns and [column]")
    cells: dict[str, list[Any]] = {}
    for label in frame.columns:
        name = known_name(str(label))
        if name in cells:
            raise ReadError(f"the data frame: two columns are named {name!r}")
        cells[name] = _cells(np.asarray(frame[label]))
    labels = list(getattr(frame, "index", ()))
    return community_of(Table("the data frame", cells, lambda row: _row(labels, row)), defaults)


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
    return f"row {labels[row]!r}" if len(labels) > row else f"row {row}"
