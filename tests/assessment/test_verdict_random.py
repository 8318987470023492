"""The verdict's sentences: each number and each claim is read back, and held against the case."""

from __future__ import annotations

import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import missiongame as mg
from missiongame.assessment import English, work
from missiongame.assessment.case import Case
from raids import assessed, players

F = Fraction
NUMBER = r"[^\d\s]*([\d,]+(?:\.\d+)?(?:e[+-]?\d+)?)"
PART = r"(all|none|[<>]?[\d.]+%) of the work"
NEAR = F(1, 10**8)


def number(text):
    return F(text.replace(",", ""))


def part(text):
    """(low, high): between which a share is that reads so."""
    if text in ("all", "none"):
        return (F(1), F(1)) if text == "all" else (F(0), F(0))
    shown = F(text.strip("<>%")) / 100
    if text[0] == "<":
        return F(0), shown
    return (shown, F(1)) if text[0] == ">" else (shown - F(51, 10**5), shown + F(51, 10**5))


def reads(text, share):
    low, high = part(text)
    assert low <= share <= high


def close(text, value):
    shown = number(text)
    assert abs(shown - F(value)) <= max(F(51, 10**5) * abs(F(value)), F(51, 100) * (value >= 1000))


class Reader:
    """Reads one verdict; each method named by a sentence checks what it says."""

    def __init__(self, a):
        self.a = a
        self.share, self.budget = a.share, a.budget
        self.town, self.rival = a.scenario.community, a.scenario.rival
        self.case = a.cases[0] if a.known else None
        self.seen = set()

    def read(self):
        words, tell = self.a.words, English(self.a.words)
        named = {
            "S": words.steward,
            "R": words.rival,
            "M": words.members,
            "one": words.member,
            "O": tell.offer(self.a.scenario.offer),
            "W": work(self.share),
            "P": words.a_period,
            "B": tell.money(self.budget),
        }
        text, at = self.a.verdict + " ", 0
        while at < len(text):
            for pattern, check in SENTENCES:
                made = re.sub(r"<(\w+)>", lambda m: re.escape(named[m[1]]), pattern)
                made = made.replace("NUMBER", NUMBER).replace("PART", PART)
                found = re.compile(made + r"\. ", re.IGNORECASE).match(text, at)
                if found:
                    self.seen.add(check.__name__)
                    check(self, *found.groups())
                    at = found.end()
                    break
            else:
                raise AssertionError(f"a sentence that no test reads: {text[at:]}")
        return self.seen

    # What is asked of a case

    def at_mission(self, mission):
        return Case(
            self.a.scenario.changed(community=self.town.with_mission(mission)),
            self.share,
            self.budget,
            5.0,
        )

    def at_purpose(self, purpose):
        town = self.town.changed(purpose=purpose)
        return Case(self.a.scenario.changed(community=town), self.share, self.budget, 5.0)

    def pays(self):
        return bool(np.any(self.a.scenario.offer.pay(self.town) > 0))

    # Sentences

    def hinge(self, count, n):
        assert int(n.replace(",", "")) == self.town.n
        k = self.town.n if count == "all" else int(count[:-3].replace(",", ""))
        largest = sorted(map(F, self.town.contribution), reverse=True)
        assert sum(largest[:k]) >= self.share * self.town.total > sum(largest[: k - 1])

    def hinges_on_the_only_one(self):
        assert self.town.n == 1

    def unstable(self):
        assert not self.case.participation.equilibria

    def holds(self, nobody, most, nearly_all, mission):
        greatest = self.case.defection[1]
        assert greatest < self.share
        if nobody == "nobody":
            assert self.case.participation.greatest.headcount == 0
        if most:
            assert greatest <= part(most)[1] - F(51, 10**5) * (most[-1] == "%") + NEAR
        assert (greatest > F(999, 1000)) or not nearly_all
        if mission:
            self.enough(mission)

    def enough(self, mission):
        for at in (number(mission) * (1 + NEAR) or NEAR, 2 * number(mission) + 9):
            assert self.at_mission(at).status == "holds"

    def falls(self, least, exactly, low, high, endless):
        found = self.case.defection
        assert found[0] >= self.share
        if least:
            assert found[0] >= F(least.strip("<>%")) / 100 - NEAR
        if exactly:
            assert found[0] == found[1]
            reads(exactly, found[0])
        self.turns(low, high, endless)

    def turns(self, low, high, endless):
        if high:
            self.enough(high)
        if low:
            for at in (number(low) * (1 + NEAR) or NEAR, 2 * number(low) + 9):
                assert self.at_mission(at).defection[0] < self.share
        if endless:
            assert self.at_mission(10**9).defection[1] >= self.share

    def depends(self, nobody, least, greatest, high, endless):
        found = self.case.participation
        assert found.least.exact_defection < self.share <= found.greatest.exact_defection
        if nobody == "nobody":
            assert found.least.headcount == 0
        else:
            reads(least, found.least.exact_defection)
        reads(greatest, found.greatest.exact_defection)
        self.turns(None, high, endless)

    def depends_from_to(self, least, greatest):
        low, high = self.case.defection
        assert low < self.share <= high
        reads(least, low)
        reads(greatest, high)

    def wins_unpaid(self):
        assert self.case.leaves_unpaid

    def wins_by_any_pay(self):
        assert self.case.bought
        assert not self.case.leaves_unpaid
        assert self.case.price.exact_total == 0

    def wins(self, most, cost, count):
        price = self.case.price
        assert self.case.bought
        assert price.total_bounds[1] < self.budget
        if most:
            assert number(cost) >= price.total_bounds[1] * (1 - NEAR)
        elif cost:
            assert price.optimal
            close(cost, price.total_bounds[1])
            assert number(cost) <= self.budget * (1 + F(51, 10**5))
        if price.exact_pay is not None:
            paid = sum(w > 0 for w in price.exact_pay)
            assert paid == (1 if count.startswith("one") else int(count.replace(",", "")))

    def open(self, low, high):
        price = self.case.price
        assert self.case.bought is None
        assert number(low) <= price.lower_bound * (1 + NEAR)
        assert number(high) >= price.total_bounds[1] * (1 - NEAR)

    def any_pay_would(self):
        assert (self.budget, self.case.price.exact_total, self.case.bought) == (0, 0, False)

    def just_not_enough(self):
        assert self.case.price.exact_total == self.budget > 0
        more = Case(self.a.scenario, self.share, self.budget * (1 + NEAR), 5.0)
        assert (self.case.bought, more.bought) == (False, True)

    def does_not_win(self, least, cost):
        price = self.case.price
        assert self.case.bought is False
        if least:
            assert number(cost) <= price.lower_bound * (1 + NEAR)
        elif cost:
            close(cost, price.total_bounds[1])

    def contest(self, some, nobody, low, high, exactly):
        contests = self.case.contests.values()
        reached = [k for c in contests for k in c.defection]
        assert bool(some) == (not all(c.complete for c in contests))
        self.range(reached, nobody, low, high, exactly)

    def range(self, reached, nobody, low, high, exactly):
        if nobody:
            assert max(reached) == 0
        elif exactly:
            assert min(reached) == max(reached)
            reads(exactly, reached[0])
        else:
            assert min(reached) < max(reached)
            reads("none" if low == "nothing" else low, min(reached))
            reads(high, max(reached))

    def policy_of(self, text):
        tell = English(self.a.words)
        return next(
            p for p in self.a.scenario.steward.policies if tell.policy(p).lower() == text.lower()
        )

    def enough_with(self, policy, what):
        case = self.a.with_policies[policy]
        return case.status == "holds" if what == "offer" else case.bought is False

    def remedy(self, offer, budget, policy):
        chosen = self.policy_of(policy)
        asked = [name for name, said in (("offer", offer), ("budget", budget)) if said]
        assert all(self.enough_with(chosen, what) for what in asked)
        for other in self.a.scenario.steward.policies:
            if other.uplift and other.cost < chosen.cost:
                assert not all(self.enough_with(other, what) for what in asked)

    def no_remedy(self, proved, offer, budget):
        useful = [p for p in self.a.scenario.steward.policies if p.uplift]
        assert useful
        for what, said in (("offer", offer), ("budget", budget)):
            if said:
                assert not any(self.enough_with(p, what) for p in useful)
                if what == "budget" and not proved:
                    assert all(self.a.with_policies[p].bought for p in useful)

    # Purpose unknown

    def some_purposes(self):
        return [F(0), F(1, 10**9), F(1), F(10**9)]

    def never(self, _, reach):
        for purpose in self.some_purposes():
            assert self.at_purpose(purpose).status == "holds"
        if reach:
            reads(reach, self.a.aim)

    def never_if_anything(self, _, reach):
        for purpose in self.some_purposes()[1:]:
            assert self.at_purpose(purpose).status == "holds"
        if reach:
            reads(reach, self.a.aim)

    def always(self):
        assert all(self.at_purpose(p).status == "falls" for p in self.some_purposes())

    def expectations(self):
        for purpose in self.some_purposes():
            assert self.at_purpose(purpose).status == "depends: expectations"

    def not_proved(self):
        assert self.a.status == "undecided"

    def no_level(self):
        assert self.at_purpose(0).status != self.a.every_worth.far.status

    def if_worth(self, low, anything, whom, others, expecting, certain, uncertain):
        theta = F(self.town.mission)
        paid = np.asarray(self.a.scenario.offer.pay(self.town) > 0)
        pay_all = "whom it pays" not in whom
        level = F(0) if anything else number(low)

        def purposes(at):
            """What is said, and no more: those it pays, the others next to nothing."""
            enough = at * (1 + NEAR) / theta or NEAR
            rest = F(1, 10**30) if others else F(0)
            return [enough if pay_all or p else rest for p in paid]

        here = self.at_purpose(purposes(level)).defection
        assert here[0 if expecting else 1] < self.share
        if certain:
            assert self.at_purpose(purposes(number(certain))).status == "holds"
        if uncertain:
            assert self.at_purpose(F(10**9)).defection[1] >= self.share

    def budget_never(self):
        assert self.at_purpose(0).bought is False
        assert self.at_purpose(10**6).bought is False

    def budget_always(self):
        assert self.at_purpose(0).bought
        assert self.at_purpose(10**6).bought

    def budget_no_level(self):
        assert self.a.holds_budget is None
        assert math.isnan(self.a.threshold.budget)

    def budget_below(self, level, whom, beyond, times):
        theta = F(self.town.mission)
        at = number(level) * (1 - NEAR) / theta
        purposes = at
        if "those" in whom or "that one" in whom:  # and whatever it is worth to the others
            purposes = [F(10**12)] * self.town.n
            for i in self.a.hinge.tolist():
                purposes[i] = at
        assert self.at_purpose(purposes).bought
        if beyond:
            assert self.at_purpose(number(beyond) * (1 + NEAR) / theta).bought is False
        if times:
            k = {"once": 1, "twice": 2}.get(times) or int(times.split()[0].replace(",", ""))
            assert self.at_purpose(F(7)).price.exact_total == 7 * theta * k

    def contest_unknown(self, level, some, nobody, low, high, exactly):
        lost = [
            c for c in self.a.cases if any(k >= self.share for k in c.contests["least"].defection)
        ]
        close(level, lost[-1].worth)
        assert lost[-1].status == "holds"
        assert bool(some) == (not lost[-1].contests["least"].complete)
        self.range(list(lost[-1].contests["least"].defection), nobody, low, high, exactly)

    def lowers(self, policy, one, other):
        chosen = self.policy_of(policy)
        theta = F(self.town.mission)
        lowered = [
            F(level) * theta / (theta + F(chosen.uplift))
            for level in (self.a.threshold.offer, self.a.threshold.budget)
            if 0 < level < math.inf
        ]
        close(one, lowered[0])
        if other:
            close(other, lowered[1])


