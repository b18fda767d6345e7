"""The lock holds an exact version, with its hashes, of all that the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements-dev.lock").read_text("utf-8")
PINS: dict[str, list[str]] = {}
for _name, _version in re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE):
    PINS.setdefault(_name, []).append(_version)  # more than one where Pythons need different ones


def asked_for() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


@pytest.mark.parametrize("requirement", asked_for())
def test_what_is_asked_for_is_locked(requirement: str) -> None:
    wanted = Requirement(requirement)
    name = re.sub(r"[-_.]+", "-", wanted.name).lower()
    assert name in PINS, "make the lock anew: SECURITY.md says how"
    assert all(map(wanted.specifier.contains, PINS[name])), "make the lock anew: SECURITY.md says how"


def test_each_version_has_its_hashes() -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCK) if "==" in entry]
    assert len(entries) == sum(map(len, PINS.values())) > 50
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK, "where it came from is no part of it"
