"""Hypothesis strategies and assertions for test suites of one's own.

Everything drawn is small and exact: numbers are Fractions with small denominators,
listed plainest first, and few members before many, as hypothesis prefers what comes
first when it makes a failing example smaller.

- `numbers`, `communities`, `rivals`, `offers`, `scenes`: the members' game;
- `bimatrix`, `degenerate`, `supermodular`: games of two players;
- `contests`: a steward against a rival, with or without monotone differences;
- `assert_theorem`, `assert_equilibria_equal`: claims about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Protocol, TypeAlias, get_args

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from missiongame.contest import Contest
from missiongame.errors import illegal, wrong_type
from missiongame.exact import fraction
from missiongame.model import Community, Policy, Rival, Steward
from missiongame.model import offers as make
from missiongame.model.offers import Offer

Matrix: TypeAlias = tuple[tuple[int, ...], ...]
Game: TypeAlias = tuple[Matrix, Matrix]
TieKind: TypeAlias = Literal["none", "default", "general", "any sign"]


class SelfProving(Protocol):
    """What `assert_theorem` asks of a theorem; those of `missiongame.theorems` have it."""

    @property
    def name(self) -> str:
        """What it is called."""

    def verdict(self, timeout: float = 10) -> object:
        """Return the `missiongame.Verdict` of a machine proof."""

    def check(self, examples: int = 200) -> object:
        """Raise `AssertionError` where random numbers contradict it."""


def numbers(low: int = 0, high: int = 6, denominator: int = 2) -> st.SearchStrategy[Fraction]:
    """Draw rational numbers in [low, high] with denominators up to `denominator`.

    Whole numbers come before fractions, and near zero before far from it.

    Parameters
    ----------
    low, high : int
        The ends of the range, low ≤ high; both may be drawn.
    denominator : int
        At least 1.

    Raises
    ------
    InvalidValue, InvalidType
        If the range is empty, or something is no whole number.

    Examples
    --------
    >>> from hypothesis import find
    >>> 2 < find(numbers(0, 6), lambda x: x > 2) <= 6
    True
    """
    _whole("low", low)
    if _whole("high", high) < low:
        raise illegal("low", low, f"at most high = {high}")
    return _numbers(low, high, _whole("denominator", denominator, 1))


@cache
def _numbers(low: int, high: int, denominator: int) -> st.SearchStrategy[Fraction]:
    grid = {Fraction(p, q) for q in range(1, denominator + 1) for p in range(low * q, high * q + 1)}
    return st.sampled_from(sorted(grid, key=lambda x: (x.denominator, abs(x), x < 0)))


def _whole(argument: str, value: Any, least: int | None = None) -> int:
    """Return a whole number, at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_type(argument, value, "a whole number")
    if least is not None and value < least:
        raise illegal(argument, value, f"at least {least}")
    return value


def _span(argument: str, value: Any, least: int | None = None) -> tuple[int, int]:
    """Return a range (least, most) of whole numbers, from `least` up."""
    if not isinstance(value, tuple) or len(value) != 2:
        raise wrong_type(argument, value, "a pair (least, most) of whole numbers")
    low, high = (_whole(f"{argument}[{i}]", end, least) for i, end in enumerate(value))
    if low > high:
        raise illegal(argument, value, "a pair (least, most) with least at most most")
    return low, high


@cache
def _columns(
    n: int, low: int, high: int, denominator: int = 2
) -> st.SearchStrategy[list[Fraction]]:
    return st.lists(numbers(low, high, denominator), min_size=n, max_size=n)


