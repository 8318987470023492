"""``missiongame prove [NAME…]``: theorems, and claims of one's own, proved afresh.

A file of claims holds one formula a line, an optional name before a colon; what
is assumed holds for all claims of the file:

    # comment
    assume purpose is not negative: alpha >= 0
    claim a stronger mission is worth more: alpha*(theta + 1) >= alpha*theta

Exit status: 0 all proved, 1 something is not, 2 wrong input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

import sympy
import typer
from rich import box
from rich.table import Column, Table

from missiongame.catalogue import theorems
from missiongame.cli.screen import plain, print_json, progress, say, show, styled, width
from missiongame.errors import InvalidValue, ReadError, illegal
from missiongame.files import check_output, checked_path, read_text, write_whole
from missiongame.proof import Proved, Verdict, parse_claim
from missiongame.proof import prove as decide

_LONGEST_NAME = 60  # characters of a file's name


@dataclass(frozen=True)
class Result:
    """One line of the table: a name, what is claimed in words or symbols, and the verdict."""

    name: str
    statement: str
    latex: str
    verdict: Verdict

    @property
    def answer(self) -> str:
        """The verdict's kind: Proved, Refuted, …"""
        return type(self.verdict).__name__


def run(
    names: list[str] | None,
    claim: list[str] | None,
    assuming: list[str] | None,
    file: Path | None,
    timeout: float,
    as_json: bool,
    latex: bool,
    words: bool,
    smtlib: Path | None,
) -> None:
    """Prove what the options name and show the verdicts; exit with 1 if one is not proved."""
    if assuming and not (claim or file):
        raise illegal("--assuming", assuming[0], "given together with --claim or --file")
    own = list(_own(claim or [], assuming or [], file, timeout))
    named = [] if own and not names else list(_theorems(names or [], timeout))
    results = [*own, *named]
    if smtlib is not None:
        _write(results, smtlib, file)
    if as_json:
        records = [
            {"name": r.name, "statement": r.statement, **r.verdict.as_dict()} for r in results
        ]
        print_json({"verdicts": records})
    elif latex:
        say("\n\n".join(f"% {plain(r.name)}: {r.answer}\n{r.latex}" for r in results) + "\n")
    else:
        _show(results)
        for r in named if words else []:
            say(f"\n{r.name}\n{theorems[r.name].side_by_side(width())}\n")
    if not all(isinstance(r.verdict, Proved) for r in results):
        raise typer.Exit(1)


def _theorems(names: list[str], timeout: float) -> Iterator[Result]:
    for theorem in [theorems[name] for name in names or theorems]:
        with progress(f"proving {theorem.name}"):
            verdict = theorem.verdict(timeout)
        yield Result(theorem.name, theorem.statement, theorem.latex(), verdict)


def _own(
    claims: list[str], assuming: list[str], file: Path | None, timeout: float
) -> Iterator[Result]:
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
        yield Result(name, text, str(sympy.latex(formula, mode="equation*")), verdict)


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


def _write(results: list[Result], folder: Path, read: Path | None) -> None:
    """Write each query to a file of its own, named after its claim."""
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


def _show(results: list[Result]) -> None:
    table = Table(
        Column("claim", overflow="fold"),
        Column("verdict", no_wrap=True),
        Column("engines", no_wrap=True),
        Column("seconds", justify="right"),
        Column("rests on", overflow="fold"),
        box=box.SIMPLE_HEAD,
    )
    for r in results:
        engines, rests = " + ".join(r.verdict.engines) or "–", ", ".join(r.verdict.lemmas) or "–"
        cells = r.name, r.answer, engines, f"{r.verdict.seconds:.2f}", rests
        table.add_row(*(styled(cell) for cell in cells))
    told = (r for r in results if r.answer != "Proved" or r.name == "claim")
    proved = sum(r.answer == "Proved" for r in results)
    total = sum(r.verdict.seconds for r in results)
    summary = f"{proved} of {len(results)} proved in {total:.1f} s"
    show([table, *(f"{r.name}: {r.verdict}" for r in told), summary])
