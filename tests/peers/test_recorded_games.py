"""Contest games on a grid, 20 to 100 strategies: as many extreme equilibria as recorded."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

import missiongame as mg

COUNTS = {
    "contest-portable-20": 3,
    "contest-tied-20": 5,
    "contest-portable-60": 62,
    "contest-tied-60": 15,
    "contest-portable-100": 908,
}


@pytest.mark.parametrize(("name", "count"), list(COUNTS.items()))
def test_all_extreme_equilibria_each_once(recorded: Any, name: str, count: int) -> None:
    answer = mg.solve(*recorded(name))
    assert answer.complete
    profiles = [(e.row, e.column) for e in answer]
    assert len(set(profiles)) == len(profiles) == count
    assert all(e.regret == 0 for e in answer)


@pytest.mark.parametrize("name", ["contest-portable-20", "contest-tied-20"])
def test_the_same_ones_as_lrsnash(recorded: Any, lrsnash: Any, name: str) -> None:
    A, B = recorded(name)
    assert {(e.row, e.column) for e in mg.solve(A, B)} == set(lrsnash(A, B))


@pytest.mark.long
@pytest.mark.parametrize("name", ["contest-portable-60", "contest-tied-60"])
def test_the_same_ones_as_lrsnash_at_60(recorded: Any, lrsnash: Any, name: str) -> None:
    A, B = recorded(name)
    assert {(e.row, e.column) for e in mg.solve(A, B)} == set(lrsnash(A, B))


def test_200_by_200_is_a_named_outcome_at_the_limit(
    recorded: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    A, B = recorded("contest-portable-200")
    looks = count()  # time passes by looking at it, a hundredth of a second a look
    clock = SimpleNamespace(monotonic=lambda: next(looks) / 100)
    monkeypatch.setattr("missiongame.bimatrix.limits.time", clock)
    answer = mg.solve(A, B, limit=2.0, progress=False)
    assert len(answer) >= 1
    # A certificate of 200 by 200 payoffs in fractions takes a moment: twenty of them.
    assert all(e.regret == 0 for e in list(answer)[:: max(1, len(answer) // 20)])
    assert answer.reason is mg.bimatrix.Reason.LIMIT
