"""Textbook claims whose truth is known, each beside a false one like it.

Every true claim is proved and confirmed for all parameter values; every false one
is refuted by numbers. Functions (demand, supply, cost) are arbitrary but for the
properties named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
import sympy as sp

from missiongame.proof import (
    Choice,
    Proved,
    Refuted,
    SupermodularGame,
    SymbolicGame,
    concave,
    decreasing,
    increasing,
    nonnegative,
    prove,
    statics,
)

a, b, c, d, k, m, t, v = sp.symbols("a b c d k m t v", real=True)
p, q, r = sp.symbols("p q r", real=True)
c1, c2, p1, p2, q1, q2, x1, x2, y1, y2 = sp.symbols("c1 c2 p1 p2 q1 q2 x1 x2 y1 y2", real=True)
delta = sp.Symbol("delta", real=True)
D, S, C, P, U = map(sp.Function, ("D", "S", "C", "P", "U"))


@dataclass(frozen=True)
class Pair:
    """A true claim and a false one under the same assumptions."""

    true: Any
    false: Any
    assuming: dict[str, Any] = field(default_factory=dict)


def best(utility: Any, chosen: Any, other: Any) -> Any:
    """Return that one alternative is not worse than another."""
    return utility(chosen) >= utility(other)


def interior(objective: Any, variable: Any) -> dict[str, Any]:
    """Return the first-order condition for a best interior choice."""
    return {f"{variable} is best": sp.Eq(sp.diff(objective, variable), 0)}


MONOPOLY = {
    "more than cost": p > c,
    "the dearer product's too": p2 > c2,
    "best at cost c": best(lambda x: (x - c) * D(x), p, p2),
    "best at cost c2": best(lambda x: (x - c2) * D(x), p2, p),
    "costs rise": c < c2,
}
TAXED = {
    "the market clears without tax": sp.Eq(D(p1), S(p1)),
    "the market clears with it": sp.Eq(D(p2), S(p2 - t)),
    "a tax": t > 0,
    "demand falls": decreasing(D, strictly=True),
    "supply rises": increasing(S, strictly=True),
}
LINEAR_TAXED = {
    "the market clears": sp.Eq(a - b * p, d * (p - t)),
    "and with more tax": sp.Eq(a - b * q, d * (q - r)),
    "more tax": t < r,
    "demand falls": b > 0,
    "supply rises": d > 0,
}
COURNOT = {
    **interior((a - q1 - q2 - c1) * q1, q1),
    **interior((a - q1 - q2 - c2) * q2, q2),
    "costs": sp.And(c1 >= 0, c2 >= 0),
    "both produce": sp.And(q1 > 0, q2 > 0),
}
COURNOT_LATER = {
    **COURNOT,
    "later, firm 1": sp.Eq(a - 2 * x1 - x2 - y1, 0),
    "later, firm 2": sp.Eq(a - x1 - 2 * x2 - c2, 0),
    "firm 1's cost rises": y1 > c1,
}
BERTRAND = {
    **interior((p1 - c1) * (a - p1 + d * p2), p1),
    **interior((p2 - c2) * (a - p2 + d * p1), p2),
    "substitutes": sp.And(d > 0, d < 1),
    "costs": sp.And(c1 >= 0, c2 >= 0),
    "a market": a > 0,
}
BERTRAND_LATER = {
    **BERTRAND,
    "later, firm 1": sp.Eq(a - 2 * x1 + d * x2 + y1, 0),
    "later, firm 2": sp.Eq(a - 2 * x2 + d * x1 + c2, 0),
    "firm 1's cost rises": y1 > c1,
}


def second_price(bid: Any) -> Any:
    """Return the payoff of a bid against a highest other bid r: the winner pays r."""
    return sp.Piecewise((v - r, bid > r), (0, True))


def first_price(bid: Any) -> Any:
    """Return the payoff of a bid where the winner pays it."""
    return sp.Piecewise((v - bid, bid > r), (0, True))


def shared(own: Any, other: Any) -> Any:
    """Return a giver's payoff: what is kept of m, and k for each unit that anyone gives."""
    return m - own + k * (own + other)


