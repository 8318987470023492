"""The lock holds a version of everything that a user's or a developer's set-up installs."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def locked(python):
    """Return the locked version of each distribution for one Python."""
    environment = {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    found = {}
    for line in (ROOT / "lock.txt").read_text(encoding="utf-8").splitlines():
        pin = Requirement(line)
        if pin.marker is None or pin.marker.evaluate(environment):
            (only,) = pin.specifier
            assert only.operator == "==", line
            assert pin.name not in found, f"{pin.name} is locked twice for Python {python}"
            found[pin.name] = only.version
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_every_requirement(python):
    pins = locked(python)
    extras = PROJECT["project"]["optional-dependencies"]
    required = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for line in (*required, *(line for extra in extras.values() for line in extra)):
        need = Requirement(line)
        if need.name == PROJECT["project"]["name"]:
            assert need.extras <= set(extras), line
            continue
        name = re.sub(r"[-_.]+", "-", need.name).lower()
        assert need.specifier.contains(pins[name]), line
