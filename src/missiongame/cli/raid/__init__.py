"""``missiongame raid [SOURCE]``: would a rival's cash break this community?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from missiongame.cli.raid import options as o

if TYPE_CHECKING:
    from missiongame.assessment import Answer
    from missiongame.cli.raid.choices import Choices


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("raid")(raid)


def raid(
    source: o.Source = None,
    purpose: o.Purpose = None,
    enjoyment: o.Enjoyment = None,
    social: o.Social = None,
    mission: o.Mission = None,
    top: o.Top = None,
    flat: o.Flat = None,
    piece_rate: o.PieceRate = None,
    share: o.Share = None,
    value: o.Value = None,
    rival_mission: o.RivalMission = None,
    portability: o.Portability = None,
    crowding: o.Crowding = None,
    steward_value: o.StewardValue = None,
    policies: o.Policies = None,
    since: o.Since = None,
    until: o.Until = None,
    no_bots: o.NoBots = False,
    as_json: o.AsJson = False,
    plot: o.Plot = None,
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
        policies=tuple(policies or ()),
    )
    _run(source, choices, (since, until, not no_bots), as_json, plot)


def _run(
    source: str | None,
    choices: Choices,
    window: tuple[str | None, str | None, bool],
    as_json: bool,
    plot: Path | None,
) -> None:
    from missiongame.assessment import Answer
    from missiongame.cli.raid.choices import chosen
    from missiongame.cli.screen import progress
    from missiongame.cli.source import load_source

    if plot is not None:
        from missiongame.cli.source import files_of
        from missiongame.plots import check_file

        check_file(plot, files_of(source))
    with progress("Reading"):
        answer = Answer(chosen(load_source(source, *window), choices))
    if plot is not None:
        from missiongame.cli.raid.picture import draw

        with progress("Drawing"):
            draw(answer, plot)
    if as_json:
        _print_document(answer)
    else:
        _print_page(answer, plot)


def _print_document(answer: Answer) -> None:
    from missiongame.cli.raid.document import document
    from missiongame.cli.screen import print_json, progress

    with progress("Computing the equilibria"):
        made = document(answer)
    print_json(made)


def _print_page(answer: Answer, plot: Path | None) -> None:
    from missiongame.cli.raid.page import parts
    from missiongame.cli.screen import plain, progress, show

    with progress("Computing the equilibria"):
        lines = list(parts(answer))
    show([*lines, *([f"\nThe picture is in {plain(str(plot))}."] if plot is not None else [])])
