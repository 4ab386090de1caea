"""The same figures never get one answer in ``aggregate`` and another in ``calc``."""

import re
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer_cli.calc.expression import calculate
from transfer_cli.errors import RefusedError
from transfer_cli.frames import pd
from transfer_cli.model import figure
from transfer_cli.model.schema import recognise
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.tables.table import Table

aggregation = pytest.importorskip("transfer_cli.stats.aggregate")
from transfer_cli.stats.plan import Request  # noqa: E402
from transfer_cli.stats.statistic import parse  # noqa: E402
from transfer_cli.tables.memory import MemorySource  # noqa: E402

VOCABULARY = Vocabulary()
LEFT_OUT = re.compile(r"left out, as .*?: (.*)")


class Sum(NamedTuple):
    """A sum in base units, its bound, and the ids left out of it."""

    value: Decimal
    bound: str
    left_out: frozenset[str]


def amount(value, unit):
    factor = VOCABULARY.units.parse(unit).factor if unit else 1
    return Decimal(value) * Decimal(factor.numerator) / Decimal(factor.denominator)


def left_out(notes):
    found = (match for note in notes if (match := LEFT_OUT.fullmatch(note)))
    return frozenset(name for match in found for name in match[1].split(", "))


def aggregate_sum(table, across, name="sum"):
    """Return the one sum or mean of all figures, None if ``aggregate`` gives several or none."""
    request = Request((), tuple(parse([name])), "", across)
    try:
        result = aggregation.aggregate(MemorySource(table), EVERY_ROW, request)
    except RefusedError:
        return None
    rows = result.frame.to_dict("records")
    if len(rows) != 1 or int(rows[0]["n"]) + int(rows[0]["left_out"]) != len(table.frame):
        return None
    [row] = rows
    return Sum(amount(row[name], row["unit"]), row[f"{name}_bound"], left_out(result.notes))


def calc_sum(table, across, name="sum"):
    """Return the sum or mean of all ids, None if ``calc`` refuses it."""
    figures = figure.by_id([table], VOCABULARY)
    try:
        term = calculate(f"{name}({', '.join(figures)})", figures, VOCABULARY, across)
    except RefusedError:
        return None
    cells = term.quantity.cells()
    return Sum(amount(cells["value"], cells["unit"]), cells["bound"], left_out(term.notes))


def few(*words):
    """Draw the first word four times in five: most figures shall be comparable."""
    return st.sampled_from([*[words[0]] * 4 * (len(words) - 1), *words[1:]])


KINDS = [("tax", "亿元"), ("tax", "万元"), ("investment", "亿元"), ("jobs", "万个"),
         ("gdp_share", "%"), ("national_rank", "位"), ("cell_capacity", "GW"),
         ("annual_capacity", "万吨"), ("annual_capacity", "万吨/年"), ("mine", "亿元"),
         ("mine", "%")]  # fmt: skip
CELLS = {
    "province": few("Yunnan", "Sichuan", "China", "云南"),
    "place": few("", "Chengdu", "Chengdu High-tech Zone", "成都市", "成都高新区", "Leshan"),
    "subject": few("", "One", "Another"),
    "scope": few("province", "city", "zone", "project", "nation", "programme", "prefecture", ""),
    "industry": few("", "food", "aluminium", "aluminium;food"),
    "status": few("actual", "signed", "started", "target", "unspecified", ""),
    "period": few("2023", "2022", "2023-Q1", "", "2024", "2021/2023", "2023-03/.."),
    "bound": few("exact", "over", "nearly", "at_most"),
    "part_of": few("", "f0", "f1", "absent"),
    "source": few("x", "y"),
}
ACROSS = st.lists(
    st.sampled_from(["indicator", "status", "scope", "period", "source"]), unique=True
).map(tuple)


@st.composite
def tables(draw):
    """Two to six figures of mostly one kind, with some of the columns that a table may have."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2))
    columns = draw(st.sets(st.sampled_from(sorted(CELLS)), min_size=6))
    rows = []
    for number in range(draw(st.integers(2, 6))):
        code, unit = draw(st.sampled_from(kinds))
        value = draw(st.decimals(0, 10**6, places=2, allow_nan=False))
        row = {"id": f"f{number}", "indicator": code, "value": f"{value}", "unit": unit}
        row |= {name: draw(CELLS[name]) for name in sorted(columns)}
        if row.get("part_of") == row["id"]:
            row["part_of"] = ""
        rows.append({"bound": "exact", **row})
    frame = pd.DataFrame(rows, dtype=object)
    return Table(frame, recognise(frame.columns), "t.csv", vocabulary=VOCABULARY)


@given(tables(), ACROSS)
def test_aggregate_and_calc_agree(table, across):
    given_up = tuple(name for name in across if name in table.columns)
    assert calc_sum(table, given_up) == aggregate_sum(table, given_up)


@given(tables(), ACROSS)
def test_a_mean_is_of_the_same_figures(table, across):
    given_up = tuple(name for name in across if name in table.columns)
    one, other = (mean(table, given_up, "mean") for mean in (calc_sum, aggregate_sum))
    assert (one is None) == (other is None)
    if one and other:
        assert one[1:] == other[1:]
        assert one.value == pytest.approx(other.value, rel=Decimal("1e-13"))
