"""Offers fixed, a stronger mission never makes anyone leave.

D(θ) is the least, the robust or the greatest set of those who leave.

*Least and greatest.* Best responses from all-stay (from all-leave) reach them
(Milgrom and Roberts 1990, cited): D_0 = ∅ (everyone), D_{k+1} = {i : T_i > 0 (≥ 0)
against D_k}. Run them at θ and at θ_new ≥ θ. If D_k(θ_new) ⊆ D_k(θ), then the same
of D_{k+1}: that is the claim, about a member i. One partner j, with tie g, is
spelt out (it has left with x, x_new in [0, 1]); R_stay and R_gone are i's ties to
the other partners. That the sums of all partners keep their order follows by
induction over partners ("no partner", "one more partner"). The iteration starts
from the same profile at both missions: so it must be one selection throughout.

*Robust.* P(Y) = Σ_{i∈Y} λ_i a_i + (1+ρ)/2 ΣΣ_{i≠j∈Y} λ_i g_ij is the weighted
potential of the staying set Y ("adding a member"), with λ_i g_ij = λ_j g_ji ≥ 0
(default ties: λ_i = s_i/σ_i; who has σ_i = 0 decides alone, stays the more the
stronger the mission, and adds to the a_j of others: "the linear part rises"; who
makes nothing, s_i = 0, is felt by nobody and answers the others: the claim again).
Take maximisers Y at θ and Y' at θ_new, A = Y∩Y', B = Y∖Y', C = Y'∖Y: L and Q are
the linear and quadratic parts of a block, m_XY twice the ties between two. Then
Y∪Y' is a maximiser at θ_new ("largest"), so the largest Y' contains every Y; and
a Y that loses by dropping B makes Y' lose by not having it ("smallest"), so every
Y' contains the smallest Y. Members move together with the potential's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, Literal

import sympy as sp

from missiongame.catalogue import one_partner
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import (
    answers,
    at_both,
    equilibria_of,
    gone_in,
    lifted,
    named,
    temptations,
)
from missiongame.catalogue.from_numbers import rival_of, several_members, value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import (
    LEGAL,
    Members,
    Profile,
    legal,
    one_each,
    real,
    temptation,
    zero_or_one,
)
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.members import participate
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

theta_new, g = real("theta_new g")
stronger = {"a mission no weaker": theta_new >= m.theta}
PURPOSE, TIES = "purpose not negative", "ties not negative"
SELECTION = "one selection at both missions"
assumptions = {PURPOSE: m.alpha >= 0, TIES: g >= 0, SELECTION: one_partner.NO_MORE_GONE}
setting = {**LEGAL, **stronger, "left or not": one_partner.LEFT_OR_NOT}
claim = sp.expand(one_partner.tempted_before() - one_partner.tempted_after(theta=theta_new)) >= 0


def _potential() -> tuple[Step, ...]:
    L_A, L_B, L_A_new, L_B_new, L_C_new = real("L_A L_B L_A_new L_B_new L_C_new")
    Q_A, Q_B, Q_C, m_AB, m_AC, m_BC = real("Q_A Q_B Q_C m_AB m_AC m_BC")
    k = (1 + m.rho) / 2
    common, kept = L_A + k * Q_A, L_A + L_B + k * (Q_A + Q_B + m_AB)
    kept_new = L_A_new + L_C_new + k * (Q_A + Q_C + m_AC)
    union_new = kept_new + L_B_new + k * (Q_B + m_AB + m_BC)
    rising = {
        "ties not negative": m_BC >= 0,
        "the linear part rises": L_B_new >= L_B,
        **legal("portability"),
    }
    return (
        Step("largest maximisers", sp.Implies(kept >= common, union_new >= kept_new), rising),
        Step("smallest maximisers", sp.Implies(kept > common, union_new > kept_new), rising),
    )


def _linear_part() -> tuple[Step, ...]:
    lam, G, Z, Z_new, L, L_new = real("lambda G Z Z_new L L_new")
    alone = -temptation(G_stay=0, G_gone=G)  # a_i, where G is the worth of all of i's ties
    joined = lam * alone + (1 + m.rho) / 2 * (2 * lam * m.G_stay)
    more = lam * alone + (1 + m.rho) * Z
    more_new = lam * alone.subs(m.theta, theta_new) + (1 + m.rho) * Z_new
    rising = {
        "weight": lam >= 0,
        "purpose not negative": m.alpha >= 0,
        **stronger,
        "who decide alone stay": Z_new >= Z,
        "so far": L_new >= L,
        **legal("portability", "pay", "crowding"),
    }
    adding = sp.Eq(joined, -lam * temptation(G_gone=G - m.G_stay))
    return (
        Step("adding a member", adding, legal("pay", "crowding")),
        Step("the linear part rises", L_new + more_new >= L + more, rising),
    )


# Who is indifferent, in the paths from all-stay to the least, from all-leave to the greatest.
_INDIFFERENT: tuple[Literal["stay", "leave"], ...] = ("stay", "leave")


@dataclass(frozen=True)
class TwoMissions:
    """One offer to one community at two missions.

    `picked`, if given, names an equilibrium at each of them, as sets of those who leave.
    """

    community: Community
    rival: Rival
    offer: Any
    mission: Fraction
    picked: tuple[frozenset[int], frozenset[int]] | None = None

    def pairs(self) -> list[tuple[frozenset[int], frozenset[int]]]:
        """Return who leaves before and after, in each selection."""
        towns = at_both(self.community, self.mission)
        if self.picked is not None:
            listed = [equilibria_of(town, self.rival, self.offer) for town in towns]
            known = all(gone in found for gone, found in zip(self.picked, listed, strict=True))
            return [self.picked] if known else []
        games = [participate(town, self.rival, self.offer) for town in towns]
        pairs = []
        for selection in ("least", "robust", "greatest"):
            chosen = [getattr(game, selection) for game in games]
            if None not in chosen:
                pairs.append((gone_in(chosen[0]), gone_in(chosen[1])))
        if games[0].least is None and all(len(game.equilibria or ()) == 1 for game in games):
            (before_,), (after_,) = (map(gone_in, game.equilibria or ()) for game in games)
            pairs.append((before_, after_))
        return pairs

    def rounds(self) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
        """Yield who has left at either mission, best answer by best answer from one start.

        As long as nobody more has left at the stronger one; the picked pair, if any.
        """
        if self.picked is not None:
            yield self.picked
            return
        for indifferent in _INDIFFERENT:
            start = range(self.community.n) if indifferent == "leave" else ()
            paths = [
                answers(town, self.rival, self.offer, start, indifferent)
                for town in at_both(self.community, self.mission)
            ]
            for k in range(max(map(len, paths))):
                old, new = (path[min(k, len(path) - 1)] for path in paths)
                if not new <= old:
                    break
                yield old, new

    def holds(self) -> bool:
        """Return whether nobody leaves at the stronger mission who stays at the weaker."""
        return all(later <= earlier for earlier, later in self.pairs())

    def story(self) -> str:
        """Return who leaves at either mission, in the selection that tells most."""
        pairs = self.pairs()
        broken = [pair for pair in pairs if not pair[1] <= pair[0]]
        missions = Fraction(self.community.mission), self.mission
        return "\n".join(
            f"mission {mission}: {named(self.community, gone)}"
            for mission, gone in zip(missions, (broken or pairs)[0], strict=True)
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member and one partner, round by round."""
        for pair in self.rounds():
            for i in range(self.community.n):
                for at in one_partner.points(self.community, self.rival, self.offer, i, *pair):
                    yield {**at, theta_new: self.mission}


