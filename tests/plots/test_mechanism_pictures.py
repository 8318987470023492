"""The mechanisms' pictures show the numbers they claim to, on labelled axes."""

from __future__ import annotations

import numpy as np
import pytest

from missiongame import Community, Policy, Rival, offers, participate, plots
from missiongame.mechanisms import crowding, experiments
from missiongame.mechanisms.best_response import best_response_path
from missiongame.mechanisms.dynamics import logit_path
from missiongame.mechanisms.holdup import hold_up
from missiongame.mechanisms.hysteresis import loop
from missiongame.mechanisms.provision import Service
from missiongame.mechanisms.reciprocity import critical_patience
from missiongame.mechanisms.regime import thresholds
from missiongame.mechanisms.welfare import purpose_bounds, surplus
from missiongame.plots import paths, patience, pay_enough, provision, regime, welfare

TOWN = Community([3, 2, 1], purpose=[3, 2, 1], social=[2, 3, 4], names=["Ann", "Bo", "Cy"])
OFFER = offers.flat(5)


def drawn():
    away = participate(TOWN, Rival(), OFFER).least.defectors
    times = np.linspace(0, 5, 30)
    routes = {
        "best responses": best_response_path(TOWN, Rival(), OFFER),
        "logit": logit_path(TOWN, Rival(), OFFER, times, noise=1),
    }
    services = [Service(Policy(0.5, 20)), Service(Policy(0.5, 10, "agency"), owned=0.25)]
    return {
        "effort": pay_enough.effort(),
        "measured": pay_enough.measured(),
        "patience": patience.patience(TOWN, np.linspace(0, 2, 9), 0.5, 0.5, 2, 1),
        "make or buy": provision.make_or_buy(services),
        "hold-up": provision.hold_up(hold_up(TOWN, 0.5, 0.5)),
        "surplus": welfare.surplus(surplus(TOWN, Rival(), OFFER, away), TOWN),
        "revealed": welfare.revealed(purpose_bounds(TOWN, Rival(), OFFER, away), TOWN),
        "regime": regime.regime(2, 1, 0.5, 9, 4),
        "paths": paths.paths(routes),
        "loop": paths.loop(loop(TOWN, Rival(), offers.flat(1))),
    }


@pytest.fixture(scope="module")
def figures():
    return drawn()


def points(figure, panel=0):
    """Return every (x, y) that the panel's lines go through."""
    lines = figure.axes[panel].lines
    return [(float(x), float(y)) for line in lines for x, y in zip(*line.get_data(), strict=True)]


def shows(figure, x, y, panel=0):
    return any(np.isclose(x, a) and np.isclose(y, b) for a, b in points(figure, panel))


def test_every_panel_names_both_axes(figures, tmp_path):
    for name, figure in figures.items():
        for panel in figure.axes:
            assert panel.get_xlabel(), name
            assert panel.get_ylabel(), name
        plots.save(figure, tmp_path / "picture.png")
        assert (tmp_path / "picture.png").stat().st_size > 5_000


def test_no_two_texts_of_a_panel_overlap(figures):
    for name, figure in figures.items():
        figure.canvas.draw()
        for panel in figure.axes:
            texts = [t for t in panel.texts if t.get_text()]
            boxes = [t.get_window_extent() for t in texts]
            for k, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[k + 1 :]), name


def test_the_worst_bonus_and_the_break_even_are_marked(figures):
    for kappa in (0.5, 1, 3):
        worst, enough = crowding.worst_bonus(4, kappa), crowding.pay_enough(4, kappa)
        assert shows(figures["effort"], worst, crowding.least_effort(4, kappa))
        assert shows(figures["effort"], enough, 4)


def test_the_experiments_stand_beside_their_fit(figures):
    for panel, experiment in enumerate((experiments.donations, experiments.iq_test)):
        for pay, items in zip(experiment.pay, experiment.items, strict=True):
            assert shows(figures["measured"], pay, items, panel)
        fit = crowding.fit(experiment.pay, experiment.items)
        assert shows(figures["measured"], 0, fit.drive, panel)
    said = [t.get_text() for t in figures["measured"].axes[1].texts]
    assert any("R² = 0.49" in text for text in said)
    legend = figures["measured"].axes[2].get_legend()
    assert any("R² = 0.17" in text.get_text() for text in legend.get_texts())


def test_today_s_patience_and_the_thresholds_are_where_they_are_computed(figures):
    now = critical_patience(TOWN, 0.5, 0.5, 2, 1)
    assert shows(figures["patience"], 1, now.community)
    for root in thresholds(2, 1, 0.5, 9, 4).roots:
        assert shows(figures["regime"], root.value, root.value)


def test_the_loop_tips_and_recovers_where_it_says(figures):
    around = loop(TOWN, Rival(), offers.flat(1))
    for amount in (around.tipping(), around.recovery()):
        assert shows(figures["loop"], float(amount), 0.5)


def test_a_path_s_time_to_collapse_is_marked(figures):
    path = best_response_path(TOWN, Rival(), OFFER)
    assert shows(figures["paths"], path.time_to_collapse(), 0.5)


def test_surplus_and_levies_are_drawn_member_by_member(figures):
    away = participate(TOWN, Rival(), OFFER).least.defectors
    change = surplus(TOWN, Rival(), OFFER, away)
    drawn_after = {y for _, y in points(figures["surplus"])}
    assert set(change.after) <= drawn_after
    bars = sorted(bar.get_height() for bar in figures["hold-up"].axes[0].patches)
    held = hold_up(TOWN, 0.5, 0.5)
    np.testing.assert_allclose(bars, sorted([*held.single, *held.joint]))


def test_a_community_that_nothing_breaks_is_said_so():
    unpaid = loop(TOWN, Rival(), offers.top(0, 1))
    assert "No amount" in paths.loop(unpaid).axes[0].get_title(loc="left")
    clone = Community([1, 1], purpose=0, ties=[[0, 2], [2, 0]])
    kept = loop(clone, Rival(portability=1), offers.flat(1))
    assert "does not come back" in paths.loop(kept).axes[0].get_title(loc="left")
