"""Imports run one way, and heavy libraries are loaded only where they are used."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "transfer_cli"
FILES = sorted(SOURCE.rglob("*.py"))
ALLOWED = {
    "typer": {"cli", "options", "commands"},
    "rich": {"output"},
    "tabulate": {"output"},
    "pandas": {"frames"},
    "numpy": {"frames"},
    "duckdb": {"engine"},
    "dask": {"engine"},
    "distributed": {"engine"},
    "xlsxwriter": {"output"},
    "vl_convert": {"output"},
}
"""Which parts may import a library, where it is not free for all."""


@cache
def rows() -> list[list[str]]:
    """The rows of the map in CONTRIBUTING.md: packages, modules, and modules of a package."""
    text = (SOURCE.parents[1] / "CONTRIBUTING.md").read_text("utf-8")
    table = re.search(r"## The map.*?\n\|--.*?\n(.*?)\n\n", text, re.DOTALL)[1]
    return [
        [name.removesuffix(".py") for name in re.findall(r"`([\w/.]+)`", line.split("|")[2])]
        for line in table.splitlines()
    ]


def part(module: str) -> str:
    """Return what the map calls a module: itself (``tables/open``), or its package."""
    named = any(module in names for names in rows())
    return module if named else module.partition("/")[0]


def row(module: str) -> int:
    """Return the row of the map in which a module is; -1 for the package itself."""
    return next((place for place, names in enumerate(rows()) if part(module) in names), -1)


def module(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").as_posix()


def run(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is run, at the top or inside a function; not what only types need."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        yield node
        yield from run(node)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path, *, types: bool = False) -> list[str]:
    """Every module that a file imports, as ``transfer_cli.tables.open`` or ``rich.text.Text``.

    Those that only types need are among them if ``types``.
    """
    found = []
    for node in (ast.walk if types else run)(parsed(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def own(path: Path) -> set[str]:
    """The modules of ours that a file imports: ``errors``, ``tables/open``."""
    modules = {module(file) for file in FILES}
    found = set()
    for name in imported(path):
        parts = name.split(".")[1:]
        prefixes = ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]
        if name.startswith("transfer_cli."):
            found |= {next((p for p in prefixes if p in modules), parts[0])}
    return found


def test_the_map_names_every_part():
    packages = {module(path).partition("/")[0] for path in FILES} - {"__init__", "__main__"}
    named = [name for names in rows() for name in names]
    assert {name.partition("/")[0] for name in named} == packages
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("path", FILES, ids=module)
def test_imports_come_from_the_same_row_or_above(path):
    if module(path) == "__main__":
        return
    below = {
        other for other in own(path) if other != "__version__" and row(other) > row(module(path))
    }
    assert below == set()


def test_parts_of_one_row_import_each_other_one_way():
    edges: dict[str, set[str]] = {}
    for path in FILES:
        edges.setdefault(part(module(path)), set()).update(map(part, own(path)))
    edges = {name: others - {name} for name, others in edges.items()}
    while leaves := [name for name, others in edges.items() if not others & set(edges)]:
        for name in leaves:
            del edges[name]
    assert edges == {}


@pytest.mark.parametrize("library", ALLOWED)
def test_who_may_import_it(library):
    users = {
        module(path).split("/")[0]
        for path in FILES
        for name in imported(path, types=True)
        if name.split(".")[0] == library
    }
    assert users <= ALLOWED[library]
    assert users


def test_nothing_imports_click_or_what_typer_hides():
    for path in FILES:
        roots = {name.split(".")[0] for name in imported(path)}
        assert "click" not in roots, path
        assert not any(name.startswith("typer._") for name in imported(path)), path


def test_every_import_is_a_declared_dependency(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    names = {re.split(r"[^\w-]", name)[0] for group in groups for name in group}
    declared = {name.removesuffix("-python").replace("-", "_") for name in names}
    declared |= {name.replace("-", "_") for name in names}
    # numpy comes with pandas, distributed with dask, compression with Python 3.14.
    bundled = {"numpy", "distributed", "compression"}
    known = {*sys.stdlib_module_names, *declared, *bundled, "transfer_cli"}
    for path in FILES:
        assert {name.split(".")[0] for name in imported(path)} <= known, path


PRIVATE = {
    "told", "telling", "asked", "beside", "alike", "sifted", "handed", "likeness", "guarded",
    "portrait", "tally", "gathering", "sieve", "atoms", "cues", "ledger", "silent",
}  # fmt: skip
"""Words of an older vocabulary that no name in the source is made of."""


def test_names_are_those_of_the_field():
    found = set()
    for path in FILES:
        for node in ast.walk(parsed(path)):
            for name in (getattr(node, key, None) for key in ("name", "id", "arg", "attr")):
                if isinstance(name, str) and set(name.lower().split("_")) & PRIVATE:
                    found.add(f"{module(path)}: {name}")
    assert found == set()


@pytest.mark.parametrize("path", FILES, ids=module)
def test_a_message_is_translated_when_it_is_needed(path):
    """A message of a module would keep the language of the first import: ``marked`` is for it."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = (ast.FunctionDef, ast.Lambda)
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, functions))
    inside = {
        part
        for body in bodies
        for statement in (body if isinstance(body, list) else [body])
        for part in ast.walk(statement)
    }
    early = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node not in inside
    ]
    assert early == []
