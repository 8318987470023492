"""The price of collapse: what it costs a rival to break a community for certain.

    pay_i = inf {w ≥ 0 : w + α_iθ_Rφ(w) > α_iθ + h_i + Σ_{not earlier} g_ij − ρ Σ_{earlier} g_ij}

for an ordered subset D of members with Σ_D s_i ≥ share; "not earlier" includes those
never approached. The price is the least Σ_D pay_i, the infimum of total pay with
which public offers capture the share in every equilibrium of the members' game.

One algorithm a file: `closed` (proved orders), `subsets` (all of them), `schedule` and
`transport` (prices of time), `pairs`, `frontier`, `milp` (bounds and search); `solve`
chooses, `price` is the answer, `curve`, `budget` and `reading` are what is made of it.
"""

from missiongame.collapse.budget import mission_for_budget, missions_for_budget
from missiongame.collapse.curve import Curve, price_curve
from missiongame.collapse.price import Price
from missiongame.collapse.reading import Reading
from missiongame.collapse.solve import price_of_collapse

__all__ = [
    "Curve",
    "Price",
    "Reading",
    "mission_for_budget",
    "missions_for_budget",
    "price_curve",
    "price_of_collapse",
]
