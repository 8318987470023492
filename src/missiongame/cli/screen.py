"""What the commands show: tables that fit a terminal, plain sentences, or JSON alone.

Results go to standard output, progress to standard error.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

WIDTH = 80


def console() -> Console:
    """Return the console for results; 80 columns where the output is no terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=False)


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table whose number columns (all but the first) are aligned to the right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for k, heading in enumerate(headings):
        made.add_column(heading, justify="left" if k == 0 else "right", overflow="fold")
    for row in rows:
        made.add_row(*(cell if isinstance(cell, str) else amount(cell) for cell in row))
    return made


def amount(value: object) -> str:
    """Return a number as a person writes it: 12,000, 0.25, ∞.

    Examples
    --------
    >>> amount(12000.0), amount(0.123456), amount(float("inf")), amount(None)
    ('12,000', '0.1235', '∞', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, (int, float, Fraction, np.number)) and not isinstance(value, bool):
        real = float(value)
        if math.isnan(real):
            return "–"
        if math.isinf(real):
            return "∞" if real > 0 else "−∞"
        if abs(real) >= 1000:
            return f"{real:,.0f}"
        return f"{real:.4g}"
    return str(value)


def percent(value: float | Fraction) -> str:
    """Return a share as a percentage.

    Examples
    --------
    >>> percent(0.20812)
    '20.8%'
    """
    return f"{100 * float(value):.1f}%"


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document, alone, to standard output; a Fraction as "p/q", ∞ as null."""
    print(json.dumps(_plain(document), indent=2, ensure_ascii=False))  # noqa: T201 - the output


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, np.ndarray):
        return [_plain(v) for v in value.tolist()]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Show on standard error what is being done, while it is being done."""
    error = Console(stderr=True, highlight=False)
    if error.is_terminal:
        with error.status(doing):
            yield
    else:
        yield
