"""``missiongame price [SOURCE]``: what would it cost a rival to break this community?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from missiongame.assessment import PriceAnswer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("price")(price)


def price(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            help="A CSV file, a TOML scenario, a git repository or a scenario's name; "
            "Digg against Netscape without one.",
        ),
    ] = None,
    share: Annotated[
        float | None,
        typer.Option(help="Share of the work to win, in (0, 1]; all of it by default."),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(help="What the rival can spend a period; the source's offer by default."),
    ] = None,
    purpose: Annotated[
        float | None, typer.Option(help="Worth of a unit of mission, the same for all: money.")
    ] = None,
    enjoyment: Annotated[
        float | None, typer.Option(help="Pleasure apart from mission and others: money.")
    ] = None,
    social: Annotated[
        float | None, typer.Option(help="Worth of having all the others around: money.")
    ] = None,
    mission: Annotated[float | None, typer.Option(help="Strength of the mission.")] = None,
    rival_mission: Annotated[float | None, typer.Option(help="The rival's own mission.")] = None,
    portability: Annotated[
        float | None, typer.Option(help="Part of a tie that works at the rival, 0 to 1.")
    ] = None,
    crowding: Annotated[
        float | None, typer.Option(help="How much pay dilutes purpose at the rival.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="git: from this day.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="git: up to, not with, this day.")
    ] = None,
    no_bots: Annotated[
        bool, typer.Option("--no-bots", help="git: leave out programs that commit.")
    ] = False,
    seconds: Annotated[
        float, typer.Option(help="About how long a search that can be stopped may take.")
    ] = 10.0,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write whom to pay what, in order.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw the price and what protects, e.g. price.png."),
    ] = None,
) -> None:
    """Say what it would cost a rival to break this community.

    The least pay that wins a share of the work for certain, whom it goes to, what of
    it pays for purpose, enjoyment and ties, how strong the mission must be so that a
    budget does not suffice, and a verdict.
    """
    from missiongame.assessment import PriceAnswer
    from missiongame.cli.raid.choices import Choices, chosen
    from missiongame.cli.screen import progress
    from missiongame.cli.source import load_source
    from missiongame.errors import illegal

    if not seconds > 0:
        raise illegal("seconds", seconds, "positive")
    _check(source, csv, plot)
    choices = Choices(
        purpose=purpose,
        enjoyment=enjoyment,
        social=social,
        mission=mission,
        rival_mission=rival_mission,
        portability=portability,
        crowding=crowding,
        share=share,
    )
    with progress("Reading"):
        case = chosen(load_source(source, since, until, not no_bots), choices)
    _show(PriceAnswer(case, budget, seconds), csv, as_json, plot)


def _check(source: str | None, csv: Path | None, plot: Path | None) -> None:
    from missiongame.cli.source import files_of
    from missiongame.errors import illegal
    from missiongame.files import check_output

    if plot is not None:
        from missiongame.plots import check_file

        check_file(plot, files_of(source))
    if csv is not None:
        check_output(csv, "csv", files_of(source))
        if plot is not None and os.path.realpath(csv) == os.path.realpath(plot):
            raise illegal("csv", str(csv), "another file than the picture")


def _show(answer: PriceAnswer, csv: Path | None, as_json: bool, plot: Path | None) -> None:
    from missiongame.cli.screen import plain, print_json, progress, show

    with progress("Computing the price"):
        if as_json:
            from missiongame.cli.price.document import document

            made = document(answer)
        else:
            from missiongame.cli.price.page import parts

            lines = list(parts(answer))
        if csv is not None:
            from missiongame.cli.price.order import write

            write(answer, csv)
    if plot is not None:
        with progress("Drawing"):
            from missiongame.cli.price.picture import draw

            draw(answer, plot)
    if as_json:
        print_json(made)
        return
    told = ((csv, "The order"), (plot, "The picture"))
    show(
        [
            *lines,
            *(f"\n{what} is in {plain(str(path))}." for path, what in told if path is not None),
        ]
    )
