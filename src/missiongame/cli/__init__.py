"""The command ``missiongame``: one file a subcommand, and one for the screen.

A table goes to standard output, progress to standard error; with ``--json``
standard output holds JSON alone. What is wrong is one line on standard error. Exit
status: 0 done, 1 a proof failed or, if that was asked, the community falls, 2 wrong
input or an output that cannot be written,
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

import missiongame
from missiongame.cli.options import PRICE, PROVE, RAID, SCENARIOS, takes
from missiongame.cli.screen import drop, plain, say
from missiongame.errors import MissionGameError

# What the command line itself refuses; typer names only this class of it in public.
_USAGE: Any = typer.BadParameter.__base__

app = typer.Typer(
    name="missiongame",
    help="Does a community held together by a mission survive a rival who pays its best members?",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# Each command loads what it needs when it is run: --help and --version wait for none of it.


@app.command("raid")
@takes(RAID)
def _raid(given: dict[str, Any]) -> None:
    """Would a rival's cash break this community?

    Says in a few sentences whether it holds, against the offer as made and against the
    same money spent best; then what that rests on.
    """
    from missiongame.cli.raid import run

    run(given)


@app.command("price")
@takes(PRICE)
def _price(given: dict[str, Any]) -> None:
    """Say what it would cost a rival to break this community.

    The least pay that wins a share of the work for certain, whom it goes to, what of
    it pays for purpose, enjoyment and ties, and whom it hangs on.
    """
    from missiongame.cli.price import run

    run(given)


@app.command("prove")
@takes(PROVE)
def _prove(given: dict[str, Any]) -> None:
    """Prove theorems of the catalogue, or claims of your own, for all real values."""
    from missiongame.cli.prove import run

    run(**given)


@app.command("scenarios")
@takes(SCENARIOS)
def _scenarios(given: dict[str, Any]) -> None:
    """List the cases; or tell one's facts and assumptions, or what decides between two."""
    from missiongame.cli.scenarios import run

    run(**given)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    if version:
        say(f"{missiongame.__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        say(f"{context.get_help()}\n")


def main() -> None:
    """Run the command line and exit with its status."""
    sys.exit(_status())


def _status() -> int:
    if sys.stderr is None:  # else the next file that is opened takes its place
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process
    try:
        done = app(standalone_mode=False, prog_name="missiongame")
        _finish()
    except MissionGameError as error:
        return _complain(str(error), 2)
    except _USAGE as error:
        command = error.ctx.command_path if error.ctx else "missiongame"
        problem = error.format_message().rstrip(".")
        return _complain(f"{problem} (see {command} --help)", 2)
    except (KeyboardInterrupt, typer.Abort):
        done = 130
    except OSError as error:
        with suppress(OSError):
            _finish()
        return _complain(str(error.strerror or error), 2)
    except MemoryError:
        return _complain("not enough memory for this", 2)
    except OverflowError:
        return _complain("an amount beyond 1.8e308 arises; give the numbers in larger units", 2)
    return _complain("interrupted", 130) if done == 130 else int(done or 0)


def _finish() -> None:
    """Write out what is buffered, while a failure can still be told."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError:
            drop(sys.stdout)
            raise


def _complain(problem: str, status: int) -> int:
    """Say in one line what is wrong, where anybody listens, and return the exit status."""
    line = plain(" ".join(problem.split("\n")))
    try:
        print(f"missiongame: {line}", file=sys.stderr, flush=True)  # noqa: T201 - the command's own screen
    except (OSError, ValueError):
        with suppress(ValueError):
            drop(sys.stderr)
    return status
