"""What is drawn: bars, labels, open ends, gaps and footnotes, at a terminal and in a picture."""

import json
import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from transfer_cli.output.charts import timeline
from transfer_cli.output.charts.screen import EIGHTHS, bar

HEADER = "id,province,indicator,status,scope,period,value,unit,bound,part_of,note\n"
GDP = HEADER + (
    "a,云南,gdp,actual,province,2023,30000,亿元,over,,one\n"
    "b,四川,gdp,actual,province,2023,60000,亿元,exact,,two\n"
    "c,贵州,gdp,actual,province,2023,15000,亿元,about,,\n"
    "d,甘肃,gdp,actual,province,2023,12000,亿元,under,,\n"
)
SERIES = HEADER + "".join(
    f"{name}{period},{name},gdp,actual,province,{period},{value},亿元,{bound},,\n"
    for name, period, value, bound in [
        ("云南", "2020", 100, "exact"), ("云南", "2021", 120, "over"), ("云南", "2022", 130, ""),
        ("云南", "2024", 150, "exact"), ("四川", "2020", 200, ""), ("四川", "2021", 210, "under"),
        ("四川", "2023", 190, "about"), ("四川", "2024", 240, ""), ("四川", "2024-Q1", 60, ""),
    ]
)  # fmt: skip


def drawn(cli, *args, columns=100, **more):
    done = cli("chart", *args, tty=True, columns=columns, **more)
    assert done.code == 0, done.stderr
    return done.stdout


def spec(cli, *args):
    done = cli("chart", *args, "-o", "out.vl.json")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    return json.loads(Path("out.vl.json").read_text("utf-8"))


def panels(picture):
    return [part for part in picture["vconcat"] if "layer" in part]


def rows(panel):
    """The rows of data of a panel by their position."""
    found = {}
    for layer in panel["layer"]:
        for row in layer["data"]["values"]:
            found.setdefault(row["row"], {}).update(row)
    return [found[place] for place in sorted(found)]


def layers(panel, kind):
    return [layer for layer in panel["layer"] if layer["mark"]["type"] == kind]


def footer(picture):
    return picture["vconcat"][-1]["mark"]["text"]


def length(line):
    """How long a bar is in a line, in eighths of a character."""
    return sum(8 if char == "█" else EIGHTHS.index(char) for char in line if char in EIGHTHS[1:])


# Bars.


@given(st.fractions(0, 10**9), st.fractions(Fraction(1, 10**6), 10**9), st.integers(1, 80))
def test_a_bar_is_as_long_as_its_number(value, high, room):
    value = min(value, high)
    eighths = length(bar(value, (0, high), room))
    assert abs(eighths - float(value / high) * room * 8) <= 1
    assert (eighths > 0) is (value > 0)


@given(st.fractions(-(10**6), 10**6), st.integers(2, 80))
def test_a_bar_below_zero_ends_where_others_begin(value, room):
    zero = cell_len(bar(0, (-(10**6), 10**6), room))
    text = bar(value, (-(10**6), 10**6), room)
    if value < 0:
        assert len(text) == max(zero, 1) and text.endswith("█")
    else:
        assert text.startswith(" " * zero) and "█" not in text[:zero]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 140])
def test_bars_of_a_table(cli, write, lang, columns):
    text = drawn(cli, write(GDP), "--lang", lang, columns=columns)
    lines = [line for line in text.splitlines() if re.search("[█—]", line) and "—  " not in line]
    bars = {line.split()[0]: line for line in lines if "█" in line}
    names = ["Gansu", "Guizhou", "Yunnan", "Sichuan"] if lang == "en" else [
        "甘肃", "贵州", "云南", "四川"]  # fmt: skip
    assert list(bars) == names
    longest = length(bars[names[3]])
    for name, share in zip(names, (0.2, 0.25, 0.5, 1), strict=True):
        assert abs(length(bars[name]) - share * longest) <= 8
    assert bars[names[0]].endswith("┤ <12,000")
    assert bars[names[1]].endswith("█ ≈15,000") or bars[names[1]].endswith(" ≈15,000")
    assert bars[names[2]].endswith("▶ >30,000¹")
    assert bars[names[3]].endswith(" 60,000²")
    assert len({cell_len(line[: line.index("█")]) for line in bars.values()}) == 1
    assert max(map(cell_len, text.splitlines())) <= columns
    assert "¹ one" in text and "² two" in text


