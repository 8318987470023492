"""From a function that draws one random case to the hypothesis strategy of such cases.

Hypothesis loads here, when a strategy is first asked for: to prove a theorem or to
find a witness takes none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from missiongame.model import Community, Rival
from missiongame.model.offers import Offer

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

P = ParamSpec("P")
T = TypeVar("T")


class Draw:
    """What a case is made of, drawn one after another from `missiongame.testing`."""

    def __init__(self, draw: DrawFn) -> None:
        import hypothesis
        from hypothesis import strategies

        from missiongame import testing

        self._draw, self._strategies, self._testing = draw, strategies, testing
        self._assume = hypothesis.assume

    def number(self, low: int = 0, high: int = 6, denominator: int = 2) -> Fraction:
        """Draw a rational number in [low, high] with a denominator of at most `denominator`."""
        return self._draw(self._testing.numbers(low, high, denominator))

    def positive(self, high: int = 3, denominator: int = 2) -> Fraction:
        """Draw a rational number in (0, high]."""
        return self._draw(_positive(high, denominator))

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number in [low, high]."""
        return self._draw(self._strategies.integers(low, high))

    def yes(self) -> bool:
        """Draw whether."""
        return self._draw(self._strategies.booleans())

    def one_of(self, options: Sequence[T]) -> T:
        """Draw one of several things, the first before the last."""
        return self._draw(self._strategies.sampled_from(options))

    def some(self, least: int, most: int, fewest: int = 0, many: int | None = None) -> list[int]:
        """Draw a sorted set of whole numbers in [least, most], at least and at most so many."""
        each = self._strategies.integers(least, most)
        return sorted(self._draw(self._strategies.sets(each, min_size=fewest, max_size=many)))

    def group(self, community: Community) -> frozenset[int]:
        """Draw some of a community's members."""
        return frozenset(self.some(0, community.n - 1))

    def order(self, community: Community) -> tuple[int, ...]:
        """Draw an order of a community's members."""
        return tuple(self._draw(self._strategies.permutations(range(community.n))))

    def community(self, **limits: Any) -> Community:
        """Draw a community, within the limits of `missiongame.testing.communities`."""
        return self._draw(self._testing.communities(**limits))

    def rival(self, **limits: Any) -> Rival:
        """Draw a rival, within the limits of `missiongame.testing.rivals`."""
        return self._draw(self._testing.rivals(**limits))

    def scene(self, **limits: Any) -> tuple[Community, Rival, Offer]:
        """Draw a community within limits, a rival and an offer."""
        return self._draw(self._testing.scenes(**limits))

    def staying(self) -> tuple[Community, Rival]:
        """Draw a community of whom nobody would leave unpaid and alone, and a rival."""
        return self._draw(self._testing.towns_that_stay())

    def only_if(self, condition: object) -> None:
        """Give this case up unless the condition holds."""
        self._assume(condition)


@cache
def _positive(high: int, denominator: int) -> SearchStrategy[Fraction]:
    from missiongame.testing import numbers

    return numbers(0, high, denominator).filter(bool)


def drawn(case: Callable[Concatenate[Draw, P], T]) -> Callable[P, SearchStrategy[T]]:
    """Return a function that gives the strategy of all that `case` draws.

    Examples
    --------
    >>> @drawn
    ... def pays(draw, high):
    ...     return draw.number(0, high), draw.positive(high)
    >>> from hypothesis import find
    >>> pay, more = find(pays(high=2), lambda pair: pair[0] < pair[1])
    >>> 0 <= pay < more <= 2
    True
    """

    @wraps(case)
    def strategy(*args: P.args, **kwargs: P.kwargs) -> SearchStrategy[T]:
        from hypothesis.strategies import composite

        def one(draw: DrawFn) -> T:
            return case(Draw(draw), *args, **kwargs)

        return composite(one)()

    return strategy
