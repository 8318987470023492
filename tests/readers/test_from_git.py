import subprocess
from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

import missiongame as mg
from missiongame.errors import InvalidType, InvalidValue, ReadError, ShallowHistory
from missiongame.readers import read_history
from missiongame.readers.identity import PLACEHOLDERS, clean, is_bot, members_of

MONTH = 2_629_800
START = 1_600_000_000


def _commits(town):
    return dict(zip(town.names, town.columns["commits"].tolist(), strict=True))


def test_contribution_is_commits_a_month_over_the_window(repo):
    for k in range(5):
        repo.commit("Ann", "ann@x", START + k * MONTH)
    repo.commit("Bob", "bob@x", START + 4 * MONTH)
    town = mg.Community.from_git(repo.path)
    assert town.names == ("Ann", "Bob")
    assert town.contribution.tolist() == [5 / 4, 1 / 4]
    assert town.purpose is None


def test_given_ends_make_the_window_whatever_the_commits(repo):
    repo.commit("Ann", "ann@x", START)
    since = datetime.fromtimestamp(START, UTC)
    until = since + timedelta(seconds=MONTH / 2)
    assert mg.Community.from_git(repo.path, since=since, until=until).contribution.tolist() == [2]


def test_one_commit_is_one_a_month_not_infinitely_many(repo):
    repo.commit("Ann", "ann@x")
    assert mg.Community.from_git(repo.path).contribution.tolist() == [1]


def test_an_hours_work_is_no_monthly_rate(repo):
    for k in range(3):
        repo.commit("Ann", "ann@x", START + 600 * k)
    assert mg.Community.from_git(repo.path).contribution.tolist() == [3]


def test_since_is_included_and_until_is_not(repo):
    for day in (1, 2, 3):
        when = datetime(2024, 1, day, tzinfo=UTC)
        repo.commit(f"day {day}", f"{day}@x", int(when.timestamp()))
    town = mg.Community.from_git(repo.path, since="2024-01-02", until=date(2024, 1, 3))
    assert town.names == ("day 2",)
    later = mg.Community.from_git(repo.path, since=datetime(2024, 1, 2, 0, 0, 1))
    assert later.names == ("day 3",)


def test_who_shares_a_name_or_an_address_is_one_member_along_chains(repo):
    for name, email in [
        ("Ann", "a@x"),
        ("Ann", "a@y"),
        ("A. Lee", "A@Y"),
        ("a.  lee", "lee@z"),
        ("Bob", "b@x"),
    ]:
        repo.commit(name, email)
    assert _commits(mg.Community.from_git(repo.path)) == {"Ann": 4, "Bob": 1}


def test_mailmap_comes_first(repo):
    (repo.path / ".mailmap").write_text("Ann Lee <ann@x> Old Name <old@x>\n")
    repo.git("add", ".mailmap")
    repo.commit("Ann Lee", "ann@x")
    repo.commit("Old Name", "old@x")
    assert _commits(mg.Community.from_git(repo.path)) == {"Ann Lee": 2}


def test_addresses_that_tools_fill_in_connect_nobody(repo):
    repo.commit("Ann", "none@none")
    repo.commit("Bob", "none@none")
    assert mg.Community.from_git(repo.path).n == 2


def test_merges_count(repo):
    repo.commit("Ann", "ann@x", START)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Bob", "bob@x", START)
    repo.git("checkout", "-q", "main")
    repo.commit("Ann", "ann@x", START)
    head = repo.git("rev-parse", "HEAD", "side").split()
    tree = repo.git("rev-parse", "HEAD^{tree}").strip()
    merge = repo.git(
        *("commit-tree", tree, "-p", head[0], "-p", head[1], "-m", "merge"),
        GIT_AUTHOR_NAME="Cy",
        GIT_AUTHOR_EMAIL="cy@x",
        GIT_AUTHOR_DATE=f"@{START} +0000",
        GIT_COMMITTER_NAME="Cy",
        GIT_COMMITTER_EMAIL="cy@x",
        GIT_COMMITTER_DATE=f"@{START} +0000",
    ).strip()
    repo.git("reset", "-q", "--hard", merge)
    assert _commits(mg.Community.from_git(repo.path)) == {"Ann": 2, "Bob": 1, "Cy": 1}


