"""What a command runs on: a CSV file, a TOML scenario, a git repository or a case's name.

Whatever it is, it becomes a `Scenario`. A file or repository of members says
nothing of a rival, so one is assumed, and each assumption is listed.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from missiongame.cli.screen import plain
from missiongame.errors import ReadError, illegal
from missiongame.model import Community, Policy, Rival, Steward, offers
from missiongame.scenarios import Assumption, Fact, Scenario, Words, load, names, read

if TYPE_CHECKING:
    from missiongame.model.offers import Offer

DEFAULT = "digg-netscape"
PAY = 1000  # what the raid of 2006 offered, money a month
PLACES = 20
_LONGEST_SHOWN = 200  # characters of a source that is none


def load_source(
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
    bots: bool = True,
) -> Scenario:
    """Return the scenario that `source` names; without one, Digg against Netscape.

    Parameters
    ----------
    source : str, optional
        An existing path (a git repository's directory, a TOML scenario, else a CSV
        file), "FILE.toml:VARIANT", or an embedded case's name.
    since, until, bots
        For a git repository; see `missiongame.Community.from_git`.

    Raises
    ------
    ReadError, InvalidValue
        If it is none of these or cannot be read.
    """
    text = DEFAULT if source is None else source
    found = _located(text)
    if found is not None and found[0].is_dir():
        return _repository(found[0], since, until, bots)
    for argument, value in (("since", since), ("until", until), ("bots", None if bots else bots)):
        if value is not None:
            raise illegal(argument, value, f"given only for a git repository; {text} is none")
    if found is not None:
        path, variant = found
        is_case = variant is not None or path.suffix.lower() == ".toml"
        return read(path, variant) if is_case else _table(path)
    if text in names():
        return load(text)
    raise _unknown(text)


def files_of(source: str | None) -> list[Path]:
    """Return what is read for a source, which no output may overwrite.

    Of a git repository: its own files and its mailmap, not its work tree.
    """
    found = None if source is None else _located(source)
    if found is None:
        return []
    path = found[0]
    if not path.is_dir():
        return [path]
    git = path / ".git"
    return [git if git.exists() else path, path / ".mailmap"]


def _located(text: str) -> tuple[Path, str | None] | None:
    """Return the path that a source names, with a variant after a colon; None where it is none."""
    # os.path's functions answer where pathlib's raise: no such user, no access, too long.
    path = os.path.expanduser(text)  # noqa: PTH111
    if os.path.exists(path):  # noqa: PTH110
        return Path(path), None
    file, colon, variant = path.rpartition(":")
    return (Path(file), variant) if colon and file.lower().endswith(".toml") else None


def _unknown(text: str) -> ReadError:
    text = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    near = difflib.get_close_matches(text, names(), 1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    return ReadError(
        f"{text}: no such file, directory or scenario{hint}; "
        "`missiongame scenarios` lists the scenarios"
    )


def _table(path: Path) -> Scenario:
    name = plain(path.name)
    words = Words(steward=plain(path.stem), money="")
    return of_community(name, f"{name} against a rival who pays", Community.read_csv(path), words)


def _repository(path: Path, since: str | None, until: str | None, bots: bool) -> Scenario:
    from missiongame.readers import read_history

    history = read_history(path, since, until, bots)
    name = plain(path.resolve().name.removesuffix(".git") or str(path))
    words = Words(members="authors", contributions="commits", steward=name, money="")
    left_out = f" {history.bots_left_out:,} commits of programs left out." if not bots else ""
    window = Fact(
        f"{history.commits:,} commits from {history.since:%Y-%m-%d} to "
        f"{history.until:%Y-%m-%d}, counted as {history.months:.1f} months.{left_out}",
        f"git log of {path}",
        ("community.contribution",),
    )
    notes: tuple[Fact, ...] = (window,)
    for note in ([history.shallow_note] if history.shallow else []) + (
        [history.undated_note] if history.undated else []
    ):
        notes += (Fact(note, f"git log of {path}", ("community.contribution",)),)
    scenario = of_community(
        name,
        f"{name} against a rival who pays",
        Community.from_columns(history.columns),
        words,
        notes,
    )
    bot_members = [m for m in history.members if m.bot]
    if not bot_members:
        return scenario
    kept = Assumption(
        f"{len(bot_members)} of the authors are programs, which nobody can hire; "
        "--no-bots leaves them out.",
        ("community.contribution",),
    )
    return scenario.changed(assumptions=(kept, *scenario.assumptions))


def of_community(
    name: str, title: str, community: Community, words: Words, facts: tuple[Fact, ...] = ()
) -> Scenario:
    """Return a community as a scenario, with an assumed offer, rival and steward."""
    places = min(PLACES, max(1, community.n // 10))
    offer = offers.top(places, PAY)
    rival = Rival(value=assumed_value(community, offer))
    return Scenario(
        name=name,
        title=title,
        claim="",
        community=community,
        rival=rival,
        steward=assumed_steward(community, rival),
        offers=assumed_offers(offer),
        facts=facts,
        assumptions=(
            Assumption(
                f"The rival offers what Netscape offered in 2006, {PAY:,} a month, to the top "
                "tenth of the members, at most twenty (--top K PAY, --flat, --piece-rate).",
                ("offers",),
            ),
            Assumption(
                "A captured contribution is worth to the rival twice what the offer pays for "
                "one (--value).",
                ("rival.value",),
            ),
            Assumption(
                "The rival has no mission of its own, no tie works there, and pay dilutes "
                "nothing (--rival-mission, --portability, --crowding).",
                ("rival.mission", "rival.portability", "rival.crowding"),
            ),
            Assumption(
                "The community is worth to its steward what its contributions are worth to the "
                "rival; a quarter more mission costs 5 % of that, half more 15 % "
                "(--steward-value, --policy).",
                ("steward",),
            ),
        ),
        words=words,
    )


def assumed_value(community: Community, offer: Offer) -> float:
    """Return twice what the offer pays for a contribution of those it pays, or 1."""
    pay = offer.pay(community).astype(float)
    made = float(community.contribution[pay > 0].astype(float).sum())
    return 2 * float(pay.sum()) / made if made > 0 else 1.0


def assumed_steward(community: Community, rival: Rival) -> Steward:
    """Return a steward who values the community as the rival would, with two ways to lift it."""
    value = float(rival.value) * float(community.total)
    mission = float(community.mission) or 1.0
    lifts = ((0.25, 0.05), (0.5, 0.15))
    return Steward(
        value, [Policy(), *(Policy(uplift * mission, cost * value) for uplift, cost in lifts)]
    )


def assumed_offers(offer: Offer) -> tuple[Offer, ...]:
    """Return an offer and what the rival might make instead: half, double, or nothing."""
    if offer.kind == "top":
        places, amount = offer.places or 0, offer.amount
        others = [
            offers.top(places, amount / 2),
            offers.top(places, amount * 2),
            offers.top(max(1, places // 2), amount),
            offers.top(2 * places, amount),
        ]
    elif offer.kind == "personal":
        others = [offers.personal(offer.amount / 2), offers.personal(offer.amount * 2)]
    else:
        make = offers.flat if offer.kind == "flat" else offers.piece_rate
        others = [make(offer.amount / 2), make(offer.amount * 2)]
    return (offer, *others, offers.flat(0))
