"""Mutants: would the tests notice wrong code? `make mutants`; CONTRIBUTING.md tells how.

Some mutants are made by hand (by_hand.toml: a class of wrong code each), the others by
cosmic-ray, at places drawn by a fixed seed (plan.toml). Each is tried in a copy of the
tree, against the tests of its area. What survives is listed with its reason in
survivors.toml.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import difflib
import hashlib
import importlib
import json
import os
import queue
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = "src/missiongame"
MEMORY = 6 * 2**30
OUTCOMES = ("killed", "timed out", "equivalent", "survived")

# The examples of the default run, without the time that making a failure small takes.
PROFILE = """
from hypothesis import HealthCheck, Phase, settings
settings.register_profile("mutants", deadline=None, derandomize=True, database=None,
                          phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False,
                          suppress_health_check=[HealthCheck.too_slow])
"""


@dataclass(frozen=True)
class Mutant:
    """One change of one module: `before` and `after` are the lines that differ."""

    area: str
    module: str
    line: int
    before: str
    after: str
    what: str
    code: str = ""

    @property
    def change(self) -> tuple[str, str, str]:
        """What a listed survivor is recognised by."""
        return self.module, self.before, self.after

    @property
    def key(self) -> str:
        """The same for the same change of the same text."""
        return hashlib.sha256(f"{self.module}\0{self.code}".encode()).hexdigest()[:12]


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def area_of(plan: dict[str, Any], module: str) -> str:
    """The first area one of whose patterns fits."""
    fitting = (a for a, b in plan["areas"].items() if any(Path(module).match(p) for p in b["code"]))
    return str(next(fitting))


def modules(plan: dict[str, Any]) -> list[str]:
    patterns = (pattern for area in plan["areas"].values() for pattern in area["code"])
    return sorted({str(p.relative_to(ROOT / PACKAGE)) for g in patterns for p in _glob(g)})


def _glob(pattern: str) -> list[Path]:
    found = sorted((ROOT / PACKAGE).glob(pattern))
    if not found:
        raise SystemExit(f"plan.toml: no code fits {pattern!r}")
    return found


def source(module: str) -> str:
    return (ROOT / PACKAGE / module).read_text(encoding="utf-8")


def mutant(area: str, module: str, code: str, what: str) -> Mutant:
    old, new = source(module).splitlines(), code.splitlines()
    first, gone, come = 0, [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            first = first or a + 1
            gone += [line.strip() for line in old[a:b]]
            come += [line.strip() for line in new[c:d]]
    return Mutant(area, module, first, "\n".join(gone), "\n".join(come), what, code)


def by_hand(plan: dict[str, Any]) -> Iterator[Mutant]:
    """Yield the listed changes; one whose old text is not there once is an error."""
    for entry in load("by_hand.toml")["mutant"]:
        code = source(entry["module"])
        if code.count(entry["old"]) != 1:
            there = code.count(entry["old"])
            raise SystemExit(f"by_hand.toml: {there} times in {entry['module']}: {entry['old']!r}")
        code = code.replace(entry["old"], entry["new"])
        area = entry.get("area") or area_of(plan, entry["module"])
        yield mutant(area, entry["module"], code, entry["class"])


def drawn(plan: dict[str, Any]) -> Iterator[Mutant]:
    """Yield cosmic-ray's mutants at the places whose hashes are the lowest.

    A place counts once, however many operators fit it; and a change elsewhere in a
    module moves no place in or out.
    """
    from cosmic_ray.mutating import mutate_code

    places: dict[tuple[str, str, int, int], list[tuple[str, int]]] = {}
    for module in modules(plan):
        seen: dict[tuple[int, str], int] = Counter()
        lines = source(module).splitlines()
        where = {}
        for operator, occurrence, start in _possible(source(module)):
            text = lines[start[0] - 1].strip()
            if start not in where:
                column = start[1] - len(lines[start[0] - 1]) + len(lines[start[0] - 1].lstrip())
                where[start] = (module, text, column, seen[column, text])
                seen[column, text] += 1
            places.setdefault(where[start], []).append((operator, occurrence))

    def rank(*key: Any) -> str:
        return hashlib.sha256(repr((plan["seed"], *key)).encode()).hexdigest()

    left = plan["drawn"]
    for place in sorted(places, key=lambda p: rank(*p)):
        if not left:
            return
        module, code = place[0], source(place[0])
        operator, occurrence = min(places[place], key=lambda o: rank(*place, o[0]))
        changed = mutate_code(code, _operators()[operator], occurrence)
        if changed is not None and _runs_differently(code, changed):
            left -= 1
            yield mutant(area_of(plan, module), module, changed, operator.removeprefix("core/"))


@cache
def _operators() -> dict[str, Any]:
    from cosmic_ray import plugins

    classes = {name: plugins.get_operator(name) for name in plugins.operator_names()}
    return {name: c() for name, c in classes.items() if not c.arguments()}


def _possible(code: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    from cosmic_ray.ast import ast_nodes, get_ast

    nodes = list(ast_nodes(get_ast(code)))
    for name, operator in _operators().items():
        starts = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        for occurrence, start in enumerate(starts):
            yield name, occurrence, start


def _runs_differently(code: str, changed: str) -> bool:
    """Whether it is Python, and more than annotations differ: those are never evaluated."""
    try:
        return _bare(code) != _bare(changed)
    except SyntaxError:
        return False


def _bare(code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if getattr(node, name, None) is not None:
                setattr(node, name, ast.Constant(None))
    return ast.dump(tree)


class Copy:
    """A copy of the tree in which code is broken, one mutant after the other."""

    def __init__(self, plan: dict[str, Any], python: str) -> None:
        self.plan, self.python = plan, python
        self.root = Path(tempfile.mkdtemp(prefix="mutants-"))
        for folder in ("src", "tests", "docs"):
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / folder, self.root / folder, ignore=ignored)
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, self.root)
        (self.root / "conftest.py").write_text(PROFILE, encoding="utf-8")
        # Checked by hash: a mutant of the same size and second is not taken for the original.
        command = [python, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "src"]
        subprocess.run(command, cwd=self.root, check=True)
        self.output = self.root / "output"
        env = {**os.environ, "PYTHONPATH": str(self.root / "src"), "CI": "1"}
        env |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        command = [python, str(HERE / "run.py"), "--serve"]
        pipe = subprocess.PIPE
        self.server: Any = subprocess.Popen(
            command, cwd=self.root, env=env, stdin=pipe, stdout=pipe, text=True
        )

    def tests(self, area: str, module: str, every: bool) -> list[str]:
        """The files that judge a module, quickest first; or, after them, all of its area."""
        here = self.plan["areas"][area]
        others = [judge["tests"] for judge in here["judges"]]
        own = next((j["tests"] for j in here["judges"] if module in j["of"]), here["tests"])
        names = [*own, *here["tests"], *chain(*others)] if every else own
        files = [re.sub(r"(\w+)$", r"test_\1.py", f"tests/{n}") for n in dict.fromkeys(names)]
        return [f"{PACKAGE}/{module}", *files]  # its doctests first

    def run(self, tests: list[str], timeout: float) -> tuple[str, str]:
        """Run files of tests one after another to the first failure: outcome, what failed."""
        options = ["-x", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "-rfE"]
        options.append("--hypothesis-profile=mutants")
        end = time.monotonic() + timeout
        for file in tests:
            left = end - time.monotonic()
            question = {"arguments": [*options, file], "seconds": left, "output": str(self.output)}
            self.server.stdin.write(json.dumps(question) + "\n")
            self.server.stdin.flush()
            code = json.loads(self.server.stdout.readline())
            if code is None:
                return "timed out", file
            text = self.output.read_text(encoding="utf-8", errors="replace")
            if code == 4:
                raise SystemExit(f"plan.toml: pytest ran nothing of {file}:\n{text}")
            if code not in (0, 5):
                failed = re.search(r"^(?:FAILED|ERROR) (\S+)", text, re.MULTILINE)
                return "killed", failed[1] if failed else f"{file}, code {code}"
        return "survived", ""

    def close(self) -> None:
        self.server.stdin.close()
        self.server.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def attempt(self, one: Mutant, timeout: float, every: bool) -> tuple[str, str]:
        path = self.root / PACKAGE / one.module
        unbroken = path.read_bytes()
        path.write_text(one.code, encoding="utf-8")
        try:
            return self.run(self.tests(one.area, one.module, every), timeout)
        finally:
            path.write_bytes(unbroken)


def serve() -> None:
    """Answer each question on standard input, `pytest` with which arguments, by its exit code.

    Each runs in a fork of this process, which has imported what is not under test: half of
    the time that a short test takes. No answer in time: null.
    """
    for name in ("pytest", "hypothesis.strategies", "numpy", "sympy", "scipy.optimize", "nashpy"):
        importlib.import_module(name)
    for line in sys.stdin:
        question = json.loads(line)
        child = os.fork()
        if not child:
            os.setsid()
            output = os.open(question["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(output, 1)
            os.dup2(output, 2)
            code = importlib.import_module("pytest").main(question["arguments"])
            sys.stdout.flush()
            os._exit(int(code))
        print(json.dumps(_waited(child, question["seconds"])), flush=True)


def _waited(child: int, seconds: float) -> int | None:
    """Return the exit code, or None where it came too late; end all that the child started."""
    end = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done or time.monotonic() > end:
            break
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if not done:
        os.waitpid(child, 0)
        return None
    return os.waitstatus_to_exitcode(status)


def run(plan: dict[str, Any], todo: list[Mutant], options: argparse.Namespace) -> None:
    """Try the mutants, `--jobs` at a time; each result is a line of the file at once."""
    areas = {one.area for one in todo}
    seconds_for = dict.fromkeys(areas, options.seconds) if options.seconds else {}
    seconds_for = seconds_for or limits(plan, areas, options.python)
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for one in todo:
        waiting.put(one)
    lock, count, start = threading.Lock(), 0, time.monotonic()

    def work() -> None:
        nonlocal count
        copy = Copy(plan, options.python)
        try:
            while True:
                one = waiting.get_nowait()
                begun = time.monotonic()
                outcome, by = copy.attempt(one, seconds_for[one.area], options.again)
                seconds = round(time.monotonic() - begun, 1)
                with lock:
                    count += 1
                    record = asdict(replace(one, code="")) | {"key": one.key, "by": by}
                    record |= {"outcome": outcome, "seconds": seconds}
                    with options.results.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(record) + "\n")
                    passed = time.monotonic() - start
                    place = f"{one.module}:{one.line}"
                    line = f"{count}/{len(todo)} {passed:5.0f}s {outcome:9} {place} {by[:90]}"
                    print(line, flush=True)
        except queue.Empty:
            pass
        finally:
            copy.close()

    threads = [threading.Thread(target=work) for _ in range(options.jobs)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:  # finish what is under way
        while not waiting.empty():
            waiting.get_nowait()


def limits(plan: dict[str, Any], areas: set[str], python: str) -> dict[str, float]:
    """Return seconds for the tests of each area, which must pass where nothing is broken."""
    found, copy = {}, Copy(plan, python)
    try:
        for area in sorted(areas):
            begun = time.monotonic()
            outcome, by = copy.run(copy.tests(area, "", every=True), 3600)
            if outcome != "survived":
                raise SystemExit(f"{area}: the tests fail on the code as it is: {outcome} {by}")
            seconds = time.monotonic() - begun
            print(f"unbroken: {area} passes in {seconds:.0f}s", flush=True)
            found[area] = max(60, 3 * seconds)
    finally:
        copy.close()
    return found


def results(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    if not options.results.exists():
        return {}
    lines = options.results.read_text(encoding="utf-8").splitlines()
    return {record["key"]: record for record in map(json.loads, lines)}


def reasons() -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return the listed survivors, by what they change."""
    return {(e["module"], e["before"], e["after"]): e for e in load("survivors.toml")["survivor"]}


