"""Options that commands share, in groups, and the decorator that adds a group to a command.

Typer only knows parameters. Without the groups each command would repeat some twenty of them.
"""

import inspect
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer

from transfer_cli import completion, messages, streams
from transfer_cli.errors import unknown
from transfer_cli.messages import _

if TYPE_CHECKING:
    from transfer_cli.model.vocabulary import Vocabulary
    from transfer_cli.output.formats import Settings
    from transfer_cli.output.target import Target
    from transfer_cli.output.write import View
    from transfer_cli.query.condition import Condition
    from transfer_cli.tables.source import Source
    from transfer_cli.tables.table import Table

FILTERS = "Filters"
OUTPUT = "Output"
Result = TypeVar("Result")

TableArgument = Annotated[
    str,
    typer.Argument(
        metavar="[TABLE]",
        help="metrics, projects, a file, or - for standard input.",
        autocompletion=completion.tables,
    ),
]
WhatArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INDICATOR|CATEGORY]...",
        help="What to compare; all; 'investment / projects'; a file or - .",
        autocompletion=completion.comparable,
    ),
]


def _unit(text: str) -> Any:
    return typer.Option(help=text, metavar="UNIT", autocompletion=completion.units)


UnitOption = Annotated[str, _unit("Unit of results.")]
ShownUnitOption = Annotated[str, _unit("Unit of the amounts, converted exactly.")]
ColumnsOption = Annotated[
    list[str] | None,
    typer.Option(help="Columns, in order.", metavar="NAMES", autocompletion=completion.columns),
]
AcrossOption = Annotated[
    list[str] | None,
    typer.Option(
        help="Columns that may differ within one sum: status, scope, period, indicator.",
        metavar="NAMES",
        autocompletion=completion.comparability,
    ),
]
ClusterOption = Annotated[
    str,
    typer.Option(
        help="A Dask cluster that reads the files: tcp://host:port, or local.", metavar="ADDRESS"
    ),
]


def option_groups(command: Callable[..., Result]) -> Callable[..., Result]:
    """Return a command with an option for each field of the dataclasses among its parameters."""
    groups: dict[str, type] = {}
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        if is_dataclass(parameter.annotation):
            groups[parameter.name] = parameter.annotation  # type: ignore[assignment]
            parameters.extend(_parameters(parameter.annotation))
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

    @wraps(command)
    def wrapper(**given: Any) -> Result:
        for name, group in groups.items():
            made = group(**{field.name: given.pop(field.name) for field in fields(group)})
            if hasattr(made, "check"):
                made.check()
            given[name] = made
        return command(**given)

    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}
    return wrapper


def _parameters(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(group)
    ]


def _filter(text: str, complete: Any = None, metavar: str = "NAME", name: str = "") -> Any:
    names = (name,) if name else ()
    return typer.Option(
        *names, help=text, rich_help_panel=FILTERS, autocompletion=complete, metavar=metavar
    )


def _output(text: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=OUTPUT, **more)


def _language(tag: str) -> str:
    """Return the language that ``--lang`` or TRANSFER_LANG names; raise UsageError for others."""
    name = messages.language_of(tag)
    if tag and not name:
        raise unknown(_("language"), tag, messages.LANGUAGES)
    return name


LangOption = Annotated[
    str,
    _output(
        "Language of messages and labels: en or zh.  [default: the locale's]",
        envvar="TRANSFER_LANG", metavar="LANG", callback=_language,
    ),
]  # fmt: skip
"""``messages`` knows the language before options are read; here its name is checked."""
QuietOption = Annotated[bool, _output("Silence notes.", "--quiet", "-q")]


@dataclass(eq=False, repr=False)
class FilterOptions:
    """Which rows: the same options on every command that selects."""

    province: Annotated[
        list[str] | None, _filter("Yunnan, 云南, YN, CN-YN or 530000.", completion.provinces)
    ] = None
    category: Annotated[
        list[str] | None, _filter("investment, jobs, tax …", completion.categories)
    ] = None
    indicator: Annotated[list[str] | None, _filter("Code or label.", completion.indicators)] = None
    industry: Annotated[list[str] | None, _filter("Code or label.", completion.industries)] = None
    status: Annotated[
        list[str] | None, _filter("signed, started, target …", completion.statuses)
    ] = None
    scope: Annotated[list[str] | None, _filter("province, zone, project …", completion.scopes)] = (
        None
    )
    place: Annotated[list[str] | None, _filter("City, prefecture or zone.")] = None
    subject: Annotated[list[str] | None, _filter("Company, event, programme or park.")] = None
    period: Annotated[
        list[str] | None,
        _filter("2024, 2024-Q1, 2021/2023: all that lies within.", metavar="PERIOD"),
    ] = None
    search: Annotated[str | None, _filter("Text that any cell holds.", metavar="TEXT")] = None
    minimum: Annotated[
        str | None, _filter("Minimum value: 100 or '10bn CNY'.", metavar="VALUE", name="--min")
    ] = None
    maximum: Annotated[str | None, _filter("Maximum value.", metavar="VALUE", name="--max")] = None
    where: Annotated[
        str | None,
        _filter(
            "Condition: 'value > 100 and place is None', 'gdp / population > 5',"
            " contains(place, 'x').",
            metavar="EXPR",
        ),
    ] = None

    def condition(self, source: "Source") -> "Condition":
        """Return the condition on the rows of ``source`` that the options state.

        Raises UsageError, with did-you-mean, for a name that does not exist.
        """
        from transfer_cli.query import options

        return options.condition(
            source,
            self._words(),
            search=self.search,
            min=self.minimum,
            max=self.maximum,
            where=self.where,
        )

    def check_words(self, vocabulary: "Vocabulary") -> None:
        """Raise UsageError for a word that no table could have: no table need be read for it."""
        from transfer_cli.query import options

        options.check_words(vocabulary, self._words(), min=self.minimum, max=self.maximum)

    def _words(self) -> dict[str, list[str] | None]:
        from transfer_cli.query.options import WORDS

        return {name: getattr(self, name) for name in WORDS}

    def provinces(self) -> tuple[str, ...]:
        """Return the provinces that are named, and the words for others of the user's table."""
        from transfer_cli.query import options

        return options.provinces(self.province)


