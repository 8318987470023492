"""Files are read within a limit, and written whole or not at all."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from missiongame import files
from missiongame.errors import InvalidType, InvalidValue, ReadError
from missiongame.files import check_output, checked_path, read_text, write_whole

as_user = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
with_links = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links or pipes here")


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "out.csv"
    for data in (b"old", b"new", b""):
        write_whole(path, data, "csv")
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, "No space left on device"), None])
def test_the_old_file_stays_where_writing_fails_or_is_interrupted(tmp_path, monkeypatch, stop):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def fails(_):
        raise stop or KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", fails)
    with pytest.raises(InvalidValue if stop else KeyboardInterrupt) as caught:
        write_whole(path, b"new", "csv")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    if stop:
        said = f"csv: {path} cannot be written: No space left on device"
        assert str(caught.value) == said


def test_no_reader_ever_sees_a_part_of_it(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    seen = []
    monkeypatch.setattr(files.os, "fsync", lambda _: seen.append(path.read_bytes()))
    write_whole(path, b"new", "csv")
    assert seen == [b"old"]


@with_links
def test_a_link_keeps_pointing_and_a_file_keeps_its_permissions(tmp_path):
    (tmp_path / "deep").mkdir()
    target, link = tmp_path / "deep" / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to("deep/target")
    write_whole(link, b"new", "csv")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@with_links
def test_a_new_file_has_the_permissions_that_any_new_file_has(tmp_path):
    usual, made = tmp_path / "usual", tmp_path / "made"
    usual.write_bytes(b"")
    write_whole(made, b"", "csv")
    assert made.stat().st_mode == usual.stat().st_mode


@with_links
def test_a_pipe_is_written_to_as_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"data", "csv")
    reader.join()
    assert got == [b"data"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_is_named_and_stays_a_device():
    with pytest.raises(InvalidValue, match="csv: /dev/full cannot be written: No space left"):
        write_whole(Path("/dev/full"), b"data", "csv")
    assert Path("/dev/full").is_char_device()


@as_user
def test_a_file_or_directory_that_may_not_be_written_is_named(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(InvalidValue, match="read-only"):
        write_whole(path, b"new", "csv")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(InvalidValue, match="Permission denied"):
            write_whole(tmp_path / "other", b"new", "csv")
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == b"old"


@with_links
def test_an_output_over_an_input_is_refused_by_whatever_name(tmp_path, monkeypatch):
    source = tmp_path / "members.csv"
    source.write_text("contribution\n1\n")
    (tmp_path / "soft").symlink_to(source)
    (tmp_path / "hard").hardlink_to(source)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("members.csv", "soft", "hard", "sub/../members.csv", str(source)):
        with pytest.raises(InvalidValue, match="another file than what is read"):
            check_output(name, "csv", [source])
    assert check_output("other.csv", "csv", [source]) == Path("other.csv")


def test_what_is_no_place_for_a_file_is_named(tmp_path):
    for path, said in (
        (tmp_path, "not a directory"),
        (tmp_path / "no" / "x", "in a directory that exists"),
        ("a\0b", "without null characters"),
        ("~nosuchuser/x", "in a directory that exists"),
        ("x" * 5000 + "/x", "in a directory that exists"),
    ):
        with pytest.raises(InvalidValue, match=said):
            check_output(path, "csv")
    with pytest.raises(InvalidValue, match="File name too long"):
        write_whole(tmp_path / ("x" * 300), b"", "csv")
    for path in (3, None, b"x", ["x"]):
        with pytest.raises(InvalidType, match=r"csv is .*; it should be the path of a file"):
            checked_path(path, "csv")


def test_text_is_read_up_to_a_limit(tmp_path, monkeypatch):
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xef\xbb\xbftitle\n")
    assert read_text(path) == "title\n"
    monkeypatch.setattr(files, "LARGEST_TEXT", 5)
    with pytest.raises(ReadError, match="larger than 0 MiB"):
        read_text(path)


def test_an_endless_file_is_refused():
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    with pytest.raises(ReadError, match="larger than 16 MiB"):
        read_text(Path("/dev/zero"))
