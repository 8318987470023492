"""``missiongame scenarios [NAME]``: the cases, one line each, or one case's facts."""

from __future__ import annotations

from typing import Any

from missiongame.assessment import statements
from missiongame.cli.layout import bullets, grid, heading, sentence
from missiongame.cli.screen import print_json, show
from missiongame.cli.source import load_source
from missiongame.scenarios import deciding, load, names


def run(name: str | None, other: str | None, as_json: bool) -> None:
    """Show all cases, one, or what decides between two."""
    if name is None:
        made, lines = _all()
    elif other is None:
        made, lines = _one(name)
    else:
        made, lines = _two(name, other)
    if as_json:
        print_json(made)
    else:
        show(lines)


def _all() -> tuple[dict[str, Any], list[Any]]:
    cases = [load(name) for name in names()]
    made = {"scenarios": [{"name": c.name, "title": c.title, "claim": c.claim} for c in cases]}
    hint = (
        "\nRun one: missiongame raid NAME. What is known of it, from whom, and what is assumed: "
        "missiongame scenarios NAME. What decides between two: missiongame scenarios ONE OTHER."
    )
    listed = grid(("name", "what is claimed"), ((c.name, c.claim) for c in cases), left=2)
    return made, [heading("Scenarios"), listed, sentence(hint)]


def _one(name: str) -> tuple[dict[str, Any], list[Any]]:
    case = load_source(name)
    made = {
        "name": case.name,
        "title": case.title,
        "claim": case.claim,
        "facts": statements(case.facts),
        "assumptions": statements(case.assumptions),
        "parameters": dict(case.parameters),
    }
    lines: list[Any] = [heading(case.title)]
    if case.claim:
        lines.append(sentence(f"Claimed: {case.claim}"))
    if case.facts:
        lines += [heading("Known"), bullets(f"{f.text}\n  [{f.source}]" for f in case.facts)]
    if case.assumptions:
        lines += [heading("Assumed, not known"), bullets(a.text for a in case.assumptions)]
    return made, lines


def _two(name: str, other: str) -> tuple[dict[str, Any], list[Any]]:
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
        "\nEach line is a least set of parameters which, taken over from the other case, turns "
        "the verdict (in the robust equilibrium); no part of it does."
    )
    title = heading(f"What decides between {answer.first} and {answer.second}")
    table = grid(("case", "the raid", "what of the other case would turn it"), rows, left=3)
    return made, [title, table, sentence(note)]


def _sets(sets: tuple[frozenset[str], ...]) -> str:
    return "\n".join(" and ".join(sorted(names)) for names in sets) or "nothing"
