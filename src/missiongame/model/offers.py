"""From an offer, a rule of what the rival pays whom, to the pay of each member.

w_i ≥ 0 is what member i is offered to defect, money a period; `fixed` is what
posting the offer costs the rival, accepted or not.

- `flat(w)`: the same to everyone;
- `top(k, pay)`: to the k largest contributors, nothing to the others;
- `piece_rate(r)`: r a contribution, w_i = r c_i;
- `personal(w_1, …, w_n)`: to each their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from missiongame.errors import Words, illegal, wrong_type
from missiongame.exact import Column, Number, column, fractions_of, head_count, nearest, number
from missiongame.model.players import check_players

if TYPE_CHECKING:
    from missiongame.model.community import Community


@dataclass(frozen=True, eq=False)
class Offer:
    """An offer of cash; make one with `flat`, `top`, `piece_rate` or `personal`.

    Attributes
    ----------
    kind : "flat", "top", "piece_rate" or "personal"
    amount : number or (n,) column
        Money a period, or money a contribution for a piece rate.
    places : int or None
        How many members a "top" offer is for.
    fixed : number
        What posting the offer costs the rival, money a period.
    """

    kind: Literal["flat", "top", "piece_rate", "personal"]
    amount: Number | Column
    places: int | None = None
    fixed: Number = 0.0

    def pay(self, community: Community) -> Column:
        """Return w, the (n,) column of pay offered to each member, money a period, exact.

        Raises
        ------
        InvalidValue
            If a personal offer is not for exactly the community's n members.

        Examples
        --------
        >>> from missiongame import Community
        >>> top(2, pay=1000).pay(Community([1, 5, 3]))
        array([   0., 1000., 1000.])
        """
        check_players(community=community)
        n = community.n
        if self.kind == "flat":
            return column(self.amount, "pay", n)
        if self.kind == "personal":
            if len(self._amounts) != n:
                raise illegal(
                    "pay", Words(f"for {len(self._amounts)} members"), f"for all {n} members"
                )
            return self._amounts
        if self.kind == "piece_rate":
            return _times(community.contribution, self._amount)
        places = min(self.places or 0, n)
        pay = np.zeros(n) if isinstance(self.amount, float) else np.full(n, Fraction(0))
        pay[community.by_contribution[:places]] = self.amount
        return pay

    def at(self, amount: Number) -> Offer:
        """Return the same offer of another amount; personal pay is multiplied by it.

        Examples
        --------
        >>> top(2, pay=1000).at(50), personal([10, 0]).at(3).amount
        (<offer: 50 to the top 2>, array([30.,  0.]))
        """
        personal = self.kind == "personal"
        return replace(self, amount=_times(self._amounts, amount) if personal else amount)

    @property
    def _amounts(self) -> Column:
        assert isinstance(self.amount, np.ndarray)  # noqa: S101 - `personal` made it so
        return self.amount

    @property
    def _amount(self) -> Number:
        assert not isinstance(self.amount, np.ndarray)  # noqa: S101 - the other makers made it so
        return self.amount

    def __str__(self) -> str:
        if self.kind == "personal":
            return f"personal pay to {len(self._amounts)}"
        amount = f"{nearest(self._amount):,.10g}"
        if self.kind == "top":
            return f"{amount} to the top {self.places}"
        return f"{amount} to everyone" if self.kind == "flat" else f"{amount} a contribution"

    def __repr__(self) -> str:
        return f"<offer: {self}>"


def flat(pay: Any, fixed: Any = 0.0) -> Offer:
    """Offer the same `pay` ≥ 0 a period to every member.

    Examples
    --------
    >>> flat(100)
    <offer: 100 to everyone>
    """
    return Offer("flat", number(pay, "pay", low=0), fixed=number(fixed, "fixed", low=0))


def top(k: int, pay: Any, fixed: Any = 0.0) -> Offer:
    """Offer `pay` ≥ 0 a period to the `k` largest contributors (all, if there are fewer).

    Among equal contributors the earlier in the community comes first.

    Examples
    --------
    >>> top(20, pay=1000)
    <offer: 1,000 to the top 20>
    """
    places = head_count(k, "k")
    return Offer("top", number(pay, "pay", low=0), places, number(fixed, "fixed", low=0))


def piece_rate(rate: Any, fixed: Any = 0.0) -> Offer:
    """Offer `rate` ≥ 0 for each contribution: w_i = rate · c_i.

    Examples
    --------
    >>> piece_rate(6.67)
    <offer: 6.67 a contribution>
    """
    return Offer("piece_rate", number(rate, "rate", low=0), fixed=number(fixed, "fixed", low=0))


def personal(pay: Any, fixed: Any = 0.0) -> Offer:
    """Offer each member their own pay, an (n,) array of money ≥ 0 a period.

    Examples
    --------
    >>> personal([10, 0, 5])
    <offer: personal pay to 3>
    """
    if isinstance(pay, (str, bytes)) or np.ndim(pay) != 1:
        raise wrong_type("pay", pay, "a sequence of numbers, one a member")
    return Offer(
        "personal", column(pay, "pay", len(pay), low=0), fixed=number(fixed, "fixed", low=0)
    )


def _times(values: Column, factor: Number) -> Column:
    """Return the exact products, as floats where all of them are floats."""
    if values.dtype != object and isinstance(factor, float):
        mantissa, _ = np.frexp(np.append(values, factor))
        bits = _bits(mantissa[:-1]).max(initial=0) + _bits(mantissa[-1:])[0]
        with np.errstate(over="ignore", under="ignore"):
            products: Column = values * factor
        if bits <= 53 and np.isfinite(products).all() and _normal(products, values, factor):
            return products
    return column([Fraction(factor) * v for v in fractions_of(values)], "pay", len(values))


def _bits(mantissa: Column) -> Column:
    """Return how many bits each mantissa in [1/2, 1) has after the point."""
    whole = np.ldexp(mantissa, 53).astype(np.int64)
    lowest = whole & -whole
    trailing = np.where(whole == 0, 53, np.round(np.log2(np.maximum(lowest, 1))))
    return 53 - trailing.astype(np.int64)


def _normal(products: Column, values: Column, factor: float) -> bool:
    """Return whether no product of nonzero numbers fell among the subnormals."""
    tiny = np.abs(products) < np.finfo(np.float64).tiny
    return not bool(np.any(tiny & (values != 0) & (factor != 0)))
