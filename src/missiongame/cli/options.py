"""Every command's options, declared once; a command gets them as one mapping."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer


class Option(NamedTuple):
    """An option or argument: its type with typer's description of it, and its default."""

    annotation: Any
    default: Any


def option(
    kind: Any, words: str, *flags: str, metavar: str | None = None, default: Any = None
) -> Option:
    """Return an option; None stands for one that was not given and has no default."""
    parser = _number if kind is float else None
    described = typer.Option(*flags, help=words, metavar=metavar, parser=parser)
    return Option(Annotated[kind if default is not None else kind | None, described], default)


def _number(text: str) -> float:
    """Return the number that a text says, or say how to write it."""
    try:
        return float(text)
    except ValueError as error:
        try:
            meant = f"; {text} is {float(text.removesuffix('%')) / 100:g}" if "%" in text else ""
        except ValueError:
            meant = ""
        raise typer.BadParameter(f"{text!r} is not a number{meant}") from error


def flag(words: str, *flags: str) -> Option:
    """Return an option without a value: given or not."""
    return option(bool, words, *flags, default=False)


def argument(kind: Any, words: str, metavar: str) -> Option:
    """Return an argument that may be left out."""
    return Option(Annotated[kind | None, typer.Argument(help=words, metavar=metavar)], None)


def takes(options: dict[str, Option]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a function of one mapping the signature that typer reads.

    Examples
    --------
    >>> @takes({"purpose": option(float, "Worth of a unit of mission.")})
    ... def told(given):
    ...     print(given)
    >>> told(purpose=3.0)
    {'purpose': 3.0}
    """

    def given(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**values: Any) -> None:
            command(values)

        parameters = [
            Parameter(
                name, Parameter.KEYWORD_ONLY, default=made.default, annotation=made.annotation
            )
            for name, made in options.items()
        ]
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # PEP 362
        run.__annotations__ = {}
        return run

    return given


_SOURCE = {
    "source": argument(
        str,
        "A CSV file, a TOML scenario, a git repository or a scenario's name; "
        "Digg against Netscape without one.",
        "SOURCE",
    )
}
_FELT = {  # by members, instead of what the source says
    "purpose": option(float, "Worth of a unit of mission, the same for all: money."),
    "enjoyment": option(float, "Pleasure apart from mission and others: money."),
    "social": option(float, "Worth of having all the others around: money."),
    "mission": option(float, "Strength of the mission."),
}
_OFFER = {  # one of them
    "top": option(tuple[int, float], "Offer PAY to the K largest contributors.", metavar="K PAY"),
    "flat": option(float, "Offer PAY to all.", metavar="PAY"),
    "piece_rate": option(float, "Offer RATE for each contribution.", metavar="RATE"),
}
_RIVAL = {
    "rival_mission": option(float, "The rival's own mission."),
    "portability": option(float, "Part of a tie that works at the rival, 0 to 1."),
    "crowding": option(float, "How much pay dilutes purpose at the rival."),
}
_STEWARD = {
    "steward_value": option(float, "What the whole community is worth to its steward."),
    "policies": option(
        list[str],
        "What the steward may do; may be repeated.",
        "--policy",
        metavar="UPLIFT:COST[:PROVIDER]",
    ),
}
_GIT = {
    "since": option(str, "git: from this day.", metavar="DATE"),
    "until": option(str, "git: up to, not with, this day.", metavar="DATE"),
    "no_bots": flag("git: leave out programs that commit.", "--no-bots"),
    "period": option(str, "What a period is, e.g. week; git: commits are counted a week then."),
    "money": option(str, "What stands before an amount, e.g. €.", metavar="SIGN"),
    "anonymous": flag("Call members member 1, member 2, …, not by their names.", "--anonymous"),
}
_JSON = {"as_json": flag("JSON alone on standard output.", "--json")}

_CASE = {
    **_SOURCE,
    **_FELT,
    **_OFFER,
    "share": option(float, "Share of the work whose loss is a success, in (0, 1]; half of it."),
    "budget": option(float, "What the rival can spend a period; what its offer costs."),
    "value": option(float, "What a captured contribution is worth to the rival."),
    **_RIVAL,
    **_STEWARD,
    **_GIT,
    "seconds": option(float, "About how long a search that can be stopped may take.", default=1.0),
    **_JSON,
    "fail_if_falls": flag(
        "Exit with status 1 if it falls to the offer, or to that sum spent best.", "--fail-if-falls"
    ),
    "plot": option(Path, "Draw what money buys, e.g. raid.png.", metavar="FILE"),
}
RAID = _CASE
PRICE = {**_CASE, "csv": option(Path, "Write whom to pay what, in order.", metavar="FILE")}
PROVE = {
    "names": argument(list[str], "Theorems of the catalogue; all of them by default.", "NAME"),
    "claim": option(list[str], 'A claim of your own: "x**2 >= 0"; repeatable.'),
    "assuming": option(list[str], "What your claims assume: one formula; repeatable."),
    "file": option(Path, "A file of `assume …` and `claim …` lines."),
    "timeout": option(float, "Seconds for each claim.", default=10.0),
    **_JSON,
    "latex": flag("The claims as LaTeX.", "--latex"),
    "words": flag("Each theorem's words beside its formulas.", "--words"),
    "smtlib": option(Path, "Write each query there as NAME.smt2.", metavar="DIR"),
}
SCENARIOS = {
    "name": argument(str, "A scenario, to see its facts and assumptions.", "NAME"),
    "other": argument(str, "A second one of the same size: what decides between the two?", "OTHER"),
    **_JSON,
}
