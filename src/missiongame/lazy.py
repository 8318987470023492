"""What is loaded when it is first used: a package's names, and optional libraries."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from missiongame.errors import LibraryMissing

Hooks = tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]


def lazily(package: str) -> Hooks:
    """Return `__getattr__`, `__dir__` and `__all__` of a package (PEP 562).

    The names are those that the package imports, for type checkers, in its block under
    ``if TYPE_CHECKING:``; each is loaded with its module when it is first used.

    Parameters
    ----------
    package : str
        Its full name.

    Examples
    --------
    >>> load, names, public = lazily("missiongame")
    >>> load("Rival").__name__, load("offers").__name__, "Rival" in public
    ('Rival', 'missiongame.model.offers', True)
    """
    tree = ast.parse(inspect.getsource(sys.modules[package]))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    homes = {
        alias.name: str(line.module)
        for line in block.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = homes[name]
        if home == package:  # the name is a module of the package
            value: Any = importlib.import_module(f"{package}.{name}")
        else:
            value = getattr(importlib.import_module(home), name)
        setattr(importlib.import_module(package), name, value)
        return value

    return load, lambda: sorted(homes), sorted(homes)


def need(*libraries: str, extra: str, work: str) -> None:
    """Raise `LibraryMissing`, which says how to install `extra`, unless all can be imported.

    Examples
    --------
    >>> need("numpy", extra="plot", work="a picture")
    >>> need("no_such", extra="plot", work="a picture")
    Traceback (most recent call last):
    missiongame.errors.LibraryMissing: a picture needs no_such: pip install 'missiongame[plot]'
    """
    missing = [name for name in libraries if find_spec(name) is None]
    if missing:
        wanted = " and ".join(missing)
        raise LibraryMissing(f"{work} needs {wanted}: pip install 'missiongame[{extra}]'")
