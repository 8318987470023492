"""The definition of the price, by brute force; time stands still for the searches."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import oracles


@pytest.fixture
def brute():
    return oracles.price


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Time stands still for the searches, so that none is cut short on a slow machine."""
    clock = SimpleNamespace(monotonic=lambda: 0.0)
    monkeypatch.setattr("missiongame.price.clock.time", clock)
    return clock
