"""What the debate claims of each case, against what the model says of it.

Each test is named for the claim; where the model disagrees, or agrees only under
a condition, the name says so.
"""

from dataclasses import replace

import numpy as np
import pytest

import missiongame as mg
from missiongame import offers, scenarios

SELECTIONS = ("least", "robust", "greatest")


def outcomes(case, offer=None, **changes):
    community = case.community.changed(**changes)
    answer = mg.participate(community, case.rival, case.offer if offer is None else offer)
    return [getattr(answer, selection) for selection in SELECTIONS]


def headcounts(case, offer=None, **changes):
    return [outcome.headcount for outcome in outcomes(case, offer, **changes)]


# Digg against Netscape


def test_diggs_contributions_have_the_reported_shares():
    digg = scenarios.load("digg-netscape").community
    assert digg.n == 2287
    assert digg.top_share(10) == pytest.approx(0.298, abs=1e-9)
    assert digg.top_share(100) == pytest.approx(0.5528, abs=1e-9)
    assert 0.69 < digg.gini < 0.71


def test_diggs_six_week_sample_is_not_the_longer_one():
    """In the longer sample the top 20 had 20.8 %; under the six-week one 37 % follow."""
    assert scenarios.load("digg-netscape").community.top_share(20) == pytest.approx(0.37, abs=0.005)


def test_a_thousand_dollars_buys_the_top_twenty_iff_their_purpose_is_worth_less():
    case = scenarios.load("digg-netscape")
    assert headcounts(case, purpose=999) == [20, 20, 20]
    assert headcounts(case, purpose=1001) == [0, 0, 0]
    least, _, greatest = headcounts(case, purpose=1000)
    assert (least, greatest) == (0, 20)  # the indifferent stay in one and leave in the other


def test_what_diggs_members_feel_is_unknown_and_not_invented():
    case = scenarios.load("digg-netscape")
    assert case.community.purpose is None
    with pytest.raises(mg.errors.PurposeUnknown):
        mg.participate(case.community, case.rival, case.offer)


def test_the_top_twenty_hold_a_third_of_digg_never_half():
    """Cash for twenty alone does not take half of the front page, however little is felt."""
    case = scenarios.load("digg-netscape")
    assert all(outcome.defection < 0.4 for outcome in outcomes(case, purpose=1))


# The other four sites


def test_keepers_of_bookmarks_leave_for_cash_in_every_equilibrium():
    assert headcounts(scenarios.load("delicious")) == [20, 20, 20]


def test_photographers_stay_as_long_as_they_expect_each_other_to():
    least, _, greatest = headcounts(scenarios.load("flickr"))
    assert least == 0
    assert greatest >= 20


def test_cash_moves_nobody_whose_friends_all_stay():
    case = scenarios.load("myspace")
    assert headcounts(case) == [0, 0, 0]
    assert headcounts(case, social=0) == [20, 20, 20]


def test_links_alone_need_more_purpose_than_assumed():
    case = scenarios.load("reddit")
    assert headcounts(case) == [20, 20, 20]
    assert headcounts(case, purpose=1000) == [0, 0, 0]


def test_one_file_makes_the_four_sites_alike_but_for_feelings():
    sites = [scenarios.load(name) for name in ("delicious", "flickr", "myspace", "reddit")]
    assert len({site.community.contribution.tobytes() for site in sites}) == 1
    assert len({str(site.offer) for site in sites}) == 1
    felt = {(s.community.purpose[0], s.community.social[0], s.rival.portability) for s in sites}
    assert len(felt) == 4


# Standing, mission, reciprocity


def test_moderators_stay_for_standing():
    case = scenarios.load("yahoo-groups")
    assert headcounts(case) == [0, 0, 0]
    assert headcounts(case, enjoyment=0) == [1, 1, 1]


def test_moderators_have_a_price_nevertheless():
    assert headcounts(scenarios.load("yahoo-groups"), offers.top(1, 400)) == [1, 1, 1]


def test_a_church_loses_nobody_to_any_pay_up_to_the_highest():
    """Above the mission threshold, in the only equilibrium; personal offers too."""
    case = scenarios.load("church")
    random = np.random.default_rng(0)
    highest = case.parameters["highest_pay"]
    for pay in [0, 25, 50, 75, highest]:
        assert headcounts(case, offers.flat(pay)) == [0, 0, 0]
        assert headcounts(case, offers.top(10, pay)) == [0, 0, 0]
    for _ in range(20):
        personal = random.choice([0.0, highest], size=case.community.n)
        assert headcounts(case, offers.personal(personal)) == [0, 0, 0]