def case(numbers: Numbers) -> TwoMissions:
    """Return the story of two members."""
    before, after = (
        frozenset(i for i in (0, 1) if value(numbers, f"{name}_{i + 1}")) for name in ("x", "y")
    )
    offer, mission = flat(value(numbers, "w")), value(numbers, "theta_new")
    return TwoMissions(several_members(numbers), rival_of(numbers), offer, mission, (before, after))


@drawn
def cases(draw: Draw, /, picked: bool = False, **limits: Any) -> TwoMissions:
    """Draw a scene at two missions, perhaps with any equilibrium of each picked."""
    town, rival, offer = draw.scene(**limits)
    mission = Fraction(town.mission) + draw.number(0, 3)
    if not picked:
        return TwoMissions(town, rival, offer, mission)
    # Lifted so that, at the first mission, everyone does as everyone else does.
    ends = (temptations(town, rival, offer, gone) for gone in ((), range(town.n)))
    town = lifted(town, [(first + last) / 2 for first, last in zip(*ends, strict=True)])
    one, other = (draw.one_of(equilibria_of(each, rival, offer)) for each in at_both(town, mission))
    return TwoMissions(town, rival, offer, mission, (one, other))


def _small() -> Small:
    """Two members; x and y say who has left in an equilibrium before and after."""
    two = Members.of(2, theta_R=0, kappa=0)
    xs, ys = one_each("x"), one_each("y")

    def both(condition: Callable[[Profile, Any], Any]) -> Any:
        """Return that a condition holds of who has left, before and after."""
        return sp.And(
            two.whoever(xs, lambda z: condition(z, m.theta)),
            two.whoever(ys, lambda z: condition(z, theta_new)),
        )

    def extreme(least: bool) -> Any:
        return both(lambda z, theta: two.selected(z, theta, m.w, least))

    collapse = sp.And(*(sp.Eq(i, 0) for i in xs), *(sp.Eq(i, 1) for i in ys))
    unique = sp.And(extreme(True), extreme(False))
    each_way = sp.And(*(tie > 0 for tie in two.ties.values()))
    return Small(
        claim=sp.And(*(later <= earlier for earlier, later in zip(xs, ys, strict=True))),
        setting={
            **legal("mission", "pay", "portability"),
            **stronger,
            "left or not": zero_or_one(*xs, *ys),
            "both are equilibria": both(lambda z, theta: two.equilibrium(z, theta, m.w)),
        },
        assumptions={
            PURPOSE: sp.And(*(a >= 0 for a in two.alpha)),
            TIES: two.friendly,
            SELECTION: sp.Or(extreme(least=True), extreme(least=False)),
        },
        telling={
            PURPOSE: sp.And(unique, collapse, two.alpha[0] < 0, two.alpha[1] >= 0),
            TIES: unique,
            SELECTION: sp.And(collapse, each_way, theta_new > m.theta, *(a > 0 for a in two.alpha)),
        },
    )


