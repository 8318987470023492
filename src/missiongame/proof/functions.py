"""Properties declared of an arbitrary function to relations between its values.

A claim uses a function f at finitely many points, so a property of f is its
instances there. For f of several arguments the points are first completed to
their grid. With a, a' values of one argument (the others equal):

    increasing (decreasing)   a ≤ a' ⇒ f(a) ≤ f(a')            strictly: < twice
    convex (concave)          a < b < c ⇒ (c−b) f(a) + (b−a) f(c) ≥ (c−a) f(b)
    nonnegative, positive     f ≥ 0, f > 0
    bounded                   low ≤ f ≤ high
    increasing differences    a ≤ a', b ≤ b' ⇒ f(a',b') − f(a,b') ≥ f(a',b) − f(a,b)

A property is assumed on an interval (a box) that contains every point used. On
the smallest one, linear (multilinear) interpolation of values that satisfy the
instances has the property itself: nothing is lost, and a refutation's function
is this interpolation. A function of the whole line can obey more (a bounded
convex one is constant); state what follows from that as a relation.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import sympy as sp
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean

from missiongame.errors import illegal, wrong_type

GRID_LIMIT = 64
"""Most grid points to which a function of several arguments is completed."""
_VALUES = ("nonnegative", "positive", "bounded")
"""Properties of values alone; the parameters of the others are arguments' positions."""


class Property(Boolean):  # type: ignore[misc]  # SymPy has no types
    """A property of an arbitrary function, for use as an assumption.

    Made by `increasing`, `convex` and the others; `args` are the kind, the
    function's name, and parameters (the argument's position, or bounds).
    """

    def __new__(cls, kind: str, name: str, *parameters: Any) -> Self:
        """Make the property `kind` of the function called `name`."""
        made: Self = super().__new__(cls, Str(str(kind)), Str(str(name)), *parameters)
        return made

    @property
    def kind(self) -> str:
        """Which property."""
        return str(self.args[0])

    @property
    def name(self) -> str:
        """The function's name."""
        return str(self.args[1])

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The argument's position, two positions, or two bounds."""
        return tuple(self.args[2:])

    @property
    def bounds(self) -> tuple[Any, ...]:
        """The two bounds of a bounded function, else nothing."""
        return self.parameters if self.kind == "bounded" else ()

    def _sympystr(self, printer: Any) -> str:
        values = ", ".join(printer.doprint(p) for p in self.parameters)
        if self.kind == "bounded":
            return f"{self.name} lies in [{values}]"
        if self.kind == "increasing differences":
            return f"{self.name} has increasing differences"
        where = f" in argument {values}" if self.parameters and self.parameters[0] != 0 else ""
        return f"{self.name} is {self.kind}{where}"

    def _latex(self, printer: Any) -> str:
        text = self._sympystr(printer)
        return rf"{self.name}\ \text{{{text.removeprefix(self.name + ' ')}}}"


def increasing(function: Any, argument: int = 0, strictly: bool = False) -> Property:
    """Return the assumption that a function does not fall in one argument (rises, if strictly).

    Parameters
    ----------
    function : a SymPy function, ``sympy.Function("G")``
    argument : int
        Position of the argument, from 0.
    strictly : bool

    Examples
    --------
    >>> import sympy as sp
    >>> from missiongame.proof import prove
    >>> G = sp.Function("G")
    >>> x, y = sp.symbols("x y", real=True)
    >>> type(prove(G(x) <= G(y), assuming=[x <= y, increasing(G)])).__name__
    'Proved'
    """
    kind = "strictly increasing" if strictly else "increasing"
    return Property(kind, _name(function), sp.Integer(argument))


def decreasing(function: Any, argument: int = 0, strictly: bool = False) -> Property:
    """Return the assumption that a function does not rise in one argument (falls, if strictly)."""
    kind = "strictly decreasing" if strictly else "decreasing"
    return Property(kind, _name(function), sp.Integer(argument))


def convex(function: Any, argument: int = 0) -> Property:
    """Return the assumption that a function is convex in one argument."""
    return Property("convex", _name(function), sp.Integer(argument))


def concave(function: Any, argument: int = 0) -> Property:
    """Return the assumption that a function is concave in one argument."""
    return Property("concave", _name(function), sp.Integer(argument))


def nonnegative(function: Any) -> Property:
    """Return the assumption that a function's values are at least 0."""
    return Property("nonnegative", _name(function))


def positive(function: Any) -> Property:
    """Return the assumption that a function's values exceed 0."""
    return Property("positive", _name(function))


def bounded(function: Any, low: Any, high: Any) -> Property:
    """Return the assumption that a function's values lie in [low, high], both included."""
    bounds = sp.sympify(low, strict=True), sp.sympify(high, strict=True)
    return Property("bounded", _name(function), *bounds)


def increasing_differences(function: Any, first: int = 0, second: int = 1) -> Property:
    """Return the assumption of increasing differences in two arguments (complements)."""
    if first == second:
        raise illegal("second", second, "another argument than `first`")
    positions = sp.Integer(first), sp.Integer(second)
    return Property("increasing differences", _name(function), *positions)


def _name(function: Any) -> str:
    if not isinstance(function, sp.core.function.UndefinedFunction):
        raise wrong_type("function", function, 'a SymPy function such as sympy.Function("G")')
    return str(function.__name__)


Points = list[tuple[tuple[Any, ...], Any]]
"""Argument tuples and the function's values there, as variables or as numbers."""


