"""SymPy's expressions and Booleans to polynomial arithmetic over the reals.

A real expression becomes a rational function of *leaves* (one plain real
variable a symbol) and *auxiliaries* (fresh real variables), each auxiliary with
a definition that some value satisfies at every point:

    |x|            m ≥ 0, and m = x or m = −x
    max(x, y)      m ≥ x, m ≥ y, and m = x or m = y          (min likewise)
    piecewise      condition i holds, none before it ⇒ m = value i
    x^(p/q)        x ≥ 0 ⇒ r ≥ 0 and r^q = x; the value is r^p
    f(x), f arbitrary: a variable, tied to other values of f by `functions`

A relation N/D ⋚ 0 becomes N·D ⋚ 0 (N = 0 for =, ≠), which is the same where
D ≠ 0. The other reading (`inverses`) keeps degrees low and adds variables:

    1/x            x ≠ 0 ⇒ m x = 1

Where an expression is *defined* is collected beside it: denominators
not 0, radicands not negative, a piecewise branch that applies; within a branch
only where the branch applies. A formula is defined where its truth does not hang
on what is undefined (Kleene): `x = 0 or 1/x > 1` is true at 0. Definitions bind
only where they are defined, so adding them never excludes a point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy.core.facts import InconsistentAssumptions
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean, BooleanFunction

from missiongame.errors import NotTranslatable, illegal, wrong_type

Conditions = tuple[Any, ...]


MAX_DEGREE = 256
"""The largest degree that a power may reach; SymPy and the engines work term by term."""


@dataclass
class Translation:
    """The state of one translation: leaves, auxiliaries and what defines them.

    Attributes
    ----------
    inverses : bool
        Whether 1/x becomes a variable; else relations are multiplied out.
    signs : bool
        Whether denominators are cleared by the signs that symbols declare.
    divides : bool
        Whether there was a denominator, so that the two readings differ.
    leaves : dict
        SymPy symbol to its plain real (or Boolean) variable.
    background : list of sympy Boolean
        Definitions of the auxiliaries, over leaves and auxiliaries.
    points : dict
        Name of an arbitrary function to its ``(arguments, value)`` pairs, in variables.
    applications : dict
        The application ``f(x)`` as the claim has it, to its value's variable.
    signs_used : set
        Symbols whose declared sign was used to clear a denominator.
    """

    inverses: bool = False
    signs: bool = True
    divides: bool = False
    leaves: dict[Any, Any] = field(default_factory=dict)
    background: list[Any] = field(default_factory=list)
    points: dict[str, list[tuple[tuple[Any, ...], Any]]] = field(default_factory=dict)
    applications: dict[Any, Any] = field(default_factory=dict)
    signs_used: set[Any] = field(default_factory=set)
    auxiliaries: list[Any] = field(default_factory=list)
    _reals: dict[Any, tuple[Any, Conditions]] = field(default_factory=dict)
    _formulas: dict[Any, tuple[Any, Conditions]] = field(default_factory=dict)

    def formula(self, condition: Any) -> tuple[Any, Conditions]:
        """Return `condition` over variables, and where it is defined (in its own terms)."""
        if condition not in self._formulas:
            self._formulas[condition] = self._formula(condition)
        return self._formulas[condition]

    def needed(self, condition: Any) -> Conditions:
        """Return where `condition` is defined, as far as that is needed for it to be true."""
        if isinstance(condition, sp.And):
            return _union(self.needed(c) for c in condition.args)
        return self.formula(condition)[1]

    def real(self, expression: Any) -> tuple[Any, Conditions]:
        """Return `expression` as a rational function of variables, and where it is defined."""
        if expression not in self._reals:
            self._reals[expression] = self._real(expression)
        return self._reals[expression]

    def leaf(self, symbol: Any, boolean: bool = False) -> Any:
        """Return the plain variable that stands for `symbol`."""
        if not boolean and symbol.is_real is not True:
            raise illegal("symbol", symbol, f'real: Symbol("{symbol}", real=True)')
        if symbol not in self.leaves:
            self.leaves[symbol] = sp.Dummy(symbol.name, real=None if boolean else True)
        if boolean and self.leaves[symbol].is_real:
            raise illegal("symbol", symbol, "used as a number or as a Boolean, not as both")
        return self.leaves[symbol]

    # Booleans

    def _formula(self, condition: Any) -> tuple[Any, Conditions]:
        if condition in (sp.true, sp.false):
            return condition, ()
        if isinstance(condition, sp.core.relational.Relational):
            return self._relation(condition)
        if isinstance(condition, sp.Symbol):
            return self.leaf(condition, boolean=True), ()
        if isinstance(condition, sp.Contains):
            return self.formula(condition.args[1].as_relational(condition.args[0]))
        if isinstance(condition, BooleanFunction):
            parts = [self.formula(c) for c in condition.args]
            defined = _guarded(condition, [p[1] for p in parts])
            return condition.func(*(p[0] for p in parts), evaluate=False), defined
        raise wrong_type("claim", condition, "built from relations with And, Or, Not, Implies, …")

    def _relation(self, relation: Any) -> tuple[Any, Conditions]:
        if of_booleans(relation):
            same = sp.Equivalent(relation.lhs, relation.rhs, evaluate=False)
            return self.formula(
                same if isinstance(relation, sp.Eq) else sp.Not(same, evaluate=False)
            )
        left, left_defined = self.real(relation.lhs)
        right, right_defined = self.real(relation.rhs)
        return self._cleared(relation.func, left, right), _union([left_defined, right_defined])

    def _cleared(self, relation: Any, left: Any, right: Any) -> Any:
        """Return ``left relation right`` without denominators."""
        if _polynomial(left) and _polynomial(right):
            return relation(left, right, evaluate=False)
        top, bottom = sp.fraction(sp.together(left - right))
        if relation not in (sp.Eq, sp.Ne):
            top = top * self._sign(bottom)
        return relation(top, sp.S.Zero, evaluate=False)

    def _sign(self, denominator: Any) -> Any:
        """Return a polynomial with the sign of `denominator`, of low degree."""
        symbols = {leaf: symbol for symbol, leaf in self.leaves.items()}
        sign = sp.S.One
        for factor in sp.Mul.make_args(denominator):
            base, exponent = factor.as_base_exp()
            if exponent.is_even:
                continue
            declared = base.xreplace(symbols) if self.signs else base
            if declared.is_positive or declared.is_negative:
                self.signs_used |= declared.free_symbols
                sign *= 1 if declared.is_positive else -1
            else:
                sign *= base
        return sign

    # Real expressions

    def _real(self, expression: Any) -> tuple[Any, Conditions]:
        if isinstance(expression, sp.Symbol):
            return self.leaf(expression), ()
        if expression.is_Rational:
            return expression, ()
        if expression.is_Float and expression.is_finite:
            return exact(expression), ()
        if isinstance(expression, (sp.Add, sp.Mul)):
            parts = [self.real(a) for a in expression.args]
            return expression.func(*(p[0] for p in parts)), _union(p[1] for p in parts)
        for kind, translate in _KINDS:
            if isinstance(expression, kind):
                return translate(self, expression)
        raise NotTranslatable(_why_not(expression))

    def _power(self, power: Any) -> tuple[Any, Conditions]:
        base, exponent = power.args[0], exact(power.args[1])
        if not exponent.is_Rational:
            raise NotTranslatable(_why_not(power))
        if max(abs(exponent.p), exponent.q) * max(1, degree(base)) > MAX_DEGREE:
            raise NotTranslatable(f"its degree is too large: it should be at most {MAX_DEGREE}")
        value, defined = self.real(base)
        if exponent.q != 1:
            condition = _condition(sp.Gt if exponent < 0 else sp.Ge, base)
            root = self._root(base, exponent.q)
            defined = _union([defined, (condition,)])
            if exponent > 0 or not self.inverses:
                return root**exponent.p, defined
            return self._inverse(root, defined) ** -exponent.p, defined
        if exponent > 0:
            return value**exponent, defined
        self.divides = True
        if self.inverses or value == 0:
            inverse = self._inverse(value, defined)
            return inverse**-exponent, _union([defined, (_condition(sp.Ne, base),)])
        return value**exponent, _union([defined, (_condition(sp.Ne, base),)])

    def _inverse(self, value: Any, defined: Conditions) -> Any:
        if ("inverse", value) not in self._reals:
            inverse = self.auxiliary("inverse")
            product = _relation(sp.Eq, inverse * value, 1)
            self._define(defined, [_relation(sp.Ne, value, 0)], product)
            self._reals["inverse", value] = inverse, ()
        return self._reals["inverse", value][0]

    def _root(self, base: Any, degree: int) -> Any:
        key = sp.Pow(base, sp.Rational(1, degree), evaluate=False)
        if ("root", key) not in self._reals:
            value, defined = self.real(base)
            root = self.auxiliary("root")
            equation = self._cleared(sp.Eq, root**degree, value)
            real = self._cleared(sp.Ge, value, sp.S.Zero)
            self._define(defined, [real], sp.And(equation, _relation(sp.Ge, root, 0)))
            self._reals["root", key] = root, ()
        return self._reals["root", key][0]

    def _absolute(self, expression: Any) -> tuple[Any, Conditions]:
        value, defined = self.real(expression.args[0])
        m = self.auxiliary("abs")
        either = sp.Or(self._cleared(sp.Eq, m, value), self._cleared(sp.Eq, m, -value))
        self._define(defined, [], sp.And(_relation(sp.Ge, m, 0), either))
        return m, defined

    def _extreme(self, expression: Any) -> tuple[Any, Conditions]:
        parts = [self.real(a) for a in expression.args]
        defined = _union(p[1] for p in parts)
        m = self.auxiliary("max" if isinstance(expression, sp.Max) else "min")
        beyond = sp.Ge if isinstance(expression, sp.Max) else sp.Le
        bounds = [self._cleared(beyond, m, value) for value, _ in parts]
        either = sp.Or(*(self._cleared(sp.Eq, m, value) for value, _ in parts))
        self._define(defined, [], sp.And(*bounds, either))
        return m, defined

    def _signum(self, expression: Any) -> tuple[Any, Conditions]:
        x = expression.args[0]
        low, middle = (0, expression.args[1]) if isinstance(expression, sp.Heaviside) else (-1, 0)
        below, at = _condition(sp.Lt, x), _condition(sp.Eq, x)
        value, defined = self._cases(
            [(sp.sympify(low), below), (sp.sympify(middle), at), (sp.S.One, sp.true)]
        )
        # SymPy may have decided a comparison and forgotten where x is defined.
        return value, _union([self.real(x)[1], defined])

    def _piecewise(self, expression: Any) -> tuple[Any, Conditions]:
        return self._cases(expression.args)

    def _cases(self, branches: Iterable[tuple[Any, Any]]) -> tuple[Any, Conditions]:
        m = self.auxiliary("case")
        reached: Any = sp.true
        defined: list[Any] = []
        for branch, condition in branches:
            _, where = self.formula(condition)
            defined += [_implies(reached, c) for c in where]
            taken = sp.And(reached, condition)
            if taken != sp.false:
                value, where = self.real(branch)
                defined += [_implies(taken, c) for c in where]
                self._define(defined, [self.formula(taken)[0]], self._cleared(sp.Eq, m, value))
            reached = sp.And(reached, _negated(condition))
        if reached != sp.false:
            defined.append(_negated(reached))
        return m, _union([tuple(defined)])

    def _application(self, expression: Any) -> tuple[Any, Conditions]:
        parts = [self.plain(a) for a in expression.args]
        defined = _union(p[1] for p in parts)
        arguments = tuple(value for value, _ in parts)
        known = self.points.setdefault(expression.func.__name__, [])
        m = next((v for a, v in known if a == arguments), None)
        if m is None:
            m = self.auxiliary(expression.func.__name__)
            known.append((arguments, m))
        self.applications[expression] = m
        return m, defined

    def plain(self, expression: Any) -> tuple[Any, Conditions]:
        """Return `expression` as a polynomial of variables, and where it is defined."""
        value, defined = self.real(expression)
        if _polynomial(value):
            return value, defined
        if ("plain", expression) not in self._reals:
            argument = self.auxiliary("fraction")
            self._define(defined, [], self._cleared(sp.Eq, argument, value))
            self._reals["plain", expression] = argument, defined
        return self._reals["plain", expression]

    def auxiliary(self, name: str) -> Any:
        """Return a fresh real variable."""
        self.auxiliaries.append(sp.Dummy(name, real=True))
        return self.auxiliaries[-1]

    def _define(self, defined: Sequence[Any], conditions: list[Any], definition: Any) -> None:
        """Add ``defined and conditions ⇒ definition`` to the background."""
        premises = [self.formula(c)[0] for c in defined] + conditions
        self.background.append(
            sp.Implies(sp.And(*premises), definition, evaluate=False) if premises else definition
        )


_KINDS: tuple[tuple[Any, Callable[[Translation, Any], tuple[Any, Conditions]]], ...] = (
    (sp.Pow, Translation._power),
    (sp.Abs, Translation._absolute),
    ((sp.Max, sp.Min), Translation._extreme),
    ((sp.sign, sp.Heaviside), Translation._signum),
    (sp.Piecewise, Translation._piecewise),
    (AppliedUndef, Translation._application),
)


def degree(expression: Any) -> int:
    """Return a bound on an expression's degree as it stands, without multiplying anything out.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> degree((x**2 + y) ** 8 * x)
    17
    """
    if not expression.args:
        return int(expression.is_Symbol)
    parts = [degree(a) for a in expression.args if isinstance(a, sp.Expr)]
    if expression.is_Pow:
        power = exact(expression.exp)
        return parts[0] * (math.ceil(abs(power)) if power.is_Rational else 1)
    return sum(parts) if expression.is_Mul else max(parts, default=0)


def of_booleans(relation: Any) -> bool:
    """Return whether a relation compares truth values, as ``Eq(x > 0, y > 0)`` does."""
    return any(isinstance(a, Boolean) and not isinstance(a, sp.Symbol) for a in relation.args)


def exact(number: Any) -> Any:
    """Return a number as the rational that it is; a float is the binary number it is."""
    return sp.Rational(number) if number.is_Float and number.is_finite else number


def _guarded(formula: Any, domains: Sequence[Conditions]) -> Conditions:
    """Return where a formula is defined, from where its parts are.

    A part need not be defined where another, defined one already decides the whole.
    """
    parts = formula.args
    if isinstance(formula, sp.ITE):
        condition, yes, no = domains
        chosen = [_implies(parts[0], c) for c in yes]
        return _union([condition, chosen, [_implies(_negated(parts[0]), c) for c in no]])
    if isinstance(formula, sp.Implies):
        deciding = [_negated(parts[0]), parts[1]]
    elif isinstance(formula, (sp.And, sp.Or)):
        deciding = [_negated(p) if isinstance(formula, sp.And) else p for p in parts]
    else:
        return _union(domains)
    found = []
    for i, domain in enumerate(domains):
        for c in domain:
            others = [k for k in range(len(parts)) if k != i and c not in domains[k]]
            found.append(sp.Or(c, *(sp.And(*domains[k], deciding[k]) for k in others)))
    return _union([found])


def _relation(kind: Any, left: Any, right: Any) -> Any:
    return kind(left, sp.sympify(right), evaluate=False)


def _condition(kind: Any, base: Any) -> Any:
    """Return ``base kind 0``, simplified by SymPy where that rounds nothing."""
    return _simplified(lambda **how: kind(base, 0, **how), base)


def _negated(formula: Any) -> Any:
    return _simplified(lambda **how: sp.Not(formula, **how), formula)


def _simplified(make: Any, of: Any) -> Any:
    if not of.has(sp.Float):
        try:
            return make()
        except (TypeError, InconsistentAssumptions):  # SymPy sees a part that is not real, or 0/0
            pass
    return make(evaluate=False)


def _polynomial(value: Any) -> bool:
    return not any(p.exp.is_negative for p in value.atoms(sp.Pow))


def _implies(premise: Any, condition: Any) -> Any:
    return condition if premise == sp.true else sp.Implies(premise, condition)


def _union(groups: Any) -> Conditions:
    """Return all conditions once, in order, without those that SymPy sees are true."""
    return tuple(dict.fromkeys(c for group in groups for c in group if c != sp.true))


def _why_not(expression: Any) -> str:
    name = type(expression).__name__
    if isinstance(expression, sp.Derivative):
        return f"{expression} is a derivative: give it a symbol of its own, or compare two values"
    if isinstance(expression, (sp.exp, sp.log)) or expression.is_Pow:
        return (
            f"{expression} is not algebraic: give it a symbol of its own with the relations that "
            "matter, or an arbitrary function with properties (increasing, convex, …)"
        )
    if expression.is_NumberSymbol:
        return f"{expression} is a constant without a polynomial: bound a symbol by rationals"
    if expression in (sp.oo, -sp.oo, sp.zoo, sp.nan) or expression.has(sp.I):
        return f"{expression} is not a real number"
    return (
        f"{name} is outside polynomial and rational arithmetic: replace {expression} by an "
        "arbitrary function with the properties that matter"
    )
