"""Cascades over a sparse graph against one pass over it, SciPy's product with a vector.

A million members and ten million ties. The first call on a community also lists
its ties by partner, if the cascade is long enough for that to pay; they are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse

from harness import Row, paired, seconds
from missiongame import Community, Rival, offers, participate
from missiongame.members import Game
from missiongame.members.cascade import GeneralTies
from missiongame.model.ties import Ties

N, M = 10**6, 10**7
RIVAL = Rival()


def random_ties(worth: Any) -> Any:
    """Return M ties between random members."""
    rng = np.random.default_rng(0)
    ends = rng.integers(0, N, M), rng.integers(0, N, M)
    ties = scipy.sparse.coo_array((worth(rng), ends), (N, N)).tocsr()
    ties.setdiag(0)
    ties.eliminate_zeros()
    return ties


def everyone_leaves() -> tuple[Community, Any]:
    """Ties of unequal worth; almost everyone leaves within a dozen rounds."""
    rng = np.random.default_rng(1)
    ties = random_ties(lambda r: r.exponential(5, M))
    return Community(np.ones(N), purpose=rng.normal(20, 10, N), ties=ties), offers.flat(60)


def near_critical() -> tuple[Community, Any]:
    """Ties of equal worth, whole numbers; a cascade of some five hundred rounds."""
    rng = np.random.default_rng(0)
    ties = random_ties(lambda _: np.ones(M))
    purpose = rng.integers(2, 12, N).astype(float)
    return Community(np.ones(N), purpose=purpose, ties=ties), offers.flat(12)


def nobody_leaves() -> tuple[Community, Any]:
    """The same ties, and nobody is tempted."""
    town, _ = near_critical()
    return town, offers.flat(0)


def _rows(name: str, make: Any, target: float | None) -> Iterator[Row]:
    town, offer = make()
    ties: Ties = town.ties
    parts = (ties.worth, ties.partners, ties.starts)
    matrix, one = scipy.sparse.csr_array(parts, shape=(N, N)), np.ones(N)

    def cascade() -> Any:
        return GeneralTies(Game.of(town, RIVAL, offer)).least()

    first = seconds(cascade, repeat=1, warmup=0)
    ours, peer = paired(cascade, lambda: matrix @ one, repeat=5)
    yield Row(f"cascade, {name}", ours, "one pass", peer, target)
    yield Row(f"cascade, {name}, first call", first, "one pass", peer)
    both = seconds(lambda: participate(town, RIVAL, offer), repeat=3)
    yield Row(f"participate, {name}", both, "one pass", peer)


def rows() -> Iterator[Row]:
    yield from _rows("nearly everyone leaves", everyone_leaves, 10)
    yield from _rows("nobody leaves", nobody_leaves, 10)
    yield from _rows("500 rounds", near_critical, 10)
