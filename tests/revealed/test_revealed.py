"""Revealed value: bounds hold for whoever chose, fits are maxima, degenerate data has a name."""

import math
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

import missiongame as mg
from missiongame.errors import InvalidType, InvalidValue
from missiongame.mechanisms.welfare import Bounds
from missiongame.revealed import common, count, fit, known_of, observe
from missiongame.revealed import profile_likelihood as profile
from missiongame.revealed.count_bounds import Counts
from missiongame.testing import communities, offers, rivals
from oracles import log_likelihood_of_bounds

FAMILIES = {"normal": stats.norm, "logistic": stats.logistic}


@st.composite
def raids_with_secrets(draw):
    """A community, an equilibrium under an offer, and whose choices are known."""
    town = draw(communities(members=(1, 5), purpose=(0, 4)))
    rival, offer = draw(rivals()), draw(offers(town.n))
    least = mg.participate(town, rival, offer).least
    assume(least is not None)
    seen = draw(st.lists(st.booleans(), min_size=town.n, max_size=town.n))
    went = [bool(x) if s else None for x, s in zip(least.defectors, seen, strict=True)]
    return town, rival, offer, went


@given(raids_with_secrets())
@settings(max_examples=300, deadline=None)
def test_true_purpose_is_within_the_bounds_whatever_stays_unknown(raid):
    town, rival, offer, went = raid
    seen = observe(town, rival, offer, went)
    assert not seen.contradicted.any()
    for alpha, low, high in zip(town.purpose, seen.exact_low, seen.exact_high, strict=True):
        assert low is None or low <= Fraction(alpha)
        assert high is None or Fraction(alpha) <= high


@given(raids_with_secrets())
@settings(max_examples=150, deadline=None)
def test_knowing_more_never_loosens_a_bound(raid):
    town, rival, offer, went = raid
    least = mg.participate(town, rival, offer).least
    full = observe(town, rival, offer, least.defectors.tolist())
    part = observe(town, rival, offer, went)
    for k in range(town.n):
        if part.exact_low[k] is not None:
            assert full.exact_low[k] >= part.exact_low[k]
        if part.exact_high[k] is not None:
            assert full.exact_high[k] <= part.exact_high[k]


@given(raids_with_secrets())
@settings(max_examples=150, deadline=None)
def test_counts_hold_for_the_group_that_went(raid):
    town, rival, offer, _ = raid
    left = mg.participate(town, rival, offer).least.defectors
    went = int(left.sum())
    told = count(town, rival, offer, [True] * town.n, went, refused=town.n - went)
    purpose = [Fraction(a) for a in town.purpose]
    if told.at_most is not None:
        assert sum(a <= told.at_most for a in purpose) >= went
    if told.at_least is not None:
        assert sum(a >= told.at_least for a in purpose) >= town.n - went


def test_a_mapping_names_members_and_leaves_the_rest_unknown():
    town = mg.Community([3, 2, 1], names=["Ann", "Bob", "Cy"])
    by_name = observe(town, mg.Rival(), mg.offers.flat(6), {"Bob": True})
    by_place = observe(town, mg.Rival(), mg.offers.flat(6), {1: True})
    assert by_name.exact_high == by_place.exact_high == (None, Fraction(6), None)
    assert by_name.exact_low == (None, None, None)


def test_of_two_offers_the_tighter_bounds_count():
    town = mg.Community([1, 1])
    first = observe(town, mg.Rival(), mg.offers.personal([10, 4]), [True, False])
    second = observe(town, mg.Rival(), mg.offers.personal([7, 6]), [True, False])
    for both in (first.also(second), second.also(first)):
        assert (both.exact_low, both.exact_high) == ((None, 6), (7, None))
        assert not both.contradicted.any()
    crossed = first.also(observe(town, mg.Rival(), mg.offers.personal([11, 3]), [False, True]))
    assert crossed.contradicted.tolist() == [True, True]


