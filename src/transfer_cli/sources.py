"""Where figures come from: the built-in report, and the user's tables given with ``--data``."""

import json
import os
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.model import lookups, ordering

BUILTIN = "builtin"
VARIABLE = "TRANSFER_DATA"


class Source(NamedTuple):
    """A set of tables by name: its files, and the directory whose look-ups belong to it."""

    name: str
    directory: Path
    files: dict[str, Path]

    def file(self, table: str) -> Path:
        """Return the file of a table; raise DataError if the source has none."""
        path = self.files.get(table) or (self.files.get("") if table == "metrics" else None)
        if path is None:
            told = f"it has {', '.join(self.files)}"
            raise DataError(f"{self.directory} holds no table {table!r}", told)
        return path


def given(options: Sequence[str] | None) -> list[str]:
    """Return what ``--data`` names, or else what the environment does (parted as PATH is)."""
    if options:
        return list(options)
    return [path for path in os.environ.get(VARIABLE, "").split(os.pathsep) if path]


def find(names: Iterable[str]) -> list[Source]:
    """Return the sources by their paths, under names that differ.

    A path is a CSV file, a directory, or a ``datapackage.json``. Raises DataError for a path
    that does not exist or holds no table.
    """
    found: list[Source] = []
    for name in names:
        source = _source(name)
        taken = {other.name for other in found}
        number = 2
        label = source.name
        while label in taken:
            label, number = f"{source.name}_{number}", number + 1
        found.append(Source(label, source.directory, source.files))
    return found


def _source(name: str) -> Source:
    if name == BUILTIN:
        directory = lookups.data_directory()
        return Source(BUILTIN, directory, _package(directory / "datapackage.json"))
    path = Path(name)
    if path.name == "datapackage.json" and path.is_file():
        return Source(path.resolve().parent.name, path.parent, _package(path))
    if path.is_dir():
        package = path / "datapackage.json"
        files = _package(package) if package.is_file() else _plain(path)
        return Source(path.resolve().name, path, files)
    if path.is_file():
        return Source(path.name.split(".")[0], path.parent, {"": path})
    raise DataError(f"--data: there is no {name!r}", "name a CSV file, a directory, or builtin")


def _package(path: Path) -> dict[str, Path]:
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return {entry["name"]: path.parent / _inside(entry["path"]) for entry in resources}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path}: no data package: {error}", f"transfer-cli check {shlex.quote(str(path))}"
        ) from None


def _inside(path: str) -> str:
    """Return a resource's path; a package may not reach out of its directory (Data Package v2)."""
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise ValueError(f"the path {path!r} leads out of the package")
    return path


def _plain(directory: Path) -> dict[str, Path]:
    files = {path.stem: path for path in sorted(directory.glob("*.csv"))}
    if not files:
        raise DataError(f"--data: {str(directory)!r} holds no CSV file", "transfer-cli init DIR")
    return files


def use(found: Sequence[Source], tables: Iterable[str] = ()) -> None:
    """Let the look-ups beside these sources, and beside tables given by path, extend ours."""
    beside = [Path(table).parent for table in tables if Path(table).suffix and table != "-"]
    extend([*(source.directory for source in found), *beside])


def extend(directories: Iterable[Path]) -> None:
    """Let the look-ups in these directories, and no others, extend ours."""
    lookups.extend(directories)
    ordering.places.cache_clear()
