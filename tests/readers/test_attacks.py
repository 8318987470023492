"""Files and repositories made to break a reader: an answer or a `ReadError`, never another one."""

from __future__ import annotations

import contextlib
import decimal
import os
import threading
import time
import tracemalloc
import warnings
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import missiongame as mg
from missiongame.errors import (
    InvalidType,
    InvalidValue,
    MissionGameError,
    ReadError,
    UndatedCommits,
)
from missiongame.readers import read_history
from missiongame.readers.csv_file import LONGEST_LINE
from missiongame.readers.git import LATEST
from missiongame.readers.identity import members_of

START = 1_600_000_000
MONTH = 2_629_800

# CSV files


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("a\0b", InvalidValue, r"path is 'a\\x00b'; it should be a path without null"),
        ("\ud800", ReadError, "a name that no file can have here"),
        ("x" * 5000, ReadError, "File name too long"),
        ("~nosuchuser/x", ReadError, "there is no such file"),
        (3, InvalidType, r"path is 3 \(int\); it should be the path of a file"),
        (None, InvalidType, "path is None"),
        (b"members.csv", InvalidType, "path is b'members.csv'"),
        ([], InvalidType, r"path is \[\]"),
    ],
)
def test_a_path_that_can_be_none_is_named(path, kind, said):
    with pytest.raises(kind, match=said):
        mg.Community.read_csv(path)


@pytest.mark.parametrize("separator", [b"", b",", b'"', b"\xc3\xa9"])
def test_a_line_without_an_end_takes_no_memory(csv_file, separator):
    path = csv_file(b"contribution\n" + (b"9" * 19 + separator) * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError, match=f"line 2: .*({LONGEST_LINE:,} characters|field limit)"):
            mg.Community.read_csv(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * LONGEST_LINE


def test_the_longest_line_is_read(csv_file):
    commas = "," * (LONGEST_LINE - len("contribution\n"))
    assert mg.Community.read_csv(csv_file(f"contribution{commas}\n1{commas}\n")).n == 1
    with pytest.raises(ReadError, match="line 1: longer than 1,000,000 characters"):
        mg.Community.read_csv(csv_file(f"contribution{commas},,\n1{commas},,\n"))


def test_a_cell_beyond_the_limit_of_csv_is_named_with_its_line(csv_file):
    with pytest.raises(ReadError, match="line 3: field larger than field limit"):
        mg.Community.read_csv(csv_file('contribution,x\n1,2\n3,"' + "x\n" * 200_000 + '"\n'))


def test_an_endless_device_is_refused():
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    with pytest.raises(ReadError, match="line 1: a null character; this is not a text file"):
        mg.Community.read_csv("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_read_like_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = b"name,contribution\n" + b"".join(b"m%d,1\n" % k for k in range(20_000))
    writer = threading.Thread(target=lambda: pipe.write_bytes(text))
    writer.start()
    assert mg.Community.read_csv(pipe).n == 20_000
    writer.join()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_or_directory_that_may_not_be_read_is_named(csv_file):
    path = csv_file("contribution\n1\n")
    path.chmod(0)
    with pytest.raises(ReadError, match="Permission denied"):
        mg.Community.read_csv(path)
    path.parent.chmod(0)
    try:
        with pytest.raises(ReadError, match="Permission denied"):
            mg.Community.read_csv(path)
        with pytest.raises(ReadError, match="no such directory"):
            mg.Community.from_git(path.parent / "repo")
    finally:
        path.parent.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_are_followed_and_rings_of_them_named(csv_file, tmp_path):
    (tmp_path / "link").symlink_to(csv_file("contribution\n1\n"))
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    assert mg.Community.read_csv(tmp_path / "link").n == 1
    with pytest.raises(ReadError, match="symbolic links"):
        mg.Community.read_csv(tmp_path / "ring")
    with pytest.raises(ReadError, match="no such directory"):
        mg.Community.from_git(tmp_path / "ring")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfec\x00\x00\xd8", "line 1: not UTF-16 text"),
        (b"\xff\xfec", "line 1: not UTF-16 text"),
        ("contribution\n1\n".encode("utf-32"), "null character"),
        (b"contribution,name\n1,A\n2,\xed\xa0\x80\n", "line 3: not UTF-8"),
        (b"contribution\n1\n\x00\n", "line 3: a null character"),
        ("\ufeff\ufeffcontribution\n1\n".encode(), "no column 'contribution'"),
        (b"contribution\n" + "١٢٣".encode(), "'١٢٣' is not a number"),
        (b"contribution\n1_000", "'1_000' is not a number"),
        (b"contribution\n0x10", "'0x10' is not a number"),
        (b"contribution\n1e999", "too large"),
        (b"contribution\nInfinity", "should be finite"),
        (b"contribution\n--1", "'--1' is not a number"),
        (b"contribution\n1" + b"0" * 999_000, r"line 2.*'10000.*…' is not a number|field limit"),
        (b"contribution,name\n1,'\n2,'\n", "already the name in line 2"),
        (b",".join(b"c%d" % k for k in range(50_000)), "its columns are 'c0', .* and 49,970 more"),
        (b",".join([b"contribution", *[b"x"] * 50_000]), "two columns are named 'x'"),
    ],
)
def test_a_hostile_table_is_refused_with_its_place_at_once(csv_file, raw, said):
    started = time.process_time()
    with pytest.raises(ReadError, match=said) as caught:
        mg.Community.read_csv(csv_file(raw))
    assert len(str(caught.value)) < 1000 + len(str(csv_file(raw)))
    assert time.process_time() - started < 30  # quadratic work would take minutes