def test_programs_are_kept_unless_excluded(repo):
    repo.commit("Ann", "ann@x")
    repo.commit("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
    repo.commit("Renovate Bot", "renovate@x")
    town = mg.Community.from_git(repo.path)
    assert town.n == 3
    assert dict(zip(town.names, town.columns["bot"].tolist(), strict=True)) == {
        "Ann": 0,
        "dependabot[bot]": 1,
        "Renovate Bot": 1,
    }
    assert mg.Community.from_git(repo.path, bots=False).names == ("Ann",)
    assert read_history(repo.path, bots=False).bots_left_out == 2


def test_only_programs_left_is_an_error_that_says_so(repo):
    repo.commit("dependabot[bot]", "d@x")
    with pytest.raises(ReadError, match="every commit in the window is a program's"):
        mg.Community.from_git(repo.path, bots=False)


@pytest.mark.parametrize(
    ("name", "bot"),
    [
        ("github-actions[bot]", True),
        ("github-actions", True),
        ("renovate-bot", True),
        ("The Grand Robot", True),
        ("pre-commit-ci", True),
        ("Abbot", False),
        ("Robert Bottle", False),
        ("Dependable Ann", False),
        ("Jo Talbot", False),
    ],
)
def test_programs_are_told_from_people(name, bot):
    assert is_bot((name, "x@y")) is bot


def test_odd_names_are_shown_in_one_line(repo):
    repo.commit("Zoe\u0308\tdu \u4e2d\u6587", "zoe@x")
    repo.commit("Zo\u00eb du \u4e2d\u6587", "other@x")
    repo.commit("-n --output=x $(id)", "dash@x")
    town = mg.Community.from_git(repo.path)
    assert _commits(town) == {"Zoë du 中文": 2, "-n --output=x $(id)": 1}


def test_bytes_that_are_no_unicode_are_read(repo):
    repo.commit("Ann", "ann@x")
    raw = repo.git("cat-file", "commit", "HEAD").encode().replace(b"Ann", b"J\xf6rg")
    made = subprocess.run(
        [
            "git",
            "-C",
            str(repo.path),
            "hash-object",
            "-t",
            "commit",
            "-w",
            "--stdin",
            "--literally",
        ],
        input=raw,
        capture_output=True,
        check=True,
    )
    repo.git("reset", "-q", "--hard", made.stdout.decode().strip())
    (name,) = mg.Community.from_git(repo.path).names
    assert name.startswith("J")
    assert name.endswith("rg")


def test_only_the_current_branch_counts(repo):
    repo.commit("Ann", "ann@x")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Bob", "bob@x")
    repo.git("checkout", "-q", "main")
    assert mg.Community.from_git(repo.path).names == ("Ann",)


def test_a_bare_repository_and_a_git_directory_are_repositories(repo, tmp_path):
    repo.commit("Ann", "ann@x")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    assert mg.Community.from_git(tmp_path / "bare").names == ("Ann",)
    assert mg.Community.from_git(repo.path / ".git").names == ("Ann",)


def test_a_shallow_clone_is_noted(repo, tmp_path):
    repo.commit("Ann", "ann@x", START)
    repo.commit("Bob", "bob@x", START + MONTH)
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(shallow))
    with pytest.warns(ShallowHistory, match="work older than 2020-10-13 is missing"):
        town = mg.Community.from_git(shallow)
    assert town.names == ("Bob",)


def test_settings_of_the_repository_and_the_user_change_nothing(repo, monkeypatch, tmp_path):
    repo.commit("Ann", "ann@x")
    for name, value in [
        ("log.showSignature", "true"),
        ("log.follow", "true"),
        ("format.pretty", "fuller"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("log.date", "iso"),
        ("i18n.logOutputEncoding", "latin1"),
        ("log.decorate", "full"),
        ("alias.log", "!false"),
    ]:
        repo.git("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_TRACE", "1")
    assert _commits(mg.Community.from_git(repo.path)) == {"Ann": 1}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("none", "no such directory"),
        ("file", "not a directory"),
        ("empty", "not a git repository"),
        ("repo", "no commits on its current branch"),
        ("repo/inside", "a directory inside the repository .*repo; give that one"),
        ("--help", "no such directory"),
    ],
)
def test_what_is_no_readable_repository_is_named(repo, tmp_path, monkeypatch, path, said):
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (repo.path / "inside").mkdir()
    monkeypatch.chdir(tmp_path)
    for given_path in (path, tmp_path / path):
        with pytest.raises(ReadError, match=said):
            mg.Community.from_git(given_path)


def test_a_directory_that_looks_like_an_option_is_a_directory(repo, tmp_path, monkeypatch):
    repo.commit("Ann", "ann@x")
    repo.path.rename(tmp_path / "--upload-pack=x")
    monkeypatch.chdir(tmp_path)
    assert mg.Community.from_git("--upload-pack=x").names == ("Ann",)