def test_unknown_company_is_taken_at_its_worst():
    pair = mg.Community([1, 1], social=8)  # each is worth 4 to the other
    alone = observe(pair, mg.Rival(), mg.offers.flat(6), [True, None])
    assert alone.exact_high[0] == 6  # had the other gone too, no company was lost
    assert observe(pair, mg.Rival(), mg.offers.flat(6), [True, False]).exact_high[0] == 2
    stays = observe(pair, mg.Rival(), mg.offers.flat(6), [False, None])
    assert stays.exact_low[0] == 2


def test_a_common_purpose_is_bounded_by_the_extreme_choices():
    town = mg.Community([1, 1, 1])
    offer = mg.offers.personal([10, 4, 7])
    shared = common(observe(town, mg.Rival(), offer, [True, False, True]))
    assert (shared.low, shared.high, shared.lowest, shared.highest) == (4, 7, 1, 2)
    assert shared.possible
    assert not common(observe(town, mg.Rival(), offer, [False, True, None])).possible


def bounds_of(pairs):
    low, high = zip(*pairs, strict=True)
    turned = [[None if v is None else Fraction(v) for v in side] for side in (low, high)]
    return Bounds(tuple(turned[0]), tuple(turned[1]), np.zeros(len(low), dtype=bool))


def log_likelihood(bounds, family, location, scale):
    z = [(end - location) / scale for end in (bounds.low, bounds.high)]
    below, above = FAMILIES[family].cdf(z)
    return float(np.log(np.maximum(above - below, 1e-300)).sum())


ends = st.integers(-6, 12)


@st.composite
def intervals(draw):
    kind = draw(st.sampled_from(["went", "stayed", "both"]))
    low, high = sorted([draw(ends), draw(ends)])
    if kind == "both":
        return low, high + 1
    return (None, high) if kind == "went" else (low, None)


@given(st.lists(intervals(), min_size=3, max_size=12), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=20, deadline=None)
def test_the_fit_is_the_maximum_that_an_independent_search_finds(pairs, family):
    bounds = bounds_of(pairs)
    found = fit(bounds, family)
    assume(found.outcome == "fitted")
    here = log_likelihood(bounds, family, found.location, found.scale)
    peer = optimize.minimize(
        lambda x: -log_likelihood(bounds, family, x[0], math.exp(x[1])),
        [0.0, 1.0],
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-11, "maxiter": 4000},
    )
    assert here >= -peer.fun - 1e-7


@given(st.lists(intervals(), min_size=1, max_size=10), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=60, deadline=None)
def test_without_a_named_reason_there_is_a_finite_fit(pairs, family):
    found = fit(bounds_of(pairs), family)
    finite = math.isfinite(found.location) and 0 < found.scale < math.inf
    assert finite == (found.outcome == "fitted")
    assert found.reason


DEGENERATE = {
    "all went": [(None, 5), (None, 7)],
    "all stayed": [(5, None), (7, None)],
    "separated": [(None, 7), (5, None)],
    "no slope": [(None, 3), (9, None), (3, None)],
    "one point": [(None, 4), (4, None), (None, 4)],
    "nothing known": [(None, None)],
}


@pytest.mark.parametrize("outcome", sorted(DEGENERATE))
def test_degenerate_data_has_a_name(outcome):
    found = fit(bounds_of(DEGENERATE[outcome]))
    assert found.outcome == outcome
    assert math.isnan(found.location)
    assert math.isnan(found.share_at_most(0))


def test_where_no_fit_is_possible_intervals_say_why():
    wrong = Bounds((Fraction(3),), (Fraction(2),), np.array([True]))
    assert fit(wrong).outcome == "contradicted"
    for bounds in (wrong, bounds_of([(None, None)])):
        with pytest.raises(InvalidValue, match="fit no distribution"):
            fit(bounds).interval("location")


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_there_is_a_slope_iff_those_who_went_were_offered_more_on_average(more):
    went, stayed = [(None, 10), (None, 30 + more)], [(10, None), (30, None)]
    assert fit(bounds_of([*went, *stayed])).outcome == ("fitted" if more > 0 else "no slope")


