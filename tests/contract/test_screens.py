"""At a terminal a number or a code is shown whole or not at all, and what is left out is named."""

import re

import pytest

from transfer_cli.digits import people


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_numbers_are_never_cut(cli, tabular, columns):
    """Every run of digits on the screen is a number of the table, its line, or a code in it."""
    plain = cli(*tabular.run, "-q").stdout
    known = set(re.findall(r"\d[\d.]*", plain.replace(",", " ")))
    known |= {people(number.rstrip(".")) for number in known}
    screen = cli(*tabular.run, "-q", tty=True, columns=columns).stdout
    for line in screen.splitlines():
        for cell in re.findall(r"(?:^| )[>≥<≤≈≲]?(\d[\d,.]*)(?=  |$)", line):
            assert cell in known or len(cell) < 3, (cell, line)


@pytest.mark.parametrize("columns", [80, 100])
def test_a_column_is_shown_or_named_as_left_out(cli, selecting, columns):
    if selecting.name == "compare":
        pytest.skip("compare has its own grid")
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
    from transfer_cli.lookups import indicators, industries

    screen = cli(*selecting.run, tty=True, columns=80).stdout
    shown = screen.partition("More columns")[0]
    labels = {code: row.label for code, row in (*indicators().items(), *industries().items())}
    for column in ("indicator", "industry"):
        for code in {row.get(column, "") for row in rows} - {""}:
            word = max(labels[code].split(), key=len)
            if column.title() in shown:
                assert word in shown, f"{word!r} is broken across lines"


def test_silence_is_a_dash(cli):
    """What is not printed is shown as —, never as 0 and never as nothing."""
    row = next(
        line
        for line in cli("filter", "--province", "Guangxi", tty=True).stdout.splitlines()
        if "gx_soe_agreements" in line
    )
    assert "—" in row


def test_the_language_reaches_every_line(cli, tabular):
    """With --lang zh no sentence on the screen is left in English."""
    screen = cli(*tabular.run, "--lang", "zh", tty=True, columns=120).stdout
    english = ("More columns", "rows.", "Source:", "Other categories", "Nothing printed", "part of",
               "cite as", "left_out")  # fmt: skip
    assert [words for words in english if words in screen] == []
