"""The command ``missiongame``: one file a subcommand, and one for the screen.

A table goes to standard output, progress to standard error; with ``--json``
standard output holds JSON alone. Exit status: 0 done, 1 a proof failed, 2 wrong
input, 130 interrupted.
"""

from __future__ import annotations

import sys

import typer

from missiongame.cli import price, prove, raid, scenarios
from missiongame.errors import MissionGameError

app = typer.Typer(
    name="missiongame",
    help="Does a community held together by a mission survive a rival who pays its best members?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _command in (raid, price, prove, scenarios):
    _command.register(app)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        import missiongame

        typer.echo(missiongame.__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; a wrong input is one line on standard error and exit status 2."""
    try:
        app()
    except MissionGameError as error:
        print(f"missiongame: {error}", file=sys.stderr)  # noqa: T201 - the command's own screen
        sys.exit(2)
    except KeyboardInterrupt:
        print("missiongame: interrupted", file=sys.stderr)  # noqa: T201 - the command's own screen
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
