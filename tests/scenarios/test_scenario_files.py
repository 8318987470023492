"""What a scenario file may hold, and how a bad one is refused."""

import pytest

from missiongame import offers, scenarios
from missiongame.errors import InvalidValue, ReadError
from missiongame.scenarios.cases import embedded
from missiongame.scenarios.compose import build, paths

SMALL = """
title = "A small case"
[community]
contribution = [6, 3, 1]
purpose = [100, 50, 0]
social = 20
names = ["Ann", "Bob", "Cy"]
[rival]
value = 10
[steward]
value = 100
[[offers]]
kind = "flat"
pay = 30
"""


@pytest.fixture
def toml(tmp_path):
    def write(text, name="mine.toml"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def test_a_users_own_case_is_read(toml):
    case = scenarios.read(toml(SMALL))
    assert case.name == "mine"
    assert case.community.names == ("Ann", "Bob", "Cy")
    assert case.community.purpose.tolist() == [100, 50, 0]
    assert case.community.social.tolist() == [20, 20, 20]
    assert (case.rival.value, case.steward.value) == (10, 100)
    assert case.offer.kind == "flat"
    assert len(case.steward.policies) == 1


@pytest.mark.parametrize("name", scenarios.names())
def test_one_of_many_is_called_right_in_every_case(name):
    words = scenarios.load(name).words
    ones = {
        "members": "member",
        "users": "user",
        "developers": "developer",
        "unpaid developers": "unpaid developer",
        "submitters": "submitter",
        "keepers": "keeper",
        "photographers": "photographer",
        "mothers": "mother",
        "contributions": "contribution",
        "edits": "edit",
        "changes": "change",
        "services attended": "service attended",
        "hours of work": "hour of work",
        "packages kept": "package kept",
        "answers": "answer",
        "front-page stories": "front-page story",
        "shared bookmarks": "shared bookmark",
        "photographs": "photograph",
        "messages": "message",
        "links": "link",
        "replies": "reply",
    }
    assert words.member == ones[words.members]
    assert words.contribution == ones[words.contributions]


def test_a_file_may_say_what_one_is_called(toml):
    text = SMALL + '[words]\nmembers = "staff"\nmember = "colleague"\ncontributions = "posts"\n'
    words = scenarios.read(toml(text)).words
    assert (words.member, words.contribution) == ("colleague", "post")


@pytest.mark.parametrize(
    ("period", "said"),
    [("month", "a month"), ("hour", "an hour"), ("epoch", "an epoch"), ("unit", "a unit")],
)
def test_a_period_has_its_article(period, said):
    assert scenarios.Words(period=period).a_period == said


def test_purpose_left_out_is_unknown(toml):
    text = SMALL.replace("purpose = [100, 50, 0]", "")
    assert scenarios.read(toml(text)).community.purpose is None


def test_groups_are_members_alike(toml):
    text = SMALL.replace(
        SMALL[SMALL.index("[community]") : SMALL.index("[rival]")],
        """
        [[community.groups]]
        members = 2
        contribution = 5
        purpose = 7
        [[community.groups]]
        contribution = [1, 2]
        purpose = [8, 9]
        social = 3
        """,
    )
    community = scenarios.read(toml(text)).community
    assert community.contribution.tolist() == [5, 5, 1, 2]
    assert community.purpose.tolist() == [7, 7, 8, 9]
    assert community.social.tolist() == [0, 0, 3, 3]


@pytest.mark.parametrize(
    ("offer", "made"),
    [
        ('kind = "top"\nplaces = 2\npay = 5', offers.top(2, 5)),
        ('kind = "piece_rate"\nrate = 1.5\nfixed = 3', offers.piece_rate(1.5, fixed=3)),
        ('kind = "personal"\npay = [1, 2, 3]', offers.personal([1, 2, 3])),
        ('kind = "personal"\npay = 2', offers.personal([2, 2, 2])),
    ],
)
def test_every_kind_of_offer_can_be_written(toml, offer, made):
    case = scenarios.read(toml(SMALL.replace('kind = "flat"\npay = 30', offer)))
    assert case.offer.pay(case.community).tolist() == made.pay(case.community).tolist()
    assert case.offer.fixed == made.fixed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "A small case"', "", "title: missing, and it is needed"),
        ('title = "A small case"', "title = 3", "title: 3 should be text"),
        ("value = 10", "valu = 10", r"rival.valu: no such field; did you mean value\?|rival.value"),
        ("value = 10", "value = 10\nvalu = 1", r"rival.valu: no such field; did you mean value\?"),
        ("value = 10", "value = 0", "rival.value: 0 should be positive"),
        ("value = 10", "value = true", "rival.value: True should be a number"),
        ("value = 10", 'value = "2*5"', r"rival.value: '2\*5' should be a number"),
        ("value = 10", "value = nan", "rival.value: nan should be finite"),
        ("value = 10", "value = inf", "rival.value: inf should be finite"),
        ("value = 10", f"value = 1{'0' * 400}", "rival.value: .* should be finite"),
        ("value = 10", "value = 10\nportability = 2", "rival.portability: 2 should be at least 0"),
        ("value = 100", "value = -1", "steward.value: -1 should be at least 0"),
        ("pay = 30", "pay = -1", r"offers\[0\].pay: -1 should be at least 0"),
        ("pay = 30", "", r"offers\[0\].pay: missing"),
        ('kind = "flat"', 'kind = "flt"', r"offers\[0\].kind: 'flt' should be one of flat"),
        (
            'kind = "flat"',
            'kind = "top"\nplaces = 1.5',
            r"offers\[0\].places: 1.5 should",
        ),
        ("[[offers]]", "[offers]", "offers: should be tables"),
        ('[[offers]]\nkind = "flat"\npay = 30', "", "offers: missing; at least one"),
        ("[6, 3, 1]", "[6, -3, 1]", r"community.contribution\[1\]: -3 should be at least 0"),
        ("[6, 3, 1]", '[6, "3", 1]', r"community.contribution\[1\]: '3' should be a number"),
        ("[6, 3, 1]", "[]", "community.contribution: no members"),
        ("[6, 3, 1]", "[0, 0, 0]", "community.contribution: contribution is all zero"),
        ("[6, 3, 1]", "6", "community.members: missing"),
        ("[6, 3, 1]", "6\nmembers = 0", "community.members: 0 should be at least 1"),
        ("[6, 3, 1]", "6\nmembers = 1000000000000", "community.members: .* at most 1e"),
        ("[100, 50, 0]", "[100, 50]", "community.purpose: 2 numbers should be 3, one a member"),
        ("social = 20", "social = -1", "community.social: -1 should be at least 0"),
        ('"Bob"', '"Ann"', "community.contribution: names is 'Ann' twice|names"),
        ("[rival]", "[rivals]", "rival: missing|rivals: no such field"),
        ("[community]", "[community.x]", "community"),
        (
            "[6, 3, 1]",
            "{law = 'zip'}\nmembers = 3",
            "contribution.law: 'zip' should be one of",
        ),
        ("[6, 3, 1]", "{law = 'zipf'}\nmembers = 3", "contribution.exponent: missing"),
        (
            "[6, 3, 1]",
            "{law = 'zipf', top_shares = [[1, 0.9], [2, 0.8]]}\nmembers = 3",
            r"contribution.top_shares: shares\[2\] is 0.8; it should be below 1 and at least 0.9",
        ),
        (
            "[6, 3, 1]",
            "{law = 'zipf', top_shares = [0.5]}\nmembers = 3",
            r"contribution.top_shares\[0\]: 0.5 should be a pair",
        ),
        ("[[offers]]", "[[facts]]\ntext = 'x'\n[[offers]]", r"facts\[0\].source: missing"),
        (
            "[[offers]]",
            "[[assumptions]]\ntext = 'x'\nabout = ['rival.portability']\n[[offers]]",
            r"assumptions\[0\].about: there is no field 'rival.portability'",
        ),
        ("[rival]", "[rival", "not TOML"),
        (
            "[rival]",
            "[parameters]\nx = 'sin(1)'\n[rival]",
            "parameters.x: 'sin.1.' should",
        ),
        ("[rival]", "[parameters]\nx = 2006-07-21\n[rival]", "parameters.x: .* should be a number"),
    ],
)
def test_a_bad_field_is_named(toml, old, new, said):
    assert old in SMALL
    path = toml(SMALL.replace(old, new, 1))
    with pytest.raises(ReadError, match=said) as caught:
        scenarios.read(path)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_none_or_no_text_is_named(toml, tmp_path):
    with pytest.raises(ReadError, match="there is no such file"):
        scenarios.read(tmp_path / "none.toml")
    with pytest.raises(ReadError, match="not UTF-8"):
        scenarios.read(toml(b"title = '\xff'"))
    with pytest.raises(ReadError, match="not TOML"):
        scenarios.read(toml("x = " + "[" * 5000))


