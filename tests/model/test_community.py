import networkx as nx
import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

import missiongame as mg
from missiongame.errors import InvalidType, InvalidValue, PurposeUnknown

contributions = st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("contribution", "says"),
    [
        ([], "empty"),
        ([1, float("nan")], r"contribution\[1\] is nan"),
        ([float("inf")], r"contribution\[0\] is inf"),
        ([1, -1], r"contribution\[1\] is -1"),
        ([0, 0], "all zero"),
    ],
)
def test_contributions_that_cannot_be_are_refused(contribution, says):
    with pytest.raises(InvalidValue, match=says):
        mg.Community(contribution)


@pytest.mark.parametrize("contribution", ["12", 3, [[1, 2]], None])
def test_contributions_are_a_sequence(contribution):
    with pytest.raises(InvalidType, match="contribution"):
        mg.Community(contribution)


def test_columns_of_unequal_length_are_refused_by_name():
    with pytest.raises(InvalidValue, match=r"enjoyment is .*2 numbers"):
        mg.Community([1, 2], enjoyment=[1, 2, 3])
    with pytest.raises(InvalidValue, match="names is 1 names"):
        mg.Community([1, 2], names=["a"])


def test_a_mission_below_zero_is_refused():
    with pytest.raises(InvalidValue, match=r"mission is -0.5"):
        mg.Community([1]).with_mission(-0.5)


def test_unknown_purpose_is_normal_until_a_number_needs_it():
    town = mg.Community([1, 2])
    assert town.purpose is None
    with pytest.raises(PurposeUnknown, match="participate needs it"):
        town.known_purpose("participate")


@given(contributions)
def test_gini_is_the_mean_difference_over_twice_the_mean(contribution):
    c = np.array(contribution, dtype=float)
    reference = np.abs(c[:, None] - c[None, :]).mean() / (2 * c.mean())
    assert mg.Community(contribution).gini == pytest.approx(reference, abs=1e-12)


@given(contributions, st.sampled_from([0.25, 0.5, 0.75, 1.0]))
def test_the_absence_factor_is_the_fewest_who_make_the_share(contribution, share):
    k = mg.Community(contribution).absence_factor(share)
    largest = sorted(contribution, reverse=True)
    assert sum(largest[:k]) >= share * sum(contribution) > sum(largest[: k - 1])


def test_one_who_makes_all_is_fully_concentrated():
    town = mg.Community([0, 0, 7])
    assert town.gini_star == pytest.approx(1)
    assert mg.Community([5]).gini_star == 0
    assert mg.Community([2, 2, 2]).gini == 0


def test_more_places_than_members_is_everyone_and_none_is_nobody():
    assert mg.Community([3, 1]).top_share(9) == 1
    assert mg.Community([3, 1]).top_share(0) == 0


TIES = [[0, 2, 0], [0, 0, 3], [1, 0, 0]]


def _graph():
    graph = nx.DiGraph()
    graph.add_nodes_from(["ann", "bob", "cat"])
    graph.add_weighted_edges_from([("ann", "bob", 2), ("bob", "cat", 3), ("cat", "ann", 1)])
    return graph


@pytest.mark.parametrize(
    "ties",
    [TIES, np.array(TIES), scipy.sparse.csr_array(TIES), scipy.sparse.coo_matrix(TIES), _graph()],
    ids=["list", "array", "csr", "coo", "graph"],
)
def test_ties_are_read_from_every_common_form(ties):
    town = mg.Community([1, 1, 1], ties=ties, names=["ann", "bob", "cat"])
    assert (town.ties.dense() == np.array(TIES)).all()
    assert (town.ties.reversed.dense() == np.array(TIES).T).all()


def test_an_undirected_edge_counts_both_ways():
    town = mg.Community([1, 1, 1], ties=nx.path_graph(3))
    assert town.ties.dense().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


@pytest.mark.parametrize(
    ("ties", "says"),
    [
        ([[1, 0], [0, 0]], "no self ties"),
        ([[0, 1, 0], [0, 0, 0]], "shape"),
        ([[0, float("nan")], [0, 0]], "nan"),
        (nx.path_graph(3), "graph of 3 nodes"),
    ],
)
def test_ties_that_cannot_be_are_refused(ties, says):
    with pytest.raises(InvalidValue, match=says):
        mg.Community([1, 1], ties=ties)


def test_ties_and_social_value_together_are_refused():
    with pytest.raises(InvalidValue, match="ties and a nonzero social"):
        mg.Community([1, 1], social=1, ties=[[0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"portability": 1.5}, "portability is 1.5"),
        ({"portability": -0.1}, "portability"),
        ({"value": 0}, "value is 0"),
        ({"crowding": -1}, "crowding"),
        ({"mission": -1}, "mission"),
    ],
)
def test_a_rival_that_cannot_be_is_refused(arguments, says):
    with pytest.raises(InvalidValue, match=says):
        mg.Rival(**arguments)


def test_a_steward_needs_policies():
    with pytest.raises(InvalidValue, match="policies"):
        mg.Steward(value=1, policies=[])
    with pytest.raises(InvalidType, match="Policy"):
        mg.Steward(value=1, policies=["ads"])
    with pytest.raises(InvalidValue, match="uplift"):
        mg.Policy(uplift=-1)
