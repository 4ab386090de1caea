"""The tables to check: the built-in ones, those of a directory or a data package, or files."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from shlex import quote
from types import MappingProxyType
from typing import Any

from transfer_cli.check import package, table
from transfer_cli.check.findings import Finding, of_error
from transfer_cli.check.inputs import File, InputTable
from transfer_cli.errors import DataError
from transfer_cli.messages import _, to_people
from transfer_cli.model import headings, schema
from transfer_cli.model.lookups import data_directory, look_up_files
from transfer_cli.model.vocabulary import Vocabulary, look_ups
from transfer_cli.tables import files, kinds
from transfer_cli.tables.encoding import UTF_8
from transfer_cli.tables.packing import check_unpacked, open_bytes
from transfer_cli.tables.rows import open_rows

LOOKUPS = ("indicators", "units", "industries")
"""The tables whose rows extend the built-in vocabulary."""
_BLOCK = 1 << 20


@dataclass
class Bundle:
    """Tables of one package, directory or command line, findings on their form, and notes."""

    directories: Sequence[Path]
    tables: list[InputTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary of the bundle: with its own look-ups, if they are sound."""
        unreadable = {Path(finding.file).stem for finding in self.findings}
        lookups = [each for each in self.tables if each.kind in LOOKUPS]
        if unreadable.intersection(LOOKUPS) or not all(
            table.is_well_formed(each, _builtin(each.kind)["fields"]) for each in lookups
        ):
            return look_ups()
        vocabulary = look_ups(self.directories)
        try:
            # They are read now: a row that is well-formed may still have a factor of 0.
            for name in LOOKUPS:
                getattr(vocabulary, name)
        except DataError as error:
            name = str(error).partition(":")[0]
            self.findings.append(of_error(error, name, _shown(name, lookups)))
            return look_ups()
        return vocabulary


def _shown(name: str, tables: Sequence[InputTable]) -> str:
    """Return the name of a look-up in findings, by its file name."""
    return next((each.name for each in tables if Path(each.name).name == Path(name).name), name)


def find(paths: Sequence[str], **reading: str) -> Iterator[Bundle]:
    """Yield the bundles that paths name: one for each directory, and one for all other tables.

    Without a path it is the built-in tables. ``reading`` is how ``open_rows`` reads files that are
    named. Raises DataError for a path that does not exist or holds no table.
    """
    if not paths:
        yield _of_package(data_directory() / "datapackage.json", "datapackage.json")
    tables = []
    for name in paths:
        files.refuse_url(name)
        path = Path(name)
        if os.path.isdir(path) or path.name == "datapackage.json":  # noqa: PTH112 (NUL)
            yield _of_directory(path if path.is_dir() else path.parent)
        else:
            tables.append(name)
    if tables:
        yield _of_files(tables, reading)


def _of_directory(path: Path) -> Bundle:
    description = path / "datapackage.json"
    if description.is_file():
        return _of_package(description, str(description))
    tables = sorted(file for file in path.glob("*") if files.is_table(file.name))
    if not tables:
        message = _("{path!r} holds no CSV file", path=str(path))
        raise DataError(message, f"transfer-cli init {quote(str(path))}")
    bundle = Bundle([path])
    for file in tables:
        _add(bundle, str(file), [File(file, str(file))], files.unpacked_name(file).stem)
    return bundle


def _of_package(path: Path, shown: str) -> Bundle:
    resources, findings = package.read(path, shown)
    bundle = Bundle([path.parent], findings=findings)
    for resource in resources:
        if resource.is_table:
            own = [File(resource.path, resource.shown)]
            _add(bundle, resource.shown, own, resource.name, resource.schema)
        else:
            with to_people():
                note = _("{name} is not a CSV file and was not checked", name=resource.shown)
            bundle.notes.append(note)
    return bundle


def _of_files(names: Sequence[str], reading: Mapping[str, str]) -> Bundle:
    """Return tables as one bundle, with the look-ups of their directories."""
    tables = {name: files.find(name) for name in dict.fromkeys(names)}
    paths = [path for each in tables.values() for path in each]
    for path in paths:
        if not (path.is_file() or files.is_stream(path)):
            message = _("there is no {path!r}", path=str(path))
            raise DataError(message, _("name a CSV file or a directory"))
        check_unpacked(path)
    directories = (path.parent for path in paths if not files.is_stream(path))
    bundle = Bundle(list(dict.fromkeys(directories)))
    for name, each in tables.items():
        own = [File(_regular(path), files.label(path)) for path in each]
        _add(bundle, files.label(Path(name)), own, reading=reading)
    for name in LOOKUPS:
        for path in look_up_files(bundle.directories, name):
            if path not in paths:
                _add(bundle, str(path), [File(path, str(path))], name)
    return bundle


