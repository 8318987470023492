"""The steps that raid and price share: read a case, check the outputs, compute, write, show."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

from missiongame.assessment import Assessment, anonymous, assess, chosen
from missiongame.cli.screen import plain, print_json, progress, show
from missiongame.cli.source import files_of, load_source
from missiongame.errors import InvalidValue, illegal
from missiongame.files import check_output
from missiongame.model import Policy
from missiongame.scenarios import Scenario

Given = Mapping[str, Any]
"""A command's options by name."""

Writer = Callable[[Assessment, Path], object]
"""Writes what was found to a file."""


def case_of(given: Given) -> Scenario:
    """Return the case that a command is asked about, with the user's choices in it."""
    with progress("Reading"):
        reading = {name: given[name] for name in ("since", "until", "money", "period")}
        case = load_source(given["source"], bots=not given["no_bots"], **reading)
        _question(given.get("top"), case.community.n)
        case = anonymous(case) if given["anonymous"] else case
        policies = [_policy(text) for text in given.get("policies") or ()]
        return chosen(case, {**given, "policies": policies})


def _question(top: tuple[int, float] | None, n: int) -> None:
    """Raise where the two numbers of --top are likely to be the wrong way round."""
    if top is None:
        return
    places, pay = top
    if places > n >= pay >= 1 and pay.is_integer():
        raise InvalidValue(
            f"--top {places} {pay:.0f}: there are {n:,} members, fewer than {places:,}; did you "
            f"mean --top {pay:.0f} {places}? (To pay {pay:.0f} to all: --flat {pay:.0f})"
        )


def _policy(text: str) -> Policy:
    """Return the policy that "UPLIFT:COST" or "UPLIFT:COST:PROVIDER" says."""
    uplift, _, rest = text.partition(":")
    cost, colon, provider = rest.partition(":")
    try:
        numbers = float(uplift), float(cost)
    except ValueError as error:
        raise illegal("--policy", text, "UPLIFT:COST or UPLIFT:COST:PROVIDER") from error
    return Policy(*numbers, provider if colon else "in-house")


def check_files(given: Given) -> None:
    """Raise unless the picture and the CSV file can be written, and harm nothing that is read."""
    plot, csv = given["plot"], given.get("csv")
    if plot is not None:
        from missiongame.plots import check_file  # needs Matplotlib

        check_file(plot, files_of(given["source"]))
    if csv is not None:
        check_output(csv, "csv", files_of(given["source"]))
        if plot is not None and os.path.realpath(csv) == os.path.realpath(plot):
            raise illegal("csv", str(csv), "another file than the picture")


def answer(given: Given, page: Callable[[Assessment], Iterable[Any]], **writers: Writer) -> None:
    """Assess the case; write the files that are asked for; and only then print.

    `writers` are by option: ``csv`` writes a table; a picture needs none.

    Raises
    ------
    typer.Exit
        With status 1, after all is shown, if the community falls and that was asked for.
    """
    if not given["seconds"] > 0:
        raise illegal("seconds", given["seconds"], "positive")
    check_files(given)
    case = case_of(given)
    with progress("Computing"):
        found = assess(case, budget=given["budget"], seconds=given["seconds"])
        made: Any = found.to_dict() if given["as_json"] else list(page(found))
    writers = {**writers, "plot": lambda found, path: found.plot(path)}
    asked = {option: given[option] for option in writers if given.get(option) is not None}
    for option, path in asked.items():
        with progress("Drawing" if option == "plot" else "Writing"):
            writers[option](found, path)
    if given["as_json"]:
        print_json(made)
    else:
        named = {"plot": "The picture", "csv": "The order"}
        show([*made, *(f"\n{named[o]} is in {plain(str(path))}." for o, path in asked.items())])
    if given["fail_if_falls"] and False in (found.holds, found.holds_budget):
        raise typer.Exit(1)
