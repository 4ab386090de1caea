"""``extract``: candidate rows for metrics.csv from the text of a report."""

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transfer_cli.errors import UsageError
from transfer_cli.messages import _, speaking
from transfer_cli.options import OutputOptions, option_groups

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table


@option_groups
def extract_figures(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT...",
            help="Reports as text, html, docx or pdf (extra: documents); - for stdin.",
        ),
    ],
    *,
    year: Annotated[
        int | None,
        typer.Option(
            help="The year that the report calls '今年' (this year).",
            metavar="YEAR",
            min=1900,
            max=2100,
        ),
    ] = None,
    omitted: Annotated[
        bool,
        typer.Option("--omitted", help="List the numerals that are not figures, with the reasons."),
    ] = False,
    review: Annotated[
        bool,
        typer.Option(
            "--review",
            help="List the figures that are not sure, each with its doubts and sentence.",
        ),
    ] = False,
    output: OutputOptions,
) -> None:
    """Extract the figures of Chinese reports.

    Writes candidate rows for metrics.csv, to be corrected by hand. A cell that is not sure is
    empty. Rows with a confidence of 0.9 or more are right nine times out of ten; --review lists the
    others. With several reports, the column source names the report of each row.

    With -o DIR, it writes metrics.csv and omitted.csv there. Rows that are there already are never
    changed: figures that are in neither table go to metrics.new.csv. check --report then lists what
    is left to correct.
    """
    directory = _directory(output)
    if omitted and review:
        raise UsageError(_("--omitted and --review list different rows"), _("use one of them"))
    if directory is not None and (omitted or review):
        message = _("--omitted and --review write one table, not a directory")
        raise UsageError(message, _("name a file, such as {name}", name=directory / "table.csv"))
    from transfer_cli.extract import rows
    from transfer_cli.extract.candidates import extract
    from transfer_cli.extract.documents import read_file
    from transfer_cli.model.vocabulary import Vocabulary
    from transfer_cli.output.formats import Settings
    from transfer_cli.output.progress import ProgressBar

    texts = [read_file(report) for report in reports]
    ids: Counter[str] = Counter()
    vocabulary = Vocabulary()
    with (
        ProgressBar(_("Reading"), after=1.0) as bar,
        speaking("en") if directory else output.cells(),
    ):
        extractions = [
            extract(text, vocabulary, year=year, progress=bar, ids=ids) for text in texts
        ]
    sources = reports if len(reports) > 1 else []
    notes = [] if year else list(rows.notes_on_years(extractions, sources))
    if directory is not None:
        tables = [each(*extractions, sources=sources) for each in (rows.figures, rows.omissions)]
        _write_directory(directory, tables, reports, notes, output)
        return
    make = rows.omissions if omitted else rows.review if review else rows.figures
    with output.cells():
        table = make(*extractions, sources=sources)
    if omitted:
        notes = []
    elif len(table) and not review and "-" not in reports:
        notes += _next(reports, output)
    first = () if omitted or review else rows.FIRST
    output.write(table, Settings(notes=lambda: notes, first=first))


def _directory(output: OutputOptions) -> Path | None:
    """Return the directory that -o names: one that exists, or a name without a suffix."""
    path = output.output
    if path is None or str(path) == "-" or output.format or output.json:
        return None
    return path if path.is_dir() or not path.suffix else None


def _write_directory(
    directory: Path,
    tables: "Sequence[Table]",
    reports: Sequence[str],
    notes: list[str],
    output: OutputOptions,
) -> None:
    """Write metrics.csv and omitted.csv; where they have rows, only what is new, in other files."""
    from transfer_cli.extract import rows
    from transfer_cli.output import formats
    from transfer_cli.output.formats import Settings
    from transfer_cli.output.write import print_notes
    from transfer_cli.tables import package
    from transfer_cli.tables.read import read_files

    names = [f"{table.name}{end}" for table in tables for end in (".csv", ".new.csv")]
    paths = [directory / name for name in names]
    known = {path.name: read_files([path], path.name) for path in paths if path.is_file()}
    written = []
    contents: dict[str, Iterable[bytes]] = {}
    for table in tables:
        name = f"{table.name}.csv"
        kept = len(known[name]) if name in known else 0
        if kept:
            written.append(_("kept {name} as it is: {rows}", name=name, rows=_rows(kept)))
            name = f"{table.name}.new.csv"
            table = rows.additions(table, list(known.values()), known.get(name))
            if not len(table):
                written.append(_("it has no new numeral"))
                continue
        contents[name] = formats.by_name("csv").encode([table], Settings())
        path = directory / name
        written.append(_("wrote {name}: {rows}", name=path, rows=_rows(len(table))))
    package.write_files(directory, contents, overwrite=True)
    if "-" not in reports:
        notes = [*notes, *_checks(reports, str(directory))]
    print_notes([*written, *notes])
    output.exit_if_empty(len(tables[0]))


def _rows(count: int) -> str:
    return _("1 row") if count == 1 else _("{n} rows", n=count)


def _path_of_tables(output: OutputOptions) -> str:
    """Return the path for ``check``: of a metrics.csv its directory, with the tables in it."""
    path = "" if output.output is None else str(output.output)
    directory, _slash, name = path.rpartition("/")
    return directory if directory and name == "metrics.csv" else path or "metrics.csv"


def _next(reports: Sequence[str], output: OutputOptions) -> list[str]:
    """Return what to do next: write the tables, or check those that were written."""
    if output.output is None and not output.for_machines:
        command = f"transfer-cli extract {shlex.join(reports)} -o mine"
        return [_("to write the tables into a directory: {command}", command=command)]
    return _checks(reports, _path_of_tables(output))


def _checks(reports: Sequence[str], tables: str) -> list[str]:
    commands = (
        f"transfer-cli check {shlex.quote(tables)} --report {shlex.quote(report)}"
        for report in reports
    )
    return [_("next: {command}", command=command) for command in commands]
