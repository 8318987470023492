"""The smallest stories, told by hand: numbers that someone found before the engine did."""

from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame import Community, Rival, offers, price_of_collapse
from missiongame.catalogue import theorems
from missiongame.catalogue.best_pay import Market, Posted
from missiongame.catalogue.buyout import Buyout
from missiongame.catalogue.church import Capped, threshold
from missiongame.catalogue.coordination_loss import Worth
from missiongame.catalogue.exact_game import dense_ties, equilibria_of, tempted
from missiongame.catalogue.gini import Priced
from missiongame.catalogue.half_price import Collapse
from missiongame.catalogue.personal_offer import Personal
from missiongame.catalogue.stronger_mission import TwoMissions
from missiongame.errors import InvalidValue
from missiongame.testing import communities, numbers, rivals
from oracles import subsets

F = Fraction

NOBODY = frozenset()


class TestStrongerMission:
    def test_one_member_whom_the_mission_repels_takes_the_other_along(self):
        town = Community(
            [1, 1], purpose=[-1, 0], enjoyment=[5, 2], mission=0, ties=[[0, 0], [3, 0]]
        )
        story = TwoMissions(town, Rival(), offers.flat(4), F(3))
        assert story.pairs() == [(NOBODY, {0, 1})] * len(story.pairs())
        assert not story.holds()

    def test_one_who_returns_drives_another_out_who_dislikes_them(self):
        town = Community(
            [1, 1], purpose=[0, 1], enjoyment=[2, 0], mission=0, ties=[[0, -3], [0, 0]]
        )
        before = equilibria_of(town, Rival(), offers.flat(1))
        after = equilibria_of(town.with_mission(2), Rival(), offers.flat(1))
        assert (before, after) == ([{1}], [{0}])


class TestPostedOffer:
    def test_with_two_pays_to_choose_from_it_may_take_everyone_later(self):
        town = Community([1, 1], purpose=1, enjoyment=[0, F(9, 10)], mission=F(9, 10))
        menu = (F(1), F(2))
        story = Posted(town, Rival(F(5, 2)), F(21, 20), menu, menu)
        assert story.both_best
        assert not story.holds()

    def test_a_member_who_cares_more_for_the_mission(self):
        town = Community([1, 1], purpose=[1, 0], enjoyment=[0, 1], mission=0)
        story = Posted(town, Rival(F(11, 10)), F(1), (F(0), F(1)))
        assert story.both_best
        assert not story.holds()

    def test_a_fixed_cost_that_only_zero_pay_avoids(self):
        town = Community([1, 1], purpose=1, enjoyment=[F(-1, 10), 1], mission=0)
        story = Posted(town, Rival(10), F(1), (F(0), F(2)), fixed=F(9))
        assert story.both_best
        assert not story.holds()

    def test_a_tie_that_repels_moves_the_share_though_not_the_heads(self):
        town = Community([3, 1], purpose=1, enjoyment=[2, 0], mission=0, ties=[[0, -3], [0, 0]])
        story = Posted(town, Rival(1), F(1), (F(0), F(0)))
        assert story.both_best
        assert [m.work(F(0)) for m in story.markets] == [1, 3]

    def test_purpose_worth_nothing_leaves_the_rival_free_to_change_its_mind(self):
        """With α = 0 nothing depends on the mission, and two best pays may take different sets."""
        town = Community([1, 1], purpose=0, enjoyment=[0, 1], mission=0)
        story = Posted(town, Rival(2), F(1), (F(0), F(1)))
        assert story.both_best
        assert not story.holds()
        assert Market(town, Rival(2)).best(most=True) == 1
        assert Market(town, Rival(2)).best(most=False) == 0

    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def test_the_best_pay_is_no_worse_than_any_on_a_grid(self, data):
        town = data.draw(communities(members=(1, 3)))
        selection = data.draw(st.sampled_from(("least", "greatest")))
        market = Market(town, data.draw(rivals(crowding=False)), selection=selection)
        best = market.profit(market.best(most=True))
        assert best >= max(market.profit(F(k, 4)) for k in range(40))


class TestPersonalOffer:
    def test_a_budget_may_buy_three_where_it_bought_one(self):
        prices, values = [10, 2, 2, 2, 2], [5, 1, 1, 1, 1]
        town = Community(values, purpose=1, enjoyment=prices, mission=0)
        story = Personal(town, Rival(1), F(1), "value", F(10))
        heads = [len(story.best(each)) for each in story.towns]
        assert heads == [1, 3]
        assert Personal(town, Rival(1), F(1), "value", F(10), "value").holds()

    def test_profit_under_a_budget_may_raise_the_captured_value(self):
        town = Community([5, 5, F(64, 5)], purpose=1, enjoyment=[F(1, 2), F(1, 2), 4], mission=0)
        story = Personal(town, Rival(1), F(2, 5), "profit", F(22, 5), "value")
        assert [story.worth(story.best(each)) for each in story.towns] == [10, F(64, 5)]

    def test_with_ties_a_dearer_friend_is_captured_together_with_the_other(self):
        town = Community([6, 1], purpose=[2, 0], enjoyment=[0, 3], mission=0, ties=[[0, 2], [1, 0]])
        story = Personal(town, Rival(1, portability=1), F(1))
        assert [story.best(each) for each in story.towns] == [{0}, {0, 1}]


