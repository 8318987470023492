"""Seconds → a clock that says how much of them is left: searches end when it is late."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """Time until `end`, on the scale of `time.monotonic()`, of a number of `seconds`."""

    end: float
    seconds: float = 0.0

    @classmethod
    def of(cls, seconds: float) -> Clock:
        """Return a clock that starts now."""
        return cls(time.monotonic() + seconds, seconds)

    @property
    def left(self) -> float:
        """Seconds left; negative where it is late."""
        return self.end - time.monotonic()

    @property
    def late(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def part(self, fraction: float) -> Clock:
        """Return a clock that ends when a fraction of what is left has passed."""
        now = time.monotonic()
        return Clock(now + fraction * (self.end - now))

    def extended(self) -> Clock:
        """Return a clock with at least half of all seconds left."""
        return Clock(max(self.end, time.monotonic() + self.seconds / 2), self.seconds)