def test_a_plain_terminal_gets_plain_characters(cli, write, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    text = drawn(cli, write(GDP))
    assert re.search(r"Yunnan +#+> >30,000¹", text)
    assert re.search(r"Gansu +#+\| <12,000", text)
    assert not re.search("[▏▎▍▌▋▊▉█▶┤]", text)


def test_silence_is_a_dash(cli, write):
    text = drawn(cli, write(GDP), "gdp", "--province", "云南,广西")
    assert re.search(r"Guangxi +—$", text, re.MULTILINE)
    picture = spec(cli, "table.csv", "gdp", "--province", "云南,广西")
    [panel] = panels(picture)
    assert [(row["label"], row["text"], "value" in row) for row in rows(panel)] == [
        ("Yunnan", ">30,000¹", True), ("Guangxi", "—", False)]  # fmt: skip
    assert any("— not printed" in line for line in footer(picture))


def test_the_picture_of_signed_investment(cli):
    picture = spec(cli, "investment", "--status", "signed")
    assert picture["title"]["text"] == "Investment by province"
    assert picture["title"]["subtitle"] == "Investment, CNY 100m"
    found = panels(picture)
    # Unlike figures have a panel each, and one scale: no bar is longer than a larger amount.
    assert [panel["title"]["text"][0] for panel in found] == [
        "signed · zone · since Mar 2023", "signed · programme · 2023", "signed · programme",
        "signed · project · 2023"]  # fmt: skip
    domains = {
        json.dumps(layer["encoding"]["x"]["scale"]["domain"])
        for panel in found for layer in panel["layer"]
    }  # fmt: skip
    [domain] = map(json.loads, domains)
    assert domain[0] == 0 and domain[1] > 4573
    assert [(row["value"], row["text"]) for panel in found for row in rows(panel)] == [
        (1000, ">1,000¹"), (4573, "4,573²"), (1300, ">1,300³"), (15, "15⁴")]  # fmt: skip
    arrows = [bool(layers(panel, "point")) for panel in found]
    assert arrows == [True, False, True, False]
    assert "— Gansu, Guizhou, Yunnan, Guangxi, Sichuan" in found[1]["title"]["text"]
    screen = cli("compare", "investment", "--status", "signed", tty=True, columns=2000).stdout
    notes = [line for line in screen.splitlines() if line[:1] in "¹²³⁴" and line]
    words = " ".join(footer(picture))
    assert notes and all(note in words for note in notes)
    assert "Source: metrics" in words and "Nothing printed for: Yunnan." in words


def test_ranks_are_left_out_of_bars(cli):
    text = drawn(cli, "rank")
    assert "ranks are left out: a rank is not an amount, so it has no bar" in text
    assert "1st" not in text


def test_a_value_a_hundred_times_another_is_noted(cli):
    text = drawn(cli, "investment", "--status", "signed", columns=200)
    assert "4,573 is about 305 times 15, whose bar is hardly seen" in text
    assert re.search(r"Gansu +[▏▎▍▌] 15⁴", text)
    assert "about 305 times" in " ".join(footer(spec(cli, "investment", "--status", "signed")))


def test_several_figures_of_a_province_have_a_bar_each(cli):
    text = drawn(cli, "enterprises", "--province", "贵州", columns=140)
    picture = spec(cli, "enterprises", "--province", "贵州")
    texts = [row["text"] for panel in panels(picture) for row in rows(panel)]
    assert len(texts) > 3 and all(f" {one}\n" in text for one in texts if one != "—")


def test_caveats_stand_in_the_picture(cli, write):
    name = write("province,indicator,value\n云南,gdp,3\n四川,gdp,4\n")
    done = cli("chart", name, "-o", "out.vl.json")
    caveat = done.stderr.splitlines()[0].removeprefix("Note: ")
    words = " ".join(json.loads(Path("out.vl.json").read_text())["vconcat"][-1]["mark"]["text"])
    assert caveat and caveat in words


# Parts inside their whole.


def test_parts_are_drawn_inside_their_whole(cli):
    args = ("investment", "--by", "status", "--province", "内蒙古")
    text = drawn(cli, *args)
    lines = {line.split()[0]: line for line in text.splitlines() if "█" in line}
    assert list(lines) == ["signed", "started", "completed"]
    assert "·" not in lines["signed"] and "·" in lines["started"]
    ends = {cell_len(re.match(r"(.*[█·▉-▏]) ", line)[1]) for line in lines.values()}
    assert len(ends) == 1
    [panel] = panels(spec(cli, *args))
    assert [(row["label"], row["value"], row.get("whole")) for row in rows(panel)] == [
        ("signed", 4573, None), ("started", 3494.9, 4573), ("completed", 373.6, 4573)]  # fmt: skip
    assert not any(layer["encoding"]["x"].get("stack") for layer in panel["layer"])
    widest, *_inner = layers(panel, "bar")
    assert {row["label"] for row in widest["data"]["values"]} == {"started", "completed"}


def test_a_stage_without_a_whole_shares_no_axis(cli):
    done = cli("chart", "investment", "--by", "status", "--province", "四川", tty=True)
    assert done.code == 1
    assert "no two stages are of one cohort" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("--by province")
    text = drawn(cli, "investment", "--by", "status", columns=200)
    assert "Not drawn, as no whole contains them: " in text and "sc_leshan" in text


# Lines.


def test_a_line_breaks_where_nothing_is_printed(cli, write):
    years, quarter = panels(spec(cli, write(SERIES), "--by", "period"))
    [line] = layers(years, "line")
    pieces = {}
    for row in line["data"]["values"]:
        pieces.setdefault(row["piece"], []).append((row["series"], row["period"]))
    assert list(pieces.values()) == [
        [("Yunnan", "2020"), ("Yunnan", "2021"), ("Yunnan", "2022")],
        [("Yunnan", "2024")],
        [("Sichuan", "2020"), ("Sichuan", "2021")],
        [("Sichuan", "2023"), ("Sichuan", "2024")],
    ]
    assert line["encoding"]["detail"]["field"] == "piece"
    assert line["encoding"]["y"]["scale"]["domain"][0] == 0
    shapes = {row["text"]: row["shape"] for row in line["data"]["values"]}
    assert (shapes[">120"], shapes["<210"], shapes["130"]) == (
        "triangle-up", "triangle-down", "circle")  # fmt: skip
    unprinted = [row["period"] for row in years["layer"][-1]["data"]["values"]]
    assert unprinted == ["2023", "2022"]
    # A quarter has an axis of its own.
    assert [row["period"] for row in layers(quarter, "line")[0]["data"]["values"]] == ["2024 Q1"]


def test_lines_at_a_terminal_are_bars_with_gaps(cli, write):
    text = drawn(cli, write(SERIES), "--by", "period")
    assert re.search(r"Yunnan · 2023 +—$", text, re.MULTILINE)
    assert re.search(r"Yunnan · 2021 +█+[▉-▏]?▶ >120$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["2020", "2023"], ["2020", "2021", "2022", "2023"]),
        (["2023-Q3", "2024-Q1"], ["2023-Q3", "2023-Q4", "2024-Q1"]),
        (["2023-S1", "2024-S1"], ["2023-S1", "2023-S2", "2024-S1"]),
        (["2023-11", "2024-02"], ["2023-11", "2023-12", "2024-01", "2024-02"]),
        (["2023-01/2023-04", "2024-01/2024-04"], ["2023-01/2023-04", "2024-01/2024-04"]),
        (["1900", "2023"], ["1900", "2023"]),
        (["2023年", "2024年"], ["2023年", "2024年"]),
        (["2023-03/.."], ["2023-03/.."]),
        ([], []),
    ],
)
def test_missing_periods_have_a_place(codes, expected):
    assert timeline.filled(codes) == expected


