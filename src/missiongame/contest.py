"""Steward against rival: a bimatrix game over the members' game.

The steward picks a policy p (uplift m_p to the mission at a cost), the rival an
offer o, both at once; then the members play. With x the selected equilibrium of
the members' game at mission θ + m_p and offer o, and K its contribution-weighted
defection,

    steward[p, o] = V (1 − K) − cost_p
    rival[p, o]   = v Σ c_i x_i − Σ w_i x_i − fixed_o.

Both are exact rationals of the numbers given. Float payoffs would break true
ties, and such games are full of them: all offers that move nobody tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np

from missiongame.bimatrix import (
    Equilibria,
    Equilibrium,
    ExtremeEquilibria,
    solve,
    solve_extremes,
)
from missiongame.errors import StructureMissing, illegal, wrong_type
from missiongame.exact import Floats, exact_total
from missiongame.members import Outcome, Participation, participate
from missiongame.model import Community, Policy, Rival, Steward, check_players
from missiongame.model.offers import Offer

if TYPE_CHECKING:
    from missiongame.payoffs import Payoffs

Selection: TypeAlias = Literal["least", "robust", "greatest"]
ExactMatrix: TypeAlias = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class ExactContest:
    """The contest's matrices as Fractions, each (policies, offers)."""

    steward: ExactMatrix
    rival: ExactMatrix
    defection: ExactMatrix


@dataclass(frozen=True)
class Cell:
    """One policy against one offer: who gets what, exactly."""

    policy: Policy
    offer: Offer
    steward: Fraction
    rival: Fraction
    defection: Fraction


@dataclass(frozen=True)
class Commitment:
    """What happens when one side moves first and the other answers best.

    Where the answer is a tie, it may fall either way: `favourable` breaks every
    tie for the leader, `unfavourable` against it. They agree on generic payoffs.
    """

    leader: Literal["rival", "steward"]
    favourable: Cell
    unfavourable: Cell


