"""From what was found out about a case to a few plain sentences: does the community hold?"""

from __future__ import annotations

from collections.abc import Iterator

from missiongame.assessment.english import work
from missiongame.assessment.findings import Findings
from missiongame.assessment.verdict_on_budget import on_budget
from missiongame.assessment.verdict_on_contest import on_contest, on_remedy
from missiongame.assessment.verdict_on_offer import on_offer

NAMED = 4  # people who are named in a sentence


def verdict(found: Findings) -> str:
    """Return the sentences: whom it hinges on, the offer, the budget, the contest, a remedy."""
    return " ".join(f"{found.english.sentence(sentence)}." for sentence in _sentences(found))


def _sentences(found: Findings) -> Iterator[str]:
    yield _hinge(found)
    yield on_offer(found)
    if found.priceable:
        yield on_budget(found)
    after = (on_contest, on_remedy) if found.known else (on_remedy, on_contest)
    for part in after:
        yield from part(found)


def _hinge(found: Findings) -> str:
    n = found.scenario.community.n
    everyone = found.english.members(n)
    count = f"all {everyone}" if n > 1 else f"the only {found.words.member}"
    if found.hinges_on < n:
        count = f"{found.hinges_on:,} of {everyone}"
    return f"{work(found.share)} hinges on {count}{_names(found)}"


def _names(found: Findings) -> str:
    """Return who the share hinges on, as far as they have names and are few."""
    community = found.scenario.community
    if community.names is None:
        return ""
    who = [community.name(int(i)) for i in found.hinge[:NAMED]]
    if len(found.hinge) > NAMED:
        return f", first of all {', '.join(who[: NAMED - 1])}"
    listed = " and ".join([", ".join(who[:-1]), who[-1]] if len(who) > 1 else who)
    made = community.contribution[community.by_contribution]
    others_as_well = len(who) < community.n and made[len(who) - 1] == made[len(who)]
    return f": {listed}{', for instance' if others_as_well else ''}"
