"""What a mechanism derives: symbols and expressions by name, and their numeric twins.

Only expressions that this package derives itself are compiled, never text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import sympy

from missiongame.model import symbols as model


class Derived(SimpleNamespace):
    """Symbols and SymPy expressions by name, as a mechanism's `derive` describes them.

    Examples
    --------
    >>> x, y = sympy.symbols("x y")
    >>> found = Derived(pay=x, risk=y, worth=x / (1 + y) + model.alpha)
    >>> found.worth
    alpha + x/(y + 1)
    >>> found.function("worth", "pay", "risk", "alpha")(6.0, 2.0, 1.0)
    3.0
    """

    def function(
        self, expression: str, *symbols: str, modules: str = "numpy"
    ) -> Callable[..., Any]:
        """Return the function of arrays that evaluates an expression; the same one each time.

        Rational expressions also evaluate, exactly, on object arrays of Fractions.

        Parameters
        ----------
        expression : str
            Its name here.
        symbols : str
            The function's arguments, named as here or as in `missiongame.model.symbols`.
        modules : "numpy" or "scipy"
            The latter where there are special functions in it.
        """
        own = vars(self)
        order = (own[name] if name in own else getattr(model, name) for name in symbols)
        return numeric(own[expression], *order, modules=modules)


@cache
def numeric(expression: Any, *symbols: Any, modules: str = "numpy") -> Callable[..., Any]:
    """Return the function of arrays, one argument a symbol, that evaluates `expression`."""
    made: Callable[..., Any] = sympy.lambdify(symbols, expression, modules=modules, cse=False)
    return made