def test_variants_share_a_file(toml):
    text = SMALL + '[variants.rich]\nrival = {value = 99}\n[variants.poor]\ntitle = "Poor"\n'
    path = toml(text)
    assert scenarios.read(path, "rich").rival.value == 99
    assert scenarios.read(path, "rich").title == "A small case"
    assert scenarios.read(path, "poor").title == "Poor"
    with pytest.raises(ReadError, match="has the variants rich, poor; choose"):
        scenarios.read(path)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(InvalidValue, match="'digs'; it should be one of digg-netscape, apache"):
        scenarios.load("digs")


def test_every_case_of_the_debate_is_there():
    assert set(scenarios.names()) >= {
        *("digg-netscape", "delicious", "flickr", "myspace", "reddit", "yahoo-groups", "church"),
        *("mothers-group", "wikipedia", "apache-httpd", "debian-dunc-tank", "purposeful-rival"),
        *("outsourced-steward", "market-first", "purpose-first"),
    }
    assert scenarios.names()[0] == "digg-netscape"


@pytest.fixture(params=scenarios.names())
def case(request):
    return scenarios.load(request.param)


def test_every_number_of_a_case_is_a_fact_or_marked_as_assumed(case):
    table = embedded()[case.name]
    numbers = [path for path in paths(table) if _is_number(_at(table, path))]
    assert numbers
    assert [path for path in numbers if case.standing(path) is None] == []


