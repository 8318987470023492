"""The definitions of docs/model.md by brute force: every profile, order and support, in fractions.

References for tests: plain, slow, and independent of the algorithms that they judge. From the
library they read what a user gave (columns, ties, an offer's pay), and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain, combinations, permutations, product
from math import isqrt
from typing import Any

F = Fraction
Profile = tuple[bool, ...]
Vector = tuple[Fraction, ...]


def subsets(items: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Every subset that is not empty, the small ones first."""
    items = list(items)
    return chain.from_iterable(combinations(items, k) for k in range(1, len(items) + 1))


def members_of(mask: int, n: int) -> list[int]:
    """The positions of the bits that are set."""
    return [i for i in range(n) if mask >> i & 1]


def profiles(n: int) -> list[Profile]:
    """Every x in {stay, leave}^n; True leaves."""
    return list(product((False, True), repeat=n))


# The members' game.


def shares(town: Any) -> list[Fraction]:
    """s_i = c_i / Σc."""
    made = [F(c) for c in town.contribution]
    return [c / sum(made) for c in made]


def ties(town: Any) -> list[list[Fraction]]:
    """g, row by row; by default g_ij = σ_i s_j."""
    if town.ties is not None:
        return [[F(g) for g in row] for row in town.ties.dense().tolist()]
    s, n = shares(town), town.n
    return [[F(town.social[i]) * s[j] if i != j else F(0) for j in range(n)] for i in range(n)]


@lru_cache(maxsize=8)
def apart(
    town: Any, rival: Any, offer: Any
) -> tuple[list[Fraction], list[list[Fraction]], Fraction]:
    """What each would gain by leaving, ties aside; the ties; their portable part ρ."""
    pay, theta = offer.pay(town), F(town.mission)
    alone = []
    for i in range(town.n):
        w, a = F(pay[i]), F(town.purpose[i])
        leave = w + a * F(rival.mission) / (1 + F(rival.crowding) * w)
        alone.append(leave - (a * theta + F(town.enjoyment[i])))
    return alone, ties(town), F(rival.portability)


def temptations(town: Any, rival: Any, offer: Any, away: Sequence[bool]) -> list[Fraction]:
    """T_i = leave_i − stay_i for each member, where exactly `away` of the others have left."""
    alone, g, rho = apart(town, rival, offer)
    found = []
    for base, row in zip(alone, g, strict=True):
        gone = sum(worth for worth, x in zip(row, away, strict=True) if x)
        found.append(base + rho * gone - (sum(row) - gone))
    return found


def payoff(
    town: Any, rival: Any, offer: Any, away: Sequence[bool], i: int, leave: bool
) -> Fraction:
    """One member's payoff from the two lines of the model, tie by tie."""
    w, alpha = F(offer.pay(town)[i]), F(town.purpose[i])
    row = [(worth, away[j]) for j, worth in enumerate(ties(town)[i]) if j != i]
    if not leave:
        here = sum(worth for worth, x in row if not x)
        return alpha * F(town.mission) + F(town.enjoyment[i]) + here
    diluted = F(rival.mission) / (1 + F(rival.crowding) * w)
    return w + alpha * diluted + F(rival.portability) * sum(worth for worth, x in row if x)


def gains(town: Any, rival: Any, offer: Any, away: Sequence[bool]) -> list[Fraction]:
    """What each would gain by changing sides."""
    tempted = temptations(town, rival, offer, away)
    return [-t if x else t for t, x in zip(tempted, away, strict=True)]


def equilibria(town: Any, rival: Any, offer: Any) -> list[Profile]:
    """Every profile in which nobody gains by changing sides."""
    return [x for x in profiles(town.n) if max(gains(town, rival, offer, x)) <= 0]


def equilibria_by_signs(n: int, sign: Callable[[int, Profile], int]) -> list[Profile]:
    """The same where only the sign of T_i(x) is known: a user's own payoffs."""
    return [
        x
        for x in profiles(n)
        if all(sign(i, x) * (-1 if left else 1) <= 0 for i, left in enumerate(x))
    ]


def best_responses(town: Any, rival: Any, offer: Any, *, least: bool) -> Profile:
    """The extreme equilibrium that best responses reach from all-stay or from all-leave."""
    away = [not least] * town.n
    while True:
        gain = gains(town, rival, offer, away)
        if max(gain) <= 0:
            return tuple(away)
        away = [x != (g > 0) for x, g in zip(away, gain, strict=True)]


