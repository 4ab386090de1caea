"""A figure told whole: a list of facts for people, a row of its columns for machines."""

from collections.abc import Sequence

from transfer_cli import digits, units
from transfer_cli.dossier import Dossier
from transfer_cli.figures import Figure
from transfer_cli.render import output, registry, screen
from transfer_cli.render.cells import label
from transfer_cli.render.result import quantity_text
from transfer_cli.schema import Field, Schema, schemas
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

_COMPUTED = (
    "low", "high", "base_value", "base_unit", "parts", "parts_verdict", "cohort", "citation",
)  # fmt: skip


def emit(found: Sequence[Dossier], target: output.Target) -> None:
    """Write dossiers in the chosen format."""
    if target.chosen() != "table":
        output.write(registry.render(_sheet(found), target.chosen()), target)
        return
    blocks = ["\n".join(_lines(dossier, target.lang)) for dossier in found]
    output.write("\n\n".join(blocks) + "\n", target)


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
    facts = [(name, value) for name, value in _facts(dossier, lang) if value]
    room = max(len(name) for name, _ in facts) + 2
    lines = [safe(dossier.figure.id)]
    for name, value in facts:
        lines.extend(screen.wrap(f"  {name:<{room}}{safe(value)}", " " * (room + 2)))
    return lines


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
        ("printed", f"{figure.get('printed')}, line {figure.get('line')}"),
        ("note", figure.get("note")),
        ("part of", _named(dossier.whole, lang) if dossier.whole else ""),
        ("parts", "; ".join(_named(part, lang) for part in dossier.parts)),
        ("", dossier.verdict),
        ("cohort", "; ".join(_named(other, lang) for other in dossier.cohort)),
        ("cite as", dossier.citation),
    ]


def _figure(figure: Figure, dossier: Dossier, lang: str) -> str:
    told = quantity_text(figure.quantity, lang)
    base = dossier.base
    if base.unit.factor == figure.quantity.unit.factor:
        return told
    number = digits.people(digits.machine(base.interval.value))
    return f"{told} = {number} {units.label(base.unit.name, lang)}".rstrip()


def _named(figure: Figure, lang: str) -> str:
    return f"{figure.id} ({quantity_text(figure.quantity, lang)})"
