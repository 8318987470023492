"""Does a strong mission make a steward slack?

A continuum of equal contributors whose reservation pay net of the mission has the
distribution G with density g; the mission M = m + θ shifts it for all alike. The
rival picks pay w, so net pay z = w − M and defection G(z), to maximise (v − w)G(z);
the steward picks the uplift m to maximise V(1 − G(w − m − θ)) − c(m). At an
interior equilibrium, with y = v − w the rival's margin,

    rival:   y g = G        steward:   V g = c'(m).

Let M move to M + dM and z' = dz/dM. Differentiating ("the rival's condition" and "the
steward's condition" below, with g' the slope of the density and c'' of marginal cost):

    z'(y g' − 2g) = g,      V g' z' dM = c''(dM − dθ),

and the rival's strict second-order condition is y g' − 2g < 0, so that z' < 0: a
stronger mission lowers net pay; the steward's is V g' + c'' > 0. Best answers have the
slopes dw/dm = 1 + z' and dm/dw = V g'/(V g' + c''); their product is below one iff
c'' − V g'z' > 0 ("the product of best answers' slopes"). That is *stability* under
gradual adjustment, each side moving towards its best answer: the Jacobian there has
trace −2 and determinant 1 less the product. (Best answers in turn converge only if
the product is above −1 too: with g = V = 1, g' = −1, y = ½, c'' = 1.05 it is −12.)
Defection then moves by g z' dM, against the sign of c''. Members are a continuum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.from_numbers import values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.errors import MissionGameError

g, slope, y, V, convexity, dz, dM = real("g g1 y V c2 dz dM")

SECOND_ORDER = "the rival's second-order condition"
STABLE = "the equilibrium is stable"
setting = {
    "density": g > 0,
    "margin": y > 0,
    "defection, yg, is a share": y * g < 1,
    "worth to the steward": V > 0,
    "the steward's second-order condition": V * slope + convexity > 0,
    "the rival's condition": sp.Eq(dz * (y * slope - 2 * g), g),
    "the steward's condition": sp.Eq(V * slope * dz * dM, convexity * (dM - 1)),
}
assumptions = {
    SECOND_ORDER: y * slope - 2 * g < 0,
    STABLE: convexity - V * slope * dz > 0,
}
change = g * dz * dM  # dK/dθ
parts = {
    "convex cost: defection falls": sp.Implies(convexity > 0, change < 0),
    "linear cost: slack undoes the mission": sp.Implies(sp.Eq(convexity, 0), sp.Eq(change, 0)),
    "concave cost: defection rises": sp.Implies(convexity < 0, change > 0),
}


def _steps() -> tuple[Step, ...]:
    """Differentiate the two first-order conditions, so that the setting is not typed in."""
    x, M, theta, v = real("x M theta v")
    G, c = sp.Function("G"), sp.Function("c")
    z = sp.Function("z")(M)
    uplift = sp.Function("M")(theta) - theta

    def density(at: sp.Expr, order: int = 1) -> sp.Expr:
        return G(x).diff(x, order).subs(x, at)

    rival = (v - M - z) * density(z) - G(z)
    named = {density(z, 2): slope, density(z): g, z.diff(M): dz}
    rival_moves = rival.diff(M).doit().subs(named).subs(v - M - z, y).subs(v, y + M + z)
    net = dz * (y * slope - 2 * g) - g
    marginal = c(x).diff(x).subs(x, uplift).diff(theta).doit()
    moved = marginal.subs({c(x).diff(x, 2).subs(x, uplift).doit(): convexity})
    moved = moved.subs(sp.Function("M")(theta).diff(theta), dM)
    product = (1 + dz) * V * slope / (V * slope + convexity)
    own = "the steward's second-order condition"
    return (
        Step("the rival's condition, differentiated", sp.Eq(rival_moves, net, evaluate=False)),
        Step(
            "the steward's marginal cost, differentiated",
            sp.Eq(moved, convexity * (dM - 1), evaluate=False),
        ),
        Step(
            "the product of best answers' slopes",
            sp.Equivalent(product < 1, convexity - V * slope * dz > 0),
            {own: setting[own]},
        ),
    )


@dataclass(frozen=True)
class Interior:
    """An interior equilibrium, by its local numbers."""

    density: Fraction
    slope: Fraction
    margin: Fraction
    value: Fraction
    convexity: Fraction

    def moves(self) -> tuple[Fraction, Fraction] | None:
        """Return (dz/dM, dK/dθ) at the equilibrium; None where it has no local move."""
        bend = self.margin * self.slope - 2 * self.density
        if not bend:
            return None
        net = self.density / bend
        room = self.convexity - self.value * self.slope * net
        return (net, self.density * net * self.convexity / room) if room else None

    def equilibrium_at(self, mission: float) -> float:
        """Return the defection at mission θ near 0 by solving both first-order conditions.

        Around the equilibrium at θ = 0, z = 0 and M = 0 the density is the line
        g + g'z and marginal cost the line V g + c''m: an economy with these numbers.
        """
        from scipy.optimize import root

        g_, g1, y_, V_, c2 = map(
            float, (self.density, self.slope, self.margin, self.value, self.convexity)
        )

        def share(z: float) -> float:
            return y_ * g_ + g_ * z + g1 * z * z / 2

        def conditions(at: Any, /) -> Any:
            z, M = at
            dense = g_ + g1 * z
            return [(y_ - M - z) * dense - share(z), V_ * dense - V_ * g_ - c2 * (M - mission)]

        found = root(conditions, [0.0, 0.0], tol=1e-13)
        return float(share(found.x[0]))

    def holds(self) -> bool:
        """Return whether defection moves against the sign of c''.

        What the derivatives say must be what solving the conditions says.
        """
        moves = self.moves()
        if moves is None:
            return True
        step, slope = 1e-5, float(moves[1])
        solved = (self.equilibrium_at(step) - self.equilibrium_at(-step)) / (2 * step)
        if abs(slope) < 1e3 and abs(solved - slope) > 1e-2 * (1 + abs(slope)):
            raise MissionGameError(f"defection moves by {solved:g}, not by {slope:g}")
        return (moves[1] > 0) - (moves[1] < 0) == (self.convexity < 0) - (self.convexity > 0)

    def story(self) -> str:
        """Return what a slightly stronger mission does, from the first-order conditions."""
        weak, strong = self.equilibrium_at(0), self.equilibrium_at(1e-4)
        return (
            f"density {self.density} of slope {self.slope}, margin {self.margin}, worth "
            f"{self.value}, cost curving by {self.convexity}: defection moves by "
            f"{1e4 * (strong - weak):.4g} per unit of mission"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers."""
        moves = self.moves()
        if moves is not None:
            net, turned = moves
            given = (self.density, self.slope, self.margin, self.value, self.convexity)
            yield {
                **dict(zip((g, slope, y, V, convexity), given, strict=True)),
                dz: net,
                dM: turned / (self.density * net),
            }


