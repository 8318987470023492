"""What the price refuses, and in which words."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import missiongame as mg
from missiongame.thresholds import mission_for_budget

TOWN = mg.Community([1, 2], purpose=1)


@pytest.mark.parametrize("share", [0, -0.5, 1.5, float("nan"), float("inf")])
def test_a_share_outside_its_range_is_refused(share):
    with pytest.raises(ValueError, match="share is"):
        mg.price_of_collapse(TOWN, mg.Rival(), share)


def test_a_share_must_be_a_number():
    with pytest.raises(TypeError, match="share"):
        mg.price_of_collapse(TOWN, mg.Rival(), "half")


def test_a_negative_tie_is_refused_with_the_pair_named():
    town = mg.Community([1, 1], purpose=1, ties=[[0, -2], [1, 0]], names=["Ann", "Bob"])
    with pytest.raises(ValueError, match=r"ties\[0, 1\] is -2.*Bob.*Ann"):
        mg.price_of_collapse(town, mg.Rival())
    with pytest.raises(ValueError, match=r"ties\[0, 1\]"):
        mg.price_curve(town, mg.Rival())


def test_unknown_purpose_is_named():
    with pytest.raises(mg.errors.PurposeUnknown, match="price of collapse"):
        mg.price_of_collapse(mg.Community([1, 2]), mg.Rival())
    with pytest.raises(mg.errors.PurposeUnknown, match="price of collapse"):
        mg.price_curve(mg.Community([1, 2]), mg.Rival())


def test_a_method_that_does_not_exist_or_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="method is"):
        mg.price_of_collapse(TOWN, mg.Rival(), method="guess")
    many = mg.Community(np.ones(30), 1, ties=np.ones((30, 30)) - np.eye(30))
    with pytest.raises(ValueError, match="30 members are too many subsets"):
        mg.price_of_collapse(many, mg.Rival(), 0.5, method="subsets")
    truncated = mg.Community([2, 3], [0, 2], ties=[[0, 3], [2, 0]])
    with pytest.raises(ValueError, match="closed form is not proved to hold"):
        mg.price_of_collapse(truncated, mg.Rival(portability=1), method="closed form")


@pytest.mark.parametrize("seconds", [0, -1])
def test_time_must_be_positive(seconds):
    with pytest.raises(ValueError, match="seconds is"):
        mg.price_of_collapse(TOWN, mg.Rival(), seconds=seconds)


@pytest.mark.parametrize("share", [0.1, np.float64(0.1), np.float32(0.1), Fraction(1, 10)])
def test_a_share_counts_as_its_shortest_decimal(share):
    # As a binary number 0.1 is a little more than a tenth; one of ten equals makes a tenth.
    town = mg.Community(np.ones(10), purpose=1)
    price = mg.price_of_collapse(town, mg.Rival(), share)
    assert price.share == Fraction(1, 10)
    assert price.exact_total == 1
    assert mg.price_curve(town, mg.Rival(), [share, 0.7]).total.tolist() == [1, 7]
    assert mission_for_budget(town, mg.Rival(), 1, share) == 1
