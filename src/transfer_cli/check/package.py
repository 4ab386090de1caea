"""The tables of a user's ``datapackage.json`` with their schemas, and findings on the file."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from transfer_cli.check.findings import Finding, Problem, of_error
from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _, join
from transfer_cli.model.lookups import is_inside
from transfer_cli.tables import files

TYPES = ("string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date",
         "time", "year", "yearmonth", "duration", "geopoint", "geojson", "any")  # fmt: skip
"""The types of Table Schema (https://datapackage.org/standard/table-schema/)."""


class Resource(NamedTuple):
    """A table of a package: its name, its file, the file's name in findings, and its schema."""

    name: str
    path: Path
    shown: str
    schema: dict[str, Any]

    @property
    def is_table(self) -> bool:
        """Whether it is a table, by its suffix; other resources are not checked."""
        name = self.path.name.lower()
        return Path(name).suffix in ("", ".txt") or files.is_table(name)


def read(path: Path, shown: str) -> tuple[list[Resource], list[Finding]]:
    """Return the resources of a package, and findings on its description."""
    try:
        entries = _entries(path, shown)
    except DataError as error:
        return [], [of_error(error, shown)]
    resources: list[Resource] = []
    findings: list[Finding] = []
    for number, entry in enumerate(entries, start=1):
        problem = _entry_problem(entry, path.parent, [each.name for each in resources])
        if problem:
            name = entry.get("name") if isinstance(entry, dict) else None
            message = _("resource {name}: {message}", name=name or number, message=problem.message)
            findings.append(Finding(shown, 0, "", message, problem.fix))
            continue
        schema, faults = _usable_schema(entry.get("schema"))
        for fault in faults:
            message = _("resource {name}: {message}", name=entry["name"], message=fault)
            findings.append(Finding(shown, 0, "", message, _("correct the schema")))
        file = shown.removesuffix("datapackage.json") + entry["path"]
        resources.append(Resource(entry["name"], path.parent / entry["path"], file, schema))
    return resources, findings


def _entries(path: Path, shown: str) -> list[Any]:
    hint = _("transfer-cli init DIR writes one to start from")
    try:
        package = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        message = _("cannot be read: {reason}", reason=reason(error))
        raise DataError(f"{shown}: {message}", f"ls -l {shown}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{shown}: {_('not UTF-8 text')}", _("save it as UTF-8")) from error
    except json.JSONDecodeError as error:
        message = _("invalid JSON: {reason}", reason=reason(error))
        raise DataError(f"{shown}:{error.lineno}: {message}", hint) from error
    except ValueError as error:  # A number of thousands of digits.
        message = _("invalid JSON: {reason}", reason=reason(error))
        raise DataError(f"{shown}: {message}", hint) from error
    except RecursionError as error:
        raise DataError(f"{shown}: {_('nested too deeply')}", hint) from error
    entries = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{shown}: {_('it lists no resources')}", hint)
    return entries


def _entry_problem(entry: Any, directory: Path, taken: Sequence[str]) -> Problem | None:
    """Return why an entry describes no table that can be read, or None."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return Problem(_("it has no name"), _("give it a name and a path"))
    path = entry.get("path")
    if entry["name"] in taken:
        return Problem(_("the name occurs twice"), _("rename one of the two"))
    if not isinstance(path, str) or not path:
        return Problem(_("it has no path"), _("give the path of its CSV file"))
    # The standard forbids these: a package must not read what lies outside it.
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\0" in path:
        message = _("its path {path!r} leaves the package", path=path)
        return Problem(message, _("put the file into the directory of datapackage.json"))
    if not os.path.isfile(directory / path):  # noqa: PTH113 (False for a name too long)
        message = _("there is no file {path!r}", path=path)
        return Problem(message, _("put it there, or delete the resource"))
    if not is_inside(directory, path):
        message = _("its path {path!r} is a link that leaves the package", path=path)
        return Problem(message, _("put the file into the directory of datapackage.json"))
    return None


def _usable_schema(given: Any) -> tuple[dict[str, Any], list[str]]:
    """Return a schema with its valid fields, and the faults of the others."""
    schema = given if isinstance(given, dict) else {}
    entries = schema.get("fields")
    fields, faults = [], []
    for entry in entries if isinstance(entries, list) else []:
        fault = _field_fault(entry)
        if fault:
            faults.append(fault)
        else:
            fields.append(entry)
    if entries is not None and not isinstance(entries, list):
        faults.append(_("the fields of its schema are not a list"))
    usable = {**schema, "fields": fields}
    names = {field["name"] for field in fields}
    for column in sorted({name for key in keys(usable) for name in key} - names if names else ()):
        faults.append(_("its key names {column!r}, which is not a field", column=column))
    return usable, faults


def _field_fault(entry: Any) -> str:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return _("a field has no name")
    if (kind := entry.get("type", "any")) not in TYPES:
        return _("the type of {name!r} is {kind}, and none of {types}", name=entry["name"],
                 kind=json.dumps(kind, ensure_ascii=False), types=join(TYPES))  # fmt: skip
    constraints = entry.get("constraints", {})
    if not isinstance(constraints, dict) or not isinstance(constraints.get("enum", []), list):
        return _("the constraints of {name!r} are not of the form they must have",
                 name=entry["name"])  # fmt: skip
    try:
        re.compile(constraints.get("pattern", ""))
    except (re.error, TypeError, OverflowError, RecursionError):
        return _("the pattern of {name!r} is not a regular expression", name=entry["name"])
    return ""


def keys(schema: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the columns of each key: of unique fields, and of the primary key."""
    primary = schema.get("primaryKey", [])
    primary = [primary] if isinstance(primary, str) else primary
    unique = [[field["name"]] for field in schema["fields"]
              if (field.get("constraints") or {}).get("unique")]  # fmt: skip
    yield from unique
    if isinstance(primary, list) and primary and primary not in unique:
        yield [str(name) for name in primary]
