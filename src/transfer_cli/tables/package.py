"""The files of a data package: what ``init`` and ``export`` write (Data Package v2)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from transfer_cli.errors import TransferError, UsageError, reason
from transfer_cli.messages import _, join
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.schema import descriptor, schemas
from transfer_cli.tables import data as user_data
from transfer_cli.tables.data import DESCRIPTOR
from transfer_cli.tables.replace import replace_files

EMPTY = ("metrics", "projects", "omitted")
"""The tables that a user fills; the others are look-ups."""
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]+")


def starter(directory: Path) -> dict[str, bytes]:
    """Return the files of a new package by name: empty tables, the look-ups, the descriptor.

    The package is named after its directory.
    """
    tables = {f"{name}.csv": _starter_table(name) for name in schemas()}
    return {**tables, DESCRIPTOR: _starter_descriptor(directory)}


def table_names(requested: Sequence[str], data: Sequence[str] = ()) -> list[str]:
    """Return the tables of a package to export, each once.

    ``all`` means every table that each source of ``data`` (see ``data.find``) has. Raises
    UsageError for an unknown table.
    """
    if "all" in requested:
        sources = user_data.find(data)
        return [name for name in schemas() if all(source.has(name) for source in sources)]
    for name in requested:
        if name not in schemas():
            message = _("{name!r} is not a built-in table", name=name)
            raise UsageError(message, _("choose from {names}", names=join(schemas())))
    return list(dict.fromkeys(requested))


def described(names: Sequence[str], *, complete: bool) -> bytes:
    """Return the descriptor of a package of some of the built-in tables.

    Foreign keys into tables that are not in it are left out, and those of a table into its own
    rows if the rows are not ``complete``.
    """
    targets = {*names, ""} if complete else {*names}
    resources = []
    for resource in descriptor()["resources"]:
        if resource["name"] in names:
            keys = [
                key
                for key in resource["schema"].get("foreignKeys", [])
                if key["reference"].get("resource", "") in targets
            ]
            resources.append({**resource, "schema": {**resource["schema"], "foreignKeys": keys}})
    return _json({**descriptor(), "resources": resources})


def write_files(
    directory: Path, contents: Mapping[str, Iterable[bytes]], *, overwrite: bool = False
) -> None:
    """Write files, given by name and content, into a directory, which is made if need be.

    Either all are written or none. Raises TransferError if the directory or a file cannot be
    written or, unless ``overwrite``, already has one of the files.
    """
    taken = [name for name in contents if (directory / name).exists()]
    if taken and not overwrite:
        message = _("{directory!r} already has {names}",
                    directory=str(directory), names=join(taken))  # fmt: skip
        raise TransferError(message, _("name a new directory"))
    new = not directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("cannot make the directory {directory!r}: {reason}",
                    directory=str(directory), reason=reason(error))  # fmt: skip
        raise TransferError(message, _("name another directory")) from error
    try:
        replace_files({directory / name: data for name, data in contents.items()})
    except BaseException:
        if new:
            with suppress(OSError):
                directory.rmdir()
        raise


def _starter_table(name: str) -> bytes:
    if name not in EMPTY:
        return (data_directory() / f"{name}.csv").read_bytes()
    header = io.StringIO()
    columns = [field.name for field in schemas()[name].fields]
    csv.writer(header, lineterminator="\n").writerow(columns)
    return header.getvalue().encode()


def _starter_descriptor(directory: Path) -> bytes:
    """Return a descriptor with the built-in schemas, and without the built-in description."""
    name = _NOT_IN_NAMES.sub("-", directory.resolve().name.lower()).strip("-._") or "report"
    package = {
        "$schema": descriptor()["$schema"],
        "name": name,
        "title": "Figures of a report",
        "resources": descriptor()["resources"],
    }
    return _json(package)


def _json(package: dict[str, Any]) -> bytes:
    return f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode()