def test_below_the_threshold_a_church_can_be_emptied():
    """The threshold is (w̄ + αθ_R + ρσ(1 − s))/α = 1.62375 where all are alike."""
    case = scenarios.load("church")
    share, alpha, sigma = 1 / case.community.n, 200, 50
    highest, rho = case.parameters["highest_pay"], case.rival.portability
    threshold = (highest + alpha * case.rival.mission + rho * sigma * (1 - share)) / alpha
    assert threshold == pytest.approx(1.62375)
    assert threshold < case.community.mission
    assert headcounts(case, mission=threshold + 0.001) == [0, 0, 0]
    assert headcounts(case, mission=threshold - 0.001) == [0, 0, case.community.n]


def test_the_least_engaged_mother_answers_today():
    from missiongame.mechanisms.reciprocity import critical_patience

    case = scenarios.load("mothers-group")
    p = case.parameters

    def group(**changes):
        return critical_patience(
            case.community.changed(**changes),
            *(p["ask_rate"], p["answer_rate"], p["benefit"], p["cost"]),
        )

    answer = group()
    assert answer.binding == int(np.argmin(case.community.purpose))
    assert answer.sustained(p["patience"])
    assert group(mission=2).community < answer.community


def test_without_answers_coming_back_nobody_would_answer():
    from missiongame.mechanisms.reciprocity import critical_patience

    case = scenarios.load("mothers-group")
    p = case.parameters
    alone = critical_patience(
        case.community.changed(purpose=0), 0, p["answer_rate"], p["benefit"], p["cost"]
    )
    assert alone.never.all()


# Concentration


def test_wikipedias_shares_are_the_reported_ones_and_its_gini_is_not_quite():
    """The fit gives a Gini of .96 where .936 was reported, of another sample."""
    wikipedia = scenarios.load("wikipedia").community
    assert wikipedia.top_share(524) == pytest.approx(0.5, abs=1e-6)
    assert wikipedia.top_share(1400) == pytest.approx(0.734, abs=1e-6)
    assert wikipedia.gini == pytest.approx(0.936, abs=0.03)
    assert abs(wikipedia.gini - 0.936) > 0.01


@pytest.mark.parametrize(
    ("name", "pay", "aim"), [("wikipedia", 1000, 0.5), ("apache-httpd", 8000, 0.83)]
)
def test_who_hires_the_few_has_the_work_iff_they_value_it_at_less(name, pay, aim):
    case = scenarios.load(name)
    few = case.offer.places
    assert case.community.top_share(few) == pytest.approx(aim, abs=1e-6)
    assert headcounts(case, purpose=pay - 1) == [few, few, few]
    assert headcounts(case, purpose=pay + 1) == [0, 0, 0]


# Pay that repels, purpose that needs none


def test_paying_two_pushes_the_wavering_away():
    case = scenarios.load("debian-dunc-tank")
    p = case.parameters
    assert case.community.mission == pytest.approx(1 / (1 + p["crowding"] * p["pay"]))
    assert headcounts(case) == [50, 50, 50]
    assert headcounts(case, mission=1) == [0, 0, 0]


def test_debian_would_rather_pay_nobody():
    """If what a release in time is worth is left out, as it is here."""
    case = scenarios.load("debian-dunc-tank")
    contest = mg.Contest(case.community, case.steward, case.rival, case.offers)
    (equilibrium,) = contest.equilibria()
    assert equilibrium.row == (0, 1)
    assert contest.policies[1].provider == "nobody paid"


def test_a_rival_with_a_stronger_purpose_need_not_pay():
    case = scenarios.load("purposeful-rival")
    everyone = case.community.n
    assert case.offer.pay(case.community).max() == 0
    assert headcounts(case) == [everyone] * 3


def test_a_little_pay_would_lose_the_purposeful_rival_everyone():
    case = scenarios.load("purposeful-rival")
    everyone = case.community.n
    assert [headcounts(case, offers.flat(pay)) for pay in (0, 72, 200)] == [
        [everyone] * 3,
        [0, 0, 0],
        [everyone] * 3,
    ]


