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
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import sympy as sp

from missiongame.catalogue.symbolic_game import real, value
from missiongame.catalogue.theorem import Numbers, Small, Step, Theorem

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from missiongame.contest import Contest

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
        from missiongame.bimatrix import solve

        S, R, _ = when
        pure = [
            (e.row_support[0], e.column_support[0])
            for e in solve(S, R)
            if len(e.row_support) == len(e.column_support) == 1
        ]
        least = [p for p in pure if all(p[0] <= q[0] and p[1] <= q[1] for q in pure)]
        greatest = [p for p in pure if all(p[0] >= q[0] and p[1] >= q[1] for q in pure)]
        return [*least, *greatest] if least and greatest else []

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


def _entries(name: str) -> list[list[Any]]:
    return [[real(f"{name}_{i}{j}") for j in (0, 1)] for i in (0, 1)]


_MATRICES = ("S", "R", "K")


def case(numbers: Numbers) -> TwoContests:
    """Return two 2×2 contests."""

    def matrices(suffix: str) -> tuple[Matrix, Matrix, Matrix]:
        found = tuple(
            [[value(numbers, f"{name}{suffix}_{i}{j}") for j in (0, 1)] for i in (0, 1)]
            for name in _MATRICES
        )
        return found[0], found[1], found[2]

    return TwoContests(matrices(""), matrices("new"))


def cases(relaxed: str = "") -> SearchStrategy[TwoContests]:
    """Return a strategy of matrices that satisfy all six assumptions, or all but one."""
    from hypothesis import strategies as st

    from missiongame.testing import numbers

    def low(name: str) -> int:
        return -2 if relaxed == name else 0

    @st.composite
    def matrix(draw: st.DrawFn, m: int, n: int, own: int, least: int = 0) -> Matrix:
        """Draw increasing differences (if `least` is 0) that rise along the player's own axis."""
        bumps = [[draw(numbers(least, 2)) for _ in range(n)] for _ in range(m)]
        other = [draw(numbers(-3, 3)) for _ in range(n if own == 0 else m)]
        return [
            [_corner(bumps, i, j) + other[j if own == 0 else i] for j in range(n)] for i in range(m)
        ]

    @st.composite
    def contests(draw: st.DrawFn) -> TwoContests:
        least = 2 if relaxed else 1
        m, n = draw(st.integers(least, 4)), draw(st.integers(least, 4))
        costs = [draw(numbers(0, 6)) for _ in range(m)], [draw(numbers(0, 6)) for _ in range(n)]
        S, R = draw(matrix(m, n, 0, low(STEWARD))), draw(matrix(m, n, 1, low(RIVAL)))
        S = [[S[i][j] - costs[0][i] for j in range(n)] for i in range(m)]
        R = [[R[i][j] - costs[1][j] for j in range(n)] for i in range(m)]
        S_new = _plus(S, draw(matrix(m, n, 0, low(STEWARD_MISSION))))
        R_new = _plus(R, draw(matrix(m, n, 1, low(RIVAL_MISSION))))
        falls = [[draw(numbers(low(FALLS), 2)) for _ in range(n)] for _ in range(m)]
        drop = draw(numbers(low(NO_RISE), 1))
        k = [[-_corner(falls, i, j) for j in range(n)] for i in range(m)]
        return TwoContests(
            (S, R, k), (S_new, R_new, [[entry - drop for entry in row] for row in k])
        )

    return contests()


