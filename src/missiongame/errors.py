"""Every error and warning that this library raises on purpose, the tree first.

One root, `MissionGameError`; each subclass is also the built-in error that a
caller would expect, so `except ValueError` works too. A message names the
argument, the value it had and the legal range.
"""

from __future__ import annotations


class MissionGameError(Exception):
    """The root of all errors that missiongame raises on purpose."""


class InvalidValue(MissionGameError, ValueError):
    """An argument has the right type and an illegal value."""


class InvalidType(MissionGameError, TypeError):
    """An argument is of a type that cannot be understood here."""


class PurposeUnknown(InvalidValue):
    """A numeric answer was asked of a community whose purpose is unknown.

    Give `Community(purpose=...)`, or ask for the value that purpose would have
    to have: ``missiongame raid`` and `missiongame.critical_purpose` do.
    """


class Undefined(InvalidValue):
    """A payoff or formula has no real value at the numbers it was asked for."""


class Undecided(InvalidValue):
    """The sign of a payoff or formula could not be decided at the numbers it was asked for."""


class StructureMissing(InvalidValue):
    """Payoffs lack the structure that an algorithm needs, and no general one is feasible.

    The message carries the numbers that break the structure.
    """


class TooFarApart(InvalidValue):
    """Bounds of purpose differ more in size than floats do."""


class UnknownTheorem(InvalidValue, KeyError):
    """The catalogue has no theorem of this name."""

    __str__ = Exception.__str__


class ReadError(InvalidValue):
    """A file or repository could not be read; nothing of it was used."""


class NotTranslatable(MissionGameError):
    """A claim contains something that polynomial arithmetic cannot express."""


class EnginesDisagree(MissionGameError, RuntimeError):
    """Two proof engines gave opposite answers to one query: a bug in one of them or here."""


class LibraryMissing(MissionGameError, ImportError):
    """What was asked for needs a library that is not installed; the message says which."""


class ReplayDisagrees(MissionGameError, RuntimeError):
    """The ordinary solvers do not confirm what an engine found: a bug in one of them."""


class UndatedCommits(UserWarning):
    """Commits whose date is none were left out: nobody knows whether they are in the window."""


class ShallowHistory(UserWarning):
    """The clone holds only the newest part of its history, so older work is missing."""


# Signals: raised and caught inside the library, where a general algorithm then takes over.


class Irrational(ArithmeticError):
    """A value is not rational, or is not known to be."""


class TooWide(ArithmeticError):
    """An interval is too wide to go on with."""


class NoClosedForm(ArithmeticError):
    """SymPy does not find one formula for what was asked."""


class NoPotential(ArithmeticError):
    """The members' game has no potential that could be maximised; the message says why."""


class Words(str):
    """A value described in words, which an error message shows without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def illegal(argument: str, value: object, legal: str) -> InvalidValue:
    """Return the error that says `argument` is `value` and should be `legal`.

    Examples
    --------
    >>> print(illegal("share", 1.5, "a number in (0, 1]"))
    share is 1.5; it should be a number in (0, 1]
    """
    return InvalidValue(f"{argument} is {short(value)}; it should be {legal}")


def wrong_type(argument: str, value: object, legal: str) -> InvalidType:
    """Return the error that says `argument` has the wrong type.

    Examples
    --------
    >>> print(wrong_type("mission", "high", "a real number"))
    mission is 'high' (str); it should be a real number
    """
    return InvalidType(
        f"{argument} is {short(value)} ({type(value).__name__}); it should be {legal}"
    )


def short(value: object, width: int = 80) -> str:
    """Return how an error message shows a value: its repr, cut where it is long.

    Examples
    --------
    >>> short("x" * 90, width=6), short(10**5000)
    ("'xxxx…", 'an int without a short form')
    """
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of too many digits, a list of itself
        return f"{_article(type(value).__name__)} without a short form"
    return text if len(text) <= width else text[: width - 1] + "…"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