def _regular(path: Path) -> Path:
    """Return a file, or a temporary copy of standard input or a pipe: it is read more than once."""
    if not files.is_stream(path):
        return path
    with open_bytes(path) as file:
        first = file.read(_BLOCK)
        kinds.check_endless(first, files.label(path))
        suffix = files.PARQUET if first.startswith(files.PARQUET_MAGIC) else ".csv"
        pieces = chain([first], iter(lambda: file.read(_BLOCK), b""))
        return files.copy(pieces, files.label(path), suffix)


def _add(
    bundle: Bundle,
    shown: str,
    own: Sequence[File],
    name: str = "",
    given: dict[str, Any] | None = None,
    reading: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Add a table to a bundle; what is wrong with its header becomes a finding.

    ``name`` and ``given`` are its name and its schema in a package; a file has its name alone.
    """
    new = InputTable(shown, own, reading=reading)
    try:
        new = _with_header(new, bundle.notes)
    except DataError as error:
        bundle.findings.append(new.finding_of(error))
        return
    kind = _kind(name, new.columns)
    rules = given if given and given.get("fields") else _builtin(kind)
    new = replace(new, kind=kind, fields=rules["fields"], keys=list(package.keys(rules)))
    bundle.tables.append(new)
    if not new.fields:
        bundle.notes += _without_schema(new)


@to_people()
def _without_schema(table: InputTable) -> list[str]:
    """Return notes on what is not checked of a table without a schema, and what it needs."""
    only = _("{name} follows no schema: only its form was checked", name=table.name)
    return [only, _further(table)]


def _further(table: InputTable) -> str:
    """Return the note on what a table without a schema needs to have its words checked too."""
    columns, meant = headings.read(table.columns, look_ups())
    kind = schema.recognise(columns).name
    if kind:
        renamed = ", ".join(f"{heading} → {name}" for heading, name in meant.headings.items())
        return _("words, units and numbers are checked too if the columns are named as in {kind}: "
                 "{renamed}", kind=kind, renamed=renamed)  # fmt: skip
    shown = table.files[0].shown
    name = "-" if shown == files.label(Path("-")) else quote(shown)
    return _("words, units and numbers are checked in a table with the columns indicator and "
             "value; to make one of a wide table: {command}",
             command=f"transfer-cli tidy {name} -o metrics.csv")  # fmt: skip


def _with_header(given: InputTable, notes: list[str]) -> InputTable:
    """Return a table with its columns, and add what people should know of how it is read.

    Raises DataError if its files have not the same columns.
    """
    first = None
    header: Sequence[str]
    for path, shown in given.files:
        if files.is_parquet(path):
            from transfer_cli.engine.duck import DuckSource

            header, delimiter = DuckSource(str(path), [path]).columns, ","
        else:
            # The check reads the header again, and reports a broken one.
            with open_rows(path, on_broken=lambda broken: None, **given.reading) as file:
                header = file.header
                notes += file.notes
                delimiter = file.delimiter if file.encoding == UTF_8 else ""
        if first is None:
            first = replace(given, columns=header, delimiter=delimiter)
        elif header != first.columns:
            message = _("other columns than in {file}", file=given.files[0].shown)
            hint = _("the files of one table have the same columns in one order")
            raise DataError(f"{shown}:1: {message}", hint)
    return first or given


def _kind(name: str, header: Sequence[str]) -> str:
    """Return the built-in table that a table is: by its name in a package, or by its columns."""
    if name in schema.schemas():
        return name
    recognised = schema.recognise(header).name
    return recognised or next(
        (kind for kind in schema.schemas() if _has_required(kind, header)), ""
    )


def _has_required(kind: str, header: Sequence[str]) -> bool:
    required = (
        entry["name"]
        for entry in _builtin(kind)["fields"]
        if entry.get("constraints", {}).get("required")
    )
    return {*required} <= {*header}


def _builtin(kind: str) -> dict[str, Any]:
    entries = schema.descriptor()["resources"]
    return next((entry["schema"] for entry in entries if entry["name"] == kind), {"fields": []})
