"""A name that is loaded when it is first used is the same to a type checker."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import missiongame as mg

PACKAGES = ["missiongame"] + [
    f"missiongame.{found.name}" for found in pkgutil.iter_modules(mg.__path__) if found.ispkg
]


def lazy_packages():
    found = {}
    for name in PACKAGES:
        package = importlib.import_module(name)
        if hasattr(package, "__getattr__"):
            found[name] = package
    return found


def promised_to_type_checkers(package):
    """Return name -> module of what the block under TYPE_CHECKING imports under its own name."""
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    (block,) = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    promised = {}
    for line in block.body:
        assert isinstance(line, ast.ImportFrom)
        for alias in line.names:
            assert alias.asname == alias.name, f"{alias.name} is not exported to type checkers"
            promised[alias.name] = line.module
    return promised


@pytest.mark.parametrize("name", sorted(lazy_packages()))
def test_type_checkers_see_the_names_that_are_there(name):
    package = importlib.import_module(name)
    promised = promised_to_type_checkers(package)
    assert set(promised) == set(package.__all__)
    for public, module in promised.items():
        there = getattr(importlib.import_module(module), public)
        assert getattr(package, public) is there, public
    assert set(dir(package)) >= set(package.__all__)


def test_the_packages_that_load_lazily_are_found():
    assert {"missiongame", "missiongame.members", "missiongame.bimatrix"} <= set(lazy_packages())


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'missiongame' has no attribute 'partcipate'"):
        mg.partcipate  # noqa: B018 - to look is what fails
