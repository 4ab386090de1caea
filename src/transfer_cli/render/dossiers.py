"""A figure told whole: a list of facts for people, a row of its columns for machines."""

from collections.abc import Sequence

from rich.cells import cell_len

from transfer_cli.dossier import Dossier
from transfer_cli.model import lookups, numbers
from transfer_cli.model.figures import Figure
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.render import output, screen
from transfer_cli.render.cells import label
from transfer_cli.render.result import plural, quantity_text
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

_COMPUTED = (
    "low", "high", "base_value", "base_unit", "parts", "parts_verdict", "cohort", "citation",
)  # fmt: skip


_ZH = {
    "figure": "数字", "measures": "指标", "place": "地方", "subject": "主体", "province": "省份",
    "scope": "范围", "status": "状态", "period": "时期", "industry": "行业", "printed": "原文",
    "note": "备注", "part of": "所属", "parts": "分项", "cohort": "同批", "cite as": "引用",
}  # fmt: skip


def view(found: Sequence[Dossier]) -> output.View:
    """Return dossiers as a list of facts each, or a row each."""

    def screen_text(lang: str, _: bool) -> str:
        return "\n\n".join("\n".join(_lines(dossier, lang)) for dossier in found) + "\n"

    return output.View(lambda: _sheet(found), screen_text, len(found))


def _sheet(found: Sequence[Dossier]) -> Sheet:
    rows = [{**dossier.figure.row, **_computed(dossier)} for dossier in found]
    names = [*found[0].figure.row, *_COMPUTED]
    numbers = ("low", "high", "base_value")
    extra = (Field(name, "number" if name in numbers else "string") for name in _COMPUTED)
    schema = Schema("figure", (*schemas()["metrics"].fields, *extra))
    return Sheet({name: [row[name] for row in rows] for name in names}, schema)


def _computed(dossier: Dossier) -> dict[str, str]:
    told = dossier.figure.quantity.cells()
    base = dossier.base.cells()
    return {
        "low": told["low"],
        "high": told["high"],
        "base_value": base["value"],
        "base_unit": base["unit"],
        "parts": " ".join(part.id for part in dossier.parts),
        "parts_verdict": dossier.verdict,
        "cohort": " ".join(other.id for other in dossier.cohort),
        "citation": dossier.citation,
    }


def _lines(dossier: Dossier, lang: str) -> list[str]:
    """Return the facts, a name and its value each, long ones broken and indented."""
    facts = [(_word(name, lang), value) for name, value in _facts(dossier, lang) if value]
    room = max(cell_len(name) for name, _ in facts) + 2
    lines = [safe(dossier.figure.id)]
    for name, value in facts:
        head = f"  {name}{' ' * (room - cell_len(name))}"
        lines.extend(screen.wrap(f"{head}{safe(value)}", " " * (room + 2)))
    return lines


def _word(name: str, lang: str) -> str:
    return _ZH.get(name, name) if lang == "zh" else name


def _facts(dossier: Dossier, lang: str) -> list[tuple[str, str]]:
    figure = dossier.figure
    suffix = "_zh" if lang == "zh" else ""
    names = ("province", "scope", "status", "period", "industry")
    return [
        ("figure", _figure(figure, dossier, lang)),
        ("measures", label("indicator", figure.get("indicator"), lang)),
        ("place", figure.get(f"place{suffix}")),
        ("subject", figure.get(f"subject{suffix}")),
        *((name, label(name, figure.get(name), lang)) for name in names),
        ("printed", _printed(figure, lang)),
        ("note", figure.get("note")),
        ("part of", _named(dossier.whole, lang) if dossier.whole else ""),
        ("parts", "; ".join(_named(part, lang) for part in dossier.parts)),
        ("", dossier.verdict),
        ("cohort", "; ".join(_named(other, lang) for other in dossier.cohort)),
        ("cite as", dossier.citation),
    ]


def _printed(figure: Figure, lang: str) -> str:
    printed, line = figure.get("printed"), figure.get("line")
    if not line:
        return printed
    return f"{printed}，第{line}行" if lang == "zh" else f"{printed}, line {line}"


def _figure(figure: Figure, dossier: Dossier, lang: str) -> str:
    told = quantity_text(figure.quantity, lang)
    base = dossier.base
    if base.unit.factor == figure.quantity.unit.factor:
        return told
    number = numbers.people(numbers.machine(base.interval.value))
    name = (
        plural(base.unit.name)
        if base.unit.counted
        else lookups.current().units.label(base.unit.name, lang)
    )
    return f"{told} = {number} {name}".rstrip()


def _named(figure: Figure, lang: str) -> str:
    return f"{figure.id} ({quantity_text(figure.quantity, lang)})"
