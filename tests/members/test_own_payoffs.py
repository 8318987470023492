"""participate with a user's own payoffs: licensed by a proof, else enumerated, else refused."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame import Community, Payoffs, Rival, offers, participate
from missiongame import symbols as m
from missiongame.errors import InvalidType, InvalidValue, PurposeUnknown, StructureMissing
from missiongame.members.outcome import Outcome
from missiongame.payoffs.straight_line import program
from missiongame.testing import scenes

F = Fraction
r = m.column_symbol("r")
HERE = m.alpha * m.theta + m.h
OWN = {
    "saturating purpose": Payoffs(stay=m.alpha * m.theta / (1 + m.theta) + m.h + m.G_stay),
    "risk aversion": Payoffs(defect=sympy.log(1 + m.w) + m.rho * m.G_gone),
    "own weight of ties": Payoffs(stay=HERE + r * m.G_stay, defect=m.w),
    "ties that saturate": Payoffs(stay=HERE + sympy.sqrt(m.G_stay), defect=m.w),
    "ties with a cap": Payoffs(stay=HERE + sympy.Min(m.G_stay, 1), defect=m.w),
    "no ties": Payoffs(stay=HERE + m.s + m.sigma / 2, defect=m.w),
    "crowded by company": Payoffs(stay=HERE - m.G_stay / 2, defect=m.w),
    "company up to a point": Payoffs(stay=HERE + m.G_stay * (2 - m.G_stay), defect=m.w),
}


def all_equilibria(by_definition, town, rival, offer, payoffs):
    steps, pay, share = program(payoffs.temptation), offer.pay(town), by_definition.shares(town)

    def sign(i, away):
        row = by_definition.ties(town)[i]
        gone = sum((g for g, x in zip(row, away, strict=True) if x), F(0))
        at = {
            "alpha": F(town.purpose[i]),
            "theta": F(town.mission),
            "h": F(town.enjoyment[i]),
            "sigma": F(town.social[i]),
            "w": F(pay[i]),
            "theta_R": F(rival.mission),
            "rho": F(rival.portability),
            "kappa": F(rival.crowding),
            "s": share[i],
            "r": F(town.columns["r"][i]),
            "G_stay": sum(row) - gone,
            "G_gone": gone,
        }
        return steps.sign(at)

    return by_definition.equilibria_by_signs(town.n, sign)


@pytest.mark.parametrize("name", OWN)
@given(scene=scenes(members=(1, 4)), risk=st.lists(st.integers(0, 2), min_size=4, max_size=4))
@settings(max_examples=10, deadline=None)
def test_all_profiles_agree(by_definition, name, scene, risk):
    town, rival, offer = scene
    town = town.changed(columns={"r": risk[: town.n]})
    out = participate(town, rival, offer, payoffs=OWN[name])
    found = all_equilibria(by_definition, town, rival, offer, OWN[name])
    for outcome, extreme in ((out.least, min), (out.greatest, max)):
        wanted = tuple(extreme(x[i] for x in found) for i in range(town.n)) if found else None
        assert (outcome is None) == (wanted not in found)
        assert outcome is None or tuple(outcome.defectors) == wanted
    assert {tuple(e.defectors) for e in out.equilibria} == set(found)
    for outcome in (out.least, out.robust, out.greatest):
        if outcome is not None:
            assert outcome.max_gain <= 0
            assert outcome.check() <= 0


@given(scene=scenes(members=(1, 6)))
@settings(max_examples=40, deadline=None)
def test_the_standard_payoffs_in_other_words_give_the_same_answers(scene):
    town, rival, offer = scene
    doubled = Payoffs(stay=2 * Payoffs().stay, defect=2 * Payoffs().defect)
    out, same = participate(*scene), participate(town, rival, offer, payoffs=doubled)
    for selection in ("least", "robust", "greatest"):
        one, other = getattr(out, selection), getattr(same, selection)
        assert (one is None) == (other is None)
        assert one is None or np.array_equal(one.defectors, other.defectors)


def crowd(n, **columns):
    return Community(np.arange(1, n + 1), purpose=1, social=4, columns=columns)


def test_a_proof_licenses_the_fast_algorithm_for_thousands():
    town = crowd(3000)
    out = participate(town, Rival(), offers.flat(2.5), payoffs=OWN["ties that saturate"])
    assert out.least.headcount == 0
    assert out.greatest.headcount == 3000
    # At a pay of 3 all of the others, 1 − s_i, would be worth 2·√(1 − s_i) < 2: too little.
    lured = participate(town, Rival(), offers.flat(3), payoffs=OWN["ties that saturate"])
    assert lured.least.headcount == 3000
    assert out.least.max_gain <= 0
    assert "not affine" in out.reason


def test_numbers_of_this_community_may_license_what_others_do_not():
    # Company is welcome up to a worth of 1; here all of it is worth at most 4/5.
    town = Community(np.ones(50), purpose=1, social=0.8)
    out = participate(town, Rival(), offers.flat(1.5), payoffs=OWN["company up to a point"])
    assert out.least.headcount == 0


def test_missing_structure_is_refused_with_the_numbers_that_break_it():
    with pytest.raises(StructureMissing, match=r"fails at .*G_.*20 members.*has 21"):
        participate(crowd(21), Rival(), offers.flat(3), payoffs=OWN["company up to a point"])
    small = participate(crowd(6), Rival(), offers.flat(3), payoffs=OWN["company up to a point"])
    assert small.equilibria is not None


def test_an_unknown_symbol_is_named():
    with pytest.raises(InvalidValue, match=r"symbol r, which is neither.*columns=\{'r': ...\}"):
        participate(crowd(3), Rival(), offers.flat(1), payoffs=OWN["own weight of ties"])
    out = participate(crowd(3, r=1), Rival(), offers.flat(1), payoffs=OWN["own weight of ties"])
    assert out.least.headcount == 0


def test_a_column_may_not_take_a_symbol_of_the_model():
    with pytest.raises(InvalidValue, match="name of a symbol of the model"):
        participate(crowd(3, h=1), Rival(), offers.flat(1), payoffs=OWN["risk aversion"])


def test_payoffs_that_are_undefined_name_the_member():
    bold = Payoffs(defect=sympy.log(m.w - 1))
    with pytest.raises(InvalidValue, match=r"logarithm.*for member 1, .*w = 1"):
        participate(Community([1], purpose=1), Rival(), offers.flat(1), payoffs=bold)


def test_purpose_is_needed_only_where_payoffs_use_it():
    town = Community([1, 2], enjoyment=2)
    paid = Payoffs(stay=m.h, defect=m.w)
    assert participate(town, Rival(), offers.flat(3), payoffs=paid).least.headcount == 2
    with pytest.raises(PurposeUnknown):
        participate(town, Rival(), offers.flat(3), payoffs=OWN["risk aversion"])


def test_only_payoffs_are_taken():
    with pytest.raises(InvalidType, match="payoffs is 'w'"):
        participate(crowd(3), Rival(), offers.flat(1), payoffs="w")


def test_a_member_without_contributions_may_be_won_by_a_jump():
    # Constant in the ties but for a jump: not affine in them, though the slope is 0.
    stay = m.alpha * m.theta + m.h + sympy.Piecewise((2, m.G_stay > 1), (0, True))
    own = Payoffs(stay=stay, defect=m.w)
    assert own.affine is None
    out = participate(
        Community([0, 1], [2, 0], [3, 1], [4, 2]), Rival(), offers.personal([9, 1]), own
    )
    assert out.least.defectors.tolist() == [True, False]
    assert out.greatest.defectors.tolist() == [True, True]
    assert out.robust is None
    assert "not affine in the ties" in out.reason


def test_gains_that_are_not_rational_are_bounded_from_above():
    # Staying is worth √2 to each; leaving alone 1, leaving together 2.
    town = Community([1, 1], purpose=0, ties=[[0, 2], [2, 0]])
    root = Payoffs(stay=m.h + sympy.sqrt(m.G_stay), defect=m.w + sympy.sqrt(m.G_gone))
    game = participate(town, Rival(), offers.flat(1), payoffs=root).least.game
    for away, leaving in (([False] * 2, 1), ([True] * 2, -1)):  # the gain is that less √2
        bound = Outcome(np.array(away), game).check()
        assert (leaving - bound) ** 2 <= 2
        assert float(bound) == pytest.approx(leaving - 2**0.5, abs=1e-12)