def report(plan: dict[str, Any], every: list[Mutant], known: dict[str, dict[str, Any]]) -> bool:
    """Print the table and what survived without a listed reason; whether all is well."""
    listed = reasons()
    table: dict[str, Counter[str]] = {area: Counter() for area in plan["areas"]}
    unlisted = []
    for one in (m for m in every if m.key in known):
        entry = listed.get(one.change)
        outcome = known[one.key]["outcome"]
        if outcome == "survived" and entry and entry["equivalent"]:
            outcome = "equivalent"
        table[one.area][outcome] += 1
        if outcome in ("survived", "timed out") and not entry:
            unlisted.append((one, outcome))
    total: Counter[str] = sum(table.values(), Counter())
    print(f"\n{'area':34}{'mutants':>9}" + "".join(f"{o:>12}" for o in OUTCOMES) + "   killed")
    for area, row in [*table.items(), ("all", total)]:
        figures = "".join(f"{row[o]:12}" for o in OUTCOMES)
        print(f"{area:34}{row.total():9}{figures}{_share(row):9.1%}")
    for one, outcome in unlisted:
        print(f"\n{outcome}, not listed: {one.module}:{one.line} ({one.what})")
        print(*(f"  - {b}" for b in one.before.split("\n")), sep="\n")
        print(*(f"  + {a}" for a in one.after.split("\n")), sep="\n")
    seconds = sorted(known[m.key]["seconds"] for m in every if m.key in known)
    if seconds:
        print(f"\n{sum(seconds):.0f} s of tests, {seconds[len(seconds) // 2]} s in the median")
    return not unlisted and _share(total) >= plan["target"]


