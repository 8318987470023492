"""How much leaves at every mission is what the members' game and the critical mission say."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

import missiongame as mg
from missiongame import offers
from missiongame.errors import StructureMissing
from missiongame.thresholds import every_mission

small = st.integers(0, 6)


@st.composite
def raids(draw):
    n = draw(st.integers(1, 5))

    def column(low=0):
        return draw(st.lists(st.integers(low, 6), min_size=n, max_size=n))

    company = {"social": column()}
    if draw(st.booleans()):
        company = {"ties": [[0 if i == j else draw(small) for j in range(n)] for i in range(n)]}
    contribution = draw(st.lists(st.integers(1, 6), min_size=n, max_size=n))
    town = mg.Community(contribution, purpose=column(), enjoyment=column(-4), **company)
    rival = mg.Rival(
        mission=draw(st.integers(0, 3)),
        portability=draw(st.sampled_from([0, 0.1, 0.5, 1])),
        crowding=draw(st.sampled_from([0, 0.125, 1])),
    )
    made = st.sampled_from([offers.flat(2), offers.top(2, 7), offers.piece_rate(1.1)])
    return town, rival, draw(made | st.builds(offers.flat, st.integers(0, 20)))


@settings(deadline=None, max_examples=60)
@given(raids(), st.sampled_from(["least", "greatest"]))
def test_the_steps_turn_at_the_critical_missions(raid, selection):
    town, rival, offer = raid
    steps = every_mission(town, rival, offer, selection)
    for share in (0.01, 0.2, 1 / 3, 0.5, 0.8, 1):
        exact = float(mg.critical_mission(town, rival, offer, share=share, selection=selection))
        assert steps.critical(share - 1e-9) == pytest.approx(exact, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(raids(), st.sampled_from(["least", "greatest"]))
def test_between_two_turns_as_many_leave_as_the_members_game_says(raid, selection):
    town, rival, offer = raid
    steps = every_mission(town, rival, offer, selection)
    ends = [*steps.mission[1:], steps.mission[-1] + 2]
    for low, high, share in zip(steps.mission, ends, steps.share, strict=True):
        if high - low < 1e-6:
            continue
        members = mg.participate(town.with_mission((low + high) / 2), rival, offer)
        assert getattr(members, selection).defection == pytest.approx(share)


def test_who_has_no_purpose_is_on_the_side_that_exact_numbers_say():
    """0.1 + 0.2 is not 0.3: in floats the one without purpose would seem tempted."""
    town = mg.Community([1, 1], purpose=[0, 1], enjoyment=[0.1, 0], ties=[[0, 0.2], [0, 0]])
    for pay in (0.3, 0.30000000000000004):
        steps = every_mission(town, mg.Rival(), offers.personal([pay, 0]))
        members = mg.participate(town.with_mission(9), mg.Rival(), offers.personal([pay, 0]))
        assert steps.share[-1] == members.least.defection


def test_members_who_turn_together_make_no_more_than_a_block():
    town = mg.Community(1 / np.arange(1, 401), purpose=np.linspace(1, 9, 400), social=3.0)
    for selection in ("least", "greatest"):
        fine = every_mission(town, mg.Rival(), offers.flat(20), selection)
        coarse = every_mission(town, mg.Rival(), offers.flat(20), selection, block=0.02)
        assert len(coarse.mission) < len(fine.mission) / 2
        assert all(np.abs(fine.share - share).min() < 1e-9 for share in coarse.share)


def test_what_a_stronger_mission_may_repel_is_refused():
    for town in (
        mg.Community([1, 1], purpose=[1, -1]),
        mg.Community([1, 1], purpose=1, ties=[[0, -1], [0, 0]]),
    ):
        with pytest.raises(StructureMissing, match="negative"):
            every_mission(town, mg.Rival(), offers.flat(1))
