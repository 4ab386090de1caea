"""The number formats and errors of cells in an xls file.

The records are those of BIFF8 ([MS-XLS]) in a compound file ([MS-CFB]).
"""

import struct
from collections.abc import Iterator

from transfer_cli.tables.formats.cells import Details, Shown, number_format
from transfer_cli.tables.formats.xlsx import BUILT_IN

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
           0x24: "#NUM!", 0x2A: "#N/A"}  # fmt: skip
_EOF, _FORMULA, _BOUNDSHEET, _MULRK, _XF = 0x0A, 0x06, 0x85, 0xBD, 0xE0
_NUMBER, _BOOLERR, _RK, _FORMAT = 0x0203, 0x0205, 0x027E, 0x041E
_NO_SECTOR = 0xFFFFFFFA
"""Numbers of sectors from this one on end a chain."""


def details(data: bytes, sheet: str) -> Details | None:
    """Return the number formats and errors of a sheet; None for a file of an older kind."""
    try:
        stream = _stream(data)
        return dict(_cells(stream, *_globals(stream, sheet)))
    except (struct.error, IndexError, KeyError, ValueError):
        return None


def _globals(stream: bytes, sheet: str) -> tuple[int, list[Shown | None]]:
    """Return where the records of a sheet begin, and how each cell style shows numbers."""
    start, codes, styles = len(stream), dict(BUILT_IN), list[int]()
    for kind, body in _records(stream, 0):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body[4:], len(body))
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET and _text(body[7:], body[6]) == sheet:
            start = struct.unpack_from("<I", body)[0]
    return start, [number_format(codes.get(style, "General")) for style in styles]


def _cells(
    stream: bytes, start: int, styles: list[Shown | None]
) -> Iterator[tuple[tuple[int, int], Shown | str]]:
    for kind, body in _records(stream, start):
        if kind not in (_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR):
            continue
        line, place, style = struct.unpack_from("<HHH", body)
        if kind == _MULRK:
            for number in range((len(body) - 6) // 6):
                shown = styles[struct.unpack_from("<H", body, 4 + 6 * number)[0]]
                if shown:
                    yield (line, place + number), shown
        elif kind == _BOOLERR:
            if body[7]:
                yield (line, place), _ERRORS.get(body[6], "#ERROR")
        elif kind == _FORMULA and body[12:14] == b"\xff\xff":
            if body[6] == 2:
                yield (line, place), _ERRORS.get(body[8], "#ERROR")
        elif shown := styles[style]:
            yield (line, place), shown


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of a workbook: its globals or a sheet."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _EOF:
            return
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _text(body: bytes, length: int) -> str:
    """Return a string of so many characters, or all, behind its flags."""
    if body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le")
    return body[1 : 1 + length].decode("latin-1")


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook in a compound file."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    first, _sign, cutoff, first_small = struct.unpack_from("<IIII", data, 48)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    def numbers(block: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(block) // 4}I", block))

    tables = [each for each in numbers(data[76:512]) if each < _NO_SECTOR]
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _NO_SECTOR and len(tables) * size < len(data):
        *listed, more = numbers(sector(more))
        tables += [each for each in listed if each < _NO_SECTOR]
    chain = [number for table in tables for number in numbers(sector(table))]

    def read(number: int) -> bytes:
        parts: list[bytes] = []
        while number < _NO_SECTOR and len(parts) * size < len(data):
            parts.append(sector(number))
            number = chain[number]
        return b"".join(parts)

    directory = read(first)
    entries = {}
    for start in range(0, len(directory), 128):
        entry = directory[start : start + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le")
        entries[name] = struct.unpack_from("<II", entry, 116)
    number, length = entries["Workbook"]
    if length >= cutoff:
        return read(number)[:length]
    box, links = read(entries["Root Entry"][0]), numbers(read(first_small))
    parts: list[bytes] = []
    while number < _NO_SECTOR and len(parts) * small < len(box):
        parts.append(box[number * small : (number + 1) * small])
        number = links[number]
    return b"".join(parts)[:length]
