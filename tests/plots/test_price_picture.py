"""The price's picture shows the numbers of its reading and its curve."""

import pytest

import missiongame as mg
from missiongame.plots.price import draw_price


@pytest.fixture
def panels():
    def draw(town, rival=None, **options):
        rival = rival or mg.Rival()
        curve = mg.price_curve(town, rival, [0.25, 0.5, 1])
        reading = mg.price_of_collapse(town, rival).reading
        return curve, reading, *draw_price(curve, reading, "A town", **options).axes

    return draw


def test_each_bar_is_as_high_as_what_a_unit_costs(panels):
    town = mg.Community([4, 3, 2, 1], purpose=[8, 3, 3, 1], enjoyment=1, social=6)
    curve, reading, left, right = panels(town, money="$", budget=10)
    paid = [bar.get_height() for bar in right.patches][1::2]
    assert paid == pytest.approx(list(reading.per_unit.values()))
    x, y = left.lines[0].get_data()
    assert list(x) == [0, *curve.share]
    assert list(y) == [0, *curve.total]
    assert any("the budget, $10" in text.get_text() for text in left.texts)


def test_what_is_worth_nothing_has_no_bar(panels):
    _, _, _, right = panels(mg.Community([2, 1, 1], purpose=5))
    assert [tick.get_text().split("\n")[0] for tick in right.get_xticklabels()] == ["purpose"]
    *_, right = panels(mg.Community([2, 1, 1], purpose=-5))
    assert not right.patches


def test_ties_that_move_along_may_cost_less_than_nothing(panels):
    town = mg.Community([5, 3, 2], purpose=20, social=6)
    _, reading, _, right = panels(town, mg.Rival(portability=1))
    assert reading.per_unit["ties"] < 0
    assert right.get_ylim()[0] < 0
    assert any(text.get_text().startswith("−") for text in right.texts)