_PIECES = (
    *("contribution", "name", "social", ",", ";", "\t", "|", '"', '""', "\n", "\r\n", "\r", "\0"),
    *("1", "-1", "1e999", "nan", "1,5", "1_0", "٣", "1" * 400, "1" * 5000),
    *("\ufeff", "Ann", "é", "=cmd", "\x1b[31m"),
)
pieces = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([*(text.encode() for text in _PIECES), b"\xff\xfe", b"\xe9", b"\xed\xa0\x80"]),
)
tables = st.lists(pieces, max_size=12).map(b"".join)


def _read_or_refused(path: Path, raw: bytes) -> None:
    for header in (b"", b"contribution\n", b"name;contribution;social\n"):
        path.write_bytes(header + raw)
        with contextlib.suppress(ReadError):
            assert mg.Community.read_csv(path).n >= 1


@given(raw=tables)
def test_any_bytes_are_a_community_or_a_read_error(tmp_path_factory, raw):
    _read_or_refused(tmp_path_factory.getbasetemp() / "any.csv", raw)


@pytest.mark.long
@settings(max_examples=4_000, derandomize=False)
@given(raw=tables)
def test_any_bytes_are_a_community_or_a_read_error_long(tmp_path_factory, raw):
    _read_or_refused(tmp_path_factory.getbasetemp() / "any.csv", raw)


# Data frames


class Frame(dict):
    @property
    def columns(self):
        return list(self)


odd = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.decimals(allow_nan=True),
    st.just(decimal.Decimal("sNaN")),
    st.just(10**5000),
    st.complex_numbers(),
    st.dates(),
    st.fractions(),
    st.lists(st.integers(), max_size=2),
    st.just({}),
    st.just(np.arange(2)),
    st.just(np.float32("nan")),
    st.just(object),
)
frames = st.dictionaries(
    st.one_of(
        st.sampled_from(["contribution", "Contribution", "name", "social", "x"]), st.integers()
    ),
    st.one_of(st.lists(odd, max_size=3), odd),
    max_size=3,
)


def _frame_read_or_refused(columns: dict) -> None:
    for given_columns in (columns, {"contribution": [1, 2], **columns}):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy's, of ragged lists
            with contextlib.suppress(MissionGameError):
                mg.Community.from_frame(Frame(given_columns))


@given(frames)
def test_any_frame_is_a_community_or_an_error_of_the_library(columns):
    _frame_read_or_refused(columns)


