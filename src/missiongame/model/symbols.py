"""The symbols of the model, for a user's own payoffs and claims.

All are real and carry no sign: what a claim needs, it assumes by name.
`G_stay` = Σ_{j≠i} g_ij (1 − x_j) is what the ties of member i to those who stay
are worth, `G_gone` = Σ_{j≠i} g_ij x_j what those to the defectors would be.
"""

from __future__ import annotations

from typing import Any

import sympy

alpha = sympy.Symbol("alpha", real=True)  # purpose: money per unit of mission
theta = sympy.Symbol("theta", real=True)  # mission
h = sympy.Symbol("h", real=True)  # enjoyment: money
sigma = sympy.Symbol("sigma", real=True)  # social: money
w = sympy.Symbol("w", real=True)  # pay offered: money
theta_R = sympy.Symbol("theta_R", real=True)  # the rival's mission
rho = sympy.Symbol("rho", real=True)  # portability
kappa = sympy.Symbol("kappa", real=True)  # crowding: 1/money
s = sympy.Symbol("s", real=True)  # the member's share of contributions
G_stay = sympy.Symbol("G_stay", real=True)  # money
G_gone = sympy.Symbol("G_gone", real=True)  # money

phi = 1 / (1 + kappa * w)  # how much of purpose pay leaves at the rival


def column_symbol(name: str) -> Any:
    """Return the symbol of a further per-member column, `Community(columns={name: …})`.

    Examples
    --------
    >>> column_symbol("risk")
    risk
    """
    return sympy.Symbol(name, real=True)
