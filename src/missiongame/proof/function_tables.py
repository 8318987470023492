"""A function's values at finitely many points to the function through them, and its properties.

A refutation's function: its values, the interpolation through them, and the
direct check that the table has a declared property (neighbours on each line
compared in order; nothing is shared with the instances that engines see).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import sympy as sp

from missiongame.proof.functions import Property

FunctionTable: TypeAlias = Mapping[tuple[Any, ...], Any]
"""Argument tuples to values, all exact SymPy numbers."""


def interpolation(table: FunctionTable) -> Any:
    """Return the function through the table's points as a SymPy `Lambda`.

    Of one argument: linear between neighbouring points, defined from the least
    to the greatest. Of several: defined at the points.

    Examples
    --------
    >>> f = interpolation({(sp.Integer(0),): sp.Integer(1), (sp.Integer(2),): sp.Integer(5)})
    >>> f(1)
    3
    """
    arity = len(next(iter(table)))
    if arity > 1:
        xs = sp.symbols(f"x1:{arity + 1}", real=True)
        pieces = [(v, sp.And(*map(sp.Eq, xs, a))) for a, v in table.items()]
        return sp.Lambda(xs, sp.Piecewise(*pieces, (sp.nan, True)))
    x = sp.Symbol("x", real=True)
    ends = _sorted_line([(a[0], v) for a, v in table.items()])
    pieces = [(ends[0][1], sp.Eq(x, ends[0][0]))]
    for (a, f), (b, g) in itertools.pairwise(ends):
        pieces.append((f + (g - f) / (b - a) * (x - a), sp.And(a <= x, x <= b)))
    return sp.Lambda(x, sp.Piecewise(*pieces, (sp.nan, True)))


def satisfies(prop: Property, table: FunctionTable, bounds: Sequence[Any] = ()) -> bool:
    """Return whether a table of rational values has the property.

    Examples
    --------
    >>> from missiongame.proof import convex
    >>> square = {(sp.Integer(x),): sp.Integer(x * x) for x in range(4)}
    >>> satisfies(convex(sp.Function("f")), square)
    True
    """
    kind, values = prop.kind, list(table.values())
    if kind in ("nonnegative", "positive"):
        return all(v >= 0 if kind == "nonnegative" else v > 0 for v in values)
    if kind == "bounded":
        return all(bounds[0] <= v <= bounds[1] for v in values)
    if kind == "increasing differences":
        return _has_increasing_differences(table, *map(int, prop.parameters))
    sign = -1 if kind == "concave" or kind.endswith("decreasing") else 1
    strictly = kind.startswith("strictly")
    return all(
        _ordered([sign * d for d in _differences(line, kind in ("convex", "concave"))], strictly)
        for line in _lines(table, int(prop.parameters[0]))
    )


def _ordered(steps: list[Any], strictly: bool) -> bool:
    return all(s > 0 if strictly else s >= 0 for s in steps)


def _differences(line: list[tuple[Any, Any]], second: bool) -> list[Any]:
    """Return the changes of value along a sorted line, or of slope."""
    if not second:
        return [g - f for (_, f), (_, g) in itertools.pairwise(line)]
    slopes = [(g - f) / (b - a) for (a, f), (b, g) in itertools.pairwise(line)]
    return [t - s for s, t in itertools.pairwise(slopes)]


def _lines(table: FunctionTable, position: int) -> list[list[tuple[Any, Any]]]:
    lines: dict[tuple[Any, ...], list[tuple[Any, Any]]] = {}
    for arguments, value in table.items():
        rest = arguments[:position] + arguments[position + 1 :]
        lines.setdefault(rest, []).append((arguments[position], value))
    return [_sorted_line(line) for line in lines.values()]


def _sorted_line(line: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return sorted(line, key=lambda point: sp.N(point[0], 60))


def _has_increasing_differences(table: FunctionTable, i: int, j: int) -> bool:
    for low, high in itertools.product(table, repeat=2):
        rest = all(
            a == b for k, (a, b) in enumerate(zip(low, high, strict=True)) if k not in (i, j)
        )
        if not (rest and low[i] <= high[i] and low[j] <= high[j]):
            continue
        up, right = list(low), list(low)
        up[i], right[j] = high[i], high[j]
        if tuple(up) in table and tuple(right) in table:
            gain = table[high] - table[tuple(right)]
            if gain < table[tuple(up)] - table[low]:
                return False
    return True