theorem = Theorem(
    name="stronger-mission",
    title="Under a fixed offer, a stronger mission makes nobody leave",
    statement="If the mission repels nobody and no tie is negative, then under any fixed offer the "
    "least, the robust (where there is one) and the greatest set of those who leave, each compared "
    "with itself at both missions, can only shrink as the mission grows stronger.",
    words={
        PURPOSE: "the mission repels nobody",
        TIES: "no tie is negative",
        SELECTION: "each compared with itself at both missions",
        "temptation": "can only shrink",
    },
    explanation="A stronger mission makes staying better for each member alone. And each one who "
    "stays makes staying better for the others, because nobody minds company. So the two effects "
    "pull the same way, and nobody is lost. It fails if the mission repels some (their exit can "
    "drag others along), if some dislike each other (who returns may drive another out), or if "
    "the comparison jumps from a good equilibrium to a bad one.",
    parts={"temptation": claim},
    assumptions=assumptions,
    setting=setting,
    source="P. Milgrom and J. Roberts, Econometrica 58 (1990); D. Topkis, Supermodularity and "
    "Complementarity (1998); for the potential S. Morris and T. Ui, J. Economic Theory 124 (2005)",
    steps=(*one_partner.steps(), *_linear_part(), *_potential()),
    lemmas=(
        "Milgrom and Roberts 1990: best responses from all-stay and from all-leave reach the "
        "extreme equilibria of a game with complements",
    ),
    small=_small(),
    case=case,
    cases=cases,
    outside={
        PURPOSE: partial(cases, purpose=(-3, 1)),
        TIES: partial(cases, ties="any sign", members=(2, 4)),
        SELECTION: partial(cases, picked=True, members=(2, 4), ties=("default", "general")),
    },
)
