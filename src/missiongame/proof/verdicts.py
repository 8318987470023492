"""What an attempt to prove a claim can end in: four types, never confused.

    Proved    the assumptions imply the claim, and can hold together
    Refuted   numbers satisfy every assumption and break the claim
    Vacuous   the assumptions contradict each other, so nothing is said
    Unknown   none of these was established; `reason` says why and what to try

A verdict has no truth value: ``if prove(...)`` would read an `Unknown` as true.
Ask ``isinstance(verdict, Proved)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, TypeAlias

from missiongame.errors import InvalidType

Point: TypeAlias = Mapping[Any, Any]
"""Symbol to exact SymPy number; an arbitrary function's class to a SymPy `Lambda`."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What all verdicts carry.

    Attributes
    ----------
    claim : sympy Boolean
    assumptions : dict of str to sympy Boolean
        Everything assumed, by name; what a symbol declares is named ``"x > 0 (declared)"``.
    engines : tuple of str
        The engines that reached this verdict: the one that decided, then the one that confirmed.
    seconds : float
        Wall time.
    used : tuple of str
        Names of the assumptions that the proof (or the contradiction) rests on.
    domain : tuple of sympy Boolean
        Where claim and assumptions are defined; part of what is assumed.
    lemmas : tuple of str
        Cited lemmas that the reading of this verdict rests on, beyond what was machine-checked.
    scope : str or None
        For which cases this speaks, where the caller said so ("every n").
    witness : dict or None
        A `Refuted` verdict's counterexample, checked exactly.
    reason : str
        Why, in a sentence; for `Unknown` also what to try.
    smtlib : str
        The decisive query as SMT-LIB text: unsatisfiable iff the claim follows.
    """

    claim: Any
    assumptions: Mapping[str, Any] = field(default_factory=dict)
    engines: tuple[str, ...] = ()
    seconds: float = 0.0
    used: tuple[str, ...] = ()
    domain: tuple[Any, ...] = ()
    lemmas: tuple[str, ...] = ()
    scope: str | None = None
    witness: Point | None = None
    reason: str = ""
    smtlib: str = ""

    def __bool__(self) -> NoReturn:
        raise InvalidType(
            "a verdict has no truth value; ask isinstance(verdict, Proved), or read verdict.witness"
        )

    @property
    def confirmed(self) -> bool:
        """Whether a second engine reached the same verdict."""
        return len(self.engines) > 1

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as text, numbers, lists and dicts, for JSON."""
        points = {"witness": self.witness, "example": getattr(self, "example", None)}
        return {
            "verdict": type(self).__name__,
            "claim": str(self.claim),
            "assumptions": {name: str(a) for name, a in self.assumptions.items()},
            "engines": list(self.engines),
            "confirmed": self.confirmed,
            "seconds": self.seconds,
            "used": list(self.used),
            "domain": [str(c) for c in self.domain],
            "lemmas": list(self.lemmas),
            "scope": self.scope,
            "fails": getattr(self, "fails", None),
            **{
                name: None if point is None else {str(k): str(v) for k, v in point.items()}
                for name, point in points.items()
            },
            "reason": self.reason,
        }

    def __str__(self) -> str:
        by = f" by {' and '.join(self.engines)}" if self.engines else ""
        return f"{type(self).__name__}{by} in {self.seconds:.3g} s: {self._because()}"

    def _because(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True, repr=False)
class Proved(Verdict):
    """The assumptions imply the claim, and some numbers satisfy the assumptions."""

    def _because(self) -> str:
        used = ", ".join(self.used) if self.used else "no assumption"
        cited = f"; rests on {', '.join(self.lemmas)}" if self.lemmas else ""
        note = f"; {self.reason}" if self.reason else ""
        return f"{self.claim}, from {used}{cited}{note}"

    __repr__ = Verdict.__str__


@dataclass(frozen=True, kw_only=True, repr=False)
class Refuted(Verdict):
    """The claim fails at `witness`, which satisfies every assumption.

    Attributes
    ----------
    fails : "always", "sometimes" or "unknown"
        Whether the assumptions exclude the claim or merely leave it open.
    example : dict or None
        Where it fails only sometimes: numbers that satisfy assumptions and claim.
    """

    fails: Literal["always", "sometimes", "unknown"] = "unknown"
    example: Point | None = None

    def _because(self) -> str:
        text = f"{self.claim} fails at {_point(self.witness)}"
        if self.fails == "always":
            return text + "; it fails wherever the assumptions hold"
        return text + (f"; it holds at {_point(self.example)}" if self.example is not None else "")

    __repr__ = Verdict.__str__


@dataclass(frozen=True, kw_only=True, repr=False)
class Vacuous(Verdict):
    """The assumptions (with the domain) contradict each other; `used` names which."""

    @property
    def contradiction(self) -> tuple[str, ...]:
        """Names of assumptions that cannot hold together."""
        return self.used

    def _because(self) -> str:
        return f"these cannot hold together: {', '.join(self.used)}"

    __repr__ = Verdict.__str__


@dataclass(frozen=True, kw_only=True, repr=False)
class Unknown(Verdict):
    """Neither proved nor refuted; `reason` says why and what to try."""

    __repr__ = Verdict.__str__


def _point(point: Point | None) -> str:
    return ", ".join(f"{key} = {value}" for key, value in (point or {}).items()) or "every point"