@pytest.mark.parametrize(("went", "stayed"), [(1, 2), (2, 1), (2, 5), (3, 3)])
def test_without_a_slope_the_likeliest_share_is_that_of_those_who_went(went, stayed):
    found = fit(bounds_of([(None, 3)] * went + [(3, None), (9, None)] + [(9, None)] * (stayed - 2)))
    if stayed == 1:
        found = fit(bounds_of([(None, 3)] * went + [(9, None)]))
    assert found.outcome == "no slope"
    n = went + stayed
    flat = [k * math.log(k / n) for k in (went, stayed)]
    assert found._highest == pytest.approx(sum(flat))
    steps = [found._likelihood.at(a, 1e-9) for a in np.linspace(-3, 3, 2001)]
    assert max(steps) == pytest.approx(sum(flat), abs=1e-5)


def test_degenerate_data_still_exclude_something():
    many = fit(bounds_of([(None, 5)] * 4))
    assert many.interval("location")[0] == -math.inf
    low, high = many.share_interval(5)
    assert (low, high) == (pytest.approx(math.exp(-stats.chi2.ppf(0.95, 1) / 8), abs=1e-6), 1.0)
    few, many = (fit(bounds_of([(None, 7)] * k + [(5, None)] * k)) for k in (1, 6))
    left, right = few.interval("location")
    assert left < 4 < 8 < right
    assert many.interval("location") == pytest.approx((5, 7), abs=1e-5)
    assert few.interval("scale")[0] == 0
    flat = fit(bounds_of(DEGENERATE["no slope"]))
    assert flat.interval("location") == (-math.inf, math.inf)
    assert flat.interval("scale")[1] == math.inf


def test_one_offer_to_all_says_how_many_it_wins_and_no_more():
    found = fit(bounds_of([(None, 100)] * 3 + [(100, None)] * 9))
    assert found.share_at_most(100) == 0.25
    low, high = found.share_interval(100)
    cut = 3 * math.log(0.25) + 9 * math.log(0.75) - stats.chi2.ppf(0.95, 1) / 2
    for p in (low, high):  # the binomial likelihood-ratio interval
        assert 3 * math.log(p) + 9 * math.log(1 - p) == pytest.approx(cut, abs=1e-6)
    assert low < 0.25 < high
    assert found.interval("scale") == (0, math.inf)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_the_interval_ends_where_the_profile_likelihood_has_fallen_enough(family):
    pairs = [(None, 10), (None, 20), (None, 30), (None, 40), (12, None), (25, None), (8, 22)]
    bounds = bounds_of(pairs)
    found = fit(bounds, family)
    top = log_likelihood(bounds, family, found.location, found.scale)
    cut = top - stats.chi2.ppf(0.9, 1) / 2
    for end in found.interval("location", 0.9):
        best = optimize.minimize_scalar(
            lambda x, mu=end: -log_likelihood(bounds, family, mu, math.exp(x)),
            bounds=(-3, 8),
            method="bounded",
        )
        assert -best.fun == pytest.approx(cut, abs=1e-4)
    for end in found.interval("scale", 0.9):
        best = optimize.minimize_scalar(
            lambda x, s=end: -log_likelihood(bounds, family, x, s),
            bounds=(-60, 90),
            method="bounded",
        )
        assert -best.fun == pytest.approx(cut, abs=1e-4)


def test_the_fit_finds_the_distribution_that_chose():
    rng = np.random.default_rng(3)
    purpose = rng.normal(50, 20, size=600)
    offered = rng.uniform(0, 100, size=600)
    town = mg.Community(np.ones(600))
    seen = observe(town, mg.Rival(), mg.offers.personal(offered), (purpose < offered).tolist())
    found = fit(seen)
    low, high = found.interval("location")
    assert low < 50 < high
    assert high - low < 10
    low, high = found.interval("scale")
    assert low < 20 < high
    low, high = found.share_interval(30)
    assert low < stats.norm.cdf(-1) < high


