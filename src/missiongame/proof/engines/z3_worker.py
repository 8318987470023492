"""The z3 process: reads a query a line, writes an answer a line (see `process`)."""

from __future__ import annotations

import json
import math
import sys
import time
from typing import Any

import z3


def value(term: Any) -> Any:
    """Return a model's value as JSON: "p/q", "true", "false" or [polynomial, root]."""
    if z3.is_algebraic_value(term):
        return [[str(c) for c in term.poly()], term.index()]
    if z3.is_rational_value(term):
        return f"{term.numerator_as_long()}/{term.denominator_as_long()}"
    return str(term).lower()


def solvers(context: Any, share: float) -> Any:
    """Yield the strategies in turn, with the part of the time each may take.

    The default tactic ends in the nonlinear real solver and is best by far; the
    incremental core finds a few proofs by linearisation that it does not.
    """
    yield z3.Solver(ctx=context), share
    yield z3.SimpleSolver(ctx=context), 1 - share


def check(text: str, timeout: float, core: bool, effort: int) -> dict[str, Any]:
    """Decide one query within `timeout` seconds and `effort` steps (0: any number)."""
    # A context of its own: what earlier queries leave in a shared one slows all later ones.
    context = z3.Context()
    assertions = list(z3.parse_smt2_string(text, ctx=context))
    deadline = time.monotonic() + timeout
    told: dict[str, Any] = {"spent": 0}
    for solver, share in solvers(context, 0.7):
        left = min(timeout * share, deadline - time.monotonic())
        if left <= 0:
            told["timed_out"] = True
            break
        solver.set("timeout", max(1, int(left * 1000)))
        solver.set("rlimit", math.ceil(effort * share))
        if core:
            for i, assertion in enumerate(assertions):
                solver.assert_and_track(assertion, z3.Bool(f"core!{i}", context))
        else:
            solver.add(assertions)
        begun = time.monotonic()
        status = str(solver.check())
        told["spent"] = steps(solver)  # of the context, so of all checks
        if status == "unsat":
            tracked = [int(str(c).split("!")[1]) for c in solver.unsat_core()] if core else []
            return {"status": status, "core": sorted(tracked), "spent": told["spent"]}
        if status == "sat":
            model = solver.model()
            values = {d.name(): value(model[d]) for d in model.decls() if d.arity() == 0}
            return {"status": status, "model": values, "spent": told["spent"]}
        # z3 gives the same words for both limits
        told["timed_out"] = told.get("timed_out", False) or time.monotonic() - begun > 0.95 * left
        told["reason"] = f"z3: {solver.reason_unknown()}"
    return {"status": "unknown", **told}


def steps(solver: Any) -> int:
    """Return the effort that a check took, in z3's own count."""
    return int(dict(iter(solver.statistics())).get("rlimit count", 0))


def answer(line: str) -> dict[str, Any]:
    """Answer one request; what the engine cannot do is an unknown with its words."""
    request = json.loads(line)
    number = request.pop("number")
    try:
        return {"number": number, **check(**request)}
    except z3.Z3Exception as error:
        return {"number": number, "status": "unknown", "reason": f"z3: {error}"}


def limit_memory(gigabytes: int = 4) -> None:
    """Make a query that would fill the machine's memory end this process instead."""
    try:
        import resource
    except ImportError:  # not on this system; the clock still limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (gigabytes << 30, gigabytes << 30))


if __name__ == "__main__":
    limit_memory()
    print("ready", flush=True)  # noqa: T201 - the protocol
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)  # noqa: T201 - the protocol
