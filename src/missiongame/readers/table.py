"""A CSV file as a community.

The delimiter is the one of comma, semicolon, tab and bar under which the first
line has a column ``contribution``; nothing else is guessed. Text is UTF-8 (with
or without a byte order mark) or UTF-16 with one. Where semicolons separate, a
comma in a number is a decimal mark: ``1,5`` is one and a half; ``1,000`` could be
either and is refused. Line numbers in errors are those of the file, from 1.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from missiongame.community import Community
from missiongame.errors import ReadError
from missiongame.readers.columns import CONTRIBUTION, Table, community_of, known_name

DELIMITERS = (",", ";", "\t", "|")


def read_csv(path: str | Path, **defaults: Any) -> Community:
    r"""Read a community from a CSV file; the columns are in `missiongame.readers`.

    Parameters
    ----------
    path : str or Path
    **defaults
        What the file does not hold: purpose, enjoyment, social, mission, ties, as
        in `missiongame.Community`. A column and a default of one name is an error.

    Raises
    ------
    ReadError
        If the file cannot be read, has no column ``contribution``, or a cell is
        not what it should be; the message names line and column.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "members.csv"
    ...     _ = file.write_text("name;contribution;social\nAnn;6,5;20\nBob;1;0\n")
    ...     town = read_csv(file, purpose=100)
    >>> town, town.names
    (Community(2 members, 7.5 contributions a period, mission 1), ('Ann', 'Bob'))
    """
    return community_of(parse(_text(Path(path)), str(path)), defaults)


def parse(text: str, source: str) -> Table:
    r"""Return the table that CSV text holds; `source` names it in errors.

    Examples
    --------
    >>> parse("name,contribution\nAnn,3\n", "here").cells
    {'name': ['Ann'], 'contribution': ['3']}
    """
    if not text.strip():
        raise ReadError(f"{source}: the file is empty")
    delimiter = _delimiter(text)
    records = list(_records(text, delimiter, source))
    if not records:
        raise ReadError(f"{source}: the file holds nothing but separators")
    header = _header(records[0][1], records[0][0], source)
    lines, rows = _rows(records[1:], len(header), source)
    cells = {}
    for k, name in enumerate(header):
        column = [row[k] for row in rows]
        if name:
            cells[name] = column
        elif any(cell.strip() for cell in column):
            line = next(n for n, cell in zip(lines, column, strict=True) if cell.strip())
            raise ReadError(f"{source}, line {line}: column {k + 1} has values and no heading")
    return Table(source, cells, lambda row: f"line {lines[row]}", delimiter == ";")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"{path}: there is no such file") from error
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError(f"{path}, line {line}: not UTF-8 text; save the file as UTF-8") from error
    if "\0" in text:
        raise ReadError(f"{path}: this is not a text file")
    return text


def _delimiter(text: str) -> str:
    """Return the delimiter under which the first line names the contributions.

    Where none does, the one that gives the most columns, so that the error can
    say which columns there are.
    """
    first = next(line for line in text.splitlines() if line.strip())
    try:
        split = {d: next(csv.reader([first], delimiter=d)) for d in DELIMITERS}
    except csv.Error:  # a cell beyond csv's limit; reading it says so with its line
        return ","
    for delimiter, fields in split.items():
        if CONTRIBUTION in map(known_name, fields):
            return delimiter
    return max(DELIMITERS, key=lambda d: len(split[d]))


def _records(text: str, delimiter: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(f"{source}, line {line}: {error}") from error


def _header(cells: list[str], line: int, source: str) -> list[str]:
    names = [known_name(cell) for cell in cells]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise ReadError(f"{source}, line {line}: two columns are named {twice!r}")
    return names


def _rows(
    records: list[tuple[int, list[str]]], width: int, source: str
) -> tuple[list[int], list[list[str]]]:
    for line, record in records:
        if len(record) != width:
            raise ReadError(
                f"{source}, line {line}: {len(record)} cells; the headings are {width} "
                "(a separator inside a cell needs quotes around the cell)"
            )
    return [line for line, _ in records], [record for _, record in records]
