"""From ties g_ij ≥ 0 to the potential's largest maximiser: a minimum cut.

With weights λ that make λ_i f_i g_ij =: w_ij symmetric (`symmetrising_weights`),
the game has the weighted potential

    P(y) = Σ_i a_i y_i + Σ_{i<j} w_ij y_i y_j,      a_i = −λ_i f_i t_i,

with y_i = 1 iff i stays. As y_i y_j = (y_i + y_j − |y_i − y_j|)/2, maximising it is
minimising a cut between the stayers, with the source, and the defectors, with the
sink: w_ij/2 between i and j, and b_i = a_i + ½ Σ_j w_ij from the source to i, or −b_i
from i to the sink (Picard and Ratliff 1975). Of several minimum cuts the one with
most on the source's side is taken: everyone who cannot reach the sink any more.

Only members who stay in the least and leave in the greatest equilibrium are in
question; the others are constants.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np

from missiongame.errors import NoPotential
from missiongame.exact import Mask
from missiongame.members.maximum_flow import Network
from missiongame.members.response_protocol import Response
from missiongame.members.sparse_ties import sparse_ties
from missiongame.members.symmetrising_weights import symmetric_weights
from missiongame.model import Community, Ties, TiesTo


def cut_maximiser(community: Community, response: Response, least: Mask, greatest: Mask) -> Mask:
    """Return the defectors at the potential's largest maximiser.

    Raises
    ------
    NoPotential
        If no weights make the ties symmetric.
        Or if maximisers are too close for thresholds that are not rational.
    """
    if response.no_potential:
        raise NoPotential(response.no_potential)
    if response.factors is not None and not any(response.factors):
        return least.copy()  # no tie counts: everyone decides alone
    ties = community.ties
    assert ties is not None  # noqa: S101 - default ties need no cut
    weights = potential_weights(ties, response)
    asked = greatest & ~least
    members = np.flatnonzero(asked).tolist()
    position = {i: k for k, i in enumerate(members)}
    to_stayers, to_asked, to_leavers = (TiesTo(community, x) for x in (~greatest, asked, least))
    gains: list[tuple[Fraction, Fraction]] = []
    pairs: list[tuple[int, int, Fraction]] = []
    for k, i in enumerate(members):
        factor, row = weights[i] * response.weight(i), ties.row(i)
        for j, worth in zip(ties.partners[row].tolist(), ties.worth[row], strict=True):
            if j > i and j in position:
                pairs.append((k, position[j], factor * Fraction(worth) / 2))
        sure, open_ = to_stayers[i], to_asked[i]
        low, high = response.threshold_ends(i, sure + open_ + to_leavers[i])
        gain = factor * (sure + open_ / 2)
        gains.append((gain - factor * high, gain - factor * low))
    leave = least.copy()
    # The largest maximiser grows with the gains, so between ends that agree it is certain.
    leave[asked] = cut = _cut([low for low, _ in gains], pairs)
    if (
        any(low != high for low, high in gains)
        and (cut != _cut([h for _, h in gains], pairs)).any()
    ):
        raise NoPotential("maxima of the potential are too close: thresholds are not rational")
    return leave


def potential_weights(ties: Ties, response: Response) -> list[Fraction]:
    """Return λ, or raise `NoPotential`; kept with the ties where all members' f_i are alike."""
    kept = sparse_ties(ties)
    factors = response.factors
    if factors is not None:
        return symmetric_weights(ties, kept, factors)
    if kept.weights is None:
        try:
            kept.weights = symmetric_weights(ties, kept, None)
        except NoPotential as problem:
            kept.weights = problem
    if isinstance(kept.weights, NoPotential):
        raise kept.weights
    weights: list[Fraction] = kept.weights
    return weights


def _cut(gains: list[Fraction], pairs: list[tuple[int, int, Fraction]]) -> Mask:
    """Return who is on the sink's side of the minimum cut with most on the source's."""
    unit = lcm(*(g.denominator for g in gains), *(w.denominator for _, _, w in pairs))
    network = Network(len(gains))
    for k, gain in enumerate(gains):
        network.supply(k, int(gain * unit))
    for i, j, worth in pairs:
        network.join(i, j, int(worth * unit))
    return np.array(network.sink_side(), dtype=bool)
