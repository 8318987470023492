"""A claim and its assumptions to one query for the engines, after every check of them.

The query asserts, each under its name: what the symbols declare, the
assumptions, where everything is defined; then, without names, the definitions
of auxiliaries; last the claim's negation. It is unsatisfiable iff the claim
follows from the assumptions wherever everything is defined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from missiongame.errors import Words, illegal, wrong_type
from missiongame.proof import functions, smtlib
from missiongame.proof.functions import Property
from missiongame.proof.translate import Translation

_BOOLEAN = "a SymPy relation or Boolean, such as x >= 0 with x = Symbol('x', real=True)"
_DECLARED = " (declared)"
_SIGNS = (
    ("is_zero", sp.Eq, "="),
    ("is_positive", sp.Gt, ">"),
    ("is_negative", sp.Lt, "<"),
    ("is_nonnegative", sp.Ge, ">="),
    ("is_nonpositive", sp.Le, "<="),
    ("is_nonzero", sp.Ne, "≠"),
)
# A value between two of one sign has it too, so a refutation's function does.
_FUNCTION_SIGNS = ("nonnegative", "nonpositive", "positive", "negative")


@dataclass(frozen=True)
class Question:
    """One claim, ready for the engines.

    Attributes
    ----------
    claim : sympy Boolean
    assumptions : dict of str to sympy Boolean
        The caller's, by name.
    declared : dict of str to str
        What the symbols declare, by name.
    domain : tuple of sympy Boolean
    premises : smtlib.Query
        Everything but the claim.
    yes, no : smtlib.Assertion
        The claim and its negation.
    integers : tuple of smtlib.Assertion
        That symbols declared integer are; a proof without them is one all the same.
    translation : Translation
    names : dict
        Variable to SMT-LIB name.
    conclusive : bool
        Whether a counterexample to the instances of functions is one to the claim.
    signs_used : frozenset of str
        Names of declarations that were used before any engine ran.
    evaluated : tuple of str
        Names of assumptions that SymPy had made true or false.
    floats : dict of sympy Float to sympy Rational
        The binary floats among the numbers, and what they are.
    """

    claim: Any
    assumptions: Mapping[str, Any]
    declared: Mapping[str, str]
    domain: tuple[Any, ...]
    premises: smtlib.Query
    yes: smtlib.Assertion
    no: smtlib.Assertion
    integers: tuple[smtlib.Assertion, ...]
    translation: Translation
    names: Mapping[Any, str]
    conclusive: bool
    signs_used: frozenset[str]
    evaluated: tuple[str, ...]
    floats: Mapping[Any, Any]

    @property
    def symbols(self) -> list[Any]:
        """The claim's and the assumptions' symbols, by name."""
        return sorted(self.translation.leaves, key=str)


def boolean(value: Any, argument: str) -> Any:
    """Return `value` if it is a SymPy Boolean, else raise an error that names `argument`."""
    if isinstance(value, bool):
        raise wrong_type(argument, value, f"{_BOOLEAN}; Python has compared before SymPy could")
    if not isinstance(value, Boolean) or (isinstance(value, sp.Symbol) and value.is_real):
        raise wrong_type(argument, value, _BOOLEAN)
    return value


def named(assuming: Any) -> dict[str, Any]:
    """Return assumptions by name; in a list, each is named by its own text."""
    if isinstance(assuming, Mapping):
        for name in assuming:
            if not isinstance(name, str) or not name:
                raise wrong_type("assuming", name, "named by strings")
        return {name: boolean(a, f"assuming[{name!r}]") for name, a in assuming.items()}
    if isinstance(assuming, (str, bytes, Boolean, bool)) or not isinstance(assuming, Iterable):
        raise wrong_type("assuming", assuming, "a list of relations, or a dict of named ones")
    checked = [boolean(a, f"assuming[{i}]") for i, a in enumerate(assuming)]
    return {_text(a, i): a for i, a in enumerate(checked)}


def _text(assumption: Any, position: int) -> str:
    """Return an assumption's name; SymPy may have evaluated it, and its text says little."""
    if assumption in (sp.true, sp.false):
        return f"assumption {position + 1} (evaluated to {str(assumption).lower()})"
    return str(assumption)


