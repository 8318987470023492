"""Where a picture goes: refused early where it cannot be written."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from missiongame.errors import illegal, wrong_type
from missiongame.files import check_output, checked_path, write_whole

KINDS = (".png", ".svg", ".pdf")
_DOTS_AN_INCH = 160


def check_file(path: str | Path, inputs: Iterable[Path] = ()) -> Path:
    """Return `path` if a picture can be written there that overwrites none of `inputs`.

    Raises
    ------
    InvalidType, InvalidValue
        If it is no path, its end names no known kind, its directory does not exist, or
        it is one of the inputs.

    Examples
    --------
    >>> check_file("raid.png").name
    'raid.png'
    """
    path = checked_path(path, "plot")
    if path.suffix.lower() not in KINDS:
        raise illegal("plot", str(path), "a file ending in .png, .svg or .pdf")
    return check_output(path, "plot", inputs)


def save(figure: Any, path: str | Path) -> None:
    """Write a figure to a file, whole or not at all: PNG, SVG or PDF, by the name's end.

    Dollar signs are money here, never mathematics.

    Raises
    ------
    InvalidType, InvalidValue
        If `figure` is no figure, or the file cannot be written.
    """
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    path = check_file(path)
    if not isinstance(figure, Figure):
        raise wrong_type("figure", figure, "a Matplotlib figure")
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    made = io.BytesIO()
    with warnings.catch_warnings():
        # A name in a script that the font lacks is shown as boxes.
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        figure.savefig(made, format=path.suffix[1:].lower(), dpi=_DOTS_AN_INCH)
    write_whole(path, made.getvalue(), "plot")
