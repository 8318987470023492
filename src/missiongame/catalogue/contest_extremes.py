"""Where everything pulls the same way, a stronger mission leaves no extreme worse.

Policies are ordered by uplift upward and offers by net pay downward, so that "up"
is good for the community on both sides. S and R are the steward's and the rival's
payoffs, K the defection, each at θ and at θ_new ≥ θ, over any finite grids.

Take a player's choices lo < up, answers of the other side y ≤ y_new, and the
payoffs' differences between the two choices. Increasing differences in the other's
choice (at both missions) and in θ say Δ(y, θ) ≤ Δ(y_new, θ) ≤ Δ(y_new, θ_new); for
choices that are not neighbours the differences add up ("differences add up"). So a choice that is
(strictly) better than a lower one stays so when the other side goes up and the
mission grows: best answers go up. Starting from the top (the bottom) and answering
in turn leads to the extreme pure equilibria (Topkis 1979; Milgrom and Roberts 1990,
cited), which therefore go up; and K falls along the order and does not rise with θ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any, Literal, TypeAlias

import numpy as np
import sympy as sp

from missiongame.bimatrix import solve
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.from_numbers import value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.contest import Contest
from missiongame.model import Policy, Steward
from missiongame.model.offers import flat

Matrix: TypeAlias = Sequence[Sequence[Any]]
Pair: TypeAlias = tuple[int, int]

STEWARD = "steward: increasing differences in the order"
RIVAL = "rival: increasing differences in the order"
STEWARD_MISSION = "steward: increasing differences in the mission"
RIVAL_MISSION = "rival: increasing differences in the mission"
FALLS = "defection falls along the order"
NO_RISE = "defection does not rise with the mission"

# Δ: what the upper of two choices adds for a player, at (y, θ), (y_new, θ), (y_new, θ_new).
steward, steward_up, steward_new = real("Delta_S Delta_S_up Delta_S_new")
rival, rival_up, rival_new = real("Delta_R Delta_R_up Delta_R_new")
# Defection at the equilibrium before, at the one after, and at that one under the old mission.
K, K_up, K_new = real("K K_up K_new")

assumptions = {
    STEWARD: steward_up >= steward,
    RIVAL: rival_up >= rival,
    STEWARD_MISSION: steward_new >= steward_up,
    RIVAL_MISSION: rival_new >= rival_up,
    FALLS: K_up <= K,
    NO_RISE: K_new <= K_up,
}
parts = {
    "the steward goes up": sp.And(
        sp.Implies(steward >= 0, steward_new >= 0), sp.Implies(steward > 0, steward_new > 0)
    ),
    "the rival goes up": sp.And(
        sp.Implies(rival >= 0, rival_new >= 0), sp.Implies(rival > 0, rival_new > 0)
    ),
    "defection falls": K_new <= K,
}


def _differences_add_up() -> Step:
    near, near_new, far, far_new = real("near near_new far far_new")
    return Step(
        "differences add up",
        near_new + far_new >= near + far,
        {"one more step": near_new >= near, "so far": far_new >= far},
    )


@dataclass(frozen=True)
class TwoContests:
    """A contest's matrices at a mission and at a stronger one, rows and columns in the order."""

    before: tuple[Matrix, Matrix, Matrix]
    after: tuple[Matrix, Matrix, Matrix]

    @classmethod
    def of(cls, before: Contest, after: Contest) -> TwoContests:
        """Return the matrices of two contests whose policies and offers are in the order."""
        one, other = before.exact, after.exact
        return cls(
            (one.steward, one.rival, one.defection), (other.steward, other.rival, other.defection)
        )

    def extremes(self, when: tuple[Matrix, Matrix, Matrix]) -> list[Pair]:
        """Return the least and the greatest pure equilibrium; empty where there are none."""
        S, R, _ = when
        pure = [
            (e.row_support[0], e.column_support[0])
            for e in solve(S, R)
            if len(e.row_support) == len(e.column_support) == 1
        ]
        if not pure:
            return []
        rows, columns = zip(*pure, strict=True)
        ends = [(min(rows), min(columns)), (max(rows), max(columns))]
        return ends if set(ends) <= set(pure) else []

    def holds(self) -> bool:
        """Return whether neither extreme has more defection under the stronger mission."""
        earlier, later = self.extremes(self.before), self.extremes(self.after)
        if not (earlier and later):
            return True
        fallen = [
            self.after[2][q[0]][q[1]] <= self.before[2][p[0]][p[1]]
            for p, q in zip(earlier, later, strict=True)
        ]
        return all(fallen)

    def story(self) -> str:
        """Return the extreme equilibria and their defection, before and after."""
        lines = []
        for name, when in (("before", self.before), ("after", self.after)):
            ends = dict.fromkeys(self.extremes(when))
            told = [f"policy {p + 1}, offer {o + 1}, defection {when[2][p][o]}" for p, o in ends]
            lines.append(f"{name}: {' or '.join(told) or 'no pure extreme'}")
        return "\n".join(lines)

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for every two choices, answers and outcomes in the order.

        Also from the later contest to itself: its differences must increase, too.
        """
        for (S, R, k), (S_new, R_new, k_new) in ((self.before, self.after), (self.after,) * 2):
            rows, columns = range(len(S)), range(len(S[0]))
            corners = product(rows, rows, columns, columns)
            for i, up, j, right in ((i, u, j, r) for i, u, j, r in corners if i <= u and j <= r):
                yield {
                    steward: S[up][j] - S[i][j],
                    steward_up: S[up][right] - S[i][right],
                    steward_new: S_new[up][right] - S_new[i][right],
                    rival: R[i][right] - R[i][j],
                    rival_up: R[up][right] - R[up][j],
                    rival_new: R_new[up][right] - R_new[up][j],
                    K: k[i][j],
                    K_up: k[up][right],
                    K_new: k_new[up][right],
                }


def _entries(name: str) -> Any:
    return np.array([[real(f"{name}_{i}{j}") for j in (0, 1)] for i in (0, 1)])


_MATRICES = ("S", "R", "K")


def case(numbers: Numbers) -> TwoContests:
    """Return two 2×2 contests."""
    before, after = (
        [
            [[value(numbers, str(entry)) for entry in row] for row in _entries(name + suffix)]
            for name in _MATRICES
        ]
        for suffix in ("", "new")
    )
    return TwoContests((before[0], before[1], before[2]), (after[0], after[1], after[2]))


@drawn
def cases(draw: Draw, relaxed: str = "") -> TwoContests:
    """Draw matrices that satisfy all six assumptions, or all but one."""
    fewest = 2 if relaxed else 1
    m, n = draw.whole(fewest, 4), draw.whole(fewest, 4)

    def numbers(rows: int, columns: int, low: int, high: int) -> Any:
        listed = [[draw.number(low, high) for _ in range(columns)] for _ in range(rows)]
        return np.array(listed, dtype=object)

    def rising(name: str) -> Any:
        """Draw increasing differences that rise along both axes, if all is as assumed."""
        low = -2 if relaxed == name else 0
        return numbers(m, n, low, 2).cumsum(axis=0).cumsum(axis=1)

    S = rising(STEWARD) + numbers(1, n, -3, 3) - numbers(m, 1, 0, 6)
    R = rising(RIVAL) + numbers(m, 1, -3, 3) - numbers(1, n, 0, 6)
    S_new = S + rising(STEWARD_MISSION) + numbers(1, n, -3, 3)
    R_new = R + rising(RIVAL_MISSION) + numbers(m, 1, -3, 3)
    k = -rising(FALLS)
    k_new = k - draw.number(-2 if relaxed == NO_RISE else 0, 1)
    return TwoContests(
        (S.tolist(), R.tolist(), k.tolist()), (S_new.tolist(), R_new.tolist(), k_new.tolist())
    )


@drawn
def played(draw: Draw) -> TwoContests:
    """Draw real contests: policies and offers played by a community's members."""
    limits = {"purpose": (1, 2), "enjoyment": (0, 5), "contribution": (1, 5)}
    town = draw.community(members=(1, 3), **limits).with_mission(draw.number(0, 3, 1))
    purpose = Fraction(town.known_purpose("a contest")[0])
    town = town.changed(purpose=purpose)
    uplifts, nets = draw.some(0, 6, 1, 3), draw.some(0, 6, 1, 3)
    steward = Steward(draw.whole(1, 20), [Policy(u, draw.whole(0, 6)) for u in uplifts])
    rival = draw.rival(crowding=False)
    selection: Literal["least", "greatest"] = draw.one_of(("least", "greatest"))
    base, rise = Fraction(town.mission), draw.number(0, 2, 1)

    def at(mission: Fraction) -> Contest:
        pays = [flat(net + purpose * mission) for net in reversed(nets)]
        return Contest(town.with_mission(mission), steward, rival, pays, selection)

    return TwoContests.of(at(base), at(base + rise))