class Contest:
    """The steward's policies against the rival's offers.

    Parameters
    ----------
    community : Community
        With its purpose known.
    steward : Steward
    rival : Rival
    offers : sequence of Offer
        At least one.
    selection : "least", "robust" or "greatest"
        Which equilibrium the members play.
    payoffs : Payoffs, optional
        A user's own members' payoffs instead of the standard ones.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is None.
    StructureMissing
        If the members' game lacks the selected equilibrium.

    Examples
    --------
    >>> from missiongame import Policy, offers
    >>> town = Community([6, 3, 1], purpose=10)
    >>> steward = Steward(value=100, policies=[Policy(), Policy(uplift=1, cost=5)])
    >>> contest = Contest(town, steward, Rival(value=5), [offers.flat(0), offers.flat(12)])
    >>> contest.defection
    array([[0., 1.],
           [0., 0.]])
    >>> for e in contest.equilibria():
    ...     print(e)
    (0, 1), (0, 1)
    (0, 1), (19/20, 1/20)
    """

    def __init__(
        self,
        community: Community,
        steward: Steward,
        rival: Rival,
        offers: Sequence[Offer],
        selection: Selection = "least",
        payoffs: Payoffs | None = None,
    ) -> None:
        check_players(community=community, steward=steward, rival=rival)
        community.known_purpose("Contest")
        if selection not in get_args(Selection):
            raise illegal("selection", selection, '"least", "robust" or "greatest"')
        if not isinstance(offers, Iterable) or isinstance(offers, (str, bytes)):
            raise wrong_type("offers", offers, "a sequence of offers")
        offers = tuple(offers)
        if not offers:
            raise illegal("offers", offers, "at least one offer")
        for k, offer in enumerate(offers):
            if not callable(getattr(offer, "pay", None)):
                raise wrong_type(f"offers[{k}]", offer, "an Offer")
        self.community = community
        self.steward = steward
        self.rival = rival
        self.offers = offers
        self.policies: tuple[Policy, ...] = tuple(steward.policies)
        self.selection: Selection = selection
        self.payoffs = payoffs

    def __repr__(self) -> str:
        return (
            f"Contest({len(self.policies)} policies against {len(self.offers)} offers "
            f"over {self.community.n} members, {self.selection} defection)"
        )

    def selecting(self, selection: Selection) -> Contest:
        """Return the same contest where the members play another equilibrium.

        The members' games that are solved here are not solved again.

        Examples
        --------
        >>> from missiongame import offers
        >>> town = Community([1, 1], purpose=1)
        >>> contest = Contest(town, Steward(value=9), Rival(value=2), [offers.flat(1)])
        >>> contest.defection, contest.selecting("greatest").defection
        (array([[0.]]), array([[1.]]))
        """
        given = (self.community, self.steward, self.rival, self.offers, selection, self.payoffs)
        other = Contest(*given)
        vars(other)["members"] = self.members
        return other

    @cached_property
    def members(self) -> tuple[tuple[Participation, ...], ...]:
        """The members' game for each policy (row) and offer (column)."""
        base = Fraction(self.community.mission)
        lifted = [self.community.with_mission(base + Fraction(p.uplift)) for p in self.policies]
        return tuple(
            tuple(participate(town, self.rival, o, payoffs=self.payoffs) for o in self.offers)
            for town in lifted
        )

    @cached_property
    def outcomes(self) -> tuple[tuple[Outcome, ...], ...]:
        """The members' selected equilibrium for each policy (row) and offer (column)."""
        return tuple(tuple(map(self._outcome, row, self.offers)) for row in self.members)

    def _outcome(self, members: Participation, offer: Offer) -> Outcome:
        outcome: Outcome | None = getattr(members, self.selection)
        if outcome is None:
            raise StructureMissing(
                f"the members' game has no {self.selection} equilibrium under {offer}: "
                f"{members.reason or 'the payoffs are not complements'}"
            )
        return outcome

    @cached_property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Every policy (row) against every offer (column)."""
        captured: dict[bytes, Fraction] = {}

        def cell(policy: Policy, offer: Offer, outcome: Outcome) -> Cell:
            key = np.packbits(outcome.defectors).tobytes()
            if key not in captured:
                captured[key] = exact_total(self.community.contribution[outcome.defectors])
            return self._cell(policy, offer, outcome, captured[key])

        return tuple(
            tuple(map(cell, [policy] * len(self.offers), self.offers, outcomes))
            for policy, outcomes in zip(self.policies, self.outcomes, strict=True)
        )

    @cached_property
    def exact(self) -> ExactContest:
        """The steward's, the rival's and the defection matrix, as Fractions."""
        return ExactContest(
            steward=tuple(tuple(cell.steward for cell in row) for row in self.cells),
            rival=tuple(tuple(cell.rival for cell in row) for row in self.cells),
            defection=tuple(tuple(cell.defection for cell in row) for row in self.cells),
        )

    def _cell(self, policy: Policy, offer: Offer, outcome: Outcome, captured: Fraction) -> Cell:
        defection = captured / self.community.total
        steward = Fraction(self.steward.value) * (1 - defection) - Fraction(policy.cost)
        rival = (
            Fraction(self.rival.value) * captured - outcome.exact_payroll - Fraction(offer.fixed)
        )
        return Cell(policy, offer, steward, rival, defection)

    @property
    def steward_payoffs(self) -> Floats:
        """(policies, offers) float view of the steward's exact payoffs, money a period."""
        return np.array(self.exact.steward, dtype=np.float64)

    @property
    def rival_payoffs(self) -> Floats:
        """(policies, offers) float view of the rival's exact payoffs, money a period."""
        return np.array(self.exact.rival, dtype=np.float64)

    @property
    def defection(self) -> Floats:
        """(policies, offers) float view of the exact contribution-weighted defection."""
        return np.array(self.exact.defection, dtype=np.float64)

    @property
    def game(self) -> Any:
        """The contest as a `nashpy.Game`: a float view, for nashpy's own tools."""
        import nashpy

        return nashpy.Game(self.steward_payoffs, self.rival_payoffs)

    def equilibria(self, method: str = "nashpy", limit: float | None = None) -> ContestEquilibria:
        """Return all extreme equilibria of the exact bimatrix game, each certified.

        nashpy computes what it can: its support enumeration runs on the game without
        strictly dominated strategies, where m by n of them have at most 5,000 pairs of
        supports of equal size, Σ_k C(m, k)·C(n, k). The exact enumeration adds what it
        misses, and what it returns that is none is dropped. Larger games are solved by
        the exact enumeration alone, and the answer's `nashpy` says so.

        Parameters
        ----------
        method : str
            As in `missiongame.solve`; "auto" does not ask nashpy.
        limit : float, optional
            Seconds; when they are over, the answer says that it is incomplete.

        Examples
        --------
        >>> from missiongame import Policy, offers
        >>> town = Community([6, 3, 1], purpose=10)
        >>> steward = Steward(value=100, policies=[Policy(), Policy(uplift=1, cost=5)])
        >>> contest = Contest(town, steward, Rival(value=5), [offers.flat(0), offers.flat(12)])
        >>> equilibria = contest.equilibria()
        >>> for e in equilibria:
        ...     print(e, "by", e.computed_by)
        (0, 1), (0, 1) by nashpy
        (0, 1), (19/20, 1/20) by exact enumeration
        >>> equilibria.nashpy
        'nashpy found 1 of these 2'
        """
        answer = solve(self.exact.steward, self.exact.rival, method=method, limit=limit)
        return ContestEquilibria(**vars(answer), contest=self)

    def extremes(self, limit: float | None = None) -> ExtremeEquilibria:
        """Return certified equilibria of least and greatest expected defection.

        Without enumerating all equilibria where the matrices' structure (checked
        exactly) allows it; see `missiongame.bimatrix.solve_extremes`.
        """
        exact = self.exact
        return solve_extremes(exact.steward, exact.rival, exact.defection, limit=limit)

    def commit(self, leader: Literal["rival", "steward"]) -> Commitment:
        """Return what happens when `leader` commits to a pure choice first.

        The other side then answers best; ties in its answer are broken for the
        leader (`favourable`) and against it (`unfavourable`). Among choices that
        serve the leader equally, the first is reported.

        Examples
        --------
        >>> from missiongame import Policy, offers
        >>> town = Community([6, 3, 1], purpose=10)
        >>> steward = Steward(value=100, policies=[Policy(), Policy(uplift=1, cost=5)])
        >>> contest = Contest(town, steward, Rival(value=5), [offers.flat(0), offers.flat(12)])
        >>> print(contest.commit("steward").favourable.policy)
        uplift 1 for 5 (in-house)
        """
        if leader not in ("rival", "steward"):
            raise illegal("leader", leader, '"rival" or "steward"')
        cells = tuple(zip(*self.cells, strict=True)) if leader == "rival" else self.cells
        other = "steward" if leader == "rival" else "rival"
        answers = [_best_answers(options, other) for options in cells]
        best = [max(tied, key=lambda cell: getattr(cell, leader)) for tied in answers]
        worst = [min(tied, key=lambda cell: getattr(cell, leader)) for tied in answers]
        return Commitment(
            leader,
            max(best, key=lambda cell: getattr(cell, leader)),
            max(worst, key=lambda cell: getattr(cell, leader)),
        )


