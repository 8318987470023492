"""From a case to communities in which purpose, enjoyment or company is worth more to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from missiongame.assessment.findings import Findings
from missiongame.exact import Column, fractions_of, simplest
from missiongame.model import Community

TENTH = Fraction(1, 10)


@dataclass(frozen=True, eq=False)
class Raise:
    """What is raised for everybody: by a unit of money, and by a tenth where something is there.

    Attributes
    ----------
    name : str
    unit : Community
        In which it is worth one unit of money a period more to each.
    unit_words : str
    tenth : Community or None
        In which it is worth a tenth more to each; None where nothing is there.
    tenth_words : str
    """

    name: Literal["purpose", "enjoyment", "company"]
    unit: Community
    unit_words: str
    tenth: Community | None
    tenth_words: str


def raises(found: Findings) -> Iterator[Raise]:
    """Yield what can be raised for everybody.

    Purpose only where there is a mission: without one it is worth nothing to those who
    stay. Company under given ties means each member's ties in proportion, so that those
    without any are left as they are; where nobody has ties there is nothing to raise.
    Where prices are multiples of what staying is worth, that alone is raised: enjoyment
    would add the same, and company has no scale beside it.
    """
    town = found.priced.community
    if town.mission:
        yield _purpose(found, town)
    if found.in_multiples:
        return
    there = bool(np.any(town.enjoyment != 0))
    yield _column(found, town, "enjoyment", "enjoyment", there)
    if town.ties is None:
        there = bool(np.any(town.social != 0))
        yield _column(found, town, "social", "company", there)
    elif len(town.ties.worth):
        yield _ties(found, town)


def _purpose(found: Findings, town: Community) -> Raise:
    alpha = town.known_purpose("a lever")
    there = bool(np.any(alpha != 0)) and (found.known or found.in_multiples)
    tenth = None
    if there and found.scenario.rival.mission:
        tenth = town.changed(purpose=_times(alpha, 1 + TENTH))
    elif there:  # purpose counts times the mission alone
        tenth = town.with_mission(Fraction(town.mission) * (1 + TENTH))
    unit = town.changed(purpose=_plus(alpha, 1 / Fraction(town.mission)))
    return Raise("purpose", unit, _unit(found, "purpose"), tenth, _tenth(found, "purpose"))


def _column(
    found: Findings,
    town: Community,
    column: str,
    name: Literal["enjoyment", "company"],
    there: bool,
) -> Raise:
    values: Column = vars(town)[column]
    tenth = town.changed(**{column: _times(values, 1 + TENTH)}) if there else None
    unit = town.changed(**{column: _plus(values, Fraction(1))})
    return Raise(name, unit, _unit(found, name), tenth, _tenth(found, name))


def _ties(found: Findings, town: Community) -> Raise:
    ties = town.ties
    if ties is None:
        raise AssertionError("called where ties are given")
    around = [Fraction(0)] * town.n
    for i, worth in zip(ties.rows.tolist(), fractions_of(ties.worth), strict=True):
        around[i] += worth
    one_more = [1 + 1 / worth if worth else Fraction(1) for worth in around]
    unit = town.changed(ties=ties.times(one_more))
    tenth = town.changed(ties=ties.times([1 + TENTH] * town.n))
    return Raise("company", unit, _unit(found, "company"), tenth, _tenth(found, "company"))


def _unit(found: Findings, name: str) -> str:
    return f"{name} is worth {found.english.money(1)} {found.words.a_period} more to each"


def _tenth(found: Findings, name: str) -> str:
    return f"{'staying' if found.in_multiples else name} is worth a tenth more to each"


def _plus(values: Column, more: Fraction) -> Column | list[Fraction] | float | Fraction:
    """Return a column with `more` added to each, exactly; one number where all are alike."""
    if _alike(values):
        return simplest(Fraction(values[0]) + more)
    if values.dtype != object and more == 1:
        floats = values + 1.0
        back = floats - values  # no rounding if nothing was lost (Knuth's two-sum)
        if np.all((values - (floats - back)) + (1.0 - back) == 0):
            return floats
    return [v + more for v in fractions_of(values)]


def _times(values: Column, by: Fraction) -> Column | list[Fraction] | float | Fraction:
    if _alike(values):
        return simplest(Fraction(values[0]) * by)
    return [v * by for v in fractions_of(values)]


def _alike(values: Column) -> bool:
    return bool(np.all(values == values[0]))
