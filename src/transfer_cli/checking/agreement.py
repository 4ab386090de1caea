"""Does a row say what the report prints where it stands: the same number, unit and bound?"""

from collections.abc import Iterator
from fractions import Fraction

from transfer_cli.checking.cells import number
from transfer_cli.checking.finding import Finding
from transfer_cli.checking.grounds import bare
from transfer_cli.checking.measured import unit_of
from transfer_cli.checking.tablefile import Row, TableFile
from transfer_cli.extract import keywords
from transfer_cli.extract.keywords import Context
from transfer_cli.extract.mentions import Mention as Quantity
from transfer_cli.extract.text import ReportText as Source
from transfer_cli.model import numbers

BY_HAND = "read by hand"
"""What a figure says in its note where a person read the report better than the grammar did."""
_NEAR = 12
"""How many characters before a number may tell per what time it is."""


def by_hand(row: Row) -> bool:
    """Tell whether a person has read a figure of the report better than the grammar does."""
    return BY_HAND in row.get("note")


def check(table: TableFile, row: Row, read: Quantity | None, source: Source) -> Iterator[Finding]:
    """Yield what the value, the unit and the bound of a row say other than is read there."""
    if by_hand(row):
        return
    if read is None:
        problem = f"{row.get('printed')!r} is read as no quantity there"
        fix = f"move it to omitted.csv; if it is a figure, say {BY_HAND!r} in the note"
        yield table.at(row, "printed", problem, fix)
        return
    if bare(row.get("printed")) != bare(read.printed):
        problem = f"the report prints {read.printed!r} there, not {row.get('printed')!r}"
        yield table.at(row, "printed", problem, f"write {read.printed!r}")
    prints = {
        "value": (str(read.value), _same_value(row, read, source)),
        "unit": (read.unit, _same_unit(row, read, source)),
        "bound": (read.bound, row.get("bound") == read.bound),
    }
    for column, (word, same) in prints.items():
        if row.get(column) and not same:
            problem = f"{row.get(column)!r}, where {told(read)} is printed"
            yield table.at(row, column, problem, f"write {word!r}")


def told(read: Quantity) -> str:
    """Return a quantity in words: ``over 1300 亿元``."""
    bound = "" if read.bound == "exact" else f"{read.bound} "
    return f"{bound}{numbers.machine(Fraction(read.value))} {read.unit}".rstrip()


def _same_value(row: Row, read: Quantity, source: Source) -> bool:
    """Whether the numbers are one; a decrease may be told as a negative number."""
    value = number(row.get("value"))
    if value is None or value == read.value:
        return True
    around = Context.of(source.text, read.start, read.end)
    return value == -read.value and keywords.is_decline(around)


def _same_unit(row: Row, read: Quantity, source: Source) -> bool:
    """Whether the units are one; per what time may stand in the words before: 月产能8000吨."""
    name = row.get("unit")
    head, _, time = name.partition("/")
    before = source.text[max(0, read.start - _NEAR) : read.start]
    if name == read.unit or (head == read.unit and time in before):
        return True
    one, other = unit_of(row, name), unit_of(row, read.unit)
    if one is None or other is None:
        return False
    return (one.dimension, one.factor) == (other.dimension, other.factor)