def potential(town: Any, rival: Any, offer: Any, away: Sequence[bool]) -> Fraction:
    """The model's weighted potential for default ties; members with σ_i = 0 weigh nothing."""
    pay, rho, kappa = offer.pay(town), F(rival.portability), F(rival.crowding)
    total, linear, squares = F(0), F(0), F(0)
    for i, s in enumerate(shares(town)):
        if away[i]:
            continue
        total += s
        sigma, a, w = F(town.social[i]), F(town.purpose[i]), F(pay[i])
        if sigma:
            base = a * F(town.mission) + F(town.enjoyment[i])
            base -= a * F(rival.mission) / (1 + kappa * w)
            linear += s * (base - w) / sigma - rho * s * (1 - s)
            squares += s * s
    return linear + (1 + rho) / 2 * (total * total - squares)


def potential_of_ties(
    town: Any, rival: Any, offer: Any, weights: Sequence[Fraction], away: Sequence[bool]
) -> Fraction:
    """The weighted potential for general ties with λ_i g_ij = λ_j g_ji."""
    alone, g, rho = apart(town, rival, offer)
    stay = [i for i, x in enumerate(away) if not x]
    linear = sum(-weights[i] * (alone[i] + rho * sum(g[i])) for i in stay)
    pairs = sum(weights[i] * g[i][j] for i in stay for j in stay if j < i)
    return linear + (1 + rho) * pairs


# The price of collapse.


def rational_root(square: Fraction) -> Fraction | None:
    """The square root of a rational, where it is rational."""
    root = F(isqrt(square.numerator), isqrt(square.denominator))
    return root if root * root == square else None


def winning(balance: Fraction, pull: Fraction, crowding: Fraction) -> Fraction | float:
    """inf {w ≥ 0 : w + a/(1 + κw) > B}, by cases of the quadratic; a float if irrational."""
    if crowding == 0 or pull == 0:
        return max(F(0), balance - pull)
    if balance < pull:
        return F(0)
    half = crowding * balance - 1
    disc = half * half + 4 * crowding * (balance - pull)
    exact = rational_root(disc)
    if exact is not None:
        return max(F(0), (half + exact) / (2 * crowding))
    with localcontext(prec=1000):  # the two terms may cancel in all but the last of 600 digits
        whole, square, twice = (
            Decimal(v.numerator) / v.denominator for v in (half, disc, 2 * crowding)
        )
        return max(0.0, float((whole + square.sqrt()) / twice))