def test_periods_of_unlike_length_stand_apart():
    codes = ["2024-Q1", "2023", "2020", "2023-12-31", "2023-03/..", "2021-05/..", "", "soon"]
    assert timeline.kinds(codes) == [
        ["2024-Q1"], ["2020", "2023"], ["2023-12-31"], ["2023-03/.."], ["2021-05/.."]]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "follows"),
    [("2020", "2021", True), ("2020", "2022", False), ("2023-Q4", "2024-Q1", True),
     ("2023", "2024-Q1", True), ("", "2020", False), ("2020/..", "2021", False)],
)  # fmt: skip
def test_adjacent_periods(first, second, follows):
    assert timeline.adjacent(first, second) is follows


# Coverage.


def test_coverage_shows_silences(cli):
    table = cli("describe", "--what", "coverage", "--json").json
    text = drawn(cli, "--coverage", columns=120)
    picture = spec(cli, "--coverage")
    [panel] = panels(picture)
    cells = panel["layer"][0]["data"]["values"]
    assert len(cells) == len(table) * (len(table[0]) - 1)
    counts = {(cell["row"], cell["column"]): cell for cell in cells}
    for row in table:
        line = next(line for line in text.splitlines() if line.startswith(row["category"]))
        shown = re.sub("[░▒▓█]", "", line).split()[1:]
        expected = [cell or "—" for cell in list(row.values())[1:]]
        assert shown == expected
        for name, cell in list(row.items())[1:]:
            assert counts[row["category"], name]["text"] == (cell or "—")
    rect = panel["layer"][0]["encoding"]["color"]["condition"]
    assert rect == {"test": "datum.count === 0", "value": "white"}


# Refusals.


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        (("national_rank",), "a rank is not an amount", "transfer-cli compare national_rank"),
        (("investment", "--by", "scope"), "figures of different scope share no axis",
         "transfer-cli chart investment -o x.vl.json --by province"),
        (("all",), "groups of different figures share no axis, and a picture holds 12", "--status"),
    ],
)  # fmt: skip
def test_what_shares_no_axis_is_refused(cli, args, message, hint):
    done = cli("chart", *args, "-o", "x.vl.json")
    assert done.code == 1
    assert message in done.stderr and hint in done.stderr
    assert not Path("x.vl.json").exists()


