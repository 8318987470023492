"""Two hypothesis profiles: the default one draws the same examples everywhere, "search" new ones.

`pytest --hypothesis-profile=search` (as in `make test-long`) searches at random.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings

try:
    from hypothesis.internal.conjecture import providers
except ImportError:  # before hypothesis 6.103
    pass
else:
    # Hypothesis also draws constants of whatever modules of ours are loaded by then. Which are
    # depends on the tests that ran before, and on the folder's name: examples would not repeat.
    providers.is_local_module_file = lambda _: False

# How long an example takes says how busy the machine is.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("repeatable", patient, derandomize=True, database=None)
settings.register_profile("search", patient, derandomize=False, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture
def seeded():
    """The same examples in each run, and none made small: to find one is enough."""
    before = settings.default
    found = settings(before, derandomize=True, database=None, phases=[Phase.generate])
    settings.register_profile("found", found)
    settings.load_profile("found")
    yield
    settings.register_profile("before", before)
    settings.load_profile("before")
