"""A text to the SymPy formula it writes, by a whitelist.

The text is read as a Python expression's syntax tree, and only these nodes mean
something; nothing is evaluated as code:

    numbers            3, 0.1 (the decimal itself: 1/10)
    names              real symbols; a name that is called is an arbitrary function
    arithmetic         + − * / **, exponents rational
    relations          < <= > >= == !=, chained too
    Booleans           and or not, & | ~, And Or Not Implies Equivalent Xor
    functions          abs min max sqrt sign Piecewise((value, condition), …)
    properties         increasing(G), strictly_decreasing(G), convex(G), bounded(G, 0, 1), …

A name that means something elsewhere (pi, floor, tan) is refused, not taken for a
symbol. Relations stay as they are written, so that a verdict can repeat them; so
does an expression where SymPy would forget where it is defined (x/x is not 1 at 0).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import sympy as sp

from missiongame.errors import InvalidValue, illegal, wrong_type
from missiongame.proof.functions import (
    bounded,
    concave,
    convex,
    decreasing,
    increasing,
    increasing_differences,
    nonnegative,
    positive,
)
from missiongame.proof.translate import degree

MAX_LENGTH = 10_000
MAX_EXPONENT = 64
MAX_BITS = 4096
"""Limits to what a text may ask for: characters, degree and exponents, bits of a number."""

_RELATIONS: dict[type[ast.cmpop], Any] = {
    ast.Lt: sp.Lt,
    ast.LtE: sp.Le,
    ast.Gt: sp.Gt,
    ast.GtE: sp.Ge,
    ast.Eq: sp.Eq,
    ast.NotEq: sp.Ne,
}
_MAX_PRODUCT = 4 * MAX_EXPONENT
_MOST_COMPARED = 8


def _extreme(kind: Any) -> Callable[..., Any]:
    # SymPy compares all pairs, which takes for ever with hundreds.
    def extreme(*values: Any, evaluate: bool = True) -> Any:
        return kind(*values, evaluate=evaluate and len(values) <= _MOST_COMPARED)

    return extreme


def _root(radicand: Any) -> Any:  # SymPy's takes more than the radicand
    return sp.sqrt(radicand)


def _by_name(*functions: Any) -> dict[str, Any]:
    return {function.__name__: function for function in functions}


_REAL: dict[str, Any] = _by_name(sp.Abs, sp.sign, sp.exp, sp.log, sp.sin, sp.cos) | {
    "sqrt": _root,
    "abs": sp.Abs,
    **dict.fromkeys(("min", "Min"), _extreme(sp.Min)),
    **dict.fromkeys(("max", "Max"), _extreme(sp.Max)),
}
_BOOLEAN = _by_name(sp.And, sp.Or, sp.Not, sp.Implies, sp.Equivalent, sp.Xor)
_ARITHMETIC: dict[type[ast.operator], Any] = {
    ast.Add: sp.Add,
    ast.Sub: sp.Add,  # of what was negated
    ast.Mult: sp.Mul,
    ast.Div: sp.Mul,  # by what was inverted
}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONSTANTS = _names("pi e E I oo zoo inf infinity Infinity nan NaN EulerGamma GoldenRatio")
_ELEMENTARY = _names(
    """floor ceil ceiling frac round trunc pow root cbrt real_root ln log2 log10 log1p exp2 expm1
    tan cot sec csc asin acos atan atan2 acot asec acsc arcsin arccos arctan
    sinh cosh tanh coth sech csch asinh acosh atanh mod Mod hypot sgn signum
    factorial binomial sum Sum prod Product integral Integral diff Derivative limit Limit"""
)
_SYMPY = frozenset(name for name, value in vars(sp).items() if isinstance(value, sp.FunctionClass))
_KNOWN = _CONSTANTS | _ELEMENTARY | _SYMPY
"""What is no arbitrary function; some of SymPy's names (beta, zeta) may still be symbols."""


