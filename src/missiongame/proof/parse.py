"""Formulas from text, by a whitelist.

The text is read as a Python expression's syntax tree, and only these nodes mean
something; nothing is evaluated as code:

    numbers            3, 0.1 (the decimal itself: 1/10)
    names              real symbols; a name that is called is an arbitrary function
    arithmetic         + − * / **, exponents rational
    relations          < <= > >= == !=, chained too
    Booleans           and or not, & | ~, And Or Not Implies Equivalent Xor
    functions          abs min max sqrt sign Piecewise((value, condition), …)
    properties         increasing(G), strictly_decreasing(G), convex(G), bounded(G, 0, 1), …

Relations stay as they are written, so that a verdict can repeat them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from missiongame.errors import InvalidValue, illegal, wrong_type
from missiongame.proof import functions

MAX_LENGTH = 10_000
MAX_EXPONENT = 64
MAX_BITS = 4096
"""Limits to what a text may ask for: characters, size of an exponent, bits of a number."""

_RELATIONS: dict[type[ast.cmpop], Any] = {
    ast.Lt: sp.Lt,
    ast.LtE: sp.Le,
    ast.Gt: sp.Gt,
    ast.GtE: sp.Ge,
    ast.Eq: sp.Eq,
    ast.NotEq: sp.Ne,
}


def _root(radicand: Any) -> Any:
    return sp.sqrt(radicand)


_REAL: dict[str, Any] = {
    "abs": sp.Abs,
    "Abs": sp.Abs,
    "min": sp.Min,
    "Min": sp.Min,
    "max": sp.Max,
    "Max": sp.Max,
    "sqrt": _root,
    "sign": sp.sign,
    "exp": sp.exp,
    "log": sp.log,
    "sin": sp.sin,
    "cos": sp.cos,
}
_BOOLEAN: dict[str, Any] = {
    "And": sp.And,
    "Or": sp.Or,
    "Not": sp.Not,
    "Implies": sp.Implies,
    "Equivalent": sp.Equivalent,
    "Xor": sp.Xor,
}
_PROPERTIES: dict[str, Callable[..., Any]] = {
    "increasing": functions.increasing,
    "decreasing": functions.decreasing,
    "strictly_increasing": lambda f, k=0: functions.increasing(f, k, strictly=True),
    "strictly_decreasing": lambda f, k=0: functions.decreasing(f, k, strictly=True),
    "convex": functions.convex,
    "concave": functions.concave,
    "nonnegative": functions.nonnegative,
    "positive": functions.positive,
    "bounded": functions.bounded,
    "increasing_differences": functions.increasing_differences,
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
        if node.id in _REAL or node.id in _BOOLEAN or node.id in _PROPERTIES:
            raise self.refuse(node, "it is a function's name and needs arguments")
        return self.symbols.setdefault(node.id, sp.Symbol(node.id, real=True))

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        if isinstance(node.op, (ast.Not, ast.Invert)):
            return sp.Not(self.boolean(node.operand))
        value = self.real(node.operand)
        return -value if isinstance(node.op, ast.USub) else value

    def _binop(self, node: ast.BinOp) -> Any:
        if isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            join = sp.And if isinstance(node.op, ast.BitAnd) else sp.Or
            return join(self.boolean(node.left), self.boolean(node.right))
        left, right = self.real(node.left), self.real(node.right)
        if isinstance(node.op, ast.Pow):
            return self._power(node, left, right)
        if isinstance(node.op, ast.Div) and right == 0:
            raise self.refuse(node, "it divides by zero")
        for kind, combine in _ARITHMETIC.items():
            if isinstance(node.op, kind):
                return self._sized(combine(left, right), node)
        raise self.refuse(node, "the operations are + - * / **")

    def _power(self, node: ast.BinOp, base: Any, exponent: Any) -> Any:
        if exponent.is_Rational:
            if abs(exponent.p) > MAX_EXPONENT or exponent.q > MAX_EXPONENT:
                raise self.refuse(node, f"exponents go up to {MAX_EXPONENT}")
            if base.is_Rational and _bits(base) * abs(exponent.p) > MAX_BITS:
                raise self.refuse(node, "the number is too large")
            if base == 0 and exponent < 0:
                raise self.refuse(node, "it divides by zero")
        return self._sized(base**exponent, node)

    def _sized(self, value: Any, node: ast.AST) -> Any:
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
        return relations[0] if len(relations) == 1 else sp.And(*relations)

    def _boolop(self, node: ast.BoolOp) -> Any:
        join = sp.And if isinstance(node.op, ast.And) else sp.Or
        return join(*map(self.boolean, node.values))

    def _call(self, node: ast.Call) -> Any:
        if not isinstance(node.func, ast.Name) or node.keywords or not node.args:
            raise self.refuse(node, "calls are a name with arguments")
        name = node.func.id
        if name in _PROPERTIES:
            return self._property(node, name)
        if name == "Piecewise":
            return sp.Piecewise(*map(self._branch, node.args))
        if name in _BOOLEAN:
            return self._applied(node, _BOOLEAN[name], map(self.boolean, node.args))
        known = _REAL.get(name) or sp.Function(name)
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
        return self._applied(node, _PROPERTIES[name], [sp.Function(first.id), *values])

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
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
