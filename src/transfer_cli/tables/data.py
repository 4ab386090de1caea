"""The user's tables that ``--data`` names: files, directories and data packages."""

import json
import os
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _, join
from transfer_cli.model.lookups import data_directory, is_inside
from transfer_cli.tables import files

BUILTIN = "builtin"
VARIABLE = "TRANSFER_DATA"
DESCRIPTOR = "datapackage.json"


class DataSource(NamedTuple):
    """A set of tables by name: its files, and the directory whose look-ups belong to it.

    A lone file has the name ``""`` and is the table ``metrics``; the sheets of a workbook
    and the tables of a database are tables by their names.
    """

    name: str
    directory: Path
    files: dict[str, Path]

    @property
    def builtin(self) -> bool:
        """Whether these are the tables of the built-in report."""
        return self.directory == data_directory()

    def has(self, table: str) -> bool:
        """Return whether the source has a table, or is that table."""
        lone = self.files.get("")
        return table in self.files or bool(lone and (table == "metrics" or _has_sheets(lone)))

    def file(self, table: str) -> Path:
        """Return the file of a table; raise DataError if the source lacks it."""
        if not self.has(table):
            place = self.files.get("", self.directory)
            message = _("{place} holds no table {table!r}", place=place, table=table)
            names = join(name or "metrics" for name in self.files)
            raise DataError(message, _("it has {names}", names=names))
        return self.files.get(table) or self.files[""]


def _has_sheets(path: Path) -> bool:
    from transfer_cli.tables.rows import is_delimited

    return not is_delimited(path)


def find(data: Sequence[str]) -> list[DataSource]:
    """Return what ``--data`` names, or else ``TRANSFER_DATA`` (separated as in PATH).

    A path is a file of a table, a directory, a ``datapackage.json``, or ``builtin``. Sources of
    one name are numbered. Raises DataError for a path that does not exist or holds no table.
    """
    paths = data or filter(None, os.environ.get(VARIABLE, "").split(os.pathsep))
    sources: dict[str, DataSource] = {}
    for path in paths:
        source = _source(path)
        name, number = source.name, 2
        while name in sources:
            name, number = f"{source.name}_{number}", number + 1
        sources[name] = source._replace(name=name)
    return list(sources.values())


def _source(name: str) -> DataSource:
    if name == BUILTIN:
        directory = data_directory()
        return DataSource(BUILTIN, directory, _package(directory / DESCRIPTOR))
    path, *others = files.find(name)
    if others:
        message = _("--data: {name!r} names several files", name=name)
        raise DataError(message, _("repeat --data for each, or name their directory"))
    if path.name == DESCRIPTOR and path.is_file():
        return DataSource(path.resolve().parent.name, path.parent, _package(path))
    if path.is_dir():
        descriptor = path / DESCRIPTOR
        tables = _package(descriptor) if descriptor.is_file() else _directory(path)
        return DataSource(path.resolve().name, path, tables)
    if path.exists():
        return DataSource(path.name.split(".")[0], path.parent, {"": path})
    message = _("--data: there is no {name!r}", name=name)
    raise DataError(message, _("name a file, a directory, or builtin"))


def _directory(directory: Path) -> dict[str, Path]:
    paths = [path for path in sorted(directory.glob("*")) if files.is_table(path.name)]
    # Of files of one name the CSV file is the table.
    tables = {files.unpacked_name(path).stem: path for path in reversed(paths)}
    tables |= {path.stem: path for path in paths if path.suffix == ".csv"}
    if not tables:
        message = _("--data: {name!r} holds no table", name=str(directory))
        raise DataError(message, "transfer-cli init DIR")
    return tables


def _package(path: Path) -> dict[str, Path]:
    """Return the files of a data package by the names of its resources."""
    try:
        package = json.loads(path.read_text(encoding="utf-8-sig"))
        resources = _resources(package)
        for file in resources.values():
            if not is_inside(path.parent, file):
                message = _("the link {path!r} leads out of the package", path=file)
                raise ValueError(message)
        return {name: path.parent / file for name, file in resources.items()}
    except (OSError, ValueError, RecursionError) as error:
        why = str(error) if type(error) is ValueError else reason(error)
        message = _("{path}: not a data package: {reason}", path=path, reason=why)
        raise DataError(message, f"transfer-cli check {shlex.quote(str(path))}") from error


def _resources(package: Any) -> dict[str, str]:
    """Return the paths of the resources by name; raise ValueError for a wrong resource.

    A package must not reach out of its directory (Data Package v2).
    """
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        raise ValueError(_("it lists no resources"))
    paths: dict[str, str] = {}
    for place, resource in enumerate(resources, 1):
        values = resource if isinstance(resource, dict) else {}
        for key in ("name", "path"):
            if not isinstance(values.get(key), str) or not _is_name(values[key]):
                raise ValueError(
                    _("resource {place}: its {key} is {value}, not text",
                      place=place, key=key, value=json.dumps(values.get(key)))
                )  # fmt: skip
        file = values["path"]
        if Path(file).is_absolute() or ".." in Path(file).parts or "://" in file:
            raise ValueError(_("the path {path!r} leads out of the package", path=file))
        if values["name"] in paths:
            raise ValueError(_("the resource {name!r} occurs twice", name=values["name"]))
        paths[values["name"]] = file
    return paths


def _is_name(text: str) -> bool:
    """Return whether text can name a file: half a surrogate pair, which JSON may hold, cannot."""
    return bool(text) and not re.search("[\0\ud800-\udfff]", text)


def directories(sources: Iterable[DataSource], tables: Iterable[str]) -> list[Path]:
    """Return the directories whose look-ups extend the built-in ones: of sources and tables."""
    directories = [Path(table).parent for table in tables if Path(table).suffix and table != "-"]
    return [*(source.directory for source in sources), *directories]
