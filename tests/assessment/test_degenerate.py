"""Cases at the edge of what can be asked: each is told truly, or refused by name."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from missiongame import offers
from missiongame.errors import StructureMissing

F = Fraction


def strict(document):
    """Whether it can be written at all."""
    return json.dumps(document, default=str)


def test_one_member_is_the_whole_community():
    a = mg.assess(mg.Community([3], purpose=2), mg.Rival(), offers.flat(2), share=1)
    assert a.status == "depends: expectations"  # at 2 of pay 2 is no loss
    assert a.verdict.startswith("All of the work hinges on the only member.")
    assert a.holds_budget is True
    assert "just not enough" in a.verdict


def test_all_of_the_work_is_lost_when_the_last_contributor_goes():
    town = mg.Community([3, 1, 0], purpose=[1, 5, 9])
    a = mg.assess(town, mg.Rival(), offers.flat(4), share=1)
    assert (a.holds, a.hinges_on) == (True, 2)
    assert "at most 75.0% of the work leaves" in a.verdict
    assert mg.assess(town, mg.Rival(), offers.flat(6), share=1).holds is False


def test_lurkers_may_leave_and_none_of_the_work_does():
    town = mg.Community([3, 1, 0], purpose=[9, 9, 1])
    a = mg.assess(town, mg.Rival(), offers.flat(4))
    assert a.participation.least.headcount == 1
    assert "none of the work leaves" in a.verdict
    assert "nobody" not in a.verdict


def test_a_share_so_small_that_one_member_suffices():
    a = mg.assess(mg.Community([3, 1], purpose=[9, 1]), offer=offers.flat(2), share=1e-9)
    assert (a.hinges_on, a.holds, a.holds_budget) == (1, False, False)
    assert "<0.1% of the work hinges on 1 of 2 members" in a.verdict


@pytest.mark.parametrize("share", [F(1, 3), F(2, 3), F(5, 6)])
def test_a_share_that_is_no_decimal_is_exact(share):
    # Equal members whose heads make exactly the share: they are enough.
    n = share.denominator
    a = mg.assess(
        mg.Community(np.ones(n), purpose=2), offer=offers.top(share.numerator, 3), share=share
    )
    assert (a.share, a.hinges_on, a.holds) == (share, share.numerator, False)


def test_an_offer_that_pays_nobody_is_no_offer():
    town = mg.Community([3, 1], purpose=2)
    for offer in (offers.flat(0), offers.top(0, 5), offers.personal([0, 0])):
        a = mg.assess(town, offer=offer)
        assert (a.holds, a.budget, a.holds_budget) == (True, 0, True)
        assert "The community holds where the rival pays nothing" in a.verdict
        assert "cannot win half of the work for certain: that costs 2." in a.verdict
        unknown = mg.assess(mg.Community([3, 1]), offer=offer)
        assert "Without any pay the rival cannot win half of the work" in unknown.verdict
        assert "Nothing cannot" not in unknown.verdict


def test_what_an_offer_costs_without_paying_anyone_is_no_pay():
    a = mg.assess(mg.Community([3, 1], purpose=2), offer=offers.flat(0, fixed=7))
    assert (a.budget, a.holds, a.holds_budget) == (7, True, False)
    assert "holds where the rival pays nothing" in a.verdict


def test_indifferent_members_leave_for_any_pay_and_for_none_they_do_not():
    torn = mg.Community([3, 1], purpose=0)
    a = mg.assess(torn, offer=offers.flat(0))
    assert (a.status, a.holds_budget) == ("depends: expectations", True)
    assert "but any pay at all would be enough" in a.verdict
    paid = mg.assess(torn, offer=offers.flat(1))
    assert paid.holds_budget is False
    assert "any pay at all is enough" in paid.verdict
    assert "without any pay" not in paid.verdict.lower()


def test_only_who_is_paid_is_counted_as_paid():
    a = mg.assess(mg.Community([2, 2, 1], enjoyment=[-1, 4, 9], purpose=0), budget=9, share=0.8)
    assert a.price.exact_total == 4
    assert len(a.price.order) == 2
    assert "that costs 4, paid to one of the members." in a.verdict


def test_everyone_leaves_unpaid():
    a = mg.assess(mg.Community([3, 1], purpose=-1), offer=offers.flat(0))
    assert (a.holds, a.holds_budget) == (False, False)
    assert "The community falls although the rival pays nothing" in a.verdict
    assert "wins half of the work for certain without any pay" in a.verdict


def test_a_rival_with_the_same_mission():
    a = mg.assess(mg.Community([3, 1]), mg.Rival(mission=1), offers.flat(1))
    assert (a.status, a.holds_budget) == ("falls", False)
    assert "however much staying is worth" in a.verdict
    quiet = mg.assess(mg.Community([3, 1]), mg.Rival(mission=1), offers.flat(0))
    assert quiet.status == "depends: expectations"  # all are indifferent, whatever it is worth
    assert "whatever staying is worth to them" in quiet.verdict


def test_a_stronger_rival_wins_those_who_care_and_no_worth_is_said_to_protect():
    a = mg.assess(mg.Community([3, 1], enjoyment=2), mg.Rival(mission=2), offers.flat(1))
    assert a.status == "depends: cases"
    assert "no level is known from which on it holds" in a.verdict
    assert "no worth of staying is known from which on" in a.verdict.lower()


def test_without_a_mission_staying_is_worth_what_it_was():
    a = mg.assess(mg.Community([3, 1], purpose=5, mission=0), offer=offers.flat(1))
    assert (a.holds, a.holds_budget) == (False, False)
    assert "a mission above 0.2 would hold it for certain (it is 0)" in a.verdict
    assert a.to_dict()["threshold"]["offer"] == pytest.approx(0.2)


def test_a_mission_that_repels_some_is_not_recommended():
    # More mission loses the first: holding at 0.5 says nothing of 5.
    town = mg.Community([3, 2], purpose=[-1, 1], enjoyment=[4, 0])
    a = mg.assess(town, offer=offers.flat(1))
    assert a.holds is True
    assert "mission above" not in a.verdict
    assert mg.assess(town.with_mission(9), offer=offers.flat(1)).holds is False


def test_two_who_repel_each_other():
    # Each leaves if the other stays: one of the two goes, and nobody knows who.
    town = mg.Community([3, 1], purpose=0, enjoyment=2, ties=[[0, -3], [-3, 0]])
    a = mg.assess(town, offer=offers.flat(1))
    assert (a.status, a.holds, a.holds_budget) == ("depends: expectations", None, None)
    assert "from 25.0% of the work to 75.0% of the work leaves" in a.verdict
    assert "each other to stay" not in a.verdict
    assert "tie is negative" in a.threshold.offer_reason
    unknown = mg.assess(town.changed(purpose=None), offer=offers.flat(1))
    assert "the rival's mission is the stronger" not in unknown.verdict
    assert "tie is negative" in unknown.verdict


def test_many_who_repel_each_other_are_refused_by_name():
    for purpose in (1, None):
        many = mg.Community(np.ones(21), purpose=purpose, ties=-np.ones((21, 21)) + np.eye(21))
        a = mg.assess(many)
        for asked in ("status", "verdict", "holds"):
            with pytest.raises(StructureMissing, match=r"ties\[0, 1\] is -1"):
                getattr(a, asked)
        assert a.holds_budget is None


def test_who_it_hinges_on_where_others_make_as_much():
    town = mg.Community([2, 2], purpose=1, names=["Ann", "Bob"])
    said = mg.assess(town, offer=offers.flat(1)).verdict
    assert "Half of the work hinges on 1 of 2 members: Ann, for instance." in said
    sure = mg.Community([3, 2], purpose=1, names=["Ann", "Bob"])
    assert "1 of 2 members: Ann." in mg.assess(sure, offer=offers.flat(1)).verdict


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1e9, 1e150, 1e300])
@pytest.mark.parametrize("known", [True, False])
def test_magnitudes_change_no_answer(scale, known):
    purpose = np.array([2.0, 4.0, 8.0]) * scale if known else None
    town = mg.Community([3, 2, 1], purpose, enjoyment=np.array([1.0, 0, 1]) * scale)
    a = mg.assess(town, mg.Rival(), offers.flat(5 * scale))
    one = mg.assess(
        mg.Community([3, 2, 1], None if purpose is None else [2, 4, 8], enjoyment=[1, 0, 1]),
        mg.Rival(),
        offers.flat(5),
    )
    assert (a.status, a.holds_budget) == (one.status, one.holds_budget)
    level = F(1) if known else F(scale)
    assert F(a.threshold.offer) / level == pytest.approx(F(one.threshold.offer))
    assert a.verdict
    assert strict(a.to_dict())


def test_a_budget_beyond_every_float():
    a = mg.assess(mg.Community([3, 2, 1], purpose=1), budget=F(10) ** 400)
    assert a.holds_budget is False
    assert "e+400" in a.verdict
    assert strict(a.to_dict())
    unknown = mg.assess(mg.Community([3, 2, 1]), budget=F(10) ** 400)
    assert unknown.threshold.budget == F(10) ** 400
    assert "e+400" in unknown.verdict
    assert strict(unknown.to_dict())


def test_levels_are_rounded_to_the_side_on_which_the_sentence_is_true():
    # 2000.6 is not enough: who takes 1000.3 or more must be held by more than that.
    a = mg.assess(mg.Community([3, 1]), offer=offers.top(1, 1000.3), share=0.5)
    assert "more than 1,001 a month to the one whom it pays" in a.verdict
    assert "less than 1,000 a month to that one" in a.verdict
    close = mg.assess(mg.Community([3, 1], purpose=1000.4), budget=1000.3)
    assert close.holds_budget is True
    assert "that costs a little more" in close.verdict
    less = mg.assess(mg.Community([3, 1], purpose=1000.2), budget=1000.3)
    assert less.holds_budget is False
    assert "that costs a little less, paid to one of the members" in less.verdict


def test_whom_it_does_not_pay_must_be_held_as_well_where_something_else_moves_them():
    # The second dislikes it here: 5 is what holds her, though nobody pays her.
    town = mg.Community([2, 3], enjoyment=[0, -5])
    a = mg.assess(town, offer=offers.personal([1, 0]))
    assert a.threshold.offer == 5
    assert "more than 5 a month to each of the members" in a.verdict


def test_the_contest_tells_of_both_expectations():
    # Against 9 all leave, and against nothing all may: who expects to be left alone is torn.
    town = mg.Community([1, 1], purpose=0, social=4)
    a = mg.assess(town, mg.Rival(value=9), offers.flat(9), steward=mg.Steward(0, [mg.Policy()]))
    assert a.status == "falls"
    assert set(a.cases[0].contests) == {"least", "greatest"}