def _extreme(S: Any, R: Any, at: Pair, greatest: bool) -> Any:
    """Return the condition that `at` is the greatest (least) pure equilibrium of a 2×2 game."""

    def equilibrium(p: Pair) -> Any:
        i, j = p
        return sp.And(S[i, j] >= S[1 - i, j], R[i, j] >= R[i, 1 - j])

    sign = 1 if greatest else -1
    others = [
        q
        for q in product((0, 1), repeat=2)
        if any(sign * (b - a) > 0 for a, b in zip(at, q, strict=True))
    ]
    return sp.And(equilibrium(at), *(sp.Not(equilibrium((i, j))) for i, j in others))


def _small() -> Small:
    """2×2 contests with every entry a symbol."""
    S, R, k = map(_entries, _MATRICES)
    S_new, R_new, k_new = (_entries(f"{name}new") for name in _MATRICES)

    def differences(A: Any) -> Any:
        return A[1, 1] - A[0, 1] >= A[1, 0] - A[0, 0]

    def in_mission(A: Any, new: Any) -> Any:
        return sp.And(*(new[1, j] - new[0, j] >= A[1, j] - A[0, j] for j in (0, 1)))

    cells = [(0, 0), (0, 1), (1, 0), (1, 1)]
    fallen = [
        sp.Implies(
            sp.And(_extreme(S, R, p, side), _extreme(S_new, R_new, q, side)), k_new[q] <= k[p]
        )
        for p, q, side in product(cells, cells, (True, False))
    ]
    falls = [sp.And(A[1, j] <= A[0, j], A[j, 1] <= A[j, 0]) for A in (k, k_new) for j in (0, 1)]
    shares = [sp.And(A[at] >= 0, A[at] <= 1) for A in (k, k_new) for at in cells]
    return Small(
        claim=sp.And(*fallen),
        setting={"defection is a share": sp.And(*shares)},
        assumptions={
            STEWARD: sp.And(differences(S), differences(S_new)),
            RIVAL: sp.And(differences(R), differences(R_new)),
            STEWARD_MISSION: in_mission(S, S_new),
            RIVAL_MISSION: in_mission(R.T, R_new.T),
            FALLS: sp.And(*falls),
            NO_RISE: sp.And(*(k_new[at] <= k[at] for at in cells)),
        },
    )