def ask(claim: Any, assuming: Any = (), inverses: bool = False, signs: bool = True) -> Question:
    """Check and translate a claim and its assumptions; `inverses` and `signs` as in `Translation`.

    Raises
    ------
    InvalidType
        If claim or an assumption is not a SymPy Boolean.
    InvalidValue
        If a symbol is not declared real, or two different ones share a name.
    NotTranslatable
        If something in them is outside polynomial arithmetic.
    """
    claim = boolean(claim, "claim")
    assumptions = named(assuming)
    booleans = [claim, *assumptions.values()]
    _check_names(booleans)
    t = Translation(inverses, signs)
    goal, defined = t.formula(claim)
    stated, domain, conclusive = _stated(t, assumptions, defined)
    used = set().union(*(b.free_symbols for b in booleans))
    for symbol in sorted(used - t.leaves.keys(), key=str):
        t.leaf(symbol)  # SymPy knew what depends on it, but a witness names it
    names = _names(t)
    symbols = sorted(t.leaves, key=str)
    declared = dict(filter(None, (_declaration(s, t.leaves[s]) for s in symbols)))
    declared |= _declared_functions(t)
    where = {f"{c} (domain)": t.formula(c)[0] for c in domain}
    plain = [*t.background, *(c for p in t.points.values() for c in functions.consistent(p))]
    formulas = [*{**declared, **stated, **where}.items(), *((None, f) for f in plain)]
    printer = smtlib.Printer(names)
    assertions = tuple(printer.assertion(f, name) for name, f in formulas)
    silent = (_declaration(s, t.leaves[s]) for s in t.signs_used)
    return Question(
        claim=claim,
        assumptions=assumptions,
        declared={name: name.removesuffix(_DECLARED) for name in declared},
        domain=domain,
        premises=smtlib.Query(smtlib.sorts(names), assertions),
        yes=printer.assertion(goal),
        no=printer.assertion(sp.Not(goal, evaluate=False)),
        integers=tuple(_whole(s, names[t.leaves[s]]) for s in symbols if s.is_integer),
        translation=t,
        names=names,
        conclusive=conclusive,
        signs_used=frozenset(pair[0] for pair in silent if pair),
        evaluated=tuple(n for n, a in assumptions.items() if a in (sp.true, sp.false)),
        floats={f: sp.Rational(f) for b in booleans for f in sorted(b.atoms(sp.Float))},
    )


def _stated(
    t: Translation, assumptions: Mapping[str, Any], defined: tuple[Any, ...]
) -> tuple[dict[str, Any], tuple[Any, ...], bool]:
    """Return the assumptions' formulas, the domain, and whether functions' instances say all."""
    relations = {n: a for n, a in assumptions.items() if not isinstance(a, Property)}
    properties = {n: a for n, a in assumptions.items() if isinstance(a, Property)}
    formulas = {n: (t.formula(a)[0], t.needed(a)) for n, a in relations.items()}
    bounds = {n: [t.plain(b) for b in a.bounds] for n, a in properties.items()}
    groups = [defined, *(f[1] for f in formulas.values())]
    groups += [where for pair in bounds.values() for _, where in pair]
    domain = tuple(dict.fromkeys(c for group in groups for c in group))
    for condition in domain:  # where a function is used also counts, so before its instances
        t.formula(condition)
    _add_points(t, list(properties.values()))
    conclusive = _complete(t)
    made: dict[str, Any] = {}
    for name, assumption in assumptions.items():
        if isinstance(assumption, Property):
            points = t.points.get(assumption.name, [])
            limits = [value for value, _ in bounds[name]]
            made[name] = sp.And(*functions.instances(assumption, points, limits), evaluate=False)
        else:
            made[name] = formulas[name][0]
    return made, domain, conclusive


