"""Numeric twins of derived expressions.

Only expressions that this package derives itself are compiled, never text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def numeric(expression: Any, *symbols: Any, modules: str = "numpy") -> Callable[..., Any]:
    """Return a function of arrays, one argument a symbol, that evaluates `expression`.

    `modules` is "numpy", or "scipy" where there are special functions in it.
    Rational expressions also evaluate, exactly, on object arrays of Fractions.

    Examples
    --------
    >>> import sympy
    >>> x, y = sympy.symbols("x y")
    >>> numeric(x / (1 + y), x, y)(6.0, 2.0)
    2.0
    """
    import sympy

    return sympy.lambdify(symbols, expression, modules=modules, cse=False)
