"""What the strategies draw, how it shrinks, and what the assertions say."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import missiongame as mg
from missiongame import testing
from missiongame.errors import InvalidValue
from missiongame.nash import solve

quick = settings(max_examples=40, deadline=None)


@given(testing.numbers(-2, 3, 4))
def test_numbers_stay_in_range_with_small_denominators(x):
    assert -2 <= x <= 3
    assert x.denominator <= 4


def test_numbers_shrink_to_plain_ones():
    assert find(testing.numbers(-6, 6), lambda x: x < -1) == -2
    assert find(testing.numbers(0, 6, 4), lambda x: x > Fraction(5, 2)) == 3


def test_an_empty_range_is_named():
    with pytest.raises(InvalidValue, match="low is 3; it should be at most high = 1"):
        testing.numbers(3, 1)


@quick
@given(st.data())
def test_communities_are_as_asked(data):
    kind = data.draw(st.sampled_from(("none", "default", "general", "any sign")))
    town = data.draw(testing.communities(members=(2, 4), ties=kind, purpose=(1, 2), alike=True))
    assert 2 <= town.n <= 4
    assert len(set(town.purpose)) == 1
    assert 1 <= town.purpose[0] <= 2
    assert (town.ties is not None) == (kind in ("general", "any sign"))
    assert kind == "any sign" or town.ties is None or town.ties.nonnegative


def test_communities_with_negative_ties_are_among_those_of_any_sign():
    town = find(testing.communities(ties="any sign"), lambda c: not c.ties.nonnegative)
    assert town.n == 2


def test_a_community_shrinks_to_one_plain_member():
    town = find(testing.communities(), lambda c: c.n >= 1)
    assert (town.n, town.contribution.tolist(), town.enjoyment.tolist()) == (1, [1.0], [0.0])


@quick
@given(testing.scenes(members=(1, 4)))
def test_scenes_can_be_played(scene):
    town, rival, offer = scene
    outcome = mg.participate(town, rival, offer)
    assert outcome.least.max_gain <= 0
    assert outcome.greatest.headcount >= outcome.least.headcount


@pytest.mark.parametrize("kind", ["flat", "top", "piece_rate", "personal"])
def test_every_kind_of_offer_is_drawn(kind):
    offer = find(testing.offers(2, fixed=True), lambda o: o.kind == kind)
    assert offer.kind == kind


@quick
@given(testing.towns_that_stay())
def test_towns_that_stay_stay_unpaid_and_alone(scene):
    town, rival = scene
    alone = town.changed(ties=None, social=0)
    assert mg.participate(alone, rival, mg.offers.flat(0)).least.headcount == 0


@quick
@given(testing.towns_that_stay(crowding=True))
def test_towns_that_stay_with_crowding_stay_too(scene):
    town, rival = scene
    assert mg.participate(town, rival, mg.offers.flat(0)).least.headcount == 0


@quick
@given(testing.degenerate())
def test_degenerate_games_have_a_choice_with_two_best_answers(game):
    A, B = game
    rows = [sum(b == max(row) for b in row) > 1 for row in B]
    columns = [sum(a == max(column) for a in column) > 1 for column in zip(*A, strict=True)]
    assert any(rows) or any(columns)


@quick
@given(testing.supermodular())
def test_supermodular_games_have_a_pure_equilibrium(game):
    A, B = game
    assert testing.increasing_differences(A)
    assert testing.increasing_differences(B)
    found = solve(A, B)
    assert any(set(e.row) | set(e.column) <= {0, 1} for e in found)


@quick
@given(testing.bimatrix(rows=(2, 3), columns=(1, 2), entries=(0, 1)))
def test_bimatrix_games_have_the_shape_asked_for(game):
    A, B = game
    assert len(A) == len(B)
    assert 2 <= len(A) <= 3
    assert {len(row) for row in (*A, *B)} <= {1, 2}
    assert {entry for row in (*A, *B) for entry in row} <= {0, 1}


@quick
@given(testing.contests(monotone=True))
def test_monotone_contests_are(contest):
    assert testing.is_monotone(contest)


def test_contests_without_monotone_differences_are_found_and_small():
    contest = find(testing.contests(monotone=False), lambda c: c.community.n)
    assert not testing.is_monotone(contest)
    assert contest.community.n <= 2


def test_monotone_contests_where_the_uplift_matters_are_found():
    def matters(contest):
        rows = contest.exact.defection
        return any(above != below for above, below in pairwise(rows))

    contest = find(testing.contests(monotone=True), matters, settings=settings(max_examples=20_000))
    assert testing.is_monotone(contest)


def test_equilibria_are_compared_as_sets_of_exact_numbers():
    found = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    half = (Fraction(3, 5), Fraction(2, 5)), (Fraction(2, 5), Fraction(3, 5))
    pure = [((1, 0), (1, 0)), ((0, 1), (0, 1))]
    testing.assert_equilibria_equal(found, [half, *pure])
    with pytest.raises(AssertionError, match=r"not expected: row \(3/5, 2/5\)"):
        testing.assert_equilibria_equal(found, pure)
    with pytest.raises(AssertionError, match=r"missing: row \(0, 1\), column \(1, 0\)"):
        testing.assert_equilibria_equal(found, [half, *pure, ((0, 1), (1, 0))])


def test_a_theorem_that_does_not_hold_is_an_assertion_error():
    theorem = mg.theorems["temptation"]
    testing.assert_theorem(theorem, examples=5)
    without = replace(theorem, assumptions={})
    with pytest.raises(AssertionError, match="temptation is not proved: Refuted"):
        testing.assert_theorem(without)


def test_random_numbers_find_a_false_theorem_and_show_its_smallest_case():
    theorem = mg.theorems["temptation"]

    def repelled():
        town = testing.communities(members=(1, 3), purpose=(-2, -1), ties="none")
        return town.map(lambda t: theorem.case({}).__class__(t, mg.Rival(), mg.offers.flat(1), 9))

    with pytest.raises(AssertionError, match=r"(?s)temptation fails: mission 0, pay 1.*mission 9"):
        replace(theorem, cases=repelled).check(examples=50)
