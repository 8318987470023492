"""From whom the rival pays what, in order, to a CSV file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from missiongame.assessment import Approach, Assessment, approached
from missiongame.files import write_whole

_FORMULA = re.compile("'*[=+\\-@\t\r]")


def write(found: Assessment, path: Path) -> None:
    """Write one line a member approached: place, pay and its parts, money a period.

    A name that a spreadsheet would take for a formula, because it begins with one of
    = + - @, a tab or a return, has an apostrophe before it, as spreadsheets have for
    text; so has a name that begins with apostrophes and then one of these.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(Approach._fields)
    writer.writerows(a._replace(member=as_text(a.member)) for a in approached(found.price))
    write_whole(path, text.getvalue().encode("utf-8", "backslashreplace"), "csv")


def as_text(name: str) -> str:
    """Return a name as a spreadsheet reads it as text, never as a formula.

    Examples
    --------
    >>> as_text("Ann"), as_text("=1+1"), as_text("'=1+1"), as_text("'t Hart")
    ('Ann', "'=1+1", "''=1+1", "'t Hart")
    """
    return f"'{name}" if _FORMULA.match(name) else name
