"""Finds the tables to check: the built-in ones, a directory, a data package, or CSV files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transfer_cli import lookups, schema, units
from transfer_cli.checking import columns, package, reading
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.package import Resource
from transfer_cli.checking.reading import TableFile
from transfer_cli.errors import DataError

LOOKUPS = ("indicators", "units", "industries")


@dataclass(slots=True)
class Bundle:
    """Tables that belong together, what is wrong with their form, and notes for people."""

    directories: list[Path]
    tables: list[TableFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def kind(self, name: str) -> list[TableFile]:
        """Return the tables that are like a built-in one."""
        return [table for table in self.tables if table.kind == name]

    def extend_lookups(self) -> None:
        """Let the look-ups of the bundle extend the built-in ones, if they are sound."""
        broken = {finding.file for finding in self.findings}
        sound = all(t.name not in broken for name in LOOKUPS for t in self.kind(name))
        lookups.extend(self.directories if sound else [])
        units.parse.cache_clear()


def find(paths: Sequence[str]) -> Iterator[Bundle]:
    """Yield the bundles that paths name: each directory by itself, all CSV files together.

    Raises DataError for a path that does not exist or holds no table.
    """
    if not paths:
        home = lookups.data_directory()
        yield _package(home / "datapackage.json", "datapackage.json")
    for path in map(Path, paths):
        if path.is_dir() or path.name == "datapackage.json":
            yield _directory(path if path.is_dir() else path.parent)
        elif str(path) != "-" and not path.is_file():
            raise DataError(f"there is no {str(path)!r}", "name a CSV file or a directory")
    files = [path for path in map(Path, paths) if not path.is_dir()]
    files = [path for path in files if path.name != "datapackage.json"]
    if files:
        yield _files(files)


def _directory(path: Path) -> Bundle:
    described = path / "datapackage.json"
    if described.is_file():
        return _package(described, str(described))
    found = sorted([*path.glob("*.csv"), *path.glob("*.tsv")])
    if not found:
        raise DataError(f"{str(path)!r} holds no CSV file", f"transfer-cli init {path}")
    bundle = Bundle([path])
    for file in found:
        _load(bundle, Resource(file.stem, file, str(file)))
    return bundle


def _package(path: Path, shown: str) -> Bundle:
    bundle = Bundle([path.parent])
    resources, bundle.findings = package.read(path, shown)
    for resource in resources:
        if package.is_text(resource):
            _load(bundle, resource)
        else:
            bundle.notes.append(f"{resource.shown} is no CSV file and was not checked")
    return bundle


def _files(paths: Sequence[Path]) -> Bundle:
    """Return files as one bundle, with the look-ups beside them, which hold for them."""
    bundle = Bundle(list(dict.fromkeys(path.parent for path in paths if str(path) != "-")))
    beside = [home / f"{name}.csv" for home in bundle.directories for name in LOOKUPS]
    extra = [path for path in beside if path.is_file() and path not in paths]
    for path in dict.fromkeys([*paths, *extra]):
        shown = "standard input" if str(path) == "-" else str(path)
        _load(bundle, Resource(path.stem if path in extra else "", path, shown))
    return bundle


def _load(bundle: Bundle, resource: Resource) -> None:
    table, findings = reading.read(resource.path, resource.shown)
    table.kind = _kind(resource.name, table.columns)
    given = resource.schema if resource.schema.get("fields") else _builtin(table.kind)
    table.fields, table.keys = given["fields"], list(package.keys(given))
    bundle.tables.append(table)
    bundle.findings += findings
    if table.columns:
        bundle.findings += columns.check(table)
    if table.columns and not table.fields:
        bundle.notes.append(f"{table.name} follows no schema: only its form was checked")


def _kind(name: str, header: Sequence[str]) -> str:
    """Return the built-in table that a table is: by its name in a package, or by its columns."""
    if name in schema.schemas():
        return name
    found = schema.recognise(header).name
    return found or next((kind for kind in schema.schemas() if _like(kind, header)), "")


def _like(kind: str, header: Sequence[str]) -> bool:
    required = [
        field["name"]
        for field in _builtin(kind)["fields"]
        if field.get("constraints", {}).get("required")
    ]
    return set(required) <= set(header)


def _builtin(kind: str) -> dict[str, Any]:
    entries = schema.descriptor()["resources"]
    return next((entry["schema"] for entry in entries if entry["name"] == kind), {"fields": []})
