"""From what many are called to what one is called: "front-page stories" to "front-page story".

The noun is the last word, or the last before a preposition ("hours of work"). A few
rules of English spelling make its singular; what they do not know stays as it is, and
a scenario may give the singular itself.
"""

from __future__ import annotations

import re

_NOUN = re.compile(
    r"(?P<noun>[^\W\d_]+)(?P<rest>(?: (?:of|in|on|to|by|for|from|with|at|per) .*)?)$"
)
_IRREGULAR = {
    **{many: many for many in ("news", "series", "species")},
    "people": "person",
    "children": "child",
    "movies": "movie",
    "cookies": "cookie",
    "caches": "cache",
    "quizzes": "quiz",
}
_ENDINGS = (  # the first that fits
    (re.compile(r"men$"), "man"),
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=ss|sh|ch|zz)es$|(?<=[xo])es$"), ""),
    (re.compile(r"(?<!s|u)(?<!si)s$"), ""),
)


def singular(many: str) -> str:
    """Return what one is called, of what many are called.

    Examples
    --------
    >>> [singular(many) for many in ("front-page stories", "hours of work", "patches", "people")]
    ['front-page story', 'hour of work', 'patch', 'person']
    >>> [singular(many) for many in ("Wikipedians", "women", "ties", "staff", "minutes' work")]
    ['Wikipedian', 'woman', 'tie', 'staff', "minutes' work"]
    """
    found = _NOUN.search(many)
    return many if found is None else many[: found.start()] + _one(found["noun"]) + found["rest"]


def _one(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    for ending, one in _ENDINGS:
        if ending.search(noun):
            return ending.sub(one, noun)
    return noun
