"""Bad files, as ``bad_files.toml`` lists them, each with the error that comes out of it."""

import datetime as dt
import gzip
import io
import re
import shlex
import sqlite3
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
import pytest

from input_tables import CSV, MANIFEST, PACKERS, database, ods, parquet, xlsx

FILE = Path(__file__).with_name("bad_files.toml")


def archive(**members: str | bytes) -> bytes:
    """Return a zip archive of some texts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return data.getvalue()


def workbook(*rows: list[object], change: Callable[[openpyxl.Workbook], None] | None = None):
    """Return a workbook of a sheet with some rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def rewritten(data: bytes, part: str, pattern: bytes, replacement: bytes) -> bytes:
    """Return a workbook with what matches in one of its parts replaced."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            text = re.sub(pattern, replacement, text, flags=re.DOTALL) if part in name else text
            new.writestr(name, text)
    return copy.getvalue()


def with_a_chart_sheet(book: openpyxl.Workbook) -> None:
    book.create_chartsheet("chart")
    del book[book.sheetnames[0]]


def sqlite(*statements: str) -> bytes:
    """Return a database after some statements."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        return connection.serialize()


def damaged(data: bytes, start: int) -> bytes:
    """Return data with bytes of no meaning from a place on."""
    return data[:start] + bytes(range(256)) * 20 + data[start + 5120 :]


def parquet_of(query: str) -> bytes:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO 'made.parquet' (FORMAT parquet)")
    data = Path("made.parquet").read_bytes()
    Path("made.parquet").unlink()
    return data


def tar() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as file:
        info = tarfile.TarInfo("t.csv")
        info.size = 16
        file.addfile(info, io.BytesIO(b"id,value\na,1\nb,2"))
    return data.getvalue()


def docx(document: str) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def link(name: str, target: str) -> None:
    Path(name).symlink_to(target)


def lookup_elsewhere() -> None:
    Path("elsewhere").mkdir()
    Path("elsewhere/secret").write_text("root:x:0:0\nsecret\n")
    Path("d").mkdir()
    Path("d/t.csv").write_text("id,indicator,value,unit\na,tax,3,亿元\n")
    Path("d/units.csv").symlink_to("../elsewhere/secret")


W = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
FIGURES = ["id", "indicator", "value", "unit"], ["a", "tax", 3, "亿元"]
GROWING = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
XML = f"<!DOCTYPE a [<!ENTITY a0 'ha'>{GROWING}]>"
ENCRYPTED = (
    "<manifest:manifest"
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    "</manifest:manifest>"
)
MADE: dict[str, Callable[[], bytes | None]] = {
    "a huge cell": lambda: b"id,name\na," + b"x" * 17_000_000 + b"\n",
    "a link to nothing": lambda: link("t.csv", "gone.csv"),
    "a link to itself": lambda: link("t.csv", "t.csv"),
    "brackets": lambda: b"[" * 100_000,
    "docx": lambda: docx(W),
    "docx cut short": lambda: docx(W)[:200],
    "docx without text": lambda: docx(W),
    "docx of no XML": lambda: docx("<w:document"),
    "xlsx": xlsx,
    "xlsx cut short": lambda: xlsx()[:3000],
    "a password": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(500)
    + "EncryptedPackage".encode("utf-16-le"),
    "zip": lambda: archive(**{"t.csv": CSV}),
    "zip of two": lambda: archive(**{"t.csv": CSV, "u.csv": CSV}),
    "zip that leads out": lambda: archive(**{"../../t.csv": CSV}),
    "an empty sheet": workbook,
    "no sheet": lambda: rewritten(xlsx(), "workbook.xml", b"<sheets>.*</sheets>", b"<sheets/>"),
    "a chart sheet": lambda: workbook(["x"], change=with_a_chart_sheet),
    "a merged header": lambda: workbook(["产值", None, "税收"], ["a", 1, 2]),
    "two columns of one name": lambda: workbook(["id", "value", "value"], ["a", 1, 2]),
    "titles": lambda: workbook(["地区生产总值"], ["地区", "2023年"], ["云南", 30021]),
    "an error cell": lambda: workbook(*FIGURES, ["b", "tax", "#DIV/0!", "亿元"]),
    "text among numbers": lambda: workbook(*FIGURES, ["b", "tax", "lots", "亿元"]),
    "a date among numbers": lambda: workbook(*FIGURES, ["b", "tax", dt.date(2024, 1, 2), "亿元"]),
    "entities": lambda: rewritten(
        xlsx(), "sheet1.xml", b"<worksheet(.*)</sheetData>",
        XML.encode() + b"<worksheet\\1<row><c t='inlineStr'><is><t>&a9;</t></is></c></row>"
        b"</sheetData>",
    ),
    "damaged parts": lambda: rewritten(xlsx(), "sheet1.xml", b"<row.*", b"<row"),
    "xls cut short": lambda: Path(__file__).with_name("files").joinpath("figures.xls")
    .read_bytes()[:700],
    "ods cut short": lambda: ods()[:400],
    "ods with a password": lambda: archive(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"content.xml": b"\1\2\3\4", "META-INF/manifest.xml": ENCRYPTED},
    ),
    "ods without content": lambda: archive(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF/manifest.xml": MANIFEST},
    ),
    "ods of no XML": lambda: rewritten(ods(), "content.xml", b"<office:body>.*", b"<office"),
    "an empty ods": lambda: ods([[None]]),
    "database": lambda: database(Path()),
    "sqlite cut short": lambda: database(Path())[:5000],
    "sqlite header": lambda: b"SQLite format 3\0" + bytes(84),
    "damaged sqlite": lambda: damaged(database(Path()), 4096),
    "no table": lambda: sqlite("PRAGMA user_version = 1"),
    "a blob": lambda: sqlite("CREATE TABLE t (id, v)", "INSERT INTO t VALUES ('a', x'00ff')"),
    "text in a database": lambda: sqlite(
        "CREATE TABLE t (id, indicator, value, unit)",
        "INSERT INTO t VALUES ('a', 'tax', 3, '亿元'), ('b', 'tax', 'lots', '亿元')",
    ),
    "parquet cut short": lambda: parquet(Path())[:300],
    "parquet with a list": lambda: parquet_of("SELECT 'a' AS id, [1, 2] AS value"),
    "gz": lambda: gzip.compress(CSV.encode()),
    "gz cut short": lambda: gzip.compress(CSV.encode())[:-20],
    "gz damaged": lambda: gzip.compress(CSV.encode())[:-8] + bytes(8),
    "gz of nothing": lambda: gzip.compress(b""),
    "gz of two": lambda: gzip.compress(b"id,value\na,1\n") + gzip.compress(b"b,2\n" * 9)[:-9],
    "gz with rubbish": lambda: gzip.compress(CSV.encode()) + b"rubbish",
    "gz in gz": lambda: gzip.compress(gzip.compress(CSV.encode())),
    "gz of a ragged table": lambda: gzip.compress(b"id,value\na,1\nb\n"),
    "gz of half a workbook": lambda: gzip.compress(xlsx()[:3000]),
    "gz of a report": lambda: gzip.compress("2024年税收15亿元。".encode()),
    "tar": tar,
    **{f"{name} cut short": lambda name=name: PACKERS[name](CSV.encode())[:-9]
       for name in ("bz2", "xz", "zst")},
    "a look-up elsewhere": lookup_elsewhere,
}  # fmt: skip