_PROPERTIES: dict[str, Callable[..., Any]] = {
    **_by_name(increasing, decreasing, convex, concave, nonnegative, positive, bounded),
    **_by_name(increasing_differences),
    "strictly_increasing": partial(increasing, strictly=True),
    "strictly_decreasing": partial(decreasing, strictly=True),
}


def parse(text: str, symbols: Mapping[str, Any] | None = None) -> Any:
    """Return the SymPy expression or Boolean that a text writes.

    Parameters
    ----------
    text : str
    symbols : dict of str to sympy Symbol, optional
        Symbols to use for names; other names become real symbols.

    Raises
    ------
    InvalidValue
        If the text is no formula, holds anything that is not on the whitelist, or
        is larger than a formula should be.
    InvalidType
        If `text` is not a string.

    Examples
    --------
    >>> parse("0.1*y != abs(x)")
    Ne(y/10, Abs(x))
    >>> parse("__import__('os').system('true')")
    Traceback (most recent call last):
        ...
    missiongame.errors.InvalidValue: formula is "__import__('os').system('true')"; it should be ...
    """
    if not isinstance(text, str):
        raise wrong_type("formula", text, "a string")
    if not text.strip() or len(text) > MAX_LENGTH:
        raise illegal("formula", text, f"a text of 1 to {MAX_LENGTH} characters")
    if "\0" in text:  # which Python's own parser refuses differently from version to version
        raise illegal("formula", text, "text without NUL characters")
    if "^" in text:
        raise illegal("formula", text, "written with ** for powers, not ^")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        return _Reader(text, dict(symbols or {})).read(tree.body)
    except (SyntaxError, RecursionError, MemoryError) as error:
        because = getattr(error, "msg", "nested too deeply")
        raise illegal("formula", text, f"one expression ({because})") from None


def parse_claim(text: str, symbols: Mapping[str, Any] | None = None) -> Any:
    """Return the relation, Boolean or property that a text writes; raise if it is a number.

    Examples
    --------
    >>> parse_claim("0 < x < 1")
    (0 < x) & (x < 1)
    """
    claim = parse(text, symbols)
    if isinstance(claim, sp.logic.boolalg.Boolean) and not isinstance(claim, sp.Symbol):
        return claim
    raise illegal("formula", text, "a relation, such as x + y >= 0")


