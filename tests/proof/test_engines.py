"""One question, one answer: whatever interrupts an engine, and however slow the machine."""

from __future__ import annotations

import contextlib
import signal
import types
from pathlib import Path

import pytest
import sympy as sp

from missiongame.proof import Proved, Refuted, Unknown, Vacuous, budget, engines, prove
from missiongame.proof.engines import Engine, Reply

x, y, z = sp.symbols("x y z", real=True)
p = sp.Symbol("p", positive=True)

HANGS = "(set-logic QF_NRA)" + "".join(f"(declare-fun a{k} () Real)" for k in range(12))
HANGS += f"(assert (= 7 (+ {' '.join(f'(* a{k} a{k} a{k} a{k - 1})' for k in range(1, 12))})))"
HANGS += f"(assert (= 3 (* {' '.join(f'a{k}' for k in range(12))})))"

# Interrupted


class Interruption(BaseException):
    """Not an Exception, as KeyboardInterrupt is not."""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that signals")
def test_a_timer_that_raises_during_a_hard_proof_leaves_no_answer_behind() -> None:
    def interrupt(*_: object) -> None:
        raise Interruption

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        engines.z3.start()
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with contextlib.suppress(Interruption):  # unless this version of z3 is quicker
            engines.z3.ask(HANGS, 60)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    for _ in range(3):
        assert isinstance(prove(x**2 - x > 0, confirm=False), Refuted)
        assert isinstance(prove(x**2 - x + 1 > 0, confirm=False), Proved)


