"""The options of ``missiongame raid``, as types for typer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Source = Annotated[
    str | None,
    typer.Argument(
        metavar="SOURCE",
        help="A CSV file, a TOML scenario, a git repository or a scenario's name; "
        "Digg against Netscape without one.",
    ),
]

# What members feel, instead of what the source says.
Purpose = Annotated[
    float | None, typer.Option(help="Worth of a unit of mission, the same for all: money.")
]
Enjoyment = Annotated[
    float | None, typer.Option(help="Pleasure apart from mission and others: money.")
]
Social = Annotated[float | None, typer.Option(help="Worth of having all the others around: money.")]
Mission = Annotated[float | None, typer.Option(help="Strength of the mission.")]

# The rival's offer: one of them.
Top = Annotated[
    tuple[int, float] | None,
    typer.Option(metavar="K PAY", help="Offer PAY to the K largest contributors."),
]
Flat = Annotated[float | None, typer.Option(metavar="PAY", help="Offer PAY to all.")]
PieceRate = Annotated[
    float | None, typer.Option(metavar="RATE", help="Offer RATE for each contribution.")
]
Share = Annotated[
    float | None, typer.Option(help="Share of the work whose loss is a success, in (0, 1].")
]

# The rival.
Value = Annotated[
    float | None, typer.Option(help="What a captured contribution is worth to the rival.")
]
RivalMission = Annotated[float | None, typer.Option(help="The rival's own mission.")]
Portability = Annotated[
    float | None, typer.Option(help="Part of a tie that works at the rival, 0 to 1.")
]
Crowding = Annotated[float | None, typer.Option(help="How much pay dilutes purpose at the rival.")]

# The steward.
StewardValue = Annotated[
    float | None, typer.Option(help="What the whole community is worth to its steward.")
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy",
        metavar="UPLIFT:COST[:PROVIDER]",
        help="What the steward may do; may be repeated.",
    ),
]

# A git repository.
Since = Annotated[str | None, typer.Option(metavar="DATE", help="git: from this day.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="git: up to, not with, this day.")]
NoBots = Annotated[bool, typer.Option("--no-bots", help="git: leave out programs that commit.")]

# Output.
AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")]
Plot = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw defection against mission and pay, e.g. raid.png."),
]
