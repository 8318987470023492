"""A temptation in SymPy to the reservation pay, the tipping share and its affine split.

With T = defect − stay:

- reservation pay: the least w ≥ 0 with T ≥ 0. It is 0 where T(0) ≥ 0; else a
  root of T in w, which is solved for case by case as coefficients vanish;
- tipping share under default ties, where G_stay = σS and G_gone = σ(1 − s − S):
  the S at which T = 0, so that i stays iff the others' staying share reaches it;
- the affine split T = A − B·G_stay + R·G_gone, where there is one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import sympy
from sympy import Eq, Piecewise, S, oo

from missiongame.errors import NoClosedForm
from missiongame.model import symbols as m

BOUNDS = {  # the signs that the model gives its symbols; α, h and further columns are free
    m.theta: (0, None),
    m.theta_R: (0, None),
    m.sigma: (0, None),
    m.w: (0, None),
    m.kappa: (0, None),
    m.G_stay: (0, None),
    m.G_gone: (0, None),
    m.rho: (0, 1),
    m.s: (0, 1),
}
SIGNED = {symbol: sympy.Dummy(symbol.name, nonnegative=True) for symbol in BOUNDS}
others_share = sympy.Symbol("S", real=True)  # S_{−i}, the others' staying share


class AffineSplit(NamedTuple):
    """T = base − stay·G_stay + gone·G_gone."""

    base: Any
    stay: Any
    gone: Any


def affine_split(temptation: Any) -> AffineSplit | None:
    """Return A, B and R of T = A − B·G_stay + R·G_gone, or None if T is not affine in the ties.

    Examples
    --------
    >>> affine_split(m.w - m.h - m.G_stay + m.rho * m.G_gone)
    AffineSplit(base=-h + w, stay=1, gone=rho)
    """
    stay, gone = -sympy.diff(temptation, m.G_stay), sympy.diff(temptation, m.G_gone)
    stay, gone = sympy.cancel(stay), sympy.cancel(gone)
    if {m.G_stay, m.G_gone} & (stay.free_symbols | gone.free_symbols):
        return None
    # A function that jumps, or bends only where it is not smooth, has a constant slope too.
    if any({m.G_stay, m.G_gone} & f.free_symbols for f in temptation.atoms(sympy.Function)):
        return None
    base = temptation.subs({m.G_stay: 0, m.G_gone: 0})
    return AffineSplit(base, stay, gone)


def tipping_share(temptation: Any) -> Any:
    """Return the others' staying share at which T = 0 under default ties.

    Raises
    ------
    NoClosedForm
        If T does not vary with it, or SymPy does not find exactly one solution.
    """
    ties = {m.G_stay: m.sigma * others_share, m.G_gone: m.sigma * (1 - m.s - others_share)}
    there = temptation.subs(ties, simultaneous=True)
    slope = sympy.factor(sympy.diff(there, others_share))
    if slope == 0:
        raise NoClosedForm("no tie enters the payoffs: every member decides alone")
    if others_share not in slope.free_symbols:
        return there.subs(others_share, 0) / -slope
    return _solution(there, others_share)


def reservation_pay(temptation: Any) -> Any:
    """Return the least w ≥ 0 with T ≥ 0 as a Piecewise; infinite where there is none.

    Raises
    ------
    NoClosedForm
        If SymPy does not solve T = 0 for w.
    """
    unpaid = temptation.subs(m.w, 0)
    numerator, denominator = sympy.fraction(sympy.together(temptation))
    if signed(denominator).is_positive and numerator.is_polynomial(m.w):
        cases = _polynomial_cases(sympy.Poly(numerator, m.w))
    else:
        cases = _monotone_cases(temptation)
    return Piecewise((S.Zero, unpaid >= 0), *cases)


def signed(expression: Any) -> Any:
    """Return the expression with symbols that carry the model's signs, for `is_positive` etc."""
    return expression.xreplace(SIGNED)


def _polynomial_cases(numerator: Any) -> list[tuple[Any, Any]]:
    """Cases for the least root of c₀ + c₁w + c₂w² from c₀ < 0."""
    degree, lead = numerator.degree(), numerator.LC()
    if degree == 0:
        return [(oo, True)]
    if degree > 2:
        raise NoClosedForm(f"T = 0 is of degree {degree} in pay")
    rest = sympy.Poly(numerator.as_expr() - lead * m.w**degree, m.w)
    vanishing = [] if signed(lead).is_nonzero else _under(rest, Eq(lead, 0))
    root, real = _root(numerator, degree)
    if signed(lead).is_nonnegative:
        return [*vanishing, (root, True)]
    rising = [(root, lead > 0), (root, real)] if degree == 2 else [(root, lead > 0)]
    return [*vanishing, *rising, (oo, True)]


def _under(rest: Any, condition: Any) -> list[tuple[Any, Any]]:
    """Return the cases of a lower degree, each under the condition that the lead vanishes."""
    substituted = rest
    solved = sympy.solve(condition, dict=True)
    if len(solved) == 1:  # say κ = 0: the remaining coefficients are then simpler
        substituted = sympy.Poly(rest.as_expr().subs(solved[0]), m.w)
    if substituted.degree() > 1:
        raise NoClosedForm("T = 0 is of degree 2 in pay with a coefficient that may vanish")
    return [(value, sympy.And(condition, held)) for value, held in _polynomial_cases(substituted)]


def _root(numerator: Any, degree: int) -> tuple[Any, Any]:
    """Return the least positive root from c₀ < 0, and when it is one though c₂ < 0."""
    if degree == 1:
        c1, c0 = numerator.all_coeffs()
        return -c0 / c1, S.false
    c2, c1, c0 = numerator.all_coeffs()
    discriminant = c1**2 - 4 * c2 * c0
    root = (-c1 + sympy.sqrt(discriminant)) / (2 * c2)
    return root, sympy.And(c1 > 0, discriminant >= 0)


def _monotone_cases(temptation: Any) -> list[tuple[Any, Any]]:
    """Cases for a T that rises in pay, and that SymPy inverts."""
    slope = sympy.simplify(sympy.diff(temptation, m.w))
    if not slope.subs(m.w, sympy.Dummy(positive=True)).xreplace(SIGNED).is_positive:
        raise NoClosedForm("T is not seen to rise in pay")
    solution = _solution(temptation, m.w)
    try:
        most = signed(temptation).limit(signed(m.w), oo)
    except (NotImplementedError, ValueError) as problem:
        raise NoClosedForm("T's limit in pay is not found") from problem
    if most is oo:
        return [(solution, True)]
    back = {dummy: symbol for symbol, dummy in SIGNED.items()}
    return [(oo, most.xreplace(back) <= 0), (solution, True)]


def _solution(equation: Any, unknown: Any) -> Any:
    """Return the one real solution of T = 0."""
    try:
        found = sympy.solve(equation, unknown)
    except NotImplementedError as problem:
        raise NoClosedForm(f"SymPy does not solve T = 0 for {unknown}") from problem
    real = [solution for solution in found if solution.is_real is not False]
    if len(real) != 1:
        raise NoClosedForm(f"T = 0 has {len(real)} solutions for {unknown}")
    return real[0]
