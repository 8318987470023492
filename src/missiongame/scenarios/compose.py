"""From the fields of a scenario file to a `Scenario`, every value checked.

The fields are described in `missiongame.scenarios`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from missiongame.errors import short
from missiongame.model import Community, Policy, Rival, Steward, contributions, offers
from missiongame.model.offers import Offer
from missiongame.scenarios.fields import Fields
from missiongame.scenarios.scenario import Assumption, Fact, Scenario, Words

MOST_MEMBERS = 10**7  # in all: more would not fit into memory


def build(name: str, table: Mapping[str, Any], source: str) -> Scenario:
    """Return the scenario that a file's top table describes.

    Raises
    ------
    ReadError
        On whatever is missing, unknown or illegal; the message names the field.
    """
    top = Fields(table, "", source)
    share = top.number("share", None, low=0, high=1)
    if share == 0:
        raise top.error("share", "0 should be positive")
    community = _community(top.fields("community"))
    rival, steward = top.fields("rival"), top.fields("steward")
    parameters = top.fields("parameters", needed=False)
    scenario = Scenario(
        name=name,
        title=top.text("title"),
        claim=top.text("claim", ""),
        community=community,
        rival=_rival(rival),
        steward=_steward(steward),
        offers=_offers(top, community.n),
        facts=tuple(
            Fact(f.text("text"), f.text("source"), f.texts("about")) for f in top.each("facts")
        ),
        assumptions=tuple(
            Assumption(f.text("text"), f.texts("about")) for f in top.each("assumptions")
        ),
        share=None if share is None else float(share),
        parameters=MappingProxyType({k: float(parameters.number(k)) for k in parameters.table}),
        words=_words(top.fields("words", needed=False), rival, steward),
    )
    top.done()
    _check_about(top, scenario)
    return scenario


def _community(fields: Fields) -> Community:
    """Return the community: one group of members who are listed, or several who feel alike."""
    mission = fields.number("mission", 1.0, low=0)
    if fields.has("groups"):
        groups, names = fields.each("groups"), None
        if not groups:
            raise fields.error("groups", "empty; at least one group is needed")
        for group in groups:
            group.text("name", "")
    else:
        groups, names = [fields], fields.texts("names") or None
    parts, left = list[dict[str, Any]](), MOST_MEMBERS
    for group in groups:
        parts.append(_members(group, left))
        left -= len(parts[-1]["contribution"])
    unknown = [part["purpose"] is None for part in parts]
    if any(unknown) and not all(unknown):
        group = groups[unknown.index(True)]
        raise group.error("purpose", "missing; give it for all groups or none")
    columns = {
        key: np.concatenate([part[key] for part in parts])
        for key in parts[0]
        if not (key == "purpose" and unknown[0])
    }
    return fields.made("contribution", Community, **columns, mission=mission, names=names)


def _members(fields: Fields, most: int) -> dict[str, Any]:
    """Return a group's columns, purpose None where it is unknown."""
    contribution, n = _contribution(fields, most)
    felt = {
        "purpose": fields.column("purpose", n, None),
        "enjoyment": fields.column("enjoyment", n, 0.0),
        "social": fields.column("social", n, 0.0, low=0),
    }
    columns = {k: None if v is None else np.broadcast_to(v, n) for k, v in felt.items()}
    return {"contribution": contribution, **columns}


def _contribution(fields: Fields, most: int) -> tuple[Any, int]:
    """Return contributions, one a member, and how many members there are."""
    value = fields.take("contribution")
    if isinstance(value, list):
        if fields.has("members"):
            raise fields.error("members", "not together with one contribution a member")
        if not value:
            raise fields.error("contribution", "no members")
        return fields.column("contribution", len(value), low=0), len(value)
    n = fields.whole("members", low=1, high=most)
    if not isinstance(value, Mapping):
        return np.full(n, float(fields.checked("contribution", value, low=0))), n
    return _law(fields.fields("contribution"), n), n


