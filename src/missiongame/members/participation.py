"""From a community, a rival and an offer to who leaves: the members' game, and its equilibria.

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

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

import numpy as np

from missiongame.errors import NoPotential, StructureMissing
from missiongame.exact import Mask
from missiongame.members.cascade import GeneralTies
from missiongame.members.complements_licence import missing_complements
from missiongame.members.default_ties import DefaultTies
from missiongame.members.enumeration import MOST, AllProfiles, equilibria
from missiongame.members.game import Game
from missiongame.members.outcome import Outcome
from missiongame.model import Community, Rival
from missiongame.model.offers import Offer

if TYPE_CHECKING:  # loads SymPy
    from missiongame.payoffs import Payoffs


class Algorithm(Protocol):
    """What an algorithm finds in a game: selected equilibria, as masks of defectors."""

    def least(self) -> Mask | None:
        """Return the least defection equilibrium, if there is one."""

    def greatest(self, least: Any) -> Mask | None:
        """Return the greatest, given the least, if there is one."""

    def robust(self, least: Any, greatest: Any) -> Mask:
        """Return the potential's maximiser, given both; raise `NoPotential` if there is none."""

    def sustains(self, away: Mask) -> bool:
        """Return whether nobody gains by deviating alone where these members are away."""


class Licence(NamedTuple):
    """An algorithm, and the structure that licenses it."""

    algorithm: Callable[[Game], Algorithm]
    complements: bool
    default_ties: bool
    most: float  # members


LICENCES = (
    Licence(DefaultTies, complements=True, default_ties=True, most=np.inf),
    Licence(GeneralTies, complements=True, default_ties=False, most=np.inf),
    Licence(AllProfiles, complements=False, default_ties=False, most=MOST),
)
"""Which algorithm, under which structure: the first whose needs are met is used.

Sorting by tipping shares needs complements and default ties, a cascade complements
alone; what needs neither goes through all profiles.
"""


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
    missing = missing_complements(game)
    for algorithm, complements, default_ties, most in LICENCES:
        lacks = (complements and missing) or (default_ties and community.ties is not None)
        if not lacks and community.n <= most:
            return _selected(game, algorithm(game))
    raise StructureMissing(
        f"{missing}, so no fast algorithm applies; all equilibria are enumerated for up to "
        f"{MOST} members, and this community has {community.n}"
    )


def _selected(game: Game, algorithm: Algorithm) -> Participation:
    least = algorithm.least()
    greatest = algorithm.greatest(least)
    robust, reason = None, ""
    try:
        robust = algorithm.robust(least, greatest)
    except NoPotential as problem:
        reason = str(problem)
    else:  # only with its certificate: it is an extreme one, or nobody gains by leaving it
        if not (_same(robust, least) or _same(robust, greatest) or algorithm.sustains(robust)):
            robust = None
            reason = (
                "the maximiser that was found failed its certificate: please report this community"
            )

    def outcome(defectors: Mask | None) -> Outcome | None:
        return None if defectors is None else Outcome(defectors, game)

    return Participation(outcome(least), outcome(robust), outcome(greatest), reason, game)


def _same(one: Mask, other: Mask | None) -> bool:
    return other is not None and np.array_equal(one, other)
