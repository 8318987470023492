"""From a number of seconds to a clock: limits, progress and interruptions of one computation.

A `Clock` is asked for leave to go on (`check`) between steps that each take a
short time. It raises `Stopped` when the caller's seconds are over, and tells of
progress once a second has gone by.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from typing import TypeAlias

from missiongame.bimatrix.equilibria import Reason
from missiongame.errors import illegal
from missiongame.exact import fraction

Progress: TypeAlias = Callable[[str], None] | bool | None
"""Where progress goes: a function of a line; True or None, standard error; False, nowhere."""


FIRST_WORD = 1.0
"""Seconds after which a computation tells of its progress."""


class Stopped(Exception):
    """A computation gave up, for a reason that the answer will name."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def reason_of(stop: Stopped | KeyboardInterrupt) -> Reason:
    """Return why a computation stopped."""
    return stop.reason if isinstance(stop, Stopped) else Reason.INTERRUPTED


class Clock:
    """Seconds left, and a word on progress where it takes more than one.

    Parameters
    ----------
    limit : float or None
        Seconds from now; None is no limit.
    progress : function of one string, bool or None
    """

    def __init__(self, limit: float | None = None, progress: Progress = None) -> None:
        self._start = time.monotonic()
        if limit is not None and fraction(limit, "limit") < 0:
            raise illegal("limit", limit, "a number of seconds of at least 0, or None")
        self._end = math.inf if limit is None else self._start + float(limit)
        self._tell = _teller(progress)
        self._next = FIRST_WORD

    @property
    def elapsed(self) -> float:
        """Seconds since the clock was started."""
        return time.monotonic() - self._start

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit."""
        return self._end - time.monotonic()

    def check(self, doing: str = "") -> None:
        """Raise `Stopped` if time is over; else tell of progress now and then."""
        if time.monotonic() >= self._end:
            raise Stopped(Reason.LIMIT)
        if doing:
            self.tell(doing)

    def tell(self, doing: str) -> None:
        """Tell of progress, if enough time has gone by since the last word on it."""
        elapsed = self.elapsed
        if elapsed >= self._next:
            self._tell(f"{elapsed:.0f} s: {doing}")
            # Often at first, ever more rarely later.
            self._next = elapsed + max(1.0, elapsed / 10)


def _teller(progress: Progress) -> Callable[[str], None]:
    if callable(progress):
        return progress
    if progress is False:
        return lambda _line: None
    return lambda line: print(line, file=sys.stderr, flush=True)  # noqa: T201 - progress is a screen's business