def test_a_window_without_commits_says_when_there_are_some(repo):
    repo.commit("Ann", "ann@x", START)
    with pytest.raises(ReadError, match="they run from 2020-09-13 to 2020-09-13"):
        mg.Community.from_git(repo.path, since="2021-01-01")


@pytest.mark.parametrize(
    ("options", "kind", "said"),
    [
        ({"since": "yesterday"}, InvalidValue, "since is 'yesterday'; it should be a date"),
        ({"until": 2024}, InvalidType, "until is 2024"),
        ({"since": "2024-02-01", "until": "2024-02-01"}, InvalidValue, "until .*after since"),
        ({"bots": "no"}, InvalidType, "bots is 'no'"),
        ({"purpos": 1}, InvalidType, "'purpos'.*one of purpose"),
        ({"social": -1}, InvalidValue, "social is -1"),
    ],
)
def test_options_that_mean_nothing_are_refused(repo, options, kind, said):
    repo.commit("Ann", "ann@x")
    with pytest.raises(kind, match=said):
        mg.Community.from_git(repo.path, **options)


def test_what_is_worth_what_comes_from_arguments(repo):
    repo.commit("Ann", "ann@x")
    town = mg.Community.from_git(repo.path, purpose=3, social=2, mission=2)
    assert (town.purpose[0], town.social[0], town.mission) == (3, 2, 2)


names = st.sampled_from(["Ann", "ANN ", "Bob", "Cy", "", "D"])
addresses = st.sampled_from(["a@x", "A@X", "b@x", "c@x", "", "none@none"])


@given(st.dictionaries(st.tuples(names, addresses), st.integers(1, 9), min_size=1))
def test_members_are_the_classes_of_sharing_a_name_or_an_address(commits):
    """Against the closure by repeated merging."""

    def alike(a, b):
        same_name = clean(a[0]).casefold() == clean(b[0]).casefold() != ""
        same_address = a[1].casefold() == b[1].casefold()
        usable = a[1].casefold() not in PLACEHOLDERS
        nameless = not clean(a[0]) and not clean(b[0]) and same_address
        return same_name or (same_address and usable) or nameless

    classes = [{author} for author in commits]
    merged = True
    while merged:
        merged = False
        for one in classes:
            for other in classes:
                if one is not other and any(alike(a, b) for a in one for b in other):
                    one |= other
                    classes.remove(other)
                    merged = True
                    break
            if merged:
                break
    members = members_of(commits)
    assert {frozenset(m.authors) for m in members} == {frozenset(c) for c in classes}
    assert sum(m.commits for m in members) == sum(commits.values())
    assert len({m.name for m in members}) == len(members)
    assert all(m.name for m in members)


# What the project is called


@pytest.fixture
def called(repo, tmp_path):
    """Return what a repository is called that lies there, with this origin."""
    repo.commit("Ann", "a@x")

    def name(place: str, origin: str | None = None, bare: bool = False) -> str:
        path = tmp_path / "at" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        repo.git("clone", "-q", *(["--bare"] if bare else []), ".", str(path))
        if origin is None:
            repo.git("-C", str(path), "remote", "remove", "origin")
        else:
            repo.git("-C", str(path), "config", "remote.origin.url", origin)
        return read_history(path).project

    return name


@pytest.mark.parametrize(
    ("place", "origin", "said"),
    [
        ("httpd", None, "httpd"),
        ("httpd", "https://github.com/apache/other.git", "httpd"),
        ("x/repo", "https://github.com/apache/httpd.git", "httpd"),
        ("x/Main", "git@github.com:apache/httpd.git/", "httpd"),
        ("x/src", "C:\\code\\httpd", "httpd"),
        ("x/trunk", "https://ann:secret@example.org", "x"),
        ("apache+httpd/repo", None, "httpd"),
        ("apache+httpd/repo", "/srv/git/repo", "httpd"),
        ("notepad++/master", None, "notepad++"),
        ("notepad++", None, "notepad++"),
        ("a+b", None, "a+b"),
        ("x/git/repo.git", None, "x"),
    ],
)
def test_a_work_tree_is_called_as_its_folder_where_that_is_a_name(called, place, origin, said):
    assert called(place, origin) == said


@pytest.mark.parametrize(
    ("place", "origin", "said"),
    [
        ("httpd.git", None, "httpd"),
        ("mirror.git", "https://github.com/apache/httpd.git", "httpd"),
        ("apache+httpd/repo", None, "httpd"),
        ("x/repo.git", None, "x"),
    ],
)
def test_a_bare_mirror_is_called_as_what_it_mirrors(called, place, origin, said):
    assert called(place, origin, bare=True) == said
