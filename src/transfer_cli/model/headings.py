"""What the headings of a user's table mean: 省份 is the province, 产值（亿元） has its unit in it.

A table is read under the tool's own names of columns, and written under its own headings again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from transfer_cli.errors import Instead, UsageError, unknown
from transfer_cli.messages import _
from transfer_cli.model.columns import split
from transfer_cli.model.names import fold
from transfer_cli.model.schema import Field, Schema, recognise, schemas
from transfer_cli.model.vocabulary import Vocabulary

HEADINGS = {
    "province": ("省份", "省", "省市", "省区", "地区"),
    "place": ("地方", "城市", "city", "地市", "市州"),
    "subject": ("主体",),
    "scope": ("口径", "范围"),
    "indicator": ("指标",),
    "industry": ("行业",),
    "status": (
        "阶段",
        "状态",
        "项目阶段",
        "项目状态",
        "建设阶段",
        "建设状态",
        "进展阶段",
        "stage",
        "project stage",
        "project status",
    ),
    "period": (
        "时期",
        "year",
        "年份",
        "年度",
        "时间",
        "time",
        "报告期",
        "月份",
        "month",
        "季度",
        "quarter",
    ),
    "value": ("数值", "金额"),
    "unit": ("单位", "计量单位"),
    "bound": ("界",),
    "project": ("项目", "项目名称", "项目名", "project name", "工程名称"),
}
"""Other headings of the columns that the rules look at; the first that a table has is meant."""

ROW = "row"
"""The name of a column that counts the rows and has no name of its own."""

_WITH_UNIT = re.compile(r"(.*\S)\s*[（(\[【]\s*([^（）()\[\]【】]+?)\s*[）)\]】]\s*", re.DOTALL)


def read(
    header: Sequence[str], vocabulary: Vocabulary, mapping: Mapping[str, str] | None = None
) -> tuple[list[str], Schema]:
    """Return the columns that a header names, and the schema that the table follows.

    ``mapping`` has the names of columns by their headings (``--map``). A unit in a heading becomes
    a column of its own behind the others, in which every row has it (``Field.constant``). Raises
    UsageError for a heading of ``mapping`` that the table lacks, and for an unknown name.
    """
    names = {heading: heading for heading in header}
    units = _take_units(names, vocabulary)
    _map(names, mapping or {})
    _take_roles(names)
    columns = [names[heading] for heading in header]
    present = {*columns}
    unit_of = {names[heading]: unit for heading, unit in units.items()}
    added = {column: "unit" if column == "value" else f"{column}_unit" for column in unit_of}
    added = {column: name for column, name in added.items() if name not in present}
    schema = recognise([*columns, *added.values()])
    fields = {field.name: field for field in schema.fields}
    for heading, column in names.items():
        field = fields.get(column, Field(column))
        if heading != column:
            kind = "any" if column == "period" else field.type
            field = field._replace(title=heading, title_zh=heading, type=kind, heading=heading)
        if column in added:
            field = field._replace(unit=added[column])
        if field != Field(column):
            fields[column] = field
    for column, name in added.items():
        fields[name] = fields.get(name, Field(name, "string"))._replace(constant=unit_of[column])
    return [*columns, *added.values()], schema._replace(fields=tuple(fields.values()))


def _take_units(names: dict[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """Rename columns to their headings without units; return the units by heading."""
    units: dict[str, str] = {}
    for heading in names:
        match = _WITH_UNIT.fullmatch(heading)
        if match and vocabulary.units.known(match[2]):
            units[heading] = vocabulary.units.printed(match[2])
    short = {heading: without_unit(heading) if heading in units else heading for heading in names}
    taken = Counter(short.values())
    names |= {heading: short[heading] for heading in units if taken[short[heading]] == 1}
    return units


def _take_roles(names: dict[str, str]) -> None:
    """Rename the columns whose headings mean a column that the rules look at."""
    folded = {heading: fold(name) for heading, name in names.items()}
    for role, others in HEADINGS.items():
        known = {*names.values()}
        if role in known:
            continue
        words = [fold(role), *map(fold, others)]
        found = [(words.index(word), heading) for heading, word in folded.items() if word in words]
        if role == "period" and recognise(known).name == "projects":
            role = "year"
        if found and role not in known:
            names[min(found)[1]] = role


def _map(names: dict[str, str], mapping: Mapping[str, str]) -> None:
    """Rename the columns in ``mapping``, given by their headings with or without the unit."""
    known = [field.name for name in ("metrics", "projects") for field in schemas()[name].fields]
    for heading, name in mapping.items():
        if name not in known:
            raise unknown(_("column"), name, list(dict.fromkeys(known)))
        short = {other: own for own, other in names.items()}
        own = heading if heading in names else short.get(heading)
        if own is None:
            raise unknown(_("column"), heading, list(names))
        if names[own] != name and name in names.values():
            message = _("--map: the table has a column {name!r}", name=name)
            raise UsageError(message, Instead("--map"))
        names[own] = name


def without_unit(heading: str) -> str:
    """Return a heading without the part in brackets at its end."""
    match = _WITH_UNIT.fullmatch(heading)
    return match[1] if match else heading


def column(name: str, columns: Iterable[str], schema: Schema) -> str:
    """Return the column that a user names: by its name, its heading, or another one for it.

    A name that means no column is returned as it is.
    """
    present = {*columns}
    if name in present:
        return name
    folded = fold(name)
    for heading, own in schema.headings.items():
        if fold(heading) == folded:
            return own
    for role, others in HEADINGS.items():
        own = "year" if role == "period" and role not in present else role
        if own in present and folded in (fold(role), *map(fold, others)):
            return own
    return name


def chosen(values: Sequence[str] | None, columns: Sequence[str], schema: Schema) -> list[str]:
    """Return the columns of a repeatable option, as ``columns.split``, by their own names."""
    names = split(values, [*columns, *schema.headings])
    return [
        f"{'-' if name.startswith('-') and name not in columns else ''}"
        f"{column(name if name in columns else name.removeprefix('-'), columns, schema)}"
        for name in names
    ]


def with_units(schema: Schema) -> Schema:
    """Return a schema with columns of units in place of units in headings.

    Numbers that are converted have another unit than their heading.
    """
    return schema._replace(fields=tuple(_units_in_columns(schema)))


def _units_in_columns(schema: Schema) -> Iterator[Field]:
    constant = {field.name for field in schema.fields if field.constant}
    for field in schema.fields:
        if field.unit in constant and field.heading:
            short = without_unit(field.heading)
            heading = short if short != field.name else ""
            yield field._replace(heading=heading, title=short, title_zh=short)
        else:
            yield field._replace(constant="")


def parse_mapping(texts: Sequence[str] | None) -> dict[str, str]:
    """Return the names of columns by their headings, of ``--map HEADING=NAME``.

    Several are joined by commas. Raises UsageError for any other text.
    """
    mapping: dict[str, str] = {}
    for text in split(texts):
        heading, _equals, name = map(str.strip, text.rpartition("="))
        if not (heading and name):
            message = _("--map {text!r} is not HEADING=NAME", text=text)
            raise UsageError(message, _("e.g. --map {example}", example="省份=province"))
        mapping[heading] = name
    return mapping