class _Reader:
    """Reads one tree; each method reads one kind of node."""

    def __init__(self, text: str, symbols: dict[str, Any]) -> None:
        self.text = text.strip()
        self.symbols = symbols

    def refuse(self, node: ast.AST, why: str) -> InvalidValue:
        part = ast.get_source_segment(self.text, node) if isinstance(node, ast.expr) else None
        return illegal("formula", self.text, f"without {part or 'this'}: {why}")

    def read(self, node: ast.expr) -> Any:
        if type(node) not in _NODES:
            raise self.refuse(node, "it is not part of a formula")
        return _NODES[type(node)](self, node)

    def real(self, node: ast.expr) -> Any:
        value = self.read(node)
        if not isinstance(value, sp.Expr):
            raise self.refuse(node, "a number is needed here")
        if value.is_extended_real is False or value.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            raise self.refuse(node, "it is no real number")
        return value

    def boolean(self, node: ast.expr) -> Any:
        value = self.read(node)
        if not isinstance(value, sp.logic.boolalg.Boolean) or isinstance(value, sp.Symbol):
            raise self.refuse(node, "a relation is needed here")
        return value

    def _constant(self, node: ast.Constant) -> Any:
        if isinstance(node.value, bool):
            return sp.true if node.value else sp.false
        literal = ast.get_source_segment(self.text, node) or ""
        if not re.fullmatch(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", literal.replace("_", "")):
            raise self.refuse(node, "numbers are decimal")
        return self._sized(sp.Rational(literal.replace("_", "")), node)

    def _name(self, node: ast.Name) -> Any:
        if node.id in self.symbols:
            return self.symbols[node.id]
        if node.id in _REAL or node.id in _BOOLEAN or node.id in _PROPERTIES:
            raise self.refuse(node, "it is a function's name and needs arguments")
        if node.id in _CONSTANTS | _ELEMENTARY | {"Piecewise"}:
            what = "a constant" if node.id in _CONSTANTS else "a function"
            raise self.refuse(node, f"it is {what} elsewhere; call a symbol by another name")
        return self.symbols.setdefault(node.id, sp.Symbol(node.id, real=True))

    def function(self, node: ast.Name) -> Any:
        """Return the arbitrary function of a name."""
        if node.id in _KNOWN or node.id in _REAL or node.id in _BOOLEAN:
            raise self.refuse(
                node, "it has a meaning elsewhere; call an arbitrary function by another name"
            )
        return sp.Function(node.id)

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        if isinstance(node.op, (ast.Not, ast.Invert)):
            return self._joined(sp.Not, [self.boolean(node.operand)])
        value = self.real(node.operand)
        return -value if isinstance(node.op, ast.USub) else value

    def _binop(self, node: ast.BinOp) -> Any:
        if isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            join = sp.And if isinstance(node.op, ast.BitAnd) else sp.Or
            return self._joined(join, [self.boolean(node.left), self.boolean(node.right)])
        left, right = self.real(node.left), self.real(node.right)
        if isinstance(node.op, ast.Pow):
            return self._power(node, left, right)
        if isinstance(node.op, ast.Div) and right == 0:
            raise self.refuse(node, "it divides by zero")
        if isinstance(node.op, ast.Div):
            right = self._kept(node, sp.Pow, right, sp.Integer(-1))
        if isinstance(node.op, ast.Sub):
            right = self._kept(node, sp.Mul, sp.Integer(-1), right)
        if type(node.op) not in _ARITHMETIC:
            raise self.refuse(node, "the operations are + - * / **")
        return self._kept(node, _ARITHMETIC[type(node.op)], left, right)

    def _power(self, node: ast.BinOp, base: Any, exponent: Any) -> Any:
        if exponent.is_Rational:
            if abs(exponent.p) > MAX_EXPONENT or exponent.q > MAX_EXPONENT:
                raise self.refuse(node, f"exponents go up to {MAX_EXPONENT}")
            if base.is_Rational and _bits(base) * abs(exponent.p) > MAX_BITS:
                raise self.refuse(node, "the number is too large")
            if base == 0 and exponent < 0:
                raise self.refuse(node, "it divides by zero")
            if abs(exponent) * degree(base) > MAX_EXPONENT:
                raise self.refuse(node, f"degrees go up to {MAX_EXPONENT}")
        return self._kept(node, sp.Pow, base, exponent)

    def _kept(self, node: ast.AST, operation: Any, *parts: Any) -> Any:
        """Return what SymPy makes of an operation, or it as written where that forgets a domain."""
        made = operation(*parts)
        asked = _partial(*parts) | _partial(operation(*parts, evaluate=False))
        if not asked <= _partial(made):
            made = operation(*parts, evaluate=False)
        return self._sized(made, node)

    def _joined(self, join: Any, parts: list[Any]) -> Any:
        """Return a Boolean of parts, as written where SymPy would drop one that has a domain."""
        made = join(*parts)
        if _partial(*parts) <= _partial(made):
            return made
        if join is sp.Or:  # SymPy drops contradictory parts even when told not to
            return sp.Not(
                sp.And(*(sp.Not(p, evaluate=False) for p in parts), evaluate=False), evaluate=False
            )
        if join is sp.And:
            parts = [sp.Not(sp.Not(p, evaluate=False), evaluate=False) for p in parts]
        return join(*parts, evaluate=False)

    def _sized(self, value: Any, node: ast.AST) -> Any:
        if degree(value) > _MAX_PRODUCT:
            raise self.refuse(node, f"degrees of products go up to {_MAX_PRODUCT}")
        if any(_bits(r) > MAX_BITS for r in value.atoms(sp.Rational)):
            raise self.refuse(node, "the number is too large")
        return value

    def _compare(self, node: ast.Compare) -> Any:
        terms = [self.real(n) for n in (node.left, *node.comparators)]
        relations = []
        for left, op, right in zip(terms, node.ops, terms[1:], strict=False):
            if type(op) not in _RELATIONS:
                raise self.refuse(node, "the relations are < <= > >= == !=")
            relations.append(_RELATIONS[type(op)](left, right, evaluate=False))
        return relations[0] if len(relations) == 1 else self._joined(sp.And, relations)

    def _boolop(self, node: ast.BoolOp) -> Any:
        join = sp.And if isinstance(node.op, ast.And) else sp.Or
        return self._joined(join, list(map(self.boolean, node.values)))

    def _call(self, node: ast.Call) -> Any:
        if not isinstance(node.func, ast.Name) or node.keywords or not node.args:
            raise self.refuse(node, "calls are a name with arguments")
        name = node.func.id
        if name in _PROPERTIES:
            return self._property(node, name)
        if name == "Piecewise":
            return sp.Piecewise(*map(self._branch, node.args), evaluate=False)
        if name in _BOOLEAN:
            parts = list(map(self.boolean, node.args))
            return self._applied(node, partial(self._joined, _BOOLEAN[name]), [parts])
        known = _REAL.get(name) or self.function(node.func)
        if name in _REAL and known is not _root:  # SymPy's own, which may forget a domain
            known = partial(self._kept, node, known)
        return self._applied(node, known, map(self.real, node.args))

    def _applied(self, node: ast.Call, function: Any, arguments: Any) -> Any:
        try:
            return function(*arguments)
        except (TypeError, ValueError) as error:
            if isinstance(error, InvalidValue):
                raise
            raise self.refuse(node, str(error)) from None

    def _property(self, node: ast.Call, name: str) -> Any:
        first, *rest = node.args
        if not isinstance(first, ast.Name):
            raise self.refuse(node, "a property is of a function's name")
        values = [self.real(a) for a in rest]
        if name != "bounded":
            if not all(v.is_Integer for v in values):
                raise self.refuse(node, "an argument's position is a whole number")
            values = list(map(int, values))
        return self._applied(node, _PROPERTIES[name], [self.function(first), *values])

    def _branch(self, node: ast.expr) -> Any:
        if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
            raise self.refuse(node, "a branch is (value, condition)")
        return self.real(node.elts[0]), self.boolean(node.elts[1])


def _bits(value: Any) -> int:
    return int(max(abs(value.p).bit_length(), value.q.bit_length()))


_NODES: dict[type[ast.expr], Callable[[_Reader, Any], Any]] = {
    ast.Constant: _Reader._constant,
    ast.Name: _Reader._name,
    ast.UnaryOp: _Reader._unaryop,
    ast.BinOp: _Reader._binop,
    ast.Compare: _Reader._compare,
    ast.BoolOp: _Reader._boolop,
    ast.Call: _Reader._call,
}


def _partial(*parts: Any) -> set[Any]:
    """Return what in expressions may be undefined: denominators' factors, radicands, branches."""
    found: set[Any] = set()
    for part in parts:
        for node in part.atoms(sp.Pow, sp.Piecewise, sp.log):
            if not node.is_Pow:
                found.add(node)
            elif node.exp.is_Integer and node.exp < 0:
                bases = (factor.as_base_exp()[0] for factor in sp.Mul.make_args(node.base))
                found |= {base for base in bases if not base.is_number}
            elif not node.exp.is_Integer and not node.base.is_number:
                coefficient, rest = node.base.as_coeff_Mul()
                found.add(("radicand", rest if coefficient > 0 else -rest))
    return found