def test_a_picture_is_no_table(cli):
    done = cli("filter", "-o", "x.svg")
    assert done.code == 2
    assert "svg is a picture, which chart and compare draw" in done.stderr


def test_chart_and_contrast_exclude_each_other(cli):
    done = cli("compare", "tax", "--chart", "--vs", "Yunnan")
    assert done.code == 2
    assert "--chart draws the figures, not --vs" in done.stderr
    assert done.stderr.splitlines()[-1] == "Hint: transfer-cli compare tax --chart"


# Files.


def test_compare_draws_the_same(cli):
    for args in (("tax",), ("investment", "--by", "status")):
        assert drawn(cli, *args) == cli("compare", *args, "--chart", tty=True).stdout
        cli("compare", *args, "-o", "one.vl.json")
        assert json.loads(Path("one.vl.json").read_text("utf-8")) == spec(cli, *args)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("args", [("tax",), ("tax", "--by", "period"), ("--coverage",)])
def test_every_picture_is_drawn(cli, args, lang):
    pytest.importorskip("vl_convert")
    for suffix, magic in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        done = cli("chart", *args, "--lang", lang, "-o", f"x.{suffix}")
        assert (done.code, done.stdout) == (0, ""), done.stderr
        assert Path(f"x.{suffix}").read_bytes().startswith(magic)


def test_an_svg_holds_labels_numbers_and_footnotes(cli):
    pytest.importorskip("vl_convert")
    cli("chart", "investment", "--status", "signed", "-o", "x.svg", "--lang", "zh")
    text = Path("x.svg").read_text("utf-8")
    for word in ("内蒙古", "4,573²", "宜宾高新区", "未载：云南。", "亿元"):
        assert word in text


@pytest.mark.parametrize("font", [True, False])
def test_labels_are_english_where_no_font_is_chinese(cli, monkeypatch, font):
    pytest.importorskip("vl_convert")
    from transfer_cli.output.formats import picture

    seen = []
    monkeypatch.setattr(picture, "has_chinese_font", lambda: font)
    monkeypatch.setattr(picture.Picture, "_encoded", lambda _self, one: seen.append(one) or b"x")
    done = cli("chart", "tax", "--lang", "zh", "-o", "x.png")
    text = json.dumps(seen, ensure_ascii=False)
    assert ("云南" in text, "Yunnan" in text) == (font, not font)
    assert ("…" in done.stderr) is not font
    assert font or not re.search("[\u4e00-\u9fff]", text)


def test_a_specification_needs_no_extra(cli, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert cli("chart", "tax", "-o", "x.vl.json").code == 0
    done = cli("chart", "tax", "-o", "x.svg")
    assert done.code == 1
    assert done.stderr.splitlines()[-1] == "Hint: pip install 'transfer-cli[chart]'"


def test_cells_are_text_in_a_picture(cli, write):
    pytest.importorskip("vl_convert")
    name = write(GDP.replace("one", '"<script>x</script> ""]); alert(1)"'))
    cli("chart", name, "-o", "x.svg")
    text = Path("x.svg").read_text("utf-8")
    assert "<script" not in text and "&lt;script&gt;x" in text


def test_a_chart_of_nothing(cli):
    assert drawn(cli, "tax", "--province", "广东") == ""
    done = cli("chart", "tax", "--province", "广东", "-o", "x.vl.json")
    assert done.code == 0
    assert "Guangdong" in done.stderr
    assert not Path("x.vl.json").exists()


# Shares.


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (("values", "status"), [r"actual +60  █{6}▏ +62%", r"signed +11  █▏ +11%"]),
        (("describe", "--what", "columns"), [r"id +text +97  █{10} 100%",
                                             r"place +text +49  █{5} +51%"]),
        (("describe", "--what", "indicators"), [r"Investment +10  █ +10%"]),
    ],
)  # fmt: skip
def test_counts_show_their_shares(cli, args, lines):
    text = cli(*args, tty=True, columns=160).stdout
    for line in lines:
        assert re.search(line, text), text
    assert "%" not in cli(*args, tty=True, columns=40).stdout.replace("%\n", "")
    assert "█" not in cli(*args).stdout


def test_totals_have_no_bar(cli, write):
    name = write(GDP)
    for suffix in ((), ("--total",)):
        text = cli("compare", name, *suffix, "--chart", tty=True).stdout
        assert len([line for line in text.splitlines() if "█" in line]) == 4
        assert "Total" not in text


def test_a_heading_of_ones_own_names_the_column(cli, write):
    name = write("省份,年份,indicator,value\n云南,2022,gdp,3\n云南,2023,gdp,4\n")
    text = drawn(cli, name, "--by", "年份")
    assert re.search(r"2022 +█", text) and re.search(r"2023 +█", text)
