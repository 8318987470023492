"""The price of collapse: what it costs a rival to break a community for certain.

    pay_i = inf {w ≥ 0 : w + α_iθ_Rφ(w) > α_iθ + h_i + Σ_{not earlier} g_ij − ρ Σ_{earlier} g_ij}

for an ordered subset D of members with Σ_D s_i ≥ share; "not earlier" includes those
never approached. The price is the least Σ_D pay_i, the infimum of total pay with
which public offers capture the share in every equilibrium of the members' game.

One algorithm a file: `closed`, `subsets`, `milp`, `schedule`, `search`; `solve`
chooses, `price` is the answer.
"""

from missiongame.collapse.price import Price
from missiongame.collapse.solve import price_of_collapse

__all__ = ["Price", "price_of_collapse"]
