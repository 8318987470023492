"""How a page of results is set: headings, indented sentences, tables of words and amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from missiongame.cli.screen import styled


def heading(words: str) -> Text:
    """Return a heading with an empty line above it."""
    return styled(f"\n{words}", style="bold")


def sentence(words: str) -> Padding:
    """Return text, indented, that wraps with the terminal."""
    return Padding(styled(words), (0, 0, 0, 2))


def grid(headings: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> Table:
    """Return a table whose first `left` columns are words and whose others are amounts."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 2))
    for k, words in enumerate(headings):
        made.add_column(styled(words), justify="left" if k < left else "right", overflow="fold")
    for row in rows:
        made.add_row(*(styled(cell) for cell in row))
    return made


def table(
    words: str, headings: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1
) -> Iterator[Text | Table]:
    """Yield a heading and the grid below it."""
    yield heading(words)
    yield grid(headings, rows, left)


def bullets(sentences: Iterable[str]) -> Padding:
    """Return an indented list."""
    made = Table.grid(padding=(0, 1, 0, 0))
    for words in sentences:
        made.add_row("•", styled(words))
    return Padding(made, (0, 0, 0, 2))