def _law(fields: Fields, n: int) -> Any:
    """Return contributions that follow a law, its parameters given or fitted to top shares."""
    law = fields.choice("law", tuple(contributions.LAWS))
    total = fields.number("total", 1.0, low=0)
    if fields.has("top_shares"):
        shares = _top_shares(fields)
        return fields.made("top_shares", contributions.fit, law, n, shares, total).contribution
    if law == "zipf":
        return fields.made("exponent", contributions.zipf, n, fields.number("exponent"), total)
    a, end = fields.number("exponent"), fields.number("cutoff")
    return fields.made("exponent", contributions.truncated_power_law, n, a, end, total)


def _top_shares(fields: Fields) -> dict[int, float]:
    shares: dict[int, float] = {}
    pairs = fields.take("top_shares")
    for i, pair in enumerate(pairs if isinstance(pairs, list) else [pairs]):
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], int):
            raise fields.error(f"top_shares[{i}]", f"{short(pair)} should be a pair [k, share]")
        shares[pair[0]] = fields.checked(f"top_shares[{i}]", pair[1], 0, 1)
    return shares


def _rival(fields: Fields) -> Rival:
    value = fields.number("value", low=0)
    if value == 0:
        raise fields.error("value", "0 should be positive: money per captured contribution")
    return Rival(
        value=value,
        mission=fields.number("mission", 0.0, low=0),
        portability=fields.number("portability", 0.0, low=0, high=1),
        crowding=fields.number("crowding", 0.0, low=0),
    )


def _steward(fields: Fields) -> Steward:
    policies = [
        Policy(
            uplift=f.number("uplift", 0.0, low=0),
            cost=f.number("cost", 0.0, low=0),
            provider=f.text("provider", "in-house"),
        )
        for f in fields.each("policies")
    ]
    return Steward(fields.number("value", low=0), policies or [Policy()])


def _offers(top: Fields, n: int) -> tuple[Offer, ...]:
    made = tuple(_offer(fields, n) for fields in top.each("offers"))
    if not made:
        raise top.error("offers", "missing; at least one [[offers]] is needed")
    return made


def _offer(fields: Fields, n: int) -> Offer:
    kind = fields.choice("kind", ("flat", "top", "piece_rate", "personal"))
    fixed = fields.number("fixed", 0.0, low=0)
    if kind == "flat":
        return offers.flat(fields.number("pay", low=0), fixed)
    if kind == "top":
        return offers.top(fields.whole("places"), fields.number("pay", low=0), fixed)
    if kind == "piece_rate":
        return offers.piece_rate(fields.number("rate", low=0), fixed)
    pay = fields.column("pay", n, low=0)
    return offers.personal(pay if isinstance(pay, list) else [pay] * n, fixed)


def _words(fields: Fields, rival: Fields, steward: Fields) -> Words:
    return Words(
        members=fields.text("members", Words.members),
        contributions=fields.text("contributions", Words.contributions),
        period=fields.text("period", Words.period),
        money=fields.text("money", Words.money, empty=True),
        steward=steward.text("name", Words.steward),
        rival=rival.text("name", Words.rival),
        member=fields.text("member", ""),
        contribution=fields.text("contribution", ""),
    )


def _check_about(top: Fields, scenario: Scenario) -> None:
    """Refuse a statement about a field that the file does not have."""
    there = set(paths(top.table))
    for kind in ("facts", "assumptions"):
        statements: tuple[Fact | Assumption, ...] = getattr(scenario, kind)
        for i, statement in enumerate(statements):
            for about in statement.about:
                if about not in there:
                    raise top.error(f"{kind}[{i}].about", f"there is no field {short(about)}")


def paths(value: Any, path: str = "") -> Iterable[str]:
    """Yield the path of every field in a file, such as "rival", "rival.value", "offers[0].pay".

    Examples
    --------
    >>> list(paths({"rival": {"value": 1}, "offers": [{"pay": 2}]}))
    ['rival', 'rival.value', 'offers', 'offers[0]', 'offers[0].pay']
    """
    if path:
        yield path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from paths(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from paths(inner, f"{path}[{i}]")
