"""SMT-LIB scripts of real arithmetic, read into SymPy.

The part of SMT-LIB 2.6 that quantifier-free real problems use: ``declare-fun``
and ``declare-const`` of sort Real or Bool, ``define-fun`` without parameters,
``assert``; terms of + − * /, = < <= > >= distinct, and or not =>, let-free.
Other commands are skipped; other terms are an error.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sympy as sp

from missiongame.errors import ReadError

Tree: TypeAlias = "str | list[Tree]"

_TOKEN = re.compile(r";[^\n]*|\(|\)|\|[^|]*\||\"(?:[^\"]|\"\")*\"|[^\s();|\"]+")
_NUMBER = re.compile(r"\d+(\.\d+)?\Z")


@dataclass
class Script:
    """What a script declares, defines and asserts.

    Attributes
    ----------
    symbols : dict of str to sympy Symbol
    definitions : dict of str to sympy expression or Boolean
    conjuncts : dict of str to list
        A definition that is a conjunction, as the list of its parts in order.
    asserted : list of sympy Boolean
    """

    symbols: dict[str, Any] = field(default_factory=dict)
    definitions: dict[str, Any] = field(default_factory=dict)
    conjuncts: dict[str, list[Any]] = field(default_factory=dict)
    asserted: list[Any] = field(default_factory=list)


def read_smtlib(text: str) -> Script:
    """Read a script.

    Raises
    ------
    ReadError
        If the text is not SMT-LIB, or uses what this reader does not know.

    Examples
    --------
    >>> script = read_smtlib('''
    ... (declare-fun x () Real)
    ... (define-fun claim () Bool (and (> x 0) (<= (* 2 x x) (/ 1 3))))
    ... ''')
    >>> script.conjuncts["claim"]
    [x > 0, 2*x**2 <= 1/3]
    """
    script = Script()
    for command in _trees(text):
        if isinstance(command, str):
            raise ReadError(f"a command begins with '(', this is {command!r}")
        _run(command, script)
    return script


def _run(command: list[Tree], script: Script) -> None:
    match command:
        case ["declare-fun", str(name), [], str(sort)] | ["declare-const", str(name), str(sort)]:
            if sort not in ("Real", "Bool"):
                raise ReadError(f"{name} is of sort {sort}; it should be Real or Bool")
            real = True if sort == "Real" else None
            script.symbols[name] = sp.Symbol(name.strip("|"), real=real)
        case ["define-fun", str(name), [], str(), body]:
            script.definitions[name] = _term(body, script)
            parts = body[1:] if isinstance(body, list) and body[:1] == ["and"] else [body]
            script.conjuncts[name] = [_term(p, script) for p in parts]
        case ["define-fun" | "declare-fun" | "declare-sort" | "define-sort" as what, *_]:
            raise ReadError(f"this {what} is more than real arithmetic without parameters")
        case ["assert", body]:
            script.asserted.append(_term(body, script))


def _trees(text: str) -> Iterator[Tree]:
    stack: list[list[Tree]] = [[]]
    for word in _TOKEN.findall(text):
        if word.startswith(";"):
            continue
        if word == "(":
            stack.append([])
        elif word != ")":
            stack[-1].append(word)
        elif len(stack) == 1:
            raise ReadError("a parenthesis closes that none opened")
        else:
            stack[-2].append(stack.pop())
    if len(stack) > 1:
        raise ReadError("a parenthesis is never closed")
    yield from stack[0]


def _term(tree: Tree, script: Script) -> Any:
    if isinstance(tree, str):
        return _atom(tree, script)
    if not tree or not isinstance(tree[0], str):
        raise ReadError(f"{tree} is not a term")
    head, *rest = tree
    arguments = [_term(t, script) for t in rest]
    if head in _CHAINS and len(arguments) >= 2:
        links = [_CHAINS[head](a, b) for a, b in itertools.pairwise(arguments)]
        return links[0] if len(links) == 1 else sp.And(*links)
    if head in ("and", "or", "not", "=>") and not all(map(_truth_valued, arguments)):
        raise ReadError(f"{head} joins numbers in {tree}")
    if head not in _OPERATIONS:
        raise ReadError(f"{head} is not an operation of real arithmetic known here")
    try:
        return _OPERATIONS[head](*arguments)
    except TypeError as error:
        raise ReadError(f"{head} with these arguments: {error}") from None


def _atom(word: str, script: Script) -> Any:
    if word in script.symbols:
        return script.symbols[word]
    if word in script.definitions:
        return script.definitions[word]
    if word in ("true", "false"):
        return sp.true if word == "true" else sp.false
    if _NUMBER.match(word):
        return sp.Rational(word)
    raise ReadError(f"{word} is neither declared nor a number")


def _truth_valued(argument: Any) -> bool:
    return isinstance(argument, sp.logic.boolalg.Boolean) and not getattr(argument, "is_real", 0)


def _equal(a: Any, b: Any) -> Any:
    both = isinstance(a, sp.Expr) and isinstance(b, sp.Expr)
    real = both and a.is_real is not None and b.is_real is not None
    return sp.Eq(a, b, evaluate=False) if real else sp.Equivalent(a, b)


def _relation(kind: Any) -> Callable[[Any, Any], Any]:
    return lambda a, b: kind(a, b, evaluate=False)


_CHAINS: dict[str, Callable[[Any, Any], Any]] = {
    "=": _equal,
    "<": _relation(sp.Lt),
    "<=": _relation(sp.Le),
    ">": _relation(sp.Gt),
    ">=": _relation(sp.Ge),
}
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": sp.Add,
    "*": sp.Mul,
    "-": lambda a, *b: sp.Add(a, *(-x for x in b)) if b else -a,
    "/": lambda a, *b: a / sp.Mul(*b),
    "and": sp.And,
    "or": sp.Or,
    "not": sp.Not,
    "=>": lambda *a: sp.Implies(sp.And(*a[:-1]), a[-1]),
    "distinct": lambda a, b: sp.Not(_equal(a, b)),
}