def _share(row: Counter[str]) -> float:
    """Killed of those that are not equivalent; a mutant that hangs is not killed."""
    return row["killed"] / max(1, row.total() - row["equivalent"])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, default=ROOT / ".mutants.jsonl")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--again",
        action="store_true",
        help="try survivors again, by all tests of their area",
    )
    parser.add_argument(
        "--seconds", type=float, help="for a mutant; without it, the unbroken code is timed first"
    )
    parser.add_argument("--report", action="store_true", help="try none: the table alone")
    parser.add_argument("--match", default="", help="only modules with this in their names")
    parser.add_argument("--most", type=int, help="only so many")
    parser.add_argument("--serve", action="store_true", help="for the runner's own use")
    parser.add_argument("--python", default=sys.executable, help="which runs the tests")
    return parser.parse_args()


def main() -> int:
    options, plan = arguments(), load("plan.toml")
    if options.serve:
        serve()
        return 0
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # of every process from here on
    every = [m for m in (*by_hand(plan), *drawn(plan)) if options.match in m.module]
    every = list({m.key: m for m in every}.values())
    known = results(options)
    todo = [m for m in every if m.key not in known]
    if options.again:
        settled = {change for change, entry in reasons().items() if entry["equivalent"]}
        alive = {k for k, record in known.items() if record["outcome"] != "killed"}
        todo += [m for m in every if m.key in alive and m.change not in settled]
    todo = todo[: options.most]
    if todo and not options.report:
        run(plan, todo, options)
    return 0 if report(plan, every, results(options)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
