"""Encodings: recognised where the bytes leave one choice, refused where they do not."""

import subprocess

import pytest

TABLE = "省份,指标,数值\n云南,税收,1.5\n甘肃,就业,2\n"


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
     ("utf-16-be", "UTF-16"), ("gb18030", "GB18030"), ("gbk", "GB18030")],
)  # fmt: skip
@pytest.mark.parametrize("piped", [False, True], ids=["file", "stdin"])
def test_recognised(cli, write, size, encoding, label, piped):
    data = TABLE.encode(encoding)
    done = cli("filter", "-", stdin=data) if piped else cli("filter", write(data))
    assert (done.code, done.stdout) == (0, TABLE)
    name = "standard input" if piped else "table.csv"
    assert (f"Note: {name} is read as {label}" in done.stderr) == bool(label)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030", "big5", "latin-1", "cp1252"])
def test_forced(cli, write, size, encoding):
    text = "name,v\nCafé,1\n" if encoding in ("latin-1", "cp1252") else TABLE.replace("税", "稅")
    text = text.replace("业", "業").replace("肃", "肅").replace("数", "數").replace("标", "標")
    done = cli("filter", write(text.encode(encoding)), "--encoding", encoding)
    assert (done.code, done.stdout) == (0, text)
    assert "is read as" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_the_first_chinese_character_may_come_late(cli, write, encoding):
    text = "a,b\n" + "1,x\n" * 90_000 + "2,云南省\n"
    assert cli("filter", write(text.encode(encoding)), "--where", "a == 2").stdout == (
        "a,b\n2,云南省\n"
    )


AMBIGUOUS = {
    "Greek letters": "name,v\nαβ,1\n".encode(),
    "two characters of GB 2312": b"name,v\n" + b"\xc2\xb7\xc3\xb1,1\n",
}


@pytest.mark.parametrize("data", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_what_can_be_read_in_two_ways_is_refused(cli, write, size, data):
    name = write(data)
    done = cli("filter", name)
    assert done.code == 3
    assert "can be read as UTF-8" in done.stderr and "and as GB18030" in done.stderr
    for encoding in ("utf-8", "gb18030"):
        assert cli("filter", name, "--encoding", encoding).stdout == data.decode(encoding)


@pytest.mark.parametrize("text", ["name,v\nCafé,1\nkm²,2\n±5,3\n", "имя,v\nМосква,1\n", "v\n5°\n"])
def test_utf_8_without_chinese_is_utf_8(cli, write, text):
    assert cli("filter", write(text)).stdout == text


FOREIGN = {
    "Latin-1": ("name,v\nCafé;München,1\n", "latin-1"),
    "Latin-1 that GBK decodes": ("name,v\nMünchen,1\nKöln,2\n", "latin-1"),
    "Big5": ("省份,指標,數值\n雲南,稅收,1.5\n甘肅,就業,2\n", "big5"),
    "Shift JIS": ("名前,値\nあいうえお,1\nカタカナ,2\n", "shift_jis"),
    "cp1251": ("имя,v\nМосква,1\nНовгород,2\n", "cp1251"),
    "EUC-KR": ("이름,값\n서울특별시,1\n부산광역시,2\n대한민국경제,3\n", "euc_kr"),
}


@pytest.mark.parametrize(("text", "encoding"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_neither_is_refused(cli, write, size, text, encoding):
    done = cli("filter", write(text.encode(encoding)))
    assert done.code == 3
    assert "neither UTF-8 nor GB18030 text" in done.stderr
    assert "--encoding" in done.stderr and "iconv -f" in done.stderr


def test_the_command_of_the_hint_converts(cli, write):
    text = FOREIGN["Big5"][0]
    hint = cli("filter", write(text.encode("big5"))).stderr.partition("Hint: ")[2]
    command = hint[hint.index("iconv") :].strip()
    fixed = subprocess.run(command.split(), capture_output=True, check=True).stdout
    assert cli("filter", "-", stdin=fixed).stdout == text


@pytest.mark.parametrize("name", ["utf-9", "rot13", "base64", "\udc80"])
def test_an_unknown_encoding(cli, write, name):
    done = cli("filter", write(TABLE), "--encoding", name)
    assert (done.code, "unknown encoding" in done.stderr) == (2, True)


def test_a_pattern_of_several_encodings(cli, write, size):
    write(TABLE.encode("gb18030"), "part-1.csv")
    write(TABLE.encode("utf-16"), "part-2.csv")
    write(TABLE, "part-3.csv")
    assert cli("filter", "part-*").stdout == TABLE + TABLE.partition("\n")[2] * 2


def test_check_reads_them(cli, write, size):
    done = cli("check", write(TABLE.encode("gb18030")))
    assert (done.code, "sound" in done.stderr) == (0, True)
