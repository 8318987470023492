"""What the library answers, and what it is asked, cannot be changed afterwards."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import pytest

import missiongame

# The state of a computation that is under way.
CHANGING = {"Bracket", "Search", "Translation", "_Fact", "Player"}


def dataclasses_of(package):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if "worker" not in found.name and not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            for value in vars(module).values():
                if dataclasses.is_dataclass(value) and value.__module__ == found.name:
                    yield value


def test_every_dataclass_is_frozen():
    loose = {c.__name__ for c in dataclasses_of(missiongame) if not c.__dataclass_params__.frozen}
    assert loose == CHANGING


def test_an_answer_cannot_be_changed():
    price = missiongame.price_of_collapse(missiongame.Community([1], 1), missiongame.Rival())
    with pytest.raises(dataclasses.FrozenInstanceError):
        price.optimal = False
