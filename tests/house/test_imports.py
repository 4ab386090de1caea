"""Imports run one way, and heavy libraries are loaded only where they are used."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "transfer_cli"
LAYERS = (
    {"__init__", "errors", "vocab"},
    {"regions", "periods", "quantities", "units", "names", "lookups", "digits", "frames"},
    {"schema"},
    {"dataset", "table"},
    {"query", "aggregate", "compare", "calc", "extract"},
    {"render"},
    {"commands", "options", "completion", "shell"},
    {"cli", "__main__"},
)
"""The order of the core, coarser than CONTRIBUTING's map.

A module that is named in none of these may stand anywhere, as long as nothing named reaches a later
layer through it, and it closes no circle.
"""
ALLOWED = {
    "typer": {"cli", "options", "commands", "shell"},
    "rich": {"render"},
    "tabulate": {"render"},
    "pandas": {"frames"},
    "numpy": {"frames"},
}
FILES = sorted(SOURCE.rglob("*.py"))


def unit(path: Path) -> str:
    """The module, or the sub-package it is in: ``render``, ``commands``, ``extract``."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def layer(name: str) -> int | None:
    return next((n for n, names in enumerate(LAYERS) if name in names), None)


def imported(path: Path) -> list[str]:
    """Every module that a file imports, at its top or inside a function."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def own(path: Path) -> set[str]:
    """The modules of ours that a file imports, by the name of their layer's member."""
    parts = [name.split(".") for name in imported(path) if name.startswith("transfer_cli.")]
    known = {unit(file) for file in FILES}
    return {names[1] if names[1] in known else "__init__" for names in parts}


@cache
def graph() -> dict[str, set[str]]:
    """Which of our modules imports which."""
    found: dict[str, set[str]] = {unit(path): set() for path in FILES}
    for path in FILES:
        found[unit(path)] |= own(path) - {unit(path), "__init__"}
    return found


def reached(name: str, edges: dict[str, set[str]]) -> set[str]:
    """Every module that is imported once ``name`` and all it imports are."""
    found: set[str] = set()
    todo = [name]
    while todo:
        new = edges[todo.pop()] - found
        found |= new
        todo += new
    return found


@pytest.mark.parametrize("name", sorted(set().union(*LAYERS) & {unit(path) for path in FILES}))
def test_imports_run_one_way(name):
    later = {
        other
        for other in reached(name, graph())
        if layer(other) is not None and layer(other) > layer(name)
    }
    assert not later, f"{name} must not reach {', '.join(sorted(later))}"


def test_there_is_no_circle():
    edges = graph()
    assert [name for name in edges if name in reached(name, edges)] == []


def test_the_map_for_contributors_is_that_of_the_tree(root):
    """The table in CONTRIBUTING.md names every module, none above what it imports."""
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    table = re.search(r"## The map.*?\n\|--.*?\n(.*?)\n\n", text, re.DOTALL)[1]
    rows = [re.findall(r"`(\w+)`", line.split("|")[2]) for line in table.splitlines()]
    edges = graph()
    place = {name: row for row, names in enumerate(rows) for name in names if name in edges}
    assert set(edges) - set(place) == {"__init__", "__main__"}
    up = {name: {other for other in edges[name] if place[other] > place[name]} for name in place}
    assert {name: others for name, others in up.items() if others} == {}


@pytest.mark.parametrize("library", ALLOWED)
def test_who_may_import_it(library):
    users = {
        unit(path) for path in FILES for name in imported(path) if name.split(".")[0] == library
    }
    assert users - ALLOWED[library] == set()
    assert users


def test_the_core_imports_no_click():
    for path in FILES:
        roots = {name.split(".")[0] for name in imported(path)}
        assert "click" not in roots, path
        assert not any(name.startswith("typer._") for name in imported(path)), path


def test_every_import_is_a_declared_dependency(root):
    import sys
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    text = " ".join(name for group in groups for name in group)
    for path in FILES:
        for name in imported(path):
            top = name.split(".")[0]
            assert top in {*sys.stdlib_module_names, "transfer_cli", "numpy"} or top in text, path
