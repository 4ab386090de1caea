"""An expression evaluated with the figures of a table."""

from collections.abc import Mapping

from transfer_cli.calc import precision
from transfer_cli.calc.expression import calculate
from transfer_cli.calc.term import Term
from transfer_cli.model import figure
from transfer_cli.model.figure import Figure
from transfer_cli.query.condition import EVERY_ROW
from transfer_cli.tables import lines
from transfer_cli.tables.source import Source


def evaluate(source: Source, expression: str, across: tuple[str, ...] = (), unit: str = "") -> Term:
    """Return the result of an expression on figures of ``source`` by their ids.

    ``across`` are the columns of comparability that are given up, ``unit`` is the unit of the
    result. A note says what the rounding of the figures allows. Raises UsageError for an unknown
    id, RefusedError for what has no meaning, and DataError for a figure that cannot be read.
    """
    figures = lines.read(source, EVERY_ROW, lambda tables: figure.by_id(tables, source.vocabulary))

    def compute(by_id: Mapping[str, Figure]) -> Term:
        return calculate(expression, by_id, source.vocabulary, across)

    term = compute(figures)
    if unit:
        target = source.vocabulary.units.target(unit, term.quantity.unit)
        term = term._replace(quantity=term.quantity.to(target))
    if note := precision.note(compute, figures, term):
        term = term._replace(notes=(*term.notes, note))
    return term
