"""What the commands show: tables that fit a terminal, plain sentences, or JSON alone.

Results go to standard output, progress to standard error. Text that comes from a
file cannot steer the terminal: control and direction characters are shown as
escapes. Where the output's encoding has no sign for a character, it is spelled.
"""

from __future__ import annotations

import codecs
import io
import json
import math
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from fractions import Fraction
from typing import Any, TextIO

import numpy as np
from rich.console import Console
from rich.text import Text

from missiongame.errors import InvalidValue

WIDTH, NARROWEST, WIDEST = 80, 20, 1000

# C0, delete and C1 controls; embeddings, overrides and isolates of direction; line and
# paragraph separators; halves of surrogate pairs.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_TRAILING = re.compile(r"(?<! )(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)  # blanks and styles
_SPELLED = {
    **(dict.fromkeys("−–—─", "-") | dict.fromkeys("•·", "*")),
    **(dict.fromkeys("“”", '"') | dict.fromkeys("’‘", "'")),
    "…": "...",
    "∞": "inf",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "√": "sqrt",
}


def plain(text: str, keep: str = "") -> str:
    r"""Return text that cannot steer a terminal; the characters of `keep` stay.

    Examples
    --------
    >>> print(plain("Ann\x1b[2J"), plain("a\nb"))
    Ann\x1b[2J a\nb
    """
    return _STEERING.sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)


def styled(words: str, style: str = "") -> Text:
    """Return text of several lines to show as it is: no markup, no control characters."""
    return Text(plain(words, keep="\n"), style=style)


def width() -> int:
    """Return how many columns a page has: the terminal's, else what COLUMNS says, else 80."""
    given = os.environ.get("COLUMNS", "")
    if _is_terminal(sys.stdout):
        wanted = shutil.get_terminal_size().columns
    else:
        wanted = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    return min(max(wanted, NARROWEST), WIDEST) if wanted else WIDTH


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _is_bold() -> bool:
    """Return whether headings may be bold: on a terminal or by FORCE_COLOR; by NO_COLOR never."""
    wanted = _is_terminal(sys.stdout) or os.environ.get("FORCE_COLOR")
    return bool(wanted) and not os.environ.get("NO_COLOR")


def show(parts: Iterable[Any]) -> None:
    """Print renderables, or text, to standard output, as wide as `width` says."""
    made = io.StringIO()
    screen = Console(file=made, force_terminal=_is_bold(), width=width(), highlight=False)
    for part in parts:
        screen.print(styled(part) if isinstance(part, str) else part)
    say(made.getvalue())


def say(text: str) -> None:
    """Write text to standard output without blanks at the end of lines, all of it or with an error.

    Where whoever reads it has gone (`| head`), the rest is dropped: the exit status
    is still that of the answer.

    Raises
    ------
    InvalidValue
        If standard output is closed or cannot be written, such as on a full disk.
    """
    if sys.stdout is None:
        raise InvalidValue("standard output is closed; nothing can be shown")
    encoding = sys.stdout.encoding or "utf-8"
    try:
        shown = _TRAILING.sub(lambda found: found[0].replace(" ", ""), text)
        sys.stdout.write(shown.encode(encoding, "missiongame.spelled").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as error:
        drop(sys.stdout)
        said = error.strerror or error
        raise InvalidValue(f"standard output cannot be written: {said}") from error


def drop(stream: TextIO) -> None:
    """Send what a stream still holds nowhere, so that it does not fail once more at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _spell(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an encoding lacks: a word, or their escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_SPELLED.get(c) or _letter(c) or _escape(c) for c in missing), error.end


def _letter(character: str) -> str:
    name = unicodedata.name(character, "")
    return name.rpartition(" ")[2].lower() if name.startswith("GREEK SMALL LETTER ") else ""


def _escape(character: str) -> str:
    return (
        character.encode("ascii", "backslashreplace").decode()
        if ord(character) > 0x7F
        else (repr(character)[1:-1])
    )


codecs.register_error("missiongame.spelled", _spell)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document, alone, to standard output; a Fraction as "p/q", ∞ as null.

    Letters are written as they are where the encoding has them; what would steer a
    terminal never is.
    """
    made = json.dumps(_plain(document), indent=2, ensure_ascii=False)
    try:
        made.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        made = json.dumps(_plain(document), indent=2)
    say(_STEERING.sub(_json_escape, made) + "\n")


def _json_escape(found: re.Match[str]) -> str:
    """Return the JSON escape of a character inside a string; line ends are between them."""
    return found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Show on standard error what is being done, while it is being done."""
    if _is_terminal(sys.stderr):
        with Console(stderr=True, highlight=False).status(Text(plain(doing))):
            yield
    else:
        yield
