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
from typing import Any

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import at_both, told_at_both
from missiongame.catalogue.from_numbers import one_member, value, values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import legal, real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.mechanisms import reciprocity
from missiongame.model import Community
from missiongame.model import symbols as m

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

    def critical(self, community: Community) -> reciprocity.Patience:
        """Return what `missiongame.mechanisms.reciprocity` says of a community."""
        refuser: reciprocity.Refuser = "expelled" if self.expelled else "unanswered"
        numbers = self.ask, self.answer, self.benefit, self.cost, self.outside
        return reciprocity.critical_patience(community, *numbers, refuser=refuser)

    @property
    def purposes(self) -> list[Fraction]:
        """Each member's purpose."""
        return [Fraction(p) for p in self.community.known_purpose("patience")]

    def holds(self) -> bool:
        """Return whether all answer, the more readily the stronger, and the least engaged binds."""
        town, firmer = at_both(self.community, self.mission)
        keener = town.changed(purpose=[purpose + self.purpose for purpose in self.purposes])
        base, by_mission, by_purpose = map(self.critical, (town, firmer, keener))
        if any(any(found.never) for found in (base, by_mission, by_purpose)):
            return False
        rises = self.mission > Fraction(town.mission)

        def falls(new: Any, old: Any, strictly: bool) -> bool:
            return bool(new < old if strictly else new == old)

        each = zip(self.purposes, base.exact, by_mission.exact, by_purpose.exact, strict=True)
        return all(
            falls(firm, old, alpha > 0 and rises) and falls(keen, old, town.mission > 0)
            for alpha, old, firm, keen in each
        ) and base.exact[base.binding] == max(d for d in base.exact if d is not None)

    def story(self) -> str:
        """Return the critical patience before and after the mission grows."""
        return told_at_both(
            self.community,
            self.mission,
            lambda town: f"answering takes patience {self.critical(town).community:g}",
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member."""
        shared = {
            m.theta: Fraction(self.community.mission),
            m.w: self.outside,
            a: self.ask,
            beta: self.answer,
            B: self.benefit,
            k: self.cost,
            e: Fraction(self.expelled),
            theta_new: self.mission,
        }
        for purpose, own in zip(self.purposes, self.community.enjoyment, strict=True):
            one = {m.alpha: purpose, alpha_new: purpose + self.purpose, m.h: Fraction(own)}
            yield {**shared, **one}


def case(numbers: Numbers) -> Answering:
    """Return the story of a community of one."""
    ask, answer, benefit, cost, outside = values(numbers, "a", "beta", "B", "k", "w")
    mission, rise = (
        value(numbers, "theta_new"),
        value(numbers, "alpha_new") - value(numbers, "alpha"),
    )
    expelled = value(numbers, "e") == 1
    town = one_member(numbers)
    return Answering(town, ask, answer, benefit, cost, outside, mission, rise, expelled)


@drawn
def cases(draw: Draw, relaxed: str = "") -> Answering:
    """Draw a community whose members all have something at stake."""
    town = draw.community(ties="none", purpose=(-2, 0) if relaxed == PURPOSE else (0, 3))
    ask, benefit = draw.number(0, 1, 4), draw.number(0, 6)
    answer, cost = draw.number(0, 1, 4), draw.positive(3, 4)
    mission = Fraction(town.mission)
    loved = zip(town.known_purpose("patience"), town.enjoyment, strict=True)
    worth = (
        ask * benefit - answer * cost + min(Fraction(p) * mission + Fraction(h) for p, h in loved)
    )
    outside = worth - (draw.number(-4, 0) if relaxed == STAKE else draw.positive(4))
    rises = mission + draw.positive(), draw.positive()
    expelled = relaxed != EXPELLED or draw.yes()
    return Answering(town, ask, answer, benefit, cost, outside, *rises, expelled)


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
