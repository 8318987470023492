"""With numpy, scipy, sympy, nashpy and hypothesis alone the core answers; the rest says why not.

A process in which nothing else can be imported stands for a machine on which nothing else is
installed; `make test-core` installs the core alone and runs this and the core's doctests there.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXTRAS = ("cli", "prove", "plot", "data")
IMPORTED_AS = {"z3-solver": "z3"}

CORE = "exact model members contest price thresholds bimatrix"

HIDDEN = """import sys
for name in {names}:
    sys.modules[name] = None
import missiongame as mg
"""


def optional():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = tomllib.loads(text)["project"]["optional-dependencies"]
    lines = [Requirement(line).name for extra in EXTRAS for line in extras[extra]]
    return [IMPORTED_AS.get(name, name) for name in lines]


def alone(code):
    return subprocess.run(
        [sys.executable, "-c", HIDDEN.format(names=optional()) + code],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_core_answers_alone():
    done = alone(
        "town, rival = mg.Community([2, 1, 1], purpose=[8, 16, 4], social=4), mg.Rival(value=30)\n"
        "print(mg.participate(town, rival, mg.offers.flat(20)).least.headcount)\n"
        "print(mg.price_of_collapse(town, rival).total)\n"
        "steward = mg.Steward(value=30, policies=[mg.Policy(uplift=0.5, cost=2)])\n"
        "contest = mg.Contest(town, steward, rival, offers=[mg.offers.flat(20)])\n"
        "print(len(contest.equilibria()))\n"
        "print(len(mg.solve([[1, 0], [0, 1]], [[1, 0], [0, 1]])))\n"
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["3", "31.0", "1", "3"]


def test_the_doctests_of_the_core_pass_alone():
    done = alone(
        "import doctest, importlib, pkgutil\n"
        f"for room in {CORE.split()}:\n"
        "    home = importlib.import_module(f'missiongame.{room}')\n"
        "    inner = [f'{home.__name__}.{m.name}' for m in pkgutil.iter_modules("
        "getattr(home, '__path__', []))]\n"
        "    for name in [home.__name__, *inner]:\n"
        "        module = importlib.import_module(name)\n"
        "        flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS\n"
        "        found = doctest.testmod(module, optionflags=flags)\n"
        "        assert not found.failed, name\n"
        "print('passed')\n"
    )
    assert done.stdout.endswith("passed\n"), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("x = mg.symbols.alpha\nmg.prove(x**2 >= 0)", "prove"),
        ("mg.theorems['church'].verdict()", "prove"),
        ("mg.plots.assessment_picture", "plot"),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_installs_it(code, extra):
    done = alone(code)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("missiongame.errors.LibraryMissing: ")
    assert last.endswith(f"pip install 'missiongame[{extra}]'")


def test_the_command_says_what_it_needs():
    done = alone("from missiongame.__main__ import main\nmain()")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "missiongame: the command needs typer and rich: pip install 'missiongame[cli]'\n"
    )


def test_payoffs_of_ones_own_go_the_general_way_without_a_prover():
    done = alone(
        "m = mg.symbols\n"
        "own = mg.Payoffs(stay=m.alpha * m.theta + m.h + m.G_stay**2, defect=m.w)\n"
        "town = mg.Community([2, 1], purpose=1, social=1)\n"
        "out = mg.participate(town, mg.Rival(), mg.offers.flat(20), payoffs=own)\n"
        "print(out.least.headcount, out.reason)\n"
    )
    assert done.stderr == ""
    assert done.stdout.startswith("2 ")


def test_the_command_runs_as_a_module():
    pytest.importorskip("typer", reason="the command is not installed here")
    done = subprocess.run(
        [sys.executable, "-m", "missiongame", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    import missiongame

    assert done.stdout == f"{missiongame.__version__}\n"
