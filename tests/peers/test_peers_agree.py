"""The two exact peers agree with each other, so that either is a fair judge."""

from __future__ import annotations

from typing import Any

import pytest


def _disagreements(games: Any, lrsnash: Any, gambit: Any) -> list[str]:
    return [name for name, A, B in games if set(lrsnash(A, B)) != set(gambit(A, B))]


def test_on_small_games_of_every_family(games: Any, lrsnash: Any, gambit: Any) -> None:
    assert _disagreements(games(seed=11, count=8, most=4), lrsnash, gambit) == []


@pytest.mark.long
def test_on_many_games_of_every_family(games: Any, lrsnash: Any, gambit: Any) -> None:
    assert _disagreements(games(seed=12, count=100, most=5), lrsnash, gambit) == []
