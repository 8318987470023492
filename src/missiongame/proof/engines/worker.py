"""An engine's process: a query a line in, an answer a line out (see `process`).

Its one argument is the engine's name. It runs alone, without the package.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from typing import Any, TypeAlias

Decide: TypeAlias = Callable[..., dict[str, Any]]
"""Decides `text` within `timeout` seconds and `effort` steps (0: any number), with a `core`."""


def with_z3() -> tuple[Decide, type[Exception]]:
    """Return what decides a query by z3, and the error that z3 raises."""
    import z3

    def value(term: Any) -> Any:
        """Return a model's value as JSON: "p/q", "true", "false" or [polynomial, root]."""
        if z3.is_algebraic_value(term):
            return [[str(c) for c in term.poly()], term.index()]
        if z3.is_rational_value(term):
            return f"{term.numerator_as_long()}/{term.denominator_as_long()}"
        return str(term).lower()

    def check(text: str, timeout: float, core: bool, effort: int) -> dict[str, Any]:
        # A context of its own: what earlier queries leave in a shared one slows all later ones.
        context = z3.Context()
        assertions = list(z3.parse_smt2_string(text, ctx=context))
        deadline = time.monotonic() + timeout
        told: dict[str, Any] = {"spent": 0}
        # The default tactic ends in the nonlinear real solver and is best by far; the
        # incremental core finds a few proofs by linearisation that it does not.
        for kind, share in ((z3.Solver, 0.7), (z3.SimpleSolver, 0.3)):
            left = min(timeout * share, deadline - time.monotonic())
            if left <= 0:
                told["timed_out"] = True
                break
            solver = kind(ctx=context)
            solver.set("timeout", max(1, int(left * 1000)))
            solver.set("rlimit", math.ceil(effort * share))
            if core:
                for i, assertion in enumerate(assertions):
                    solver.assert_and_track(assertion, z3.Bool(f"core!{i}", context))
            else:
                solver.add(assertions)
            begun = time.monotonic()
            status = str(solver.check())
            # The steps of the context, so of all checks.
            told["spent"] = int(dict(iter(solver.statistics())).get("rlimit count", 0))
            if status == "unsat":
                tracked = [int(str(c).split("!")[1]) for c in solver.unsat_core()] if core else []
                return {"status": status, "core": sorted(tracked), "spent": told["spent"]}
            if status == "sat":
                model = solver.model()
                values = {d.name(): value(model[d]) for d in model.decls() if d.arity() == 0}
                return {"status": status, "model": values, "spent": told["spent"]}
            # z3 gives the same words for both limits
            late = time.monotonic() - begun > 0.95 * left
            told["timed_out"] = told.get("timed_out", False) or late
            told["reason"] = f"z3: {solver.reason_unknown()}"
        return {"status": "unknown", **told}

    return check, z3.Z3Exception


def with_cvc5() -> tuple[Decide, type[Exception]]:
    """Return what decides a query by cvc5, as far as it minds its limits, and its error."""
    import cvc5

    def value(term: Any) -> Any:
        """Return a model's value as JSON; an irrational one is left out (None)."""
        if term.isBooleanValue():
            return "true" if term.getBooleanValue() else "false"
        if term.isRealValue():
            exact = term.getRealValue()
            return f"{exact.numerator}/{exact.denominator}"
        return None

    def check(text: str, timeout: float, core: bool, effort: int) -> dict[str, Any]:
        del core  # only z3 is asked for one
        solver = cvc5.Solver()
        solver.setOption("produce-models", "true")
        solver.setOption("tlimit-per", str(max(1, int(timeout * 1000))))
        if effort:
            solver.setOption("rlimit-per", str(effort))
        parser = cvc5.InputParser(solver)
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "query")
        symbols = parser.getSymbolManager()
        while not (command := parser.nextCommand()).isNull():
            command.invoke(solver, symbols)
        result = solver.checkSat()
        if result.isSat():
            terms = symbols.getDeclaredTerms()
            model = {str(t).strip("|"): value(solver.getValue(t)) for t in terms}
            return {"status": "sat", "model": {k: v for k, v in model.items() if v is not None}}
        if result.isUnsat():
            return {"status": "unsat"}
        timed_out = result.getUnknownExplanation() == cvc5.UnknownExplanation.TIMEOUT
        return {"status": "unknown", "reason": f"cvc5: {result}", "timed_out": timed_out}

    return check, RuntimeError


def limit_memory(gigabytes: int = 4) -> None:
    """Make a query that would fill the machine's memory end this process instead."""
    try:
        import resource
    except ImportError:  # not on this system; the clock still limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (gigabytes << 30, gigabytes << 30))


def serve(engine: str) -> None:
    """Answer each line's request; what the engine cannot do is an unknown with its words."""
    check, failure = {"z3": with_z3, "cvc5": with_cvc5}[engine]()
    limit_memory()
    print("ready", flush=True)  # noqa: T201 - the protocol
    for line in sys.stdin:
        request = json.loads(line)
        told = {"number": request.pop("number")}
        try:
            told |= check(**request)
        except failure as error:
            told |= {"status": "unknown", "reason": f"{engine}: {error}"}
        print(json.dumps(told), flush=True)  # noqa: T201 - the protocol


if __name__ == "__main__":
    serve(sys.argv[1])
