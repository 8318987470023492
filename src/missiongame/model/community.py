"""Who contributes: from per-member columns to a `Community`, and how concentrated its work is.

n members; member i makes c_i ≥ 0 contributions a period (lurkers make none),
the share s_i = c_i / Σc of them. θ ≥ 0 is the strength of the mission, α_i what
a unit of it is worth to i, h_i the pleasure that depends on neither mission nor
others, σ_i what having all the others around is worth to i. Money is per period
(a month, say).

By default a tie is worth g_ij = σ_i s_j: members value those who contribute.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import (
    InvalidValue,
    PurposeUnknown,
    ReadError,
    ShallowHistory,
    UndatedCommits,
    Words,
    illegal,
    wrong_type,
)
from missiongame.exact import (
    Column,
    Number,
    column,
    exact_total,
    fractions_of,
    head_count,
    nearest,
    number,
    wanted_share,
)
from missiongame.model.ties import Ties

if TYPE_CHECKING:
    from missiongame.readers import Columns, When

_DEFAULTS = ("purpose", "enjoyment", "social", "mission", "ties")
_ARGUMENTS = ("contribution", *_DEFAULTS, "names", "columns")


class Community:
    """A community: contributions, and what keeps its members.

    Every per-member column is a number (the same for all) or n numbers; money per
    period. Numbers count at their exact value (see `missiongame.exact`).

    Parameters
    ----------
    contribution : (n,)
        c_i ≥ 0, contributions per period; at least one is positive.
    purpose : number or (n,), optional
        α_i, money: what a unit of mission is worth to i; may be negative. None
        means unknown, the normal case: numeric answers then raise `PurposeUnknown`,
        and ``missiongame raid`` says what it would have to be.
    enjoyment : number or (n,)
        h_i, money.
    social : number or (n,)
        σ_i ≥ 0, money: what having all the others around is worth to i.
    mission : number
        θ ≥ 0, the strength of the mission.
    ties : (n, n) array, SciPy sparse array or NetworkX graph, optional
        g_ij, money: what j's presence is worth to i, instead of σ_i s_j. Not
        together with a nonzero `social`.
    names : n strings, optional
    columns : mapping of name to number or (n,), optional
        Further columns, for the symbols of a user's own payoffs.

    Examples
    --------
    >>> town = Community([6, 3, 1], purpose=100, social=[0, 20, 20])
    >>> town
    Community(3 members, 10 contributions a period, mission 1)
    >>> town.top_share(1), town.absence_factor(0.5)
    (0.6, 1)
    """

    def __init__(
        self,
        contribution: Any,
        purpose: Any = None,
        enjoyment: Any = 0.0,
        social: Any = 0.0,
        mission: Any = 1.0,
        ties: Any = None,
        names: Any = None,
        columns: Mapping[str, Any] | None = None,
    ) -> None:
        n = _count(contribution)
        self.contribution: Column = column(contribution, "contribution", n, low=0)
        if not np.any(self.contribution > 0):
            raise illegal("contribution", Words("all zero"), "positive for at least one member")
        self.purpose: Column | None = None if purpose is None else column(purpose, "purpose", n)
        self.enjoyment: Column = column(enjoyment, "enjoyment", n)
        self.social: Column = column(social, "social", n, low=0)
        self.mission: Number = number(mission, "mission", low=0)
        self.names: tuple[str, ...] | None = _names(names, n)
        self.ties: Ties | None = None if ties is None else Ties.of(ties, n, self.names)
        if self.ties is not None and np.any(self.social != 0):
            raise InvalidValue(
                "ties and a nonzero social are both given; give one: social means ties of σ_i·s_j"
            )
        self.columns: dict[str, Column] = {
            name: column(values, f"columns[{name!r}]", n)
            for name, values in (columns or {}).items()
        }

    @classmethod
    def read_csv(cls, path: str | Path, **defaults: Any) -> Community:
        r"""Read a CSV file; its columns are in `missiongame.readers`.

        Parameters
        ----------
        path : str or Path
        **defaults
            What the file does not hold: purpose, enjoyment, social, mission, ties. A
            column and a default of one name is an error.

        Raises
        ------
        ReadError
            If the file cannot be read, has no column ``contribution``, or a cell is
            not what it should be; the message names line and column.
        InvalidType, InvalidValue
            If `path` is no path, or a default is illegal.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder) / "members.csv"
        ...     _ = file.write_text("name;contribution;social\nAnn;6,5;20\nBob;1;0\n")
        ...     town = Community.read_csv(file, purpose=100)
        >>> town, town.names
        (Community(2 members, 7.5 contributions a period, mission 1), ('Ann', 'Bob'))
        """
        from missiongame.readers import csv_columns  # csv and subprocess take long to load

        return cls.from_columns(csv_columns(path), **defaults)

    @classmethod
    def from_frame(cls, frame: Any, **defaults: Any) -> Community:
        """Read a data frame; its columns are in `missiongame.readers`.

        Parameters
        ----------
        frame : a data frame
            pandas, polars, or any object with ``.columns`` and ``frame[column]``.
        **defaults
            What the frame does not hold: purpose, enjoyment, social, mission, ties.

        Raises
        ------
        ReadError
            If a column is missing or a value is not what it should be; the message
            names row and column.
        InvalidType
            If `frame` is no data frame.

        Examples
        --------
        >>> class Frame(dict):
        ...     columns = property(dict.keys)
        >>> Community.from_frame(Frame(contribution=[3, 1], social=[0, 10]))
        Community(2 members, 4 contributions a period, mission 1)
        """
        from missiongame.readers import frame_columns

        return cls.from_columns(frame_columns(frame), **defaults)

    @classmethod
    def from_git(
        cls,
        path: str | Path,
        since: When = None,
        until: When = None,
        bots: bool = True,
        period: str = "month",
        **defaults: Any,
    ) -> Community:
        """Read a git repository: contributions are commits a month, or what `period` says.

        Authors who share a name or an e-mail address, after mailmap, are one member.
        A month is 365.25/12 days. The window goes from `since` up to `until`; without
        them from the first to the last commit, and then counts as a month at least,
        so that an hour's work is no monthly rate.

        Parameters
        ----------
        path : str or Path
            The top of a work tree, or a bare repository; "~" is a home directory.
        since, until : date, datetime or ISO text such as "2024-01-31", optional
            The window, `since` included and `until` not, by commit date; UTC where
            they name no other zone.
        bots : bool
            Whether programs that commit count as members.
        period : {"month", "day", "week", "quarter", "year"}
        **defaults
            purpose, enjoyment, social, mission, ties.

        Returns
        -------
        Community
            Members in descending order of commits; `columns` holds ``commits`` (how
            many in the window) and ``bot`` (1 for a program, else 0).

        Raises
        ------
        ReadError
            If the path is no repository, git is missing, or the window has no commits.
        InvalidValue, InvalidType
            If the window or a default is no legal one.

        Warns
        -----
        ShallowHistory
            If the clone is shallow.
        UndatedCommits
            If commits were left out because their date is missing, negative, no number
            or beyond the year 9999.
        """
        from missiongame.readers import read_history

        history = read_history(path, since, until, bots, period)
        if history.shallow:
            warnings.warn(ShallowHistory(history.shallow_note), stacklevel=2)
        if history.undated:
            warnings.warn(UndatedCommits(history.undated_note), stacklevel=2)
        return cls.from_columns(history.columns, **defaults)

    @classmethod
    def from_columns(cls, read: Columns, **defaults: Any) -> Community:
        """Return the community of a reader's columns.

        Parameters
        ----------
        read : missiongame.readers.Columns
        **defaults
            What they do not hold: purpose, enjoyment, social, mission, ties.

        Raises
        ------
        ReadError
            If both have a value, or together they make no community.
        InvalidType
            On another name among the defaults.
        """
        unknown = [name for name in defaults if name not in _DEFAULTS]
        if unknown:
            raise wrong_type("defaults", unknown[0], f"one of {', '.join(_DEFAULTS)}")
        both = [name for name in defaults if name in read.given]
        if both:
            raise ReadError(
                f"{read.source}: {both[0]} is given as an argument and as a column; give one"
            )
        try:
            return cls(**read.given, **defaults)
        except InvalidValue as error:
            raise ReadError(f"{read.source}: {error}") from error

    @property
    def n(self) -> int:
        """Number of members."""
        return len(self.contribution)

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        total = nearest(self.total)
        return (
            f"Community({self.n} members, {total:g} contributions a period, "
            f"mission {nearest(self.mission):g})"
        )

    def name(self, i: int) -> str:
        """Return member i's name; "member 1" for the first where members have none."""
        return self.names[i] if self.names is not None else f"member {i + 1}"

    def known_purpose(self, wanted_by: str) -> Column:
        """Return `purpose`, or raise `PurposeUnknown` saying that `wanted_by` needs it."""
        if self.purpose is None:
            raise PurposeUnknown(
                f"purpose is unknown and {wanted_by} needs it; give Community(purpose=...), "
                "or ask missiongame.critical_purpose what it would have to be"
            )
        return self.purpose

    def changed(self, **changes: Any) -> Community:
        """Return the same community with some constructor arguments replaced."""
        kept = {name: vars(self)[name] for name in _ARGUMENTS}
        unknown = set(changes) - set(kept)
        if unknown:
            raise wrong_type("changes", sorted(unknown), f"among {', '.join(kept)}")
        return Community(**{**kept, **changes})

    def with_mission(self, mission: Any) -> Community:
        """Return the same community with another strength of the mission.

        Examples
        --------
        >>> Community([1, 2]).with_mission(1.5).mission
        1.5
        """
        return self.changed(mission=mission)

    @cached_property
    def total(self) -> Fraction:
        """Σc, the exact sum of contributions a period."""
        return exact_total(self.contribution)

    @cached_property
    def share(self) -> Column:
        """s_i = c_i / Σc as floats: each within two roundings of the exact share."""
        if self.contribution.dtype != object and 2.0**-900 < self.total < 2.0**900:
            return self.contribution / float(self.total)
        return np.array([float(share) for share in self.exact_share])

    @property
    def exact_share(self) -> list[Fraction]:
        """s_i = c_i / Σc as Fractions that sum to exactly 1."""
        return [c / self.total for c in fractions_of(self.contribution)]

    @property
    def gini(self) -> float:
        """Gini coefficient of contributions, a float: 0 all equal, (n − 1)/n one makes all."""
        shares = np.sort(self.share)
        ranks = 2 * np.arange(1, self.n + 1) - self.n - 1
        return max(0.0, float(ranks @ shares) / self.n)

    @property
    def gini_star(self) -> float:
        """Gini times n/(n − 1), a float from 0 (all equal) to 1 (one makes all); n = 1: 0."""
        return self.gini * self.n / (self.n - 1) if self.n > 1 else 0.0

    def top_share(self, k: int) -> float:
        """Return the share (a float) that the k largest contributors make.

        Examples
        --------
        >>> Community([5, 3, 2]).top_share(2)
        0.8
        """
        places = head_count(k, "k")
        if places == 0 or places >= self.n:
            return float(places > 0)
        contribution = np.asarray(self.contribution, dtype=np.float64)
        largest = np.partition(contribution, self.n - places)[self.n - places :]
        return float(largest.sum() / float(self.total))

    def absence_factor(self, share: Any = 0.5) -> int:
        """Return the contributor absence factor: the fewest members who make `share` of the work.

        The CHAOSS project's definition (once "bus factor"), with `share` one half.
        Exact: a community of two equal members has factor 1 at one half.

        Parameters
        ----------
        share : number in (0, 1]

        Examples
        --------
        >>> Community([1, 1]).absence_factor(), Community([3, 3, 3, 1]).absence_factor()
        (1, 2)
        """
        wanted = wanted_share(share)
        ordered = np.sort(self.contribution)[::-1]
        guess = np.cumsum(ordered.astype(np.float64))
        k = int(np.searchsorted(guess, float(wanted * self.total) * (1 - 1e-9)))
        k = min(k, self.n - 1)
        made = exact_total(ordered[:k])
        while made < wanted * self.total:
            made += Fraction(ordered[k])
            k += 1
        return k

    @cached_property
    def by_contribution(self) -> Any:
        """(n,) int64: members' positions, largest contributor first, earlier first among equals."""
        return np.argsort(-self.contribution, kind="stable")


def _count(contribution: Any) -> int:
    if isinstance(contribution, (str, bytes)) or np.ndim(contribution) != 1:
        raise wrong_type("contribution", contribution, "a sequence of numbers, one a member")
    n = len(contribution)
    if n == 0:
        raise illegal("contribution", Words("empty"), "of at least one member")
    return n


def _names(names: Any, n: int) -> tuple[str, ...] | None:
    if names is None:
        return None
    named = tuple(str(name) for name in names)
    if len(named) != n:
        raise illegal("names", Words(f"{len(named)} names"), f"{n} names, one a member")
    if len(set(named)) != n:
        twice = next(name for name in named if named.count(name) > 1)
        raise illegal("names", Words(f"{twice!r} twice"), "all different")
    return named