@dataclass(eq=False, repr=False)
class ReadOptions:
    """How files are read."""

    delimiter: Annotated[
        str,
        typer.Option(
            help="Character between cells: , ; | or tab.  [default: recognised]", metavar="CHAR"
        ),
    ] = ""
    encoding: Annotated[
        str,
        typer.Option(
            help="Encoding of text: utf-8, gb18030, utf-16 …  [default: recognised]",
            metavar="NAME",
        ),
    ] = ""
    sheet: Annotated[
        str,
        typer.Option(
            help="Sheet of a workbook, or table of a database.  [default: the first]",
            metavar="NAME",
        ),
    ] = ""
    no_limit: Annotated[
        bool,
        typer.Option(
            "--no-limit", help="Read packed files of over 2 GB and 100 times their size, too."
        ),
    ] = False

    def check(self) -> None:
        """Set the limits of packed files, before one is opened."""
        from transfer_cli.tables import compression

        compression.limited = not self.no_limit

    def reading(self) -> dict[str, str]:
        """Return how ``open_rows`` reads files."""
        return {"delimiter": self.delimiter, "encoding": self.encoding, "sheet": self.sheet}


@dataclass(eq=False, repr=False)
class DataOptions(ReadOptions):
    """Which tables: those of the report, the user's, or both."""

    data: Annotated[
        list[str] | None,
        typer.Option(
            "--data",
            help="A file, a directory or a data package; builtin is the report's own."
            "  [env var: TRANSFER_DATA]",
            metavar="PATH",
        ),
    ] = None

    map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="What a heading of your table means: 省份=province; repeatable.",
            metavar="HEADING=NAME",
        ),
    ] = None

    def open(self, table: str, *, cluster: str = "") -> "Source":
        """Return a table to be read; a bar shows at a terminal how far a large one is read.

        ``cluster`` is the address of a Dask cluster that reads the files.
        """
        from transfer_cli.model import headings
        from transfer_cli.output.progress import ProgressBar
        from transfer_cli.tables import open as opening

        bar = ProgressBar(_("Reading"))
        return opening.open_source(
            table,
            self.data or (),
            progress=bar,
            cluster=cluster,
            mapping=headings.parse_mapping(self.map),
            **self.reading(),
        )

    def vocabulary(self, *tables: str) -> "Vocabulary":
        """Return the look-ups: the built-in ones, and those next to the user's tables."""
        from transfer_cli.tables import open as opening

        return opening.vocabulary(self.data or (), tables)


@dataclass(eq=False, repr=False)
class OutputOptions:
    """How the result is written."""

    format: Annotated[
        str | None,
        _output(
            "table, csv, tsv, json, jsonl, xlsx, sqlite, parquet, markdown, latex, html …"
            "  [default: table at a terminal, csv in a pipe]",
            "--format", "-f", metavar="FORMAT", autocompletion=completion.formats,
        ),
    ] = None  # fmt: skip
    json: Annotated[bool, _output("Short for -f json.", "--json")] = False
    output: Annotated[
        Path | None,
        _output("Write to a file; its suffix names the format.", "--output", "-o", metavar="FILE"),
    ] = None
    lang: LangOption = ""
    color: Annotated[str, _output("auto, always or never.", metavar="WHEN")] = "auto"
    bom: Annotated[bool, _output("Begin CSV with a byte order mark, for Excel.", "--bom")] = False
    quiet: QuietOption = False
    exit_status: Annotated[
        bool, _output("Exit 1 on an empty result.", "--exit-status")
    ] = False  # fmt: skip

    def check(self) -> None:
        """Raise UsageError for a word that an option does not know, before any work is done.

        From here on streams are coloured, and notes silenced, as requested.
        """
        streams.color, streams.quiet = self.color, self.quiet
        settings = ("auto", "always", "never")
        if self.color not in settings:
            raise unknown(_("colour setting"), self.color, settings)
        if self.format:
            self.target().resolve()

    def target(self) -> "Target":
        """Return where and how the result is written."""
        from transfer_cli.output.target import Target

        chosen = "json" if self.json else self.format or ""
        return Target(chosen, self.output, self.bom)

    def cells(self) -> AbstractContextManager[None]:
        """Return a context for making the text of cells, which programs get in English."""
        return messages.speaking("en" if self.for_machines else messages.language)

    @property
    def for_machines(self) -> bool:
        """Whether programs read the output, by its format."""
        return self.target().resolve().for_machines

    def write(self, tables: "Table | Iterable[Table]", settings: "Settings") -> None:
        """Write tables as requested; exit 1 if they are empty and --exit-status is given."""
        from transfer_cli.output import write

        self.exit_if_empty(write.write(tables, self.target(), settings))

    def write_view(self, view: "View") -> None:
        """Write a result that has a view of its own for people."""
        from transfer_cli.output import write

        self.exit_if_empty(write.write_view(view, self.target()))

    def exit_if_empty(self, rows: int) -> None:
        """Exit 1 for an empty result if --exit-status is given."""
        if self.exit_status and not rows:
            raise typer.Exit(1)
