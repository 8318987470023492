"""Revealed value: what real offers, accepted and refused, say of purpose nobody knows.

Who takes an offer shows α_i c ≤ b_i, who refuses α_i c ≥ b_i (`mechanisms.welfare`
derives c and b). Nothing more is certain; a distribution of purpose is fitted to
these bounds, and says how far the data leave it open.

`choice_bounds`: bounds on each member's purpose and on a common one, exact;
`count_bounds`: the same where it is known how many went and not who;
`maximum_likelihood`: a distribution fitted to bounds, from `interval_likelihood`;
`profile_likelihood`: what the likelihood does not exclude.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.revealed.choice_bounds import Common as Common
    from missiongame.revealed.choice_bounds import common as common
    from missiongame.revealed.choice_bounds import observe as observe
    from missiongame.revealed.count_bounds import Counts as Counts
    from missiongame.revealed.count_bounds import count as count
    from missiongame.revealed.count_bounds import known_of as known_of
    from missiongame.revealed.maximum_likelihood import Fit as Fit
    from missiongame.revealed.maximum_likelihood import fit as fit

__getattr__, __dir__, __all__ = lazily(__name__)
