"""Cases made to break the reader: a scenario or an error of the library, never another one."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

import missiongame as mg
from missiongame import scenarios
from missiongame.errors import InvalidType, InvalidValue, MissionGameError, ReadError
from missiongame.scenarios.compose import MOST_MEMBERS

CASE: dict[str, Any] = {
    "title": "A case",
    "claim": "said",
    "share": 0.5,
    "community": {
        "contribution": [6, 3, 1],
        "purpose": [100, 50, 0],
        "enjoyment": 1,
        "social": 20,
        "mission": 1,
        "names": ["Ann", "Bob", "Cy"],
    },
    "rival": {"name": "r", "value": 10, "mission": 0.1, "portability": 0.5, "crowding": 0.1},
    "steward": {"name": "s", "value": 9, "policies": [{"uplift": 1, "cost": 2, "provider": "p"}]},
    "offers": [
        {"kind": "flat", "pay": 3, "fixed": 1},
        {"kind": "top", "places": 2, "pay": 3},
        {"kind": "personal", "pay": [1, 2, 3]},
        {"kind": "piece_rate", "rate": 2},
    ],
    "facts": [{"text": "t", "source": "s", "about": ["rival"]}],
    "assumptions": [{"text": "t", "about": ["share"]}],
    "parameters": {"x": 1},
    "words": {"members": "m", "contributions": "c", "period": "p", "money": "$"},
    "variants": {"a": {"rival": {"value": 3}, "facts": [{"text": "t", "source": "s"}]}, "b": {}},
}
GROUPS = [
    {"members": 2, "contribution": 5, "purpose": 7},
    {"contribution": [1, 2], "purpose": [8, 9], "social": 3, "name": "g"},
]
LAWS = (
    {"law": "zipf", "exponent": 1, "total": 10},
    {"law": "truncated-power-law", "exponent": 1.5, "cutoff": 30, "total": 10},
    {"law": "zipf", "top_shares": [[1, 0.5]], "total": 10},
)
CASES = [
    CASE,
    {**CASE, "community": {"groups": GROUPS}, "offers": CASE["offers"][:1]},
    *({**CASE, "community": {"members": 3, "contribution": law, "purpose": 2}} for law in LAWS),
]


def toml(value: Any) -> str:
    """Return a value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return hex(value) if value > 2**64 else str(value)
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def document(table: dict[str, Any]) -> bytes:
    lines = (f"{json.dumps(key)} = {toml(value)}\n" for key, value in table.items())
    return "".join(lines).encode("utf-8", "surrogatepass")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(p for key, inner in inside for p in places(inner, (*path, key)))]


