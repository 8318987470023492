"""`missiongame price` from the outside: what it prints, what it writes, how it refuses."""

import csv
import json
import shutil
import subprocess
from fractions import Fraction

import pytest
from typer.testing import CliRunner

import missiongame as mg
from missiongame.cli import app
from missiongame.errors import InvalidValue

TOWN = "contribution,purpose,social,name\n6,10,5,Ann\n3,20,5,Bob\n1,5,5,Cy\n"


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.csv"
    path.write_text(TOWN)
    return path


def run(*arguments):
    answer = CliRunner().invoke(app, ["price", *map(str, arguments)])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def said(*arguments):
    return " ".join(run(*arguments).stdout.split())


def document(*arguments):
    return json.loads(run(*arguments, "--json").stdout)


def library(share=1):
    town = mg.Community([6, 3, 1], purpose=[10, 20, 5], social=5)
    return town, mg.price_of_collapse(town, mg.Rival(), share=share)


def test_the_document_says_what_the_library_says(town):
    made = document(town, "--share", 1)
    _, price = library()
    assert made["price"]["total"] == price.total == 37.5
    assert made["price"]["optimal"] is True
    assert [row["pay"] for row in made["order"]] == price.pay[price.order].tolist()
    reading = made["reading"]
    assert reading["split"] == price.reading.split
    assert sum(reading["split"].values()) == pytest.approx(made["price"]["total"])
    assert reading["value"] - reading["discount"] == pytest.approx(made["price"]["total"])
    curve = [point["total"] for point in made["curve"]]
    assert curve == sorted(curve)
    assert curve[-1] == price.total


def test_a_share_is_the_decimal_that_was_written(town):
    made = document(town, "--share", "0.6")
    assert made["price"]["captured"] == 0.6  # Ann alone, although the float 0.6 is no 3/5
    assert made["price"]["members"] == 1
    assert made["price"]["total"] == library(Fraction(3, 5))[1].total


def test_the_order_is_written_as_csv(town, tmp_path):
    path = tmp_path / "order.csv"
    shown = run(town, "--share", 1, "--csv", path)
    assert str(path) in shown.stdout.replace("\n", "")
    with path.open() as file:
        rows = list(csv.DictReader(file))
    community, price = library()
    names = ["Ann", "Bob", "Cy"]
    assert [row["member"] for row in rows] == [names[i] for i in price.order]
    for row in rows:
        parts = sum(float(row[f"for_{part}"]) for part in ("purpose", "enjoyment", "ties"))
        assert float(row["pay"]) == pytest.approx(parts)
    pay = [float(row["pay"]) + 0.001 for row in rows]
    offer = mg.offers.personal([pay[[r["member"] for r in rows].index(name)] for name in names])
    assert mg.participate(community, mg.Rival(), offer).least.defection == 1


def test_the_budget_divides_at_the_critical_mission(town):
    made = document(town, "--budget", "80", "--share", "0.5")
    critical = made["threshold"]["budget"]
    community, _ = library()
    assert critical == float(mg.critical_mission(community, mg.Rival(), budget=80, share=0.5))
    assert "A budget of 80 a month wins half" in said(town, "--budget", 80, "--share", 0.5)
    stronger = said(town, "--budget", 80, "--share", 0.5, "--mission", critical + 1)
    assert "A budget of 80 a month does not win half" in stronger


def test_of_unknown_purpose_the_price_is_a_function(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("contribution\n4\n3\n2\n1\n")
    made = document(path, "--budget", 12, "--share", 1)
    assert made["purpose_known"] is False
    assert made["in_multiples"] is True
    assert made["threshold"]["budget"] == 3
    assert made["price"]["total"] == 4  # times what staying is worth
    page = said(path, "--budget", 12, "--share", 1)
    assert "is not known" in page
    assert "as long as staying is worth less than 3 a month to each of those 4" in page


def test_digg_says_what_its_first_ten_reveal_and_what_they_do_not():
    page = said("--seconds", 0.5)
    assert "at least 3 of the 12 largest were paid and went" in page
    assert "nothing bounds it from below" in page
    revealed = document("--seconds", 0.5)["revealed"]
    assert (revealed["went"], revealed["refused"], revealed["at_most"]) == (3, None, 1000)


def test_who_leaves_unpaid_costs_nothing(tmp_path):
    path = tmp_path / "gone.csv"
    path.write_text("contribution,purpose\n1,-1\n2,-3\n")
    page = said(path)
    assert "Nobody need be paid" in page
    assert "for certain without any pay" in page


def test_a_stronger_rival_makes_purpose_no_protection(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("contribution\n4\n3\n")
    page = said(path, "--rival-mission", 2, "--top", 1, 5)
    assert "purpose does not protect" in page
    crowded = said(path, "--rival-mission", 0.5, "--crowding", 0.1)
    assert "pay dilutes the rival's mission" in crowded


@pytest.mark.parametrize("purpose", [[], ["--purpose", "5"]])
def test_the_picture_is_written_whether_purpose_is_known_or_not(tmp_path, purpose):
    path, source = tmp_path / "price.png", tmp_path / "many.csv"
    source.write_text("contribution,social\n" + "".join(f"{30 - k},3\n" for k in range(25)))
    run(source, "--plot", path, "--seconds", 1, *purpose)
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_git_repository_works_as_source(tmp_path):
    def git(*arguments):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    git("init", "-q")
    for name, commits in (("Ann", 3), ("Bob", 1)):
        who = ("-c", f"user.name={name}", "-c", f"user.email={name}@example.org")
        for k in range(commits):
            git(*who, "commit", "-q", "--allow-empty", "-m", f"{name} {k}")
    path = tmp_path / "order.csv"
    made = document(tmp_path, "--share", "0.75", "--budget", 30, "--csv", path)
    assert made["threshold"]["budget"] == 30
    assert [row["member"] for row in made["order"]] == ["Ann"]
    assert path.read_text().splitlines()[1].startswith("1,Ann,")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--share", "0"], "share"),
        (["--share", "1.5"], "share"),
        (["--portability", "2"], "portability"),
        (["--budget", "-1"], "budget"),
        (["--seconds", "0"], "seconds"),
        (["--csv", "/no/such/directory/order.csv"], "csv"),
        (["--plot", "price.gif"], "plot"),
        (["--social", "-3"], "social"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, problem, town):
    with pytest.raises(InvalidValue, match=problem):
        run(town, *arguments)


def test_the_curve_agrees_with_the_price_that_was_searched_longer(tmp_path):
    source = tmp_path / "many.csv"
    lines = (f"{1 + 90 // (k + 1)},{k * 7 % 20},{k * 5 % 30}\n" for k in range(60))
    source.write_text("contribution,purpose,social\n" + "".join(lines))
    made = document(source, "--share", 0.5, "--portability", 0.8, "--seconds", 2)
    at = {point["share"]: point["total"] for point in made["curve"]}
    assert at[0.5] <= made["price"]["total"]
    totals = [point["total"] for point in made["curve"]]
    assert totals == sorted(totals)