def case(numbers: Numbers) -> Interior:
    """Return the equilibrium with these local numbers."""
    return Interior(*values(numbers, "g", "g1", "y", "V", "c2"))


@drawn
def cases(draw: Draw, relaxed: str = "") -> Interior:
    """Draw a stable interior equilibrium."""
    density, slope, value = draw.positive(4), draw.number(-3, 3), draw.positive(4)
    defection = draw.number(0, 1, 8)
    draw.only_if(0 < defection < 1)
    margin = defection / density
    bend, own = margin * slope - 2 * density, value * slope
    draw.only_if(bend and (bend < 0 or relaxed == SECOND_ORDER))
    net = density / bend
    convexity = max(-own, own * net) + draw.positive(4)
    if relaxed == STABLE:  # halfway between both conditions on the steward's side
        draw.only_if(own * (1 + net) > 0)
        convexity = own * (net - 1) / 2
    return Interior(density, slope, margin, value, convexity)


theorem = Theorem(
    name="slack-steward",
    title="A stronger mission can make the steward slack, and it depends on the cost of uplift",
    statement="Among a continuum of equal contributors whose reservation pay the mission moves "
    "alike, at an interior equilibrium of steward and rival with continuous choices, where the "
    "rival's best pay is a strict one by the second-order condition and gradual adjustment is "
    "stable, a slightly stronger mission lowers defection if the steward's cost of uplift is "
    "convex there, does not move it if linear, and raises it if concave.",
    words={
        SECOND_ORDER: "the rival's best pay is a strict one by the second-order condition",
        STABLE: "gradual adjustment is stable",
        "convex cost: defection falls": "lowers defection if the steward's cost of uplift is "
        "convex there",
        "linear cost: slack undoes the mission": "does not move it if linear",
        "concave cost: defection rises": "raises it if concave",
    },
    explanation="The steward and the mission do the same job, so a stronger mission invites the "
    "steward to do less. How much less depends on how cost grows. If each further uplift costs "
    "more than the last, the steward gives back only part, and the community is safer. If every "
    "uplift costs the same, the steward gives back exactly what came in. And if large efforts are "
    "cheaper by the unit, the steward gives back more than that, and a stronger mission ends in "
    "more defection.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="own derivation; for the method J.-J. Laffont and D. Martimort, The Theory of "
    "Incentives (2002), and A. Dixit, Comparative statics for oligopoly, Int. Economic Review 27 "
    "(1986), for stability",
    steps=_steps(),
    lemmas=(
        "the implicit function theorem: near an equilibrium where the conditions' Jacobian is "
        "invertible there is one for each nearby mission, and it moves as differentiation says",
        "a linear system of two is stable if its trace is negative and its determinant positive",
    ),
    scope="a continuum of members",
    small=Small(sp.And(*parts.values()), setting, assumptions),
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
