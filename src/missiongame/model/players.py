"""Who is who: arguments that most functions take, told apart before they are used."""

from __future__ import annotations

from typing import Any

import numpy as np

from missiongame.errors import Words, illegal, wrong_type
from missiongame.exact import Mask
from missiongame.model.community import Community
from missiongame.model.rival import Rival
from missiongame.model.steward import Steward

_KINDS: dict[str, type] = {"community": Community, "rival": Rival, "steward": Steward}


def check_players(**given: Any) -> None:
    """Raise unless `community`, `rival`, `steward` and `offer` are what their names say.

    An offer may be anything with `pay(community)`.

    Raises
    ------
    InvalidType
        Naming the first that is not, so that swapped arguments are seen.

    Examples
    --------
    >>> check_players(community=Community([1]), rival=Rival())
    >>> check_players(community=Rival())
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidType: community is Rival(value=10.0, mission=0.0, portability=0.0,
    crowding=0.0) (Rival); it should be a Community
    """
    for argument, value in given.items():
        if argument == "offer":
            if not callable(getattr(value, "pay", None)):
                raise wrong_type(argument, value, "an Offer, or anything with pay(community)")
        elif not isinstance(value, _KINDS[argument]):
            raise wrong_type(argument, value, f"a {_KINDS[argument].__name__}")


def members_among(value: Any, argument: str, n: int) -> Mask:
    """Return which of n members `value` means, as an (n,) array of bool.

    Examples
    --------
    >>> members_among([1, 0], "defectors", 2)
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidType: defectors is array([1, 0]) (ndarray); it should be ...
    """
    array = np.asarray(value)
    if array.dtype != np.bool_:
        raise wrong_type(argument, array, "an array of True and False, one a member")
    if array.shape != (n,):
        raise illegal(
            argument, Words(f"of shape {array.shape}"), f"{n} of True and False, one a member"
        )
    return array
