"""``missiongame prove [NAME…]``: theorems, and claims of one's own, proved afresh.

A file of claims holds one formula a line, an optional name before a colon; what
is assumed holds for all claims of the file:

    # comment
    assume purpose is not negative: alpha >= 0
    claim a stronger mission is worth more: alpha*(theta + 1) >= alpha*theta

Exit status: 0 all proved, 1 something is not, 2 wrong input.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from missiongame.errors import InvalidValue, ReadError, illegal
from missiongame.files import check_output, checked_path, read_text, write_whole

if TYPE_CHECKING:
    from missiongame.proof import Verdict

_LONGEST_NAME = 60  # characters of a file's name


@dataclass(frozen=True)
class Result:
    """One line of the table: a name, what is claimed in words or symbols, and the verdict."""

    name: str
    statement: str
    latex: str
    verdict: Verdict


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("prove")(prove)


def prove(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Theorems of the catalogue; all of them by default.", metavar="[NAME]"),
    ] = None,
    claim: Annotated[
        list[str] | None, typer.Option(help='A claim of your own: "x**2 >= 0"; repeatable.')
    ] = None,
    assuming: Annotated[
        list[str] | None, typer.Option(help="What your claims assume: one formula; repeatable.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A file of `assume …` and `claim …` lines.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds for each claim.")] = 10.0,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")] = False,
    latex: Annotated[bool, typer.Option("--latex", help="The claims as LaTeX.")] = False,
    words: Annotated[
        bool, typer.Option("--words", help="Each theorem's words beside its formulas.")
    ] = False,
    smtlib: Annotated[
        Path | None, typer.Option(help="Write each query there as NAME.smt2.", metavar="DIR")
    ] = None,
) -> None:
    """Prove theorems of the catalogue, or claims of your own, for all real values."""
    from missiongame.cli.screen import plain, print_json, say
    from missiongame.proof import Proved

    if assuming and not (claim or file):
        raise illegal("--assuming", assuming[0], "given together with --claim or --file")
    own = list(_own(claim or [], assuming or [], file, timeout))
    named = [] if own and not names else list(_theorems(names or [], timeout))
    results = [*own, *named]
    if smtlib is not None:
        _write(results, smtlib, file)
    if as_json:
        print_json({"verdicts": [_record(r) for r in results]})
    elif latex:
        told = (f"% {plain(r.name)}: {_verdict(r)}\n{r.latex}" for r in results)
        say("\n\n".join(told) + "\n")
    else:
        _show(results)
        if words:
            _show_words([r.name for r in results[len(own) :]])
    if not all(isinstance(r.verdict, Proved) for r in results):
        raise typer.Exit(1)


def _theorems(names: list[str], timeout: float) -> Iterator[Result]:
    from missiongame.catalogue import theorems
    from missiongame.cli.screen import progress

    chosen = [theorems[name] for name in names or theorems]
    for theorem in chosen:
        with progress(f"proving {theorem.name}"):
            verdict = theorem.verdict(timeout)
        yield Result(theorem.name, theorem.statement, theorem.latex(), verdict)


def _own(
    claims: list[str], assuming: list[str], file: Path | None, timeout: float
) -> Iterator[Result]:
    from missiongame.cli.screen import progress
    from missiongame.proof import parse_claim
    from missiongame.proof import prove as decide

    named = [(f"claim {k + 1}" if len(claims) > 1 else "claim", c) for k, c in enumerate(claims)]
    assumed = [(text, text) for text in assuming]
    if file is not None:
        lines = list(_read(file))
        named += [(name or text, text) for kind, name, text in lines if kind == "claim"]
        assumed += [(name or text, text) for kind, name, text in lines if kind == "assume"]
        if not any(kind == "claim" for kind, _, _ in lines):
            raise ReadError(f"{file} holds no line that begins with `claim`")
    premises = {name: parse_claim(text) for name, text in assumed}
    for name, text in named:
        formula = parse_claim(text)
        with progress(f"proving {name}"):
            verdict = decide(formula, assuming=premises, timeout=timeout)
        yield Result(name, text, _latex(formula), verdict)


def _read(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each line of a file of claims as (kind, name, formula)."""
    lines = read_text(checked_path(file, "file")).splitlines()
    for number, line in enumerate(lines, 1):
        kind, _, rest = line.strip().partition(" ")
        if not kind or kind.startswith("#"):
            continue
        name, colon, formula = rest.rpartition(":")
        if kind.rstrip(":") not in ("claim", "assume") or not formula.strip():
            raise ReadError(f"{file}, line {number}: it should begin with `assume` or `claim`")
        yield kind.rstrip(":"), name.strip() if colon else "", formula.strip()


def _latex(formula: Any) -> str:
    import sympy

    return str(sympy.latex(formula, mode="equation*"))


def _write(results: list[Result], folder: Path, read: Path | None) -> None:
    """Write each query to a file of its own, named after its claim."""
    import re

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = error.strerror or error
        raise InvalidValue(f"smtlib: {folder} cannot be made: {said}") from error
    taken: set[str] = set()
    for result in results:
        stem = re.sub(r"[^\w-]+", "-", result.name).strip("-")[:_LONGEST_NAME] or "claim"
        name = next(n for n in chain([stem], (f"{stem}-{k}" for k in count(2))) if n not in taken)
        taken.add(name)
        path = check_output(folder / f"{name}.smt2", "smtlib", [read] if read else [])
        write_whole(path, result.verdict.smtlib.encode(), "smtlib")


def _verdict(result: Result) -> str:
    return type(result.verdict).__name__


def _record(result: Result) -> dict[str, Any]:
    return {"name": result.name, "statement": result.statement, **result.verdict.as_dict()}


def _show_words(names: list[str]) -> None:
    from missiongame.catalogue import theorems
    from missiongame.cli.screen import WIDTH, say

    for name in names:
        say(f"\n{name}\n{theorems[name].side_by_side(WIDTH)}\n")


def _show(results: list[Result]) -> None:
    from rich import box
    from rich.table import Table

    from missiongame.cli.screen import show, styled

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("claim", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("engines", no_wrap=True)
    table.add_column("seconds", justify="right")
    table.add_column("rests on", overflow="fold")
    for r in results:
        engines = " + ".join(r.verdict.engines) or "–"
        rests = ", ".join(r.verdict.lemmas) or "–"
        cells = r.name, _verdict(r), engines, f"{r.verdict.seconds:.2f}", rests
        table.add_row(*(styled(cell) for cell in cells))
    told = (r for r in results if _verdict(r) != "Proved" or r.name == "claim")
    proved = sum(_verdict(r) == "Proved" for r in results)
    total = sum(r.verdict.seconds for r in results)
    summary = f"{proved} of {len(results)} proved in {total:.1f} s"
    show([table, *(f"{r.name}: {r.verdict}" for r in told), summary])