junk = st.one_of(
    st.integers(-3, 9),
    st.floats(),
    st.booleans(),
    st.text(max_size=4),
    st.sampled_from([10**18, 2**64, 10**400, 1 << 20_000, -(10**400), 1e308, 5e-324, -1e-300]),
    st.sampled_from(["zipf", "truncated-power-law", "top", "personal", "[/]", "rival.value"]),
    st.sampled_from([[], {}, [[]], [{}], {"a": 1}, [1, 2], [[1, 0.9]], [[1 << 20_000, 0.5]]]),
    st.sampled_from([*LAWS, {"law": "zipf", "exponent": 1e308}, {"groups": GROUPS}]),
    st.sampled_from([dt.date(2020, 1, 1), dt.time(1, 2)]),
    st.lists(st.one_of(st.integers(0, 3), st.floats(0, 1), st.text(max_size=2)), max_size=4),
)


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A case with one to three of its values replaced, removed or put elsewhere."""
    table = copy.deepcopy(draw(st.sampled_from(CASES)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(table)[1:] or [()]))
        if not path:
            break
        holder = table
        for key in path[:-1]:
            holder = holder[key]
        act = draw(st.integers(0, 9))
        if act == 0:
            del holder[path[-1]]
        elif act == 1 and isinstance(holder[path[-1]], dict):
            key = draw(st.sampled_from(["groups", "members", "law", "x", ""]))
            holder[path[-1]][key] = copy.deepcopy(draw(junk))
        else:
            holder[path[-1]] = copy.deepcopy(draw(junk))
    return document(table)


def _built_or_refused(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    for variant in (None, "a", "b"):
        with contextlib.suppress(MissionGameError):
            case = scenarios.read(path, variant)
            assert 1 <= case.community.n <= MOST_MEMBERS
            assert case.offer.pay(case.community).shape == (case.community.n,)


@pytest.mark.parametrize("case", CASES)
def test_the_cases_are_legal_as_they_are(tmp_path, case):
    path = tmp_path / "case.toml"
    path.write_bytes(document(case))
    assert scenarios.read(path, "a").rival.value == 3


@given(raw=mutants())
def test_any_value_at_any_place_is_a_case_or_an_error_of_the_library(tmp_path_factory, raw):
    _built_or_refused(tmp_path_factory.getbasetemp() / "mutant.toml", raw)


@pytest.mark.long
@settings(max_examples=3_000, derandomize=False, suppress_health_check=[HealthCheck.data_too_large])
@given(raw=mutants())
def test_any_value_at_any_place_is_a_case_or_an_error_of_the_library_long(tmp_path_factory, raw):
    _built_or_refused(tmp_path_factory.getbasetemp() / "mutant.toml", raw)


@given(
    where=st.integers(0, 900),
    cut=st.integers(0, 8),
    put=st.one_of(
        st.binary(max_size=4), st.sampled_from([b'"', b"[", b"]]", b"=", b"\n", b"{", b"1e9"])
    ),
)
def test_any_bytes_at_any_place_are_a_case_or_an_error_of_the_library(
    tmp_path_factory, where, cut, put
):
    raw = document(CASE)
    path = tmp_path_factory.getbasetemp() / "bytes.toml"
    _built_or_refused(path, raw[:where] + put + raw[where + cut :])


# Each by name


@pytest.fixture
def refused(tmp_path):
    """Write a case, changed at its top; return what is said of it."""

    def said(variant=None, **changes):
        path = tmp_path / "case.toml"
        path.write_bytes(document({**CASE, **changes}))
        with pytest.raises(ReadError) as caught:
            scenarios.read(path, variant)
        assert str(caught.value).startswith(str(path))
        assert len(str(caught.value)) < 400 + len(str(path))
        return str(caught.value)

    return said


@pytest.mark.parametrize("name", [[], {}, None, 3, b"church", ("church",), "", "a\0b", "x" * 500])
def test_a_case_that_is_none_lists_those_that_are(name):
    with pytest.raises(InvalidValue, match=r"scenario is .*; it should be one of digg-netscape"):
        scenarios.load(name)


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("a\0b", InvalidValue, r"path is 'a\\x00b'; it should be a path without null"),
        ("~nosuchuser/x", ReadError, "there is no such file"),
        ("x" * 5000, ReadError, "File name too long"),
        (".", ReadError, "directory"),
        (3, InvalidType, "path is 3"),
        (None, InvalidType, "path is None"),
        ([], InvalidType, r"path is \[\]"),
    ],
)
def test_a_path_that_can_be_none_is_named(path, kind, said):
    with pytest.raises(kind, match=said):
        scenarios.read(path)


@pytest.mark.parametrize("variant", [[], 3, b"a", {}])
def test_a_variant_that_is_no_name_is_named(tmp_path, variant):
    path = tmp_path / "case.toml"
    path.write_bytes(document(CASE))
    with pytest.raises(InvalidType, match="variant is"):
        scenarios.read(path, variant)


def test_a_number_of_5000_digits_is_refused(tmp_path):
    path = tmp_path / "case.toml"
    path.write_bytes(document(CASE).replace(b'"share" = 0.5', b'"share" = ' + b"9" * 5000))
    with pytest.raises(ReadError, match=r"case\.toml: not TOML: .*digits"):
        scenarios.read(path)


@pytest.mark.parametrize("place", ["share", "title", "rival", "offers", "parameters", "facts"])
def test_a_number_that_cannot_be_shown_is_refused_wherever_it_stands(refused, place):
    refused("b", **{place: 1 << 20_000})
    refused("b", **{place: [1 << 20_000]})
    refused("b", **{place: {"x": 1 << 20_000}})


@pytest.mark.parametrize("value", [3, "text", {"text": "t"}, 1.5, True])
@pytest.mark.parametrize("key", ["facts", "assumptions"])
def test_facts_that_are_no_tables_are_refused_beside_variants_too(refused, key, value):
    assert f"{key}: should be tables, [[{key}]]" in refused("a", **{key: value})
    told = refused("a", variants={"a": {key: value}})
    assert f"variants.a.{key}: should be tables, [[variants.a.{key}]]" in told


def test_tables_in_tables_have_an_end(tmp_path):
    path = tmp_path / "case.toml"
    for deep in (f"x{'.a' * 5000} = 1\n", f"x = {'[' * 200}{']' * 200}\n", f"x = {'{a=' * 90}1"):
        path.write_text(f"{deep}{'}' * 90 if '{' in deep else ''}\ntitle = 'x'\n")
        with pytest.raises(ReadError, match=r"deeper than 12|not TOML"):
            scenarios.read(path)


def test_members_have_a_limit_one_by_one_and_in_all(refused):
    many = {"members": MOST_MEMBERS, "contribution": 1, "purpose": 1}
    one = {"members": 1, "contribution": 1, "purpose": 1}
    told = refused("a", community={**many, "members": MOST_MEMBERS + 1})
    assert "community.members: 10000001 should be at least 1 and at most 1e+07" in told
    half = {**many, "members": MOST_MEMBERS // 2 + 1}
    told = refused("a", community={"groups": [one, half, half]})
    assert "groups[2].members: 5000001 should be at least 1 and at most" in told


def test_parameters_of_a_law_beyond_floats_are_refused(refused):
    for law in (
        {"law": "truncated-power-law", "exponent": 1e308, "cutoff": 30},
        {"law": "truncated-power-law", "exponent": 1, "cutoff": 1e308},
    ):
        told = refused("a", community={"members": 3, "contribution": law})
        assert "it should be a number from 0 to 1e+300" in told


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "case.toml"
    path.write_bytes(b"#" * (2**24 + 1))
    with pytest.raises(ReadError, match="larger than 16 MiB"):
        scenarios.read(path)


# What decides between two


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"first": "market-first"}, InvalidType, "first is 'market-first'"),
        ({"second": None}, InvalidType, "second is None"),
        ({"second": mg.Rival()}, InvalidType, "second is .*; it should be a scenario"),
        ({"share": "x"}, InvalidType, "share is 'x'"),
        ({"share": float("nan")}, InvalidValue, "share is nan"),
        ({"share": 2}, InvalidValue, "share is 2"),
        ({"selection": "most"}, InvalidValue, "selection is 'most'; it should be one of least"),
        ({"selection": []}, InvalidValue, r"selection is \[\]"),
    ],
)
def test_what_decides_is_asked_of_two_cases(change, kind, said):
    case = scenarios.load("market-first")
    with pytest.raises(kind, match=said):
        scenarios.deciding(**{"first": case, "second": case, **change})
