"""Maximal Nash subsets and components, against their definitions."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import enumeration as exact
from missiongame.bimatrix import is_equilibrium, solve
from missiongame.bimatrix.nash_subsets import connected, maximal_bicliques
from missiongame.testing import bimatrix, degenerate
from oracles import subsets

graphs = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1).map(sorted)


@given(graphs)
def test_maximal_bicliques_are_those_of_the_definition(pairs):
    edges = set(pairs)
    xs, ys = sorted({i for i, _ in pairs}), sorted({j for _, j in pairs})
    whole = [
        (us, vs) for us, vs in product(subsets(xs), subsets(ys)) if set(product(us, vs)) <= edges
    ]
    maximal = [
        (us, vs)
        for us, vs in whole
        if not any(
            (set(us) < set(a) and set(vs) <= set(b)) or (set(us) <= set(a) and set(vs) < set(b))
            for a, b in whole
        )
    ]
    assert maximal_bicliques(pairs) == sorted(maximal)


@given(graphs)
def test_connected_parts_share_no_strategy_and_lose_no_edge(pairs):
    parts = connected(pairs)
    assert sorted(chain.from_iterable(parts)) == pairs
    for one, other in combinations(parts, 2):
        assert not {i for i, _ in one} & {i for i, _ in other}
        assert not {j for _, j in one} & {j for _, j in other}
    for part in parts:
        reached, grown = set(), {part[0]}
        while grown - reached:
            reached = set(grown)
            grown |= {e for e in part if any(e[0] == f[0] or e[1] == f[1] for f in reached)}
        assert reached == set(part)


def mixture(strategies, weights):
    total = sum(weights)
    return tuple(
        sum((w * p for w, p in zip(weights, column, strict=True)), Fraction(0)) / total
        for column in zip(*strategies, strict=True)
    )


@settings(deadline=None, max_examples=60)
@given(game=st.one_of(degenerate(), bimatrix(entries=(0, 1))), data=st.data())
def test_every_profile_of_a_nash_subset_is_an_equilibrium(game, data):
    for subset in solve(*game).nash_subsets:
        x, y = (
            mixture(
                part, data.draw(st.lists(st.integers(1, 5), min_size=len(part), max_size=len(part)))
            )
            for part in subset
        )
        assert is_equilibrium(*game, x, y)


@settings(deadline=None, max_examples=60)
@given(game=st.one_of(degenerate(), bimatrix(entries=(0, 1))))
def test_subsets_and_components_hold_exactly_the_extreme_equilibria(game, profiles):
    answer = solve(*game)
    everything = profiles(answer)
    assert {pair for s in answer.nash_subsets for pair in product(*s)} == everything
    pieces = [set(c.extremes) for c in answer.components]
    assert set().union(*pieces) == everything
    assert sum(c.size for c in answer.components) == sum(map(len, pieces)) == len(everything)


def test_two_subsets_that_meet_are_one_component():
    """An L: (e1, segment) and (segment, e2) share the corner (e1, e2)."""
    A, B = [[1, 1], [0, 1]], [[1, 1], [0, 0]]
    answer = solve(A, B)
    assert len(answer.nash_subsets) == 2
    (component,) = answer.components
    assert component.size == 3


def test_mixing_across_a_component_need_not_be_an_equilibrium():
    A, B = [[1, 1], [0, 1]], [[1, 1], [0, 0]]
    half = (Fraction(1, 2), Fraction(1, 2))
    assert not is_equilibrium(A, B, half, half)


@settings(deadline=None, max_examples=60)
@given(game=st.one_of(degenerate(rows=(2, 4)), bimatrix(entries=(0, 1))))
def test_face_by_face_each_strategy_is_there_once(game):
    whole = solve(*game)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "by_faces", lambda _: True)
        found = solve(*game)
    assert set(found.nash_subsets) == set(whole.nash_subsets)
    assert len(found.components) == len(whole.components)