def _add_points(t: Translation, properties: list[Property]) -> None:
    """Add points at which what is assumed of a function would contradict itself."""
    for name in dict.fromkeys(p.name for p in properties):
        known = t.points.setdefault(name, [])
        arity = len(known[0][0]) if known else None
        for arguments, ordered in functions.telling(
            [p for p in properties if p.name == name], arity, lambda: t.auxiliary("somewhere")
        ):
            known.append((arguments, t.auxiliary(name)))
            t.background += ordered


def _whole(symbol: Any, name: str) -> smtlib.Assertion:
    return smtlib.Assertion(f"(is_int {name})", f"{symbol} is an integer (declared)", integer=True)


def _complete(t: Translation) -> bool:
    """Complete every function's points to their grid; return whether that was feasible."""
    feasible = True
    for name, points in t.points.items():
        if len({len(a) for a, _ in points}) > 1:
            raise illegal("function", name, "used with one number of arguments")
        t.points[name], whole = functions.completed(points, lambda: t.auxiliary("value"))
        feasible &= whole
    return feasible


def _check_names(booleans: list[Any]) -> None:
    symbols = {s for b in booleans for s in b.free_symbols if not isinstance(s, sp.Dummy)}
    shared = [n for n, count in Counter(s.name for s in symbols).items() if count > 1]
    for name in shared:
        kinds = " and ".join(sorted(_kind(s) for s in symbols if s.name == name))
        raise illegal("symbol", name, f"declared once; there are different ones ({kinds})")
    functions_used = {f.func for b in booleans for f in b.atoms(AppliedUndef)}
    for name, count in Counter(f.__name__ for f in functions_used).items():
        if count > 1:
            raise illegal("function", name, "declared once; there are different ones")
    for function in sorted(functions_used, key=str):
        _check_function(function)


def _declared_functions(t: Translation) -> dict[str, Any]:
    """Return what functions declare, of each value that is used, by name."""
    found: dict[str, Any] = {}
    for function in dict.fromkeys(f.func for f in t.applications):
        for attribute, relation, sign in _SIGNS:
            if function._kwargs.get(attribute.removeprefix("is_")):
                values = (v for _, v in t.points[function.__name__])
                every = sp.And(*(relation(v, 0, evaluate=False) for v in values), evaluate=False)
                found[f"{function} {sign} 0{_DECLARED}"] = every
                break
    return found


def _check_function(function: Any) -> None:
    """Refuse what is declared of a function's values beyond their being real, and their sign."""
    given = function._kwargs
    for sign in ("real", *(s for s in _FUNCTION_SIGNS if given.get(s))):
        implied = sp.Symbol("f", **{sign: True}).assumptions0
        if all(implied.get(fact) == truth for fact, truth in given.items()):
            return
    told = ", ".join(f"{k}={v}" for k, v in given.items())
    legal = f"declared with one of {', '.join(_FUNCTION_SIGNS)}, or with nothing"
    raise illegal("function", Words(f"{function} ({told})"), legal)


def _kind(symbol: Any) -> str:
    given = symbol._assumptions_orig
    return ", ".join(f"{k}={v}" for k, v in sorted(given.items())) or "no declaration"


def _declaration(symbol: Any, leaf: Any) -> tuple[str, Any] | None:
    """Return the name and the relation of what `symbol` declares, or None."""
    for attribute, relation, sign in _SIGNS:
        if getattr(symbol, attribute):
            return f"{symbol} {sign} 0{_DECLARED}", relation(leaf, 0, evaluate=False)
    return None


def _names(t: Translation) -> dict[Any, str]:
    names: dict[Any, str] = {}
    for variable in [*t.leaves.values(), *t.auxiliaries]:
        auxiliary = variable in t.auxiliaries
        name = f"{variable.name}!{len(names)}" if auxiliary else variable.name
        while smtlib.quoted(name) in names.values():
            name += "'"
        names[variable] = smtlib.quoted(name)
    return names