def test_a_rival_without_purpose_has_to_pay():
    case = scenarios.load("purposeful-rival")
    plain = case.changed(rival=replace(case.rival, mission=0))
    assert headcounts(plain) == [0, 0, 0]


# Management as a service


def test_who_provides_the_mission_does_not_matter_only_what_it_costs():
    case = scenarios.load("outsourced-steward")
    contest = mg.Contest(case.community, case.steward, case.rival, case.offers)
    providers = [policy.provider for policy in contest.policies]
    inside, outside = providers.index("in-house", 1), providers.index("outside")
    assert contest.defection[inside].tolist() == contest.defection[outside].tolist()
    equilibria = contest.equilibria()
    assert equilibria.complete
    assert all(e.row[inside] == 0 for e in equilibria)
    assert any(e.row[outside] > 0 for e in equilibria)


def test_without_what_the_provider_owns_it_depends_on_what_members_expect():
    """With all of the uplift nobody leaves; with what is kept, nobody or all who are paid."""
    case = scenarios.load("outsourced-steward")
    with_provider = float(case.community.mission) + float(case.steward.policies[2].uplift)
    assert headcounts(case, mission=with_provider) == [0, 0, 0]
    least, _, greatest = headcounts(case, mission=with_provider - case.parameters["owned"])
    assert (least, greatest) == (0, 30)


def test_a_provider_that_owns_part_of_the_mission_can_levy_what_it_and_company_are_worth():
    from missiongame.mechanisms.holdup import hold_up

    case = scenarios.load("outsourced-steward")
    town = case.community.with_mission(1.5)
    owned, rho = case.parameters["owned"], case.rival.portability
    levies = hold_up(town, owned, portability=rho)
    company = town.social * (1 - town.share)
    assert levies.single == pytest.approx(town.purpose * owned + company)
    assert levies.joint == pytest.approx(town.purpose * owned + (1 - rho) * company)


# The wager


def test_each_side_of_the_wager_is_right_under_its_own_parameters():
    market, purpose = (scenarios.load(f"{side}-first") for side in ("market", "purpose"))
    assert all(outcome.defection >= market.share for outcome in outcomes(market))
    assert all(outcome.defection < purpose.share for outcome in outcomes(purpose))


def test_no_single_parameter_decides_the_wager_in_the_robust_equilibrium():
    market, purpose = (scenarios.load(f"{side}-first") for side in ("market", "purpose"))
    answer = scenarios.deciding(market, purpose)
    assert answer.succeeds == (True, False)
    assert set(answer.turn_first) == {
        frozenset({"contribution", "purpose"}),
        frozenset({"contribution", "rival.portability"}),
        frozenset({"purpose", "rival.crowding"}),
    }
    assert set(answer.turn_second) == {
        frozenset({"contribution", "purpose"}),
        frozenset({"contribution", "rival.crowding"}),
        frozenset({"purpose", "rival.portability"}),
    }


def test_where_members_trust_each_other_concentration_alone_decides_for_the_market():
    """In the least equilibrium, work spread over many is enough for the community to hold."""
    market, purpose = (scenarios.load(f"{side}-first") for side in ("market", "purpose"))
    answer = scenarios.deciding(market, purpose, selection="least")
    assert frozenset({"contribution"}) in answer.turn_first


def test_a_deciding_set_turns_the_verdict_and_no_part_of_it_does():
    from itertools import chain, combinations

    market, purpose = (scenarios.load(f"{side}-first") for side in ("market", "purpose"))
    answer = scenarios.deciding(market, purpose)
    for names in answer.turn_first:
        for part in chain.from_iterable(combinations(names, k) for k in range(len(names) + 1)):
            succeeds = outcomes(_with_parts(market, purpose, part))[1].defection >= market.share
            assert succeeds is (set(part) != names)


def _with_parts(case, other, names):
    community, rival = case.community, case.rival
    for name in names:
        if name.startswith("rival."):
            key = name.removeprefix("rival.")
            rival = replace(rival, **{key: getattr(other.rival, key)})
        else:
            community = community.changed(**{name: getattr(other.community, name)})
    return case.changed(community=community, rival=rival)


def test_cases_of_unlike_size_are_not_exchanged():
    with pytest.raises(mg.errors.InvalidValue, match="of 200 members"):
        scenarios.deciding(scenarios.load("market-first"), scenarios.load("church"))