@pytest.mark.long
def test_intervals_cover_the_truth_about_as_often_as_they_say():
    rng = np.random.default_rng(5)
    town, held = mg.Community(np.ones(60)), []
    for _ in range(120):
        offered = rng.uniform(0, 100, size=60)
        went = (rng.normal(50, 20, size=60) < offered).tolist()
        found = fit(observe(town, mg.Rival(), mg.offers.personal(offered), went))
        low, high = found.interval("location", 0.9)
        held.append(low <= 50 <= high)
    assert 0.8 <= np.mean(held) <= 0.98


def test_digg_bounds_a_quarter_of_the_top_twelve_from_above_and_nobody_from_below():
    told = known_of(mg.scenarios.load("digg-netscape"))
    assert (told.members, told.went, told.refused) == (12, 3, None)
    assert (told.at_most, told.at_least) == (1000, None)
    assert told.share_at_most == (Fraction(1, 4), 1)


PERSONAL = mg.offers.personal([10, 14, 20])


def test_purposes_that_are_known_exactly_count_by_their_density():
    """Accepted and refused at the same pay: each purpose is known, and the mean and spread too."""
    town = mg.Community([1, 1, 1])
    both = [observe(town, mg.Rival(), PERSONAL, [went] * 3) for went in (True, False)]
    found = fit(both[0].also(both[1]))
    assert found.outcome == "fitted"
    assert found.location == pytest.approx(np.mean([10, 14, 20]), rel=1e-9)
    assert found.scale == pytest.approx(np.std([10, 14, 20]), rel=1e-9)
    for mu in found.interval("location", 0.9):  # Student's t without its correction
        spread = np.sqrt(np.mean((np.array([10, 14, 20]) - mu) ** 2))
        fallen = 3 * math.log(spread / found.scale)
        assert fallen == pytest.approx(stats.chi2.ppf(0.9, 1) / 2, rel=1e-6)


TENS = [(None, 10), (12, None), (None, 20), (8, None), (None, 14), (15, None)]


@pytest.mark.parametrize("far", [1e3, 1e9, 1e100])
def test_one_far_bound_that_says_nothing_changes_nothing(far):
    near, all_ = fit(bounds_of(TENS)), fit(bounds_of([*TENS, (None, far)]))
    assert (all_.location, all_.scale) == pytest.approx((near.location, near.scale), rel=1e-8)
    assert (near.location, near.scale) == pytest.approx((13.028, 6.747), abs=1e-3)


def test_bounds_beyond_what_floats_tell_apart_are_said_to_be():
    found = fit(bounds_of([*TENS, (None, 10**300)]))
    assert (found.outcome, math.isnan(found.location)) == ("unresolved", True)
    with pytest.raises(InvalidValue, match="differ so much in size"):
        found.interval()
    all_large = fit(bounds_of([tuple(v and v * 10**200 for v in pair) for pair in TENS]))
    assert all_large.location == pytest.approx(13.028e200, rel=1e-4)


@pytest.mark.parametrize(("falls", "told"), [(1e-6, True), (1e-8, False)])
def test_a_maximum_is_told_only_where_slopes_a_little_to_either_side_are_certain(falls, told):
    """A likelihood of log b and a alone, whose relative slope falls so much as log b rises by 1."""

    def slope(a, b, along):
        return -a * along[0] - falls * math.log(b / 2) * along[1]

    found = profile.highest(SimpleNamespace(reach=1.0, slope=slope))
    assert (found == pytest.approx((0, 2))) if told else (found is None)


def test_one_purpose_known_and_allowed_by_all_leaves_no_spread():
    found = fit(bounds_of([(4, 4), (None, 4), (3, None), (4, 4)]))
    assert (found.outcome, found.location, found.scale) == ("no spread", 4, 0)
    with pytest.raises(InvalidValue, match="without a bound"):
        found.interval()
    assert fit(bounds_of([(4, 4), (5, None)])).outcome == "fitted"


