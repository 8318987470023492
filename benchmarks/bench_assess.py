"""The assessment: its default page against loading what any such page loads; many members.

Of many members the whole page is made, numbers as users have them: unequal fractions, with
nothing, much or everything known. The peer is the time that a page may take.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

import missiongame as mg
from harness import Row, paired, seconds
from missiongame.cli.raid.page import parts

MEMBERS = 100_000
MAY_TAKE = 5.0
PEER = "import nashpy, typer, rich.table"


def rows() -> Iterator[Row]:
    """Yield the default page, then whole pages of many members."""
    ours, peer = paired(_runs("-m", "missiongame", "raid"), _runs("-c", PEER), repeat=9)
    yield Row("missiongame raid", ours, f"python -c '{PEER}'", peer, target=1.5)
    for what, town in _towns():
        took = seconds(partial(_page, town), repeat=1, warmup=0)
        about = f"a page of {MEMBERS:,} members, {what}"
        yield Row(about, took, f"{MAY_TAKE:g} seconds", MAY_TAKE, target=1.0)


def _page(town: mg.Community) -> list[object]:
    return list(parts(mg.assess(town)))


def _runs(*command: str) -> Callable[[], object]:
    # As users have it: compiled once, then read.
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(
        [sys.executable, *command], stdout=subprocess.DEVNULL, env=given, check=True
    )


def _towns() -> Iterator[tuple[str, mg.Community]]:
    rng = np.random.default_rng(1)
    made = np.round(rng.pareto(1.2, MEMBERS) + 0.1, 3) / 30.4
    purpose, social = rng.uniform(0, 2000, MEMBERS), rng.uniform(0, 500, MEMBERS)
    yield "purpose unknown", mg.Community(made)
    yield "unequal purposes", mg.Community(made, purpose=purpose)
    yield "unequal purposes and ties", mg.Community(made, purpose=purpose, social=social)
    yield "one purpose, one worth of company", mg.Community(made, purpose=900, social=300)