def test_what_is_not_written_is_not_quietly_zero(case):
    """The rival's four numbers and the members' feelings are said, even where they are zero."""
    for field in ("value", "mission", "portability", "crowding"):
        assert case.standing(f"rival.{field}") is not None
    assert case.standing("community.mission") is not None
    unknown = case.community.purpose is None
    assert (
        unknown
        or case.standing("community.purpose")
        or case.standing("community.groups[0].purpose")
    )


def test_every_fact_has_its_source_and_every_case_a_claim(case):
    assert case.claim
    assert case.facts or case.assumptions
    assert all(len(fact.source) > 10 for fact in case.facts)


def _at(table, path):
    value = table
    for part in path.replace("[", ".[").split("."):
        value = value[int(part[1:-1])] if part.startswith("[") else value[part]
    return value


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def test_the_file_itself_may_have_variants_only_as_tables(toml):
    with pytest.raises(ReadError, match="variants"):
        scenarios.read(toml(SMALL.replace('title = "A small case"', 'title="x"\nvariants = 3')))


def test_built_cases_do_not_depend_on_the_order_of_fields():
    table = embedded()["church"]
    turned = dict(reversed(table.items()))
    one, other = (build("church", t, "church") for t in (table, turned))
    assert one.community.purpose.tolist() == other.community.purpose.tolist()
    assert one.facts == other.facts