@st.composite
def mixed_data(draw, powers=(0, 1, 2, 4, 9)):
    """Bounds of mixed magnitudes; some purposes are known exactly, some intervals narrow."""

    def end():
        return draw(ends) * Fraction(10) ** draw(st.sampled_from(powers))

    pairs = []
    for _ in range(draw(st.integers(3, 9))):
        kind = draw(st.sampled_from(["went", "stayed", "both", "known", "narrow"]))
        v, step = (
            end(),
            draw(st.sampled_from([Fraction(1, 10**9), Fraction(1, 10**3), Fraction(1)])),
        )
        low, high = sorted([v, end()]) if kind == "both" else (v, v + step)
        pairs.append(
            {"went": (None, v), "stayed": (v, None), "known": (v, v)}.get(kind, (low, high))
        )
    return pairs


def check_it_is_the_maximum(pairs, family):
    """All around, an exact log L is lower; it is concave, so that it is lower everywhere."""
    found = fit(bounds_of(pairs), family)
    if found.outcome != "fitted":
        return found.outcome
    mu, s = Fraction(found.location), Fraction(found.scale)
    here = log_likelihood_of_bounds(pairs, family, mu, s)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        step = Fraction(1, 10**4)
        there = log_likelihood_of_bounds(pairs, family, mu + dx * step * s, s * (1 + dy * step))
        assert there < here
    return found.outcome


@given(mixed_data(), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=25, deadline=None)
def test_an_exact_likelihood_is_lower_all_around_the_fit(pairs, family):
    assert check_it_is_the_maximum(pairs, family) != "unresolved"


@pytest.mark.long
@given(mixed_data(powers=(-9, -3, 0, 1, 3, 9, 15)), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=500, deadline=None)
def test_an_exact_likelihood_is_lower_all_around_far_stranger_fits(pairs, family):
    check_it_is_the_maximum(pairs, family)


def check_intervals(pairs, family, level):
    """The profile of an independent search is at the cut where an interval ends."""
    bounds = bounds_of(pairs)
    found = fit(bounds, family)
    assume(found.outcome == "fitted")

    def profile(at):
        """The largest log L on a line, given by a function from one number to (μ, s)."""
        grid = np.linspace(-12, 12, 97)
        values = [density_log_likelihood(pairs, family, *at(t)) for t in grid]
        k = int(np.argmax(values))
        best = optimize.minimize_scalar(
            lambda t: -density_log_likelihood(pairs, family, *at(t)),
            bounds=(grid[max(k - 1, 0)], grid[min(k + 1, 96)]),
            method="bounded",
            options={"xatol": 1e-9},
        )
        return max(-best.fun, *values)

    top = density_log_likelihood(pairs, family, found.location, found.scale)
    cut = top - stats.chi2.ppf(level, 1) / 2
    for end in found.interval("location", level):
        if math.isfinite(end):
            assert profile(lambda t, mu=end: (mu, math.exp(t))) == pytest.approx(cut, abs=1e-4)
    for end in found.interval("scale", level):
        if math.isfinite(end):
            line = profile(lambda t, s=end: (s * t * 3 + found.location, s))
            assert line == pytest.approx(cut, abs=1e-4)
    for p in found.share_interval(5, level):
        z = FAMILIES[family].ppf(p)
        if abs(z) < 6:
            line = profile(lambda t, z=z: (5 - z * math.exp(t), math.exp(t)))
            assert line == pytest.approx(cut, abs=1e-4)


def density_log_likelihood(pairs, family, location, scale):
    def tail(z):  # F(−z)
        if family == "normal":
            return math.erfc(z / math.sqrt(2)) / 2
        return 1 / (1 + math.exp(min(z, 700)))

    def part(low, high):
        a, b = ((float(v) - location) / scale if v is not None else None for v in (low, high))
        if a is None or b is None:
            return tail(-b) if a is None else tail(a)
        if low == high:
            bell = math.exp(-(a**2) / 2) / math.sqrt(2 * math.pi)
            return (bell if family == "normal" else tail(a) * tail(-a)) / scale
        return tail(a) - tail(b) if a > 0 else tail(-b) - tail(-a)

    parts = [part(*pair) for pair in pairs]
    return sum(map(math.log, parts)) if min(parts) > 0 else -math.inf


