"""``missiongame scenarios [NAME]``: the cases, one line each, or one case's facts."""

from __future__ import annotations

from typing import Annotated, Any

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("scenarios")(scenarios)


def scenarios(
    name: Annotated[
        str | None,
        typer.Argument(help="A scenario, to see its facts and assumptions.", metavar="[NAME]"),
    ] = None,
    other: Annotated[
        str | None,
        typer.Argument(
            help="A second one of the same size: what decides between the two?", metavar="[OTHER]"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")] = False,
) -> None:
    """List the cases; or tell one's facts and assumptions, or what decides between two."""
    from missiongame.cli.screen import console, print_json

    if name is None:
        made, lines = _all()
    elif other is None:
        made, lines = _one(name)
    else:
        made, lines = _two(name, other)
    if as_json:
        print_json(made)
        return
    screen = console()
    for line in lines:
        screen.print(line)


def _all() -> tuple[dict[str, Any], list[Any]]:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from missiongame.scenarios import load, names

    cases = [load(name) for name in names()]
    listed = Table(box=box.SIMPLE_HEAD, title="Scenarios", title_style="bold", title_justify="left")
    listed.add_column("name", no_wrap=True)
    listed.add_column("what is claimed")
    for case in cases:
        listed.add_row(case.name, case.claim)
    hint = "`missiongame raid NAME` runs one; `missiongame scenarios NAME` tells its facts."
    made = {"scenarios": [{"name": c.name, "title": c.title, "claim": c.claim} for c in cases]}
    return made, [listed, Text(hint)]


def _one(name: str) -> tuple[dict[str, Any], list[Any]]:
    from rich.padding import Padding
    from rich.text import Text

    from missiongame.cli.source import load_source

    case = load_source(name)
    made = {
        "name": case.name,
        "title": case.title,
        "claim": case.claim,
        "facts": [{"text": f.text, "source": f.source, "about": list(f.about)} for f in case.facts],
        "assumptions": [{"text": a.text, "about": list(a.about)} for a in case.assumptions],
        "parameters": dict(case.parameters),
    }
    lines: list[Any] = [Text(case.title, style="bold"), Text(case.claim)]
    for heading, statements in (("Known", case.facts), ("Assumed", case.assumptions)):
        if statements:
            lines.append(Text(f"\n{heading}", style="bold"))
        for statement in statements:
            told = Text(f"• {statement.text}")
            source = getattr(statement, "source", "")
            if source:
                told.append(f"\n  {source}", style="dim")
            lines.append(Padding(told, (0, 0, 0, 2)))
    return made, lines


def _two(name: str, other: str) -> tuple[dict[str, Any], list[Any]]:
    from rich.text import Text

    from missiongame.cli.screen import table
    from missiongame.cli.source import load_source
    from missiongame.scenarios import deciding

    answer = deciding(load_source(name), load_source(other))
    turns = ((answer.first, answer.turn_first), (answer.second, answer.turn_second))
    made = {
        "succeeds": dict(zip((answer.first, answer.second), answer.succeeds, strict=True)),
        "deciding": {case: [sorted(names) for names in sets] for case, sets in turns},
    }
    rows = [
        (case, "succeeds" if succeeds else "fails", _sets(sets))
        for (case, sets), succeeds in zip(turns, answer.succeeds, strict=True)
    ]
    note = (
        "Each line is a least set of parameters which, taken over from the other case, turns\n"
        "the verdict (in the robust equilibrium); no part of it does."
    )
    title = f"What decides between {answer.first} and {answer.second}"
    return made, [table(title, ("case", "the raid", "turned by the other's"), rows), Text(note)]


def _sets(sets: tuple[frozenset[str], ...]) -> str:
    return "\n".join(" and ".join(sorted(names)) for names in sets) or "nothing"
