"""The seconds of one call to what each question may take: all that it asks shares them.

Each question gets a part of the call's *effort*, counted in the engine's steps,
so that the call takes the same way on every machine; and at most a part of the
*seconds* that are left, so that it ends in time on a slow one.
"""

from __future__ import annotations

import time
from typing import Any

from missiongame.errors import illegal
from missiongame.exact import number
from missiongame.proof import engines
from missiongame.proof.engines import Engine, Reply

_TOO_SHORT = 0.01


def seconds_of(timeout: Any) -> float:
    """Return the seconds that a `timeout` gives; raise unless they are positive."""
    seconds = float(number(timeout, "timeout"))
    if seconds <= 0:
        raise illegal("timeout", timeout, "a positive number of seconds")
    return seconds


class Budget:
    """The seconds of one call; `timed_out` are the engines that the clock stopped."""

    def __init__(self, seconds: float) -> None:
        for engine in (engines.z3, engines.cvc5):
            if isinstance(engine, Engine):  # once in a session, and not on the caller's clock
                engine.start()
        self.seconds = seconds
        self.timed_out: tuple[str, ...] = ()
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._end - time.monotonic()

    def ask(self, engine: Engine, text: str, effort: float, part: float) -> Reply:
        """Ask with a part of the whole effort, and of the seconds that are left."""
        answer = self.try_out(engine, text, effort, part)
        if answer.timed_out:
            self.timed_out = tuple(dict.fromkeys((*self.timed_out, engine.name)))
        return answer

    def try_out(
        self, engine: Engine, text: str, effort: float, part: float, core: bool = False
    ) -> Reply:
        """Ask what only polishes an answer that stands: that the clock stops it is not told."""
        seconds = self.left * part
        if seconds < _TOO_SHORT:
            return Reply("unknown", reason="no time was left to ask", timed_out=True)
        return engine.ask(text, seconds, core=core, effort=effort * self.seconds)
