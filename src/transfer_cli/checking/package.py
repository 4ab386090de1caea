"""Reads a ``datapackage.json`` of a user: its tables with their schemas, and its own faults."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from transfer_cli.checking.finding import Finding, of_error
from transfer_cli.errors import DataError
from transfer_cli.files import textfile
from transfer_cli.location import is_table

_INIT = "transfer-cli init DIR writes one to start from"


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of a package: its name, its file, how that is told, and the schema given for it."""

    name: str
    path: Path
    shown: str
    schema: dict[str, Any] = field(default_factory=dict)


def read(path: Path, shown: str) -> tuple[list[Resource], list[Finding]]:
    """Return the resources of a package, and what is wrong with its description."""
    try:
        entries = _entries(textfile.decode(path.read_bytes(), shown), shown)
    except DataError as error:
        return [], [of_error(error, shown)]
    except OSError as error:
        return [], [Finding(shown, 0, "", f"cannot be read: {error.strerror}", "")]
    resources: list[Resource] = []
    findings: list[Finding] = []
    for number, entry in enumerate(entries, start=1):
        wrong = _wrong(entry, path.parent, {resource.name for resource in resources})
        if wrong:
            name = entry.get("name") if isinstance(entry, dict) else None
            findings.append(
                Finding(shown, 0, "", f"resource {name or number}: {wrong[0]}", wrong[1])
            )
            continue
        resource, faults = _resource(entry, path.parent, shown)
        findings += faults
        resources.append(resource)
    return resources, findings


def _entries(text: str, shown: str) -> list[Any]:
    try:
        package = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"{shown}:{error.lineno}: no JSON: {error.msg}", _INIT) from None
    except RecursionError:
        raise DataError(f"{shown}: nested too deeply", _INIT) from None
    entries = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{shown}: it lists no resources", _INIT)
    return entries


def _wrong(entry: Any, directory: Path, taken: set[str]) -> tuple[str, str] | None:
    """Return why an entry describes no table that can be read, and what to do."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return "it has no name", "give it a name and a path"
    path = entry.get("path")
    if entry["name"] in taken:
        return "the name stands twice", "rename one of the two"
    if not isinstance(path, str) or not path:
        return "it has no path", "give the path of its CSV file"
    # The standard forbids these: a package must not read what lies outside it.
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\0" in path:
        return f"its path {path!r} leaves the package", "put the file beside datapackage.json"
    if not (directory / path).is_file():
        return f"there is no file {path!r}", "put it there, or delete the resource"
    return None


def _resource(entry: dict[str, Any], directory: Path, shown: str) -> tuple[Resource, list[Finding]]:
    told = shown.removesuffix("datapackage.json") + entry["path"]
    given = entry.get("schema")
    schema = given if isinstance(given, dict) else {}
    fields, wrong = [], []
    entries = schema.get("fields")
    for item in entries if isinstance(entries, list) else []:
        fault = _field_fault(item)
        if fault:
            told_of = f"resource {entry['name']}: {fault}"
            wrong.append(Finding(shown, 0, "", told_of, "correct the schema"))
        else:
            fields.append(item)
    usable = {**schema, "fields": fields}
    return Resource(entry["name"], directory / entry["path"], told, usable), wrong


def _field_fault(item: Any) -> str:
    if not isinstance(item, dict) or not isinstance(item.get("name"), str):
        return "a field has no name"
    limits = item.get("constraints", {})
    if not isinstance(limits, dict) or not isinstance(limits.get("enum", []), list):
        return f"the constraints of {item['name']!r} are not of the form they must have"
    try:
        re.compile(limits.get("pattern", ""))
    except (re.error, TypeError, OverflowError, RecursionError):
        return f"the pattern of {item['name']!r} is no regular expression"
    return ""


def is_a_table(resource: Resource) -> bool:
    """Tell whether a resource is a table by its suffix: others are not checked."""
    return resource.path.suffix.lower() in ("", ".txt") or is_table(resource.path.name.lower())


def keys(schema: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the columns that must tell rows apart: of unique fields, and of the primary key."""
    primary = schema.get("primaryKey", [])
    primary = [primary] if isinstance(primary, str) else primary
    unique = [[item["name"]] for item in schema["fields"]
              if (item.get("constraints") or {}).get("unique")]  # fmt: skip
    yield from unique
    if isinstance(primary, list) and primary and primary not in unique:
        yield [str(name) for name in primary]
