"""How a member with a user's own payoffs answers those who stay.

T_i is the payoffs' temptation at the member's numbers, with G_stay = N_i and
G_gone = G_i − N_i. Where T is affine in the ties, T_i = A_i − B_i·G_stay +
R_i·G_gone, there is a threshold as with the standard payoffs,
t_i = (A_i + R_i G_i)/(B_i + R_i).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from missiongame.errors import InvalidValue
from missiongame.exact import Column
from missiongame.payoffs import MODEL, exactly
from missiongame.payoffs.program import Program, program

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.payoffs import Payoffs
    from missiongame.rival import Rival


class OwnResponse:
    """The answers of members with the payoffs `payoffs` to an offer's `pay`."""

    def __init__(self, community: Community, rival: Rival, pay: Column, payoffs: Payoffs) -> None:
        self.payoffs = payoffs
        self.n = community.n
        wanted = {symbol.name for symbol in payoffs.temptation.free_symbols}
        _check_columns(community, wanted)
        self.scalars: dict[str, Fraction] = {
            "theta": Fraction(community.mission),
            "theta_R": Fraction(rival.mission),
            "rho": Fraction(rival.portability),
            "kappa": Fraction(rival.crowding),
        }
        self.columns: dict[str, Column] = {
            "h": community.enjoyment,
            "sigma": community.social,
            "w": pay,
            **{name: community.columns[name] for name in payoffs.columns},
        }
        if "alpha" in wanted:
            self.columns["alpha"] = community.known_purpose("participate")
        self.contribution, self.total = community.contribution, community.total
        self._temptation = program(payoffs.temptation, "payoffs")

    @property
    def no_potential(self) -> str:
        """Why the game has no potential that this library knows, or nothing."""
        if self.payoffs.affine is None:
            return "the payoffs are not affine in the ties, so no weighted potential is known"
        return ""

    @cached_property
    def _threshold(self) -> Program:
        import sympy

        base, stay, gone = self._affine
        around = sympy.Symbol("around", real=True)
        return program((base + gone * around) / (stay + gone), "payoffs")

    @cached_property
    def _weight(self) -> Program:
        _, stay, gone = self._affine
        return program(stay + gone, "payoffs")

    @property
    def _affine(self) -> Any:
        assert self.payoffs.affine is not None  # noqa: S101 - callers ask no_potential first
        return self.payoffs.affine

    def numbers(self, i: int) -> dict[str, Fraction]:
        """Return every symbol's exact value for member i, the ties' aside."""
        at = dict(self.scalars)
        at.update({name: Fraction(values[i]) for name, values in self.columns.items()})
        at["s"] = Fraction(self.contribution[i]) / self.total
        return at

    def weight(self, i: int) -> Fraction:
        """B_i + R_i: what T_i falls by as a tie worth 1 passes to the stayers."""
        return self._rational(self._weight, self.numbers(i))

    def threshold(self, i: int, around: Fraction) -> Fraction:
        """t_i, where T_i is affine in the ties and its numbers are rational."""
        return self._rational(self._threshold, {**self.numbers(i), "around": around})

    def temptation(self, i: int, stay: Fraction, gone: Fraction) -> Fraction:
        """T_i, or a rational just above it where it is not rational (below, by its sign)."""
        at = {**self.numbers(i), "G_stay": stay, "G_gone": gone}
        return exactly.value(self._temptation, at)

    def sign(self, i: int, stay: Fraction, gone: Fraction) -> int:
        """Return the sign of T_i: 1 where i is better off leaving."""
        at = {**self.numbers(i), "G_stay": stay, "G_gone": gone}
        return exactly.sign(self._temptation, at)

    @staticmethod
    def _rational(steps: Program, at: dict[str, Fraction]) -> Fraction:
        return exactly.value(steps, at)


def _check_columns(community: Community, wanted: set[str]) -> None:
    for name in sorted(wanted.difference(MODEL)):
        if name not in community.columns:
            raise InvalidValue(
                f"payoffs use the symbol {name}, which is neither the model's "
                f"({', '.join(MODEL)}) nor a column; give Community(columns={{{name!r}: ...}})"
            )
    for name in sorted(wanted.intersection(MODEL)):
        if name in community.columns:
            raise InvalidValue(
                f"columns[{name!r}] has the name of a symbol of the model that payoffs use; "
                "give it another"
            )
