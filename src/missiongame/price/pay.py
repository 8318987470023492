"""What one member's pay has to fill → the least pay that wins the member over.

A member's *balance* B = αθ + h + Σ_{stays} g_ij − ρ Σ_{gone} g_ij is what staying
is worth above leaving for neither pay nor purpose; their *pull* a = αθ_R is what
the rival's own mission offers unpaid, and d = B − a is the *deficit* that pay has
to fill. They leave for certain at pay w iff w + aφ(w) > B, φ(w) = 1/(1 + κw).
The infimum of such pay is

    0                                                 d < 0, or d = 0 and κa ≤ 1
    d                                                 d ≥ 0, κ = 0 or a = 0
    [κB − 1 + √((κB − 1)² + 4κd)] / (2κ)              otherwise,

for w + aφ(w) is convex (a ≥ 0) or increasing (a < 0), hence increases beyond its
only crossing of B. At d = 0 with κa > 1 a member is indifferent unpaid, small pay
repels, and only pay above a − 1/κ wins for certain: the formula's other root.

Square roots are irrational as a rule, so a pay is a pair of rationals that enclose
it; both are equal, and exact, where the root is rational.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any, TypeAlias

import numpy as np

Enclosure: TypeAlias = tuple[Fraction, Fraction]
"""(low, high) with low ≤ value ≤ high; equal where the value is known exactly."""

BITS = 96
"""A root is enclosed within 2**-BITS of its own size."""

ROUNDING = 2.0**-46
"""`float_pay` errs by at most this times (|B| + pay): 128 roundings of 2**-53."""


def wins_unpaid(deficit: Any, pull: Any, crowding: Any) -> bool:
    """Return whether pay of zero, or any pay above it, wins the member over.

    Examples
    --------
    >>> wins_unpaid(0, 3, 0), wins_unpaid(0, 3, 1), wins_unpaid(-1, 3, 1)
    (True, False, True)
    """
    return bool(deficit < 0 or (deficit == 0 and crowding * pull <= 1))


def winning_pay(deficit: Fraction, pull: Fraction, crowding: Fraction) -> Enclosure:
    """Return an enclosure of the infimum of pay that wins a member over for certain.

    Parameters
    ----------
    deficit : Fraction
        d = B − a, money.
    pull : Fraction
        a = αθ_R, money; may be negative.
    crowding : Fraction
        κ ≥ 0, 1/money.

    Examples
    --------
    A balance of 11/4 against a pull of 3 is won unpaid; a balance of 3 needs 2,
    because every lower pay dilutes the rival's mission by more than it adds.

    >>> winning_pay(Fraction(11, 4) - 3, Fraction(3), Fraction(1))
    (Fraction(0, 1), Fraction(0, 1))
    >>> winning_pay(Fraction(0), Fraction(3), Fraction(1))
    (Fraction(2, 1), Fraction(2, 1))
    """
    if wins_unpaid(deficit, pull, crowding):
        return Fraction(0), Fraction(0)
    if crowding * pull == 0:
        return deficit, deficit
    shifted = crowding * (deficit + pull) - 1
    low, high = root(shifted * shifted + 4 * crowding * deficit)
    if shifted < 0:  # the same root of the quadratic without cancellation
        return 2 * deficit / (high - shifted), 2 * deficit / (low - shifted)
    twice = 2 * crowding
    return (shifted + low) / twice, (shifted + high) / twice


def root(square: Fraction) -> Enclosure:
    """Return an enclosure of the square root of a rational of at least 0.

    Examples
    --------
    >>> root(Fraction(9, 4))
    (Fraction(3, 2), Fraction(3, 2))
    >>> low, high = root(Fraction(2))
    >>> low * low < 2 < high * high
    True
    """
    over, under = square.numerator, square.denominator
    top, bottom = isqrt(over), isqrt(under)
    if top * top == over and bottom * bottom == under:
        return Fraction(top, bottom), Fraction(top, bottom)
    shift = max(0, BITS - (over.bit_length() - under.bit_length()) // 2)
    scaled = isqrt((over * under) << (2 * shift))
    scale = under << shift
    return Fraction(scaled, scale), Fraction(scaled + 1, scale)


def float_pay(deficit: Any, pull: Any, crowding: float) -> Any:
    """Return the same pay in floats over arrays, given deficits with the right sign.

    Of the two forms of the root the one without cancellation is used; the error is
    at most `ROUNDING` times (|B| + pay) for deficits within a rounding of exact.
    """
    short = np.maximum(deficit, 0.0)
    if crowding == 0:
        return short
    shifted = crowding * (short + pull) - 1
    rooted = np.hypot(shifted, 2 * np.sqrt(crowding) * np.sqrt(short))  # squares may overflow
    with np.errstate(divide="ignore", invalid="ignore"):
        pay = np.where(
            shifted < 0, 2 * short / (rooted - shifted), (shifted + rooted) / 2 / crowding
        )
    unpaid = (deficit < 0) | ((deficit == 0) & (shifted <= 0)) | ((pull == 0) & (deficit <= 0))
    return np.where(unpaid, 0.0, np.where(pull == 0, short, pay))
