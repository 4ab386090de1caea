"""Reports as html, Word documents, pdf and in several encodings; what is refused, and why."""

import gzip
import io
import sys
import zipfile

import pytest

SENTENCE = "2023年，云南省新签约项目56个，总投资480亿元。"
TABLE = [["年份", "到位资金（亿元）"], ["2022", "3001.07"], ["2023", "5961.26"]]
MARKDOWN = "| 年份 | 到位资金（亿元） |\n|---|---|\n| 2022 | 3001.07 |\n| 2023 | 5961.26 |"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx() -> bytes:
    """A Word document: a title, a sentence in two runs with a deleted word, and a table."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{''.join(map(cell.format, row))}</w:tr>" for row in TABLE)
    body = (
        "<w:p><w:r><w:t>招商简报</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>{SENTENCE[:9]}</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"<w:r><w:t>{SENTENCE[9:]}</w:t></w:r></w:p><w:tbl>{rows}</w:tbl>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", document)
    return buffer.getvalue()


def html(encoding: str = "utf-8") -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td> {c} </td>' for c in row)}</tr>" for row in TABLE)
    return (
        f"<!DOCTYPE html>\n<html><head><meta charset={encoding}><title>5个</title>"
        "<script>var a = '9亿元';</script><style>p {width: 3%}</style></head><body>"
        f"<h1>招商简报</h1><p>2023年，云南省新签约项目<b>56</b>个，总投资480亿元。</p>"
        f"<table>{rows}</table></body></html>"
    ).encode(encoding)


def pdf(text: str) -> bytes:
    """A pdf of one line, in a font that is not embedded: ``text`` is its text layer."""
    content = f"BT /F 12 Tf 40 700 Td <{text.encode('utf-16-be').hex()}> Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 0 1000 1000]"
        b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    ]
    result, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        result
        + b"xref\n0 8\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(result)
    )


def figures(done) -> dict[str, str]:
    assert done.code == 0, done.stderr
    return {row["printed"]: row["province"] for row in done.csv}


@pytest.mark.parametrize(
    "data", [docx(), html(), html("gb18030"), f"招商简报\n{SENTENCE}\n{MARKDOWN}\n".encode()]
)
def test_the_same_figures_from_every_document(cli, write, data):
    assert {"56个", "480亿元"} <= set(figures(cli("extract", write(data, "report.bin"))))
    assert figures(cli("extract", "-", stdin=data))["480亿元"] == "Yunnan"


@pytest.mark.parametrize("data", [docx(), html()])
def test_paragraphs_are_lines_and_tables_are_markdown(data):
    from transfer_cli.extract.documents import to_text

    assert to_text(data, "report") == f"招商简报\n{SENTENCE}\n{MARKDOWN}"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(cli, write, encoding):
    assert "480亿元" in figures(
        cli("extract", write(f"{SENTENCE}\n".encode(encoding), "report.txt"))
    )


def test_a_pdf_with_a_text_layer(cli, write):
    pytest.importorskip("pdfplumber")
    assert figures(cli("extract", write(pdf(SENTENCE), "report.pdf"))) == {
        "56个": "Yunnan", "480亿元": "Yunnan",
    }  # fmt: skip


def test_check_reads_the_same_documents(cli, write):
    report = write(docx(), "report.docx")
    cli("extract", report, "-o", "mine")
    assert {row["column"] for row in cli("check", "mine", "--report", report).csv} <= {
        "confidence", "indicator", "province",
    }  # fmt: skip


ENGLISH = "In 2023 the province signed 56 projects with an investment of 480 million yuan, up 5%."
SPREADSHEET = io.BytesIO()
with zipfile.ZipFile(SPREADSHEET, "w") as _package:
    _package.writestr("xl/workbook.xml", "<workbook/>")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (ENGLISH.encode(), "not written in Chinese"),
        (ENGLISH.encode("utf-16"), "not written in Chinese"),
        (SPREADSHEET.getvalue(), "not a Word document"),
        ("全省簽約項目二百一十三個，總投資約二千八百億元。".encode("big5"), "neither UTF-8 nor"),
        (gzip.compress(SENTENCE.encode(), mtime=0), "a gzip archive"),
        (docx()[:-40], "damaged"),
        (b"PK\x03\x04" + bytes(range(256)), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Office 97-2003"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG"),
        (bytes(range(128, 256)) * 8, "neither UTF-8 nor GB18030"),
    ],
)
def test_what_is_no_chinese_text_is_refused(cli, write, data, why):
    done = cli("extract", write(data, "report.txt"))
    assert (done.code, done.stdout) == (3, "")
    assert why in done.stderr and "Hint: " in done.stderr


def test_a_pdf_without_text_is_refused(cli, write):
    pytest.importorskip("pdfplumber")
    for data, why in ((pdf(""), "without a text layer"), (pdf(SENTENCE)[:60], "damaged")):
        done = cli("extract", write(data, "report.pdf"))
        assert (done.code, done.stdout) == (3, "")
        assert why in done.stderr


def test_a_pdf_needs_an_extra(cli, write, monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    done = cli("extract", write(pdf(SENTENCE), "report.pdf"))
    assert done.code == 3
    assert "pip install 'transfer-cli[documents]'" in done.stderr


def test_several_reports_name_their_source(cli, write):
    one = write(f"{SENTENCE}\n", "one.txt")
    two = write("2022年，甘肃省签约项目40个，其中工业项目25个。\n", "two.txt")
    done = cli("extract", one, two)
    assert [row["source"] for row in done.csv] == ["one.txt"] * 2 + ["two.txt"] * 2
    assert len({row["id"] for row in done.csv}) == 4
    part = done.csv[3]
    assert part["part_of"] == done.csv[2]["id"]
    assert "one.txt: the year of the report is read as 2023" in done.stderr
    assert {row["source"] for row in cli("extract", one, two, "--omitted").csv} == {one, two}
    # Each report is compared with its own rows.
    assert cli("extract", one, two, "-o", "mine").code == 0
    for report in (one, two):
        found = cli("check", "mine", "--report", report)
        assert {row["column"] for row in found.csv} <= {"confidence", "indicator"}, found.stdout


def test_rows_that_a_hand_has_corrected_are_kept(cli, write, tmp_path):
    report = write(f"{SENTENCE}\n", "report.txt")
    done = cli("extract", report, "-o", "mine")
    assert (done.code, done.stdout) == (0, "")
    assert "wrote mine/metrics.csv: 2 rows" in done.stderr
    metrics = tmp_path / "mine" / "metrics.csv"
    corrected = metrics.read_text("utf-8").replace(",480,", ",481,")
    metrics.write_text(corrected, "utf-8")

    again = cli("extract", report, "-o", "mine")
    assert "kept metrics.csv as it is: 2 rows" in again.stderr
    assert metrics.read_text("utf-8") == corrected
    assert not (tmp_path / "mine" / "metrics.new.csv").exists()

    longer = write(f"{SENTENCE}\n其中工业项目40个。\n其中外资20亿元。\n", "report.txt")
    for _again in range(2):
        assert cli("extract", longer, "-o", "mine").code == 0
        assert metrics.read_text("utf-8") == corrected
        new = cli("filter", "mine/metrics.new.csv").csv
        assert [row["printed"] for row in new] == ["40个", "20亿元"]
        assert not {row["id"] for row in new} & {
            row["id"] for row in cli("filter", str(metrics)).csv
        }


def test_one_table_is_no_directory(cli, write):
    report = write(f"{SENTENCE}\n", "report.txt")
    for option in ("--omitted", "--review"):
        done = cli("extract", report, option, "-o", "mine")
        assert (done.code, "mine/table.csv" in done.stderr) == (2, True)


def test_extract_fills_the_package_of_init(cli, write):
    report = write(f"{SENTENCE}\n", "report.txt")
    assert cli("init", "mine", "-q").code == 0
    assert cli("extract", report, "-o", "mine").code == 0
    assert len(cli("filter", "mine/metrics.csv").csv) == 2
