"""How every comparison is measured: side by side, in one run, as a ratio.

A benchmark is a file ``bench_<topic>.py`` with a function ``rows()`` that
yields `Row`s; ``python benchmarks/harness.py [TOPIC ...]`` (``make bench``) runs
them and prints one table. Ratios are ours over the peer's: below 1 is faster.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One comparison: seconds of ours and of the peer's, and the ratio to reach."""

    what: str
    ours: float
    peer_name: str
    peer: float | None  # None: the peer did not finish or failed; `note` says how
    target: float | None = None  # ours / peer should be at most this
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peer if self.peer else None


def seconds(run: Callable[[], object], repeat: int = 5, warmup: int = 1) -> float:
    """Return the median wall time of `repeat` calls after `warmup` uncounted ones."""
    for _ in range(warmup):
        run()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def paired(
    ours: Callable[[], object], peer: Callable[[], object], repeat: int = 5
) -> tuple[float, float]:
    """Return the median times of two calls, measured in turn so that drift hits both."""
    ours()
    peer()
    pairs = [(seconds(ours, 1, 0), seconds(peer, 1, 0)) for _ in range(repeat)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def _load(path: Path) -> Callable[[], Iterable[Row]]:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    rows: Callable[[], Iterable[Row]] = module.rows
    return rows


def _time(value: float | None) -> str:
    if value is None:
        return "–"
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def _line(row: Row) -> str:
    ratio = "–" if row.ratio is None else f"{row.ratio:.3g}"
    target = "" if row.target is None else f"≤ {row.target:.3g}"
    met = (
        ""
        if row.target is None or row.ratio is None
        else ("" if row.ratio <= row.target else "missed")
    )
    cells = (
        row.what,
        _time(row.ours),
        row.peer_name,
        _time(row.peer),
        ratio,
        target,
        met,
        row.note,
    )
    return "| " + " | ".join(cells) + " |"


def _all_rows(topics: list[str]) -> Iterator[Row]:
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if not topics or path.stem.removeprefix("bench_") in topics:
            print(f"… {path.stem}", file=sys.stderr, flush=True)
            yield from _load(path)()


def main() -> None:
    """Print the table, one line as soon as it is measured."""
    print("| what | ours | peer | peer's time | ratio | target | | note |")
    print("|---|---|---|---|---|---|---|---|")
    for row in _all_rows(sys.argv[1:]):
        print(_line(row), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.modules["harness"] = sys.modules["__main__"]
    main()
