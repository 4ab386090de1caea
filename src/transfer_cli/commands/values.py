"""``values``: the distinct values of a column."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from transfer_cli import completion, messages
from transfer_cli.errors import UsageError
from transfer_cli.messages import _, speaking
from transfer_cli.model.schema import Field
from transfer_cli.options import (
    DataOptions,
    FilterOptions,
    OutputOptions,
    TableArgument,
    option_groups,
)
from transfer_cli.tables import files

if TYPE_CHECKING:
    from transfer_cli.model.vocabulary import Vocabulary

LABELS = (
    Field("label", "string", "Label", "名称"),
    Field("label_zh", "string", "Chinese label", "中文名称"),
    Field("name_zh", "string", "Chinese name", "中文名"),
    Field("iso_3166_2", "string", "ISO 3166-2", "ISO 3166-2"),
)


@option_groups
def list_values(
    column: Annotated[
        str,
        typer.Argument(
            metavar="COLUMN",
            help="A column; category and region too.",
            autocompletion=completion.columns,
        ),
    ],
    table: TableArgument = "metrics",
    *,
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """List the distinct values of a column.

    Each with the number of its rows, and codes with their labels.
    """
    if files.is_table(column):
        message = _("{name} is a table: the column comes before it", name=column)
        if table == "metrics":
            raise UsageError(message, "transfer-cli describe TABLE")
        stream = " -" if column == "-" else ""  # The name of a file follows by itself.
        raise UsageError(message, f"transfer-cli values {shlex.quote(table)}{stream}")
    filters.check_words(data.vocabulary(table))
    source = data.open(table)

    from transfer_cli.frames import pd
    from transfer_cli.model import headings
    from transfer_cli.model.ordering import sort_key
    from transfer_cli.model.schema import Schema
    from transfer_cli.output.formats import Settings
    from transfer_cli.query.notes import notes
    from transfer_cli.tables.table import Table

    column = headings.column(column, source.columns, source.schema)
    condition = filters.condition(source)
    counts = {str(cell): rows for cell, rows in source.counts(condition, column).items()}
    values = sorted(counts, key=sort_key(source.vocabulary, column))
    count = Field("count" if column != "count" else "rows", "integer", "Count", "数量")
    cells = {
        column: values,
        count.name: [str(counts[value]) for value in values],
        **_labels(column, values, source.vocabulary, for_machines=output.for_machines),
    }
    output.write(
        Table(
            pd.DataFrame(cells, dtype=object),
            Schema("values", (source.schema.field(column), count, *LABELS)),
            notes=(*source.notes, *notes(source, condition, sum(counts.values()))),
            vocabulary=source.vocabulary,
        ),
        Settings(all_columns=True, shares=[count.name]),
    )


def _labels(
    column: str, values: Sequence[str], vocabulary: "Vocabulary", *, for_machines: bool
) -> dict[str, list[str]]:
    """Return further columns: the labels of codes, the English units, the codes of provinces.

    Programs get the labels in both languages, people in theirs.
    """
    if column in ("indicator", "industry"):
        from transfer_cli.model.labels import label
        from transfer_cli.model.vocabulary import INDUSTRIES

        codes = vocabulary.indicators if column == "indicator" else vocabulary.industries
        coded = {value for value in values if value in codes or INDUSTRIES in value}
        languages = (
            {"label": "en", "label_zh": "zh"} if for_machines else {"label": messages.language}
        )
        labels = {}
        for name, spoken in languages.items():
            with speaking(spoken):
                labels[name] = [
                    label(column, value, vocabulary) if value in coded else "" for value in values
                ]
        return labels
    if column == "unit" or column.endswith("_unit"):
        if not for_machines and messages.language == "zh":
            return {}
        with speaking("en"):
            return {"label": [vocabulary.units.label(value) for value in values]}
    if column == "province":
        from transfer_cli.model.vocabulary import provinces

        known = [provinces().get(value) for value in values]
        names = {"name_zh": [row.zh if row else "" for row in known]} if for_machines else {}
        return {**names, "iso_3166_2": [row.iso if row else "" for row in known]}
    return {}
