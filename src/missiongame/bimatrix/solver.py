"""From one bimatrix game to all its equilibria, exact and certified: `solve`.

How ``method="auto"`` decides: strictly dominated strategies go first (by pure
ones; by mixed ones too where the game is large enough for it to pay), then both
best-response polytopes are enumerated exactly (`enumeration`). That is complete for
every game, degenerate or not. Floats may propose (a dominating mixture) or rule
out (by a proven bound on rounding); integers decide. nashpy's methods are for
comparison: they propose, and what is not exactly an equilibrium is dropped.
"""

from __future__ import annotations

from typing import Any

from missiongame.bimatrix import nashpy_methods
from missiongame.bimatrix.assemble import answer, paired
from missiongame.bimatrix.dominance import undominated
from missiongame.bimatrix.enumeration import Gathered, enumerate_extremes
from missiongame.bimatrix.equilibria import Equilibria, Reason
from missiongame.bimatrix.limits import Clock, Progress, Stopped, reason_of
from missiongame.bimatrix.matrices import Bimatrix, Profile, read_game
from missiongame.bimatrix.nashpy_labels import labelled, with_nashpy
from missiongame.bimatrix.one_equilibrium import some
from missiongame.errors import illegal

METHODS = ("auto", "exact", "nashpy", *nashpy_methods.METHODS)

_LARGE = 24  # strategies in all from which mixed dominance pays for itself


def solve(
    A: Any,
    B: Any = None,
    method: str = "auto",
    limit: float | None = None,
    progress: Progress = None,
) -> Equilibria:
    """Return the extreme equilibria of the bimatrix game (A, B), each once, certified.

    Parameters
    ----------
    A, B : matrices of real numbers
        Payoffs of the row and of the column player, at their exact value: ints of
        any size, Fractions, Decimals, SymPy rationals, NumPy arrays of any real
        type (integers never wrap), floats as the binary numbers they are. A alone
        may be a `nashpy.Game` or a pygambit game; a matrix alone is zero-sum.
    method : str
        "auto" or "exact": everything, proven complete. "nashpy": the same, and nashpy's
        support enumeration is run on small games: `computed_by` says which equilibria
        it computed itself, `dropped` what it got wrong, `nashpy` how many in a sentence.
        "support_enumeration", "vertex_enumeration" or "lemke_howson": nashpy's algorithm
        alone, whose answers are made exact, certified, and dropped where they are false.
    limit : float, optional
        Seconds; afterwards the answer says that it is incomplete, and why. It still
        holds at least one equilibrium, whose search may overrun the limit.
    progress : function of one string or bool, optional
        Called now and then with a line on progress after the first second; by
        default the line goes to standard error; False keeps silent.

    Returns
    -------
    Equilibria
        A sequence of `Equilibrium`, with `complete`, `reason`, `nash_subsets`,
        `components`, `dropped`. Interrupted by Ctrl-C, it holds what was found.

    Raises
    ------
    InvalidValue, InvalidType
        On payoffs that are no game of two players, another method, a negative limit.

    Examples
    --------
    >>> eqs = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    >>> for e in eqs:
    ...     print(e, "pays", *e.payoffs)
    (1, 0), (1, 0) pays 3 2
    (0, 1), (0, 1) pays 2 3
    (3/5, 2/5), (2/5, 3/5) pays 6/5 6/5
    >>> eqs.complete, len(eqs.components)
    (True, 3)
    """
    if method not in METHODS:
        raise illegal("method", method, f"one of {', '.join(METHODS)}")
    game = read_game(A, B)
    if method in nashpy_methods.METHODS:
        clock = Clock(nashpy_methods.SECONDS if limit is None else limit, progress)
        return _by_nashpy(game, method, clock)
    clock = Clock(limit, progress)
    exact, kept = _exactly(game, clock)
    return with_nashpy(exact, kept, clock) if method == "nashpy" else exact


def _exactly(game: Bimatrix, clock: Clock) -> tuple[Equilibria, tuple[list[int], list[int]]]:
    kept = list(range(game.shape[0])), list(range(game.shape[1]))
    gathered = Gathered()
    reason: Reason | None = None
    try:
        kept = undominated(game, sum(game.shape) >= _LARGE, clock)
        found = enumerate_extremes(game.part(*kept), clock, gathered)
    except (Stopped, KeyboardInterrupt) as stop:
        reason = reason_of(stop)
        part = game.part(*kept)
        found = paired([*gathered.profiles(), *some(part)], part.shape)
    return answer(game, kept, found, "exact", clock, reason), kept


def _by_nashpy(game: Bimatrix, method: str, clock: Clock) -> Equilibria:
    kept = undominated(game, mixed=False)
    part = game.part(*kept)
    candidates = []
    found: list[Profile] = []
    reason = Reason.CANDIDATES
    try:
        for candidate in nashpy_methods.candidates(part, method, clock):
            candidates.append(candidate)
            exact = nashpy_methods.made_exact(part, candidate)
            if not isinstance(exact, str):
                found.append(exact)
    except (Stopped, KeyboardInterrupt) as stop:
        reason = reason_of(stop)
        found = found or some(part)
    exact_ones = answer(game, kept, paired(found, part.shape), method, clock, reason)
    return labelled(exact_ones, kept, candidates)
