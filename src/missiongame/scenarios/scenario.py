"""A case: who, against whom, with what offer; what is known and what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from missiongame.exact import Number
from missiongame.model import Community, Rival, Steward
from missiongame.model.offers import Offer
from missiongame.scenarios.singular import singular


@dataclass(frozen=True)
class Fact:
    """Something reported, and by whom.

    Attributes
    ----------
    text : str
    source : str
    about : tuple of str
        The fields of the scenario that rest on it, such as "offers[0].pay".
    """

    text: str
    source: str
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} ({self.source})"


@dataclass(frozen=True)
class Assumption:
    """Something nobody reported, set so that the case can be computed.

    Attributes
    ----------
    text : str
    about : tuple of str
        The fields that are assumed.
    """

    text: str
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"assumed: {self.text}"


@dataclass(frozen=True)
class Words:
    """How a report calls things.

    Attributes
    ----------
    members, contributions, period : str
        "submitters", "front-page stories", "month".
    money : str
        What stands before an amount: "$"; may be empty.
    steward, rival : str
        "Digg", "Netscape".
    member, contribution : str
        One of them: "submitter", "front-page story". Where they are not given, made
        of the plurals (see `missiongame.scenarios.singular`).

    Examples
    --------
    >>> words = Words(members="people", contributions="services attended")
    >>> words.member, words.contribution
    ('person', 'services attended')
    >>> Words(contributions="services attended", contribution="service attended").contribution
    'service attended'
    """

    members: str = "members"
    contributions: str = "contributions"
    period: str = "month"
    money: str = "$"
    steward: str = "the community"
    rival: str = "the rival"
    member: str = ""
    contribution: str = ""

    def __post_init__(self) -> None:
        for one, many in (("member", self.members), ("contribution", self.contributions)):
            if not getattr(self, one):
                object.__setattr__(self, one, singular(many))

    @property
    def a_period(self) -> str:
        """The period with its article: "a month", "an hour"."""
        vowel = self.period[:1].casefold() in "aeio" or self.period.casefold().startswith("hour")
        return f"{'an' if vowel else 'a'} {self.period}"


@dataclass(frozen=True, eq=False)
class Scenario:
    """One case, ready for every function of the library.

    Attributes
    ----------
    name, title : str
    claim : str
        What the debate says about the case.
    community : Community
        With purpose None where it is unknown.
    rival : Rival
    steward : Steward
    offers : tuple of Offer
        What the rival chooses from in the contest; the first is the one it made.
    facts : tuple of Fact
    assumptions : tuple of Assumption
    share : float, Fraction or None
        The share of contributions whose loss counts as a successful raid.
    parameters : mapping of name to number
        What a mechanism of the case needs besides, such as ``ask_rate``.
    words : Words
    """

    name: str
    title: str
    claim: str
    community: Community
    rival: Rival
    steward: Steward
    offers: tuple[Offer, ...]
    facts: tuple[Fact, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    share: Number | None = None
    parameters: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    words: Words = Words()

    @property
    def offer(self) -> Offer:
        """The offer that the rival made: the first of `offers`."""
        return self.offers[0]

    def __repr__(self) -> str:
        return f"<scenario {self.name}: {self.title}>"

    def changed(self, **changes: Any) -> Scenario:
        """Return the same case with some attributes replaced.

        Examples
        --------
        >>> from missiongame import offers, scenarios
        >>> case = scenarios.load("church")
        >>> case.changed(offers=(offers.flat(5),)).offer
        <offer: 5 to everyone>
        """
        return replace(self, **changes)

    def standing(self, path: str) -> str | None:
        """Return "fact", "assumption" or None: what a field of the case rests on.

        A statement about a table covers the fields in it.

        Examples
        --------
        >>> from missiongame import scenarios
        >>> scenarios.load("digg-netscape").standing("offers[0].pay")
        'fact'
        """
        for statements, word in ((self.facts, "fact"), (self.assumptions, "assumption")):
            for statement in statements:
                if any(_covers(about, path) for about in statement.about):
                    return word
        return None


def _covers(about: str, path: str) -> bool:
    return path == about or path.startswith((f"{about}.", f"{about}["))
