"""Two lines, what a member gains by staying and by leaving, to all that follows from them.

    stay_i   = α_i θ + h_i + G_stay          G_stay = Σ_{j≠i} g_ij (1 − x_j)
    defect_i = w_i + α_i θ_R φ(w_i) + ρ G_gone   G_gone = Σ_{j≠i} g_ij x_j
    φ(w)     = 1/(1 + κw)

These are the standard ones: money, hedonic and social rewards (Benkler 2002,
"Coase's Penguin"). A user's own go through the same derivations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import sympy

from missiongame import proof
from missiongame.errors import InvalidValue, Irrational, NoClosedForm, illegal, wrong_type
from missiongame.exact import fraction
from missiongame.model import symbols as m
from missiongame.payoffs import derive
from missiongame.payoffs.member_statics import member_statics
from missiongame.payoffs.straight_line import LEGAL, Program, program
from missiongame.payoffs.structure import (
    Slope,
    Structure,
    prove_complements,
    prove_single_crossing,
    signed_slope,
)

STANDARD_STAY = m.alpha * m.theta + m.h + m.G_stay
STANDARD_DEFECT = m.w + m.alpha * m.theta_R * m.phi + m.rho * m.G_gone
MODEL = ("alpha", "theta", "h", "sigma", "w", "theta_R", "rho", "kappa", "s", "G_stay", "G_gone")
_LATEX = {
    m.G_stay: r"G^{\mathrm{stay}}",
    m.G_gone: r"G^{\mathrm{gone}}",
    m.theta_R: r"\theta_R",
    derive.others_share: r"S_{-i}",
}
_NAMES = ("stay", "defect", "temptation", "reservation_pay", "tipping_share")


class Payoffs:
    """A member's two payoffs, and what SymPy derives from them.

    Parameters
    ----------
    stay, defect : SymPy expressions, optional
        Money a period, in the symbols of `missiongame.model.symbols`; any other symbol is
        a column of the community, ``Community(columns={"r": ...})``. Symbols count
        by their names. Made of numbers, + − · / **, sqrt, exp, log, Abs, Max, Min
        and Piecewise. By default the standard ones.

    Examples
    --------
    >>> own = Payoffs(stay=m.alpha * m.theta / (1 + m.theta) + m.h + m.G_stay)
    >>> own.temptation.subs({m.theta: 1, m.kappa: 0, m.theta_R: 0})
    G_gone*rho - G_stay - alpha/2 - h + w
    >>> own.columns
    ()
    """

    def __init__(self, stay: Any = None, defect: Any = None) -> None:
        self.stay: Any = STANDARD_STAY if stay is None else _read(stay, "stay")
        self.defect: Any = STANDARD_DEFECT if defect is None else _read(defect, "defect")

    def __repr__(self) -> str:
        return f"Payoffs(stay={self.stay}, defect={self.defect})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Payoffs):
            return NotImplemented
        return bool(self.stay == other.stay and self.defect == other.defect)

    def __hash__(self) -> int:
        return hash((self.stay, self.defect))

    @property
    def standard(self) -> bool:
        """Whether these are the standard payoffs."""
        return bool(self.stay == STANDARD_STAY and self.defect == STANDARD_DEFECT)

    @cached_property
    def temptation(self) -> Any:
        """T = defect − stay: positive where a member is better off leaving."""
        return self.defect - self.stay

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the further columns that the payoffs read, in alphabetical order."""
        names = {symbol.name for symbol in self.temptation.free_symbols}
        return tuple(sorted(names.difference(MODEL)))

    @cached_property
    def reservation_pay(self) -> Any:
        """The least w ≥ 0 with T ≥ 0, a Piecewise; infinite where no pay is enough.

        Raises
        ------
        InvalidValue
            If SymPy does not solve for it; `exact` still gives the temptation at any pay.

        Examples
        --------
        >>> simple = Payoffs(defect=m.w)
        >>> simple.reservation_pay
        Piecewise((0, G_stay + alpha*theta + h <= 0), (G_stay + alpha*theta + h, True))
        """
        try:
            return derive.reservation_pay(self.temptation)
        except NoClosedForm as problem:
            raise InvalidValue(
                f"reservation_pay has no closed form here ({problem}); "
                "exact(...) still gives the temptation at any pay"
            ) from problem

    @cached_property
    def tipping_share(self) -> Any:
        """The others' staying share at which T = 0 under default ties, g_ij = σ_i s_j.

        Where σ > 0 and the payoffs have complements, a member stays iff the others'
        staying share reaches it.

        Raises
        ------
        InvalidValue
            If the ties do not enter, or SymPy does not solve for it; `participate`
            finds it by exact bisection.
        """
        try:
            return derive.tipping_share(self.temptation)
        except NoClosedForm as problem:
            raise InvalidValue(f"tipping_share has no closed form here ({problem})") from problem

    @cached_property
    def affine(self) -> derive.AffineSplit | None:
        """A, B and R of T = A − B·G_stay + R·G_gone, or None."""
        return derive.affine_split(self.temptation)

    def slope(self, name: str, assuming: Iterable[Any] = ()) -> Slope:
        """Return ∂T/∂name with its proven sign.

        Parameters
        ----------
        name : str
            A symbol's name, such as "theta".
        assuming : SymPy relations
            Beyond the signs that the model gives its symbols.

        Examples
        --------
        >>> Payoffs().slope("h").expression, Payoffs().slope("h").sign
        (-1, 'negative')
        """
        if name not in MODEL and name not in self.columns:
            raise illegal("name", name, f"a symbol of the payoffs: {', '.join(self._symbols)}")
        return signed_slope(self.temptation, name, assuming)

    @cached_property
    def complements(self) -> Any:
        """The verdict on complements, within the model's signs; licenses the fast algorithms."""
        return prove_complements(self.temptation)

    def structure(self, assuming: Iterable[Any] = ()) -> Structure:
        """Return the verdicts on complements and single crossing, for all parameter values."""
        assuming = tuple(assuming)
        return Structure(
            prove_complements(self.temptation, assuming) if assuming else self.complements,
            prove_single_crossing(self.temptation, assuming),
        )

    @property
    def free_symbols(self) -> set[Any]:
        """The payoffs' symbols."""
        return set(self.stay.free_symbols | self.defect.free_symbols)

    def comparative_statics(
        self, parameter: Any, assuming: Mapping[str, Any], timeout: float
    ) -> proof.Statics:
        """Return how stay, defect and what follows move with a parameter; `mg.statics` asks it.

        The parameter is a symbol, its name or a word: "mission", "purpose", "pay", ….
        """
        formulas = {"stay": self.stay, "defect": self.defect, "temptation": self.temptation}
        with suppress(InvalidValue):  # no closed form: nothing to follow
            formulas["tipping share"] = self.tipping_share
        return member_statics(formulas, parameter, assuming, timeout)

    def latex(self) -> str:
        """Return the payoffs and what follows from them as LaTeX, one aligned line each."""
        shown = [r"\mathrm{stay}", r"\mathrm{defect}", "T", "w^{*}", r"\tau"]
        lines = []
        for name, sign in zip(_NAMES, shown, strict=True):
            try:
                formula = sympy.latex(getattr(self, name), symbol_names=_LATEX)
            except InvalidValue:  # no closed form: the line is left out
                continue
            lines.append(rf"{sign} &= {formula}")
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"

    def numeric(self, name: str = "temptation") -> Callable[..., Any]:
        """Return a NumPy function of one of the formulas; floats, to ordinary rounding.

        Parameters
        ----------
        name : "stay", "defect", "temptation", "reservation_pay" or "tipping_share"

        Returns
        -------
        function of keyword arguments, numbers or arrays named as the symbols

        Examples
        --------
        >>> pay = Payoffs().numeric("reservation_pay")
        >>> pay(alpha=1, theta=5, theta_R=0, h=[0, 2], rho=0, kappa=0, G_stay=0, G_gone=0)
        array([5., 7.])
        """
        formula = self._formula(name)
        symbols = {symbol.name: symbol for symbol in sorted(formula.free_symbols, key=str)}
        compiled = sympy.lambdify(list(symbols.values()), formula, modules="numpy", dummify=True)

        def function(**columns: Any) -> Any:
            _check_given("columns", columns, symbols)
            values = np.broadcast_arrays(*(np.asarray(columns[k], dtype=float) for k in symbols))
            with np.errstate(all="ignore"):  # a Piecewise computes every case, then picks
                return np.asarray(compiled(*values), dtype=float)[()]

        return function

    def exact(self, name: str = "temptation", **values: Any) -> Fraction:
        """Return a formula's exact rational value.

        Raises
        ------
        InvalidValue
            If it is not rational; `sign` is certified all the same.

        Examples
        --------
        >>> Payoffs(defect=m.w / 3).exact(w=1, alpha=0, theta=0, h=0, G_stay=0)
        Fraction(1, 3)
        """
        try:
            return self._program(name).value(self._numbers(name, values))
        except Irrational as problem:
            raise InvalidValue(f"{name} is not rational there; ask for its sign") from problem

    def sign(self, name: str = "temptation", **values: Any) -> int:
        """Return the exact sign, −1, 0 or 1, of a formula that need not be rational.

        Examples
        --------
        >>> bold = Payoffs(stay=sympy.Integer(2), defect=sympy.sqrt(m.w))
        >>> [bold.sign(w=pay) for pay in (3, 4, 5)]
        [-1, 0, 1]
        """
        return self._program(name).sign(self._numbers(name, values))

    def _program(self, name: str) -> Program:
        return program(self._formula(name), name)

    def _formula(self, name: str) -> Any:
        if name not in _NAMES:
            raise illegal("name", name, f"one of {', '.join(_NAMES)}")
        return getattr(self, name)

    def _numbers(self, name: str, values: dict[str, Any]) -> dict[str, Fraction]:
        needed = self._program(name).symbols
        _check_given("values", values, needed)
        return {symbol: fraction(values[symbol], symbol) for symbol in needed}

    @property
    def _symbols(self) -> list[str]:
        return sorted(symbol.name for symbol in self.temptation.free_symbols)


def _check_given(argument: str, given: Mapping[str, Any], needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in given]
    if missing:
        raise illegal(argument, sorted(given), f"given for {', '.join(missing)} too")


def _read(expression: Any, argument: str) -> Any:
    """Return the expression in the model's symbols, matched by name."""
    if not isinstance(expression, sympy.Expr):
        if isinstance(expression, (str, bytes)):
            raise wrong_type(argument, expression, "a SymPy expression; text is not evaluated")
        expression = sympy.Rational(*fraction(expression, argument).as_integer_ratio())
    by_name = {symbol: m.column_symbol(symbol.name) for symbol in expression.free_symbols}
    renamed = expression.xreplace(by_name)
    if renamed.has(sympy.I, sympy.oo, -sympy.oo, sympy.nan, sympy.zoo):
        raise illegal(argument, expression, f"real and finite, {LEGAL}")
    program(renamed, argument)
    return renamed
