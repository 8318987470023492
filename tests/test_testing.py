"""What the strategies draw, and what the assertions say."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import missiongame as mg
from missiongame import testing
from missiongame.bimatrix import solve
from missiongame.errors import InvalidType, InvalidValue

quick = settings(max_examples=40, deadline=None)
# To find one is enough: the same in each run, and not made small.
seek = settings(
    max_examples=20_000, deadline=None, derandomize=True, database=None, phases=[Phase.generate]
)


@given(testing.numbers(-2, 3, 4))
def test_numbers_stay_in_range_with_small_denominators(x):
    assert -2 <= x <= 3
    assert x.denominator <= 4


@pytest.mark.parametrize("x", [Fraction(-2), Fraction(3), Fraction(-7, 4), Fraction(0)])
def test_every_number_of_the_range_can_be_drawn(x):
    assert find(testing.numbers(-2, 3, 4), lambda drawn: drawn == x, settings=seek) == x


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: testing.numbers(3, 1), "low is 3; it should be at most high = 1"),
        (lambda: testing.numbers(0.5), r"low is 0.5 \(float\); it should be a whole number"),
        (lambda: testing.numbers([0]), r"low is \[0\] \(list\); it should be a whole number"),
        (lambda: testing.numbers(denominator=0), "denominator is 0; it should be at least 1"),
        (
            lambda: testing.communities(ties="weird"),
            "ties is 'weird'; it should be of 'none', 'default', 'general', 'any sign'",
        ),
        (lambda: testing.communities(ties=("none", "odd")), "ties is 'odd'"),
        (lambda: testing.communities(ties=()), r"ties is \(\); it should be at least one kind"),
        (lambda: testing.communities(members=(0, 3)), r"members\[0\] is 0; .* at least 1"),
        (lambda: testing.communities(members=3), r"members is 3 \(int\); .* a pair"),
        (lambda: testing.communities(members=(3, 2)), r"members is \(3, 2\); .* a pair"),
        (lambda: testing.communities(contribution=(-1, 2)), r"contribution\[0\] is -1"),
        (lambda: testing.communities(contribution=(0, 0)), "contribution .* some contribute"),
        (lambda: testing.communities(mission=(-1, 2)), r"mission\[0\] is -1; .* at least 0"),
        (lambda: testing.communities(enjoyment=(0.5, 2)), r"enjoyment\[0\] is 0.5 \(float\)"),
        (lambda: testing.rivals(value=0), "value is 0; it should be at least 1"),
        (lambda: testing.offers(0).example(), "n is 0; it should be at least 1"),
        (lambda: testing.bimatrix(rows=(0, 1)).example(), r"rows\[0\] is 0"),
        (lambda: testing.contests(size=0).example(), "size is 0; it should be at least 1"),
    ],
)
@pytest.mark.filterwarnings("ignore:The `.example:hypothesis.errors.NonInteractiveExampleWarning")
def test_illegal_arguments_are_named(call, message):
    with pytest.raises((InvalidValue, InvalidType), match=message):
        call()


@quick
@given(testing.communities(contribution=(3, 6), members=(1, 3)))
def test_contributions_lie_in_the_range_asked_for(town):
    assert all(3 <= c <= 6 for c in town.contribution)


@quick
@given(testing.communities(contribution=(0, 1), mission=(2, 2), enjoyment=(-1, 0)))
def test_somebody_contributes_and_the_rest_lies_in_its_range(town):
    assert 0 < max(town.contribution) <= 1
    assert town.mission == 2
    assert all(-1 <= h <= 0 for h in town.enjoyment)


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
    town = find(
        testing.communities(ties="any sign"), lambda c: not c.ties.nonnegative, settings=seek
    )
    assert min(town.ties.dense().ravel()) < 0


@quick
@given(testing.scenes(members=(1, 4)))
def test_scenes_can_be_played(scene):
    town, rival, offer = scene
    outcome = mg.participate(town, rival, offer)
    assert outcome.least.max_gain <= 0
    assert outcome.greatest.headcount >= outcome.least.headcount


@pytest.mark.parametrize("kind", ["flat", "top", "piece_rate", "personal"])
def test_every_kind_of_offer_is_drawn(kind):
    offer = find(testing.offers(2, fixed=True), lambda o: o.kind == kind, settings=seek)
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


@settings(quick, max_examples=10)
@given(testing.contests(monotone=False))
def test_contests_without_monotone_differences_are_not(contest):
    assert not testing.is_monotone(contest)


def test_monotone_contests_where_the_uplift_matters_are_found():
    def matters(contest):
        rows = contest.exact.defection
        return any(above != below for above, below in pairwise(rows))

    contest = find(testing.contests(monotone=True), matters, settings=seek)
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


@pytest.mark.usefixtures("seeded")
def test_random_numbers_find_a_false_theorem_and_show_a_case():
    theorem = mg.theorems["temptation"]

    def repelled():
        town = testing.communities(members=(1, 3), purpose=(-2, -1), ties="none")
        return town.map(lambda t: theorem.case({}).__class__(t, mg.Rival(), mg.offers.flat(1), 9))

    whatever = replace(theorem, assumptions={}, cases=repelled, outside={})
    with pytest.raises(AssertionError, match=r"(?s)temptation fails: mission .*, pay 1.*mission 9"):
        whatever.check(examples=50)
