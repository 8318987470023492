"""Contests in which the mission helps, hurts, or makes the steward slack."""

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

import missiongame as mg
from missiongame.catalogue import theorems
from missiongame.catalogue.contest_extremes import TwoContests, played
from missiongame.catalogue.evaluation import holds_at
from missiongame.catalogue.posted_offer_unequal import Unequal, hull_slopes
from missiongame.catalogue.slack_steward import Interior
from missiongame.testing import communities, is_monotone, numbers


def contest(mission, selection):
    """Three members; offers of the same pay net of the mission at every mission."""
    town = mg.Community([2, 4, 3], purpose=1, enjoyment=[2, 5, 2], mission=mission)
    steward = mg.Steward(17, [mg.Policy(), mg.Policy(uplift=3, cost=4)])
    pays = [mg.offers.flat(net + mission) for net in (5, 4)]
    return mg.Contest(town, steward, mg.Rival(Fraction(7, 2)), pays, selection=selection)


def matrices(one):
    return one.exact.steward, one.exact.rival, one.exact.defection


def test_contest_extremes_has_content_where_contributions_are_unequal():
    before, after = contest(3, "greatest"), contest(4, "greatest")
    assert is_monotone(before)
    assert is_monotone(after)
    story = TwoContests(matrices(before), matrices(after))
    theorem = theorems["contest-extremes"]
    points = list(story.points())
    assert points
    assert all(holds_at(premise, p) for premise in theorem.premises.values() for p in points)
    assert story.holds()
    ends = [story.extremes(when) for when in (story.before, story.after)]
    assert [story.before[2][p][o] for p, o in ends[0]] == [Fraction(5, 9)] * 2
    assert [story.after[2][p][o] for p, o in ends[1]] == [0, 0], "though the rival may pay more"


def test_the_matrices_say_where_the_premises_fail():
    assert not is_monotone(contest(3, "least"))


@settings(max_examples=40, deadline=None)
@given(played())
def test_where_members_play_extremes_get_no_worse(story):
    """Real contests, drawn without care for any assumption; equilibria by their definition."""
    theorem = theorems["contest-extremes"]
    inside, points = theorem.check_case(story)
    assert points or not inside
    for when in (story.before, story.after):
        S, R, _ = when
        cells = list(product(range(len(S)), range(len(S[0]))))
        pure = {
            (i, j) for i, j in cells if S[i][j] == max(row[j] for row in S) and R[i][j] == max(R[i])
        }
        assert set(story.extremes(when)) <= pure
        assert not inside or pure, "increasing differences: there is a pure equilibrium"


def test_real_contests_that_satisfy_every_assumption_are_among_those_tried():
    """And not only those in which nothing can happen."""

    def has_content(story):
        rises = story.before[0] != story.after[0] or story.before[1] != story.after[1]
        moves = len({entry for row in story.before[2] for entry in row}) > 1
        return rises and moves and theorems["contest-extremes"].check_case(story)[0]

    seek = settings(
        max_examples=2_000,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    assert find(played(), has_content, settings=seek).holds()


def test_gradual_adjustment_may_be_stable_where_best_answers_in_turn_run_away():
    """g = V = 1, g' = -1, y = 1/2, c'' = 1.05: the product of the slopes is -12."""
    one = Interior(Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(1), Fraction(105, 100))
    assert theorems["slack-steward"].check_case(one) == (True, 1)

    def answers(M):
        """The rival's best net pay against M, and the steward's best M against that pay."""
        z = brentq(lambda z: (0.5 - M - z) * (1 - z) - (0.5 + z - z * z / 2), -0.2, 0.2)
        return -(z + M) / 0.05

    assert answers(1e-6) / 1e-6 == pytest.approx(-12, rel=1e-3)


def best(payoff, low, high):
    """Return the maximiser of a payoff on a line: a grid, refined beside its best point."""
    step = (high - low) / 400
    start = max((low + step * k for k in range(401)), key=payoff)
    around = (max(low, start - step), min(high, start + step))
    options = {"xatol": 1e-12}
    return minimize_scalar(lambda x: -payoff(x), bounds=around, method="bounded", options=options).x


def normal(z):
    return math.erfc(-z / math.sqrt(2)) / 2


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        (lambda m: 1.2 * math.log1p(m), [0.0334, 0.0383, 0.0450]),  # concave: defection rises
        (lambda m: 0.4 * m, None),  # linear: slack undoes the mission
        (lambda m: 0.4 * m + m * m / 5, None),  # convex: it falls
    ],
    ids=["concave", "linear", "convex"],
)
def test_whether_a_stronger_mission_makes_the_steward_slack_depends_on_the_cost(cost, expected):
    """Reservation pay N(0, 1) shifted by the mission, v = V = 3; best answers in turn."""
    defection = []
    for theta in (0.0, 0.5, 1.0):
        uplift = 2.0
        for _ in range(400):
            pay = best(lambda w, M=theta + uplift: (3 - w) * normal(w - M), -6.0, 3.0)
            answer = best(lambda m, z=pay - theta: 3 * (1 - normal(z - m)) - cost(m), 0.0, 8.0)
            settled = abs(answer - uplift) < 1e-9
            uplift = answer
            if settled:
                break
        assert uplift > 1e-3, "an interior equilibrium"
        defection.append(normal(pay - uplift - theta))
    if expected is not None:
        assert defection == pytest.approx(expected, abs=6e-5)
        assert defection[0] < defection[1] < defection[2]
    elif cost(2) == pytest.approx(2 * cost(1)):
        assert defection == pytest.approx([defection[0]] * 3, abs=1e-6)
    else:
        assert defection[0] > defection[1] > defection[2]


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers(0, 6), min_size=1, max_size=5))
def test_the_hull_is_the_largest_convex_function_below(costs):
    slopes, level = hull_slopes(costs), Fraction(0)
    assert slopes == sorted(slopes)
    heights = [level := level + slope for slope in slopes]
    assert all(height <= cost for height, cost in zip(heights, costs, strict=True))
    points = [Fraction(0), *costs]
    for d in range(1, len(points)):  # no chord between costs passes below the hull
        chords = (
            points[i] + (points[j] - points[i]) * (d - i) / (j - i)
            for i in range(d)
            for j in range(d, len(points))
        )
        assert min(chords) == heights[d - 1]


@settings(max_examples=6, deadline=None)
@given(communities(members=(1, 3), ties="none"), numbers(0, 3).filter(bool))
def test_the_condition_for_unequal_purpose_is_exact(town, more):
    """Where a slope falls some value makes heads rise; where none does, no value on a grid."""
    town = town.changed(contribution=[1] * town.n)
    mission = Fraction(town.mission) + more
    values = [Fraction(k) for k in range(1, 9)]
    story = Unequal(town, mission, Fraction(1))
    between = [(a + b) / 2 for a, b in zip(*story.slopes, strict=True)]
    falls = all(story.falls(v) for v in [*values, *between] if v > 0)
    assert falls == story.no_slope_falls
