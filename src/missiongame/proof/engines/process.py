"""An SMT engine in a process of its own, so that every time-out holds.

Engines check their own clocks between steps, and some steps (resultants of
large polynomials) take for ever. The worker gets the engine's own limit; if it
has not answered a little later it is killed, and the next question starts a new
one. Questions and answers are lines of JSON.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Status = Literal["sat", "unsat", "unknown"]

GRACE = 1.0
"""Seconds beyond the engine's own limit before its process is killed."""

_START = 30.0
"""Seconds that a worker may take to load its engine, on a busy machine."""


@dataclass(frozen=True)
class Answer:
    """What an engine said of one query.

    `model` maps each declared name to ``"p/q"``, ``"true"``, ``"false"`` or
    ``[[a0, a1, ...], k]``: the k-th real root (from 1, ascending) of a0 + a1 x + ….
    `core` lists the positions of assertions that already contradict each other.
    """

    status: Status
    model: dict[str, Any] = field(default_factory=dict)
    core: tuple[int, ...] = ()
    reason: str = ""


class Engine:
    """A worker process that answers one query after the other."""

    def __init__(self, name: str, script: str) -> None:
        self.name = name
        self._script = Path(__file__).with_name(script)
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def ask(self, text: str, timeout: float, core: bool = False) -> Answer:
        """Decide one SMT-LIB query (declarations and assertions, without ``check-sat``)."""
        with self._lock:
            try:
                return self._ask({"text": text, "timeout": timeout, "core": core}, timeout)
            except OSError as error:
                self.stop()
                return Answer("unknown", reason=f"{self.name} could not be run: {error}")

    def _ask(self, request: dict[str, Any], timeout: float) -> Answer:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - opened as a pipe just above
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        line = self._line(timeout + GRACE)
        if not line:
            ended = process.poll() is not None
            self.stop()
            how = "ended without an answer" if ended else f"was stopped after {timeout:g} s"
            return Answer("unknown", reason=f"{self.name} {how}")
        reply = json.loads(line)
        reply["core"] = tuple(reply.get("core", ()))
        return Answer(**reply)

    def _running(self) -> subprocess.Popen[str]:
        if self._owner != os.getpid():  # forked: that process is our parent's to use
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own script, our own interpreter
            [sys.executable, "-I", str(self._script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._lines = queue.Queue()
        threading.Thread(
            target=_read, args=(self._process.stdout, self._lines), daemon=True
        ).start()
        if not self._line(_START):
            self.stop()
            raise OSError(f"the {self.name} worker did not start; is the package installed?")
        return self._process

    def _line(self, seconds: float) -> str:
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return ""

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()


def _read(stream: Any, lines: queue.Queue[str]) -> None:
    """Pass a worker's lines on; an empty one at the end says that it has gone."""
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")


z3 = Engine("z3", "z3_worker.py")
cvc5 = Engine("cvc5", "cvc5_worker.py")
atexit.register(z3.stop)
atexit.register(cvc5.stop)
