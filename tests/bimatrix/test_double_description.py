"""Best-response polyhedra by double description: exactly their vertices, with all labels."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import adjacency
from missiongame.bimatrix import label_sets as masks
from missiongame.bimatrix.adjacency import adjacent_pairs
from missiongame.bimatrix.double_description import Cone
from missiongame.bimatrix.label_sets import count_bits, has, mask_of, subset_pairs
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import read_game
from missiongame.testing import bimatrix


def cone_of(payoffs, first=0) -> Cone:
    n, m = len(payoffs), len(payoffs[0])
    game = read_game(payoffs, payoffs)
    return Cone(game.rows, range(m), range(m, m + n), 1, Clock(), first)


def finish(cone: Cone) -> Cone:
    while cone.pending:
        cone.cut(cone.propose())
    return cone


def labelled_points(cone: Cone, m: int):
    tight, points = cone.points()
    found = {}
    for mask, at in zip(tight, points, strict=True):
        x = tuple(Fraction(v, sum(at)) for v in at)
        names = {("own", k) if k < m else ("other", k - m) for k in range(64) if has(mask, k)}
        assert x not in found, "a vertex is there twice"
        found[x] = names
    return found


@settings(deadline=None)
@given(game=bimatrix(rows=(1, 5), columns=(1, 4), entries=(-2, 2)), first=st.integers(0, 4))
def test_the_vertices_and_their_labels_are_those_of_the_definition(game, first, polyhedron):
    payoffs = game[0]
    cone = finish(cone_of(payoffs, first % len(payoffs)))
    assert labelled_points(cone, len(payoffs[0])) == polyhedron(payoffs)


@settings(deadline=None, max_examples=50)
@given(
    game=bimatrix(rows=(2, 4), columns=(2, 3)),
    units=st.lists(st.fractions(min_value=Fraction(1, 9), max_value=9), min_size=3, max_size=3),
)
def test_a_unit_for_each_strategy_and_its_own_zero_are_undone(game, units, polyhedron):
    payoffs = [[units[j] * v + 7 * units[j] for j, v in enumerate(row)] for row in game[0]]
    found = labelled_points(finish(cone_of(payoffs)), len(payoffs[0]))
    assert found == polyhedron(payoffs)


@pytest.mark.parametrize("bits", [20, 29, 30, 31, 32, 33, 40, 60, 61, 62, 63, 64, 66])
def test_numbers_that_outgrow_64_bits_stay_exact(bits, polyhedron):
    draw = random.Random(bits)  # noqa: S311 - of any size, unlike NumPy's
    payoffs = [[draw.randint(-(2**bits), 2**bits) for _ in range(4)] for _ in range(5)]
    cone = cone_of(payoffs)
    assert bits == 61 or cone.values.dtype == (np.int64 if bits < 61 else object)
    assert labelled_points(finish(cone), 4) == polyhedron(payoffs)
    assert cone.values.dtype == (np.int64 if bits == 20 else object)


def check_adjacency(cone: Cone) -> int:
    """Cut to the end, comparing with the definition before each cut; count what a third joins."""
    joined = 0
    while cone.pending:
        half = len(cone) // 2
        everyone = np.arange(len(cone))
        p, q = adjacent_pairs(cone.tight, everyone[:half], everyone[half:], cone.dimension)
        sets = [int(mask[0]) for mask in cone.tight]
        expected = set()
        for a, b in combinations(range(len(cone)), 2):
            both = sets[a] & sets[b]
            holders = sum(both & other == both for other in sets)
            if a < half <= b and holders == 2:
                expected.add((a, b))
            joined += holders > 2 and both.bit_count() >= cone.dimension - 2
        assert set(zip(p.tolist(), q.tolist(), strict=True)) == expected
        assert len(p) == len(expected)
        cone.cut(cone.propose())
    return joined


@settings(deadline=None)
@given(game=bimatrix(rows=(3, 6), columns=(3, 4), entries=(0, 2)))
def test_adjacent_rays_are_those_joined_by_no_third(game):
    check_adjacency(cone_of(game[0]))


def test_rays_that_share_enough_but_have_others_between_are_not_adjacent():
    """Zeros and ones in seven dimensions: many tight constraints say the same."""
    rng = np.random.default_rng(6)
    cones = [cone_of(rng.integers(0, 2, (9, 6)).tolist()) for _ in range(6)]
    assert sum(map(check_adjacency, cones)) > 0


def test_matching_edges_by_hash_finds_what_comparing_all_pairs_finds(monkeypatch):
    rng = np.random.default_rng(5)
    payoffs = rng.integers(-3, 4, (9, 7))
    by_comparing = finish(cone_of(payoffs))
    monkeypatch.setattr(adjacency, "_ALL_PAIRS", 0)
    by_hash = finish(cone_of(payoffs))
    assert (count_bits(by_hash.tight) > by_hash.dimension - 1).any(), "some rays are degenerate"
    assert labelled_points(by_hash, 7) == labelled_points(by_comparing, 7)


@given(
    inner=st.lists(st.sets(st.integers(0, 70), max_size=4), max_size=6),
    outer=st.lists(st.sets(st.integers(0, 70), max_size=6), max_size=6),
)
def test_subsets_are_found_across_words(inner, outer):
    def as_masks(sets):
        return np.array([mask_of(s, 2) for s in sets], dtype=np.uint64).reshape(-1, 2)

    i, k = subset_pairs(as_masks(inner), as_masks(outer))
    found = sorted(zip(i.tolist(), k.tolist(), strict=True))
    assert found == [(a, b) for a, s in enumerate(inner) for b, t in enumerate(outer) if s <= t]


@given(
    inner=st.lists(st.sets(st.integers(0, 70), max_size=3), max_size=5),
    outer=st.lists(st.sets(st.integers(0, 70), max_size=6), min_size=1, max_size=80),
)
def test_holders_are_counted_alike_both_ways(inner, outer):
    few, many = (
        np.array([mask_of(s, 2) for s in sets], dtype=np.uint64).reshape(-1, 2)
        for sets in (inner, outer)
    )
    expected = [sum(s <= t for t in outer) for s in inner]
    assert masks.count_holders(few, many).tolist() == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(masks, "_MANY", 0)
        assert masks.count_holders(few, many).tolist() == expected


@pytest.mark.parametrize("size", [3, 40, 80])
def test_a_simplex_needs_as_many_words_as_it_has_labels(size):
    game = read_game(np.eye(size, dtype=int), np.eye(size, dtype=int))
    words = (2 * size + 63) // 64
    cone = Cone(game.columns, range(size), range(size, 2 * size), words, Clock())
    tight, points = cone.points()
    assert len(points) == size
    assert (count_bits(tight) == size).all()