@dataclass(frozen=True, eq=False, repr=False)
class ContestEquilibria(Equilibria):
    """The contest's equilibria, with the defection that each one brings."""

    contest: Contest = field(kw_only=True)

    @cached_property
    def defection(self) -> tuple[Fraction, ...]:
        """Expected contribution-weighted defection in each equilibrium, exact."""
        return tuple(self._expected(e) for e in self)

    def _expected(self, equilibrium: Equilibrium) -> Fraction:
        matrix = self.contest.exact.defection
        return sum(
            (
                x * y * matrix[p][o]
                for p, x in enumerate(equilibrium.row)
                if x
                for o, y in enumerate(equilibrium.column)
                if y
            ),
            Fraction(0),
        )

    def extremes(self) -> tuple[Equilibrium, Equilibrium]:
        """Return the equilibria of least and of greatest defection among these.

        Defection is bilinear, so on each maximal Nash subset (a product of two
        polytopes) it is least and greatest at extreme equilibria: with `complete`
        these are the extremes over all equilibria, mixed ones included.
        """
        ranked = sorted(zip(self.defection, self, strict=True), key=lambda pair: pair[0])
        return ranked[0][1], ranked[-1][1]


def _best_answers(options: Sequence[Cell], side: str) -> list[Cell]:
    """Return every option that serves `side` best: its tied best answers."""
    best = max(getattr(cell, side) for cell in options)
    return [cell for cell in options if getattr(cell, side) == best]
