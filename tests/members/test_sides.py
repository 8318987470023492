"""Members with equal rows have equal ties to either side, and only these are asked once."""

from fractions import Fraction

import numpy as np

from missiongame import Community
from missiongame.members.sides import Sides

EVERY = np.arange(3)


def kinds(social):
    sides = Sides(Community([3, 2, 1], social=social), np.array([False, False, False]))
    return np.stack(sides.rows_key(EVERY), axis=1)


def test_who_has_nothing_from_company_is_alike_however_much_they_contribute():
    assert len(np.unique(kinds(0), axis=0)) == 1


def test_who_has_something_is_not_also_where_numbers_are_no_floats():
    assert len(np.unique(kinds(2.0), axis=0)) == 3
    assert len(np.unique(kinds(Fraction(1, 3)), axis=0)) == 3
    assert len(np.unique(kinds([Fraction(1, 3), 0, 0]), axis=0)) == 2
