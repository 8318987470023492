"""Every equilibrium of many small games at once.

`many` (the function that users call) · `inputs` (what it accepts) · `minors` (the
determinants, and their proven errors) · `supports` (which signs must agree) ·
`chunks` (the computation) · `rational_refinement` (what rounding could spoil) ·
`answer` (the result).
"""

from missiongame.bimatrix.batch.answer import Batch
from missiongame.bimatrix.batch.many import solve_many

__all__ = ["Batch", "solve_many"]
