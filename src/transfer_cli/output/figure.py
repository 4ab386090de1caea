"""The report of ``show`` on a figure: a list of facts for people, a row for machines."""

from collections.abc import Sequence

from transfer_cli.calc import precision
from transfer_cli.frames import pd
from transfer_cli.messages import _, clauses, series, speaking
from transfer_cli.model import numbers
from transfer_cli.model.figure import Figure
from transfer_cli.model.labels import label, with_unit
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import quantity, terminal
from transfer_cli.output.document import Cell, Document, Row
from transfer_cli.output.write import View
from transfer_cli.show import FigureReport
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

_NUMBERS = ("low", "high", "base_value")
_COMPUTED = (*_NUMBERS[:2], "base_value", "base_unit", "parts", "parts_verdict", "cohort",
             "citation")  # fmt: skip


def view(reports: Sequence[FigureReport], vocabulary: Vocabulary) -> View:
    """Return the reports on figures as a list of facts each, or a row each."""

    def draw(_color: bool) -> str:
        return "\n".join("".join(_lines(one, vocabulary)) for one in reports)

    return View(
        lambda: _table(reports, vocabulary),
        draw,
        len(reports),
        document=lambda: _document(reports, vocabulary),
        in_workbooks=False,
    )


def _document(reports: Sequence[FigureReport], vocabulary: Vocabulary) -> Document:
    """Return the facts on each figure, in rows below its id."""
    rows = [
        Row([Cell(name), Cell(safe(value))], safe(report.figure.id))
        for report in reports
        for name, value in _facts(report, vocabulary)
        if value
    ]  # fmt: skip
    return Document(_("Figures"), ["", ""], [False, False], rows, labelled=True)


def _table(reports: Sequence[FigureReport], vocabulary: Vocabulary) -> Table:
    with speaking("en"):
        rows = [{**report.figure.row, **_computed(report)} for report in reports]
    extra = (Field(name, "number" if name in _NUMBERS else "string") for name in _COMPUTED)
    schema = Schema("figure", (*schemas()["metrics"].fields, *extra))
    return Table(pd.DataFrame(rows, dtype=object), schema, vocabulary=vocabulary)


def _computed(report: FigureReport) -> dict[str, str]:
    cells, base = report.figure.quantity.cells(), report.base.cells()
    return {
        "low": cells["low"],
        "high": cells["high"],
        "base_value": base["value"],
        "base_unit": base["unit"],
        "parts": " ".join(part.id for part in report.parts),
        "parts_verdict": report.verdict,
        "cohort": " ".join(other.id for other in report.cohort),
        "citation": report.citation,
    }


def _lines(report: FigureReport, vocabulary: Vocabulary) -> list[str]:
    """Return the id and the facts, each a name and a value, long ones broken and indented."""
    from rich.cells import cell_len

    facts = [(name, value) for name, value in _facts(report, vocabulary) if value]
    room = max(cell_len(name) for name, _value in facts) + 2
    lines = [safe(report.figure.id)]
    for name, value in facts:
        head = f"  {name}{' ' * (room - cell_len(name))}"
        lines += terminal.wrap(f"{head}{safe(value)}", " " * (room + 2))
    return [f"{line}\n" for line in lines]


def _facts(report: FigureReport, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    figure = report.figure

    def named(*figures: Figure) -> str:
        amounts = (quantity.of_figure(one, vocabulary) for one in figures)
        return series(
            _("{id} ({amount})", id=one.id, amount=amount)
            for one, amount in zip(figures, amounts, strict=True)
        )

    return [
        (_("figure"), _amount(report, vocabulary)),
        (_("precision"), _precision(figure)),
        (_("measures"), label("indicator", figure.get("indicator"), vocabulary)),
        (_("place"), figure.named("place")),
        (_("subject"), figure.named("subject")),
        *(
            (title, label(name, figure.get(name), vocabulary))
            for name, title in (
                ("province", _("province")),
                ("scope", _("scope")),
                ("status", _("status")),
                ("period", _("period")),
                ("industry", _("industry")),
            )
        ),
        (_("printed"), _printed(report)),
        (_("note"), figure.named("note")),
        (_("part of"), named(report.whole) if report.whole else ""),
        (_("parts"), named(*report.parts)),
        ("", report.verdict),
        (_("cohort"), named(*report.cohort)),
        (_("cite as"), report.citation),
    ]


def _amount(report: FigureReport, vocabulary: Vocabulary) -> str:
    """Return the quantity, and what it is in base units if these are others."""
    amount = quantity.of_figure(report.figure, vocabulary)
    base = report.base
    if base.unit.factor == report.figure.quantity.unit.factor:
        return amount
    in_base = numbers.people(numbers.machine(base.interval.value))
    name = vocabulary.units.label(base.unit.name)
    if base.unit.counted:
        name = quantity.plural(base.unit.name)
    return f"{amount} = {with_unit(in_base, name)}"


def _precision(figure: Figure) -> str:
    """Return what the last printed digit leaves open, nothing for a count or a bound."""
    quantity = precision.rounded(figure)
    return precision.allowed(quantity) if quantity else ""


def _printed(report: FigureReport) -> str:
    printed = report.figure.get("printed")
    if not report.figure.get("line"):
        return printed
    return clauses((printed, report.line()))