@st.composite
def plain_data(draw):
    pairs = [(4, 4), *draw(st.lists(intervals(), min_size=3, max_size=8))]
    return [tuple(None if v is None else Fraction(v) for v in pair) for pair in pairs]


@given(plain_data(), st.sampled_from(sorted(FAMILIES)), st.sampled_from([0.5, 0.9, 0.99]))
@settings(max_examples=5, deadline=None)
def test_intervals_end_where_an_independent_profile_is_at_the_cut(pairs, family, level):
    check_intervals(pairs, family, level)


@pytest.mark.long
@given(plain_data(), st.sampled_from(sorted(FAMILIES)), st.sampled_from([0.5, 0.9, 0.99]))
@settings(max_examples=60, deadline=None)
def test_more_intervals_end_where_an_independent_profile_is_at_the_cut(pairs, family, level):
    check_intervals(pairs, family, level)


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        (lambda f: f.interval(level="x"), InvalidType, "level is 'x'"),
        (lambda f: f.interval(level=math.nan), InvalidValue, "level is nan"),
        (lambda f: f.interval(level=1), InvalidValue, "level is 1; .* between 0 and 1"),
        (lambda f: f.interval("spread"), InvalidValue, "of is 'spread'"),
        (lambda f: f.share_interval(math.nan), InvalidValue, "purpose is nan"),
        (lambda f: f.share_interval(4, level=0), InvalidValue, "level is 0"),
        (lambda f: f.share_at_most(math.nan), InvalidValue, "purpose is nan"),
        (lambda f: f.share_at_most("many"), InvalidType, "purpose is 'many'"),
    ],
)
def test_what_no_fit_can_answer_is_refused(asked, error, said):
    with pytest.raises(error, match=said):
        asked(fit(bounds_of(TENS)))


def test_a_case_that_reports_nobody_says_nothing():
    assert known_of(mg.scenarios.load("church")) is None


@pytest.mark.parametrize(
    ("at_most", "at_least", "share"),
    [
        (10, None, (Fraction(2, 5), 1)),
        (10, 4, (Fraction(2, 5), 1)),  # who refused may have a purpose of at most 10 too
        (10, 10, (Fraction(2, 5), Fraction(4, 5))),
        (10, 30, (Fraction(2, 5), Fraction(4, 5))),
        (None, 4, (0, Fraction(4, 5))),
        (None, None, (0, 1)),
    ],
)
def test_refusals_bound_the_share_where_they_are_of_more(at_most, at_least, share):
    bounds = (None if v is None else Fraction(v) for v in (at_most, at_least))
    assert Counts(5, 2, 1, *bounds).share_at_most == share


def test_bad_input_is_named():
    town = mg.Community([1, 1], ties=[[0, -1], [1, 0]])
    rival, offer = mg.Rival(), mg.offers.flat(1)
    with pytest.raises(InvalidValue, match=r"ties\[0, 1\] is negative"):
        observe(town, rival, offer, [True, None])
    with pytest.raises(InvalidValue, match="for all 2 members"):
        observe(town, rival, offer, [True])
    with pytest.raises(InvalidType, match=r"went\[0\]"):
        observe(town, rival, offer, [1, 0])
    for went in (True, "tf", [[True, True]]):
        with pytest.raises(InvalidType, match="one of True, False or None for each member"):
            observe(town, rival, offer, went)
    with pytest.raises(InvalidValue, match="member's name"):
        observe(town, rival, offer, {"nobody": True})
    with pytest.raises(InvalidValue, match="from 0 to 1"):
        count(mg.Community([1, 1]), rival, offer, [True, True], went=1, refused=2)
    with pytest.raises(InvalidValue, match="group"):
        count(mg.Community([1, 1]), rival, offer, [False, False], went=0)
    with pytest.raises(InvalidValue, match="family"):
        fit(bounds_of([(None, 1)]), "cauchy")
    with pytest.raises(InvalidValue, match="level"):
        fit(bounds_of([(None, 1)])).interval("location", 1.5)