def played() -> SearchStrategy[TwoContests]:
    """Return a strategy of real contests: policies and offers played by a community's members."""
    from hypothesis import strategies as st

    from missiongame.contest import Contest
    from missiongame.model import Policy, Steward
    from missiongame.model.offers import flat
    from missiongame.testing import communities, numbers, rivals

    @st.composite
    def contests(draw: st.DrawFn) -> TwoContests:
        town = draw(
            communities(members=(1, 3), purpose=(1, 2), enjoyment=(0, 5), contribution=(1, 5))
        ).with_mission(draw(numbers(0, 3, 1)))
        purpose = Fraction(town.known_purpose("a contest")[0])
        town = town.changed(purpose=purpose)
        few = st.sets(st.integers(0, 6), min_size=1, max_size=3)
        uplifts, nets = sorted(draw(few)), sorted(draw(few), reverse=True)
        steward = Steward(
            draw(st.integers(1, 20)), [Policy(u, draw(st.integers(0, 6))) for u in uplifts]
        )
        rival = draw(rivals(crowding=False))
        selection: Literal["least", "greatest"] = draw(st.sampled_from(("least", "greatest")))
        rise = draw(numbers(0, 2, 1))

        def at(mission: Fraction) -> Contest:
            pays = [flat(net + purpose * mission) for net in nets]
            return Contest(town.with_mission(mission), steward, rival, pays, selection)

        base = Fraction(town.mission)
        return TwoContests.of(at(base), at(base + rise))

    return contests()


def _corner(bumps: Matrix, i: int, j: int) -> Fraction:
    """Return the sum of `bumps` up to row i and column j."""
    return sum((bumps[a][b] for a in range(i + 1) for b in range(j + 1)), Fraction(0))


def _plus(A: Matrix, B: Matrix) -> Matrix:
    return [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(A, B, strict=True)]


def _extreme(S: Matrix, R: Matrix, at: tuple[int, ...], greatest: bool) -> Any:
    """Return the condition that `at` is the greatest (least) pure equilibrium of a 2×2 game."""

    def equilibrium(p: tuple[int, ...]) -> Any:
        i, j = p
        return sp.And(S[i][j] >= S[1 - i][j], R[i][j] >= R[i][1 - j])

    sign = 1 if greatest else -1
    others = [
        q
        for q in product((0, 1), repeat=2)
        if any(sign * (b - a) > 0 for a, b in zip(at, q, strict=True))
    ]
    return sp.And(equilibrium(at), *(sp.Not(equilibrium(q)) for q in others))


def _small() -> Small:
    """2×2 contests with every entry a symbol."""
    S, R, k = map(_entries, _MATRICES)
    S_new, R_new, k_new = (_entries(f"{name}new") for name in _MATRICES)

    def differences(A: Matrix) -> Any:
        return A[1][1] - A[0][1] >= A[1][0] - A[0][0]

    def in_mission(A: Matrix, new: Matrix, own: int) -> Any:
        pairs = [((1, j), (0, j)) if own == 0 else ((j, 1), (j, 0)) for j in (0, 1)]
        return sp.And(
            *(new[u[0]][u[1]] - new[d[0]][d[1]] >= A[u[0]][u[1]] - A[d[0]][d[1]] for u, d in pairs)
        )

    cells = list(product((0, 1), repeat=2))
    fallen = [
        sp.Implies(
            sp.And(_extreme(S, R, p, side), _extreme(S_new, R_new, q, side)),
            k_new[q[0]][q[1]] <= k[p[0]][p[1]],
        )
        for p, q, side in product(cells, cells, (True, False))
    ]
    falls = [sp.And(A[1][j] <= A[0][j], A[j][1] <= A[j][0]) for A in (k, k_new) for j in (0, 1)]
    shares = [sp.And(A[i][j] >= 0, A[i][j] <= 1) for A in (k, k_new) for i, j in cells]
    return Small(
        claim=sp.And(*fallen),
        setting={"defection is a share": sp.And(*shares)},
        assumptions={
            STEWARD: sp.And(differences(S), differences(S_new)),
            RIVAL: sp.And(differences(R), differences(R_new)),
            STEWARD_MISSION: in_mission(S, S_new, 0),
            RIVAL_MISSION: in_mission(R, R_new, 1),
            FALLS: sp.And(*falls),
            NO_RISE: sp.And(*(k_new[i][j] <= k[i][j] for i, j in cells)),
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
