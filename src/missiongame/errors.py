"""Every error this library raises on purpose.

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
    """A payoff has no real value at the numbers it was asked for."""


class StructureMissing(InvalidValue):
    """Payoffs lack the structure that an algorithm needs, and no general one is feasible.

    The message carries the numbers that break the structure.
    """


class ReadError(InvalidValue):
    """A file or repository could not be read; nothing of it was used."""


class EnginesDisagree(MissionGameError, RuntimeError):
    """Two proof engines gave opposite answers to one query: a bug in one of them or here."""


class LibraryMissing(MissionGameError, ImportError):
    """What was asked for needs a library that is not installed; the message says which."""


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
