"""Writes an empty data package to start from: the user's tables, and the look-ups."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from transfer_cli.errors import TransferError
from transfer_cli.files.replacing import replace_file
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.schema import descriptor, schemas

EMPTY = ("metrics", "projects", "omitted")
"""The tables that a user fills; the others are look-ups."""
DESCRIPTOR = "datapackage.json"
_NO_NAME = re.compile(r"[^a-z0-9._-]+")


def write(directory: Path) -> list[str]:
    """Write the package and return the names of its files; refused where one is there already."""
    files = {f"{name}.csv": _table(name) for name in schemas()}
    files[DESCRIPTOR] = _description(directory)
    taken = [name for name in files if (directory / name).exists()]
    if taken:
        told = f"{str(directory)!r} already has {', '.join(taken)}"
        raise TransferError(told, "name a new directory: transfer-cli init DIR")
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"cannot make the directory {str(directory)!r}: {error.strerror}"
        raise TransferError(told, "name another: transfer-cli init DIR") from None
    for name, data in files.items():
        replace_file(directory / name, [data])
    return list(files)


def _table(name: str) -> bytes:
    if name not in EMPTY:
        return (data_directory() / f"{name}.csv").read_bytes()
    header = io.StringIO()
    columns = [field.name for field in schemas()[name].fields]
    csv.writer(header, lineterminator="\n").writerow(columns)
    return header.getvalue().encode()


def _description(directory: Path) -> bytes:
    """Describe the package: the schemas are the built-in ones, what is told of it is not."""
    built_in = descriptor()
    name = _NO_NAME.sub("-", directory.resolve().name.lower()).strip("-._") or "report"
    package: dict[str, Any] = {"$schema": built_in["$schema"], "name": name}
    package["title"] = "Figures of a report"
    package["resources"] = built_in["resources"]
    return f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode()
