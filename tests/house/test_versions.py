"""The versions that ``.ci/run`` tests with are the oldest ones that pyproject.toml allows."""

import re
import tomllib

MINIMUM = re.compile(r"([a-z0-9-]+)(?:\[\w+\])?>=([\d.]+)")


def test_the_oldest_versions_are_the_minima(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["chart"], *extras["excel"]]
    minima = dict(map(minimum, declared))
    lines = (root / "oldest.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    assert {*minima} - {*pins} <= {"python-calamine"}
    for name, pin in pins.items():
        assert padded(pin) == padded(minima[name]), name


def minimum(requirement: str) -> tuple[str, str]:
    match = MINIMUM.match(requirement)
    assert match, requirement
    return match[1], match[2]


def padded(version: str) -> list[int]:
    return [*map(int, version.split(".")), 0, 0][:3]
