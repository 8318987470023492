"""The cases of the debate, and a user's own: one TOML file each.

>>> from missiongame import scenarios
>>> case = scenarios.load("digg-netscape")
>>> case.offer, round(case.community.top_share(10), 3)
(<offer: 1,000 to the top 20>, 0.298)

A file holds numbers and names only, no formulas:

``title``, ``claim``
    Text; ``claim`` is what is said about the case (optional).
``share``
    In (0, 1], optional: the share of contributions whose loss is a successful raid.
``[community]``
    ``contribution``: n numbers a period; or ``members`` = n with one number for all
    or a law, ``{law = "zipf", total = 100, exponent = 1}`` (see
    `missiongame.model.contributions`; ``top_shares = [[10, 0.3]]`` instead of the law's
    parameters fits them to reported shares). ``purpose`` (absent: unknown),
    ``enjoyment``, ``social``: money a period, a number or n of them. ``mission``,
    ``names``. Or ``[[community.groups]]``, each with these per-member fields.
``[rival]``
    ``name``, ``value``, ``mission``, ``portability``, ``crowding``.
``[steward]``
    ``name``, ``value``, and ``[[steward.policies]]``: ``uplift``, ``cost``, ``provider``.
``[[offers]]``
    ``kind`` and what it takes: "flat" (``pay``), "top" (``places``, ``pay``),
    "piece_rate" (``rate``), "personal" (``pay``); ``fixed``. The first is the offer.
``[parameters]``
    Further numbers, for a mechanism of the case.
``[words]``
    ``members``, ``contributions``, ``period``, ``money``: how a report calls them;
    ``member``, ``contribution``: one of them, where the plural's "s" is not all.
``[[facts]]``, ``[[assumptions]]``
    ``text`` and ``about`` (the fields that rest on it); a fact has its ``source``.
``[variants.NAME]``
    Cases that share this file: tables are merged into it, facts and assumptions
    added, anything else replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from missiongame.lazy import lazily

if TYPE_CHECKING:
    from missiongame.scenarios.cases import load as load
    from missiongame.scenarios.cases import names as names
    from missiongame.scenarios.cases import read as read
    from missiongame.scenarios.deciding_parameters import Deciding as Deciding
    from missiongame.scenarios.deciding_parameters import deciding as deciding
    from missiongame.scenarios.scenario import Assumption as Assumption
    from missiongame.scenarios.scenario import Fact as Fact
    from missiongame.scenarios.scenario import Scenario as Scenario
    from missiongame.scenarios.scenario import Words as Words

__getattr__, __dir__, __all__ = lazily(__name__)
