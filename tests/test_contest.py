from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missiongame as mg
import oracles
from missiongame.errors import InvalidType, InvalidValue, PurposeUnknown

quarters = st.integers(0, 12).map(lambda k: k / 4)


@st.composite
def contests(draw):
    n = draw(st.integers(1, 4))

    def per_member(values):
        return draw(st.lists(values, min_size=n, max_size=n))

    town = mg.Community(
        per_member(st.integers(1, 4)),
        purpose=per_member(st.integers(-1, 3)),
        enjoyment=per_member(quarters),
        social=per_member(quarters),
        mission=draw(quarters),
    )
    policies = [mg.Policy(draw(quarters), draw(quarters)) for _ in range(draw(st.integers(1, 3)))]
    offers = draw(
        st.lists(
            st.one_of(
                st.builds(mg.offers.flat, quarters, fixed=quarters),
                st.builds(mg.offers.top, st.integers(0, 3), quarters),
                st.builds(mg.offers.piece_rate, quarters),
            ),
            min_size=1,
            max_size=3,
        )
    )
    rival = mg.Rival(
        value=draw(st.integers(1, 4)),
        mission=draw(quarters),
        portability=draw(st.sampled_from([0, 0.5, 1])),
    )
    selection = draw(st.sampled_from(["least", "greatest"]))
    return mg.Contest(town, mg.Steward(draw(st.integers(0, 9)), policies), rival, offers, selection)


@given(contests())
@settings(max_examples=60, deadline=None)
def test_the_matrices_are_what_the_definitions_say(contest):
    town, rival = contest.community, contest.rival
    for p, policy in enumerate(contest.policies):
        lifted = town.with_mission(Fraction(town.mission) + Fraction(policy.uplift))
        for o, offer in enumerate(contest.offers):
            pay = offer.pay(town)
            pick = min if contest.selection == "least" else max
            x = pick(oracles.equilibria(lifted, rival, offer), key=sum)
            captured = sum(
                Fraction(c) for c, gone in zip(town.contribution, x, strict=True) if gone
            )
            payroll = sum(Fraction(w) for w, gone in zip(pay, x, strict=True) if gone)
            loss = captured / town.total
            assert contest.exact.defection[p][o] == loss
            assert contest.exact.steward[p][o] == Fraction(contest.steward.value) * (
                1 - loss
            ) - Fraction(policy.cost)
            assert contest.exact.rival[p][o] == Fraction(
                rival.value
            ) * captured - payroll - Fraction(offer.fixed)


@given(contests())
@settings(max_examples=60, deadline=None)
def test_every_equilibrium_passes_the_separate_checker_and_bounds_the_extremes(contest):
    equilibria = contest.equilibria()
    assert equilibria.complete
    assert len(equilibria) >= 1
    for e in equilibria:
        assert mg.is_equilibrium(contest.exact.steward, contest.exact.rival, e.row, e.column)
    least, greatest = equilibria.extremes()
    by_profile = dict(
        zip([(e.row, e.column) for e in equilibria], equilibria.defection, strict=True)
    )
    assert by_profile[least.row, least.column] == min(equilibria.defection)
    assert by_profile[greatest.row, greatest.column] == max(equilibria.defection)


@given(contests())
@settings(max_examples=60, deadline=None)
def test_committing_is_worth_at_least_the_best_pure_equilibrium(contest):
    steward, rival = contest.exact.steward, contest.exact.rival
    for side, mine in (("steward", steward), ("rival", rival)):
        committed = contest.commit(side)
        assert getattr(committed.favourable, side) >= getattr(committed.unfavourable, side)
        for p, o in oracles.pure_nash(steward, rival):
            assert getattr(committed.favourable, side) >= mine[p][o]


def test_the_leader_may_lose_by_how_a_tie_falls():
    # Offered exactly what the mission is worth, the member is indifferent: the least selection
    # keeps them, so the steward's two policies tie against an offer of nothing.
    town = mg.Community([1], purpose=1)
    steward = mg.Steward(10, [mg.Policy(), mg.Policy(uplift=1)])
    contest = mg.Contest(town, steward, mg.Rival(value=9), [mg.offers.flat(0), mg.offers.flat(2)])
    assert contest.defection.tolist() == [[0, 1], [0, 0]]
    rival = contest.commit("rival")
    assert (rival.favourable.defection, rival.unfavourable.defection) == (0, 0)
    steward = contest.commit("steward")
    assert steward.favourable.policy.uplift == 1


def test_float_views_and_nashpy_see_the_exact_matrices():
    town = mg.Community([2, 1], purpose=1)
    contest = mg.Contest(
        town, mg.Steward(3), mg.Rival(value=2), [mg.offers.flat(0), mg.offers.flat(2)]
    )
    assert (contest.game.payoff_matrices[0] == contest.steward_payoffs).all()
    assert (contest.game.payoff_matrices[1] == contest.rival_payoffs).all()
    assert contest.rival_payoffs.dtype == np.float64


def test_unknown_purpose_and_wrong_arguments_are_named():
    town = mg.Community([2, 1])
    steward, rival = mg.Steward(3), mg.Rival()
    with pytest.raises(PurposeUnknown, match="Contest needs it"):
        mg.Contest(town, steward, rival, [mg.offers.flat(1)])
    known = town.changed(purpose=1)
    with pytest.raises(InvalidValue, match="offers"):
        mg.Contest(known, steward, rival, [])
    with pytest.raises(InvalidType, match="offers"):
        mg.Contest(known, steward, rival, [100])
    with pytest.raises(InvalidValue, match="selection is 'best'"):
        mg.Contest(known, steward, rival, [mg.offers.flat(1)], selection="best")
    with pytest.raises(InvalidValue, match="leader"):
        mg.Contest(known, steward, rival, [mg.offers.flat(1)]).commit("members")