def cases() -> Iterator[dict]:
    """Yield the cases of the table, each with what its class says of all of them."""
    table = tomllib.loads(FILE.read_text("utf-8"))
    default = table.pop("default")
    for name, group in table.items():
        for case in group:
            yield {"class": name, "code": 3, **default[name], **case}


def put(case: dict) -> None:
    """Write the files of a case into the working directory."""
    for name, text in case.get("files", {}).items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    if "made" in case:
        data = MADE[case["made"]]()
    elif "hex" in case:
        data = bytes.fromhex(case["hex"])
    elif "text" in case:
        text = case["text"].replace("CELL", case.get("cell", "CELL"))
        data = text.encode(case.get("encoding", "utf-8"))
    else:
        data = None
    if data is not None:
        Path(case["file"]).write_bytes(data)


def name_of(case: dict) -> str:
    return f"{case['class']}: {case['what']}"


CASES = list(cases())
COMMAND = re.compile(r"transfer-cli (?:[^']|'[^']*')+$")
PLACEHOLDER = re.compile(r"\b(?:DIR|FILE|NAME|COLUMN|HEADING|NUMBER)\b")


def run(cli, words: str):
    """Run a command line, in which ``< FILE`` is standard input."""
    command, _less, stdin = words.partition(" < ")
    return cli(*shlex.split(command), stdin=Path(stdin).read_bytes() if stdin else b"")


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_bad_file(cli, case):
    put(case)
    done = run(cli, case["run"])
    assert done.code == case["code"], done.stderr
    assert "should not have happened" not in done.stderr and "Traceback" not in done.stderr
    if "finding" in case:
        rows = [",".join((*row.values(),)) for row in done.csv]
        assert any(row.startswith(case["finding"]) for row in rows), rows
        return
    assert done.stdout == ""
    error, *hints = done.stderr.splitlines()
    assert case["error"] in error
    assert error.startswith("Error: ") and len(hints) == 1 and hints[0].startswith("Hint: ")
    assert len(error) < 2100
    command = COMMAND.search(hints[0])
    if command and not PLACEHOLDER.search(command[0]):
        pasted = run(cli, command[0].removeprefix("transfer-cli "))
        assert pasted.code in (0, 3), pasted.stderr
        assert "Error: " not in pasted.stderr or "Hint: " in pasted.stderr


BROKEN = [case for case in CASES if case["run"] == f"filter {case.get('file')}"]


@pytest.mark.parametrize("case", BROKEN, ids=name_of)
def test_a_bad_file_is_the_same_in_every_command(cli, monkeypatch, case):
    """A large file, another command and check say the same of a file that cannot be read."""
    put(case)
    for command, large in (("filter", "1"), ("describe", "")):
        monkeypatch.setenv("TRANSFER_LARGE", large)
        done = cli(command, case["file"])
        assert (done.code, done.stdout) == (case["code"], ""), done.stderr
        assert case["error"] in done.stderr
    assert cli("check", case["file"]).code == 3


def test_there_are_enough_of_them():
    names = [name_of(case) for case in CASES]
    assert len(names) == len({*names}) > 300
    assert {case["code"] for case in CASES} == {1, 2, 3}
    assert {*MADE} == {case["made"] for case in CASES if "made" in case}
