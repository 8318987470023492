"""Where an engine looks for witnesses, each number of the model is kept in its legal range.

Otherwise it depends on the engine's version whether the numbers can be replayed: z3 4.13 found a
rival with a mission of −½.
"""

import pytest

from missiongame import symbols as m
from missiongame import theorems
from missiongame.catalogue.symbolic_game import LEGAL

RANGES = {
    m.theta: [LEGAL["mission"], m.theta > 0],
    m.theta_R: [LEGAL["rival's mission"], m.theta_R > 0],
    m.rho: [LEGAL["portability"]],
    m.kappa: [LEGAL["crowding"], m.kappa > 0],
}


@pytest.mark.parametrize("name", list(theorems))
def test_every_search_for_a_witness_states_the_legal_ranges(name):
    theorem = theorems[name]
    for small in (theorem.small, *theorem.special.values()):
        given = [*small.setting.values(), *small.assumptions.values()]
        used = set().union(*(condition.free_symbols for condition in (small.claim, *given)))
        for symbol in used & set(RANGES):
            assert any(legal in given for legal in RANGES[symbol]), symbol
