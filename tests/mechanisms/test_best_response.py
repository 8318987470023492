"""Best-response paths: exact, monotone from equilibria, and honest about cycles."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiongame import Community, Payoffs, Rival, offers, participate, symbols
from missiongame.errors import InvalidValue
from missiongame.mechanisms.best_response import best_response_path
from missiongame.testing import communities, numbers, rivals
from oracles import gains, temptations

flat = numbers(0, 8)


@given(communities(), rivals(), flat, st.data(), st.sampled_from(["all", "one"]))
def test_every_step_is_a_best_response(town, rival, w, data, revise):
    start = np.array(data.draw(st.lists(st.booleans(), min_size=town.n, max_size=town.n)))
    path = best_response_path(town, rival, offers.flat(w), start, revise=revise)
    for x, after in zip(path.states, path.states[1:], strict=False):
        T = temptations(town, rival, offers.flat(w), x)
        best = [x[i] if T[i] == 0 else T[i] > 0 for i in range(town.n)]
        changed = [i for i in range(town.n) if best[i] != x[i]]
        moved = np.flatnonzero(x != after).tolist()
        assert moved == (changed if revise == "all" else changed[:1])
    if path.settled:
        end = path.end
        assert max(gains(town, rival, offers.flat(w), end)) <= 0
    else:
        assert path.cycle > 0
        assert np.array_equal(path.end, path.states[-1 - path.cycle])


@given(communities(), rivals(), flat)
def test_paths_from_nobody_and_everybody_end_in_the_extreme_equilibria(town, rival, w):
    found = participate(town, rival, offers.flat(w))
    up = best_response_path(town, rival, offers.flat(w), indifferent="stay")
    everybody = np.ones(town.n, dtype=bool)
    down = best_response_path(town, rival, offers.flat(w), everybody, indifferent="leave")
    assert up.settled
    assert down.settled
    np.testing.assert_array_equal(up.end, found.least.defectors)
    np.testing.assert_array_equal(down.end, found.greatest.defectors)


@given(communities(), rivals(), flat, flat, st.sampled_from(["all", "one"]))
def test_withdrawing_an_offer_never_raises_defection(town, rival, w, part, revise):
    plain = Rival(rival.value, rival.mission, rival.portability, crowding=0)
    less = min(w, part)
    found = participate(town, plain, offers.flat(w))
    for equilibrium in (found.least, found.greatest):
        path = best_response_path(
            town, plain, offers.flat(less), equilibrium.defectors, revise=revise
        )
        assert path.settled
        for before, after in zip(path.states, path.states[1:], strict=False):
            assert not np.any(after & ~before)


def test_where_pay_crowds_out_withdrawing_an_offer_can_empty_a_community():
    one = Community([1], purpose=1, enjoyment=1.75)
    rival = Rival(mission=3, crowding=1)
    paid = participate(one, rival, offers.flat(1)).greatest
    assert paid.headcount == 0
    unpaid = best_response_path(one, rival, offers.flat(0), paid.defectors)
    assert unpaid.settled
    assert unpaid.end.tolist() == [True]


def test_all_at_once_two_friends_miss_each_other_for_ever():
    friends = Community([1, 1], ties=[[0, 4], [4, 0]], purpose=0)
    apart = [True, False]
    both = best_response_path(friends, Rival(portability=1), offers.flat(0), apart)
    assert (both.settled, both.cycle) == (False, 2)
    one = best_response_path(friends, Rival(portability=1), offers.flat(0), apart, revise="one")
    assert one.settled
    assert one.end.tolist() == [False, False]


def test_a_path_that_is_cut_short_says_that_it_did_not_settle():
    chain = Community([1, 1, 1], purpose=0, ties=[[0, 0, 0], [4, 0, 0], [0, 4, 0]])
    path = best_response_path(chain, Rival(), offers.flat(3), rounds=1)
    assert (path.settled, path.cycle, len(path.states)) == (False, 0, 2)
    assert best_response_path(chain, Rival(), offers.flat(3)).time_to_collapse(1) == 3


def test_rounding_does_not_move_who_is_indifferent():
    tied = Community([1], purpose=Fraction(1, 10), enjoyment=Fraction(2, 10))
    at = offers.flat(Fraction(3, 10))
    above = offers.flat(Fraction(3, 10) + Fraction(1, 10**30))
    assert best_response_path(tied, Rival(), at).end.tolist() == [False]
    assert best_response_path(tied, Rival(), at, [True]).end.tolist() == [True]
    assert best_response_path(tied, Rival(), above).end.tolist() == [True]


def test_one_s_own_payoffs_are_followed():
    own = Payoffs(stay=symbols.alpha * symbols.theta / (1 + symbols.theta) + symbols.G_stay)
    town = Community([1, 1], purpose=[4, 6], social=2)
    path = best_response_path(town, Rival(), offers.flat(3.5), payoffs=own)
    assert [x.tolist() for x in path.states] == [[False, False], [True, False], [True, True]]


def test_a_great_community_is_followed_exactly_and_fast():
    rng = np.random.default_rng(0)
    n = 20_000
    town = Community(rng.pareto(1.2, n) + 0.01, purpose=rng.uniform(0, 9, n), social=4)
    path = best_response_path(town, Rival(), offers.flat(6), indifferent="stay")
    assert path.settled
    least = participate(town, Rival(), offers.flat(6)).least
    np.testing.assert_array_equal(path.end, least.defectors)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"revise": "some"}, "revise"),
        ({"indifferent": "go"}, "indifferent"),
        ({"start": [True]}, "start"),
    ],
)
def test_illegal_arguments_are_named(changed, named):
    with pytest.raises(InvalidValue, match=named):
        best_response_path(Community([1, 1], purpose=1), Rival(), offers.flat(1), **changed)
