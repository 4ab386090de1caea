"""Imports run one way, and heavy libraries are loaded only where they are used."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "transfer_cli"
LAYERS = (
    {"__init__", "errors", "vocab", "frames", "digits", "streams"},
    {"lookups"},
    {"regions", "periods", "quantities", "units", "names"},
    {"schema"},
    {"dataset", "table", "reading", "sheet"},
    {"query", "aggregate", "compare", "calc", "report"},
    {"render"},
    {"commands", "options", "completion", "shell"},
    {"cli", "__main__"},
)
"""The order of DESIGN section 4; a module named in none of these stands in the core, beside
``query``. A module imports from its own layer and from those before it."""
CORE = next(n for n, layer in enumerate(LAYERS) if "query" in layer)
ALLOWED = {
    "typer": {"cli", "options", "commands", "shell"},
    "rich": {"render"},
    "tabulate": {"render"},
    "pandas": {"frames"},
    "numpy": {"frames", "stats", "partials", "measures", "answer", "sheet", "guard", "aggregate"},
}
FILES = sorted(SOURCE.rglob("*.py"))


def unit(path: Path) -> str:
    """The module, or the sub-package it is in: ``render``, ``commands``, ``report``."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def layer(name: str) -> int:
    return next((n for n, names in enumerate(LAYERS) if name in names), CORE)


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


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(path):
    here = unit(path)
    later = {name for name in own(path) if layer(name) > layer(here)}
    assert not later, f"{here} must not import {', '.join(sorted(later))}"


def test_no_circle_at_import_time():
    graph = {unit(path): set() for path in FILES}
    for path in FILES:
        graph[unit(path)] |= own(path) - {unit(path)}
    done: set[str] = set()
    while graph.keys() - done:
        free = {name for name in graph.keys() - done if graph[name] - {"__init__"} <= done}
        assert free, f"a circle among {sorted(graph.keys() - done)}"
        done |= free


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
    text = " ".join((*project["dependencies"], *sum(project["optional-dependencies"].values(), [])))
    for path in FILES:
        for name in imported(path):
            top = name.split(".")[0]
            assert top in {*sys.stdlib_module_names, "transfer_cli", "numpy"} or top in text, path


def test_commands_stay_thin():
    for path in (SOURCE / "commands").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 60, path
