"""Revealed value: what real offers, accepted and refused, say of purpose nobody knows.

Who takes an offer shows α_i c ≤ b_i, who refuses α_i c ≥ b_i (`mechanisms.welfare`
derives c and b). Nothing more is certain; a distribution of purpose is fitted to
these bounds, and says how far the data leave it open.

`choices`: bounds on each member's purpose and on a common one, exact; `counts`:
the same where it is known how many went and not who; `fit`: a distribution by
maximum likelihood; `profile`: what the likelihood does not exclude.
"""

from missiongame.revealed.choices import Common, common, observe
from missiongame.revealed.counts import Counts, count, known_of
from missiongame.revealed.fit import Fit, fit

__all__ = ["Common", "Counts", "Fit", "common", "count", "fit", "known_of", "observe"]
