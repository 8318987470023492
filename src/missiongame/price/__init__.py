"""The price of collapse: what it costs a rival to break a community for certain.

    pay_i = inf {w ≥ 0 : w + α_iθ_Rφ(w) > α_iθ + h_i + Σ_{not earlier} g_ij − ρ Σ_{earlier} g_ij}

for an ordered subset D of members with Σ_D s_i ≥ share; "not earlier" includes those
never approached. The price is the least Σ_D pay_i, the infimum of total pay with
which public offers capture the share in every equilibrium of the members' game.

One method a file: `closed_forms` (proved orders), `all_subsets`, `without_ties`,
`knapsack`, `transport_bound` (prices of time), `greedy`, `beam_search`, `relaxation`
and `mixed_integer`; `solve` lists them and `method` says what each has to be.
`collapse` asks them, `answer` is the price, `curve` and `reading` what is made of it.
The inverse, the most work for a budget, is `raid`; `most_for_money` lists its methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.price.answer import Price as Price
    from missiongame.price.collapse import price_of_collapse as price_of_collapse
    from missiongame.price.curve import Curve as Curve
    from missiongame.price.curve import price_curve as price_curve
    from missiongame.price.raid import BestRaid as BestRaid
    from missiongame.price.raid import best_raid as best_raid
    from missiongame.price.reading import Reading as Reading
    from missiongame.price.without_ties import filling as filling
    from missiongame.price.without_ties import paid_alike as paid_alike

__getattr__, __dir__, __all__ = lazily(__name__)