def communities(
    members: tuple[int, int] = (1, 5),
    ties: TieKind | Sequence[TieKind] = ("none", "default", "general"),
    purpose: tuple[int, int] = (0, 3),
    enjoyment: tuple[int, int] = (-3, 6),
    mission: tuple[int, int] = (0, 3),
    contribution: tuple[int, int] = (0, 6),
    alike: bool = False,
) -> st.SearchStrategy[Community]:
    """Draw a community.

    Parameters
    ----------
    members, purpose, enjoyment, mission, contribution : (least, most), whole numbers
        Ranges of n ≥ 1, α_i, h_i, θ ≥ 0 and c_i ≥ 0 (at most 0 is no range for c: some
        must contribute). All that is drawn lies within.
    ties : one or several of "none", "default", "general", "any sign"
        No ties; σ_i s_j; a dense matrix of ties ≥ 0; one with negative ties too.
    alike : bool
        Whether all members have the same purpose α.

    Raises
    ------
    InvalidValue, InvalidType
        If a range is empty or illegal, or a kind of ties is unknown.
    """
    kinds = (ties,) if isinstance(ties, str) else tuple(ties)
    for kind in kinds:
        if kind not in get_args(TieKind):
            raise illegal("ties", kind, f"of {', '.join(map(repr, get_args(TieKind)))}")
    if not kinds:
        raise illegal("ties", ties, "at least one kind")
    if _span("contribution", contribution, 0)[1] == 0:
        raise illegal("contribution", contribution, "a range with more than 0: some contribute")
    _span("members", members, 1)
    _span("purpose", purpose)
    _span("enjoyment", enjoyment)
    _span("mission", mission, 0)

    @st.composite
    def towns(draw: st.DrawFn) -> Community:
        n, kind = draw(st.integers(*members)), draw(st.sampled_from(kinds))
        each = draw(numbers(*contribution).filter(bool))
        equal = draw(st.booleans())
        work = [each] * n if equal else draw(_columns(n, *contribution))
        if not any(work):
            work[draw(st.integers(0, n - 1))] = each
        columns: dict[str, Any] = {}
        if kind == "default":
            columns["social"] = draw(_columns(n, 0, 6))
        elif kind != "none":
            columns["ties"] = draw(tie_matrices(n, negative=kind == "any sign"))
        return Community(
            work,
            purpose=draw(numbers(*purpose) if alike else _columns(n, *purpose)),
            enjoyment=draw(_columns(n, *enjoyment)),
            mission=draw(numbers(*mission)),
            **columns,
        )

    return towns()


@st.composite
def tie_matrices(draw: st.DrawFn, n: int, negative: bool = False) -> list[list[Fraction]]:
    """Draw an n-by-n list of ties with a zero diagonal, nonnegative unless `negative`."""
    _whole("n", n, 1)
    rows = [draw(_columns(n, -3 if negative else 0, 4)) for _ in range(n)]
    return [[g if i != j else Fraction(0) for j, g in enumerate(row)] for i, row in enumerate(rows)]


def rivals(
    mission: bool = True, portability: bool = True, crowding: bool = True, value: int = 8
) -> st.SearchStrategy[Rival]:
    """Draw a rival; each flag says whether that parameter may be other than zero."""
    none, value = st.just(Fraction(0)), _whole("value", value, 1)
    return st.builds(
        Rival,
        value=numbers(0, value).filter(bool),
        mission=numbers(0, 3) if mission else none,
        portability=numbers(0, 1, denominator=4) if portability else none,
        crowding=numbers(0, 2) if crowding else none,
    )


@st.composite
def offers(draw: st.DrawFn, n: int, high: int = 8, fixed: bool = False) -> Offer:
    """Draw an offer to n members, of any kind; with a fixed cost if `fixed`."""
    amount, n = numbers(0, _whole("high", high, 0)), _whole("n", n, 1)
    cost = draw(numbers(0, 3)) if fixed else 0
    kind = draw(st.sampled_from(("flat", "top", "piece_rate", "personal")))
    if kind == "flat":
        return make.flat(draw(amount), fixed=cost)
    if kind == "top":
        return make.top(draw(st.integers(0, n)), draw(amount), fixed=cost)
    if kind == "piece_rate":
        return make.piece_rate(draw(amount), fixed=cost)
    return make.personal(draw(_columns(n, 0, high)), fixed=cost)


@st.composite
def scenes(draw: st.DrawFn, /, **community: Any) -> tuple[Community, Rival, Offer]:
    """Draw a community (keywords as in `communities`), a rival and an offer to its members."""
    town = draw(communities(**community))
    return town, draw(rivals()), draw(offers(town.n))


