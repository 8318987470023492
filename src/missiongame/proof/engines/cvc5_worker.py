"""The cvc5 process: reads a query a line, writes an answer a line (see `process`)."""

from __future__ import annotations

import json
import sys
from typing import Any

import cvc5


def value(term: Any) -> Any:
    """Return a model's value as JSON; an irrational one is left out (None)."""
    if term.isBooleanValue():
        return "true" if term.getBooleanValue() else "false"
    if term.isRealValue():
        exact = term.getRealValue()
        return f"{exact.numerator}/{exact.denominator}"
    return None


def check(text: str, timeout: float, effort: int) -> dict[str, Any]:
    """Decide one query within `timeout` seconds and `effort` steps, as far as cvc5 minds them."""
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
        values = {str(t).strip("|"): value(solver.getValue(t)) for t in symbols.getDeclaredTerms()}
        return {"status": "sat", "model": {k: v for k, v in values.items() if v is not None}}
    if result.isUnsat():
        return {"status": "unsat"}
    timed_out = result.getUnknownExplanation() == cvc5.UnknownExplanation.TIMEOUT
    return {"status": "unknown", "reason": f"cvc5: {result}", "timed_out": timed_out}


def answer(line: str) -> dict[str, Any]:
    """Answer one request; what the engine cannot do is an unknown with its words."""
    request = json.loads(line)
    number = request["number"]
    try:
        return {"number": number, **check(request["text"], request["timeout"], request["effort"])}
    except RuntimeError as error:
        return {"number": number, "status": "unknown", "reason": f"cvc5: {error}"}


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