MISSION = r"(?:; a mission above NUMBER might hold it, )?"
SURE = r"(?:; )?(?:a mission above NUMBER would hold it for certain \(it is [^)]+\))?"
ENDLESS = r"(?:; (no mission, however strong, makes it hold for certain))?"
AGAINST = r"(?:against <O>|where <R> pays nothing)"
FALLS = r"<S> falls (?:to <O>|although <R> pays nothing)"
SPENT = r"(?:a budget of <B> <P>|the same <B> <P>, spent best,|without any pay <R>)"
AS = r"(?:,(?: the most)?(?: for instance)? as .+?)?"
RANGE = (
    r"(in the equilibria that were found )?(?:(nobody|none of the work) leaves|"
    rf"from (nothing|[<>]?[\d.]+%) to PART leaves|PART leaves){AS}"
)
WHAT = r"(the offer as made)?(?: and | or )?(that sum spent best)?"
WHY = r"(?:a tie|the rival's mission|pay dilutes|at mission|purpose).+?"
R_ = Reader
SENTENCES = [
    (r"<W> hinges on the only <one>(?:: .+?)?", R_.hinges_on_the_only_one),
    (r"<W> hinges on (all|[\d,]+ of) ([\d,]+) <M>(?:: .+?|, first of all .+?)?", R_.hinge),
    (rf"{AGAINST}, no choice of the <M> is stable", R_.unstable),
    (
        rf"<S> holds {AGAINST}, whatever <M> expect of each other: (?:(nobody|none of the work)"
        r"|at most PART|(not quite all) of the work) leaves"
        r"(?:; any mission above NUMBER is enough \(it is [^)]+\))?",
        R_.holds,
    ),
    (
        rf"{FALLS}, whatever <M> expect of each other: (?:some of the work|at least PART|PART) "
        rf"leaves{MISSION}{SURE}{ENDLESS}",
        R_.falls,
    ),
    (
        rf"whether <S> holds {AGAINST} depends on what <M> expect: (?:(nobody)|PART) leaves if "
        rf"they expect each other to stay, PART if to leave{SURE}{ENDLESS}",
        R_.depends,
    ),
    (
        rf"whether <S> holds {AGAINST} depends on what <M> expect: from PART to PART leaves",
        R_.depends_from_to,
    ),
    (r"<R> wins <W> for certain without any pay", R_.wins_unpaid),
    (rf"{SPENT} wins <W> for certain: any pay at all is enough", R_.wins_by_any_pay),
    (
        rf"{SPENT} wins <W> for certain: that costs (?:(at most )?NUMBER|a little less), paid to "
        r"(one of the <M>|[\d,]+)(?: (?:<M>|<one>))?",
        R_.wins,
    ),
    (
        rf"whether {SPENT} wins <W> for certain is not proved: "
        "that costs between NUMBER and NUMBER",
        R_.open,
    ),
    (
        rf"{SPENT} does not win <W> for certain, but any pay at all would be enough",
        R_.any_pay_would,
    ),
    (rf"{SPENT} is just not enough to win <W>: any more would be", R_.just_not_enough),
    (
        rf"{SPENT} (?:does not|cannot) win <W> for certain: that costs "
        r"(?:(at least )?NUMBER|a little more)",
        R_.does_not_win,
    ),
    (rf"where <S> and <R> answer each other, {RANGE}", R_.contest),
    (rf"the cheapest remedy against {WHAT}: (.+?)", R_.remedy),
    (
        rf"none of the policies of <S> is (proved to be )?enough for certain against {WHAT}",
        R_.no_remedy,
    ),
    (
        r"(<O>|without any pay <R>) cannot win <W>, whatever staying is worth to <M>"
        r"(?:: those it pays make PART)?",
        R_.never,
    ),
    (
        r"(<O>|without any pay <R>) cannot win <W> if staying is worth anything to <M>"
        r"(?:: those it pays make PART)?",
        R_.never_if_anything,
    ),
    (rf"{FALLS}, however much staying is worth to <M>", R_.always),
    (
        rf"whether <S> holds {AGAINST} depends on what <M> expect of each other, whatever staying "
        "is worth to them",
        R_.expectations,
    ),
    (
        rf"whether <S> holds {AGAINST} is not proved for every worth of staying: {WHY}",
        R_.not_proved,
    ),
    (
        rf"whether <S> holds {AGAINST} depends on what staying is worth to <M>, and no level is "
        rf"known from which on it holds: {WHY}",
        R_.no_level,
    ),
    (
        rf"<S> holds {AGAINST} if staying is worth (?:more than NUMBER <P>|(anything at all)) to "
        r"(each of the [\w ]+?|each of the <M>|the one whom it pays)"
        r"(, and anything at all to the others)?( and they expect each other to stay)?"
        r"(?:, and for certain if it is worth more than NUMBER)?(; nothing makes it certain)?",
        R_.if_worth,
    ),
    (rf"{SPENT} does not win <W> for certain, even if staying is worth nothing", R_.budget_never),
    (rf"{SPENT} wins <W> for certain, however much staying is worth", R_.budget_always),
    (
        rf"no worth of staying is known from which on {SPENT} does not win <W> for certain: {WHY}",
        R_.budget_no_level,
    ),
    (
        rf"{SPENT} wins <W> for certain as long as staying is worth less than NUMBER <P> "
        r"(to that one|to each of those [\d,]+|to each)(?:, and not above NUMBER)?"
        r"(?:: it costs (.+?) what staying is worth to one)?",
        R_.budget_below,
    ),
    (
        r"where <S> and <R> answer each other, <R> may win even where staying is worth "
        rf"NUMBER: {RANGE}",
        R_.contest_unknown,
    ),
    (r"((?:(?!\. ).)+?) lowers (?:these|that) to NUMBER(?: and NUMBER)?", R_.lowers),
]
LOOSE = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize("name", mg.scenarios.names())
def test_what_the_verdict_of_a_scenario_says_is_so(name):
    assert len(Reader(mg.assess(mg.scenarios.load(name), seconds=1)).read()) > 2


@given(players(known=True, most=4))
@settings(max_examples=60, deadline=None, suppress_health_check=LOOSE)
def test_what_is_said_of_a_known_purpose_is_so(case):
    Reader(assessed(case)).read()


@given(players(known=False, most=4))
@settings(max_examples=60, deadline=None, suppress_health_check=LOOSE)
def test_what_is_said_of_an_unknown_purpose_is_so(case):
    Reader(assessed(case)).read()


@pytest.mark.long
@given(players(known=True, most=6))
@settings(max_examples=1000, deadline=None, suppress_health_check=LOOSE)
def test_what_is_said_of_a_thousand_known_purposes_is_so(case):
    Reader(assessed(case)).read()


@pytest.mark.long
@given(players(known=False, most=6))
@settings(max_examples=1000, deadline=None, suppress_health_check=LOOSE)
def test_what_is_said_of_a_thousand_unknown_purposes_is_so(case):
    Reader(assessed(case)).read()
