"""The least-engaged member decides how patient a community must be.

A member is asked and answers. Answering costs k now and keeps the membership,
worth V = aB − βk + αθ + h a period, from the next period on; what is left to a
refuser, who is expelled, is P = w. (One who may stay unanswered keeps the better of
w and αθ + h: the switch e is 0 for that.) With discount factor δ in [0, 1) answering is sustained
iff −k + δ/(1−δ) (V − P) ≥ 0: iff V > P and δ ≥ δ* = k/(k + V − P), and never where
V ≤ P ("when answering is sustained").

The claim, about one member: some patience sustains answering; δ* does not rise
with θ and falls iff α > 0; it does not rise with α and falls iff θ > 0. That no
single refusal pays is enough for a strategy to be best (one-shot deviations, cited).
All have the same k, so the largest δ* of a community is that of the least stake V − P,
by induction over members ("one more member"): the least-engaged member binds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from missiongame.catalogue.symbolic_game import legal, real, value
from missiongame.catalogue.theorem import Numbers, Small, Step, Theorem
from missiongame.mechanisms import reciprocity
from missiongame.model import Community
from missiongame.model import symbols as m

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

a, beta, B, k, e = real("a beta B k e")
theta_new, alpha_new = real("theta_new alpha_new")
derived = reciprocity.derive()
own = {derived.ask: a, derived.answer: beta, derived.benefit: B, derived.cost: k}
membership = derived.membership.subs(own, simultaneous=True)
left = e * m.w + (1 - e) * sp.Max(m.w, membership.subs({a: 0, beta: 0}))
stake = membership - left


def critical(**changes: Any) -> Any:
    """Return δ* with the model's symbols changed."""
    return k / (k + stake.subs({getattr(m, name): new for name, new in changes.items()}))


now, stronger, keener = critical(), critical(theta=theta_new), critical(alpha=alpha_new)
setting = {
    **legal("mission"),
    "a stronger mission": theta_new > m.theta,
    "a stronger purpose": alpha_new > m.alpha,
    "expelled or not": sp.Or(sp.Eq(e, 0), sp.Eq(e, 1)),
    "asked and answering": sp.And(a >= 0, beta >= 0, beta <= 1),
    "answering costs": k > 0,
}
PURPOSE, STAKE, EXPELLED = (
    "purpose not negative",
    "membership is worth more than leaving",
    "a refuser is expelled",
)
assumptions = {PURPOSE: m.alpha >= 0, STAKE: stake > 0, EXPELLED: sp.Eq(e, 1)}
parts = {
    "some patience is enough": sp.And(now > 0, now < 1),
    "less with a stronger mission": sp.Implies(m.alpha > 0, stronger < now),
    "no less without purpose": sp.Implies(m.alpha <= 0, sp.Eq(stronger, now)),
    "less with a stronger purpose": sp.Implies(m.theta > 0, keener < now),
    "no less without a mission": sp.Implies(m.theta <= 0, sp.Eq(keener, now)),
}
claim = sp.And(*parts.values())


def _steps() -> tuple[Step, ...]:
    delta, S, S_other = real("delta S S_other")
    V, P = real("V P")
    changed = {derived.cost: k, derived.discount: delta, derived.worth: V, derived.left: P}
    gain = derived.gain.subs(changed, simultaneous=True)
    costs = {"answering costs": k > 0}
    discounting = {"discounting": sp.And(delta >= 0, delta < 1)}
    enough = sp.And(V > P, delta * (k + V - P) >= k)
    largest = sp.Max(k / (k + S), k / (k + S_other))
    sustained = sp.Equivalent(gain >= 0, enough)
    binding = sp.Eq(largest, k / (k + sp.Min(S, S_other)))
    return (
        Step("when answering is sustained", sustained, {**costs, **discounting}),
        Step("one more member", binding, {**costs, "stakes": sp.And(S > 0, S_other > 0)}),
    )


