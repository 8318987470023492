"""From who was offered what, and who went, to exact bounds on purpose.

Of each member it is known that they went, that they stayed, or neither. What a
choice reveals depends on the company of the moment: with g ≥ 0 the temptation
T_i = b_i − α_i c_i rises with whoever leaves, so

    i went:    α_i c_i ≤ b_i  holds with b_i taken as if all unknown others had gone;
    i stayed:  α_i c_i ≥ b_i  holds with b_i taken as if all unknown others had stayed.

Without ties, or with nobody unknown, b_i is what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import illegal, wrong_type
from missiongame.model import Community, Offer, Rival, check_players

if TYPE_CHECKING:
    from missiongame.mechanisms.welfare import Bounds


def observe(community: Community, rival: Rival, offer: Offer, went: Any) -> Bounds:
    """Return what one offer's known acceptances and refusals say of each member's purpose.

    Bounds from several offers join with ``Bounds.also``.

    Parameters
    ----------
    community : Community
        Its own purpose, which may be unknown, is not looked at.
    rival, offer
        Who is paid nothing and stays reveals that leaving for nothing is no better;
        leave out (None) who could not have gone.
    went : n of True, False or None, or a mapping from name or position to True or False
        None, or left out of the mapping: not known.

    Raises
    ------
    StructureMissing
        If somebody's choice is unknown and a tie is negative, so that it cannot be
        said which company is the more tempting.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([3, 2, 1], mission=2, names=["Ann", "Bob", "Cy"])
    >>> seen = observe(town, Rival(), offers.flat(10), {"Ann": True, "Bob": False})
    >>> seen.low, seen.high
    (array([-inf,   5., -inf]), array([ 5., inf, inf]))
    """
    from missiongame.mechanisms.welfare import purpose_bounds  # loads SymPy

    check_players(community=community, rival=rival, offer=offer)
    chosen = _choices(community, went)
    gone = np.array([c is True for c in chosen])
    stayed = np.array([c is False for c in chosen])
    unknown = ~(gone | stayed)
    if unknown.any() and community.ties is not None:
        community.ties.require_nonnegative(
            f" and the choice of {community.name(int(unknown.argmax()))} is unknown: who goes may "
            "then tempt others or not; give every choice, or ties of at least 0"
        )
    accepted = purpose_bounds(community, rival, offer, gone | unknown).only(gone)
    refused = purpose_bounds(community, rival, offer, gone).only(stayed)
    return accepted.also(refused)


def _choices(community: Community, went: Any) -> list[bool | None]:
    """Return every member's choice, None where it is not known."""
    if not isinstance(went, Mapping):
        if isinstance(went, (str, bytes)) or np.ndim(went) != 1:
            legal = "one of True, False or None for each member, or a mapping"
            raise wrong_type("went", went, legal)
        if len(went) != community.n:
            raise illegal("went", f"for {len(went)} members", f"for all {community.n} members")
        went = dict(enumerate(went))
    choices: list[bool | None] = [None] * community.n
    for who, choice in went.items():
        if choice is not None and not isinstance(choice, (bool, np.bool_)):
            raise wrong_type(f"went[{who!r}]", choice, "True, False or None")
        choices[_position(community, who)] = None if choice is None else bool(choice)
    return choices


def _position(community: Community, who: Any) -> int:
    if isinstance(who, (int, np.integer)) and not isinstance(who, bool) and 0 <= who < community.n:
        return int(who)
    if community.names is not None and who in community.names:
        return community.names.index(who)
    raise illegal("went", f"for {who!r}", f"for a member's name or 0, …, {community.n - 1}")


@dataclass(frozen=True)
class Common:
    """What the choices say of a purpose that all would share: low ≤ α ≤ high, money.

    Attributes
    ----------
    low, high : Fraction or None
        None where nothing bounds it. low > high: no common purpose explains all choices.
    lowest, highest : int or None
        The members whose choices give the two bounds.
    """

    low: Fraction | None
    high: Fraction | None
    lowest: int | None
    highest: int | None

    @property
    def possible(self) -> bool:
        """Whether one purpose for all explains every choice."""
        return self.low is None or self.high is None or self.low <= self.high


def common(bounds: Bounds) -> Common:
    """Return the bounds on a purpose that all members would share.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1])
    >>> seen = observe(pair, Rival(), offers.personal([10, 4]), [True, False])
    >>> common(seen)
    Common(low=Fraction(4, 1), high=Fraction(10, 1), lowest=1, highest=0)
    """
    low, lowest = _extreme(max, bounds.exact_low)
    high, highest = _extreme(min, bounds.exact_high)
    return Common(low, high, lowest, highest)


def _extreme(choose: Any, bounds: Sequence[Fraction | None]) -> Any:
    """Return the largest or the least bound and whose it is; of equal ones as of pairs."""
    there = ((bound, i) for i, bound in enumerate(bounds) if bound is not None)
    return choose(there, default=(None, None))