@pytest.mark.long
@settings(max_examples=5_000, derandomize=False)
@given(frames)
def test_any_frame_is_a_community_or_an_error_of_the_library_long(columns):
    _frame_read_or_refused(columns)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (Frame(contribution=[1, 2], social=[1]), "columns of different lengths"),
        (Frame(contribution=np.ones((2, 2))), "column 'contribution': not one value a member"),
        (Frame(contribution=3), "not one value a member"),
        (Frame(contribution=[decimal.Decimal("sNaN")]), "not a finite number"),
        (Frame(contribution=[-(10**5000)]), "an int without a short form is negative"),
    ],
)
def test_a_frame_of_no_columns_of_numbers_is_named(frame, said):
    with pytest.raises(MissionGameError, match=said):
        mg.Community.from_frame(frame)


def test_columns_that_are_no_list_are_named():
    class Odd(dict):
        columns = 3

    with pytest.raises(InvalidType, match=r"frame.columns is 3 \(int\)"):
        mg.Community.from_frame(Odd())


# The dates of a repository


@pytest.mark.parametrize(
    "when",
    [
        "-5 +0000",
        "",
        "abc",
        "1e9 +0000",
        f"{LATEST + 1} +0000",
        "18446744073709551615 +0000",
        f"{2**63} +0000",
        "9" * 400,
        None,
    ],
)
def test_a_commit_whose_date_is_none_is_left_out_and_said(repo, when):
    first = repo.raw(b"Ann <a@x> 1 +0000", f"A <a@x> {START} +0000".encode())
    committer = None if when is None else f"A <a@x> {when}".encode()
    repo.raw(b"Bob <b@x> 1 +0000", committer, first)
    with pytest.warns(UndatedCommits, match="1 commit whose date is none is left out"):
        town = mg.Community.from_git(repo.path)
    assert town.names == ("Ann",)
    assert town.contribution.tolist() == [1]
    history = read_history(repo.path, since="2000-01-01", until="2030-01-01")
    assert (history.commits, history.undated) == (1, 1)


def test_where_no_commit_has_a_date_it_is_an_error(repo):
    repo.raw(b"Bob <b@x> 1 +0000", b"A <a@x> -5 +0000")
    with pytest.raises(ReadError, match="no commit has a legal date"):
        mg.Community.from_git(repo.path)


@pytest.mark.parametrize("when", [0, LATEST])
def test_the_first_and_the_last_second_of_the_calendar_are_dates(repo, when):
    repo.raw(b"Bob <b@x> 1 +0000", f"A <a@x> {when} +0000".encode())
    history = read_history(repo.path)
    assert (
        history.since == history.until == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=when)
    )
    with pytest.raises(ReadError, match=f"run from {history.since:%Y-%m-%d}"):
        mg.Community.from_git(repo.path, since="2000-01-01", until="2000-02-01")


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("0001-01-01", "9999-12-31"),
        (date.min, date.max),
        (datetime.min, datetime.max),
        ("2000-01-01", "9999-12-31T23:59:59.999999"),
        ("2000-01-01", "9999-12-31T23:59:59+00:00"),
    ],
)
def test_a_window_may_be_the_whole_calendar(repo, since, until):
    repo.commit("Ann", "a@x", START)
    history = read_history(repo.path, since=since, until=until)
    assert history.commits == 1
    assert history.until.year == 9999
    assert 0 < mg.Community.from_columns(history.columns).contribution[0] < 0.01


def test_a_window_ends_exactly_where_it_is_said_to(repo):
    """A microsecond after the last second of the calendar is no float of its own."""
    repo.raw(b"Bob <b@x> 1 +0000", f"B <b@x> {LATEST} +0000".encode())
    last = datetime.max.replace(microsecond=0)
    after = last.replace(microsecond=1)
    assert read_history(repo.path, since="2000-01-01", until=after).commits == 1
    for options in ({"until": last}, {"since": after}):
        with pytest.raises(ReadError, match="no commits in the window"):
            read_history(repo.path, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"since": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))},
        {"until": "9999-12-31T23:59:59-14:00"},
        {"until": "99999-12-31"},
        {"since": "2024-01-01\0"},
        {"since": ""},
        {"since": "１９９９-01-01x"},
    ],
)
def test_an_end_outside_of_the_calendar_is_named(repo, options):
    repo.commit("Ann", "a@x", START)
    (argument,) = options
    with pytest.raises(InvalidValue, match=f"{argument} is .*; it should be a date"):
        mg.Community.from_git(repo.path, **options)


