"""An SMT-LIB query to an engine's answer, from a process of its own, so that every time-out holds.

Two limits to one question. *Effort* is counted in the engine's own steps, so that
it ends alike on every machine. *Seconds* are the backstop: engines check their
limits between steps, and some steps (resultants of large polynomials) take for
ever, so a worker that has not answered in time is killed, and the next question
starts a new one.

Questions and answers are lines of JSON, and each carries the question's number:
whatever interrupts a question (a signal that raises, a full pipe) also ends the
worker, and an answer to another question is never taken for this one's.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import math
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from missiongame.lazy import need

Status = Literal["sat", "unsat", "unknown"]

_OWN_SHARE = 0.8
"""The part of the seconds that the engine's own clock gets, before its process is killed."""

_WORKER = Path(__file__).with_name("worker.py")

_START = 30.0
"""Seconds that a worker may take to load its engine, on a busy machine."""


@dataclass(frozen=True)
class Reply:
    """What an engine said of one query.

    `model` maps each declared name to ``"p/q"``, ``"true"``, ``"false"`` or
    ``[[a0, a1, ...], k]``: the k-th real root (from 1, ascending) of a0 + a1 x + ….
    `core` lists the positions of assertions that already contradict each other.
    `spent` is the effort used, in the seconds that it stands for. `timed_out` says that
    a clock, not the limit of effort, ended the work: a faster machine may know.
    """

    status: Status
    model: dict[str, Any] = field(default_factory=dict)
    core: tuple[int, ...] = ()
    reason: str = ""
    spent: float = 0.0
    timed_out: bool = False


class Engine:
    """A worker process that answers one query after the other.

    `rate` is the steps that stand for a second of effort: fewer than it takes in one.
    """

    def __init__(self, name: str, rate: int, script: Path = _WORKER) -> None:
        self.name = name
        self.rate = rate
        self._script = script
        self._number = 0
        self._ready = False
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def ask(self, text: str, timeout: float, core: bool = False, effort: float = 0) -> Reply:
        """Decide one SMT-LIB query (declarations and assertions, without ``check-sat``).

        It ends after `timeout` seconds, a start of the process included, or after the steps
        that stand for `effort` seconds (0: any number).
        """
        request = {"text": text, "core": core, "effort": math.ceil(effort * self.rate)}
        try:
            with self._whole():
                return self._ask(request, time.monotonic() + timeout)
        except OSError as error:
            return Reply("unknown", reason=f"{self.name} could not be run: {error}")

    def start(self) -> None:
        """Start the process if it does not run, so that a question need not wait for it."""
        with contextlib.suppress(OSError), self._whole():  # that is told with the first answer
            self._running()
            self._wait(_START)

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        """Do one thing at a time; a half-asked question must not be answered later."""
        with self._lock:
            try:
                yield
            except BaseException:
                self.stop()
                raise

    def _ask(self, request: dict[str, Any], deadline: float) -> Reply:
        process = self._running()
        if not self._wait(deadline - time.monotonic()):  # it goes on, for the next question
            return Reply("unknown", reason=f"{self.name} was still starting", timed_out=True)
        assert process.stdin is not None  # noqa: S101 - opened as a pipe
        self._number += 1
        seconds = deadline - time.monotonic()
        request |= {"timeout": seconds * _OWN_SHARE, "number": self._number}
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        line = self._line(seconds)
        if not line:
            self.stop()
            late = line is None
            how = f"was stopped after {seconds:.3g} s" if late else "ended without an answer"
            return Reply("unknown", reason=f"{self.name} {how}", timed_out=late)
        reply = json.loads(line)
        if reply.pop("number") != self._number:
            self.stop()
            return Reply("unknown", reason=f"{self.name} answered another question")
        reply["core"] = tuple(reply.get("core", ()))
        reply["spent"] = reply.get("spent", 0) / self.rate
        return Reply(**reply)

    def _wait(self, seconds: float) -> bool:
        """Return whether the process is ready, after at most so many seconds."""
        if not self._ready:
            line = self._line(seconds)
            if line == "":
                raise OSError(f"the {self.name} worker did not start; is the package installed?")
            self._ready = line is not None
        return self._ready

    def _running(self) -> subprocess.Popen[str]:
        if self._owner != os.getpid():  # forked: that process is our parent's to use
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        if self._script == _WORKER:
            need(self.name, extra="prove", work="a proof")
        self._process = subprocess.Popen(  # noqa: S603 - our own script, our own interpreter
            [sys.executable, "-I", str(self._script), self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._lines, self._ready = queue.Queue(), False
        threading.Thread(
            target=_read, args=(self._process.stdout, self._lines), daemon=True
        ).start()
        return self._process

    def _line(self, seconds: float) -> str | None:
        """Return the worker's next line, "" if it has ended, None if it is late."""
        try:
            return self._lines.get(timeout=max(0, seconds))
        except queue.Empty:
            return None

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if process.stdin is not None:
            with contextlib.suppress(OSError):  # what was not yet sent is lost with it
                process.stdin.close()


def _read(stream: Any, lines: queue.Queue[str]) -> None:
    """Pass a worker's lines on; an empty one at the end says that it has gone."""
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")


z3 = Engine("z3", rate=1_000_000)
cvc5 = Engine("cvc5", rate=100_000)
atexit.register(z3.stop)
atexit.register(cvc5.stop)