@st.composite
def towns_that_stay(draw: st.DrawFn, crowding: bool = False) -> tuple[Community, Rival]:
    """Draw a community of whom nobody would leave unpaid and alone, and a rival.

    Every margin α_iθ + h_i − α_iθ_R is at least 0, no tie is negative; without
    `crowding`, pay dilutes nothing.
    """
    town, rival = draw(communities(enjoyment=(0, 4))), draw(rivals(crowding=False))
    if crowding:
        rival = draw(rivals(mission=False))
    ahead = Fraction(town.mission) - Fraction(rival.mission)
    lifted = [
        max(Fraction(h), Fraction(h) - Fraction(a) * ahead)
        for a, h in zip(town.known_purpose("towns_that_stay"), town.enjoyment, strict=True)
    ]
    return town.changed(enjoyment=lifted), rival


@st.composite
def bimatrix(
    draw: st.DrawFn,
    rows: tuple[int, int] = (1, 4),
    columns: tuple[int, int] = (1, 4),
    entries: tuple[int, int] = (-4, 4),
) -> Game:
    """Draw a bimatrix game (A, B) of whole numbers, degenerate ones among them."""
    m, n = (draw(st.integers(*_span(*r, 1))) for r in (("rows", rows), ("columns", columns)))
    low, high = _span("entries", entries)
    return draw(_matrix(m, n, low, high)), draw(_matrix(m, n, low, high))


@st.composite
def degenerate(
    draw: st.DrawFn, rows: tuple[int, int] = (1, 4), columns: tuple[int, int] = (2, 4)
) -> Game:
    """Draw a bimatrix game in which some pure strategy has two pure best answers.

    A best column is doubled, two best entries are made equal, or all entries are 0 or 1.
    """
    A, B = draw(bimatrix(rows, columns, (-3, 3)))
    several = ("tied best", "zero or one") if len(A[0]) > 1 else ()
    how = draw(st.sampled_from(("double column", *several)))
    if how == "double column":
        best = B[0].index(max(B[0]))
        return tuple((*row, row[best]) for row in A), tuple((*row, row[best]) for row in B)
    if how == "tied best":
        top = max(B[0])
        tied = (top, top, *B[0][2:])
        return A, (tied, *B[1:])
    m, n = len(A), len(A[0])
    zero_one = draw(_matrix(m, n, 0, 1))
    return zero_one, ((1,) * n, *draw(_matrix(m, n, 0, 1))[1:])


@st.composite
def supermodular(
    draw: st.DrawFn, rows: tuple[int, int] = (1, 4), columns: tuple[int, int] = (1, 4)
) -> Game:
    """Draw a bimatrix game with increasing differences: each side's higher choice invites more.

    Built from nonnegative second differences, so none is drawn in vain.
    """
    m, n = (draw(st.integers(*_span(*r, 1))) for r in (("rows", rows), ("columns", columns)))
    return draw(_increasing_differences(m, n)), draw(_increasing_differences(m, n))


def _matrix(m: int, n: int, low: int, high: int) -> st.SearchStrategy[Matrix]:
    row = st.lists(st.integers(low, high), min_size=n, max_size=n).map(tuple)
    return st.lists(row, min_size=m, max_size=m).map(tuple)


@st.composite
def _increasing_differences(draw: st.DrawFn, m: int, n: int) -> Matrix:
    """Draw f[p][o] = a_p + b_o + Σ_{p' ≤ p, o' ≤ o} d, with d ≥ 0."""
    a = draw(st.lists(st.integers(-6, 3), min_size=m, max_size=m))
    b = draw(st.lists(st.integers(-6, 3), min_size=n, max_size=n))
    together = np.array(draw(_matrix(m, n, 0, 3))).cumsum(axis=0).cumsum(axis=1)
    return tuple(map(tuple, (np.add.outer(a, b) + together).tolist()))