def raids(town: Any, rival: Any) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Every ordered subset, with the total pay that it takes; a float if irrational."""
    g, rho = ties(town), F(rival.portability)
    alone = [
        F(alpha) * F(town.mission) + F(h)
        for alpha, h in zip(town.purpose, town.enjoyment, strict=True)
    ]
    pull = [F(alpha) * F(rival.mission) for alpha in town.purpose]

    @cache
    def pay(i: int, gone: frozenset[int]) -> Any:
        social = sum(-rho * worth if j in gone else worth for j, worth in enumerate(g[i]))
        return winning(alone[i] + social, pull[i], F(rival.crowding))

    for members in chain([()], subsets(range(town.n))):
        for order in permutations(members):
            total = sum((pay(i, frozenset(order[:k])) for k, i in enumerate(order)), F(0))
            yield order, total


def price(town: Any, rival: Any, share: Any = 1) -> Any:
    """The least total pay over every subset that makes the share, and every order of it."""
    s = shares(town)
    enough = (total for order, total in raids(town, rival) if sum(s[i] for i in order) >= F(share))
    return min(enough)


def best_raid(town: Any, rival: Any, money: Any) -> tuple[Fraction, Fraction, bool]:
    """The most work taken for less than the money, with any rounding left open, and boundary.

    With no money it is what leaves in the least equilibrium when nobody is paid.
    """
    c = [F(v) for v in town.contribution]
    made = [(sum((c[i] for i in order), F(0)), total) for order, total in raids(town, rival)]
    if money <= 0:
        gone = best_responses(town, rival, Nothing(), least=True)
        low = high = sum((v for v, x in zip(c, gone, strict=True) if x), F(0))
    else:
        near = F(1, 10**9) * F(money)  # of a total that is irrational

        def off(total: Any) -> Any:
            return near if isinstance(total, float) else F(0)

        low = max(w for w, total in made if total < money - off(total))
        high = max(w for w, total in made if total < money + off(total))
    return low, high, any(w > high and total == money and isinstance(total, F) for w, total in made)


class Nothing:
    """An offer of nothing to everyone."""

    def pay(self, town: Any) -> list[int]:
        """Pay of each member."""
        return [0] * town.n


# Bimatrix games.


def solve_linear(M: Sequence[Sequence[Any]], b: Sequence[Any]) -> list[Fraction] | None:
    """Solve a square system by schoolbook elimination; None if it is singular."""
    table = [[F(v) for v in row] + [F(v)] for row, v in zip(M, b, strict=True)]
    k = len(table)
    for c in range(k):
        row = next((r for r in range(c, k) if table[r][c]), None)
        if row is None:
            return None
        table[c], table[row] = table[row], table[c]
        table[c] = [v / table[c][c] for v in table[c]]
        for r in range(k):
            if r != c and table[r][c]:
                table[r] = [v - table[r][c] * w for v, w in zip(table[r], table[c], strict=True)]
    return [row[-1] for row in table]


def earned(payoffs: Sequence[Sequence[Any]], mixture: Sequence[Any]) -> list[Fraction]:
    """What each row of `payoffs` earns against the mixture."""
    return [sum((F(a) * F(p) for a, p in zip(row, mixture, strict=True)), F(0)) for row in payoffs]


def vertices(payoffs: Sequence[Sequence[Any]]) -> dict[Vector, set[tuple[str, int]]]:
    """Return the vertices of {(x, v): x ≥ 0, Σx = 1, payoffs_j x ≤ v}, with their labels.

    Every support and as many best responses are tried. Labels are ("own", i) where
    x_i = 0, and ("other", j) where j is a best response.
    """
    m = len(payoffs[0])
    found = {}
    for support in subsets(range(m)):
        for best in combinations(range(len(payoffs)), len(support)):
            system = [[payoffs[j][i] for i in support] + [-1] for j in best]
            at = solve_linear([*system, [1] * len(support) + [0]], [0] * len(best) + [1])
            if at is None or min(at[:-1]) < 0:
                continue
            weight = dict(zip(support, at[:-1], strict=True))
            x = tuple(weight.get(i, F(0)) for i in range(m))
            worth = earned(payoffs, x)
            if max(worth) == at[-1]:
                labels = {("own", i) for i in range(m) if x[i] == 0}
                found[x] = labels | {("other", j) for j, v in enumerate(worth) if v == at[-1]}
    return found


def transposed(payoffs: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*payoffs, strict=True)]


def extreme_equilibria(A: Any, B: Any) -> set[tuple[Vector, Vector]]:
    """Every extreme equilibrium: pairs of vertices that carry all labels between them."""
    rows, columns = vertices(transposed(B)), vertices(A)
    flip = {"own": "other", "other": "own"}
    return {
        (x, y)
        for (x, lx), (y, ly) in product(rows.items(), columns.items())
        if len(lx | {(flip[side], k) for side, k in ly}) == len(A) + len(A[0])
    }


def degenerate(A: Any, B: Any) -> bool:
    """Whether some mixture has more best responses than strategies in its support."""
    at = [*vertices(A).items(), *vertices(transposed(B)).items()]
    return any(sum(side == "other" for side, _ in labels) > sum(map(bool, x)) for x, labels in at)


def is_nash(A: Any, B: Any, x: Sequence[Any], y: Sequence[Any]) -> bool:
    """Whether nobody gains: x and y are mixtures, and all they play is best."""
    sides = ((earned(A, y), x), (earned(transposed(B), x), y))
    mixtures = all(min(mixture) >= 0 and sum(map(F, mixture)) == 1 for _, mixture in sides)
    return mixtures and all(
        v == max(worth)
        for worth, mixture in sides
        for v, p in zip(worth, mixture, strict=True)
        if p
    )


def pure_nash(A: Any, B: Any) -> list[tuple[int, int]]:
    """Every cell (i, j) that is best in its column of A and in its row of B."""
    return [
        (i, j)
        for i, j in product(range(len(A)), range(len(A[0])))
        if all(row[j] <= A[i][j] for row in A) and all(b <= B[i][j] for b in B[i])
    ]


# Revealed value.


def log_likelihood_of_bounds(
    pairs: Iterable[tuple[Fraction | None, Fraction | None]],
    family: str,
    location: Fraction,
    scale: Fraction,
) -> Any:
    """log L of (low, high) a member, None where there is no end, in forty digits."""
    import mpmath

    with mpmath.workdps(40):
        mu, s = (mpmath.mpf(x.numerator) / x.denominator for x in (location, scale))

        def upper_tail(z: Any) -> Any:  # 1 − F(z)
            return mpmath.ncdf(-z) if family == "normal" else 1 / (1 + mpmath.exp(z))

        def part(low: Fraction, high: Fraction) -> Any:
            a, b = ((mpmath.mpf(v.numerator) / v.denominator - mu) / s for v in (low, high))
            if low == high:
                bell = mpmath.npdf(a) if family == "normal" else upper_tail(a) * upper_tail(-a)
                return bell / s
            if a > 0:
                return upper_tail(a) - upper_tail(b)
            return upper_tail(-b) - upper_tail(-a)

        total = mpmath.mpf(0)
        for low, high in pairs:
            if low is None or high is None:
                [v] = [end for end in (low, high) if end is not None]
                z = (mpmath.mpf(v.numerator) / v.denominator - mu) / s
                total += mpmath.log(upper_tail(-z if low is None else z))
            else:
                total += mpmath.log(part(low, high))
        return total
