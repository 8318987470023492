"""What a theorem says: one claim in words and in symbols, and the queries that prove it.

The claim speaks of one member, one response or one choice, with the others
summarised by sums. What the English statement adds to it, each theorem's file
derives in its first lines; every inference there is a step here or a cited lemma.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy as sp

Numbers = Mapping[Any, Fraction]
"""Symbol to rational number."""


@dataclass(frozen=True, eq=False)
class Step:
    """One query of a proof: `claim` follows from `assuming` (and the theorem's setting).

    Attributes
    ----------
    name : str
        What it establishes, in a few words.
    claim : sympy Boolean
    assuming : dict of str to sympy Boolean
        Hypotheses of its own; the theorem's assumptions only where it names them here.
    """

    name: str
    claim: Any
    assuming: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Statement:
    """A claim about communities, and everything that a reader or an engine is told of it.

    Attributes
    ----------
    name, title : str
    statement : str
        One English sentence.
    words : dict of str to str
        For each assumption and each part of the claim, by name, the words of the
        statement that say it.
    explanation : str
        What it says and why, for a reader new to the field.
    parts : dict of str to sympy Boolean
        The claim's parts, by name.
    assumptions : dict of str to sympy Boolean
        Each is needed.
    setting : dict of str to sympy Boolean
        The legal ranges of the numbers and the meaning of the claim's symbols.
    source : str
    steps : tuple of Step
        What carries the claim to the statement.
    lemmas : tuple of str
        Cited, not machine-checked.
    scope : str
    """

    name: str
    title: str
    statement: str
    words: Mapping[str, str]
    explanation: str
    parts: Mapping[str, Any]
    assumptions: Mapping[str, Any]
    setting: Mapping[str, Any]
    source: str
    steps: tuple[Step, ...] = ()
    lemmas: tuple[str, ...] = ()
    scope: str = "every n"

    @property
    def claim(self) -> Any:
        """The claim: all of its parts."""
        return sp.And(*self.parts.values())

    @property
    def premises(self) -> dict[str, Any]:
        """Setting and assumptions together, by name."""
        return {**self.setting, **self.assumptions}

    def queries(self) -> tuple[Step, ...]:
        """Return all that a verdict proves: each part of the claim from its premises, the steps."""
        claimed = (Step(name, part, self.premises) for name, part in self.parts.items())
        return (*claimed, *self.steps)