@dataclass(frozen=True)
class Answering:
    """A community where members answer one another; each stronger mission or purpose is tried."""

    community: Community
    ask: Fraction
    answer: Fraction
    benefit: Fraction
    cost: Fraction
    outside: Fraction
    mission: Fraction
    purpose: Fraction
    expelled: bool = True

    def critical(self, community: Community) -> Any:
        """Return what `missiongame.mechanisms.reciprocity` says of a community."""
        refuser: reciprocity.Refuser = "expelled" if self.expelled else "unanswered"
        numbers = self.ask, self.answer, self.benefit, self.cost, self.outside
        return reciprocity.critical_patience(community, *numbers, refuser=refuser)

    def exact(self, community: Community) -> list[Fraction]:
        """Return each member's δ* exactly."""
        patience = self.critical(community)
        if any(patience.never):
            return []
        points = [self._point(community, i) for i in range(community.n)]
        from missiongame.catalogue.replay import value_at

        worth = np.array([value_at(membership, p) for p in points], dtype=object)
        kept = np.array([value_at(left, p) for p in points], dtype=object)
        cost = np.array([self.cost] * community.n, dtype=object)
        return list(reciprocity.patience(cost, worth, kept))

    def _stronger(self) -> tuple[Community, Community]:
        purpose = [Fraction(p) + self.purpose for p in self.community.known_purpose("patience")]
        return self.community.with_mission(self.mission), self.community.changed(purpose=purpose)

    def holds(self) -> bool:
        """Return whether all answer, the more readily the stronger, and the least engaged binds."""
        town, (firmer, keener_town) = self.community, self._stronger()
        base, by_mission, by_purpose = map(self.exact, (town, firmer, keener_town))
        if not (base and by_mission and by_purpose):
            return False
        purposes = town.known_purpose("patience")
        rises = self.mission > Fraction(town.mission)
        patience = self.critical(town)
        return (
            all(
                new < old if alpha > 0 and rises else new == old
                for new, old, alpha in zip(by_mission, base, purposes, strict=True)
            )
            and all(
                new < old if town.mission > 0 else new == old
                for new, old in zip(by_purpose, base, strict=True)
            )
            and base[patience.binding] == max(base)
        )

    def story(self) -> str:
        """Return the critical patience before and after the mission grows."""
        towns = self.community, self._stronger()[0]
        return "\n".join(
            f"mission {Fraction(town.mission)}: answering takes patience "
            f"{self.critical(town).community:g}"
            for town in towns
        )

    def _point(self, community: Community, i: int) -> dict[Any, Fraction]:
        purpose = community.known_purpose("patience")
        return {
            m.theta: Fraction(community.mission),
            m.alpha: Fraction(purpose[i]),
            m.h: Fraction(community.enjoyment[i]),
            m.w: self.outside,
            a: self.ask,
            beta: self.answer,
            B: self.benefit,
            k: self.cost,
            e: Fraction(self.expelled),
        }

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member."""
        for i in range(self.community.n):
            point = self._point(self.community, i)
            yield {**point, theta_new: self.mission, alpha_new: point[m.alpha] + self.purpose}


def case(numbers: Numbers) -> Answering:
    """Return the story of a community of one."""
    get = {name: value(numbers, name) for name in ("alpha", "h", "theta", "alpha_new", "theta_new")}
    town = Community([1], purpose=get["alpha"], enjoyment=get["h"], mission=get["theta"])
    ask, answer, benefit = (value(numbers, name) for name in ("a", "beta", "B"))
    cost, outside = value(numbers, "k"), value(numbers, "w")
    rises = get["theta_new"], get["alpha_new"] - get["alpha"]
    expelled = value(numbers, "e") == 1
    return Answering(town, ask, answer, benefit, cost, outside, *rises, expelled)


def cases(relaxed: str = "") -> SearchStrategy[Answering]:
    """Return a strategy of communities whose members all have something at stake."""
    from hypothesis import strategies as st

    from missiongame.testing import communities, numbers

    @st.composite
    def answering(draw: st.DrawFn) -> Answering:
        range_ = (-2, 0) if relaxed == PURPOSE else (0, 3)
        town = draw(communities(ties="none", purpose=range_))
        ask, benefit = draw(numbers(0, 1, 4)), draw(numbers(0, 6))
        answer, cost = draw(numbers(0, 1, 4)), draw(numbers(0, 3, 4).filter(bool))
        purpose, mission = town.known_purpose("patience"), Fraction(town.mission)
        worth = [
            ask * benefit - answer * cost + Fraction(p) * mission + Fraction(h)
            for p, h in zip(purpose, town.enjoyment, strict=True)
        ]
        less = draw(numbers(-4, 0) if relaxed == STAKE else numbers(0, 4).filter(bool))
        rises = draw(numbers(0, 3).filter(bool)), draw(numbers(0, 3).filter(bool))
        numbers_ = ask, answer, benefit, cost, min(worth) - less
        expelled = relaxed != EXPELLED or draw(st.booleans())
        return Answering(town, *numbers_, mission + rises[0], rises[1], expelled)

    return answering()


theorem = Theorem(
    name="patience",
    title="The least-engaged member decides how patient a community must be",
    statement="Where a member who refuses to answer is expelled, answering costs everyone the same "
    "and belonging is worth more than leaving, some patience below one is enough to keep a member "
    "answering; it falls with the mission for every member to whom that is worth something and "
    "stays as it is for one to whom it is worth nothing, if the mission repels nobody; it falls "
    "with the purpose of a member where there is a mission, and without one stays as it is; and "
    "the community's is that of its least-engaged member, who has least to lose.",
    words={
        PURPOSE: "if the mission repels nobody",
        STAKE: "belonging is worth more than leaving",
        EXPELLED: "a member who refuses to answer is expelled",
        "some patience is enough": "some patience below one is enough to keep a member answering",
        "less with a stronger mission": "it falls with the mission for every member to whom that "
        "is worth something",
        "no less without purpose": "stays as it is for one to whom it is worth nothing",
        "less with a stronger purpose": "it falls with the purpose of a member where there is a "
        "mission",
        "no less without a mission": "without one stays as it is",
    },
    explanation="Answering a question costs something today; the reward is to belong tomorrow. "
    "The more belonging is worth, the less patient one has to be to answer. A mission makes "
    "belonging worth more, so it helps, but only if refusing puts the membership at risk: a "
    "refuser who keeps enjoying the mission has nothing more to lose when it grows. Everyone has "
    "to answer, so the member with least at stake decides.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="one-shot deviations in a repeated game; after J. Friedman, Review of Economic Studies "
    "38 (1971)",
    steps=_steps(),
    lemmas=(
        "Blackwell 1965, one-shot deviations: where payoffs are discounted, a strategy that no "
        "single deviation improves on is best",
    ),
    small=Small(claim, setting, assumptions),
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
