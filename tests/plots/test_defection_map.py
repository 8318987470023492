import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

import missiongame as mg
from missiongame import offers
from missiongame.errors import InvalidValue
from missiongame.plots.defection_grid import _Grid, defection_map
from missiongame.plots.raid import cells, draw_defection, panels_of

few = st.integers(2, 5)
small = st.integers(0, 6)


@st.composite
def raids(draw, least_purpose=0):
    n = draw(few)

    def column(low=0):
        return draw(st.lists(st.integers(low, 6), min_size=n, max_size=n))

    contribution = draw(st.lists(st.integers(1, 6), min_size=n, max_size=n))
    town = mg.Community(
        contribution,
        purpose=column(least_purpose) if draw(st.booleans()) or least_purpose else None,
        enjoyment=column(-4),
        social=column(),
    )
    rival = mg.Rival(
        mission=draw(small),
        portability=draw(st.sampled_from([0, 0.5, 1])),
        crowding=draw(st.sampled_from([0, 0.125, 1])),
    )
    offer = draw(
        st.sampled_from([offers.flat(1), offers.top(2, 1), offers.piece_rate(1)])
        | st.builds(offers.personal, st.lists(small, min_size=n, max_size=n))
    )
    return town, rival, offer


@settings(deadline=None, max_examples=50)
@given(raids())
def test_the_map_holds_what_the_members_game_says_in_every_cell(raid):
    """Blocks that are filled without being computed included."""
    town, rival, offer = raid
    pay, level = [0.5, 2, 3.5, 20], [0, 0.3, 1, 7]
    found = defection_map(town, rival, offer, pay, level)
    for row, height in enumerate(level):
        name = "mission" if town.purpose is not None else "purpose"
        for column, amount in enumerate(pay):
            made = offers.personal(offer.amount * amount) if offer.kind == "personal" else None
            made = made or type(offer)(offer.kind, float(amount), offer.places)
            members = mg.participate(town.changed(**{name: height}), rival, made)
            assert found.least[row, column] == members.least.defection
            assert found.greatest[row, column] == members.greatest.defection


@settings(deadline=None)
@given(raids(least_purpose=-3))
def test_with_negative_purpose_nothing_is_filled_in(raid):
    town, rival, offer = raid
    grid = _Grid(town, rival, offer, [1.0, 2.0], [0.0, 1.0])
    assert grid.monotone is False or town.purpose.min() >= 0


def test_a_rival_of_stronger_mission_turns_purpose_around():
    """The smallest case in which filling blocks in would have been wrong: two alike, θ_R = 2."""
    town = mg.Community([1, 1])
    assert _Grid(town, mg.Rival(mission=2), offers.flat(1), [1], [1]).monotone is False
    found = defection_map(town, mg.Rival(mission=2), offers.flat(1), [1, 2], [0, 1, 2])
    assert found.least.tolist() == [[1, 1], [1, 1], [1, 1]]


def test_pay_that_may_repel_is_computed_cell_by_cell():
    town = mg.Community([1, 1], purpose=1)
    assert _Grid(town, mg.Rival(mission=3, crowding=1), offers.flat(1), [1], [1]).monotone is False
    assert _Grid(town, mg.Rival(mission=1, crowding=1), offers.flat(1), [1], [1]).monotone is True


def test_the_line_is_where_the_raid_stops_to_succeed():
    """One member, who stays iff 10 times the mission is at least the pay."""
    town = mg.Community([1], purpose=10)
    pay, level = cells(20, 10), cells(3, 10)
    found = defection_map(town, mg.Rival(), offers.flat(1), pay, level)
    inside = np.isfinite(found.least_line)
    assert inside.sum() >= 8
    assert found.least_line[inside] == pytest.approx(pay[inside] / 10, abs=0.3 / 32)


def test_the_line_is_missing_where_nothing_changes():
    town = mg.Community([1], purpose=10)
    found = defection_map(town, mg.Rival(), offers.flat(1), [1, 2], [5, 6])
    assert np.isnan(found.least_line).all()


def test_few_cells_of_a_large_map_are_computed(monkeypatch):
    computed = []
    original = _Grid.value

    def counted(self, height, offer):
        computed.append(height)
        return original(self, height, offer)

    monkeypatch.setattr(_Grid, "value", counted)
    town = mg.Community([3, 2, 1], purpose=10)
    defection_map(town, mg.Rival(), offers.flat(1), cells(20, 64), cells(3, 64))
    assert len(computed) < 64 * 64 / 2


@pytest.mark.parametrize(
    ("pay", "level"), [([2, 1], [1]), ([], [1]), ([1], [-1, 1]), ([1, 1], [1])]
)
def test_axes_that_do_not_ascend_are_refused(pay, level):
    with pytest.raises(InvalidValue, match="ascending numbers of at least 0"):
        defection_map(mg.Community([1], purpose=1), mg.Rival(), offers.flat(1), pay, level)


def test_a_picture_has_one_panel_where_expectations_do_not_matter_and_two_where_they_do():
    alone = mg.Community([1, 1], purpose=10)
    together = mg.Community([1, 1], purpose=10, social=15)
    for town, panels in ((alone, 1), (together, 2)):
        found = defection_map(town, mg.Rival(), offers.flat(1), cells(30, 9), cells(2, 9))
        figure = draw_defection(panels_of(found), 0.5, "title", "pay", "mission", here=(10, 1))
        assert len([axis for axis in figure.axes if axis.get_ylabel() != _BAR]) == panels


_BAR = "share of the work that leaves"
