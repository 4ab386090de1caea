"""Every reader of the user's text as a function of a text, for random input in great numbers.

A text is read without a command around it: thousands of them take a second. Each function raises
only the errors of the project.
"""

import io
import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from hostile import (
    CONDITIONS,
    EXPRESSIONS,
    LOOKUP,
    PACKAGE,
    REPORTS,
    TABLES,
    WORDS,
    argument,
    encoded,
    mutated,
)
from transfer_cli.errors import TransferError
from transfer_cli.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from transfer_cli.tables.memory import MemorySource

NUMBERS = ("1,234.5", "-3.30", "１２．５", "1e5", "12.5%", ".5", "7.", "+5", "007")
QUANTITIES = ("100亿元", "100 CNY 100m", "3.5万人", "≥5%", "1,000", "20 km", "15 亿元/项")
UNITS = ("亿元", "10k persons", "CNY 100m/project", "万千瓦时/年", "percentage points", "10亿元")
BOUNDS = ("over", "about", "nearly", "unknown", "at_most", "")
PERIODS = ("2024-Q1/2024-Q3", "2024年1—3月", "2021/2023", "2023-03/..", "2024-M01", "20240105",
           "2024-01-05 00:00:00", "2024年一季度", "2024H1")  # fmt: skip
CODES = ("province", "indicator", "status", "scope", "bound")
HEADINGS = ("产值（亿元）", "GDP [CNY 100m]", "年份", "指标", "value", "产值=value")


def quantity(text: str) -> None:
    """Read the limit of ``--min``, and a cell with a unit and a bound."""
    from transfer_cli.query.options import condition

    _readable(lambda: _source().count(condition(_source(), min=text)))
    value, _comma, unit = text.partition(",")
    for row in ({"value": text}, {"value": value, "unit": unit, "bound": unit}):
        _readable(partial(_cells, row))


def unit(text: str) -> None:
    """Read the unit of ``--unit``, and print it."""
    units = _vocabulary().units
    units.label(units.printed(text))
    units.target(text, units.parse("亿元"))


def number(text: str) -> None:
    """Read a number, and write what was read."""
    from transfer_cli.model import numbers

    for percent in (False, True):
        if numbers.is_number(text, percent=percent):
            value = numbers.exact(text, percent=percent)
            numbers.machine(value)
            numbers.digits(value)
    numbers.json_number(text)
    numbers.plain_number(text)
    numbers.people(text)


def period(text: str) -> None:
    """Read a period, and print it."""
    from transfer_cli.model import periods

    periods.label(text)
    periods.label(periods.parse(text).code)


def where(text: str) -> None:
    """Read a condition, and filter a small table by it."""
    from transfer_cli.query.options import condition

    _source().count(condition(_source(), where=text))


def option(text: str) -> None:
    """Read a word of the filter options, a delimiter, an encoding and a mapping of headings."""
    from transfer_cli.model.headings import parse_mapping
    from transfer_cli.query.options import condition
    from transfer_cli.tables import encoding
    from transfer_cli.tables.reader import delimiter_character

    reads: tuple[Callable[[], object], ...] = (
        *(partial(condition, _source(), words={column: [text]}) for column in CODES),
        partial(condition, _source(), words={"id": [text]}),
        partial(condition, _source(), words={"period": [text]}, search=text, max=text),
        partial(delimiter_character, text),
        partial(encoding.lookup, text),
        partial(parse_mapping, [text]),
    )
    _random(text).choice(reads)()


def heading(text: str) -> None:
    """Read the header of a table of the user's."""
    from transfer_cli.model.headings import read

    read(list(dict.fromkeys(["id", *text.split(",")])), _vocabulary())


def calc(text: str) -> None:
    """Read an expression, and evaluate it."""
    from transfer_cli.calc.expression import calculate

    calculate(text, _figures(), _vocabulary()).quantity.cells()


def table(text: str) -> None:
    """Read delimited text, JSON or JSON lines."""
    from transfer_cli.tables.packing import InputFile
    from transfer_cli.tables.rows import open_rows

    random_ = _random(text)
    name = random_.choice(("t.csv", "t.tsv", "t.json", "t.jsonl", "t"))
    with open_rows(InputFile(name, "", io.BytesIO(encoded(text, random_)))) as file:
        for _chunk in file:
            pass


