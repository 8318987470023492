"""Files: read within a limit, written whole or not at all.

Every reader and writer of the library goes through here, so that a bad path, a
full disk or an endless file is an error of this library that names its argument.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from missiongame.errors import InvalidValue, ReadError, illegal, wrong_type

LARGEST_TEXT = 16 * 2**20
"""Bytes of a file that is read as a whole (a scenario, a list of claims)."""


def checked_path(path: object, argument: str) -> Path:
    """Return `path` as a Path.

    Raises
    ------
    InvalidType
        If it is neither text nor a Path.
    InvalidValue
        If it holds a null character, which no file's name can.

    Examples
    --------
    >>> checked_path("members.csv", "path").suffix
    '.csv'
    """
    if not isinstance(path, (str, Path)):
        raise wrong_type(argument, path, "the path of a file, as text or a Path")
    if "\0" in str(path):
        raise illegal(argument, str(path), "a path without null characters")
    return Path(path)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read its bytes; whatever the system refuses is a `ReadError`."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise ReadError(f"{path}: there is no such file") from error
    except (OSError, UnicodeEncodeError) as error:
        raise ReadError(f"{path}: {_reason(error)}") from error


def _reason(error: OSError | UnicodeEncodeError) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "a name that no file can have here"
    return error.strerror or str(error)


def read_text(path: Path) -> str:
    """Return a file's UTF-8 text, without a byte order mark.

    Raises
    ------
    ReadError
        If it cannot be read, is no UTF-8 text, or is larger than `LARGEST_TEXT`.
    """
    with opened(path) as file:
        raw = file.read(LARGEST_TEXT + 1)
    if len(raw) > LARGEST_TEXT:
        raise ReadError(f"{path}: larger than {LARGEST_TEXT >> 20} MiB, the most that is read")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError(f"{path}, line {line}: not UTF-8 text; save the file as UTF-8") from error


def check_output(path: object, argument: str, inputs: Iterable[Path] = ()) -> Path:
    """Return `path` if a file can be written there that overwrites none of `inputs`.

    Parameters
    ----------
    path : str or Path
    argument : str
        What the user calls it.
    inputs : paths
        Files that are read; of a directory, every file in it.

    Raises
    ------
    InvalidType, InvalidValue
        If it is no path, its directory does not exist, it is a directory, or an input.
    """
    made = checked_path(path, argument)
    if not os.path.isdir(made.parent):  # noqa: PTH112 - pathlib's raises where access is denied
        raise illegal(argument, str(made), "a file in a directory that exists")
    if os.path.isdir(made):  # noqa: PTH112
        raise illegal(argument, str(made), "a file, not a directory")
    if any(_overwrites(made, read) for read in inputs):
        raise illegal(argument, str(made), "another file than what is read")
    return made


def _overwrites(path: Path, read: Path) -> bool:
    try:
        if read.is_dir():
            return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(read))
        return read.is_file() and path.samefile(read)
    except OSError:  # what is not there, or may not be looked at, cannot be overwritten
        return False


def write_whole(path: Path, data: bytes, argument: str) -> None:
    """Write a file whole or not at all.

    The bytes go to a new file beside it, which then takes its name: whoever looks
    sees the old file or the new one, and the old one stays where writing fails. A
    link keeps pointing where it did, a file keeps its permissions. A device or a
    pipe is written to as it is.

    Raises
    ------
    InvalidValue
        If it cannot be written; the message names `argument`.
    """
    try:
        mode = _mode(path)
        if mode is not None and (not stat.S_ISREG(mode) or _is_open_stream(path)):
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data, mode)
    except (OSError, UnicodeEncodeError) as error:
        raise InvalidValue(f"{argument}: {path} cannot be written: {_reason(error)}") from error


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _is_open_stream(path: Path) -> bool:
    """Return whether the path is a name for an open file, such as /dev/stdout."""
    return Path(os.path.abspath(path)).is_relative_to("/dev") or "/fd/" in str(path)  # noqa: PTH100


def _replace(path: Path, data: bytes, mode: int | None) -> None:
    if mode is not None and not os.access(path, os.W_OK):
        raise PermissionError("the file is read-only")
    beside = path.with_name(f".missiongame-{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
