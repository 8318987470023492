"""The picture of an assessment shows the library's numbers, whatever the case is called."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from matplotlib.text import Text

import missiongame as mg
from missiongame import offers, plots
from missiongame.plots.money_steps import MoneySteps, not_excluded, thinned, won, won_by_offer
from missiongame.scenarios import Words

LIMIT = 300_000
TOWN = mg.Community(
    [60, 30, 25, 10, 5],
    purpose=[20, 40, 10, 30, 5],
    enjoyment=5,
    names=["Ann", "Bo", "Cy", "D", "E"],
)


def assessed(case, offer=None, **options):
    offer = offer or offers.top(2, pay=30)
    return mg.assess(case, mg.Rival(value=3), offer, seconds=0.5, **options)


def panel(figure):
    (axis,) = [a for a in figure.axes if a.get_ylabel() == "share of the work won"]
    return axis


def lines(figure):
    """Return the data of what is drawn in the panel of money, by label."""
    return {line.get_label(): line.get_xydata() for line in panel(figure).lines}


def line(figure, start):
    (found,) = [data for label, data in lines(figure).items() if label.startswith(start)]
    return found


def _labels(axis):
    """Return the labels of all ticks, those beyond the axis too, which are not drawn."""
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    return [label for tick in ticks for label in (tick.label1, tick.label2)]


def maps(figure):
    return [a for a in figure.axes if a.get_title(loc="left").startswith(("if ", "whatever "))]


def texts(figure):
    return [text.get_text() for text in figure.findobj(Text)]


@pytest.fixture(scope="module", params=sorted(mg.scenarios.names()))
def case(request):
    found = mg.assess(mg.scenarios.load(request.param), seconds=0.3)
    return found, found.plot()


def test_every_price_of_the_curve_is_on_the_line(case):
    """For just above what a share costs it is won, and for less than is proved it is not."""
    found, _ = case
    steps, most = won(found), not_excluded(found)
    for price in found.curve.prices:
        total, share = price.total, float(price.share)
        assert steps.at(total + 1e-9 * (1 + total)) >= share - 1e-9
        if price.optimal and price.total:
            assert steps.at(total - 1e-6 * (1 + total)) < share
        if most is not None and price.lower_bound:
            assert most.at(float(price.lower_bound) * (1 - 1e-9)) <= share + 1e-9


def test_the_line_drawn_goes_through_the_steps(case):
    found, figure = case
    steps, drawn = won(found), line(figure, "what the sum wins")
    for money, share in drawn[1:-1]:
        at = np.flatnonzero(np.isclose(steps.share, share, rtol=0, atol=1e-12))
        assert any(np.isclose(steps.money[k], money) for k in at)
    assert drawn[-1][1] == steps.share[-1]


def test_the_marks_are_where_the_answers_say(case):
    found, figure = case
    left, right = panel(figure).get_xlim()
    if found.in_multiples:
        for start, level in (
            ("the offer wins", found.threshold.offer),
            ("the same $", found.threshold.budget),
        ):
            ((times, share),) = line(figure, start)
            assert times == pytest.approx(float(found.budget / Fraction(level)))
            assert share == float(found.share)
        return
    start = "the offer as made" if found.cost else "without any pay"
    drawn = line(figure, start)
    assert drawn[:, 1].tolist() == [float(k) for k in found.cases[0].defection]
    assert drawn[:, 0] == pytest.approx(np.clip(float(found.cost), left, right))
    if found.budget:
        ((money, share),) = line(figure, "the same $")
        assert money == pytest.approx(float(found.budget))
        assert share == float(found.best_raid.share_at_least)


def test_every_scenario_is_small_named_and_shows_no_two_texts_over_each_other(case, tmp_path):
    found, figure = case
    for end in (".png", ".svg"):
        plots.save(figure, tmp_path / f"x{end}")
        assert (tmp_path / f"x{end}").stat().st_size < LIMIT
    members = found.words.members
    assert f"hangs on {found.hinges_on:,} of" in figure.get_suptitle()
    assert members in figure.get_suptitle()
    assert found.scenario.title in " ".join(texts(figure)).replace("\n", " ")
    figure.draw_without_rendering()
    ticks = {
        id(tick)
        for a in [*figure.axes, *panel(figure).child_axes]
        for way in (a.xaxis, a.yaxis)
        for tick in _labels(way)
    }
    shown = [t for t in figure.findobj(Text) if t.get_text() and id(t) not in ticks]
    boxes = [(t, t.get_window_extent()) for t in shown]
    for k, (text, box) in enumerate(boxes):
        over = [other.get_text() for other, place in boxes[k + 1 :] if box.overlaps(place)]
        assert not over, (text, over)
        assert figure.bbox.x0 - 2 <= box.x0
        assert box.x1 <= figure.bbox.x1 + 2


def test_maps_appear_where_company_is_known_and_only_there(case):
    found, figure = case
    assert len(maps(figure)) in ((1, 2) if np.any(found.scenario.community.social > 0) else (0,))


def test_the_black_line_of_a_map_is_the_critical_mission():
    found = mg.assess(mg.scenarios.load("church"), seconds=0.3)
    stay, leave = maps(found.plot())
    case = found.scenario
    for axis, selection in ((stay, "least"), (leave, "greatest")):
        drawn = axis.lines[0].get_xydata()
        assert len(drawn) >= 2
        for pay, mission in drawn:
            exact = mg.critical_mission(
                case.community, case.rival, offers.flat(pay), share=found.share, selection=selection
            )
            assert mission == pytest.approx(float(exact))
        star = axis.lines[1].get_xydata()[0]
        assert star.tolist() == [case.offer.amount, case.community.mission]


def test_colours_say_how_much_leaves():
    """A map's fills, from the least share to all: each reaches where so much stops leaving."""
    town = mg.Community([6, 3, 1], purpose=[5, 5, 10], social=2)
    found = assessed(town, offers.flat(10))
    (axis, *_) = maps(found.plot())
    tops = [fill.get_paths()[0].vertices[:, 1].max() for fill in axis.collections]
    wanted = [
        float(mg.critical_mission(town, mg.Rival(), offers.flat(20), share=share))
        for share in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    ]
    assert set(np.round(tops, 9)) <= set(np.round(wanted, 9))
    assert max(tops) == pytest.approx(max(wanted))


