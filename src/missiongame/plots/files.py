"""Where a picture goes: refused early where it cannot be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from missiongame.errors import InvalidValue, illegal

KINDS = (".png", ".svg", ".pdf")
_DOTS_AN_INCH = 160


def check_file(path: str | Path) -> Path:
    """Return `path` if a picture can be written there.

    Raises
    ------
    InvalidValue
        If its end names no known kind, or its directory does not exist.

    Examples
    --------
    >>> check_file("raid.png").name
    'raid.png'
    """
    path = Path(path)
    if path.suffix.lower() not in KINDS:
        raise illegal("plot", str(path), "a file ending in .png, .svg or .pdf")
    if not path.parent.is_dir():
        raise illegal("plot", str(path), "in a directory that exists")
    if path.is_dir():
        raise illegal("plot", str(path), "a file, not a directory")
    return path


def save(figure: Any, path: str | Path) -> None:
    """Write a figure to a file: PNG, SVG or PDF, by the name's end."""
    path = check_file(path)
    try:
        figure.savefig(path, dpi=_DOTS_AN_INCH)
    except OSError as error:
        raise InvalidValue(f"plot: {path} cannot be written: {error.strerror or error}") from error
