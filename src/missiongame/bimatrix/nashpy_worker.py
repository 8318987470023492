"""nashpy in a process of its own: requests in, its answers out, a line of JSON each.

A request holds the payoffs A and B, the method, and its tasks (the labels to drop, for
Lemke and Howson's paths; else one null). The first line out says that nashpy is
loaded. Each task then gives any number of profiles [row, column] and remarks (text),
and null at its end. Who started this process may kill it at any time.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

READY = "ready"


def answers(compute: Callable[[], Iterable[Any]]) -> Iterator[tuple[Any, Any] | str]:
    """Yield the profiles that nashpy computes, then a remark on what it raised or warned of.

    Examples
    --------
    >>> import nashpy
    >>> game = nashpy.Game([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    >>> [(x.tolist(), y.tolist()) for x, y in answers(lambda: [game.lemke_howson(0)])]
    [([1.0, 0.0], [1.0, 0.0])]
    >>> list(answers(lambda: [1 / 0]))
    ['nashpy raised ZeroDivisionError: division by zero']
    """
    remarks = []
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            found = list(compute())
        except Exception as error:  # noqa: BLE001 - nashpy raises many kinds on games not its own
            found = []
            remarks.append(f"nashpy raised {type(error).__name__}: {_line(error)}")
    yield from found
    yield from dict.fromkeys([*remarks, *(f"nashpy warned: {_line(w.message)}" for w in heard)])


def _line(message: object) -> str:
    return str(message).strip().partition("\n")[0]


def main() -> None:
    """Answer one request after the other, until standard input ends."""
    import nashpy

    for line in sys.stdin:
        request = json.loads(line)
        game = nashpy.Game(request["A"], request["B"])
        _say(READY)
        for task in request["tasks"]:
            compute = getattr(game, request["method"])
            one_path = partial(lambda game, label: [game.lemke_howson(label)], game, task)
            for answer in answers(compute if task is None else one_path):
                _say(answer if isinstance(answer, str) else [list(map(float, p)) for p in answer])
            _say(None)


def _say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - the pipe to who asked


if __name__ == "__main__":
    main()
