from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from missiongame.exact import Ratios

floats = st.floats(allow_nan=False, allow_infinity=False)
fractions = st.fractions() | st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(10**400, 7)])
columns = st.integers(1, 6).flatmap(
    lambda m: st.tuples(
        *[st.lists(floats, min_size=m, max_size=m) | st.lists(fractions, min_size=m, max_size=m)]
        * 3
    )
)


def ratios(values):
    if isinstance(values[0], float):
        return Ratios.of(np.array(values))
    return Ratios.of(values)


@given(columns, fractions)
def test_arithmetic_on_rows_is_that_of_fractions(three, scalar):
    one, other, third = three
    made = ratios(one) * scalar - ratios(other) + ratios(third) * ratios(one)
    made = made / (ratios(other) * ratios(other) + 1)
    rows = zip(*(map(Fraction, values) for values in three), strict=True)
    exact = [(a * scalar - b + c * a) / (b * b + 1) for a, b, c in rows]
    assert [made[k] for k in range(len(made))] == exact
    assert made.signs().tolist() == [(q > 0) - (q < 0) for q in exact]
    assert made.floors(7).tolist() == [7 * q // 1 for q in exact]
    assert made.ceilings(7).tolist() == [-(-7 * q // 1) for q in exact]
    assert (made.largest(), made.smallest()) == (max(exact), min(exact))


def test_of_nobody_there_is_nothing():
    assert len(Ratios.of([])) == len(Ratios.of(np.zeros(0))) == 0
    assert (Ratios.of([]) + Fraction(1, 2)).signs().tolist() == []
