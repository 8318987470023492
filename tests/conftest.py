"""One hypothesis profile for all tests: no deadlines, and the same examples in every CI run."""

import os

from hypothesis import settings

settings.register_profile("missiongame", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("missiongame")