def test_a_missing_date_of_pandas_is_no_date(repo):
    pandas = pytest.importorskip("pandas", reason="pandas is an optional extra")
    repo.commit("Ann", "a@x", START)
    with pytest.raises(InvalidValue, match="since is 'NaT'"):
        mg.Community.from_git(repo.path, since=pandas.NaT)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no time zones to set here")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Istanbul"])
def test_a_day_is_a_day_of_utc_wherever_one_is(repo, monkeypatch, zone):
    repo.commit("Ann", "a@x", int(datetime(2024, 1, 2, tzinfo=UTC).timestamp()))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        history = read_history(repo.path, since="2024-01-02", until=date(2024, 1, 3))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert history.since == datetime(2024, 1, 2, tzinfo=UTC)
    assert history.commits == 1


# Its authors


def test_a_commit_without_an_author_is_nobodys(repo):
    when = f"A <a@x> {START} +0000".encode()
    first = repo.raw(None, when)
    second = repo.raw(b"", when, first)
    repo.raw(b"no address 1 +0000", when, second)
    town = mg.Community.from_git(repo.path)
    assert town.names == ("(no name)",)
    assert town.columns["commits"].tolist() == [3]


def test_two_names_in_latin_1_are_two_people(repo):
    when = f"A <a@x> {START} +0000".encode()
    first = repo.raw(b"J\xf6rg <joerg@x> 1 +0000", when)
    second = repo.raw(b"J\xe4rg <jaerg@x> 1 +0000", when, first)
    repo.raw("J\ufffdrg <other@x> 1 +0000".encode(), when, second)
    town = mg.Community.from_git(repo.path)
    assert town.names == ("J\ufffdrg", "J\ufffdrg (2)", "J\ufffdrg (3)")


def test_an_address_still_joins_names_in_an_unknown_encoding():
    commits = {("J\udcf6rg", "j@x"): 1, ("Jörg", "J@X"): 2, ("J\udcf6rg", "j\udcff@x"): 4}
    assert [(m.name, m.commits) for m in members_of(commits)] == [("J\ufffdrg", 4), ("Jörg", 3)]


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["J\udcf6rg", "J\udce4rg", "J\ufffdrg", "Ann", ""]),
            st.sampled_from(["a@x", "\udcff", "\udcfe", "none@none", ""]),
        ),
        st.integers(1, 9),
        min_size=1,
    )
)
def test_what_is_not_decoded_joins_nobody(commits):
    """Those who share a member share a decoded name or address with another of it."""
    for member in members_of(commits):
        for name, email in member.authors:
            others = [a for a in member.authors if a != (name, email)]
            assert not others or any(
                (name == other[0] == "Ann") or (email == other[1] == "a@x") for other in others
            )


# Where it is, and what is in it


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("~nosuchuser/x", ReadError, "~nosuchuser/x: no such directory"),
        ("a\0b", InvalidValue, "without null characters"),
        ("x" * 5000, ReadError, "no such directory"),
        (3, InvalidType, "path is 3"),
        (b"repo", InvalidType, "path is b'repo'"),
    ],
)
def test_a_place_that_can_be_no_repository_is_named(path, kind, said):
    with pytest.raises(kind, match=said):
        mg.Community.from_git(path)


