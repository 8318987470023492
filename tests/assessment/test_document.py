"""The document: the same keys for every case, and each of them told in the docs."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import missiongame as mg
from missiongame.cli.screen import print_json

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
LIKE_PRICE = (
    "price",
    "reading.if_spread_evenly",
    "curve[]",
    "levers[].price",
    "departures[].price",
)
LIKE_RAID = ("best_raid", "cases[].best_raid")
OUTCOMES = ("cases[].least", "cases[].robust", "cases[].greatest")

CASES = {
    "known": lambda: mg.Community([3, 2, 1], purpose=[5, 2, 1], social=2),
    "unknown": lambda: mg.Community([3, 2, 1]),
    "ties": lambda: mg.Community([3, 1], purpose=1, ties=[[0, 2], [1, 0]], names=["A", "B"]),
    "negative tie": lambda: mg.Community([3, 1], purpose=1, ties=[[0, -2], [1, 0]]),
    "no mission": lambda: mg.Community([3, 1], mission=0),
    "alone": lambda: mg.Community([3], enjoyment=-1),
}


def paths(value, at=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{at}.{key}" if at else key
            yield here
            yield from paths(inner, here)
    elif isinstance(value, (list, tuple, np.ndarray)):
        for inner in value:
            yield from paths(inner, f"{at}[]")


@pytest.fixture(scope="module")
def told():
    """The keys that the page tells, one table row for those that belong together."""
    rows = [line.split("|")[1] for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


@pytest.fixture(scope="module")
def documents():
    made = {name: mg.assess(town(), seconds=1).to_dict() for name, town in CASES.items()}
    for name in ("digg-netscape", "church", "outsourced-steward"):
        made[name] = mg.assess(mg.scenarios.load(name), seconds=0.5).to_dict()
    return made


def as_told(path):
    """What the page tells once for all prices, raids and outcomes."""
    for like, names in (("price", LIKE_PRICE), ("best_raid", LIKE_RAID), (None, OUTCOMES)):
        for name in names:
            if path.startswith(f"{name}."):
                return like and f"{like}.{path.removeprefix(f'{name}.')}"
    return path


def test_every_key_is_told_and_every_key_told_is_there(documents, told):
    there = {as_told(path) for document in documents.values() for path in paths(document)}
    assert there - {None} == told


def test_no_key_comes_and_goes(documents):
    first, *others = documents.values()
    for document in others:
        assert list(document) == list(first)
        for key, value in document.items():
            if isinstance(value, dict) and isinstance(first[key], dict):
                assert list(value) == list(first[key])


def test_it_is_json_as_it_is_printed(documents, capsys):
    for document in documents.values():
        print_json(document)
        assert json.loads(capsys.readouterr().out)["schema_version"] == 1