theorem = Theorem(
    name="contest-extremes",
    title="Where everything pulls the same way, a stronger mission leaves no extreme worse",
    statement="Over the same policies and the same net pays at two missions, if the steward's "
    "payoff and the rival's have increasing differences in the order (uplift upward, net pay "
    "downward) and in each one's own choice and the mission, and defection does not rise along the "
    "order nor with the mission, then in the greatest and in the least pure equilibrium, the best "
    "and the worst, the steward's and the rival's choices do not go down and defection does not "
    "rise as the mission grows stronger.",
    words={
        STEWARD: "the steward's payoff and the rival's have increasing differences in the order",
        RIVAL: "the steward's payoff and the rival's have increasing differences in the order",
        STEWARD_MISSION: "in each one's own choice and the mission",
        RIVAL_MISSION: "in each one's own choice and the mission",
        FALLS: "defection does not rise along the order",
        NO_RISE: "nor with the mission",
        "the steward goes up": "the steward's and the rival's choices do not go down",
        "the rival goes up": "the steward's and the rival's choices do not go down",
        "defection falls": "defection does not rise as the mission grows stronger",
    },
    explanation="A steward who cares and a rival who gives up can reinforce each other: the less "
    "the rival pays net of the mission, the more an uplift is worth, and the other way round. "
    "Where that is so at every pair of choices, and a stronger mission tilts both the same way, "
    "the whole contest moves one way. Check it on your own matrices: where one difference has the "
    "wrong sign, a stronger mission may make the steward rest or the rival fight.",
    parts=parts,
    assumptions=assumptions,
    setting={},
    source="D. Topkis, SIAM J. Control and Optimization 17 (1979); P. Milgrom and J. Roberts, "
    "Econometrica 58 (1990)",
    steps=(_differences_add_up(),),
    lemmas=(
        "Topkis 1979, Milgrom and Roberts 1990: best answers in turn from the top and from the "
        "bottom lead to the extreme equilibria of a game with increasing differences",
    ),
    small=_small(),
    case=case,
    cases=cases,
    outside={**{name: partial(cases, name) for name in assumptions}, "members play": played},
)
