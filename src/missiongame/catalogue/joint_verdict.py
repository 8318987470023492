"""From verdicts on a statement's queries to one verdict: it is proved only if each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from missiongame.catalogue.statement import Statement
from missiongame.proof import Proved, Verdict


def joint_verdict(told: Statement, parts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on a statement from those on its queries, in their order.

    The first that is no `Proved` is the verdict, and its reason names the query.
    Engines are those that reached every part: where the second did not finish one
    of them, only the first is named.
    """
    queries = told.queries()
    last = parts[-1]
    seconds = sum(part.seconds for part in parts)
    if not isinstance(last, Proved):
        reason = f"{queries[len(parts) - 1].name}: {last.reason or last}"
        return replace(last, reason=reason, seconds=seconds, scope=told.scope)
    used = {name for part in parts for name in part.used}
    inherited = {name for query in queries for name in query.assuming}
    return Proved(
        claim=told.claim,
        assumptions=told.premises,
        engines=tuple(e for e in parts[0].engines if all(e in part.engines for part in parts)),
        seconds=seconds,
        # A step may speak of the same premise about other symbols, under the same name.
        used=tuple(name for name in told.premises if name in used & inherited),
        minimal=all(part.minimal for part in parts),
        timed_out=_united(part.timed_out for part in parts),
        domain=_united(part.domain for part in parts),
        lemmas=told.lemmas,
        scope=told.scope,
        reason=f"{told.scope}, {len(parts)} {'query' if len(parts) == 1 else 'queries'}",
        smtlib="\n".join(
            f"; {told.name}: {query.name}\n{part.smtlib}"
            for query, part in zip(queries, parts, strict=True)
        ),
    )


def _united(collections: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for collection in collections for item in collection))
