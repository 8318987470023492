import subprocess
import sys

HEAVY = {"sympy", "scipy", "nashpy", "z3", "cvc5", "matplotlib", "networkx", "hypothesis", "rich"}


def loaded_by(code):
    lines = f"import sys; {code}; print(*{{m.split('.')[0] for m in sys.modules}})"
    answer = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split()) & (HEAVY | {"numpy"})


def test_importing_loads_nothing_heavy():
    assert not loaded_by("import missiongame") & HEAVY


def test_the_usual_members_game_needs_numpy_alone():
    code = (
        "import missiongame as mg; "
        "mg.participate(mg.Community([2, 1], purpose=1, social=1), mg.Rival(), mg.offers.flat(2))"
    )
    assert loaded_by(code) == {"numpy"}


def test_every_public_name_can_be_had():
    import missiongame as mg

    for name in mg.__all__:
        assert getattr(mg, name) is not None
