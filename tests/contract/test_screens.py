"""At a terminal a number or a code is shown whole or not at all, and what is left out is named."""

import re

import pytest

from transfer_cli.model.numbers import people


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_numbers_are_never_cut(cli, tabular, columns):
    """Every run of digits on the screen is a number of the table, its line, or a code in it."""
    plain = cli(*tabular.run, "-q").stdout
    known = set(re.findall(r"\d[\d.]*", plain.replace(",", " ")))
    known |= {people(number.rstrip(".")) for number in known}
    screen = cli(*tabular.run, "-q", tty=True, columns=columns).stdout
    for line in screen.splitlines():
        if line.endswith("."):
            continue  # A sentence below the table.
        for cell in re.findall(r"(?:^| )[>≥<≤≈≲]?(\d[\d,.]*)(?=  |$)", line):
            assert cell in known or len(cell) < 3, (cell, line)


@pytest.mark.parametrize("columns", [80, 100])
def test_a_column_is_shown_or_named_as_left_out(cli, selecting, columns):
    if selecting.name in ("compare", "chart"):
        pytest.skip("they have grids of their own")
    header = cli(*selecting.run).stdout.partition("\n")[0].split(",")
    screen = cli(*selecting.run, tty=True, columns=columns).stdout
    shown, _, left_out = screen.partition("More columns")
    first = [name for name in header[:2] if name not in left_out]
    for name in first:
        word = name.removesuffix("_zh").split("_")[0][:4].casefold()
        assert word in shown.casefold(), name


def test_short_words_are_not_broken(cli, selecting):
    """A label may wrap at its spaces, never inside a word."""
    rows = cli(*selecting.run).csv
    from transfer_cli.model.vocabulary import Vocabulary

    words = Vocabulary()
    screen = cli(*selecting.run, tty=True, columns=80).stdout
    shown = screen.partition("More columns")[0]
    labels = {
        code: row.label for code, row in (*words.indicators.items(), *words.industries.items())
    }
    for column in ("indicator", "industry"):
        joined = ";".join(row.get(column, "") for row in rows)
        for code in {*joined.split(";")} - {""}:
            word = max(labels[code].split(), key=len)
            if column.title() in shown.partition("─")[0]:
                assert word in shown, f"{word!r} is broken across lines"


@pytest.mark.parametrize("columns", [60, 80])
def test_what_was_requested_is_shown(cli, columns):
    """Where there is no room for all, keys give way to a statistic and its unit."""
    args = ("aggregate", "--by", "province,status", "--category", "investment", "--stat", "sum")
    screen = cli(*args, tty=True, columns=columns).stdout
    assert "Sum" in screen and "Unit" in screen and ">1,300" in screen


@pytest.mark.parametrize("named", [("--sort", "-capacity"), ("--where", "capacity > 100")])
def test_a_column_that_is_looked_at_is_shown(cli, named):
    screen = cli("filter", "projects", *named, tty=True, columns=80).stdout
    assert "Capacity" in screen and "10k kW" in screen


def test_a_table_with_some_columns_of_ours_shows_its_numbers(cli, write):
    head = "id,province,place,indicator,industry,status,scope,period,value,unit,bound"
    row = "a,Yunnan,文山壮族苗族自治州,investment,food,negotiating,project,2024-Q1,7,亿元,over"
    screen = cli("filter", write(f"{head}\n{row}\n"), tty=True, columns=80).stdout
    assert ">7" in screen and "CNY 100m" in screen


def test_codes_stand_beside_their_labels(cli):
    """What ``values`` lists can be typed; people read its label in one language."""
    for lang, label in (("en", "Tax paid"), ("zh", "入库税款")):
        screen = cli("values", "indicator", "--lang", lang, tty=True).stdout
        assert re.search(rf"^ tax +3 [^a-z]*{label}$", screen, re.MULTILINE)
    assert re.search(r"^ 个 ", cli("values", "unit", tty=True).stdout, re.MULTILINE)


def test_a_comparison_without_end_is_cut(cli, write):
    rows = "".join(
        f"a{n},Yunnan,tax,actual,province,{1000 + n % 500},{n},亿元\n" for n in range(1500)
    )
    name = write(f"id,province,indicator,status,scope,period,value,unit\n{rows}")
    done = cli("compare", name, "tax", tty=True)
    assert "198 of 1,500 figures shown, in 66 of 500 rows" in done.stdout
    assert len(cli("compare", name, "tax").csv) == 1500


def test_silence_is_a_dash(cli):
    """What is not printed is shown as —, never as 0 and never as nothing."""
    row = next(
        line
        for line in cli("filter", "--province", "Guangxi", tty=True).stdout.splitlines()
        if "Agreements" in line
    )
    assert "—" in row


def test_the_language_reaches_every_line(cli, tabular):
    """With --lang zh no sentence on the screen is left in English."""
    screen = cli(*tabular.run, "--lang", "zh", tty=True, columns=120).stdout
    english = ("More columns", "rows.", "Source:", "Other categories", "Nothing printed", "part of",
               "cite as", "left_out")  # fmt: skip
    assert [words for words in english if words in screen] == []
