"""Words of a page: counts, names, percentages and sums read right at every size."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiongame import offers
from missiongame.assessment import agreeing, amount, mixture, percent, title
from missiongame.assessment.english import English
from missiongame.scenarios import Words

TELL = English(Words(members="authors", contributions="commits", money=""))


@pytest.mark.parametrize(
    ("count", "authors", "commits"),
    [
        (0, "0 authors", "0 commits"),
        (1, "1 author", "1 commit"),
        (2, "2 authors", "2 commits"),
        (1234, "1,234 authors", "1,234 commits"),
    ],
)
def test_one_is_singular_and_no_other_count_is(count, authors, commits):
    assert TELL.members(count) == authors
    assert TELL.contributions(count) == commits
    assert TELL.contributions(Fraction(count)) == commits


def test_what_reads_as_one_is_singular():
    assert TELL.contributions(1 + 1e-9) == "1 commit"
    assert TELL.contributions(0.5) == "0.5 commits"
    assert agreeing(1.0, "makes", "make") == "makes"


@given(st.floats(1e-9, 999) | st.floats(-1e15, 1e15).filter(lambda x: abs(x) >= 1))
def test_an_amount_is_written_in_digits_and_is_what_it_was(value):
    text = amount(value)
    assert re.fullmatch(r"-?[\d,]+(\.\d+)?", text)
    assert float(text.replace(",", "")) == pytest.approx(value, rel=1e-3)


def test_nothing_has_no_sign():
    assert (amount(-0.0), TELL.money(-0.0)) == ("0", "0")


def test_pay_by_the_piece_is_for_each_piece():
    assert TELL.offer(offers.piece_rate(2)) == "2 for each commit"


@pytest.mark.parametrize("name", ["httpd", "town", "my town.csv", "nashpy", "éa", ""])
def test_a_projects_name_keeps_its_case_where_a_sentence_begins(name):
    assert title(name) == name


@pytest.mark.parametrize("name", ["the community", "the rival", "a budget of 5", "whether it does"])
def test_common_words_are_capitalised_where_a_sentence_begins(name):
    assert title(name) == name[0].upper() + name[1:]


def test_a_sentence_begins_with_a_capital_unless_it_begins_with_a_project():
    tell = English(Words(steward="c++", rival="town", members="authors"))
    for text in ("c++ holds", "c++, held", "town pays", "town"):
        assert tell.sentence(text) == text
    for text in ("townsmen leave", "authors stay", "against c++ it holds", "whether town pays"):
        assert tell.sentence(text) == text[0].upper() + text[1:]
    assert English(Words()).sentence("the community holds") == "The community holds"


@given(st.fractions(0, 1))
def test_only_all_reads_as_all_and_only_none_as_none(share):
    text = percent(share)
    assert (text == "100.0%") == (share == 1)
    assert (text == "0.0%") == (share == 0)
    shown = Fraction(re.sub("[<>%]", "", text)) / 100
    if text[0] == ">":
        assert share > shown
    elif text[0] == "<":
        assert share < shown
    else:
        assert abs(share - shown) <= Fraction(51, 10**5)


@pytest.mark.parametrize("share", [1 - 2e-16, 1 + 2e-16, sum([0.1] * 10)])
def test_all_in_floats_is_all(share):
    assert percent(share) == "100.0%"


def test_more_than_all_is_not_all():
    assert percent(Fraction(10001, 10000)) == ">100.0%"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6).filter(any))
def test_a_mixture_adds_up(parts):
    weights = [Fraction(part, sum(parts)) for part in parts]
    text = mixture(weights, [f"<{k}>" for k in range(len(parts))])
    assert sorted(re.findall(r"<\d>", text)) == [f"<{k}>" for k, part in enumerate(parts) if part]
    shown = [float(p) for p in re.findall(r"([\d.]+)%", text)]
    if shown:
        assert abs(sum(shown) - 100) <= 0.05 * len(parts) + 1e-9
        assert all(0 < p < 100 for p in shown)
    else:
        assert max(weights) >= Fraction(1999, 2000)


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ([10**6, 1, 0], "almost always a, else b"),
        ([10**6, 1, 1], "almost always a, else c or b"),
        ([600, 400 * 1000, 600 * 1000 - 600], "59.9%: c; 40.0%: b; 0.1%: a"),
        ([1, 4000, 6000], "60.0%: c; 40.0%: b; rarely a"),
        ([0, 7, 0], "b"),
    ],
)
def test_what_is_rarely_played_is_told_in_words(weights, text):
    assert mixture([Fraction(w, sum(weights)) for w in weights], "abc") == text


@given(st.floats(0) | st.just(math.inf))
def test_no_sum_reads_as_infinity(value):
    told = [TELL.money(value), TELL.sum(value), TELL.spread([1, value]), TELL.spread([value] * 2)]
    assert "∞" not in "".join(told)
    assert "inf" not in "".join(told)
    assert (TELL.sum(value) == "no sum is enough") == math.isinf(value)