def test_in_multiples_the_largest_are_bought_first_and_the_offer_wins_who_is_paid_more():
    town = mg.Community([5, 3, 2])
    found = assessed(town, offers.personal([8, 4, 0]), share=0.3)
    assert won(found).money.tolist() == [0, 1, 2, 3]
    assert won(found).share == pytest.approx([0, 0.5, 0.8, 1])
    wins = won_by_offer(found)
    for worth in (2, 5, 9):
        members = mg.participate(
            town.changed(purpose=worth), mg.Rival(), offers.personal([8, 4, 0])
        )
        assert wins.at(float(found.budget) / worth) == members.least.defection


def test_the_step_as_drawn_stands_at_the_sum_and_not_before():
    data = MoneySteps(np.array([0.0, 3.0, 6.0]), np.array([0.0, 0.5, 1.0]))
    assert [data.at(x) for x in (0, 2.9, 3, 5.9, 6, 99)] == [0, 0, 0.5, 0.5, 1, 1]
    figure = assessed(TOWN).plot()
    (axis, *_) = figure.axes
    assert axis.lines[0].get_drawstyle() == "steps-post"


def test_many_steps_are_thinned_to_what_can_be_seen():
    rng = np.random.default_rng(1)
    many = MoneySteps(
        np.arange(100_001.0), np.append(0, np.cumsum(rng.dirichlet(np.ones(100_000))))
    )
    for log in (False, True):
        few = thinned(many, 500, log)
        assert len(few.money) <= 1003
        assert set(few.money) <= set(many.money)
        assert few.money[-1] == many.money[-1]
        assert np.diff(few.share).max() <= 2 / 500 + np.diff(many.share).max()


def test_a_community_of_many_members_makes_a_small_picture(tmp_path):
    found = assessed(mg.Community(1 / np.arange(1, 50_001)), offers.top(20, pay=1000))
    for end in (".png", ".svg"):
        found.plot(tmp_path / f"x{end}")
        assert (tmp_path / f"x{end}").stat().st_size < LIMIT


@pytest.mark.parametrize(
    "name", [r"$\frac{1", "$x_1$ & <b>", "x\x1b[2J", "長い名前" * 20, "^_{" * 30]
)
@pytest.mark.parametrize("end", [".png", ".svg", ".pdf"])
def test_names_are_text(name, end, tmp_path):
    words = Words(
        members=name, contributions=name, period=name, money="$", steward=name, rival=name
    )
    case = mg.assess(mg.scenarios.load("church"), seconds=0.2).scenario
    found = assessed(case.changed(words=words, title=name), offers.flat(50))
    found.plot(tmp_path / f"x{end}")
    assert (tmp_path / f"x{end}").stat().st_size > 1000


@pytest.mark.parametrize(
    "town",
    [
        mg.Community([1]),
        mg.Community([1], purpose=3),
        mg.Community([1], purpose=3, social=2),
        mg.Community([2, 0], purpose=[0, 0]),
        mg.Community([3, 1], purpose=-5),
        mg.Community([3, 1], purpose=0, enjoyment=-5, social=1),
        mg.Community([3, 1], enjoyment=-5),
        mg.Community([3, 1], enjoyment=4, social=2),
        mg.Community([3, 1], purpose=1e-300),
        mg.Community([3, 1], purpose=1e12, social=1e-12),
        mg.Community([3, 1, 1], purpose=2, ties=[[0, 1, 0], [3, 0, 0], [0, 1, 0]]),
        mg.Community([3, 1, 1], purpose=2, ties=[[0, -1, 0], [3, 0, 0], [0, 1, 0]]),
    ],
)
@pytest.mark.parametrize("offer", [offers.flat(0), offers.top(1, pay=4), offers.piece_rate(2)])
def test_extreme_communities_have_a_picture(town, offer, tmp_path):
    """Of one member; nobody need be paid; nothing holds them; an axis of many decades."""
    found = assessed(town, offer)
    found.plot(tmp_path / "x.png")
    assert (tmp_path / "x.png").stat().st_size > 5000
