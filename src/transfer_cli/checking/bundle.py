"""Finds the tables to check: the built-in ones, a directory, a data package, or CSV files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import Any

from transfer_cli import location
from transfer_cli.checking import columns, package, reading
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.package import Resource
from transfer_cli.checking.tablefile import TableFile
from transfer_cli.errors import DataError
from transfer_cli.files import inputs
from transfer_cli.model import lookups, schema
from transfer_cli.scanning import large

LOOKUPS = ("indicators", "units", "industries")


@dataclass(slots=True)
class Bundle:
    """Tables that belong together, what is wrong with their form, and notes for people.

    ``held`` asks for all rows of large tables, too.
    """

    directories: list[Path]
    held: bool = False
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


def find(paths: Sequence[str], *, held: bool = False) -> Iterator[Bundle]:
    """Yield the bundles that paths name: each directory by itself, all other tables together.

    ``held`` asks for all rows of large tables, too. Raises DataError for a path that does not
    exist or holds no table.
    """
    if not paths:
        home = lookups.data_directory()
        yield _package(home / "datapackage.json", "datapackage.json", held)
    for path in map(Path, paths):
        if path.is_dir() or path.name == "datapackage.json":
            yield _directory(path if path.is_dir() else path.parent, held)
        else:
            _require(path)
    files = [path for path in map(Path, paths) if not path.is_dir()]
    files = [path for path in files if path.name != "datapackage.json"]
    if files:
        yield _files(files, held)


def _require(path: Path) -> None:
    """Raise DataError for a table of which no file is there."""
    for file in inputs.found(str(path)):
        if file != inputs.STANDARD and not file.is_file():
            raise DataError(f"there is no {str(file)!r}", "name a CSV file or a directory")


def _directory(path: Path, held: bool) -> Bundle:
    described = path / "datapackage.json"
    if described.is_file():
        return _package(described, str(described), held)
    found = sorted(file for file in path.glob("*") if location.is_table(file.name))
    if not found:
        raise DataError(f"{str(path)!r} holds no CSV file", f"transfer-cli init {quote(str(path))}")
    bundle = Bundle([path], held)
    for file in found:
        _load(bundle, Resource(location.unpacked(file).stem, file, str(file)))
    return bundle


def _package(path: Path, shown: str, held: bool) -> Bundle:
    bundle = Bundle([path.parent], held)
    resources, bundle.findings = package.read(path, shown)
    for resource in resources:
        if package.is_a_table(resource):
            _load(bundle, resource)
        else:
            bundle.notes.append(f"{resource.shown} is no CSV file and was not checked")
    return bundle


def _files(paths: Sequence[Path], held: bool) -> Bundle:
    """Return tables as one bundle, with the look-ups beside them, which hold for them."""
    files = [file for path in paths for file in inputs.found(str(path))]
    bundle = Bundle(list(dict.fromkeys(file.parent for file in files if str(file) != "-")), held)
    beside = [home / f"{name}.csv" for home in bundle.directories for name in LOOKUPS]
    extra = [path for path in beside if path.is_file() and path not in files]
    for path in dict.fromkeys([*(files if held else paths), *extra]):
        shown = "standard input" if str(path) == "-" else str(path)
        _load(bundle, Resource(path.stem if path in extra else "", path, shown))
    return bundle


def _load(bundle: Bundle, resource: Resource) -> None:
    table, findings = _read(resource, held=bundle.held or resource.name in LOOKUPS)
    table.kind = _kind(resource.name, table.columns)
    given = resource.schema if resource.schema.get("fields") else _builtin(table.kind)
    table.fields, table.keys = given["fields"], list(package.keys(given))
    bundle.tables.append(table)
    bundle.findings += findings
    if table.columns and table.scan is None:
        bundle.findings += columns.check(table)
    if table.columns and not table.fields:
        bundle.notes.append(f"{table.name} follows no schema: only its form was checked")


def _read(resource: Resource, *, held: bool) -> tuple[TableFile, list[Finding]]:
    """Return a table with its rows; a large one with its columns and the way to read it."""
    scan = None if held else large.scan(str(resource.path))
    if scan is None:
        return reading.read(resource.path, resource.shown)
    try:
        found = scan.head.columns
    except DataError as error:
        return reading.header(scan.paths[0], resource.shown, error)
    return TableFile(resource.shown, found, scan=scan), []


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
