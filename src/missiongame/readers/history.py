"""From commits in a window of time to members and their monthly rates.

    rate of a member = commits in [since, until) / months
    months           = seconds of the window / (365.25/12 · 86,400)

or a week, a quarter, a year, of which a month has a fixed number.

Where an end of the window is not given it is the first or the last commit, and
the window then counts as at least one month: a rate cannot be read off an
instant. Dates are those at which the work was committed, because authors' clocks
are sometimes decades off.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from missiongame.errors import ReadError, illegal, wrong_type
from missiongame.readers.columns import Columns
from missiongame.readers.git import Repository
from missiongame.readers.identity import Author, Member, is_bot, members_of

SECONDS_A_MONTH = 2_629_800  # 365.25/12 days
PERIODS = {  # and their seconds
    "day": 86_400,
    "week": 7 * 86_400,
    "month": SECONDS_A_MONTH,
    "quarter": 3 * SECONDS_A_MONTH,
    "year": 12 * SECONDS_A_MONTH,
}
_1970 = datetime(1970, 1, 1, tzinfo=UTC)

When = str | date | datetime | None


@dataclass(frozen=True)
class History:
    """Who committed how much in a window of a repository's history.

    Attributes
    ----------
    path : Path
    project : str
        What the project is called.
    members : tuple of Member
        Most commits first.
    since, until : datetime
        The window, UTC.
    months : float
        How long the window counts.
    period : str
        What the commits are counted by, one of `PERIODS`.
    shallow : bool
        Whether the clone lacks its older history.
    bots_left_out : int
        Commits of programs that were left out.
    undated : int
        Commits that were left out because their date is none.
    """

    path: Path
    project: str
    members: tuple[Member, ...]
    since: datetime
    until: datetime
    months: float
    period: str = "month"
    shallow: bool = False
    bots_left_out: int = 0
    undated: int = 0

    @property
    def commits(self) -> int:
        """Commits of all members in the window."""
        return sum(member.commits for member in self.members)

    @property
    def periods(self) -> float:
        """How many periods the window counts as: what the commits are divided by."""
        return self.months * (SECONDS_A_MONTH / PERIODS[self.period])

    @property
    def shallow_note(self) -> str:
        """What a reader should know of a shallow clone."""
        return f"{self.path} is a shallow clone: work older than {self.since:%Y-%m-%d} is missing"

    @property
    def undated_note(self) -> str:
        """What a reader should know of commits without a date."""
        left_out = (
            "commit whose date is none is"
            if self.undated == 1
            else "commits whose date is none are"
        )
        return f"{self.path}: {self.undated:,} {left_out} left out"

    @property
    def columns(self) -> Columns:
        """The members' columns; contributions are commits a period, as floats."""
        commits = [member.commits for member in self.members]
        given = {
            "contribution": [count / self.periods for count in commits],
            "names": [member.name for member in self.members],
            "columns": {"commits": commits, "bot": [int(m.bot) for m in self.members]},
        }
        return Columns(str(self.path), given)


def read_history(
    path: str | Path,
    since: When = None,
    until: When = None,
    bots: bool = True,
    period: str = "month",
) -> History:
    """Read who committed how much in a window; see `missiongame.Community.from_git`."""
    if not isinstance(bots, bool):
        raise wrong_type("bots", bots, "True or False")
    if not isinstance(period, str) or period not in PERIODS:
        raise illegal(
            "period", period, f"one of {', '.join(PERIODS)}, by which commits are counted"
        )
    start, end = _moment(since, "since"), _moment(until, "until")
    if start is not None and end is not None and start >= end:
        raise illegal("until", until, f"after since ({since})")
    repository = Repository(path)
    commits = list(repository.commits())
    dated = [(when, (name, email)) for when, name, email in commits if when is not None]
    if not dated:
        raise ReadError(f"{repository.path}: no commit has a legal date")
    within = _within(repository, dated, start, end)
    counts = Counter(author for _, author in within)
    by_bots = 0
    if not bots:
        by_bots = sum(counts.pop(author) for author in list(counts) if is_bot(author))
    if not counts:
        raise ReadError(f"{repository.path}: every commit in the window is a program's")
    first, last = start or _utc(min(within)[0]), end or _utc(max(within)[0])
    return History(
        repository.path,
        repository.project,
        tuple(members_of(counts)),
        first,
        last,
        _months(first, last, given=start is not None and end is not None),
        period,
        repository.shallow,
        by_bots,
        undated=len(commits) - len(dated),
    )


Dated = tuple[int, Author]


def _within(
    repository: Repository, dated: list[Dated], start: datetime | None, end: datetime | None
) -> list[Dated]:
    low = -math.inf if start is None else _seconds(start)
    high = math.inf if end is None else _seconds(end)
    within = [commit for commit in dated if low <= commit[0] < high]
    if not within:
        first, last = _utc(min(dated)[0]), _utc(max(dated)[0])
        raise ReadError(
            f"{repository.path}: no commits in the window; they run from "
            f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
        )
    return within


def _months(first: datetime, last: datetime, given: bool) -> float:
    months = (last - first) / timedelta(seconds=SECONDS_A_MONTH)
    return months if given else max(1.0, months)


def _moment(when: When, argument: str) -> datetime | None:
    """Return a date or time in UTC; a date is its first moment."""
    if when is None:
        return None
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when.strip())
        except ValueError as error:
            raise illegal(argument, when, "a date such as 2024-01-31") from error
    elif not isinstance(when, datetime):
        if not isinstance(when, date):
            raise wrong_type(argument, when, "a date, a datetime or text such as '2024-01-31'")
        when = datetime(when.year, when.month, when.day)
    try:
        moment = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        _seconds(moment)
    except (OverflowError, TypeError, ValueError) as error:  # out of the calendar, or pandas' NaT
        raise illegal(argument, str(when), "a date from year 1 to 9999, in UTC") from error
    return moment


def _seconds(moment: datetime) -> Fraction:
    """Return the seconds since 1970, exactly: the last moment of 9999 is no float."""
    return Fraction((moment - _1970) // timedelta(microseconds=1), 10**6)


def _utc(seconds: int) -> datetime:
    return _1970 + timedelta(seconds=seconds)
