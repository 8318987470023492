"""From a CSV file to columns.

The delimiter is the one of comma, semicolon, tab and bar under which the first
line has a column ``contribution``; nothing else is guessed. Text is UTF-8 (with
or without a byte order mark) or UTF-16 with one. It is read line by line, and a line
may have 1,000,000 characters. Where semicolons separate, a
comma in a number is a decimal mark: ``1,5`` is one and a half; ``1,000`` could be
either and is refused. Line numbers in errors are those of the file, from 1.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, count
from pathlib import Path
from typing import IO

from missiongame.errors import ReadError, short
from missiongame.files import checked_path, opened
from missiongame.readers.columns import CONTRIBUTION, Columns, Table, columns_of, known_name

DELIMITERS = (",", ";", "\t", "|")
LONGEST_LINE = 1_000_000  # characters; a longer "line" is no table, and would fill the memory
_UNDECODED = re.compile("[\ud800-\udfff]")


def csv_columns(path: str | Path) -> Columns:
    r"""Read the columns of a CSV file; their meaning is in `missiongame.readers`.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ReadError
        If the file cannot be read, has no column ``contribution``, or a cell is
        not what it should be; the message names line and column.
    InvalidType, InvalidValue
        If `path` is no path.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "members.csv"
    ...     _ = file.write_text("name;contribution;social\nAnn;6,5;20\nBob;1;0\n")
    ...     csv_columns(file).given
    {'contribution': [6.5, 1], 'social': [20, 0], 'columns': {}, 'names': ['Ann', 'Bob']}
    """
    path = checked_path(path, "path")
    with opened(path) as raw, _text(raw) as text:
        table = _table(_lines(text, str(path)), str(path))
    return columns_of(table)


def parse(text: str, source: str) -> Table:
    r"""Return the table that CSV text holds; `source` names it in errors.

    Examples
    --------
    >>> parse("name,contribution\nAnn,3\n", "here").cells
    {'name': ['Ann'], 'contribution': ['3']}
    """
    return _table(_lines(io.StringIO(text, newline=""), source), source)


def _text(raw: IO[bytes]) -> IO[str]:
    """Return the text of a file; bytes that are no UTF-8 become lone surrogates."""
    start = raw.peek(2)[:2] if isinstance(raw, io.BufferedReader) else b""
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.TextIOWrapper(raw, "utf-16", newline="")
    return io.TextIOWrapper(raw, "utf-8-sig", errors="surrogateescape", newline="")


def _lines(text: IO[str], source: str) -> Iterator[str]:
    """Yield the lines, with their ends, none of which is too long or no text."""
    for number in count(1):
        try:
            line = text.readline(LONGEST_LINE + 1)
        except UnicodeError as error:
            raise ReadError(f"{source}, line {number}: not UTF-16 text") from error
        if not line:
            return
        where = f"{source}, line {number}"
        if "\0" in line:
            raise ReadError(f"{where}: a null character; this is not a text file")
        if not line.isascii() and _UNDECODED.search(line):
            raise ReadError(f"{where}: not UTF-8 text; save the file as UTF-8")
        if len(line) > LONGEST_LINE:
            raise ReadError(f"{where}: longer than {LONGEST_LINE:,} characters, the most of a line")
        yield line


def _table(lines: Iterator[str], source: str) -> Table:
    numbered = ((k, line) for k, line in enumerate(lines) if line.strip())
    blank, first = next(numbered, (0, ""))
    if not first:
        raise ReadError(f"{source}: the file is empty")
    delimiter = _delimiter(first)
    records = _records(chain([first], lines), blank, delimiter, source)
    line, headings = next(records, (0, []))
    if not headings:
        raise ReadError(f"{source}: the file holds nothing but separators")
    header = _header(headings, line, source)
    columns: list[list[str]] = [[] for _ in header]
    places = []
    for line, record in records:
        if len(record) != len(header):
            raise ReadError(
                f"{source}, line {line}: {len(record)} cells; the headings are {len(header)} "
                "(a separator inside a cell needs quotes around the cell)"
            )
        places.append(line)
        for column, cell in zip(columns, record, strict=True):
            column.append(cell)
    for k, column in enumerate(columns):
        filled = () if header[k] else (n for n, c in zip(places, column, strict=True) if c.strip())
        for line in filled:
            raise ReadError(f"{source}, line {line}: column {k + 1} has values and no heading")
    cells = {name: column for name, column in zip(header, columns, strict=True) if name}
    return Table(source, cells, lambda row: f"line {places[row]}", delimiter == ";")


def _delimiter(first: str) -> str:
    """Return the delimiter under which the first line names the contributions.

    Where none does, the one that gives the most columns, so that the error can
    say which columns there are.
    """
    try:
        split = {d: next(csv.reader([first], delimiter=d)) for d in DELIMITERS}
    except csv.Error:  # a cell beyond csv's limit; reading it says so with its line
        return ","
    for delimiter, fields in split.items():
        if CONTRIBUTION in map(known_name, fields):
            return delimiter
    return max(DELIMITERS, key=lambda d: len(split[d]))


def _records(
    lines: Iterable[str], before: int, delimiter: str, source: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with its first line; `before` lines were read."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = before + 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield line, record
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise ReadError(f"{source}, line {line}: {error}") from error


def _header(cells: list[str], line: int, source: str) -> list[str]:
    names = [known_name(cell) for cell in cells]
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            raise ReadError(f"{source}, line {line}: two columns are named {short(name, 40)}")
        seen.add(name)
    return names
