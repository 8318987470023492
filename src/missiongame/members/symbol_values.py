"""From who plays to what each symbol of the payoffs stands for: a column, or one number for all."""

from __future__ import annotations

from typing import Any

from missiongame.exact import Column
from missiongame.model import Community, Rival


def symbol_values(community: Community, rival: Rival, pay: Column) -> dict[str, Any]:
    """Return the values of all symbols but the ties and s, by name; α's only where it is known.

    Examples
    --------
    >>> import numpy as np
    >>> values = symbol_values(Community([2, 1]), Rival(mission=3), np.zeros(2))
    >>> values["theta_R"], values["h"], "alpha" in values
    (3.0, array([0., 0.]), False)
    """
    purpose = {} if community.purpose is None else {"alpha": community.purpose}
    return {
        **community.columns,
        **purpose,
        "h": community.enjoyment,
        "sigma": community.social,
        "w": pay,
        "theta": community.mission,
        "theta_R": rival.mission,
        "rho": rival.portability,
        "kappa": rival.crowding,
    }
