"""The report of ``show`` on a figure: a list of facts for people, a row for machines."""

from collections.abc import Sequence

from transfer_cli.calc import precision
from transfer_cli.frames import pd
from transfer_cli.model import numbers
from transfer_cli.model.figure import Figure
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import quantity, terminal
from transfer_cli.output.labels import label
from transfer_cli.output.write import View
from transfer_cli.show import FigureReport
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

_NUMBERS = ("low", "high", "base_value")
_COMPUTED = (*_NUMBERS[:2], "base_value", "base_unit", "parts", "parts_verdict", "cohort",
             "citation")  # fmt: skip
_ZH = {
    "figure": "数字", "precision": "精度", "measures": "指标", "place": "地方", "subject": "主体",
    "province": "省份",
    "scope": "范围", "status": "状态", "period": "时期", "industry": "行业", "printed": "原文",
    "note": "备注", "part of": "所属", "parts": "分项", "cohort": "同批", "cite as": "引用",
}  # fmt: skip


def view(reports: Sequence[FigureReport], vocabulary: Vocabulary) -> View:
    """Return the reports on figures as a list of facts each, or a row each."""

    def draw(lang: str, _color: bool) -> str:
        return "\n".join("".join(_lines(one, lang, vocabulary)) for one in reports)

    return View(lambda: _table(reports, vocabulary), draw, len(reports))


def _table(reports: Sequence[FigureReport], vocabulary: Vocabulary) -> Table:
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


def _lines(report: FigureReport, lang: str, vocabulary: Vocabulary) -> list[str]:
    """Return the id and the facts, each a name and a value, long ones broken and indented."""
    from rich.cells import cell_len

    facts = [
        (_ZH.get(name, name) if lang == "zh" else name, value)
        for name, value in _facts(report, lang, vocabulary)
        if value
    ]
    room = max(cell_len(name) for name, _value in facts) + 2
    lines = [safe(report.figure.id)]
    for name, value in facts:
        head = f"  {name}{' ' * (room - cell_len(name))}"
        lines += terminal.wrap(f"{head}{safe(value)}", " " * (room + 2))
    return [f"{line}\n" for line in lines]


def _facts(report: FigureReport, lang: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    figure = report.figure
    suffix = "_zh" if lang == "zh" else ""

    def named(*figures: Figure) -> str:
        amounts = (quantity.of_figure(one, lang, vocabulary) for one in figures)
        return "; ".join(
            f"{one.id} ({amount})" for one, amount in zip(figures, amounts, strict=True)
        )

    return [
        ("figure", _amount(report, lang, vocabulary)),
        ("precision", _precision(figure)),
        ("measures", label("indicator", figure.get("indicator"), lang, vocabulary)),
        ("place", figure.get(f"place{suffix}")),
        ("subject", figure.get(f"subject{suffix}")),
        *(
            (name, label(name, figure.get(name), lang, vocabulary))
            for name in ("province", "scope", "status", "period", "industry")
        ),
        ("printed", _printed(report, lang)),
        ("note", figure.named("note", lang)),
        ("part of", named(report.whole) if report.whole else ""),
        ("parts", named(*report.parts)),
        ("", report.verdict),
        ("cohort", named(*report.cohort)),
        ("cite as", report.citation),
    ]


def _amount(report: FigureReport, lang: str, vocabulary: Vocabulary) -> str:
    """Return the quantity, and what it is in base units if these are others."""
    amount = quantity.of_figure(report.figure, lang, vocabulary)
    base = report.base
    if base.unit.factor == report.figure.quantity.unit.factor:
        return amount
    in_base = numbers.people(numbers.machine(base.interval.value))
    name = vocabulary.units.label(base.unit.name, lang)
    if base.unit.counted:
        name = quantity.plural(base.unit.name)
    return f"{amount} = {in_base} {name}".rstrip()


def _precision(figure: Figure) -> str:
    """Return what the last printed digit leaves open, nothing for a count or a bound."""
    quantity = precision.rounded(figure)
    return precision.allowed(quantity) if quantity else ""


def _printed(report: FigureReport, lang: str) -> str:
    printed = report.figure.get("printed")
    if not report.figure.get("line"):
        return printed
    return ("，" if lang == "zh" else ", ").join(filter(None, (printed, report.line(lang))))
