"""Derivations run once, at the first example: no deadline fits it and the others."""

from hypothesis import settings

settings.register_profile("derivations", deadline=None)
settings.load_profile("derivations")
