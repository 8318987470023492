"""From integers to mixed strategies, held as integers until someone looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias, overload

from missiongame.exact import Whole

Mixed: TypeAlias = tuple[Fraction, ...]
"""A mixed strategy: probabilities that sum to one."""

_ZERO = Fraction(0)


class Strategies(Sequence[Mixed]):
    """Mixed strategies held as integers; each becomes Fractions when it is looked at.

    Parameters
    ----------
    whole : integer array (strategies, kept)
        Each in proportion to the probabilities.
    kept : sequence of int
        Which pure strategies of the whole game the columns of `whole` are.
    size : int
        How many pure strategies the whole game has.
    """

    def __init__(self, whole: Whole, kept: Sequence[int], size: int) -> None:
        self._whole, self._kept, self._size = whole, list(kept), size
        self._seen: dict[int, Mixed] = {}

    def __len__(self) -> int:
        return len(self._whole)

    @overload
    def __getitem__(self, index: int) -> Mixed: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mixed, ...]: ...
    def __getitem__(self, index: int | slice) -> Mixed | tuple[Mixed, ...]:
        if isinstance(index, slice):
            return tuple(self[k] for k in range(*index.indices(len(self))))
        index = range(len(self))[index]
        if index not in self._seen:
            self._seen[index] = self._fractions(self._whole[index].tolist())
        return self._seen[index]

    def __iter__(self) -> Iterator[Mixed]:
        return (self[k] for k in range(len(self)))

    def _fractions(self, whole: list[int]) -> Mixed:
        total = sum(whole)
        mixed = [_ZERO] * self._size
        for at, value in zip(self._kept, whole, strict=True):
            if value:
                mixed[at] = Fraction(value, total)
        return tuple(mixed)
