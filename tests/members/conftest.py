"""What the tests of the members' game share: its definitions, and a switch to the large scale."""

import pytest

import oracles


@pytest.fixture(scope="session")
def by_definition():
    """Payoffs, equilibria and potentials straight from their definitions."""
    return oracles


@pytest.fixture
def many_buckets(monkeypatch):
    """Make the algorithms for millions treat a handful of members the same way."""
    from missiongame.exact import sums
    from missiongame.members import (
        cascade,
        keys_in_buckets,
        largest_self_supporting_set,
        potential_in_floats,
    )

    for module in (keys_in_buckets, potential_in_floats, largest_self_supporting_set):
        monkeypatch.setattr(module, "BUCKETS", 3)
        if hasattr(module, "SMALL"):
            monkeypatch.setattr(module, "SMALL", 1)
    monkeypatch.setattr(cascade, "_FEW", 2)
    monkeypatch.setattr(cascade, "_PASSES", 0)
    monkeypatch.setattr(sums.chunks, "__defaults__", (2,))
