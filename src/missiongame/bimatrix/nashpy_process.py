"""A method of nashpy and a game in; what it gives out, from a process that can be killed.

A Lemke-Howson path of nashpy may go round in circles, and its vertices be too many to
wait for. The process is kept for the next request, unless it was late.
"""

from __future__ import annotations

import atexit
import json
import math
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.nashpy_worker import READY
from missiongame.exact import Floats

PATH_SECONDS = 2.0
"""After so many seconds a Lemke-Howson path of nashpy counts as endless."""

_START = 60.0  # seconds in which a process loads nashpy on any machine
_LOOK = 0.05  # seconds between two looks at the clock


def by_process(A: Floats, B: Floats, method: str, clock: Clock) -> Iterator[Any]:
    """Yield what a method of nashpy gives for payoffs A and B, and which paths did not end.

    Raises
    ------
    Stopped
        When the clock says so; the process is killed.
    """
    paths = method == "lemke_howson"
    tasks = list(range(sum(A.shape))) if paths else [None]
    seconds = PATH_SECONDS if paths else math.inf
    while tasks:
        request = {"A": A.tolist(), "B": B.tolist(), "method": method, "tasks": tasks}
        with _asked(request) as lines:
            patience = _START
            while tasks and (line := _next(lines, patience, clock)):
                patience = seconds
                said = json.loads(line)
                if said is None:
                    del tasks[0]
                elif said != READY:
                    yield said
        if tasks and line == "":
            yield "nashpy's process ended without an answer"
            return
        if tasks:
            yield f"the path that drops label {tasks.pop(0)} did not end in {patience:g} s"


class _Worker:
    """A process that answers requests, and the lines that it says: "" after the last one."""

    def __init__(self) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own script, our own interpreter
            [sys.executable, "-P", str(Path(__file__).with_name("nashpy_worker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdin and self._process.stdout  # noqa: S101, PT018 - opened as pipes
        self._in = self._process.stdin
        self._reader = threading.Thread(
            target=_read, args=(self._process.stdout, self.lines), daemon=True
        )
        self._reader.start()

    def ask(self, request: dict[str, Any]) -> None:
        with suppress(OSError):  # if the process has ended, its last line says so
            self._in.write(json.dumps(request) + "\n")
            self._in.flush()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with suppress(OSError):  # what was not yet sent is lost with it
            self._in.close()


def _read(pipe: IO[str], lines: queue.Queue[str]) -> None:
    with pipe:
        for line in pipe:
            lines.put(line)
    lines.put("")


_idle: list[_Worker] = []
"""Processes that have answered all they were asked, for the next request."""


@contextmanager
def _asked(request: dict[str, Any]) -> Iterator[queue.Queue[str]]:
    """Ask a process; kill it if it has not answered everything when this is left."""
    worker = _idle.pop() if _idle else _Worker()
    if worker.owner != os.getpid():  # forked: that process is our parent's to use
        worker = _Worker()
    try:
        worker.ask(request)
        yield worker.lines
    except BaseException:
        worker.kill()
        raise
    if request["tasks"]:
        worker.kill()
    else:
        _idle.append(worker)


@atexit.register
def _kill_idle() -> None:
    for worker in _idle:
        if worker.owner == os.getpid():
            worker.kill()


def _next(lines: queue.Queue[str], seconds: float, clock: Clock) -> str | None:
    """Return the next line, "" after the last one, or None after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        clock.check("nashpy")
        try:
            return lines.get(timeout=_LOOK)
        except queue.Empty:
            continue
    return None