def completed(points: Points, fresh: Callable[[], Any]) -> tuple[Points, bool]:
    """Return the points completed to their grid, and whether that was feasible."""
    if not points or len(points[0][0]) < 2:
        return points, True
    axes = [list(dict.fromkeys(axis)) for axis in zip(*(a for a, _ in points), strict=True)]
    size = sp.prod([len(axis) for axis in axes])
    if size > GRID_LIMIT:
        return points, False
    known = dict(points)
    return [(a, known[a] if a in known else fresh()) for a in itertools.product(*axes)], True


def telling(
    properties: Sequence[Property], arity: int | None, fresh: Callable[[], Any]
) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    """Yield arguments to add, and their order, so that contradictory properties contradict there.

    One point where the function is not used (`arity` None). Two, in order, where it
    should rise or fall strictly and something else may forbid that.
    """
    positions = [int(k) for p in properties if p.kind not in _VALUES for k in p.parameters]
    size = arity or max(positions, default=0) + 1
    if arity is None:
        yield tuple(fresh() for _ in range(size)), []
    for prop in properties:
        falls = prop.kind.endswith("decreasing")
        against = [
            p
            for p in properties
            if p.kind == "bounded"
            or (
                p.kind.endswith("creasing")
                and p.kind.endswith("decreasing") != falls
                and p.parameters == prop.parameters
            )
        ]
        if prop.kind.startswith("strictly") and against:
            low = [fresh() for _ in range(size)]
            high = list(low)
            high[min(int(prop.parameters[0]), size - 1)] = fresh()
            yield tuple(low), []
            yield tuple(high), [_lt(a, b) for a, b in zip(low, high, strict=True) if a != b]


def consistent(points: Points) -> list[Any]:
    """Return the relations that make the values those of one function."""
    return [
        sp.Implies(sp.And(*map(_equal, a, b)), _equal(f, g), evaluate=False)
        for (a, f), (b, g) in itertools.combinations(points, 2)
    ]


def instances(prop: Property, points: Points, bounds: Sequence[Any] = ()) -> list[Any]:
    """Return the property's instances at `points`; see the module's first lines."""
    kind = prop.kind
    if kind in ("nonnegative", "positive"):
        relation = sp.Ge if kind == "nonnegative" else sp.Gt
        return [relation(f, 0, evaluate=False) for _, f in points]
    if kind == "bounded":
        low, high = bounds
        return [sp.And(_le(low, f), _le(f, high)) for _, f in points]
    if kind == "increasing differences":
        return list(_difference_instances(prop, points))
    sign = -1 if kind in ("concave",) or kind.endswith("decreasing") else 1
    lines = _lines(points, _position(prop, points))
    if kind in ("convex", "concave"):
        return [c for line in lines for c in _convexity(line, sign)]
    return [c for line in lines for c in _monotonicity(line, sign, kind.startswith("strictly"))]


def _position(prop: Property, points: Points, which: int = 0) -> int:
    position = int(prop.parameters[which])
    arity = len(points[0][0]) if points else position + 1
    if not 0 <= position < arity:
        raise illegal("argument", position, f"a position from 0 to {arity - 1} in {prop.name}")
    return position


def _lines(points: Points, position: int) -> list[list[tuple[Any, Any]]]:
    """Group points that differ only in the argument at `position`, as (argument, value)."""
    lines: dict[tuple[Any, ...], list[tuple[Any, Any]]] = {}
    for arguments, value in points:
        rest = arguments[:position] + arguments[position + 1 :]
        lines.setdefault(rest, []).append((arguments[position], value))
    return list(lines.values())


def _monotonicity(line: list[tuple[Any, Any]], sign: int, strictly: bool) -> Iterator[Any]:
    before = _lt if strictly else _le
    for (a, f), (b, g) in itertools.permutations(line, 2):
        low, high = (f, g) if sign > 0 else (g, f)
        yield sp.Implies(before(a, b), before(low, high), evaluate=False)


def _convexity(line: list[tuple[Any, Any]], sign: int) -> Iterator[Any]:
    for (a, f), (b, g), (c, h) in itertools.permutations(line, 3):
        gap = (c - b) * f + (b - a) * h - (c - a) * g
        yield sp.Implies(sp.And(_lt(a, b), _lt(b, c)), _le(0, sign * gap), evaluate=False)


def _difference_instances(prop: Property, points: Points) -> Iterator[Any]:
    i, j = _position(prop, points), _position(prop, points, 1)
    known = dict(points)

    def at(point: tuple[Any, ...], first: Any, second: Any) -> Any:
        moved = list(point)
        moved[i], moved[j] = first, second
        return known.get(tuple(moved))

    for low, high in itertools.permutations([p for p, _ in points], 2):
        corners = [at(low, a[i], b[j]) for a in (high, low) for b in (high, low)]
        same = all(low[k] == high[k] for k in range(len(low)) if k not in (i, j))
        if same and low[i] != high[i] and low[j] != high[j] and None not in corners:
            hh, hl, lh, ll = corners
            ordered = sp.And(_le(low[i], high[i]), _le(low[j], high[j]))
            yield sp.Implies(ordered, _le(hl - ll, hh - lh), evaluate=False)


def _equal(a: Any, b: Any) -> Any:
    return sp.Eq(a, b, evaluate=False)


def _le(a: Any, b: Any) -> Any:
    return sp.Le(a, b, evaluate=False)


def _lt(a: Any, b: Any) -> Any:
    return sp.Lt(a, b, evaluate=False)
