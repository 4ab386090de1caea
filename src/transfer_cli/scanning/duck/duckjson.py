"""A whole table as JSON lines, made by DuckDB: byte for byte as ``render.jsonl`` makes them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from transfer_cli.files import inputs
from transfer_cli.model.numbers import JSON_NUMBER
from transfer_cli.model.schema import recognise
from transfer_cli.scanning import blocks, engines
from transfer_cli.scanning.duck import duckpipe, sql
from transfer_cli.scanning.duck.alike import read_alike
from transfer_cli.scanning.duck.duckpipe import DuckPipe

_PIECE = 1 << 20
_LOW = bytes(set(range(32)) - {ord("\n")})
_ODD = (b'"', b"\\", b"'", b"\r", b"#")
"""What JSON escapes, what opens a quoted cell, and what may guard one against spreadsheets.

DuckDB writes a line with a # in quotes, whichever they are.
"""


def start(engine: str, paths: Sequence[Path]) -> DuckPipe | None:
    """Return the lines of ``paths`` on their way, if DuckDB is to read them.

    It can only where a schema tells which columns hold numbers.
    """
    if not engines.takes(engine, paths):
        return None
    header, delimiter = blocks.header(paths[0], inputs.label(paths[0]))
    schema = recognise(header)
    if any(schema.field(name).type == "any" for name in header):
        return None
    numeric = [name for name in header if schema.field(name).holds_numbers(())]
    parts: list[str] = []
    for name in header:
        parts += [sql.text("{" if not parts else ", "), sql.text(f"{_key(name)}: ")]
        parts.append(_number(name) if name in numeric else _word(name))
    line = f"concat({', '.join([*parts, sql.text('}')])})"
    query = f"SELECT {line} FROM {duckpipe.source(header, delimiter)}"  # noqa: S608
    # No cell holds these marks, nor what DuckDB would quote.
    how = "FORMAT csv, HEADER false, DELIM '\x01', QUOTE '\x02', ESCAPE '\x02'"

    def alike(path: Path) -> bool:
        return _bare(path) and read_alike(path, header, delimiter)

    return DuckPipe(paths, alike, query, (), how)


def lines(made: DuckPipe, rest: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what DuckDB has made, and where it failed, what is left of all lines in ``rest``."""
    done = 0
    while piece := made.read(_PIECE):
        done += len(piece)
        yield piece
    made.close()
    if done and not made.failed:
        return
    for piece in rest:
        yield piece[done:]
        done = max(0, done - len(piece))


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _word(name: str) -> str:
    """Return the SQL of a cell in quotes, or null."""
    return f"coalesce('\"' || nullif({sql.name(name)}, '') || '\"', 'null')"


def _number(name: str) -> str:
    """Return the SQL of a cell as it is printed, if it is a number; else as a word."""
    cell = sql.name(name)
    number = sql.text(JSON_NUMBER.pattern)
    return f"CASE WHEN regexp_full_match({cell}, {number}) THEN {cell} ELSE {_word(name)} END"


def _bare(path: Path) -> bool:
    """Tell whether a file holds nothing that JSON would escape, nor quotes of any kind.

    A file whose cells tabs part is passed over too.
    """
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if any(odd in piece for odd in _ODD) or len(piece.translate(None, _LOW)) < len(piece):
                return False
    return True
