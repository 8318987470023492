"""An assessment against the definitions: every profile, every order, every worth that matters."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import missiongame as mg
import oracles
from missiongame.assessment.remedy import remedies, with_policy

F = Fraction
SHARES = [0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 1.0, 1e-9, F(1, 3), F(5, 6), F(2, 3)]


@st.composite
def players(draw, known, most):
    """(community, rival, offer, share, budget, steward); purpose unknown or known."""
    n = draw(st.integers(1, most))
    money = draw(
        st.sampled_from(
            [
                st.integers(0, 6),
                st.integers(0, 24).map(lambda k: k / 4),
                st.integers(0, 30).map(lambda k: k / 10),
                st.integers(0, 9).map(lambda k: F(k, 3)),
            ]
        )
    )
    signed = st.one_of(money, money.map(lambda v: -v))

    def column(values):
        return draw(st.lists(values, min_size=n, max_size=n))

    c = column(st.integers(0, 5))
    c[draw(st.integers(0, n - 1))] += 1
    felt = {"mission": draw(st.sampled_from([1, 1, 2, 0.5, 0])), "enjoyment": 0}
    if draw(st.booleans()):
        felt["enjoyment"] = column(signed)
    kind = draw(st.sampled_from(["none", "default", "general", "signed"]))
    if kind == "default":
        felt["social"] = column(money)
    elif kind in ("general", "signed"):
        values = money if kind == "general" else signed
        felt["ties"] = [
            [0 if i == j or not draw(st.booleans()) else draw(values) for j in range(n)]
            for i in range(n)
        ]
    purpose = None
    if known:
        purpose = column(draw(st.sampled_from([money, money, signed])))
    town = mg.Community(c, purpose, **felt)
    stronger = draw(st.booleans())
    rival = mg.Rival(
        value=draw(st.sampled_from([1, 3, 0.5])),
        mission=draw(st.sampled_from([0.5, 1, 3])) if stronger else 0,
        portability=draw(st.sampled_from([0, 0, 1, 0.25])),
        crowding=draw(st.sampled_from([0, 1, 0.5])),
    )
    fixed = draw(st.sampled_from([0, 0, 2]))
    offer = draw(
        st.one_of(
            money.map(lambda w: mg.offers.flat(w, fixed)),
            st.builds(lambda k, w: mg.offers.top(k, w, fixed), st.integers(0, n + 1), money),
            money.map(lambda w: mg.offers.piece_rate(w, fixed)),
            st.lists(money, min_size=n, max_size=n).map(lambda w: mg.offers.personal(w, fixed)),
        )
    )
    share = draw(st.sampled_from(SHARES))
    steward = mg.Steward(
        draw(st.integers(0, 20)),
        [mg.Policy(), *(mg.Policy(*draw(st.tuples(money, st.integers(0, 9)))) for _ in range(2))],
    )
    budget = draw(st.sampled_from(["cost", "equal", "any"]))
    if budget == "cost":
        given_ = None
    elif budget == "equal" and kind != "signed" and not (stronger and rival.crowding):
        priced = town if known else town.changed(purpose=draw(money))
        given_ = oracles.price(priced, rival, exact(share))
    else:
        given_ = draw(money)
    return town, rival, offer, share, given_, steward


def exact(share):
    return F(str(share)) if isinstance(share, float) else F(share)


def assessed(players):
    town, rival, offer, share, budget, steward = players
    return mg.assess(town, rival, offer, budget, share, steward, seconds=5)


def defections(town, rival, offer):
    """The share that leaves, in every equilibrium."""
    s = oracles.shares(town)
    return sorted(
        sum((s[i] for i, x in enumerate(left) if x), F(0))
        for left in oracles.equilibria(town, rival, offer)
    )


def status_of(found, share):
    if not found:
        return "undecided"
    if found[-1] < share:
        return "holds"
    return "falls" if found[0] >= share else "depends: expectations"


def bought(town, rival, share, budget):
    """The rule: below the budget, or gone in the least equilibrium when nobody is paid."""
    if oracles.price(town, rival, share) < budget:
        return True
    unpaid = mg.offers.flat(0)
    away = oracles.best_responses(town, rival, unpaid, least=True)
    return sum((s for s, x in zip(oracles.shares(town), away, strict=True) if x), F(0)) >= share


def no_negative_tie(town):
    return town.ties is None or town.ties.nonnegative


def turning(town, rival, offer, slopes):
    """Every level t ≥ 0 at which some T_i = base − slope·t is 0, and 0; `town` is at t = 0."""
    found = {F(0)}
    for x in oracles.profiles(town.n):
        for base, slope in zip(oracles.temptations(town, rival, offer, x), slopes, strict=True):
            if slope and base / slope > 0:
                found.add(base / slope)
    return sorted(found)


def everywhere(levels):
    """The levels, one between each two, one just beside each, and some far beyond."""
    beside = min((b - a for a, b in pairwise(levels)), default=F(1)) / 10**6
    between = [(a + b) / 2 for a, b in pairwise(levels)]
    last = levels[-1]
    near = [t + d for t in levels for d in (-beside, beside) if t + d >= 0]
    return sorted({*levels, *between, *near, last + 1, 2 * last + 10**6})


def fewest(town, share):
    ordered = sorted(oracles.shares(town), reverse=True)
    return next(k for k in range(1, town.n + 1) if sum(ordered[:k]) >= share)


def infimum(levels, fails):
    """The least level at or just after which a predicate is true; infinite where nowhere."""
    for here, then in zip(levels, [*levels[1:], levels[-1] + 2], strict=True):
        if fails(here) or fails((here + then) / 2):
            return here
    return math.inf


def check_known(case):
    town, rival, offer, given_share, given_budget, _ = case
    share = exact(given_share)
    a = assessed(case)
    assert a.share == share
    assert a.hinges_on == fewest(town, share)
    cost = sum(map(F, offer.pay(town))) + F(offer.fixed)
    assert a.budget == (cost if given_budget is None else given_budget)

    found = defections(town, rival, offer)
    assert a.status == status_of(found, share)
    assert a.holds == {"holds": True, "falls": False}.get(a.status)
    out = a.participation
    if no_negative_tie(town):
        assert (out.least.exact_defection, out.greatest.exact_defection) == (found[0], found[-1])
        check_price(a, town, rival, share)
        check_contest(a)
    else:
        assert a.holds_budget is None
    check_mission(a, town, rival, offer, share)
    check_remedies(a, rival, offer, share)
    assert a.verdict
    return a


def check_price(a, town, rival, share):
    price = oracles.price(town, rival, share)
    linear = not (F(rival.mission) and F(rival.crowding))
    if linear:
        assert a.price.exact_total == price
        assert a.holds_budget is (not bought(town, rival, share, a.budget))
    else:
        assert a.price.total == pytest.approx(float(price), rel=1e-9, abs=1e-12)
        if abs(price - a.budget) > 1e-9:
            assert a.holds_budget is (not bought(town, rival, share, a.budget))


def check_mission(a, town, rival, offer, share):
    bare = town.with_mission(0)
    purpose = [F(p) for p in town.purpose]
    if min(purpose) < 0 or not no_negative_tie(town):
        return
    levels = turning(bare, rival, offer, purpose)
    t = a.threshold
    for level, end in ((t.offer, 0), (t.offer_for_certain, -1)):

        def fails(at, end=end):
            return defections(town.with_mission(at), rival, offer)[end] < share

        assert level == infimum(levels, fails)
        assert all(fails(at) == (at > level) or at == level for at in everywhere(levels)[::3])
    if math.isnan(t.budget):
        return
    for at in (0, 1, 3, 9):
        price = oracles.price(town.with_mission(at), rival, share)
        if at > t.budget:
            assert price > a.budget
        if at < t.budget_at_least:
            assert price <= a.budget
    for level in {t.budget, t.budget_at_least}:
        if 0 < level < math.inf:
            beside = F(1, 10**7)
            if level == t.budget_at_least and level > beside:
                below = town.with_mission(F(level) - beside)
                assert oracles.price(below, rival, share) <= a.budget + F(1, 10**12)
            if level == t.budget:
                above = town.with_mission(F(level) + beside)
                assert oracles.price(above, rival, share) > a.budget - F(1, 10**12)


def check_remedies(a, rival, offer, share):
    if not a.known:
        assert not remedies(a)
        return

    def holds(policy, what):
        town = a.scenario.community
        lifted = town.with_mission(F(town.mission) + F(policy.uplift))
        if what == "offer":
            return status_of(defections(lifted, rival, offer), share) == "holds"
        return not bought(lifted, rival, share, a.budget)

    useful = [p for p in a.scenario.steward.policies if p.uplift]
    made = remedies(a)
    for what, wanted in (("offer", a.holds is not True), ("budget", a.holds_budget is False)):
        enough = [p for p in useful if wanted and holds(p, what)]
        told = [r.policy for r in made if getattr(r, what)]
        if not wanted:
            continue
        assert bool(enough) == bool(told)
        if enough:
            assert min(p.cost for p in told) == min(p.cost for p in enough)
            assert all(p in enough for p in told)
    for remedy in made:
        assert with_policy(a, remedy.policy).share == share


def check_contest(a):
    """Each selection that matters is there, and its cells are those of the definitions."""
    case = a.cases[0]
    town, rival = a.scenario.community, a.scenario.rival
    seen = {}
    for selection in ("least", "greatest"):
        seen[selection] = {
            (p, o): oracles.best_responses(
                town.with_mission(F(town.mission) + F(policy.uplift)),
                rival,
                offer,
                least=selection == "least",
            )
            for (p, policy), (o, offer) in product(
                enumerate(a.scenario.steward.policies), enumerate(a.scenario.offers)
            )
        }
        if selection in case.contests:
            s = oracles.shares(town)
            cells = case.contests[selection].contest.exact.defection
            for (p, o), left in seen[selection].items():
                assert cells[p][o] == sum((v for v, x in zip(s, left, strict=True) if x), F(0))
    other = case.contests["least"].contest.selecting("greatest")
    assert ("greatest" in case.contests) == (other.exact != case.contests["least"].contest.exact)
    for selection, answer in case.contests.items():
        assert answer.contest.selection == selection
        exact = answer.contest.exact
        assert {(e.row, e.column) for e in answer} == oracles.extreme_equilibria(
            exact.steward, exact.rival
        )


def check_unknown(case):
    town, rival, offer, given_share, _, _ = case
    share = exact(given_share)
    a = assessed(case)
    theta = F(town.mission)
    bare = town.changed(purpose=0)
    pay = [F(w) for w in offer.pay(town)]
    net = [theta - F(rival.mission) / (1 + F(rival.crowding) * w) for w in pay]
    levels = turning(bare, rival, offer, net)
    grid = everywhere(levels)
    found = {at: defections(town.changed(purpose=at), rival, offer) for at in grid}
    statuses = {status_of(shares, share) for shares in found.values()}

    assert a.hinges_on == fewest(town, share)
    if a.status in ("holds", "falls", "depends: expectations"):
        assert statuses == {a.status}
    elif a.status == "depends: cases":
        assert len(statuses) > 1
    monotone = no_negative_tie(town) and (min(net) >= 0 or max(net) <= 0)
    if monotone:
        assert a.status != "undecided"
        assert (len(statuses) > 1) == (a.status == "depends: cases")
    check_worths(a, town, rival, offer, share, levels, found)
    check_budget_at_every_worth(a, town, rival, share)
    assert a.verdict
    return a


def check_worths(a, town, rival, offer, share, levels, found):
    theta, t = F(town.mission), a.threshold
    if math.isnan(t.offer):
        assert math.isnan(t.offer_for_certain)
        assert t.offer_reason
        return
    for level, end in ((t.offer, 0), (t.offer_for_certain, -1)):

        def fails(at, end=end):
            return defections(town.changed(purpose=at), rival, offer)[end] < share

        expected = infimum(levels, fails)
        assert level == (expected * theta if 0 < expected < math.inf else expected)
        for at, shares in found.items():
            if at * theta > level:
                assert shares[end] < share
            if at * theta < level:
                assert shares[end] >= share


def check_budget_at_every_worth(a, town, rival, share):
    if not no_negative_tie(town):
        assert a.holds_budget is None
        return
    theta, t = F(town.mission), a.threshold
    some = [F(0), F(1, 10**6), F(1, 2), F(1), F(3), F(10**6)]
    for level in (t.budget, t.budget_at_least):
        if 0 < level < math.inf:
            at = F(level) / theta
            some += [at * (1 - F(1, 10**6)), at, at * (1 + F(1, 10**6))]
    answers = set()
    for at in some:
        here = town.changed(purpose=at)
        won = bought(here, rival, share, a.budget)
        answers.add(won)
        if at * theta < t.budget_at_least:
            assert won
        if at * theta > t.budget:
            assert not won
    if a.holds_budget is not None:
        assert answers == {not a.holds_budget}
    linear = not (F(rival.mission) and F(rival.crowding))
    if linear and len(answers) == 1:
        assert a.holds_budget is (not answers.pop())


KNOWN, UNKNOWN = players(known=True, most=4), players(known=False, most=3)
LOOSE = [HealthCheck.too_slow, HealthCheck.data_too_large]


@given(KNOWN)
@settings(max_examples=60, deadline=None, suppress_health_check=LOOSE)
def test_a_known_purpose(case):
    check_known(case)


@given(UNKNOWN)
@settings(max_examples=60, deadline=None, suppress_health_check=LOOSE)
def test_an_unknown_purpose(case):
    check_unknown(case)


@pytest.mark.long
@given(players(known=True, most=6))
@settings(max_examples=500, deadline=None, suppress_health_check=LOOSE)
def test_five_hundred_known_purposes(case):
    check_known(case)


@pytest.mark.long
@given(players(known=False, most=5))
@settings(max_examples=500, deadline=None, suppress_health_check=LOOSE)
def test_five_hundred_unknown_purposes(case):
    check_unknown(case)
