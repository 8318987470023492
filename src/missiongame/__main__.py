"""``missiongame`` and ``python -m missiongame``: from the command line to an exit status."""

from __future__ import annotations

import sys

from missiongame.errors import LibraryMissing
from missiongame.lazy import need


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        need("typer", "rich", extra="cli", work="the command")
    except LibraryMissing as missing:
        print(f"missiongame: {missing}", file=sys.stderr)  # noqa: T201 - nothing else is there
        sys.exit(2)
    from missiongame import cli

    cli.main()


if __name__ == "__main__":
    main()
