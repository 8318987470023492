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

_FELT = ("purpose", "enjoyment", "social")
MOST_MEMBERS = 10**7  # in all: more would not fit into memory


def build(name: str, table: Mapping[str, Any], source: str) -> Scenario:
    """Return the scenario that a file's top table describes.

    Raises
    ------
    ReadError
        On whatever is missing, unknown or illegal; the message names the field.
    """
    top = Fields(table, "", source)
    title, claim = top.text("title"), top.text("claim", "")
    share = top.number("share", None, low=0, high=1)
    if share == 0:
        raise top.error("share", "0 should be positive")
    community = _community(top.fields("community"))
    rival_fields, steward_fields = top.fields("rival"), top.fields("steward")
    words = _words(top.fields("words", needed=False), rival_fields, steward_fields)
    scenario = Scenario(
        name=name,
        title=title,
        claim=claim,
        community=community,
        rival=_rival(rival_fields),
        steward=_steward(steward_fields),
        offers=_offers(top, community.n),
        facts=tuple(_fact(f) for f in top.each("facts")),
        assumptions=tuple(_assumption(f) for f in top.each("assumptions")),
        share=None if share is None else float(share),
        parameters=_parameters(top.fields("parameters", needed=False)),
        words=words,
    )
    top.done()
    _check_about(top, scenario)
    return scenario


def _community(fields: Fields) -> Community:
    mission = fields.number("mission", 1.0, low=0)
    if fields.has("groups"):
        columns, names = _grouped(fields), None
        contribution = columns.pop("contribution")
    else:
        contribution, n = _contribution(fields)
        columns = {
            key: fields.column(key, n, None if key == "purpose" else 0.0, _low(key))
            for key in _FELT
        }
        names = fields.texts("names") or None
    made: Community = fields.made(
        "contribution", Community, contribution, mission=mission, names=names, **columns
    )
    fields.done()
    return made


def _low(key: str) -> float | None:
    return 0.0 if key == "social" else None


def _grouped(community: Fields) -> dict[str, Any]:
    """Return the columns of a community of groups, each of members who feel alike."""
    groups = community.each("groups")
    if not groups:
        raise community.error("groups", "empty; at least one group is needed")
    parts: dict[str, list[Any]] = {key: [] for key in ("contribution", *_FELT)}
    left = MOST_MEMBERS
    for fields in groups:
        fields.text("name", "")
        contribution, n = _contribution(fields, left)
        left -= n
        parts["contribution"].append(contribution)
        for key in _FELT:
            default = None if key == "purpose" else 0.0
            value = fields.column(key, n, default, _low(key))
            parts[key].append(None if value is None else np.broadcast_to(value, n))
        fields.done()
    unknown = [part is None for part in parts["purpose"]]
    if any(unknown) and not all(unknown):
        raise groups[unknown.index(True)].error(
            "purpose", "missing; give it for all groups or none"
        )
    return {
        key: None if values[0] is None else np.concatenate(values) for key, values in parts.items()
    }


def _contribution(fields: Fields, most: int = MOST_MEMBERS) -> tuple[Any, int]:
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
    return _law(Fields(value, fields.at("contribution"), fields.source), n), n


def _law(fields: Fields, n: int) -> Any:
    """Return contributions that follow a law, its parameters given or fitted to top shares."""
    law = fields.choice("law", tuple(contributions.LAWS))
    total = fields.number("total", 1.0, low=0)
    if fields.has("top_shares"):
        shares = _top_shares(fields)
        made = fields.made("top_shares", contributions.fit, law, n, shares, total).contribution
    elif law == "zipf":
        made = fields.made("exponent", contributions.zipf, n, fields.number("exponent"), total)
    else:
        a, end = fields.number("exponent"), fields.number("cutoff")
        made = fields.made("exponent", contributions.truncated_power_law, n, a, end, total)
    fields.done()
    return made


def _top_shares(fields: Fields) -> dict[int, float]:
    shares: dict[int, float] = {}
    pairs = fields.take("top_shares")
    for i, pair in enumerate(pairs if isinstance(pairs, list) else [pairs]):
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], int):
            raise fields.error(f"top_shares[{i}]", f"{short(pair)} should be a pair [k, share]")
        shares[pair[0]] = fields.checked(f"top_shares[{i}]", pair[1], 0, 1)
    return shares


def _rival(fields: Fields) -> Rival:
    fields.text("name", "")
    value = fields.number("value", low=0)
    if value == 0:
        raise fields.error("value", "0 should be positive: money per captured contribution")
    rival = Rival(
        value=value,
        mission=fields.number("mission", 0.0, low=0),
        portability=fields.number("portability", 0.0, low=0, high=1),
        crowding=fields.number("crowding", 0.0, low=0),
    )
    fields.done()
    return rival


def _steward(fields: Fields) -> Steward:
    fields.text("name", "")
    policies = [_policy(f) for f in fields.each("policies")] or [Policy()]
    steward = Steward(fields.number("value", low=0), policies)
    fields.done()
    return steward


def _policy(fields: Fields) -> Policy:
    policy = Policy(
        uplift=fields.number("uplift", 0.0, low=0),
        cost=fields.number("cost", 0.0, low=0),
        provider=fields.text("provider", "in-house"),
    )
    fields.done()
    return policy


def _offers(top: Fields, n: int) -> tuple[Offer, ...]:
    made = tuple(_offer(fields, n) for fields in top.each("offers"))
    if not made:
        raise top.error("offers", "missing; at least one [[offers]] is needed")
    return made


def _offer(fields: Fields, n: int) -> Offer:
    kind = fields.choice("kind", ("flat", "top", "piece_rate", "personal"))
    fixed = fields.number("fixed", 0.0, low=0)
    if kind == "flat":
        made = offers.flat(fields.number("pay", low=0), fixed)
    elif kind == "top":
        made = offers.top(fields.whole("places"), fields.number("pay", low=0), fixed)
    elif kind == "piece_rate":
        made = offers.piece_rate(fields.number("rate", low=0), fixed)
    else:
        pay = fields.column("pay", n, low=0)
        made = offers.personal(pay if isinstance(pay, list) else [pay] * n, fixed)
    fields.done()
    return made


def _words(fields: Fields, rival: Fields, steward: Fields) -> Words:
    given = {
        key: fields.text(key, getattr(Words, key)) for key in ("members", "contributions", "period")
    }
    money = fields.take("money", Words.money)
    if not isinstance(money, str):
        raise fields.error("money", f"{short(money)} should be text")
    fields.done()
    return Words(
        **given,
        money=money,
        steward=steward.text("name", Words.steward),
        rival=rival.text("name", Words.rival),
    )


def _fact(fields: Fields) -> Fact:
    fact = Fact(fields.text("text"), fields.text("source"), tuple(fields.texts("about")))
    fields.done()
    return fact


def _assumption(fields: Fields) -> Assumption:
    assumption = Assumption(fields.text("text"), tuple(fields.texts("about")))
    fields.done()
    return assumption


def _parameters(fields: Fields) -> Mapping[str, float]:
    return MappingProxyType({key: float(fields.number(key)) for key in fields.table})


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
