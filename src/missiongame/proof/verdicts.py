"""What a claim and its assumptions end in: five types of verdict, never confused.

    Proved    the assumptions imply the claim, and can hold together
    Refuted   numbers satisfy every assumption and break the claim
    Vacuous   the assumptions contradict each other, so nothing is said
    Unknown   none of these was established; `reason` says why and what to try
    Evaluated the claim was true or false before it got here: SymPy made it so when
              it was built, by rules that forget where it is defined (x/x = 1) and
              that round floats; nothing was proved

A verdict has no truth value: ``if prove(...)`` would read an `Unknown` as true.
Ask ``isinstance(verdict, Proved)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import NoneType
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
        As SymPy held it, which is what was decided.
    assumptions : dict of str to sympy Boolean
        Everything assumed, by name; what a symbol declares is named ``"x > 0 (declared)"``.
    engines : tuple of str
        The engines that reached this verdict: the one that decided, then the one that confirmed.
    seconds : float
        Wall time.
    used : tuple of str
        Names of the assumptions that the proof (or the contradiction) rests on.
    minimal : bool
        Whether `used` is known to be minimal: each was left out in turn, and what is
        left has a solution.
    domain : tuple of sympy Boolean
        Where claim and assumptions are defined; part of what is assumed. A part that
        another one decides need not be defined: ``x = 0 or 1/x > 1`` is true at 0.
    evaluated : tuple of str
        Names of assumptions that SymPy had made true or false, so that where they are
        defined is not known.
    floats : dict of sympy Float to sympy Rational
        Binary floats in claim and assumptions, each counted as the number it is.
    timed_out : tuple of str
        Engines that the clock stopped on the way, before their own limit did: a faster
        machine may say more, never the opposite.
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
    minimal: bool = False
    domain: tuple[Any, ...] = ()
    evaluated: tuple[str, ...] = ()
    floats: Mapping[Any, Any] = field(default_factory=dict)
    timed_out: tuple[str, ...] = ()
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
        told = {f.name: _plain(getattr(self, f.name)) for f in fields(Verdict)}
        del told["smtlib"]
        return {
            "verdict": type(self).__name__,
            **told,
            "confirmed": self.confirmed,
            "fails": getattr(self, "fails", None),
            "example": _plain(getattr(self, "example", None)),
        }

    def __str__(self) -> str:
        by = f" by {' and '.join(self.engines)}" if self.engines else ""
        text = f"{type(self).__name__}{by} in {self.seconds:.3g} s: {self._because()}"
        if self.timed_out:
            text += f"; the clock stopped {' and '.join(self.timed_out)}"
        return text

    __repr__ = __str__

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


@dataclass(frozen=True, kw_only=True, repr=False)
class Vacuous(Verdict):
    """The assumptions (with the domain) contradict each other; `used` names which."""

    @property
    def contradiction(self) -> tuple[str, ...]:
        """Names of assumptions that cannot hold together."""
        return self.used

    def _because(self) -> str:
        return f"these cannot hold together: {', '.join(self.used)}"


@dataclass(frozen=True, kw_only=True, repr=False)
class Unknown(Verdict):
    """Neither proved nor refuted; `reason` says why and what to try."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Evaluated(Verdict):
    """SymPy made the claim true or false when it was built; nothing was left to decide.

    Its rules are not those of `prove`: they forget where a claim is defined (x/x = 1,
    also at 0) and round floats (0.1 x ≥ x/10). To have it decided, build it with
    ``evaluate=False``, or write it as text for ``missiongame prove``.

    Attributes
    ----------
    truth : bool
        What SymPy made of the claim.
    """

    truth: bool

    def _because(self) -> str:
        made = str(self.truth).lower()
        return f"SymPy had made the claim {made} when it was built, so nothing was proved"


def _plain(value: Any) -> Any:
    """Return text, numbers, lists and dicts for a verdict's field."""
    if isinstance(value, Mapping):
        return {str(key): str(of) for key, of in value.items()}
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return value if isinstance(value, (float, bool, NoneType)) else str(value)


def _point(point: Point | None) -> str:
    return ", ".join(f"{key} = {value}" for key, value in (point or {}).items()) or "every point"
