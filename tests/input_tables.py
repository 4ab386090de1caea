"""One table of figures in every format that is read."""

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import zipfile
from xml.sax.saxutils import escape

import duckdb
import openpyxl
import zstandard

CSV = (
    "id,province,indicator,status,scope,period,value,unit,bound\n"
    "a,Yunnan,tax,actual,city,2023,3.30,亿元,exact\n"
    "b,Yunnan,tax,actual,city,2023,12,亿元,over\n"
    "c,Gansu,tax,actual,city,2024,,亿元,exact\n"
    '"d, ""e""",Gansu,jobs,actual,zone,2024-01/2024-06,40,万个,about\n'
)
HEADER, *ROWS = (
    ["id", "province", "indicator", "status", "scope", "period", "value", "unit", "bound"],
    ["a", "Yunnan", "tax", "actual", "city", 2023, 3.3, "亿元", "exact"],
    ["b", "Yunnan", "tax", "actual", "city", 2023, 12, "亿元", "over"],
    ["c", "Gansu", "tax", "actual", "city", 2024, None, "亿元", "exact"],
    ['d, "e"', "Gansu", "jobs", "actual", "zone", "2024-01/2024-06", 40, "万个", "about"],
)


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据"
    for row in (HEADER, *ROWS):
        sheet.append(row)
    sheet["G2"].number_format = "0.00"
    book.create_sheet("other").append(["x"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods(rows=None, name="数据"):
    """An OpenDocument spreadsheet; a cell is a value, or the XML of a cell."""
    body = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"
        for row in rows or (HEADER, *ROWS)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return data.getvalue()


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<"):
        return value
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    shown = "3.30" if value == 3.3 else f"{value:,}" if value > 9999 else str(value)
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def database(tmp_path):
    path = tmp_path / "made.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE figures ({', '.join(HEADER)})")
        connection.execute("CREATE TABLE other (x)")
        rows = [["3.30" if cell == 3.3 else cell for cell in row] for row in ROWS]
        connection.executemany("INSERT INTO figures VALUES (?,?,?,?,?,?,?,?,?)", rows)
    connection.close()
    data = path.read_bytes()
    path.unlink()
    return data


def parquet(tmp_path):
    path, source = tmp_path / "made.parquet", tmp_path / "made.csv"
    source.write_text(CSV, "utf-8")
    with duckdb.cursor() as connection:
        connection.execute(
            f"COPY (FROM read_csv('{source}', all_varchar = true)) TO '{path}' (FORMAT parquet)"
        )
    data = path.read_bytes()
    path.unlink()
    source.unlink()
    return data


def records():
    """The rows as JSON objects, in which 3.30 is printed so."""
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    return [json.dumps(row, ensure_ascii=False).replace("3.3,", "3.30,") for row in rows]


MAKERS = {
    "csv": lambda _path: CSV.encode(),
    "csv of UTF-16": lambda _path: CSV.encode("utf-16"),
    "csv of GB18030": lambda _path: CSV.encode("gb18030"),
    "tsv": lambda _path: CSV.replace(",", "\t").replace("d\t ", "d, ").encode(),
    "json": lambda _path: f"[{','.join(records())}]".encode(),
    "nested.json": lambda _path: f'{{"n": 4, "rows": [{",".join(records())}]}}'.encode(),
    "jsonl": lambda _path: "\n".join(records()).encode(),
    "xlsx": lambda _path: xlsx(),
    "ods": lambda _path: ods(),
    "db": database,
    "parquet": parquet,
}
PACKERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
