"""`missiongame raid` from the outside: what it prints, what it writes, how it refuses."""

import json
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import missiongame as mg
from missiongame import offers, scenarios
from missiongame.cli import app, main
from missiongame.cli.raid.page import _by_nashpy

WIDTH = 80


@pytest.fixture
def raid():
    def run(*arguments):
        result = CliRunner().invoke(app, ["raid", *map(str, arguments)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def answer(raid):
    return lambda *arguments: json.loads(raid(*arguments, "--json"))


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("name,contribution\nAnn,6\nBob,3\nCy,1\n")
    return path


@pytest.fixture
def fails(capsys, monkeypatch):
    """Run the command as a shell does; return the one line that says what is wrong."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["missiongame", "raid", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert caught.value.code == 2
        assert out == ""
        return err

    return run


# The default: Digg against Netscape


@pytest.fixture(scope="module")
def digg():
    result = CliRunner().invoke(app, ["raid", "--json"], catch_exceptions=False)
    return json.loads(result.stdout)


def test_without_a_source_it_is_digg_against_netscape(digg):
    assert digg["scenario"] == "digg-netscape"
    assert digg["community"]["members"] == 2287
    shares = {row["largest"]: row["share"] for row in digg["community"]["top_shares"]}
    assert shares[10] == pytest.approx(0.298)
    assert digg["offer"]["text"] == "$1,000 a month to the top 20"
    assert digg["offer"]["cost_if_all_accept"] == 20_000


def test_where_purpose_is_unknown_it_says_what_it_would_have_to_be(digg):
    assert digg["purpose_known"] is False
    assert digg["threshold"]["offer"] == digg["threshold"]["offer_for_certain"] == 1000
    assert digg["threshold"]["budget"] == 5000
    assert "more than $1,000 a month to each of the 20 whom it pays" in digg["verdict"]
    assert "less than $5,000 a month to each of those 4" in digg["verdict"]
    assert [case["worth"] for case in digg["cases"]] == [500, 900, 1100, 4500, 5500]
    for case in digg["cases"]:
        assert case["least"]["headcount"] == (20 if case["worth"] < 1000 else 0)
        assert (case["best_raid"]["share_at_least"] >= 0.2) == (case["worth"] < 5000)


def test_every_assumption_and_fact_of_the_case_is_in_the_document(digg):
    case = scenarios.load("digg-netscape")
    assert [a["text"] for a in digg["assumptions"]] == [a.text for a in case.assumptions]
    assert [f["source"] for f in digg["facts"]] == [f.source for f in case.facts]


def test_a_given_purpose_settles_it(raid):
    page = raid("--purpose", 1500)
    assert "Digg holds against $1,000 a month" in " ".join(page.split())
    assert "not known" not in page.split("Assumed")[0]


# What it prints


@pytest.mark.parametrize("case", ["church", "flickr", "yahoo-groups", "debian-dunc-tank"])
def test_the_page_fits_80_columns_and_begins_with_its_verdict(raid, case):
    page = raid(case)
    assert max(map(len, page.splitlines())) <= WIDTH
    parts = [
        " hinges on ",
        "Who makes the",
        "The offer as made",
        "What a part",
        "answer each other\n",
    ]
    assert sorted(parts, key=page.index) == parts


def test_the_page_says_the_same_as_the_library(answer):
    case = scenarios.load("flickr")
    told = answer("flickr")
    (one,) = told["cases"]
    members = mg.participate(case.community, case.rival, case.offer)
    for name in ("least", "robust", "greatest"):
        outcome = getattr(members, name)
        assert one[name]["headcount"] == outcome.headcount
        assert one[name]["defection"] == outcome.defection
        assert one[name]["max_gain"] <= 0
    assert told["share"] == 0.5
    for selection, level in (("least", "offer"), ("greatest", "offer_for_certain")):
        found = mg.critical_mission(
            case.community, case.rival, offer=case.offer, share=0.5, selection=selection
        )
        assert told["threshold"][level] == float(found)
    contest = mg.Contest(case.community, case.steward, case.rival, case.offers)
    equilibria = contest.equilibria()
    shown = one["contests"][0]
    assert shown["selection"] == "least"
    assert shown["complete"] is True
    assert len(shown["equilibria"]) == len(equilibria)
    assert shown["defection"] == contest.defection.tolist()
    assert shown["computed_by_nashpy"] == equilibria.found_by_nashpy == 3


def test_the_page_says_in_a_line_how_many_equilibria_nashpy_found(raid):
    assert "(nashpy found 2 of these 4; the exact enumeration added the others.)" in raid("reddit")

    class OneMissed(list):
        found_by_nashpy = 2

    assert _by_nashpy([OneMissed("abc")]).endswith("; the exact enumeration added the other.)")


def test_where_nashpy_is_not_asked_the_page_says_why(monkeypatch, raid):
    monkeypatch.setattr("missiongame.bimatrix.nashpy_labels.MOST_PAIRS", 8)
    why = "2 by 3 strategies have 9 pairs of supports, more than 8"
    assert f"(nashpy was not asked: {why}.)" in " ".join(raid("reddit").split())


def test_the_verdicts(answer):
    assert answer("church")["status"] == "holds"
    assert "The church holds against $100 a month to everyone" in answer("church")["verdict"]
    assert "The commons falls to $1,000 a month" in answer("market-first")["verdict"]
    depends = answer("flickr")
    assert depends["status"] == "depends: expectations"
    assert "Whether Flickr holds against" in depends["verdict"]


def test_no_mission_enough(answer):
    hopeless = answer("church", "--purpose", 0, "--enjoyment", -9999)
    assert "no mission, however strong, makes it hold for certain" in hopeless["verdict"]
    assert hopeless["threshold"]["offer"] is None
    assert hopeless["threshold"]["offer_reason"] == ""


def test_unknown_purpose_may_be_needless_or_hopeless(answer, members):
    needless = answer(members, "--enjoyment", 9999)
    assert needless["status"] == "holds"
    assert "whatever staying is worth to members" in needless["verdict"]
    hopeless = answer(members, "--mission", 0)
    assert (hopeless["status"], hopeless["holds"]) == ("falls", False)
    assert "however much staying is worth" in hopeless["verdict"]


def test_an_offer_to_too_few_cannot_win_and_the_page_answers_for_the_budget(answer):
    told = answer("digg-netscape", "--share", 0.5)
    assert told["holds"] is None  # whom it does not pay may leave if staying is worth nothing
    assert "cannot win half of the work if staying is worth anything" in told["verdict"]
    assert "those it pays make 36.8% of the work" in told["verdict"]
    assert "The same $20,000 a month, spent best, wins half of the work" in told["verdict"]


def test_a_rival_of_stronger_mission_has_no_critical_purpose_and_the_page_says_why(raid, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("contribution\n" + "2\n" * 20)
    page = " ".join(raid(path, "--rival-mission", 3, "--top", 1, 10).split())
    assert "Whether many holds against 10 a month to the largest contributor depends on" in page
    assert "no level is known from which on it holds: the rival's mission is the stronger" in page


def test_the_exit_status_says_whether_it_falls(members):
    def status(*arguments):
        told = ["raid", str(members), "--top", "1", "20", "--fail-if-falls", *map(str, arguments)]
        return CliRunner().invoke(app, told).exit_code

    assert status("--purpose", 10) == 1
    assert status("--purpose", 30) == 0  # 20 buys nobody
    assert status("--purpose", 30, "--budget", 31) == 1  # spent best it does
    assert status() == 0  # it depends on what nobody knows


def test_company_that_would_hold_them_does_and_less_does_not(answer, members):
    told = answer(members, "--top", 1, 20)
    company = told["company"]
    town = mg.Community.read_csv(members, purpose=0)
    for social, leave in ((company * 1.001, 0), (company * 0.999, 1)):
        outcome = mg.participate(town.changed(social=social), mg.Rival(), offers.top(1, 20)).least
        assert outcome.headcount == leave


def test_company_is_not_asked_where_something_is_known(answer, members):
    assert answer(members, "--social", 5)["company"] is None
    assert answer(members, "--portability", 0.5)["company"] is None


# Sources


def test_a_csv_file_is_a_source(answer, members):
    told = answer(members, "--purpose", 10, "--top", 1, 50)
    assert told["community"]["members"] == 3
    assert told["offer"]["text"] == "50 a month to the largest contributor"
    assert told["cases"][0]["least"]["headcount"] == 1
    assert any("Netscape" in a["text"] for a in answer(members)["assumptions"])


def test_columns_of_a_csv_file_count(answer, tmp_path):
    path = tmp_path / "felt.csv"
    path.write_text("contribution;purpose;social\n6;100;0\n3;10;0\n1;10;0\n")
    told = answer(path, "--flat", 50)
    assert told["purpose_known"] is True
    assert told["cases"][0]["least"]["headcount"] == 2


def test_a_toml_file_is_a_source_with_its_variants(answer, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\n[community]\ncontribution = [2, 1]\npurpose = 3\n'
        "[rival]\nvalue = 5\n[steward]\nvalue = 9\n"
        '[[offers]]\nkind = "flat"\npay = 4\n'
        "[variants.one]\n[variants.two]\ncommunity = {purpose = 9}\n"
    )
    assert answer(f"{path}:one")["cases"][0]["least"]["headcount"] == 2
    assert answer(f"{path}:two")["cases"][0]["least"]["headcount"] == 0


def test_a_git_repository_is_a_source(answer, tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Ann", "-c", "user.email=ann@x"]
    try:
        subprocess.run([*git, "init", "-q"], check=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    for _ in range(3):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "work"], check=True)
    told = answer(tmp_path, "--since", "2000-01-01")
    assert told["community"]["members"] == 1
    assert any("3 commits from 2000-01-01" in fact["text"] for fact in told["facts"])


# Options


def test_options_replace_what_the_source_says_and_its_assumption(answer):
    told = answer("digg-netscape", "--purpose", 100, "--value", 50, "--flat", 10)
    assert told["rival"]["value"] == 50
    assert told["offer"]["text"] == "$10 a month to everyone"
    assert not any("worth $20 to Netscape" in a["text"] for a in told["assumptions"])


def test_every_rival_option_reaches_the_rival(answer):
    told = answer("church", "--rival-mission", 0.5, "--portability", 0.25, "--crowding", 0.125)
    assert told["rival"] == {
        "value": 50,
        "mission": 0.5,
        "portability": 0.25,
        "crowding": 0.125,
    }


def test_piece_rates_and_shares(answer, members):
    told = answer(members, "--purpose", 10, "--piece-rate", 2, "--share", 0.9)
    assert told["share"] == 0.9
    assert told["cases"][0]["least"]["headcount"] == 1
    assert told["offer"]["text"] == "2 for each contribution"


def test_policies_are_the_stewards(answer, members):
    told = answer(members, "--purpose", 10, "--policy", "1:5", "--policy", "2:9:outside")
    assert told["cases"][0]["contests"][0]["policies"] == [
        "does nothing",
        "mission +1 for 5",
        "mission +2 for 9 (outside)",
    ]


# JSON and pictures


def test_json_is_alone_on_standard_output(members):
    command = [sys.executable, "-c", "from missiongame.cli import main; main()"]
    done = subprocess.run(
        [*command, "raid", str(members), "--json"], capture_output=True, check=False, text=True
    )
    assert json.loads(done.stdout)["community"]["members"] == 3
    assert done.returncode == 0
    assert done.stderr == ""


def test_the_document_is_strict_json(raid):
    text = raid("church", "--purpose", 0, "--enjoyment", -9999, "--json")
    assert json.loads(text, parse_constant=pytest.fail)


@pytest.mark.parametrize("end", ["png", "svg", "pdf"])
def test_a_picture_is_written(raid, members, tmp_path, end):
    path = tmp_path / f"raid.{end}"
    page = raid(members, "--purpose", 10, "--plot", path)
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[end]
    assert path.read_bytes().startswith(start)
    assert str(path) in page.replace("\n", "")


def test_the_picture_does_not_spoil_json(answer, members, tmp_path):
    path = tmp_path / "raid.png"
    assert answer(members, "--plot", path)["purpose_known"] is False
    assert path.exists()


# What is wrong is one line, and exit status 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diggs"], "diggs: no such file, directory or scenario; `missiongame scenarios` lists"),
        (["digg-netscap"], "did you mean digg-netscape?"),
        (["none.csv"], "none.csv: no such file"),
        (["none.toml:x"], "none.toml: there is no such file"),
        (["church", "--mission", "-1"], "mission is -1.0; it should be a number of at least 0"),
        (["church", "--social", "-1"], "social is -1.0; it should be a number of at least 0"),
        (["church", "--purpose", "nan"], "purpose is nan; it should be finite"),
        (["church", "--flat", "-1"], "pay is -1.0; it should be a number of at least 0"),
        (["church", "--top", "-1", "5"], "k is -1; it should be at least 0"),
        (["church", "--flat", "1", "--top", "2", "3"], "give one of them"),
        (["church", "--share", "0"], "share is 0.0; it should be a number in (0, 1]"),
        (["church", "--share", "1.5"], "share is 1.5; it should be a number in (0, 1]"),
        (["church", "--value", "0"], "value is 0.0; it should be positive"),
        (["church", "--portability", "2"], "portability is 2.0; it should be a number from 0 to 1"),
        (["church", "--policy", "1"], "--policy is '1'; it should be UPLIFT:COST"),
        (["church", "--policy", "-1:3"], "uplift is -1.0"),
        (["church", "--since", "2020-01-01"], "since is '2020-01-01'; it should be given only for"),
        (["church", "--no-bots"], "--no-bots should be given only for a git repository"),
        (
            ["church", "--plot", "raid.jpg"],
            "plot is 'raid.jpg'; it should be a file ending",
        ),
        (["church", "--plot", "no/where.png"], "in a directory that exists"),
    ],
)
def test_wrong_input_is_one_line(fails, arguments, said):
    told = fails(*arguments)
    assert said in told
    assert told.startswith("missiongame: ")
    assert told.count("\n") == 1


def test_a_bad_file_is_one_line_with_its_place(fails, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("name,contribution\nAnn,many\n")
    assert "line 2, column 'contribution': 'many' is not a number" in fails(path)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_directory_that_is_no_repository(fails, tmp_path):
    assert "not a git repository" in fails(tmp_path)
