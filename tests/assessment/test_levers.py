"""Each lever and each departure moves the price as brute force says, and is ranked by it."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import missiongame as mg
from missiongame.assessment import case as case_module
from missiongame.assessment import repriced
from missiongame.assessment.departures import without
from missiongame.assessment.repriced import each_pay_apart, rise
from missiongame.exact import as_objects
from missiongame.price import filling
from oracles import price as by_brute_force
from oracles import subsets
from oracles import ties as tie_rows

F = Fraction
TENTH = F(11, 10)
STEWARD = mg.Steward(9, [mg.Policy(), mg.Policy(0.5, 4), mg.Policy(1, 0), mg.Policy(0.5, 8, "x")])

amounts = st.sampled_from([-2, 0, 0.25, 1, 2, 3, 7, 1e-3, 1e6])
worths = st.sampled_from([0, 0, 0.5, 1, 2, 5, 1e-3, 1e6])
works = st.sampled_from([0, 1, 1, 2, 3, 5, 0.3, 1e-3, 1e6])


@st.composite
def towns(draw, largest=4, known=True):
    """Up to four members, with default ties, given ones, or none."""
    n = draw(st.integers(1, largest))
    made = draw(st.lists(works, min_size=n, max_size=n).filter(any))
    columns = {"mission": draw(st.sampled_from([0, 0.5, 1, 3]))}
    if known:
        alike = draw(st.booleans())
        columns["purpose"] = draw(amounts if alike else st.lists(amounts, min_size=n, max_size=n))
        columns["enjoyment"] = draw(st.lists(amounts, min_size=n, max_size=n))
    ties = draw(st.sampled_from(["none", "default", "given"]))
    if ties == "default":
        columns["social"] = draw(st.lists(worths, min_size=n, max_size=n))
    if ties == "given":
        rows = draw(st.lists(st.lists(worths, min_size=n, max_size=n), min_size=n, max_size=n))
        columns["ties"] = [
            [0 if i == j else g for j, g in enumerate(r)] for i, r in enumerate(rows)
        ]
    return mg.Community(made, **columns)


rivals = st.builds(
    mg.Rival,
    mission=st.sampled_from([0, 0, 1, 4]),
    portability=st.sampled_from([0, 0, 0.5, 1]),
)
shares = st.sampled_from([0.2, 0.5, 0.75, 1])


def assessed(town, rival, share):
    return mg.assess(town, rival, share=share, steward=STEWARD)


def moved_apart(town, rival, share):
    """By how much a changed community's price is above today's, by brute force."""
    now = by_brute_force(town, rival, F(str(share)))
    return lambda changed: by_brute_force(changed, rival, F(str(share))) - now


def plain(town):
    """What a community is made of, in fractions."""
    columns = ("contribution", "purpose", "enjoyment", "social")
    made = {name: [F(v) for v in vars(town)[name]] for name in columns}
    if town.ties is not None:
        made |= {"ties": tie_rows(town), "social": 0}
    return {**made, "mission": F(town.mission)}


def given_twice(ends):
    least, most = ends
    assert least == most
    return least


def of_name(levers, name):
    found = [lever for lever in levers if lever.name == name]
    assert len(found) <= 1
    return found[0] if found else None


def more_company(parts, by):
    """Company worth one more to each, or `by` times as much."""
    if "ties" not in parts:
        grown = [s + 1 if by is None else s * by for s in parts["social"]]
        return mg.Community(**{**parts, "social": grown})
    sums = [sum(row) for row in parts["ties"]]
    factors = [by or ((s + 1) / s if s else 1) for s in sums]
    rows = [[g * f for g in row] for row, f in zip(parts["ties"], factors, strict=True)]
    return mg.Community(**{**parts, "ties": rows})


@given(towns(), rivals, shares)
def test_a_worth_raised_for_all_adds_what_brute_force_says(town, rival, share):
    found = {
        name: of_name(assessed(town, rival, share).levers, name)
        for name in ("purpose", "enjoyment", "company")
    }
    apart, parts = moved_apart(town, rival, share), plain(town)
    unit, tenth = {}, {}
    for name in ("purpose", "enjoyment"):
        step = 1 / parts["mission"] if name == "purpose" and parts["mission"] else 1
        unit[name] = mg.Community(**{**parts, name: [v + step for v in parts[name]]})
        tenth[name] = mg.Community(**{**parts, name: [v * TENTH for v in parts[name]]})
    there = {name: any(parts[name]) for name in unit}
    held = "ties" not in parts or any(map(any, parts["ties"]))
    there["company"] = any(parts["social"]) if "ties" not in parts else held
    if held:
        unit["company"], tenth["company"] = more_company(parts, None), more_company(parts, TENTH)
    assert (found["purpose"] is None) == (parts["mission"] == 0)
    assert found["enjoyment"] is not None
    assert (found["company"] is None) == (not held)
    for name, lever in found.items():
        if lever is not None:
            assert given_twice(lever.per_unit) == apart(unit[name])
            told = (F(1, 10), "part") if there[name] else (1, "money")
            assert (lever.amount, lever.measure) == told
            assert given_twice(lever.adds) == apart(tenth[name] if there[name] else unit[name])


@given(towns(), rivals, shares)
def test_a_policy_adds_the_price_at_its_mission_less_the_price_now(town, rival, share):
    levers = [v for v in assessed(town, rival, share).levers if v.name == "policy"]
    apart, parts = moved_apart(town, rival, share), plain(town)
    assert Counter(v.step for v in levers) == Counter(
        ["mission +0.5 for 4", "mission +0.5 for 8 (x)", "mission +1 for 0"]
    )
    for lever in levers:
        stronger = mg.Community(**{**parts, "mission": parts["mission"] + lever.amount})
        assert given_twice(lever.adds) == apart(stronger)
        cost = int(lever.step.split()[3])
        if cost:
            assert given_twice(lever.per_unit) == apart(stronger) / cost
        else:
            assert lever.per_unit is None


def shared(made, giver, taker):
    """Contributions after two have made theirs equal, in floats where a float is nearest."""
    half = F(float((made[giver] + made[taker]) / 2))
    return [half if i in (giver, taker) else c for i, c in enumerate(made)]


@given(towns(), rivals, shares)
def test_work_spread_evenly_and_the_best_sharing_are_what_brute_force_says(town, rival, share):
    assessment = assessed(town, rival, share)
    levers = [v for v in assessment.levers if v.name == "spreading"]
    apart, parts = moved_apart(town, rival, share), plain(town)
    made = parts["contribution"]
    mean = sum(made) / len(made)
    order = sorted(range(town.n), key=lambda i: -made[i])
    first = assessment.hinges_on
    takers = {*order[first : first + 2], order[-1]}
    pairs = {(i, j) for i in order[:first][:3] for j in takers if shared(made, i, j)[i] < made[i]}
    evenly = [v for v in levers if v.between is None]
    best = [v for v in levers if v.between]
    assert len(evenly) == (len(set(made)) > 1)
    assert len(best) == bool(pairs)
    for lever in evenly:
        assert lever.amount == sum(abs(c - mean) for c in made) / 2
        adds = apart(mg.Community(**{**parts, "contribution": [mean] * town.n}))
        assert given_twice(lever.adds) == adds
        assert given_twice(lever.per_unit) == adds / lever.amount
    for lever in best:
        giver, taker = lever.between
        assert lever.between in pairs
        assert lever.amount == made[giver] - shared(made, giver, taker)[giver]
        rises = [apart(mg.Community(**{**parts, "contribution": shared(made, *p)})) for p in pairs]
        assert given_twice(lever.adds) == max(rises)
        assert f"{town.name(giver)} and {town.name(taker)} " in lever.step


def left_alone(parts, i):
    """What is left of the parts of a community when one member has gone."""
    rest = {}
    for name, value in parts.items():
        rest[name] = (
            [v for j, v in enumerate(value) if j != i] if isinstance(value, list) else value
        )
    if "ties" in parts:
        rest["ties"] = [[g for j, g in enumerate(row) if j != i] for row in rest["ties"]]
    return rest


@given(towns(), rivals, shares)
def test_who_leaves_lowers_the_price_as_brute_force_says(town, rival, share):
    made = assessed(town, rival, share).departures
    apart, parts = moved_apart(town, rival, share), plain(town)
    assert len({d.member for d in made}) == len(made)
    for departure in made:
        rest = mg.Community(**left_alone(parts, departure.member))
        assert given_twice(departure.lowers) == -apart(rest)
        assert departure.lowers[1] > 0
        assert departure.price.community.n == town.n - 1
    falls = [d.lowers[1] for d in made]
    assert falls == sorted(falls, reverse=True)


@given(towns(), rivals, shares)
def test_of_those_on_whom_the_share_hangs_all_whose_leaving_lowers_the_price_are_listed(
    town, rival, share
):
    assessment = assessed(town, rival, share)
    listed = {d.member for d in assessment.departures}
    apart, parts = moved_apart(town, rival, share), plain(town)
    for i in assessment.hinge.tolist():
        rest = left_alone(parts, i)
        lowers = any(rest["contribution"]) and apart(mg.Community(**rest)) < 0
        assert (i in listed) == bool(lowers)


@given(towns(), rivals, shares)
def test_levers_are_ranked_by_what_they_add(town, rival, share):
    added = [v.adds[1] for v in assessed(town, rival, share).levers]
    assert added == sorted(added, reverse=True)


@given(towns(known=False), shares, st.sampled_from([2, 0.25, 7]))
def test_where_purpose_is_unknown_all_is_in_multiples_of_what_staying_is_worth(town, share, worth):
    assume(town.ties is None and not any(town.social) and town.mission)
    unknown = assessed(town, mg.Rival(), share)
    purpose = F(worth) / F(town.mission)
    known = assessed(town.changed(purpose=purpose), mg.Rival(), share)
    assert unknown.in_multiples
    assert {v.name for v in unknown.levers} <= {"purpose", "spreading", "policy"}
    same = {v.step: v for v in known.levers}
    for lever in unknown.levers:
        step = lever.step.replace("staying", "purpose")
        assert same[step].adds == tuple(F(worth) * end for end in lever.adds)
    price = unknown.price.exact_total
    assert of_name(unknown.levers, "purpose").per_unit == (price, price)
    for lever in unknown.levers:
        if lever.name == "policy":
            theta = F(town.mission)
            assert given_twice(lever.adds) == price * ((theta + lever.amount) / theta - 1)
    fallen = {d.member: d.lowers for d in known.departures}
    assert {d.member: tuple(F(worth) * e for e in d.lowers) for d in unknown.departures} == fallen


def only_bounded(community, rival, share, seconds):
    """A price that is not known exactly: three quarters of it, and a worse order."""
    exact = mg.price_of_collapse(community, rival, share, seconds=seconds)
    lower = exact.lower_bound * F(3, 4)
    return replace(exact, order=exact.order[::-1], optimal=False, _lower=lower)


@given(towns(), rivals, shares)
def test_where_prices_are_bounds_the_exact_number_lies_between(town, rival, share):
    exact = assessed(town, rival, share)
    steps = {(v.name, v.step): v.adds for v in exact.levers}
    gone = {d.member: given_twice(d.lowers) for d in exact.departures}
    with pytest.MonkeyPatch.context() as patched:
        for module in (repriced, case_module):
            patched.setattr(module, "price_of_collapse", only_bounded)
        loose = assessed(town, rival, share)
        for lever in loose.levers:
            if (lever.name, lever.step) in steps:
                assert lever.adds[0] <= given_twice(steps[lever.name, lever.step]) <= lever.adds[1]
        found = {d.member: d.lowers for d in loose.departures}
        for member in gone.keys() & found.keys():
            assert found[member][0] <= gone[member] <= found[member][1]


@given(towns(), rivals, shares)
def test_among_many_members_no_search_is_needed_for_bounds_that_hold(town, rival, share):
    exact = {(v.name, v.step): v for v in assessed(town, rival, share).levers}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(repriced, "LARGE", 1)
        for lever in assessed(town, rival, share).levers:
            known = exact.get((lever.name, lever.step))
            if known is not None:
                assert lever.adds[0] <= given_twice(known.adds) <= lever.adds[1]
                low, high = lever.price.lower_bound, lever.price.total_bounds[1]
                assert low <= known.price.exact_total <= high
                assert not lever.price.optimal or low == high


def test_among_many_members_a_mission_raised_keeps_the_order(monkeypatch):
    monkeypatch.setattr(repriced, "LARGE", 1)
    town = mg.Community([4, 3, 2, 1], purpose=[4, 3, 2, 1], social=[0, 0, 0, 1])
    found = mg.assess(town, share=0.7, steward=STEWARD)
    whole = [v for v in found.levers if v.step == "mission +1 for 0"]
    assert [v.adds for v in whole] == [(7, 7)]
    assert whole[0].price.method == "today's order"
    assert whole[0].price.optimal


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=7), st.data())
def test_no_choice_of_enough_costs_less_than_the_least_filling(pairs, data):
    cost, size = zip(*pairs, strict=True)
    assume(sum(size))
    needed = data.draw(st.integers(1, sum(size)))
    enough = [d for d in subsets(pairs) if sum(s for _, s in d) >= needed]
    least = min(sum(c for c, _ in d) for d in enough)
    bound = filling(as_objects(cost), as_objects(size), needed)[2]
    assert least - max(cost) <= bound <= least


def test_bounds_of_prices_leave_bounds_of_what_a_lever_adds(monkeypatch):
    town = mg.Community([3, 2, 1], purpose=[4, 2, 1], enjoyment=1, social=6)
    for module in (repriced, case_module):
        monkeypatch.setattr(module, "price_of_collapse", only_bounded)
    found = mg.assess(town, share=1)
    low, high = found.price.lower_bound, found.price.total_bounds[1]
    assert (low, high) == (F(21, 2), 18)  # the price is 14; backwards 18 are paid
    assert of_name(found.levers, "enjoyment").adds == (F(3, 10), F(3, 10))
    sharing = next(v for v in found.levers if v.name == "spreading")
    assert sharing.adds[0] < 0 < sharing.adds[1]


crowding_rivals = st.builds(
    mg.Rival,
    mission=st.sampled_from([0, 1, 4]),
    portability=st.sampled_from([0, 0.5, 1]),
    crowding=st.sampled_from([0, 0, 0.25, 2]),
)


@given(towns(), crowding_rivals, shares, st.data())
def test_what_each_pay_rises_by_bounds_the_rise_of_the_price(town, rival, share, data):
    changes = {
        "purpose": data.draw(st.lists(amounts, min_size=town.n, max_size=town.n)),
        "enjoyment": data.draw(st.lists(amounts, min_size=town.n, max_size=town.n)),
        "mission": data.draw(st.sampled_from([0, 1, 2])),
    }
    if town.ties is None:
        changes["social"] = data.draw(st.lists(worths, min_size=town.n, max_size=town.n))
    kept = data.draw(st.sets(st.sampled_from(sorted(changes))))
    other = town.changed(**{name: changes[name] for name in kept})
    before, after = (mg.price_of_collapse(each, rival, share) for each in (town, other))
    low, high = each_pay_apart(before, after, town.absence_factor(share))
    least, most = rise(before, after)
    assert low <= most
    assert least <= high
    if before.optimal and after.optimal and before.problem.linear:
        assert low <= least == most <= high


def test_less_company_raises_the_price_by_at_most_what_worked_at_the_rival():
    town = mg.Community([1, 1], purpose=3, social=[0, 4])
    rival = mg.Rival(portability=1)
    before, after = (mg.price_of_collapse(t, rival) for t in (town, town.changed(social=0)))
    assert rise(before, after) == (2, 2)  # 3 + 1 are paid before, then 3 + 3
    assert each_pay_apart(before, after, 2) == (-2, 2)


def test_the_ends_of_a_worth_raised_for_all_count_the_fewest_heads():
    town = mg.Community([3, 2, 2, 1], purpose=[9, 5, 6, 2], social=1)
    before, after = (
        mg.price_of_collapse(each, mg.Rival(), 0.5) for each in (town, town.changed(enjoyment=1))
    )
    assert each_pay_apart(before, after, town.absence_factor(0.5)) == (2, 4)


def test_spreading_the_work_of_digg_is_worth_a_hundred_times_what_it_is_now():
    found = mg.assess(mg.scenarios.load("digg-netscape"))
    evenly = next(v for v in found.levers if v.name == "spreading" and not v.between)
    assert found.levers[0] is evenly
    assert evenly.price.exact_total == 458  # a fifth of 2,287, rounded up
    assert evenly.adds == (454, 454)
    purpose = of_name(found.levers, "purpose")
    assert (purpose.adds, purpose.per_unit) == ((F(2, 5), F(2, 5)), (4, 4))
    policies = {v.step: v for v in found.levers if v.name == "policy"}
    half = policies["mission +0.5 for $15,000"]
    assert (half.adds, half.per_unit) == ((2, 2), (F(2, 15000),) * 2)


def test_without_one_of_the_four_of_digg_a_fifth_costs_no_less():
    assert mg.assess(mg.scenarios.load("digg-netscape")).departures == ()


def test_company_that_works_at_the_rival_too_can_lower_the_price():
    town = mg.Community([5, 1], purpose=[0, 4], ties=[[0, 1], [6, 0]])
    found = mg.assess(town, mg.Rival(portability=1))
    assert found.price.exact_total == 1  # the large one alone makes half
    everyone = mg.assess(town, mg.Rival(portability=1), share=1)
    assert everyone.price.exact_total == 1  # paid 1, then 4 − 6 < 0
    assert of_name(everyone.levers, "company").adds == (F(1, 10), F(1, 10))
    clone = mg.Community([1, 1], enjoyment=[0, 9], purpose=0, ties=[[0, 1], [6, 0]])
    falls = of_name(mg.assess(clone, mg.Rival(portability=1), share=1).levers, "company")
    assert mg.assess(clone, mg.Rival(portability=1), share=1).price.exact_total == 4
    assert falls.adds == (F(-1, 2), F(-1, 2))  # 1.1 and 9 − 6.6


def test_alone_there_is_nobody_to_share_with_and_nobody_whose_leaving_leaves_work():
    found = mg.assess(mg.Community([3], purpose=2, social=5))
    assert found.departures == ()
    assert not [v for v in found.levers if v.name == "spreading"]
    assert of_name(found.levers, "company").adds == (0, 0)


def test_without_whoever_makes_all_the_work_there_is_no_community():
    town = mg.Community([4, 0, 0], purpose=[1, 2, 3], names=["Ann", "Bob", "Cy"])
    assert without(town, 0) is None
    assert without(town, 1).names == ("Ann", "Cy")
    assert all(d.member for d in mg.assess(town, share=1).departures)


def test_two_floats_side_by_side_share_nothing():
    made = [1 + 2**-51, 1 + 2**-52]  # half of their sum is nearest to the larger
    found = mg.assess(mg.Community(made, purpose=1), share=1)
    assert not [v for v in found.levers if v.between]


def test_a_negative_tie_leaves_no_price_and_no_lever():
    found = mg.assess(mg.Community([1, 1], purpose=1, ties=[[0, -1], [0, 0]]))
    assert (found.levers, found.departures) == ((), ())


def test_what_a_member_takes_along_is_the_same_in_every_column():
    columns = {"purpose": [1, 2, 3], "enjoyment": [4, 5, 6], "social": [7, 8, 9]}
    town = mg.Community([3, 2, 1], **columns, columns={"x": [1, 2, 3]})
    rest = without(town, 1)
    kept = (rest.contribution, rest.purpose, rest.enjoyment, rest.social, rest.columns["x"])
    assert [list(values) for values in kept] == [[3, 1], [1, 3], [4, 6], [7, 9], [1, 3]]
