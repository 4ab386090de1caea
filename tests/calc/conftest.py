"""Figures to calculate with: those of the report, or of a small table."""

import csv
import io
from collections.abc import Callable

import pytest

from transfer_cli.calc.expression import calculate
from transfer_cli.calc.term import Term
from transfer_cli.frames import pd
from transfer_cli.model import figure
from transfer_cli.model.figure import Figure
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tables.table import Table

VOCABULARY = Vocabulary()


def figures_of(text: str, name: str = "t.csv") -> dict[str, Figure]:
    """Return the figures of a CSV text by id; the index of its rows is their line."""
    header, *rows = csv.reader(io.StringIO(text))
    frame = pd.DataFrame(rows, columns=header, index=range(2, len(rows) + 2), dtype=object)
    return figure.by_id([Table(frame, name=name)], VOCABULARY)


@pytest.fixture(scope="session")
def report() -> dict[str, Figure]:
    """The figures of the report by id."""
    return figures_of((data_directory() / "metrics.csv").read_text("utf-8"), "metrics")


@pytest.fixture(scope="session")
def calc(report: dict[str, Figure]) -> Callable[..., Term]:
    """Calculate with the figures of the report, or with those of a CSV text."""

    def run(expression: str, *across: str, table: str = "") -> Term:
        figures = figures_of(table) if table else report
        return calculate(expression, figures, VOCABULARY, across)

    return run
