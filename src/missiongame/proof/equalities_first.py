"""A question with equalities to a weaker query, which engines decide where the full one is large.

Three steps on the conjunction of all that is asserted (assumptions and the
claim's negation). None excludes a solution, so "unsatisfiable" of the result is a
proof; "satisfiable" says nothing:

    eliminate    x + r = 0 with x not in r: put −r for x in all the others
    divide       e = 0: put p's remainder by e for each other p (p minus it, a
                 multiple of e, is checked)
    abstract     a polynomial that divides several others: a new variable

The first two keep the solutions; the third forgets what the value of a factor is,
but not that it is the same one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.polys.rings import ring

from missiongame.proof.smtlib import Printer, Query, sorts

_SHORT = 4  # terms; by a longer equality the others would grow
_MOST_FACTS = 250
_MOST_TERMS = 2000


@dataclass
class _Fact:
    """``polynomial relation 0``, or a formula left as it is; and what it was derived from."""

    polynomial: Any
    relation: Any
    formula: Any
    sources: frozenset[str]


@dataclass(frozen=True)
class Reduction:
    """A weaker query, each assertion labelled by its number; `sources` are their assumptions."""

    query: Query
    sources: tuple[frozenset[str], ...]


def reduced(query: Query, names: Mapping[Any, str]) -> Reduction | None:
    """Return a weaker query, or None if equalities give no hold; `names` are the variables'."""
    parts = [(a.label, part) for a in query.assertions for part in _conjuncts(a.formula)]
    if len(parts) > _MOST_FACTS or not any(isinstance(f, sp.Eq) for _, f in parts):
        return None
    if any(_expanded(a) > _MOST_TERMS for _, f in parts for a in f.args if isinstance(a, sp.Expr)):
        return None
    variables = sorted((v for v in names if v.is_real), key=lambda v: names[v])
    polynomials = ring(variables, sp.QQ, "grevlex")[0]
    facts = [_fact(polynomials, *part) for part in parts]
    if any(len(f.polynomial or ()) > _MOST_TERMS for f in facts):
        return None
    _divide(_eliminate(facts))
    factors = _shared_factors(facts)
    fresh = {factor: sp.Dummy(f"factor{k}", real=True) for k, factor in enumerate(factors)}
    formulas = [_formula(fact, fresh) for fact in facts]
    names = {**names, **{v: f"|{v.name}!|" for v in fresh.values()}}
    printer = Printer(names)
    asserted = tuple(printer.assertion(f, str(k)) for k, f in enumerate(formulas))
    return Reduction(Query(sorts(names), asserted), tuple(f.sources for f in facts))


def _conjuncts(formula: Any) -> Iterator[Any]:
    """Yield the parts of a conjunction; a negated relation is turned round."""
    if isinstance(formula, sp.And):
        for part in formula.args:
            yield from _conjuncts(part)
    elif isinstance(formula, sp.Not) and isinstance(formula.args[0], sp.core.relational.Relational):
        relation = formula.args[0]
        yield relation.negated.func(relation.lhs, relation.rhs, evaluate=False)
    else:
        yield formula


def _fact(polynomials: Any, name: str | None, formula: Any) -> _Fact:
    sources = frozenset([name] if name else [])
    if isinstance(formula, sp.core.relational.Relational):
        difference = sp.expand(formula.lhs - formula.rhs)
        return _Fact(polynomials.from_expr(difference), formula.func, formula, sources)
    return _Fact(None, None, formula, sources)


def _expanded(expression: Any) -> int:
    """Return a bound on the terms that multiplying out gives, without doing it."""
    sizes = [_expanded(a) for a in expression.args] or [1]
    if expression.is_Pow and expression.exp.is_Integer:
        power = abs(int(expression.exp))
        return math.comb(sizes[0] + power - 1, power)
    return sum(sizes) if expression.is_Add else math.prod(sizes)