@st.composite
def contests(draw: st.DrawFn, monotone: bool | None = None, size: int = 3) -> Contest:
    """Draw a contest of a steward's policies against flat offers, without crowding.

    Policies are in order of uplift, offers in order of pay from the highest down.

    Parameters
    ----------
    monotone : bool, optional
        Whether both payoff matrices have increasing differences in those orders
        and defection falls along them; either, by default.
    size : int
        The most policies and the most offers.
    """
    _whole("size", size, 1)
    n = draw(st.integers(1, 4))
    town = Community(
        draw(_columns(n, 1, 5, 1)),
        purpose=1,
        enjoyment=draw(_columns(n, 0, 5, 1)),
        mission=draw(numbers(0, 3, 1)),
    )
    uplifts = sorted(draw(st.sets(st.integers(0, 4), min_size=1, max_size=size)))
    pays = sorted(draw(st.sets(st.integers(0, 8), min_size=1, max_size=size)), reverse=True)
    costs = [draw(st.integers(0, 6)) for _ in uplifts]
    steward = Steward(
        draw(st.integers(1, 20)), [Policy(m, c) for m, c in zip(uplifts, costs, strict=True)]
    )
    rival = Rival(value=draw(numbers(1, 8)))
    contest = Contest(town, steward, rival, [make.flat(pay) for pay in pays])
    assume(monotone is None or is_monotone(contest) is monotone)
    return contest


def is_monotone(contest: Contest) -> bool:
    """Return whether a contest's matrices have increasing differences and defection falls.

    In the order in which its policies and offers are listed; exact.
    """
    exact = contest.exact
    defection = np.array(exact.defection, dtype=object)
    falls = all((np.diff(defection, axis=axis) <= 0).all() for axis in (0, 1))
    return falls and increasing_differences(exact.steward) and increasing_differences(exact.rival)


def increasing_differences(f: Sequence[Sequence[Any]]) -> bool:
    """Return whether f[p+1][o] − f[p][o] is nondecreasing in o for every p.

    Examples
    --------
    >>> increasing_differences([[0, 0], [0, 1]]), increasing_differences([[0, 1], [1, 0]])
    (True, False)
    """
    return bool((np.diff(np.diff(np.array(f, dtype=object), axis=0), axis=1) >= 0).all())


def assert_theorem(theorem: SelfProving, examples: int = 100, timeout: float = 10) -> None:
    """Assert that a theorem is proved and that no random numbers contradict it.

    Parameters
    ----------
    theorem : SelfProving
        Of the catalogue, as `missiongame.theorems["church"]`, or one's own.
    examples : int
        How many random cases to run through the ordinary solvers.
    timeout : float
        Seconds for each claim that is put to the engines.

    Raises
    ------
    AssertionError
        Says what the verdict was, or shows the smallest case that contradicts it.

    Examples
    --------
    >>> import missiongame as mg
    >>> assert_theorem(mg.theorems["temptation"], examples=5)
    """
    from missiongame.proof import Proved  # loads SymPy

    verdict = theorem.verdict(timeout=timeout)
    if not isinstance(verdict, Proved):
        raise AssertionError(f"{theorem.name} is not proved: {verdict}")
    theorem.check(examples=examples)


def assert_equilibria_equal(found: Iterable[Any], expected: Iterable[Any]) -> None:
    """Assert that two collections of equilibria are the same set, exactly.

    Parameters
    ----------
    found, expected : iterables of equilibria
        Each an object with `.row` and `.column`, or a pair (row, column) of mixed
        strategies. Numbers count at their exact value; order does not.

    Raises
    ------
    AssertionError
        Lists what is missing and what is too much.

    Examples
    --------
    >>> assert_equilibria_equal([((1, 0), (0, 1))], [((1.0, 0.0), (0.0, 1.0))])
    >>> assert_equilibria_equal([], [((1,), (1,))])
    Traceback (most recent call last):
        ...
    AssertionError: equilibria differ
      missing: row (1), column (1)
    """
    have, want = _profiles(found), _profiles(expected)
    lines = [f"  missing: {_spelt(p)}" for p in sorted(want - have)]
    lines += [f"  not expected: {_spelt(p)}" for p in sorted(have - want)]
    if lines:
        raise AssertionError("\n".join(["equilibria differ", *lines]))


Profile: TypeAlias = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


def _profiles(equilibria: Iterable[Any]) -> set[Profile]:
    pairs = ((e.row, e.column) if hasattr(e, "row") else e for e in equilibria)
    return {(tuple(map(fraction, x)), tuple(map(fraction, y))) for x, y in pairs}


def _spelt(profile: Profile) -> str:
    row, column = (", ".join(map(str, side)) for side in profile)
    return f"row ({row}), column ({column})"
