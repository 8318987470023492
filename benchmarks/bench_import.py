"""What ``import missiongame`` costs, beside ``import numpy``: whole processes, in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from harness import Row


def _process(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def rows() -> Iterator[Row]:
    pairs = [(_process("import missiongame"), _process("import numpy")) for _ in range(12)][2:]
    ours, peer = (statistics.median(times) for times in zip(*pairs, strict=True))
    yield Row("import, a whole process", ours, "import numpy", peer, target=1.5)
    code = "import missiongame as mg; mg.Community; mg.Rival; mg.offers; mg.participate"
    first = statistics.median(_process(code) for _ in range(8))
    yield Row("… and all that participate needs", first, "import numpy", peer)