@pytest.mark.parametrize("name", ["a b\n", "-c", "é中", "'\"$(touch x)`"])
def test_a_repository_may_be_named_anything(repo, tmp_path, monkeypatch, name):
    repo.commit("Ann", "a@x")
    try:
        repo.path.rename(tmp_path / name)
    except UnicodeEncodeError:
        pytest.skip("file names are ASCII in this locale")
    monkeypatch.chdir(tmp_path)
    assert mg.Community.from_git(name).names == ("Ann",)
    assert mg.Community.from_git(tmp_path / name).names == ("Ann",)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_repository_may_be_named_in_bytes_that_are_no_text(repo, tmp_path):
    repo.commit("Ann", "a@x")
    try:
        moved = repo.path.rename(tmp_path / os.fsdecode(b"r\xff"))
    except OSError:
        pytest.skip("this file system takes text only")
    assert mg.Community.from_git(moved).names == ("Ann",)


def test_linked_work_trees_and_submodules_are_repositories(repo, tmp_path):
    repo.commit("Ann", "a@x")
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    assert mg.Community.from_git(tmp_path / "linked").names == ("Ann",)
    (tmp_path / "soft").symlink_to(repo.path)
    assert mg.Community.from_git(tmp_path / "soft").names == ("Ann",)
    outer = type(repo)(tmp_path / "outer")
    outer.commit("Bob", "b@x")
    allowed = ("-c", "protocol.file.allow=always")
    outer.git(*allowed, "submodule", "--quiet", "add", str(repo.path), "inner")
    assert mg.Community.from_git(outer.path / "inner").names == ("Ann",)
    assert mg.Community.from_git(outer.path).names == ("Bob",)


def test_grafts_and_replacements_in_a_ring_end(repo):
    repo.commit("Ann", "a@x", START)
    repo.commit("Bob", "b@x", START + MONTH)
    newer, older = repo.git("log", "--format=%H").split()
    (repo.path / ".git" / "info").mkdir(exist_ok=True)
    (repo.path / ".git" / "info" / "grafts").write_text(f"{older} {newer}\n")
    assert sorted(mg.Community.from_git(repo.path).names) == ["Ann", "Bob"]


def test_a_mailmap_in_a_ring_ends(repo):
    (repo.path / ".mailmap").write_text("B <b@x> A <a@x>\nA <a@x> B <b@x>\n<\n\0\nx" * 50)
    repo.commit("A", "a@x")
    repo.commit("B", "b@x")
    assert mg.Community.from_git(repo.path).columns["commits"].sum() == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_mailmap_that_never_ends_is_refused(repo):
    repo.commit("Ann", "a@x")
    os.mkfifo(repo.path / ".mailmap")
    with pytest.raises(ReadError, match="mailmap: not a file"):
        mg.Community.from_git(repo.path)
    (repo.path / ".mailmap").unlink()


def test_a_mailmap_of_the_user_does_not_count(repo, tmp_path):
    repo.commit("Ann", "a@x")
    (tmp_path / "mine").write_text("Eve <e@x> Ann <a@x>\n")
    repo.git("config", "mailmap.file", str(tmp_path / "mine"))
    assert mg.Community.from_git(repo.path).names == ("Ann",)


@pytest.mark.parametrize("damage", ["HEAD", "objects", "config", "tag", "loop"])
def test_a_damaged_repository_is_an_error(repo, damage):
    repo.commit("Ann", "a@x")
    git = repo.path / ".git"
    if damage == "HEAD":
        (git / "HEAD").write_text("ref: refs/heads/\0\n")
    elif damage == "objects":
        repo.raw(b"Bob <b@x> 1 +0000", f"B <b@x> {START} +0000".encode(), "1" * 40)
    elif damage == "config":
        (git / "config").write_text("[core\nx")
    elif damage == "tag":
        (git / "HEAD").write_text(repo.git("rev-parse", "HEAD^{tree}"))
    else:
        (git / "refs" / "heads" / "main").write_text("ref: refs/heads/main\n")
    with pytest.raises(ReadError, match=str(repo.path)):
        mg.Community.from_git(repo.path)


