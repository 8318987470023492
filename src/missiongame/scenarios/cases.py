"""From a name or a TOML file to a case: the embedded ones, and a user's own.

What a file holds is told in `missiongame.scenarios`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from missiongame.errors import ReadError, illegal, wrong_type
from missiongame.files import checked_path, read_text
from missiongame.scenarios.compose import build
from missiongame.scenarios.fields import Fields
from missiongame.scenarios.scenario import Scenario

_ADDED = ("facts", "assumptions")  # of a variant: to those of the file
_DEEPEST = 12  # a case needs seven


def names() -> list[str]:
    """Return the names of the embedded cases, the default first.

    Examples
    --------
    >>> names()[0]
    'digg-netscape'
    """
    return sorted(embedded(), key=lambda name: (name != "digg-netscape", name))


def load(name: str) -> Scenario:
    """Return an embedded case by its name.

    Raises
    ------
    InvalidValue
        If there is none of this name; the message lists them.
    """
    if not isinstance(name, str) or name not in embedded():
        raise illegal("scenario", name, f"one of {', '.join(names())}")
    return build(name, embedded()[name], name)


def read(path: str | Path, variant: str | None = None) -> Scenario:
    """Return a user's own case from a TOML file; `variant` where the file has several.

    Raises
    ------
    ReadError
        If the file is none, is no TOML, is larger than 16 MiB, or a field is missing,
        unknown or illegal; the message names the field.
    InvalidType, InvalidValue
        If `path` is no path, or `variant` no name.
    """
    path = checked_path(path, "path")
    if variant is not None and not isinstance(variant, str):
        raise wrong_type("variant", variant, "the name of one of the file's variants, or None")
    cases = _cases(path.stem, _parsed(read_text(path), str(path)), str(path))
    if variant is None and len(cases) == 1:
        variant = next(iter(cases))
    if variant not in cases:
        raise ReadError(f"{path}: has the variants {', '.join(cases)}; choose one of them")
    return build(variant, cases[variant], str(path))


@cache
def embedded() -> dict[str, Mapping[str, Any]]:
    """Return every embedded case's fields, by name; variants are cases of their own."""
    found: dict[str, Mapping[str, Any]] = {}
    for file in resources.files("missiongame.scenarios").iterdir():
        if file.name.endswith(".toml"):
            stem = file.name.removesuffix(".toml")
            text = file.read_text(encoding="utf-8")
            found |= _cases(stem, _parsed(text, file.name), file.name)
    return found


def _cases(stem: str, table: dict[str, Any], source: str) -> dict[str, Mapping[str, Any]]:
    """Return the cases of one file: the file itself, or its variants merged into it."""
    top = Fields(table, "", source)
    if not top.has("variants"):
        return {stem: table}
    variants = top.fields("variants")
    if not variants.table:
        raise top.error("variants", "should be tables, [variants.NAME]")
    changes = {name: variants.fields(name) for name in variants.table}
    for holder in (top, *changes.values()):
        for key in _ADDED:
            holder.each(key)
    base = {key: value for key, value in table.items() if key != "variants"}
    return {name: _merged(base, fields.table) for name, fields in changes.items()}


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in changes.items():
        if key in _ADDED and isinstance(value, list):
            merged[key] = [*base.get(key, []), *value]
        elif isinstance(value, Mapping) and isinstance(base.get(key), Mapping):
            merged[key] = _merged(base[key], value)
        else:
            merged[key] = value
    return merged


def _parsed(text: str, source: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or a number of too many digits
        raise ReadError(f"{source}: not TOML: {error}") from error
    level: list[Any] = [table]
    for _ in range(_DEEPEST):
        level = [v for inner in level for v in _inside(inner)]
    if level:
        raise ReadError(f"{source}: tables in tables, deeper than {_DEEPEST}")
    return table


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
