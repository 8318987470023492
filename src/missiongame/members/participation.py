"""The members' game: who leaves for an offer?

Each member stays (x_i = 0) or defects (x_i = 1) and takes what is better, given
what the others do. Where a member is the readier to stay the more of the others
stay (*complements*: ties are not negative), the game is supermodular: it has a
least and a greatest defection equilibrium, which best responses from all-stay and
from all-defect reach (Milgrom and Roberts 1990). Whoever is indifferent stays in
the least and leaves in the greatest. Between the two lies the robust one, the
maximiser of the game's potential where it has one (Morris and Ui 2005); of
several maximisers, the one with least defection.

Complements hold for the standard payoffs, and are proved for a user's own before
a fast algorithm is used. Without them all pure equilibria are enumerated, up to
20 members.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np

from missiongame.errors import NoPotential, StructureMissing
from missiongame.exact import nearest
from missiongame.members.default_ties import DefaultTies
from missiongame.members.enumeration import MOST, equilibria
from missiongame.members.game import Game
from missiongame.members.outcome import Outcome
from missiongame.model.offers import Offer

if TYPE_CHECKING:
    from missiongame.exact import Mask
    from missiongame.model import Community, Rival
    from missiongame.payoffs import Payoffs


@dataclass(frozen=True, eq=False)
class Participation:
    """The equilibria of a members' game.

    Attributes
    ----------
    least, robust, greatest : Outcome or None
        None where there is no such equilibrium; with complements only `robust` can be.
    reason : str
        Why `robust` is None.
    """

    least: Outcome | None
    robust: Outcome | None
    greatest: Outcome | None
    reason: str
    _game: Game = field(repr=False)

    @cached_property
    def equilibria(self) -> Equilibria | None:
        """All pure equilibria, where the community has at most 20 members; else None."""
        if self._game.community.n > MOST:
            return None
        return Equilibria(self._game)


class Equilibria(Sequence[Outcome]):
    """All pure equilibria of a small members' game, in ascending order of Σ 2^i x_i."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self.defectors: Mask = equilibria(game.community, game.response)

    def __len__(self) -> int:
        return len(self.defectors)

    @overload
    def __getitem__(self, k: int) -> Outcome: ...
    @overload
    def __getitem__(self, k: slice) -> list[Outcome]: ...
    def __getitem__(self, k: int | slice) -> Outcome | list[Outcome]:
        if isinstance(k, slice):
            return [Outcome(row, self._game) for row in self.defectors[k]]
        return Outcome(self.defectors[k], self._game)

    def __iter__(self) -> Iterator[Outcome]:
        return (Outcome(row, self._game) for row in self.defectors)


def participate(
    community: Community, rival: Rival, offer: Offer, payoffs: Payoffs | None = None
) -> Participation:
    """Return who leaves for `offer` in the least, robust and greatest equilibrium, exactly.

    Parameters
    ----------
    community : Community
    rival : Rival
    offer : Offer
        Or anything with `pay(community)`, a column of money a period.
    payoffs : Payoffs, optional
        A user's own; by default the standard ones.

    Returns
    -------
    Participation
        Each equilibrium carries its certificate, `max_gain` ≤ 0.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is None and the payoffs use it.
    StructureMissing
        If the game has no complements (a negative tie, payoffs for which they could
        not be proved) and more than 20 members.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([6, 3, 1], purpose=100, social=[0, 20, 20])
    >>> out = participate(town, Rival(), offers.top(1, pay=120))
    >>> out.least.defectors
    array([ True, False, False])
    >>> out.least.defection, out.least.payroll, out.least.max_gain
    (0.6, 120.0, -20.0)
    """
    game = Game.of(community, rival, offer, payoffs)
    missing = _missing_structure(game)
    if not missing:
        return _default(game) if community.ties is None else _general(game)
    if community.n > MOST:
        raise StructureMissing(
            f"{missing}, so no fast algorithm applies; all equilibria are enumerated for up to "
            f"{MOST} members, and this community has {community.n}"
        )
    return _enumerated(game)


def _missing_structure(game: Game) -> str:
    """Say why the game may not have complements, with the numbers that break them."""
    ties = game.community.ties
    if ties is not None and not ties.nonnegative:
        i, j = ties.first_negative()
        return f"ties[{i}, {j}] is {nearest(ties.worth[np.argmax(ties.worth < 0)]):g}, negative"
    if game.payoffs is None or game.payoffs.standard:
        return ""
    from missiongame.members.proved_structure import missing_complements

    return missing_complements(game)


def _default(game: Game) -> Participation:
    found = DefaultTies(game.community, game.response)
    least = found.least()
    greatest = found.greatest(least)
    robust, reason = _or_reason(lambda: found.robust(least, greatest))
    robust, reason = _sustained(robust, reason, (least, greatest), found.sustains)
    return _answer(game, least, robust, greatest, reason)


def _general(game: Game) -> Participation:
    from missiongame.members.cascade import Thresholds
    from missiongame.members.mincut import maximiser

    ties = game.community.ties
    assert ties is not None  # noqa: S101 - default ties go elsewhere
    thresholds = Thresholds(game.community, game.response)
    least, greatest = thresholds.defectors(least=True), thresholds.defectors(least=False)
    robust, reason = _or_reason(lambda: maximiser(ties, game.response, least, greatest))
    robust, reason = _sustained(robust, reason, (least, greatest), thresholds.sustains)
    return _answer(game, least, robust, greatest, reason)


def _enumerated(game: Game) -> Participation:
    from missiongame.members import selections

    profiles = equilibria(game.community, game.response)
    robust, reason = _or_reason(lambda: selections.robust(game.community, game.response, profiles))
    least, greatest = selections.least(profiles), selections.greatest(profiles)
    return _answer(game, least, robust, greatest, reason)


def _or_reason(find: Callable[[], Mask]) -> tuple[Mask | None, str]:
    """Return the potential's maximiser, or why there is none."""
    try:
        return find(), ""
    except NoPotential as problem:
        return None, str(problem)


def _sustained(
    found: Mask | None, reason: str, known: tuple[Mask, Mask], sustains: Callable[[Mask], bool]
) -> tuple[Mask | None, str]:
    """Return a maximiser only with its certificate: it is one of the known ones, or sustains."""
    if found is None or any(np.array_equal(found, other) for other in known) or sustains(found):
        return found, reason
    return None, "the maximiser that was found failed its certificate: please report this community"


def _answer(
    game: Game, least: Mask | None, robust: Mask | None, greatest: Mask | None, reason: str
) -> Participation:
    def selected(defectors: Mask | None) -> Outcome | None:
        return None if defectors is None else Outcome(defectors, game)

    return Participation(selected(least), selected(robust), selected(greatest), reason, game)
