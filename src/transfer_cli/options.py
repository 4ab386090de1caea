"""The options that commands share, as dataclasses (see ``spreading``).

They are the plainest of their kind: frozen ones with slots would cost each start 1 ms.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from transfer_cli import completion, streams
from transfer_cli.errors import unknown
from transfer_cli.model import codelists

FILTERS = "Filters"
OUTPUT = "Output"

TableArgument = Annotated[
    str,
    typer.Argument(
        metavar="[TABLE]",
        help="metrics, projects, a CSV file, or - for standard input.",
        autocompletion=completion.tables,
    ),
]

UnitOption = Annotated[
    str, typer.Option(help="Unit of results.", metavar="UNIT", autocompletion=completion.units)
]

EngineOption = Annotated[
    str,
    typer.Option(
        help="What reads a large table: pandas, duckdb, or auto: by its size.", metavar="NAME"
    ),
]


ClusterOption = Annotated[
    str,
    typer.Option(
        help="A Dask cluster that reads the files: tcp://host:port, or local.", metavar="ADDRESS"
    ),
]


def _many(name: str, text: str, complete: Any = None) -> Any:
    return typer.Option(
        f"--{name}", help=text, rich_help_panel=FILTERS, autocompletion=complete, metavar="NAME"
    )


@dataclass(eq=False, repr=False)
class FilterOptions:
    """Which rows: the same options on every command that selects."""

    province: Annotated[
        list[str] | None,
        _many("province", "Yunnan, 云南, YN, CN-YN or 530000.", completion.provinces),
    ] = None
    category: Annotated[
        list[str] | None,
        _many("category", "investment, jobs, tax …", completion.categories),
    ] = None
    indicator: Annotated[
        list[str] | None, _many("indicator", "Code or label.", completion.indicators)
    ] = None
    industry: Annotated[
        list[str] | None, _many("industry", "Code or label.", completion.industries)
    ] = None
    status: Annotated[
        list[str] | None, _many("status", "signed, started, target …", completion.statuses)
    ] = None
    scope: Annotated[
        list[str] | None, _many("scope", "province, zone, project …", completion.scopes)
    ] = None
    place: Annotated[list[str] | None, _many("place", "City, prefecture or zone.")] = None
    subject: Annotated[list[str] | None, _many("subject", "Company, event, programme or park.")] = (
        None
    )
    period: Annotated[
        list[str] | None,
        typer.Option(
            help="2024, 2024-Q1, 2021/2023: all that lies within.",
            rich_help_panel=FILTERS,
            metavar="PERIOD",
        ),
    ] = None
    search: Annotated[
        str | None,
        typer.Option(help="Text that any cell holds.", rich_help_panel=FILTERS, metavar="TEXT"),
    ] = None
    least: Annotated[
        str | None,
        typer.Option(
            "--min", help="Least value: 100 or 100亿元.", rich_help_panel=FILTERS, metavar="VALUE"
        ),
    ] = None
    greatest: Annotated[
        str | None,
        typer.Option("--max", help="Greatest value.", rich_help_panel=FILTERS, metavar="VALUE"),
    ] = None
    where: Annotated[
        str | None,
        typer.Option(
            help="Condition: 'value > 100 and place is None'.",
            rich_help_panel=FILTERS,
            metavar="EXPR",
        ),
    ] = None

    def selection(self) -> Any:
        """Return the resolved selection; raises UsageError for a name that does not exist."""
        from transfer_cli.selecting import selection

        closed = ("province", "category", "indicator", "industry", "status", "scope")
        return selection.build(
            {name: getattr(self, name) for name in closed},
            {name: getattr(self, name) for name in ("place", "subject")},
            self.period,
            self.search,
            self.least,
            self.greatest,
            self.where,
        )


@dataclass(eq=False, repr=False)
class DataOptions:
    """Whose tables: the report's own, or the user's instead of or beside them."""

    data: Annotated[
        list[str] | None,
        typer.Option(
            "--data",
            help="A CSV file, a directory or a data package; builtin is the report's own."
            "  [env var: TRANSFER_DATA]",
            metavar="PATH",
        ),
    ] = None

    def sources(self, *tables: str) -> Any:
        """Return the sources named; their look-ups, and those beside ``tables``, hold from now."""
        from transfer_cli import sources

        found = sources.find(sources.given(self.data))
        sources.use(found, tables)
        return found


@dataclass(eq=False, repr=False)
class OutputOptions:
    """How the result is written."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="table, csv, tsv, json, jsonl, markdown, latex, html …  [default: table at a"
            " terminal, csv in a pipe]",
            rich_help_panel=OUTPUT,
            metavar="FORMAT",
            autocompletion=completion.formats,
        ),
    ] = None
    json: Annotated[
        bool, typer.Option("--json", help="Short for -f json.", rich_help_panel=OUTPUT)
    ] = False
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to a file; its suffix names the format.",
            rich_help_panel=OUTPUT,
            metavar="FILE",
        ),
    ] = None
    lang: Annotated[
        str,
        typer.Option(
            help="Labels for people: en or zh.",
            envvar="TRANSFER_LANG",
            rich_help_panel=OUTPUT,
            metavar="LANG",
        ),
    ] = "en"
    color: Annotated[
        str,
        typer.Option(help="auto, always or never.", rich_help_panel=OUTPUT, metavar="WHEN"),
    ] = "auto"
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Silence notes.", rich_help_panel=OUTPUT)
    ] = False
    exit_status: Annotated[
        bool,
        typer.Option("--exit-status", help="Exit 1 on an empty result.", rich_help_panel=OUTPUT),
    ] = False

    def check(self) -> None:
        """Raise UsageError for a word that an option does not know, before any work is done.

        From here on standard error is coloured as asked.
        """
        streams.color = self.color
        for what, given, known in (
            ("language", self.lang, ("en", "zh")),
            ("colour setting", self.color, ("auto", "always", "never")),
        ):
            if given not in known:
                raise unknown(what, given, known)
        if self.format and self._format_name() not in codelists.FORMATS:
            raise unknown("format", self.format, codelists.FORMATS)

    def _format_name(self) -> str:
        name = (self.format or "").lower()
        return codelists.SHORT_FORMATS.get(name, name)

    def finish(self, sheet: Any, *, whole: bool = False) -> None:
        """Write a sheet as asked; exit 1 if it is empty and --exit-status is given."""
        from transfer_cli.render import output

        output.emit(sheet, self.target(whole=whole))
        self.judge(len(sheet))

    def finish_view(self, view: Any) -> None:
        """Write a view (see ``render.output.View``) as asked."""
        from transfer_cli.render import output

        output.emit_view(view, self.target())
        self.judge(view.rows)

    def judge(self, rows: int) -> None:
        """Exit 1 for an empty result if --exit-status is given."""
        if self.exit_status and not rows:
            raise typer.Exit(1)

    def target(self, *, whole: bool = False) -> Any:
        """Return the output target these options describe."""
        from transfer_cli.render.output import Target

        chosen = "json" if self.json else self._format_name()
        return Target(chosen, self.output, self.color, self.lang, self.quiet, whole)