def _eliminate(facts: list[_Fact]) -> list[_Fact]:
    """Use each short equality that is linear in a variable to remove it; return the others."""
    kept = []
    for fact in facts:
        p = fact.polynomial
        variable = _isolated(p) if fact.relation is sp.Eq and p and len(p) <= _SHORT else None
        if variable is None:
            kept.append(fact)
            continue
        value = variable - p * (sp.QQ(1) / p.coeff(variable))
        for other in facts:
            if other is not fact and other.polynomial:
                _replace(other, _substituted(other.polynomial, variable, value), fact)
    return kept


def _replace(fact: _Fact, polynomial: Any, by: _Fact) -> None:
    if fact.polynomial != polynomial:
        fact.polynomial = polynomial
        fact.sources |= by.sources


def _substituted(p: Any, variable: Any, value: Any) -> Any:
    """Return `p` with `value` for a variable."""
    position = p.ring.gens.index(variable)
    powers: dict[int, Any] = {}
    for monomial, coefficient in p.iterterms():
        rest = (*monomial[:position], 0, *monomial[position + 1 :])
        powers.setdefault(monomial[position], p.ring.zero)[rest] = coefficient
    if set(powers) == {0}:
        return p
    # SymPy refuses 0**0
    return sum((q * value**k if k else q for k, q in powers.items()), p.ring.zero)


def _isolated(p: Any) -> Any:
    """Return a variable that occurs in one term of `p` only, alone and to the first power."""
    for monomial in p.itermonoms():
        if sum(monomial) == 1:
            position = monomial.index(1)
            if sum(m[position] > 0 for m in p.itermonoms()) == 1:
                return p.ring.gens[position]
    return None


def _divide(facts: list[_Fact]) -> None:
    """Put remainders by equalities for the polynomials, longer ones divided by shorter."""
    equalities = [f for f in facts if f.relation is sp.Eq and f.polynomial]
    for equality in sorted(equalities, key=lambda f: len(f.polynomial)):
        divisor = equality.polynomial
        for fact in facts if divisor else ():
            p = fact.polynomial
            if fact is equality or not p or len(p) < len(divisor):
                continue
            (quotient,), remainder = p.div([divisor])
            if quotient and p - quotient * divisor == remainder:
                _replace(fact, remainder, equality)


def _shared_factors(facts: list[_Fact]) -> list[Any]:
    """Return the polynomials of several terms that divide at least two of the facts'."""
    cores = {f.polynomial: _core(f.polynomial)[1] for f in facts if f.polynomial}
    candidates = sorted({c for c in cores.values() if len(c) > 1}, key=len)
    support = {p: _support(p) for p in (*cores, *candidates)}
    counts = Counter(
        c for p in cores for c in candidates if support[c] <= support[p] and not p.rem([c])
    )
    return [c for c in candidates if counts[c] > 1]


def _support(p: Any) -> frozenset[int]:
    """Return the positions of the variables that occur in `p`."""
    return frozenset(k for k, powers in enumerate(zip(*p.itermonoms(), strict=True)) if any(powers))


def _core(p: Any) -> tuple[Any, Any]:
    """Return a monomial factor with its coefficient, and the monic rest."""
    common = p.ring({tuple(map(min, zip(*p.itermonoms(), strict=True))): p.LC})
    return common, p.quo(common)


def _formula(fact: _Fact, fresh: dict[Any, Any]) -> Any:
    """Return the fact with shared factors as variables; their product is checked."""
    if fact.polynomial is None:
        return fact.formula
    if not fact.polynomial:
        return fact.relation(sp.S.Zero, sp.S.Zero, evaluate=False)
    common, rest = _core(fact.polynomial)
    product, expression = common, common.as_expr()
    for factor, variable in fresh.items():
        while _support(factor) <= _support(rest) and not rest.rem([factor]):
            rest, product, expression = rest.quo(factor), product * factor, expression * variable
    if product * rest != fact.polynomial:
        raise ArithmeticError(f"{fact.polynomial} is not the product of its factors")
    return fact.relation(expression * rest.as_expr(), sp.S.Zero, evaluate=False)
