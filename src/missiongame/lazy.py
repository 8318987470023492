"""What is loaded when it is first used: a package's names from a table, and optional libraries."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

from missiongame.errors import LibraryMissing


def lazily(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the `__getattr__` and `__dir__` of a package (PEP 562).

    Parameters
    ----------
    package : str
        Its full name.
    homes : mapping from a public name to the module that defines it
        Relative to the package. A name whose home ends in "." is that module itself.

    Examples
    --------
    >>> load, names = lazily("missiongame", {"Rival": "model.rival", "offers": "model.offers."})
    >>> load("Rival").__name__, load("offers").__name__, names()
    ('Rival', 'missiongame.model.offers', ['Rival', 'offers'])
    """

    def load(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: Any = importlib.import_module(f"{package}.{home.removesuffix('.')}")
        if not home.endswith("."):
            value = getattr(value, name)
        vars(importlib.import_module(package))[name] = value
        return value

    return load, lambda: sorted(homes)


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
