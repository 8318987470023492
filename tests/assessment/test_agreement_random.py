"""An assessment against the definitions: every profile, every order, every worth that matters."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

import oracles
from missiongame.assessment.remedy import remedies
from raids import (
    assessed,
    bought,
    defections,
    everywhere,
    exact,
    fewest,
    infimum,
    no_negative_tie,
    players,
    status_of,
    turning,
)

F = Fraction


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
        check_best_raid(a, town, rival, share)
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


def check_best_raid(a, town, rival, share):
    """The money takes the share if and only if it buys it; what it takes, and nothing larger."""
    raid = a.best_raid
    if F(rival.mission) and F(rival.crowding):  # prices are roots
        assert raid.share_at_least <= raid.share_at_most
        return
    assert raid.exact
    assert (raid.share_at_least >= share) == (a.holds_budget is False)
    made = oracles.shares(town)
    larger = [k for k in map(sum, oracles.subsets(made)) if k > raid.share_at_least]
    if raid.share_at_least:
        assert bought(town, rival, raid.share_at_least, a.budget)
    if larger:
        assert not bought(town, rival, min(larger), a.budget)


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
        assert a.with_policies[remedy.policy].share == share


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
