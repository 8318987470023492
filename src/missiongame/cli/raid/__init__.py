"""``missiongame raid [SOURCE]``: would a rival's cash break this community?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_COMMUNITY = "What members feel (instead of what the source says)"
_RIVAL = "The rival"
_OFFER = "Its offer (one of them)"
_STEWARD = "Who runs the community"
_GIT = "For a git repository"
_OUTPUT = "Output"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("raid")(raid)


def raid(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            help="A CSV file, a TOML scenario, a git repository or a scenario's name; "
            "Digg against Netscape without one.",
        ),
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
    top: Annotated[
        tuple[int, float] | None,
        typer.Option(metavar="K PAY", help="Offer PAY to the K largest contributors."),
    ] = None,
    flat: Annotated[float | None, typer.Option(metavar="PAY", help="Offer PAY to all.")] = None,
    piece_rate: Annotated[
        float | None, typer.Option(metavar="RATE", help="Offer RATE for each contribution.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(help="Share of the work whose loss is a success, in (0, 1].")
    ] = None,
    value: Annotated[
        float | None, typer.Option(help="What a captured contribution is worth to the rival.")
    ] = None,
    rival_mission: Annotated[float | None, typer.Option(help="The rival's own mission.")] = None,
    portability: Annotated[
        float | None, typer.Option(help="Part of a tie that works at the rival, 0 to 1.")
    ] = None,
    crowding: Annotated[
        float | None, typer.Option(help="How much pay dilutes purpose at the rival.")
    ] = None,
    steward_value: Annotated[
        float | None, typer.Option(help="What the whole community is worth to its steward.")
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="UPLIFT:COST[:PROVIDER]", help="What the steward may do; may be repeated."
        ),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="git: from this day.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="git: up to, not with, this day.")
    ] = None,
    no_bots: Annotated[
        bool, typer.Option("--no-bots", help="git: leave out programs that commit.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw defection against mission and pay, e.g. raid.png."),
    ] = None,
) -> None:
    """Would a rival's cash break this community?

    Says who the community is, what the offer does, how strong the mission must be,
    how steward and rival would meet, and a verdict.
    """
    from missiongame.cli.raid.choices import Choices

    choices = Choices(
        purpose=purpose,
        enjoyment=enjoyment,
        social=social,
        mission=mission,
        value=value,
        rival_mission=rival_mission,
        portability=portability,
        crowding=crowding,
        top=top,
        flat=flat,
        piece_rate=piece_rate,
        share=share,
        steward_value=steward_value,
        policies=tuple(policy or ()),
    )
    _run(source, choices, (since, until, not no_bots), as_json, plot)


def _run(
    source: str | None,
    choices: object,
    window: tuple[str | None, str | None, bool],
    as_json: bool,
    plot: Path | None,
) -> None:
    from missiongame.cli.raid.answer import Answer
    from missiongame.cli.raid.choices import Choices, chosen
    from missiongame.cli.screen import print_json, progress
    from missiongame.cli.source import load_source

    assert isinstance(choices, Choices)  # noqa: S101 - typed loosely so that it loads late
    if plot is not None:
        from missiongame.plots import check_file

        check_file(plot)
    with progress("Reading"):
        answer = Answer(chosen(load_source(source, *window), choices))
    with progress("Computing the equilibria"):
        if as_json:
            from missiongame.cli.raid.document import document

            made = document(answer)
        else:
            from missiongame.cli.raid.page import parts

            lines = list(parts(answer))
    if plot is not None:
        with progress("Drawing"):
            from missiongame.cli.raid.picture import draw

            draw(answer, plot)
    if as_json:
        print_json(made)
        return
    from missiongame.cli.screen import console

    screen = console()
    for line in lines:
        screen.print(line)
    if plot is not None:
        screen.print(f"\nThe picture is in {plot}.", markup=False)