@pytest.mark.parametrize("step", ["write", "wait", "read"])
def test_an_exception_at_any_step_of_a_question_ends_the_worker(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise Interruption

    engine = engines.z3
    engine.start()
    worker = engine._process
    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr(worker.stdin, "flush", interrupt, raising=False)
        elif step == "wait":
            patch.setattr(engine, "_line", interrupt)
        else:
            patch.setattr("missiongame.proof.engines.process.Reply", interrupt)
        with pytest.raises(Interruption):
            engine.ask("(assert false)", 60)
    assert worker.poll() is not None
    assert engine.ask("(declare-fun x () Real)(assert (> x 0))", 60).status == "sat"
    assert engine.ask("(assert false)", 60).status == "unsat"


WORKERS = {
    "answered another question": 'print(json.dumps({"number": number - 1, "status": "unsat"}))',
    "was stopped after": "import time; time.sleep(600)",
    "ended without an answer": "sys.exit(0)",
}


@pytest.mark.parametrize("told", WORKERS)
def test_a_worker_that_does_not_answer_the_question_gives_no_answer(
    told: str, tmp_path: Path
) -> None:
    script = tmp_path / "worker.py"
    script.write_text(
        "import json, sys\nprint('ready', flush=True)\n"
        "for line in sys.stdin:\n"
        "    number = json.loads(line)['number']\n"
        f"    {WORKERS[told]}\n"
        "    sys.stdout.flush()\n"
    )
    engine = Engine("odd", rate=1, script=script)
    engine.start()
    answer = engine.ask("(assert false)", 0.5 if "stopped" in told else 60)
    engine.stop()
    assert answer.status == "unknown"
    assert told in answer.reason
    assert answer.timed_out is ("stopped" in told)


def test_a_start_counts_as_time_and_is_not_lost(tmp_path: Path) -> None:
    script, gate = tmp_path / "worker.py", tmp_path / "gate"
    script.write_text(
        "import json, pathlib, sys, time\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.01)\n"
        "print('ready', flush=True)\n"
        "for line in sys.stdin:\n"
        "    number = json.loads(line)['number']\n"
        "    print(json.dumps({'number': number, 'status': 'unsat'}), flush=True)\n"
    )
    engine = Engine("slow", rate=1, script=script)
    for _ in range(2):
        answer = engine.ask("(assert false)", 0.05)
        assert (answer.status, answer.timed_out) == ("unknown", True)
        assert "still starting" in answer.reason
    gate.touch()
    assert engine.ask("(assert false)", 60).status == "unsat"
    engine.stop()


def test_an_engine_that_cannot_be_started_is_an_unknown(tmp_path: Path) -> None:
    engine = Engine("absent", rate=1, script=tmp_path / "absent.py")
    engine.start()
    assert "could not be run" in engine.ask("(assert false)", 60).reason


@pytest.mark.parametrize("engine", [engines.z3, engines.cvc5], ids=lambda e: e.name)
def test_an_engine_ends_at_its_limit_of_steps_and_tells_it_from_the_clock(engine: Engine) -> None:
    text = "(set-logic QF_NRA)(declare-fun x () Real)(declare-fun y () Real)"
    text += "(assert (> (* x x y) (+ (* y y y) 3)))(assert (< (* x y) -2))(assert (> y x))"
    one_step = engine.ask(text, 60, effort=1e-9)
    assert (one_step.status, one_step.timed_out) == ("unknown", False)
    assert engine.ask(text, 60).status in ("sat", "unsat")


# Time: a clock that only the engines move


class Clock:
    """Engines that answer as the real ones do, and pretend to have taken a part of their time."""

    def __init__(self, patch: pytest.MonkeyPatch, part: float, silent: bool = False) -> None:
        self.now, self.part, self.silent = 0.0, part, silent
        self.asked: list[tuple[str, str, float]] = []
        patch.setattr(budget, "time", types.SimpleNamespace(monotonic=lambda: self.now))
        for engine in (engines.z3, engines.cvc5):
            patch.setattr(engines, engine.name, self.slow(engine))

    def slow(self, engine: Engine) -> object:
        def ask(text: str, timeout: float, core: bool = False, effort: float = 0) -> Reply:
            self.now += timeout * self.part
            self.asked.append((engine.name, text, effort))
            if self.silent:
                return Reply("unknown", reason="made up", timed_out=True)
            return engine.ask(text, 300, core=core, effort=effort)

        return types.SimpleNamespace(name=engine.name, ask=ask)


PROBLEMS = {
    "proved": (x * y > 1, [x > 1, y > 1, z > 0]),
    "refuted": (x * y > 3, [x > 1, y > 1]),
    "irrational": (sp.Ne(x**3 + y**3, 7), [x > y]),
    "vacuous": (z > 0, [x < 1, x > 2, y > 0]),
    "fractions": (x / y + y / x >= 2, [x / y > 0]),
}


@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_whole_call_keeps_its_timeout(
    problem: str, silent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, 1.0, silent)
    claim, assuming = PROBLEMS[problem]
    verdict = prove(claim, assuming, timeout=10)
    assert clock.now <= 10
    if silent:
        assert isinstance(verdict, Unknown)
        assert verdict.timed_out == ("z3", "cvc5")
        assert "the clock stopped z3 and cvc5" in str(verdict)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_machines_speed_does_not_change_what_is_asked(
    problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, assuming = PROBLEMS[problem]
    runs = []
    for part in (0.0, 0.02):
        with monkeypatch.context() as patch:
            clock = Clock(patch, part)
            verdict = prove(claim, assuming, timeout=10)
            runs.append((clock.asked, type(verdict), verdict.used, verdict.witness))
    assert runs[0] == runs[1]
    assert all(effort > 0 for _, _, effort in runs[0][0])


# Used assumptions

POOL = {
    "x > 0": x > 0,
    "x > 1": x > 1,
    "x > 2": x > 2,
    "y > x": y > x,
    "y > 1": y > 1,
    "x*y > 3": x * y > 3,
    "z is low": z < -1,
    "below": x < y / 2,
}


@pytest.mark.parametrize(
    "claim", [y > 0, x * y > 1, y > 2 * x, x**2 + y**2 > 2, z * x < 0], ids=str
)
@pytest.mark.parametrize("backwards", [False, True])
def test_used_assumptions_suffice_and_none_can_be_left_out(
    claim: sp.Basic, backwards: bool
) -> None:
    pool = dict(reversed(POOL.items())) if backwards else POOL
    verdict = prove(claim, assuming=pool, timeout=60)
    assert isinstance(verdict, Proved)
    assert verdict.minimal
    assert prove(claim, assuming=pool, timeout=60).used == verdict.used
    assert isinstance(prove(claim, assuming={n: pool[n] for n in verdict.used}), Proved)
    for left_out in verdict.used:
        rest = {n: pool[n] for n in verdict.used if n != left_out}
        assert isinstance(prove(claim, assuming=rest, timeout=60), Refuted), left_out


def test_a_contradiction_names_no_more_than_it_needs() -> None:
    verdict = prove(z > 0, assuming={**POOL, "x is low": x < 1})
    assert isinstance(verdict, Vacuous)
    assert verdict.minimal
    assert verdict.used in (("x > 1", "x is low"), ("x > 2", "x is low"))


def test_a_declared_sign_is_used_only_where_it_is_needed() -> None:
    free = prove(p * x**2 + y**2 >= -2 * x * y * p, assuming={"small": p <= 1})
    assert isinstance(free, Proved)
    assert free.used == ("p > 0 (declared)", "small")
    assert prove((p + 1) * x**2 >= p * x**2).used == ()
    needed = prove(x / p >= 0, assuming={"up": x >= 0})
    assert isinstance(needed, Proved)
    assert needed.used == ("p > 0 (declared)", "up")
    assert needed.minimal


def test_what_is_kept_for_want_of_an_answer_is_not_called_minimal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = engines.z3

    def ask(text: str, _: float, core: bool = False, **__: object) -> Reply:
        without_claim = "(not" not in text
        if "needed" in text or without_claim:
            return real.ask(text, 60, core=core)
        return Reply("unknown", reason="made up")

    monkeypatch.setattr(engines, "z3", types.SimpleNamespace(name="z3", ask=ask))
    verdict = prove(x * y > 4, assuming={"needed": x > 2, "y": y > 2, "z": z > 0})
    assert isinstance(verdict, Proved)
    assert verdict.used == ("needed", "y")
    assert not verdict.minimal
