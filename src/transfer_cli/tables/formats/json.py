"""JSON and JSON lines, read by the standard library: numbers keep the digits that are printed."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _
from transfer_cli.tables.formats.interface import (
    InputFormat,
    Records,
    Settings,
    choose_sheet,
    chunked,
    require_no_sheet,
)
from transfer_cli.tables.packing import InputFile
from transfer_cli.tables.text import Text, head

_OBJECTS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, which an escape may write: no character."""
Row = dict[str, str]


class JsonLines(InputFormat):
    """One object a line (https://jsonlines.org)."""

    suffixes = (".jsonl", ".ndjson")

    def matches(self, first: bytes, path: Path) -> bool:
        """Return whether the first line is an object and another line follows, or by the suffix."""
        text = head(first)
        if path.suffix in self.suffixes:
            return bool(text.strip())
        line, _end, rest = text.lstrip().partition("\n")
        return bool(rest.strip()) and _is_object(line)

    def read(self, file: InputFile, settings: Settings) -> Records:
        """Return the objects; the columns are the keys in the order in which they appear.

        The file is read twice, as a key may appear first in its last line.
        """
        require_no_sheet(settings, file.name)
        file.make_rewindable()
        text = Text(file, settings.encoding)
        header = dict.fromkeys(key for _line, row in _records(text, file.name) for key in row)
        if not header:
            raise _no_objects(file.name)
        notes = text.notes()
        file.rewind()
        text = Text(file, settings.encoding)
        rows = ((line, [row.get(key, "") for key in header])
                for line, row in _records(text, file.name))  # fmt: skip
        return Records(list(header), chunked(rows), notes)


class Json(InputFormat):
    """One array of objects; or an object that holds such arrays, each of which is a sheet."""

    suffixes = (".json",)

    def matches(self, first: bytes, path: Path) -> bool:
        """Return whether a file begins as an array of objects or as an object does."""
        text = head(first)
        if path.suffix in self.suffixes:
            return bool(text.strip())
        return bool(_OBJECTS.match(text))

    def read(self, file: InputFile, settings: Settings) -> Records:
        """Return the objects, numbered from 1; the columns are all their keys."""
        text = Text(file, settings.encoding)
        content = "".join(line for lines in text.lines() for line in lines)
        objects, notes = self._objects(_parsed(content, file.name), file.name, settings)
        rows = [_flat(item, file.name, place) for place, item in enumerate(objects, 1)]
        header = dict.fromkeys(key for row in rows for key in row)
        if not header:
            raise _no_objects(file.name)
        numbered = ((place, [row.get(key, "") for key in header])
                    for place, row in enumerate(rows, 1))  # fmt: skip
        return Records(list(header), chunked(numbered), [*text.notes(), *notes])

    def _objects(
        self, content: Any, name: str, settings: Settings
    ) -> tuple[Iterable[Any], list[str]]:
        """Return the objects that are the rows, and notes on arrays that are not read."""
        if isinstance(content, dict):
            arrays = {key: value for key, value in content.items() if _is_rows(value)}
            if not arrays:
                require_no_sheet(settings, name)
                return [content], []
            sheet, notes = choose_sheet(list(arrays), settings, name)
            return arrays[sheet], notes
        require_no_sheet(settings, name)
        # The World Bank's service returns an object on the pages, and then the rows.
        rows = content if isinstance(content, list) else [content]
        inner = [item for item in rows if _is_rows(item)]
        return (inner[0] if len(inner) == 1 else rows), []


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _records(text: Text, name: str) -> Iterator[tuple[int, Row]]:
    """Yield the objects of JSON lines, each with its line."""
    number = 0
    text.line = lambda: number
    for lines in text.lines():
        for line in lines:
            number += 1
            if line.strip():
                yield number, _flat(_parsed(line, name, number), name, number)


def _parsed(text: str, name: str, line: int = 0) -> Any:
    """Return parsed JSON in which each number is the text that is printed."""
    try:
        return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number,
                          object_pairs_hook=_unique)  # fmt: skip
    except json.JSONDecodeError as error:
        message = _("{name}:{line}: invalid JSON: {reason}, at character {column}",
                    name=name, line=line or error.lineno, reason=reason(error),
                    column=error.colno)  # fmt: skip
        raise DataError(message, _("it is damaged or cut short: write it again")) from error
    except RecursionError as error:
        place = f"{name}:{line}" if line else name
        message = _("{place}: invalid JSON: {reason}", place=place, reason=reason(error))
        raise DataError(message, _("it is damaged or cut short: write it again")) from error
    except ValueError as error:  # From _unique.
        place = f"{name}:{line}" if line else name
        raise DataError(f"{place}: {error}", _("rename one of them")) from error


class _Number(str):
    """The digits of a number as JSON prints it."""

    __slots__ = ()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raise ValueError if it has a key twice."""
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(_("the key {key!r} occurs twice in one object", key=twice))
    return result


def _flat(item: Any, name: str, place: int) -> Row:
    """Return an object as cells; the keys of an object inside it follow its own after a dot."""
    if not isinstance(item, dict):
        message = _("{name}:{line}: {value} is not an object of columns and cells",
                    name=name, line=place, value=_short(item))  # fmt: skip
        hint = _("write each row as {example}", example='{"column": "cell"}')
        raise DataError(message, hint)
    row: Row = {}
    for key, value in item.items():
        inner = {f"{key}.{last}": cell for last, cell in value.items()} if isinstance(
            value, dict) else {key: value}  # fmt: skip
        for column, cell in inner.items():
            if column in row:
                message = _("{name}:{line}: column {column!r} occurs twice",
                            name=name, line=place, column=column)  # fmt: skip
                raise DataError(message, _("rename one of them"))
            row[column] = _cell(cell, name, place, column)
            if _HALF.search(column) or _HALF.search(row[column]):
                message = _("{name}:{line}: column {column!r} holds half of a character",
                            name=name, line=place, column=column)  # fmt: skip
                raise DataError(message, _("write the text again"))
    return row


def _cell(value: Any, name: str, place: int, column: str) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    message = _("{name}:{line}: column {column!r} holds a list or a record, not a cell",
                name=name, line=place, column=column)  # fmt: skip
    raise DataError(message, _("write it as text or as a number"))


def _short(value: Any) -> str:
    text = str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 20 else f"{text[:20]}…"


def _no_objects(name: str) -> DataError:
    message = _("{name} is empty: it has no object with columns", name=name)
    return DataError(message, _("write one object for each row"))