CLAIMS = {
    "a monopolist's price does not fall as cost rises, whatever the demand": Pair(
        true=p <= p2,
        false=p2 - p >= c2 - c,
        assuming={**MONOPOLY, "demand falls": decreasing(D, strictly=True)},
    ),
    "nor does its sale rise, and it needs no assumption on demand": Pair(
        true=D(p2) <= D(p), false=D(p2) < D(p), assuming=MONOPOLY
    ),
    "with linear demand half a cost increase is passed on": Pair(
        true=sp.Eq(p2 - p, (c2 - c) / 2),
        false=p2 - p > (c2 - c) / 2,
        assuming={
            **interior((p - c) * (a - b * p), p),
            **interior((p2 - c2) * (a - b * p2), p2),
            "demand falls": b > 0,
        },
    ),
    "a monopoly charges at least what a Cournot duopoly does": Pair(
        true=p >= a - q1 - q2,
        false=p >= a - q1 - q2 + c / 10,
        assuming={
            **interior((p - c) * (a - p), p),
            **interior((a - q1 - q2 - c) * q1, q1),
            **interior((a - q1 - q2 - c) * q2, q2),
            "a market": sp.And(a > c, c >= 0),
        },
    ),
    "a tax on profit leaves the best price best": Pair(
        true=(1 - t) * (p - c) * D(p) >= (1 - t) * (q - c) * D(q),
        false=(p - c - t) * D(p) >= (q - c - t) * D(q),
        assuming={
            "best without tax": best(lambda x: (x - c) * D(x), p, q),
            "a tax below 1": sp.And(t >= 0, t < 1),
        },
    ),
    "Cournot: a firm whose cost rises produces less, its rival more, both together less": Pair(
        true=sp.And(x1 < q1, x2 > q2, x1 + x2 < q1 + q2),
        false=sp.Or(x2 < q2, sp.Eq(x1 + x2, q1 + q2)),
        assuming=COURNOT_LATER,
    ),
    "Cournot: the firm with the lower cost sells more": Pair(
        true=sp.Implies(c1 < c2, q1 > q2),
        false=sp.Implies(c1 < c2, q1 > 2 * q2),
        assuming=COURNOT,
    ),
    "Cournot: price exceeds both costs": Pair(
        true=sp.And(a - q1 - q2 > c1, a - q1 - q2 > c2),
        false=a - q1 - q2 > c1 + c2,
        assuming=COURNOT,
    ),
    "Bertrand with substitutes: both prices rise with one firm's cost, its own by more": Pair(
        true=sp.And(x1 > p1, x2 > p2, x1 - p1 > x2 - p2),
        false=x1 - p1 >= y1 - c1,
        assuming=BERTRAND_LATER,
    ),
    "Bertrand: less cost, lower price": Pair(
        true=sp.Implies(c1 <= c2, p1 <= p2),
        false=sp.Implies(c1 <= c2, p1 - c1 <= p2 - c2),
        assuming=BERTRAND,
    ),
    "tax incidence: buyers pay more, sellers get less, less is sold": Pair(
        true=sp.And(p2 > p1, p2 - t < p1, D(p2) < D(p1)),
        false=sp.Eq(p2, p1 + t),
        assuming=TAXED,
    ),
    "tax incidence: it does not matter who is taxed by law": Pair(
        true=sp.Eq(q + t, p2),
        false=sp.Eq(q, p2),
        assuming={**TAXED, "the market clears with buyers taxed": sp.Eq(D(q + t), S(q))},
    ),
    "tax incidence: the less elastic side pays more": Pair(
        true=sp.Implies(b < d, q - p > (r - t) / 2),
        false=sp.Implies(b < d, q - p < (r - t) / 2),
        assuming=LINEAR_TAXED,
    ),
    "buyers bear d/(b+d) of a tax": Pair(
        true=sp.Eq(q - p, d / (b + d) * (r - t)),
        false=sp.Eq(q - p, b / (b + d) * (r - t)),
        assuming=LINEAR_TAXED,
    ),
    "a price taker supplies no less at a higher price, whatever the cost": Pair(
        true=q1 <= q2,
        false=q1 < q2,
        assuming={
            "best at p1": best(lambda x: p1 * x - C(x), q1, q2),
            "best at p2": best(lambda x: p2 * x - C(x), q2, q1),
            "the price rises": p1 < p2,
        },
    ),
    "compensated demand falls in price": Pair(
        true=(p1 - p2) * (x1 - x2) <= 0,
        false=(p1 - p2) * (y1 - y2) <= 0,
        assuming={
            "cheapest at p1": p1 * x1 + y1 <= p1 * x2 + y2,
            "cheapest at p2": p2 * x2 + y2 <= p2 * x1 + y1,
            "prices": sp.And(p1 > 0, p2 > 0),
        },
    ),
    "average cost falls where it exceeds marginal cost": Pair(
        true=C(2) / 2 <= C(1),
        false=C(2) - C(1) >= C(1),
        assuming={
            "returns to scale": C(2) - C(1) <= C(1) - C(0),
            "no fixed gain": C(0) >= 0,
            "cost": nonnegative(C),
        },
    ),
    "risk aversion: the mean for sure is better than the gamble": Pair(
        true=U((x1 + x2) / 2) >= (U(x1) + U(x2)) / 2,
        false=U((x1 + x2) / 2) > (U(x1) + U(x2)) / 2,
        assuming={"concave": concave(U), "more is better": increasing(U, strictly=True)},
    ),
    "second-price auction: no bid beats the value": Pair(
        true=second_price(v) >= second_price(b), false=first_price(v) >= first_price(b)
    ),
    "grim trigger sustains cooperation iff patience is at least (T−R)/(T−P)": Pair(
        true=sp.Equivalent(
            b / (1 - delta) >= a + delta * c / (1 - delta), delta >= (a - b) / (a - c)
        ),
        false=sp.Implies(
            delta >= sp.Rational(1, 2), b / (1 - delta) >= a + delta * c / (1 - delta)
        ),
        assuming={"dilemma": sp.And(a > b, b > c), "patience": sp.And(delta >= 0, delta < 1)},
    ),
    "a linear public good: who keeps a gift gains iff its return is below 1": Pair(
        true=sp.Equivalent(k < 1, shared(0, x2) > shared(x1, x2)),
        false=sp.Implies(k < 1, shared(0, 0) > shared(x1, x1)),
        assuming={"gift": x1 > 0, "the other's gift": x2 >= 0},
    ),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_true_claim_is_proved(name: str) -> None:
    pair = CLAIMS[name]
    verdict = prove(pair.true, assuming=pair.assuming, timeout=120)
    assert isinstance(verdict, Proved)
    assert verdict.confirmed


@pytest.mark.parametrize("name", CLAIMS)
def test_the_false_claim_beside_it_is_refuted(name: str) -> None:
    pair = CLAIMS[name]
    verdict = prove(pair.false, assuming=pair.assuming, timeout=120)
    assert isinstance(verdict, Refuted)
    numbers = {s: n for s, n in verdict.witness.items() if isinstance(s, sp.Symbol)}
    if len(numbers) == len(verdict.witness):  # no functions: SymPy alone can check
        assert not pair.false.subs(numbers)
        assert all(assumption.subs(numbers) for assumption in pair.assuming.values())


# The same questions, put to `statics`


def test_statics_of_a_monopolist() -> None:
    price = Choice((p - c) * D(p), p, reports={"sold": D(p)})
    known = statics(price, c, assuming={"demand falls": decreasing(D, strictly=True)})
    assert known["p"].direction == "rises"
    assert known["p"].used == ("demand falls",)
    assert known["sold"].direction == "falls"
    assert known["sold"].used == ()
    unknown = statics(price, c)
    assert unknown["p"].direction == "either way"
    assert unknown["sold"].direction == "falls"


def test_statics_of_a_price_taker_with_any_cost() -> None:
    supply = statics(Choice(p * q - C(q), q), p)
    assert supply["q"].direction == "rises"
    assert "every best choice" in supply["q"].scope


def test_statics_of_bertrand_duopoly() -> None:
    game = SupermodularGame({p: (p - c) * (a - b * p + d * q), q: (q - k) * (a - b * q + d * p)})
    substitutes = statics(game, c, assuming={"substitutes": d >= 0, "demand falls": b >= 0})
    assert substitutes["p"].direction == substitutes["q"].direction == "rises"
    assert substitutes["q"].lemmas
    assert set(substitutes["p"].used) == {"substitutes", "demand falls"}
    complements = statics(game, c, assuming={"complements": d < 0, "demand falls": b >= 0})
    assert complements["p"].direction == "unknown"
    assert "the lemma says nothing" in complements["p"].scope


def test_statics_of_cournot_duopoly() -> None:
    payoffs = {q1: (a - q1 - q2 - c1) * q1, q2: (a - q1 - q2 - c2) * q2}
    assert statics(SupermodularGame(payoffs), c1)["q1"].direction == "unknown"
    turned = statics(SupermodularGame(payoffs, reversed=(q2,)), c1)
    assert turned["q1"].direction == "falls"
    assert turned["q2"].direction == "rises"


def test_in_matching_pennies_a_players_own_stake_moves_only_the_other() -> None:
    pennies = SymbolicGame([[v, 0], [0, 1]], [[0, 1], [1, 0]])
    (mixed,) = pennies.equilibria(assuming=[v > 0])
    moves = mixed.statics({"row": mixed.row[0], "column": mixed.column[0]}, v, assuming=[v > 0])
    assert moves["row"].direction == "constant"
    assert moves["column"].direction == "falls"
    assert isinstance(mixed.prove(mixed.column[0] < 1, assuming=[v > 0]), Proved)
    assert isinstance(mixed.prove(sp.Eq(mixed.column[0], m), assuming=[v > 0]), Refuted)
