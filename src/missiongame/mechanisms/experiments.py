"""Published numbers that the mechanisms are compared with.

Means as the papers report them; money in the experiment's own unit.

- `iq_test`: questions answered of 50 in an intelligence test, by the pay a correct
  answer, in shekels; `donations`: shekels collected by pupils from door to door,
  by the share they kept, in percent. After Gneezy and Rustichini, "Pay enough or
  don't pay at all", Quarterly Journal of Economics 115 (2000).
- `day_care`: parents who come late, a centre and week, before, under and after a
  fine of 10 shekels, with the centres that never had one. Gneezy and Rustichini,
  "A fine is a price", Journal of Legal Studies 29 (2000).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Experiment:
    """Mean output at each pay.

    Attributes
    ----------
    pay, items : (m,) tuples
    pay_unit, items_unit : str
    """

    name: str
    pay: tuple[float, ...]
    items: tuple[float, ...]
    pay_unit: str
    items_unit: str
    source: str


@dataclass(frozen=True)
class Fined:
    """Mean lateness in consecutive phases of weeks, some of them under a fine.

    Attributes
    ----------
    weeks : the last week of each phase
    fine : in each phase, shekels
    fined, control : late arrivals a centre and week, where there was a fine and where never
    """

    weeks: tuple[int, ...]
    fine: tuple[float, ...]
    fined: tuple[float, ...]
    control: tuple[float, ...]
    source: str

    @property
    def lengths(self) -> tuple[int, ...]:
        """Weeks in each phase.

        Examples
        --------
        >>> day_care.lengths
        (4, 12, 4)
        """
        return tuple(b - a for a, b in zip((0, *self.weeks), self.weeks, strict=False))


iq_test = Experiment(
    name="Intelligence test",
    pay=(0, 0.1, 1, 3),
    items=(28.4, 23.07, 34.7, 34.1),
    pay_unit="shekels a correct answer",
    items_unit="answers correct (of 50)",
    source="after Gneezy and Rustichini, QJE 115 (2000)",
)

donations = Experiment(
    name="Collecting donations",
    pay=(0, 1, 10),
    items=(238.67, 153.67, 219.33),
    pay_unit="percent of the collection kept",
    items_unit="shekels collected",
    source="after Gneezy and Rustichini, QJE 115 (2000)",
)

day_care = Fined(
    weeks=(4, 16, 20),
    fine=(0, 10, 0),
    fined=(8.0, 16.4444, 18.7083),
    control=(10.0, 9.2292, 8.250),
    source="Gneezy and Rustichini, Journal of Legal Studies 29 (2000)",
)
