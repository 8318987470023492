"""The answers of comparative statics: how one quantity moves with a parameter, and how all do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from missiongame.errors import illegal
from missiongame.proof.verdicts import Verdict

Direction: TypeAlias = Literal["rises", "falls", "constant", "either way", "unknown", "vacuous"]

OPPOSITE: dict[Direction, Direction] = {
    "rises": "falls",
    "falls": "rises",
    "constant": "constant",
}
"""Where a quantity moves one way, how its negative moves."""


@dataclass(frozen=True)
class Finding:
    """How a quantity moves as the parameter rises.

    Attributes
    ----------
    quantity : str
    direction : "rises", "falls", "constant", "either way", "unknown" or "vacuous"
        Weakly, unless `strictly`.
    strictly : bool
    used : tuple of str
        The given assumptions that the proof rests on.
    verdicts : tuple of Verdict
        On "it never falls" and on "it never rises", and on strictness where asked;
        a `Refuted` one's witness shows the move the other way.
    lemmas : tuple of str
        Cited; the premises are machine-checked, the lemma is not.
    scope : str
        What the direction speaks of, beyond the plain quantity.
    """

    quantity: str
    direction: Direction
    strictly: bool = False
    used: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    lemmas: tuple[str, ...] = ()
    scope: str = ""

    @property
    def one_way(self) -> bool:
        """Whether the quantity is proved to move in one direction only, weakly."""
        return self.direction in OPPOSITE

    def __str__(self) -> str:
        text = f"{self.quantity}: {self.direction}{' strictly' if self.strictly else ''}"
        if self.used:
            text += f", from {', '.join(self.used)}"
        if self.lemmas:
            text += f", by {', '.join(self.lemmas)}"
        if self.scope:
            text += f" ({self.scope})"
        shown = {"unknown": "reason", "either way": "witness"}.get(self.direction)
        if shown == "witness":
            text += "".join(f"; {_moves(k)} at {_at(v)}" for k, v in enumerate(self.verdicts[:2]))
        elif shown:
            text += f": {next((v.reason for v in self.verdicts if v.reason), 'undecided')}"
        return text


def _moves(position: int) -> str:
    return "falls" if position == 0 else "rises"


def _at(verdict: Verdict) -> str:
    point = verdict.witness or {}
    telling = ", ".join(f"{k} = {v}" for k, v in point.items() if v != 0)
    return telling + (", all else 0" if len(point) > telling.count(" = ") else "")


@dataclass(frozen=True)
class Statics(Mapping[str, Finding]):
    """What moves with a parameter, and how: quantity to `Finding`, in the model's order.

    Attributes
    ----------
    parameter : sympy Symbol
    findings : tuple of Finding
    """

    parameter: Any
    findings: tuple[Finding, ...]

    def __getitem__(self, quantity: str) -> Finding:
        for finding in self.findings:
            if finding.quantity == quantity:
                return finding
        raise illegal("quantity", quantity, f"one of {', '.join(self)}")

    def __iter__(self) -> Iterator[str]:
        return (finding.quantity for finding in self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __contains__(self, quantity: object) -> bool:
        return any(finding.quantity == quantity for finding in self.findings)

    @property
    def rising(self) -> tuple[str, ...]:
        """What is proved to rise (weakly) with the parameter."""
        return tuple(f.quantity for f in self.findings if f.direction in ("rises", "constant"))

    @property
    def falling(self) -> tuple[str, ...]:
        """What is proved to fall (weakly) with the parameter."""
        return tuple(f.quantity for f in self.findings if f.direction in ("falls", "constant"))

    def __str__(self) -> str:
        head = f"As {self.parameter} rises:"
        return "\n".join([head, *(f"  {finding}" for finding in self.findings)])

    __repr__ = __str__
