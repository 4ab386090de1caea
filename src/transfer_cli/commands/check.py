"""``check``: are tables sound, and true to their report?"""

from typing import Annotated

import typer

from transfer_cli.options import OutputOptions, ReadOptions, option_groups

UNSOUND = 3


@option_groups
def check_tables(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="A directory, a datapackage.json or tables.  [default: the built-in tables]",
        ),
    ] = None,
    *,
    report: Annotated[
        str,
        typer.Option(
            "--report",
            help="The text that the tables were made from; - for standard input.",
            metavar="FILE",
        ),
    ] = "",
    read: ReadOptions,
    output: OutputOptions,
) -> None:
    """Check that tables are sound.

    Every broken row, word, number, limit, key, part and project is reported. Large files are read
    as strictly as small ones: what other commands pass over in them (a blank beside a quote, bytes
    that are not UTF-8 in a column that they do not read) is reported here. With --report, every row
    is compared with the text, and every numeral of the text is in one row of metrics or omitted.
    Exit 0 if all is sound, 3 if not.
    """
    from transfer_cli.check import check
    from transfer_cli.output import findings

    with output.cells():
        result = check.check(paths or [], report, **read.reading())
    output.write_view(findings.view(result.table()))
    if result.findings:
        raise typer.Exit(UNSOUND)