def test_nothing_of_a_hostile_repository_runs(repo, tmp_path, monkeypatch):
    """Every setting that names a program names one that leaves a mark."""
    repo.commit("Ann", "a@x")
    mark, script = tmp_path / "ran", tmp_path / "script"
    script.write_text(f"#!/bin/sh\necho $0 $@ >> {mark}\n")
    script.chmod(0o755)
    for name in (
        *("core.fsmonitor", "core.pager", "pager.log", "core.editor", "core.sshCommand"),
        *("core.askPass", "core.alternateRefsCommand", "core.gitProxy", "diff.external"),
        *("diff.x.textconv", "diff.x.command", "filter.x.smudge", "filter.x.clean"),
        *("filter.x.process", "gpg.program", "gpg.ssh.program", "credential.helper"),
        *("interactive.diffFilter", "uploadpack.packObjectsHook", "remote.origin.uploadpack"),
        *("remote.origin.vcs", "sequence.editor", "merge.x.driver", "trailer.x.command"),
    ):
        repo.git("config", name, str(script))
    for name, value in (
        *(("alias.log", f"!{script}"), ("alias.rev-parse", f"!{script}")),
        *(("core.hooksPath", str(tmp_path / "hooks")), ("log.showSignature", "true")),
        *(("log.diffMerges", "first-parent"), ("log.follow", "true"), ("diff.trustExitCode", "1")),
        *(("remote.origin.url", f"ext::{script} x"), ("protocol.ext.allow", "always")),
        *(("remote.origin.promisor", "true"), ("extensions.partialClone", "origin")),
        *(("core.repositoryFormatVersion", "1"), ("protocol.allow", "always")),
    ):
        repo.git("config", name, value)
    (tmp_path / "hooks").mkdir()
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (tmp_path / "hooks" / hook).symlink_to(script)
    (repo.path / ".gitattributes").write_text("* diff=x filter=x merge=x\n")
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_PROXY"):
        monkeypatch.setenv(name, str(script))
    monkeypatch.setenv("PAGER", str(script))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(script))
    assert mg.Community.from_git(repo.path).names == ("Ann",)
    head = repo.git("rev-parse", "HEAD").strip()
    # A parent that is not there, which a partial clone would fetch from its remote.
    repo.raw(b"Bob <b@x> 1 +0000", f"B <b@x> {START} +0000".encode(), head, "1" * 40)
    with pytest.raises(ReadError):
        mg.Community.from_git(repo.path)
    assert not mark.exists()


def test_without_git_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="git is not installed"):
        mg.Community.from_git(tmp_path)
    (tmp_path / "git").write_text("no program")
    if os.name == "posix":
        with pytest.raises(ReadError, match=r"git (is not installed|cannot be run)"):
            mg.Community.from_git(tmp_path)


idents = st.one_of(
    st.none(),
    st.binary(max_size=30).filter(lambda b: b"\n" not in b),
    st.builds(
        lambda name, email, when, zone: b"%s <%s> %s %s" % (name, email, when, zone),
        st.one_of(
            st.binary(max_size=6), st.sampled_from([b"Ann", b"J\xf6rg", b"%aN", b"\x1b[31m"])
        ),
        st.one_of(st.binary(max_size=6), st.sampled_from([b"a@x", b"", b"%aE", b"none@none"])),
        st.one_of(
            st.sampled_from([b"", b"-1", b"abc", b"9" * 30, b"1600000000", b"0"]),
            st.integers(0, 2**64).map(lambda k: b"%d" % k),
        ),
        st.sampled_from([b"+0000", b"-9999", b"+999999", b""]),
    ).filter(lambda b: b"\n" not in b),
)
histories = st.lists(st.tuples(idents, idents), min_size=1, max_size=3)


def _history_read_or_refused(repo, history) -> None:
    parents: tuple[str, ...] = ()
    for author, committer in history:
        parents = (repo.raw(author, committer, *parents),)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndatedCommits)
        with contextlib.suppress(ReadError):
            town = mg.Community.from_git(repo.path)
            assert 1 <= town.columns["commits"].sum() <= len(history)
            assert all(name.isprintable() or max(name) >= "\u200f" for name in town.names)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_any_history_is_a_community_or_a_read_error(repo, history):
    _history_read_or_refused(repo, history)


@pytest.mark.long
@settings(
    max_examples=300, derandomize=False, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories)
def test_any_history_is_a_community_or_a_read_error_long(repo, history):
    _history_read_or_refused(repo, history)
