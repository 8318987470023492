"""Many queries, one verdict: a theorem is proved only if each of its queries is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from missiongame.proof import Proved, Verdict

if TYPE_CHECKING:
    from missiongame.catalogue.theorem import Step, Theorem


def together(theorem: Theorem, parts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on `theorem` from those on its queries, in their order.

    The first that is no `Proved` is the verdict, and its reason names the query.
    Engines are those that reached every part: where the second did not finish one
    of them, only the first is named.
    """
    queries = theorem.queries()
    last = parts[-1]
    seconds = sum(part.seconds for part in parts)
    if not isinstance(last, Proved):
        reason = f"{queries[len(parts) - 1].name}: {last.reason or last}"
        return replace(last, reason=reason, seconds=seconds, scope=theorem.scope)
    return Proved(
        claim=theorem.claim,
        assumptions=theorem.premises,
        engines=_engines(parts),
        seconds=seconds,
        used=_used(theorem, queries, parts),
        minimal=all(part.minimal for part in parts),
        timed_out=_united(part.timed_out for part in parts),
        domain=_united(part.domain for part in parts),
        lemmas=theorem.lemmas,
        scope=theorem.scope,
        reason=f"{theorem.scope}, {len(parts)} {'query' if len(parts) == 1 else 'queries'}",
        smtlib="\n".join(
            f"; {theorem.name}: {query.name}\n{part.smtlib}"
            for query, part in zip(queries, parts, strict=True)
        ),
    )


def _engines(parts: Sequence[Verdict]) -> tuple[str, ...]:
    first, *others = (part.engines for part in parts)
    return tuple(engine for engine in first if all(engine in engines for engines in others))


def _used(theorem: Theorem, queries: Sequence[Step], parts: Sequence[Verdict]) -> tuple[str, ...]:
    """Return the theorem's own premises that some query's proof used.

    A step may speak of the same premise about other symbols, under the same name.
    """
    named = set(_united(part.used for part in parts))
    inherited = {name for query in queries for name in query.assuming}
    return tuple(name for name in theorem.premises if name in named & inherited)


def _united(collections: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for collection in collections for item in collection))