def lookup(text: str) -> None:
    """Read look-up tables beside a table of the user's."""
    random_ = _random(text)
    path = Path(random_.choice(("indicators.csv", "units.csv", "industries.csv")))
    path.write_bytes(encoded(text, random_))
    try:
        vocabulary = Vocabulary([Path()])
        _readable(lambda: vocabulary.units)
        _readable(lambda: vocabulary.industries)
        _readable(lambda: vocabulary.indicators)
    finally:
        path.unlink()


def package(text: str) -> None:
    """Read the descriptor of a data package."""
    from transfer_cli.check import package as checked
    from transfer_cli.tables import data

    path = Path("datapackage.json")
    path.write_bytes(encoded(text, _random(text)))
    try:
        _readable(lambda: data.find(["."]))
        checked.read(path, path.name)
    finally:
        path.unlink()


def extract(text: str) -> None:
    """Extract the figures of a report."""
    from transfer_cli.extract.candidates import extract as figures_of
    from transfer_cli.extract.documents import to_text

    figures_of(to_text(encoded(text, _random(text)), "report.txt"), _vocabulary())


SAMPLES: dict[Callable[[str], None], tuple[str, ...]] = {
    quantity: (*QUANTITIES, *(f"{text},{word}" for text in NUMBERS for word in (*UNITS, *BOUNDS))),
    unit: UNITS,
    number: NUMBERS,
    period: PERIODS,
    where: CONDITIONS,
    option: WORDS,
    heading: HEADINGS,
    calc: EXPRESSIONS,
    table: TABLES,
    lookup: (LOOKUP,),
    package: (PACKAGE,),
    extract: REPORTS,
}
"""Texts of each reader that are sound, of which random input is made."""
_SLOW = (lookup, extract)
"""Readers that take milliseconds: they come less often."""
_ARGUMENTS = (quantity, unit, period, where, option, calc)


def readings(seed: int) -> Iterator[tuple[Callable[[str], None], str]]:
    """Yield readers and what they shall read without end, the same for a seed."""
    random_ = random.Random(seed)  # noqa: S311
    weights = [1 if read in _SLOW else 4 for read in SAMPLES]
    while True:
        [read] = random_.choices([*SAMPLES], weights)
        text = mutated(random_.choice(SAMPLES[read]), random_)
        yield read, argument(text) if read in _ARGUMENTS else text


def failure(read: Callable[[str], None], text: str) -> str:
    """Read a text; return what went wrong, or nothing."""
    try:
        read(text)
    except TransferError as error:
        return "" if str(error) else "an error without a message"
    except Exception as error:
        return f"{read.__name__}: {type(error).__name__}: {error}"
    return ""


def _readable(read: Callable[[], object]) -> None:
    """Call a function that may refuse what it reads, before the next one."""
    try:
        read()
    except TransferError:
        return


def _random(text: str) -> random.Random:
    """Return choices that depend on a text alone."""
    return random.Random(ascii(text))  # noqa: S311


def _cells(row: Mapping[str, str]) -> Mapping[str, str]:
    from transfer_cli.model.figure import figure

    return figure(row, "t.csv:2", _vocabulary()).quantity.cells()


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary()


@cache
def _source() -> "MemorySource":
    import pandas as pd

    from transfer_cli.model.schema import schemas
    from transfer_cli.tables.memory import MemorySource
    from transfer_cli.tables.table import Table

    rows = {"id": ["a", "b"], "province": ["Yunnan", "Gansu"], "indicator": ["tax", "jobs"],
            "status": ["actual", ""], "period": ["2024", "2023-Q1"], "value": ["15.5", ""],
            "unit": ["亿元", "万人"], "bound": ["over", ""], "note": ["", "x"]}  # fmt: skip
    return MemorySource(Table(pd.DataFrame(rows, dtype=object), schemas()["metrics"], "metrics"))


@cache
def _figures() -> dict:
    from transfer_cli.model.figure import by_id
    from transfer_cli.tables.open import open_source

    return by_id(open_source("metrics").rows(), _vocabulary())
