"""From a case to whose leaving would lower the price of its break-up most."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np

from missiongame.assessment.findings import Findings
from missiongame.assessment.repriced import LARGE, Ends, repriced, rise, slow
from missiongame.model import Community
from missiongame.price import Price

MOST = 10  # members whose leaving is tried
FEW = 3  # where members are many; only one where each price needs a search
ONE = 0.2  # seconds that the search for one price may take at most
LONG = 2_000  # approached members beyond which who matters is read off their pay


@dataclass(frozen=True, eq=False)
class Departure:
    """A member, and the price of the same share of the others' work without them.

    Attributes
    ----------
    member : int
        Their position.
    name : str
    price : Price
        Of the community without them.
    lowers : (Fraction, Fraction)
        By how much the price falls, money a period: least and most, equal where both
        prices are exact; negative where it rises. Where purpose is unknown: for a worth of 1.
    """

    member: int
    name: str
    price: Price
    lowers: Ends


def departures(found: Findings) -> tuple[Departure, ...]:
    """Return whose leaving would lower the price of the share most, first.

    Tried are at most ten members, by turns the largest of those on whom the share hangs
    and those whose purpose moves the price most; three, or one, where members are many. Listed
    are those whose leaving may lower the price. Who makes all the work is not among them:
    without them there is no work to win.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([3, 3, 2], purpose=[9, 2, 4], names=["Ann", "Bob", "Cy"])
    >>> [(d.name, *map(str, d.lowers)) for d in mg.assess(town).departures]
    [('Ann', '4', '4'), ('Cy', '4', '4')]
    """
    now, community = found.price, found.priced.community
    tried = [i for i in candidates(found) if without(community, i) is not None]
    seconds = min(found.seconds / 2 / max(1, len(tried)), ONE)
    made = []
    for i in tried:
        rest = without(community, i)
        if rest is not None:
            price = repriced(found, rest, seconds)
            made.append(Departure(i, community.name(i), price, rise(price, now)))
    made = [departure for departure in made if departure.lowers[1] > 0]
    return tuple(sorted(made, key=lambda d: (-d.lowers[1], -d.lowers[0], d.name)))


def candidates(found: Findings) -> list[int]:
    """Return the positions of those whose leaving is tried."""
    price = found.price
    most = MOST if found.scenario.community.n < LARGE else FEW
    if slow(found, found.priced.community):
        most = 1
    if len(price.order) <= LONG:
        matter = price.reading.who_matters(most)
    else:
        matter = np.argsort(-price.pay, kind="stable")[:most].tolist()
    turns = chain.from_iterable(zip_longest(found.hinge[:most].tolist(), matter))
    return [i for i in dict.fromkeys(turns) if i is not None][:most]


def without(community: Community, member: int) -> Community | None:
    """Return the community without one member; None where no work is left.

    Examples
    --------
    >>> town = Community([3, 2, 1], ties=[[0, 1, 2], [3, 0, 4], [5, 6, 0]])
    >>> without(town, 1).ties.dense()
    array([[0., 2.],
           [5., 0.]])
    """
    stay = np.arange(community.n) != member
    if not (community.contribution[stay] > 0).any():
        return None
    columns = ("contribution", "purpose", "enjoyment", "social")
    kept = {name: getattr(community, name) for name in columns}
    changes = {name: None if of is None else of[stay] for name, of in kept.items()}
    changes["columns"] = {name: of[stay] for name, of in community.columns.items()}
    if community.names is not None:
        changes["names"] = (*community.names[:member], *community.names[member + 1 :])
    if community.ties is not None:
        changes["ties"] = community.ties.among(stay)
    return community.changed(**changes)
