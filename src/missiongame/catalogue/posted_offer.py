"""Against a rival's best posted pay, a stronger mission still loses no more members.

The rival posts one pay w ≥ 0 for all, its best from a continuum; everyone's purpose is
α > 0. N heads with C contributions leave for w at θ, N_new with C_new for w_new at
θ_new > θ; profit is vC − wN. No distribution of enjoyment, work and ties is assumed.

*The same net pay.* T depends on w and θ through w − αθ alone, where κθ_R = 0 ("the
same net pay"). With shift = α(θ_new − θ), the game at (w + shift, θ_new) is that at
(w, θ): N_up = N; and that at (w_new − shift, θ) is that at (w_new, θ_new): N_down =
N_new; likewise C. So leavers are a function D(w − αθ) of net pay.

*A higher net pay.* With g ≥ 0 D grows with net pay, for every selection that
`stronger-mission` speaks of, by the same induction ("a higher net pay", "no partner",
"one more partner"), and for its limits from above (in the least
selection the indifferent stay, and the best pay is such a limit). Sets that contain
each other and have as many members are the same set.

*Revealed preference.* The rival at θ could have posted w_new − shift if that is not
negative, the rival at θ_new could have posted w + shift. The claim follows by comparing
just these: an arbitrary distribution is its values there. For α = 0 the two games are
one, and of two best pays the rival may post either.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import sympy as sp

from missiongame.catalogue import one_partner
from missiongame.catalogue.best_pay import Posted
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.from_numbers import rival_of, several_members, value, values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import indicator, legal, real, temptation, zero_or_one
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.errors import StructureMissing
from missiongame.model import Community, Rival
from missiongame.model import symbols as m

theta_new, w_new, v, F, alpha_other, g = real("theta_new w_new v F alpha_other g")
N, N_up, N_new, N_down, C, C_up, C_new, C_down = real("N N_up N_new N_down C C_up C_new C_down")
EQUAL, POSITIVE, DILUTES, TIES, ANY, FREE = (
    "purpose equal",
    "purpose positive",
    "pay dilutes nothing, κθ_R = 0",
    "ties not negative",
    "any pay may be posted",
    "no cost that zero pay avoids",
)
shift = m.alpha * (theta_new - m.theta)
same_game = sp.And(sp.Eq(m.alpha, alpha_other), sp.Eq(m.kappa * m.theta_R, 0))


def profit(work: Any, heads: Any, pay: Any) -> Any:
    """Return vC − wN less the cost F of any pay above zero."""
    return v * work - pay * heads - F * indicator(pay > 0)


def nested(less: tuple[Any, Any], more: tuple[Any, Any]) -> Any:
    """Return that (heads, work) `less` is that of a subset of the members behind `more`."""
    return sp.And(
        less[0] <= more[0],
        less[1] <= more[1],
        sp.Implies(sp.Eq(less[0], more[0]), sp.Eq(less[1], more[1])),
    )


setting = {
    **legal("mission"),
    "value": v > 0,
    "posting costs nothing or something": F >= 0,
    "a stronger mission": theta_new > m.theta,
    "pays": sp.And(m.w >= 0, w_new >= 0),
    "heads": sp.And(N >= 0, N_new >= 0),
    "the same net pay": sp.Implies(
        same_game,
        sp.And(sp.Eq(N_up, N), sp.Eq(C_up, C), sp.Eq(N_down, N_new), sp.Eq(C_down, C_new)),
    ),
    "a higher net pay": sp.Implies(
        g >= 0,
        sp.And(
            sp.Implies(w_new - shift >= m.w, nested((N, C), (N_down, C_down))),
            sp.Implies(w_new - shift <= m.w, nested((N_down, C_down), (N, C))),
        ),
    ),
}
assumptions = {
    EQUAL: sp.Eq(m.alpha, alpha_other),
    POSITIVE: m.alpha > 0,
    DILUTES: sp.Eq(m.kappa * m.theta_R, 0),
    TIES: g >= 0,
    ANY: sp.And(
        sp.Implies(w_new - shift >= 0, profit(C, N, m.w) >= profit(C_down, N_down, w_new - shift)),
        profit(C_new, N_new, w_new) >= profit(C_up, N_up, m.w + shift),
    ),
    FREE: sp.Eq(F, 0),
}
parts = {"heads": N_new <= N, "work": C_new <= C}


def _steps() -> tuple[Step, ...]:
    w_other, stay, gone = real("w_other G_stay_other G_gone_other")
    shifted = temptation(w=m.w + shift, theta=theta_new)
    kept = {DILUTES: sp.Or(sp.Eq(m.kappa, 0), sp.Eq(m.theta_R, 0))}
    fewer = {"more have left": sp.And(stay <= m.G_stay, gone >= m.G_gone)}
    higher = temptation(w=w_other, G_stay=stay, G_gone=gone) >= temptation()
    return (
        *one_partner.steps(),
        Step("the same net pay", sp.Eq(shifted, temptation()), kept),
        Step(
            "a higher net pay",
            higher,
            {**kept, **fewer, **legal("portability"), "higher": w_other >= m.w},
        ),
    )


def case(numbers: Numbers) -> Posted:
    """Return the story of two members; the first may have a tie to the second."""
    names = ("w", "w_new")
    if N in numbers:
        names = f"r_{numbers[N]}", f"r_{numbers[N_new]}_new"
    first, second = values(numbers, *names)
    menu = (first, second) if value(numbers, "menu") else None
    mission, cost = values(numbers, "theta_new", "F")
    return Posted(
        several_members(numbers, purpose=1),
        rival_of(numbers),
        mission,
        (first, second),
        menu,
        cost,
        tried=values(numbers, "r_1", "r_1_new", "r_2", "r_2_new"),
    )


@drawn
def cases(draw: Draw) -> Posted:
    """Draw a community alike in purpose, and best pays at two missions."""
    town = draw.community(members=(1, 4), purpose=(1, 3), alike=True)
    rival, mission = draw.rival(crowding=False), Fraction(town.mission) + draw.positive()
    return Posted.best(town, rival, mission, draw.one_of(("least", "greatest")))


@drawn
def outside(draw: Draw, relaxed: str) -> Posted:
    """Draw two members without care for one assumption.

    What a contribution is worth is often such that the rival hardly knows whom to take.
    """
    if relaxed == DILUTES:
        return _crowded(draw)
    mission, rise = draw.number(0, 2, 1), draw.positive(2)
    purpose = [Fraction(1)] * 2
    if relaxed == EQUAL:
        purpose = [draw.number(0, 3, 1), draw.number(0, 1, 1)]
    elif relaxed == POSITIVE:
        purpose = [Fraction(draw.one_of((0, -1)))] * 2
    own = [draw.number(0, 1), draw.number(1, 3)]
    tie, work = Fraction(0), [Fraction(1)] * 2
    if relaxed == TIES:  # the second just leaves unpaid at the first mission
        tie, own[1] = draw.number(-3, 0), -purpose[1] * mission
        work = [draw.number(1, 4, 1) for _ in range(2)]
    elif relaxed == FREE:
        own[0] -= Fraction(1, 2) + mission
    town = Community(work, purpose, own, mission=mission, ties=[[0, tie], [0, 0]])
    first, second = (max(Fraction(0), a * mission + h) for a, h in zip(purpose, own, strict=True))
    risen = max(Fraction(0), purpose[1] * (mission + rise) + own[1])
    menu: tuple[Fraction, ...] = ()
    tie_breaking = second + risen - first
    if relaxed == ANY:
        menu = first, risen + draw.number(0, 1)
        tie_breaking = (3 * menu[1] - first) / 2
    worth = draw.number(1, 10) if draw.yes() else max(Fraction(1), tie_breaking)
    fixed = draw.number(0, 9) if relaxed == FREE else Fraction(0)
    try:
        return Posted.best(town, Rival(worth), mission + rise, fixed=fixed, menu=menu)
    except StructureMissing:  # no equilibrium in which the indifferent leave
        draw.only_if(False)
        raise


def _crowded(draw: Draw) -> Posted:
    """Draw two members with α = κ = 1 whom pay repels at first.

    The first leaves unpaid at mission 0. Each pay that wins a member is a half, so that
    best pays are rational.
    """
    pull = draw.one_of((Fraction(0), Fraction(3, 2), Fraction(2), Fraction(3)))
    halves = [Fraction(k, 2) for k in range(9)]
    # More pay wins from r on, and no less: r + θ_R/(1 + r) is what staying is worth.
    worth = {r: r + pull / (1 + r) for r in halves if (1 + r) ** 2 >= pull}
    dear = [r for r in worth if worth[r] > pull]
    first_new, (second, second_new) = draw.one_of(dear), sorted(draw.one_of(dear) for _ in range(2))
    rise = worth[second_new] - worth[second]
    own = worth[first_new] - rise
    draw.only_if(rise > 0 and own <= min(pull, worth[second]))
    town = Community([1, 1], purpose=1, enjoyment=[own, worth[second]], mission=0)
    # Worth that makes the rival choose between one and both, somewhere between the missions.
    between = second + second_new - first_new / 2
    contribution = draw.number(1, 12) if draw.yes() else max(Fraction(1), between)
    rival, pays = Rival(contribution, mission=pull, crowding=1), (second, first_new, second_new)
    best = Posted.best(town, rival, rise, menu=(Fraction(0), *pays))
    return Posted(town, rival, rise, best.pays, tried=pays)


a_1, a_2, h_1, h_2, c_1, c_2, g_12 = real("alpha_1 alpha_2 h_1 h_2 c_1 c_2 g_12")
menu = real("menu")


def _pair() -> Small:
    """Two members, the first with a tie to the second, who decides alone; the indifferent leave."""

    def leavers(pay: Any, theta: Any) -> tuple[Any, Any]:
        second = pay >= a_2 * theta + h_2
        alone, together = a_1 * theta + h_1 + g_12, a_1 * theta + h_1
        return sp.Or(sp.And(sp.Not(second), pay >= alone), sp.And(second, pay >= together)), second

    def heads(pay: Any, theta: Any) -> Any:
        return sum(map(indicator, leavers(pay, theta)))

    def work(pay: Any, theta: Any) -> Any:
        first, second = map(indicator, leavers(pay, theta))
        return c_1 * first + c_2 * second

    def gains(pay: Any, theta: Any) -> Any:
        return profit(work(pay, theta), heads(pay, theta), pay)

    def best(pay: Any, theta: Any) -> Any:
        breakpoints = (a_1 * theta + h_1, a_1 * theta + h_1 + g_12, a_2 * theta + h_2)
        others = (sp.Implies(b >= 0, gains(pay, theta) >= gains(b, theta)) for b in breakpoints)
        return sp.And(gains(pay, theta) >= gains(sp.Integer(0), theta), *others)

    alike = sp.And(sp.Eq(c_1, c_2), sp.Eq(g_12, 0))
    return Small(
        sp.And(
            heads(w_new, theta_new) <= heads(m.w, m.theta),
            work(w_new, theta_new) <= work(m.w, m.theta),
        ),
        {
            **{name: setting[name] for name in ("mission", "value", "a stronger mission", "pays")},
            "posting costs nothing or something": F >= 0,
            "contributions": sp.And(c_1 > 0, c_2 > 0),
            "better than the other pay": sp.And(
                gains(m.w, m.theta) >= gains(w_new, m.theta),
                gains(w_new, theta_new) >= gains(m.w, theta_new),
            ),
            "a menu or a continuum": zero_or_one(menu),
            "its best": sp.Or(sp.Eq(menu, 1), sp.And(best(m.w, m.theta), best(w_new, theta_new))),
        },
        {
            EQUAL: sp.Eq(a_1, a_2),
            POSITIVE: sp.And(a_1 > 0, a_2 > 0),
            TIES: g_12 >= 0,
            ANY: sp.Eq(menu, 0),
            FREE: sp.Eq(F, 0),
        },
        {EQUAL: sp.And(a_1 >= 0, a_2 >= 0, alike), POSITIVE: sp.And(a_1 >= 0, alike)},
    )


def _diluted() -> Small:
    """Two members, α = 1, whom the rival's mission draws.

    r_i is the pay that wins member i, the first asking for less; to win both takes r_2.
    """
    pays = r_1, r_2, r_1_new, r_2_new = real("r_1 r_2 r_1_new r_2_new")

    def plain(pay: Any) -> Any:
        # A counterexample is looked for among plain pays: others may be irrational.
        return sp.Or(*(sp.Eq(pay, sp.Rational(k, 2)) for k in range(9)))

    def wins(pay: Any, own: Any, theta: Any) -> Any:
        """Zero if that wins; else where the member is indifferent and more pay wins."""
        at = {"alpha": 1, "theta": theta, "h": own, "G_stay": 0, "G_gone": 0}
        unpaid = temptation(w=0, **at) >= 0
        rising = (1 + m.kappa * pay) ** 2 >= m.kappa * m.theta_R
        exactly = sp.And(pay > 0, sp.Eq(temptation(w=pay, **at), 0), rising)
        return sp.Or(sp.And(unpaid, sp.Eq(pay, 0)), sp.And(sp.Not(unpaid), exactly))

    def best(heads: Any, cheaper: Any, dearer: Any) -> Any:
        one, both = v - cheaper, 2 * (v - dearer)
        return sp.Or(
            sp.And(sp.Eq(heads, 1), one >= both, one >= 0),
            sp.And(sp.Eq(heads, 2), both >= one, both >= 0),
        )

    return Small(
        N_new <= N,
        {
            **legal("mission", "crowding", "rival's mission"),
            **{name: setting[name] for name in ("value", "a stronger mission")},
            "the first asks less": h_1 <= h_2,
            "what wins": sp.And(wins(r_1, h_1, m.theta), wins(r_2, h_2, m.theta)),
            "what wins later": sp.And(wins(r_1_new, h_1, theta_new), wins(r_2_new, h_2, theta_new)),
            "its best": sp.And(best(N, r_1, r_2), best(N_new, r_1_new, r_2_new)),
        },
        {DILUTES: sp.Eq(m.kappa * m.theta_R, 0)},
        {DILUTES: sp.And(sp.Eq(m.kappa, 1), sp.Eq(m.theta, 0), *map(plain, pays))},
    )


theorem = Theorem(
    name="posted-offer",
    title="Against the best posted pay, a stronger mission still loses no more members",
    statement="If the mission is worth the same to everyone, and that is positive, pay dilutes "
    "nothing, no tie is negative, and the rival posts its best pay, free to choose any at no cost "
    "but the wages, then the defection it takes, in heads and in work, never rises with the "
    "mission, in the least, the robust and the greatest equilibrium alike.",
    words={
        EQUAL: "worth the same to everyone",
        POSITIVE: "that is positive",
        DILUTES: "pay dilutes nothing",
        TIES: "no tie is negative",
        ANY: "its best pay, free to choose any",
        FREE: "at no cost but the wages",
        "heads": "in heads",
        "work": "in work",
    },
    explanation="A stronger mission raises everyone's price by the same amount. The rival can "
    "follow with its pay and take exactly the same members as before, only now each costs more: "
    "so it wants no more of them than before, whatever the members' prices are. If some care more "
    "for the mission than others, prices move apart, and the rival may prefer a new price at which "
    "more of them come. The same happens if it can only post a few pays, if posting any costs "
    "something, or if pay dilutes what it buys.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="revealed preference; after P. Samuelson, Economica 5 (1938)",
    steps=_steps(),
    lemmas=(
        "Milgrom and Roberts 1990: best responses from all-stay and from all-leave reach the "
        "extreme equilibria of a game with complements",
    ),
    small=_pair(),
    special={DILUTES: _diluted()},
    case=case,
    cases=cases,
    outside={name: partial(outside, name) for name in assumptions},
)