class TestPrices:
    def test_a_member_who_would_leave_unpaid_cannot_be_charged(self):
        story = Collapse(Community([1], purpose=0, enjoyment=-1), Rival())
        assert (story.bound, story.holds()) == (-1, False)

    def test_where_a_payment_is_cut_off_at_zero_biggest_first_is_not_best(self):
        town = Community([2, 3], ties=[[0, 3], [2, 0]], enjoyment=[0, 2], purpose=0)
        assert price_of_collapse(town, Rival(portability=1)).exact_total == 3
        assert not Priced(town, Rival(portability=1), (1, 0)).holds()

    def test_a_tournament_with_a_cycle_costs_more_than_its_pairs_say(self):
        """Each would go before the next, in a circle of three: no order is sorted."""
        ties = [[0, 0, 4], [4, 0, 0], [0, 4, 0]]
        town = Community([1, 1, 1], ties=ties, enjoyment=5, purpose=0)
        story = Priced(town, Rival(), (0, 1, 2))
        assert story.formula == 15
        assert price_of_collapse(town, Rival()).exact_total == 19

    def test_unequal_regard_for_company_overturns_biggest_first(self):
        town = Community([3, 2], purpose=0, enjoyment=6, social=[10, 0])
        cheapest = price_of_collapse(town, Rival())
        assert cheapest.order.tolist() == [1, 0]

    def test_lurkers_need_not_go_so_the_formula_is_about_those_who_make_something(self):
        town = Community([1, 0], purpose=0, enjoyment=[0, 1])
        assert price_of_collapse(town, Rival()).exact_total == 0
        assert Priced(town, Rival(), (0, 1)).formula == 1

    def test_without_ties_a_lurker_is_worth_something_and_need_not_be_bought(self):
        """So the price is the worth only where everyone contributes."""
        town = Community([1, 0], purpose=0, enjoyment=[0, 1])
        assert price_of_collapse(town, Rival()).exact_total == 0
        assert Worth(town, Rival()).worth == 1

    @settings(max_examples=30, deadline=None)
    @given(
        communities(members=(1, 4), ties="none", enjoyment=(0, 6), contribution=(1, 6)), rivals()
    )
    def test_without_ties_where_all_contribute_the_price_is_the_worth(self, town, rival):
        rival = Rival(rival.value, 0, rival.portability, rival.crowding)
        assert price_of_collapse(town, rival).exact_total == Worth(town, rival).worth

    def test_where_pay_dilutes_purpose_the_formula_of_the_pairs_is_wrong(self):
        town = Community([1, 1], purpose=1, enjoyment=4, mission=0, social=2)
        story = Priced(town, Rival(mission=2, crowding=1), (0, 1))
        assert not story.holds()
        assert theorems["gini"].check_case(story)[0] is False, "an assumption excludes it"

    def test_members_at_a_loss_are_worth_less_than_nothing_costs(self):
        town = Community([1, 1], purpose=0, enjoyment=-5, ties=[[0, 1], [1, 0]])
        one = Buyout(town, Rival())
        total = sum(one.margins) + one.worth_of_ties
        assert (total, price_of_collapse(town, Rival()).exact_total) == (-8, 0)


def _by_brute_force(town, rival, cap):
    """θ* by its definition: over all sets, the largest of the least f."""
    purpose = town.known_purpose("a test")

    def f(i, gone):
        pays = (offers.flat(0), offers.flat(cap))
        home = F(purpose[i]) * F(town.mission)
        return max(tempted(town, rival, pay, i, gone) + home for pay in pays) / F(purpose[i])

    return max(min(f(i, gone) for i in gone) for gone in subsets(range(town.n)))


class TestChurch:
    @settings(max_examples=30, deadline=None)
    @given(communities(members=(1, 4), purpose=(1, 3)), rivals(), numbers(0, 6))
    def test_removing_the_least_tempted_finds_the_threshold(self, town, rival, cap):
        assert threshold(town, rival, cap) == _by_brute_force(town, rival, cap)

    @settings(max_examples=30, deadline=None)
    @given(communities(members=(1, 4), purpose=(1, 3)), rivals(), numbers(0, 6))
    def test_at_the_threshold_some_offer_has_an_equilibrium_with_defection(self, town, rival, cap):
        star = threshold(town, rival, cap)
        if star >= 0:
            town = town.with_mission(star)
            pays = product((F(0), cap), repeat=town.n)
            assert not all(Capped(town, rival, offers.personal(p), cap).holds() for p in pays)

    def test_it_needs_a_purpose_and_friendly_ties(self):
        with pytest.raises(InvalidValue, match=r"purpose\[0\] is 0.0"):
            threshold(Community([1], purpose=0), Rival(), 1)
        averse = Community([1, 1], purpose=1, ties=[[0, -1], [0, 0]])
        with pytest.raises(InvalidValue, match=r"ties\[0, 1\] is 'negative'"):
            threshold(averse, Rival(), 1)


@settings(max_examples=40, deadline=None)
@given(communities(members=(1, 4), contribution=(1, 6)), rivals(crowding=False))
def test_the_price_is_the_cheapest_order_of_approach(town, rival):
    """The catalogue's reading of the price, against the solver's."""
    ties, margins, rho = dense_ties(town), Buyout(town, rival).margins, F(rival.portability)

    def cost(order):
        return sum(
            max(
                F(0),
                margins[i]
                + sum(ties[i][j] for j in order[k:])
                - rho * sum(ties[i][j] for j in order[:k]),
            )
            for k, i in enumerate(order)
        )

    assert price_of_collapse(town, rival).exact_total == min(map(cost, permutations(range(town.n))))
