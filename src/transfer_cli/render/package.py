"""Writes several tables into a directory, with the Data Package descriptor of those it has."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transfer_cli import dataset
from transfer_cli import oldquery as query
from transfer_cli.errors import TransferError, UsageError
from transfer_cli.files.replacing import replace_file
from transfer_cli.model.schema import descriptor, schemas
from transfer_cli.render import delimited, registry
from transfer_cli.render.output import Target, tell
from transfer_cli.selecting.selection import Selection
from transfer_cli.sources import Source


def write(
    names: Sequence[str], selection: Selection, sources: Sequence[Source], target: Target
) -> None:
    """Write built-in tables as CSV files and ``datapackage.json`` into the directory ``-o``.

    ``all`` means every table; conditions hold for metrics and projects, look-ups stay whole.
    """
    if target.path is None or target.to_screen:
        raise UsageError("several tables need a directory", "transfer-cli export all -o DIR")
    if target.format not in ("", "csv"):
        raise UsageError(f"a package holds CSV files, not {target.format}", "leave --format out")
    if target.path.suffix in registry.SUFFIXES:
        raise UsageError(f"{str(target.path)!r} is a file's name", "transfer-cli export all -o DIR")
    wanted = _present(sources) if "all" in names else tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in schemas():
            raise UsageError(
                f"{name!r} is no built-in table", f"choose from {', '.join(schemas())}"
            )
    directory = _directory(target.path)
    for name in wanted:
        table = dataset.load(name, sources)
        if name in ("metrics", "projects") and selection:
            table = query.select(table, selection)
            tell(table.notes, target)
        text = delimited.render(table.sheet(), ",")
        replace_file(directory / f"{name}.csv", [text.encode()])
    text = json.dumps(
        _described(wanted, whole=not selection and not sources), ensure_ascii=False, indent=2
    )
    replace_file(directory / "datapackage.json", [f"{text}\n".encode()])
    tell((f"wrote {len(wanted)} tables and datapackage.json to {directory}",), target)


def _present(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the built-in tables that all of the sources have; the report's own has all."""
    return tuple(name for name in schemas() if all(name in source.files for source in sources))


def _directory(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TransferError(
            f"cannot make the directory {str(path)!r}: {error.strerror}", "name another with -o"
        ) from None
    return path


def _described(wanted: Sequence[str], *, whole: bool) -> dict[str, Any]:
    """Return the descriptor of the tables written, without keys into rows that are not."""
    resources = []
    for resource in descriptor()["resources"]:
        if resource["name"] in wanted:
            schema = dict(resource["schema"])
            schema["foreignKeys"] = [
                key
                for key in schema.get("foreignKeys", [])
                if key["reference"].get("resource", "" if whole else None) in ("", *wanted)
            ]
            resources.append({**resource, "schema": schema})
    return {**descriptor(), "resources": resources}
