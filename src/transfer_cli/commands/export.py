"""``export``: whole tables to files."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transfer_cli import completion
from transfer_cli.messages import _
from transfer_cli.options import (
    ColumnsOption,
    DataOptions,
    FilterOptions,
    OutputOptions,
    ShownUnitOption,
    option_groups,
)

if TYPE_CHECKING:
    from transfer_cli.output.formats import Format
    from transfer_cli.output.formats.interface import Collection
    from transfer_cli.output.target import Target
    from transfer_cli.tables.table import Table

FILTERED = ("metrics", "projects")
"""Tables of a package to which conditions apply; look-ups stay complete."""


@option_groups
def export_tables(
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABLE]...",
            help="metrics, projects, a look-up, a file, - or all.",
            autocompletion=completion.exportable,
        ),
    ] = None,
    *,
    columns: ColumnsOption = None,
    unit: ShownUnitOption = "",
    filters: FilterOptions,
    data: DataOptions,
    output: OutputOptions,
) -> None:
    """Write tables in another format.

    The suffix of -o names it. 'export all -o DIR' writes every table with its datapackage.json: a
    valid Data Package. Several tables go into a directory, a workbook (.xlsx) or a database (.db).
    """
    filters.check_words(data.vocabulary(*(tables or ())))

    from transfer_cli.errors import Instead, UsageError
    from transfer_cli.output import rows
    from transfer_cli.output.formats.interface import Collection

    names = tables or ["metrics"]
    if names == ["all"] or len(names) > 1:
        if columns:
            raise UsageError(_("--columns chooses from one table"), Instead("--columns"))
        if unit:
            raise UsageError(_("--unit is for one table"), Instead("--unit"))
        if isinstance(form := _form(output.target()), Collection):
            _export_collection(form, names, filters, data, output.target())
        else:
            _export_package(names, filters, data, output.target())
        return
    source = data.open(names[0])
    where = filters.condition(source)
    selection = rows.Selection(source, where, columns, unit=unit)
    output.write(selection.tables(), selection.settings())


def _form(target: "Target") -> "Format | None":
    """Return the format that is named, or None for a directory."""
    from transfer_cli.output.formats import of_file

    named = target.format or (target.path and of_file(target.path))
    return target.resolve() if named else None


def _export_collection(
    form: "Collection", names: Sequence[str], filters: FilterOptions, data: DataOptions,
    target: "Target",
) -> None:  # fmt: skip
    """Write built-in tables into one file that holds several."""
    from transfer_cli.output.formats import Settings
    from transfer_cli.output.write import print_notes, write_bytes

    tables, messages, _all = _selected(names, filters, data)
    write_bytes(form.encode_all(tables, Settings(notes=lambda: messages)), target, form)
    print_notes(messages)


def _selected(
    names: Sequence[str], filters: FilterOptions, data: DataOptions
) -> "tuple[dict[str, Iterator[Table]], list[str], bool]":
    """Return the selected rows of built-in tables, the notes on them, and if all are selected."""
    from transfer_cli.query.condition import EVERY_ROW
    from transfer_cli.query.notes import notes
    from transfer_cli.tables import package

    tables, messages, complete = {}, list[str](), True
    for name in package.table_names(names, data.data or ()):
        source = data.open(name)
        where = filters.condition(source) if name in FILTERED else EVERY_ROW
        tables[name] = source.rows(where)
        if where != EVERY_ROW:
            complete = False
            messages += notes(source, where)
    return tables, messages, complete


def _export_package(
    names: Sequence[str], filters: FilterOptions, data: DataOptions, target: "Target"
) -> None:
    """Write built-in tables as CSV files, and ``datapackage.json``, into the directory ``-o``."""
    from transfer_cli.output.formats import Settings, by_name
    from transfer_cli.output.write import print_notes
    from transfer_cli.tables import data as user_data
    from transfer_cli.tables import package

    directory = _directory(target)
    csv = by_name("csv")
    tables, messages, complete = _selected(names, filters, data)
    contents: dict[str, Iterable[bytes]] = {
        f"{name}.csv": csv.encode(rows, Settings(bom=target.bom)) for name, rows in tables.items()
    }
    complete = complete and not user_data.find(data.data or ())
    contents[user_data.DESCRIPTOR] = [package.described([*tables], complete=complete)]
    package.write_files(directory, contents, overwrite=True)
    messages.append(
        _("wrote {count} tables and datapackage.json to {directory}",
          count=len(tables), directory=directory)
    )  # fmt: skip
    print_notes(messages)


def _directory(target: "Target") -> Path:
    """Return the directory of ``-o``; raise UsageError for what cannot be a package."""
    from transfer_cli.errors import UsageError
    from transfer_cli.output.formats import by_name, of_file

    hint = "transfer-cli export all -o DIR"
    if target.path is None or target.to_stdout:
        raise UsageError(_("several tables need a directory, a workbook or a database"), hint)
    if target.format and by_name(target.format).name != "csv":
        message = _("a package holds CSV files, not {format}", format=target.format)
        raise UsageError(message, _("omit --format"))
    if of_file(target.path):
        raise UsageError(_("{path!r} is the name of a file", path=str(target.path)), hint)
    return target.path
