"""The Python API: what the commands compute, for scripts and notebooks.

``import transfer_cli as tc`` offers all of it, loaded at the first use. Each function calls what
the command of its name calls, with the same rules. A parameter is the option of the same name; one
that may be repeated takes a word or a list of words. Errors are those of ``transfer_cli.errors``:
a traceback shows the hint too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from transfer_cli.errors import Instead, TransferError
from transfer_cli.messages import _
from transfer_cli.output import write
from transfer_cli.results import Answer, Table
from transfer_cli.tables import table as tables
from transfer_cli.tables.table import collect

if TYPE_CHECKING:
    from typing import Unpack

    from transfer_cli.query.condition import Condition
    from transfer_cli.tables.source import Source

__all__ = ["Answer", "Filters", "Table", "aggregate", "calc", "compare", "extract", "filter",
           "load"]  # fmt: skip

Words = str | Iterable[str] | None
"""The value of an option: a word, or several."""


class Filters(TypedDict, total=False):
    """Which rows: the filter options of the commands. All conditions must be satisfied."""

    province: Words
    """Name in English or Chinese, abbreviation or code: ``"Yunnan"``, ``"云南"``, ``"YN"``."""
    category: Words
    indicator: Words
    industry: Words
    status: Words
    scope: Words
    place: Words
    subject: Words
    period: Words | int
    """``2024``, ``"2024-Q1"``, ``"2021/2023"``: all that lies within."""
    search: str
    """Text that any cell holds."""
    min: str | float
    """``100``, or with its unit: ``"100亿元"``."""
    max: str | float
    where: str
    """A condition, as ``--where`` takes it: ``"value > 100 and place is None"``."""


def load(
    path: str | PathLike[str] | None = None,
    *,
    data: Words = None,
    delimiter: str = "",
    encoding: str = "",
    sheet: str = "",
    map: Mapping[str, str] | None = None,
) -> Table:
    """Return a table, loaded into memory: the report's figures, or what ``path`` names.

    ``path`` is the name of a built-in table (``"projects"``), a file of any format that the
    commands read, or a quoted pattern of several. ``data`` names files, directories or data
    packages that take the place of the report, ``"builtin"`` being the report itself; figures of
    several sources get a column ``source``. ``map`` says what headings mean:
    ``{"省份": "province"}``.

    A file too large for memory need not be loaded: give its path to ``filter`` or ``aggregate``.

    Raises DataError for a file that is missing or unsound, UsageError for an unknown table.

    >>> import transfer_cli as tc
    >>> table = tc.load()
    >>> len(table)
    97
    >>> table.to_pandas().dtypes["value"]
    Float64Dtype()
    """
    from transfer_cli.tables.open import open_source

    with _hints():
        name = "metrics" if path is None else fspath(path)
        source = open_source(
            name,
            _words(data) or (),
            delimiter=delimiter,
            encoding=encoding,
            sheet=sheet,
            mapping=map,
        )
        return _finished(source.rows())


def filter(
    table: tables.Table | str | PathLike[str] = "metrics",
    *,
    columns: Words = None,
    derive: Words = None,
    sort: Words = None,
    limit: int | None = None,
    unit: str = "",
    **filters: "Unpack[Filters]",
) -> Table:
    """Return the rows of a table that satisfy all conditions, as ``transfer-cli filter`` does.

    ``sort`` names columns, ``-name`` descends. ``derive`` computes columns: ``"density=population
    / area"``. ``unit`` shows the amounts in one unit.

    >>> import transfer_cli as tc
    >>> tax = tc.filter(province="云南", category="tax", columns=["period", "value", "unit"])
    >>> tax.to_pandas()["value"].tolist()
    [4780.0, 14.37, 4.53]
    """
    from transfer_cli.output import rows
    from transfer_cli.tables import derived

    with _hints():
        source = _source(table)
        texts = _words(derive) or []
        if texts:
            source = derived.derive(source, texts)
        selection = rows.Selection(
            source, _condition(source, filters), _words(columns), texts, _words(sort), limit, unit
        )
        return _finished(selection.tables(), selection.notes, all_columns=bool(selection.names))


def aggregate(
    table: tables.Table | str | PathLike[str] = "metrics",
    *,
    by: Words = None,
    stat: Words = "count",
    value: str = "",
    across: Words = None,
    weight: str = "",
    share: bool = False,
    total: bool = False,
    top: int | None = None,
    unit: str = "",
    **filters: "Unpack[Filters]",
) -> Table:
    """Return statistics of comparable figures by group, as ``transfer-cli aggregate`` does.

    Figures are combined only if indicator, status, scope, period and dimension agree; ``across``
    names columns that may differ. Raises RefusedError for what has no meaning.

    >>> import transfer_cli as tc
    >>> jobs = tc.aggregate(by=["province"], stat=["count"], category="jobs")
    >>> jobs.to_pandas().to_dict("records")
    [{'province': 'Yunnan', 'count': 4}]
    >>> tc.aggregate(category="investment", stat="sum", across=["status", "scope", "period"])
    Traceback (most recent call last):
        ...
    transfer_cli.errors.RefusedError: signed, started, ... are different stages and do not add...
    """
    from transfer_cli.stats import aggregate as stats
    from transfer_cli.stats import plan, statistic

    with _hints():
        statistics = statistic.parse(_names(stat), weighted=bool(weight))
        source = _source(table)
        where = _condition(source, filters)
        request = plan.request(
            source, statistics, by=_words(by), value=value, across=_words(across), weight=weight,
            unit=unit, provinces=_provinces(filters), share=share, total=total, top=top,
        )  # fmt: skip
        return _finished([stats.aggregate(source, where, request)], all_columns=True)


def compare(
    *what: tables.Table | str | PathLike[str],
    by: str = "province",
    vs: str = "",
    share: bool = False,
    rank: bool = False,
    growth: bool = False,
    index: str = "",
    contribution: bool = False,
    lq: bool = False,
    total: bool = False,
    unit: str = "",
    **filters: "Unpack[Filters]",
) -> Table:
    """Return comparable figures, one row each, as ``transfer-cli compare`` does.

    ``what`` names indicators, categories or ratios (``"investment / projects"``), and one table if
    it is not the report's. The rows are tidy; a notebook shows the figures side by side. One of
    ``vs`` (a column), ``share``, ``rank``, ``growth``, ``index`` (a period), ``contribution`` and
    ``lq`` derives measures. Raises RefusedError for what has no meaning.

    >>> import transfer_cli as tc
    >>> signed = tc.compare("investment", status="signed", period="2023")
    >>> signed.to_pandas()[["province", "scope", "value"]].values.tolist()
    [['Inner Mongolia', 'programme', 4573.0], ['Gansu', 'project', 15.0]]
    >>> tc.compare("jobs", rank=True)
    Traceback (most recent call last):
        ...
    transfer_cli.errors.RefusedError: jobs actual prefecture, jobs actual company, ...
    """
    from transfer_cli.compare import compare as comparing
    from transfer_cli.compare.modes import choose
    from transfer_cli.output import comparison
    from transfer_cli.tables import files

    with _hints():
        choice = choose(
            by, total=total, vs=vs, share=share, rank=rank, growth=growth, index=index,
            contribution=contribution, lq=lq,
        )  # fmt: skip
        own = [item for item in what if isinstance(item, tables.Table)]
        table, names = files.split_table(
            [fspath(item) for item in what if not isinstance(item, tables.Table)]
        )
        source = _source(own[0] if own else table)
        result = comparing.compare(
            source, _condition(source, filters), names, by=by, provinces=_provinces(filters),
            unit=unit, choice=choice, total=total,
        )  # fmt: skip
        view = comparison.view(result, source.vocabulary)
        return _public(view.table(), view.notes, view=view)


def calc(
    expression: str,
    table: tables.Table | str | PathLike[str] = "metrics",
    *,
    across: Words = None,
    unit: str = "",
) -> Answer:
    """Return the result of an expression on figures by their ids, as ``transfer-cli calc`` does.

    ``table`` is where the figures are. Raises RefusedError for what has no meaning.

    >>> import transfer_cli as tc
    >>> mean = tc.calc("gx_soe_investment / gx_soe_agreements")
    >>> print(mean)
    >72.2 CNY 100m/agreement
    >>> mean.bound, mean.figures
    ('over', ('gx_soe_investment', 'gx_soe_agreements'))
    """
    from transfer_cli.calc.evaluate import evaluate
    from transfer_cli.output import quantity
    from transfer_cli.rules import comparability

    with _hints():
        given_up = comparability.check(_names(across))
        source = _source(table)
        term = evaluate(source, expression, given_up, unit)
        interval = term.quantity.interval
        low, high = (None if end is None else float(end) for end in interval.ends)
        view = quantity.view(expression, term, source.vocabulary, report=source.report)
        return Answer(
            view.screen(False).strip(),
            float(interval.value),
            term.quantity.unit.name,
            term.quantity.bound,
            low,
            high,
            Fraction(interval.value),
            tuple(figure.id for figure in term.figures),
            view.notes,
        )


def extract(
    text: str,
    *,
    year: int | None = None,
    rows: Literal["figures", "omitted", "review"] = "figures",
) -> Table:
    """Return candidate figures of a Chinese text, as ``transfer-cli extract`` does.

    ``year`` is what the text calls 今年 (this year). ``rows`` chooses what is returned: the
    candidates; the numerals that are not figures, with reasons; or the doubtful candidates.

    >>> import transfer_cli as tc
    >>> found = tc.extract("2024年上半年，洛阳市新签约项目56个，总投资约480亿元。")
    >>> found.frame[["indicator", "value", "unit", "bound"]].values.tolist()
    [['projects', '56', '个', 'exact'], ['investment', '480', '亿元', 'about']]
    """
    from transfer_cli.extract import candidates
    from transfer_cli.extract import rows as extracted
    from transfer_cli.model.vocabulary import Vocabulary

    with _hints():
        extraction = candidates.extract(text, Vocabulary(), year=year)
        makers = {
            "figures": extracted.figures,
            "omitted": extracted.omissions,
            "review": extracted.review,
        }
        notes = [] if year or rows == "omitted" else [*extracted.notes_on_years([extraction])]
        return _finished([makers[rows](extraction)], lambda: notes)


@contextmanager
def _hints() -> Iterator[None]:
    """Add the hint of an error to it as a note, which a traceback shows."""
    try:
        yield
    except TransferError as error:
        hint = error.hint
        if isinstance(hint, Instead):
            name = hint.option.removeprefix("--").replace("-", "_")
            hint = f"{name}={hint.value!r}" if hint.value else _("omit {name}", name=name)
        if hint:
            error.add_note(_("Hint: {hint}", hint=hint))
        raise


def _source(table: tables.Table | str | PathLike[str]) -> "Source":
    """Return what the commands read from: a Table in memory, or the table that a name means."""
    if isinstance(table, tables.Table):
        from transfer_cli.tables.memory import MemorySource

        return MemorySource(table)
    from transfer_cli.tables.open import open_source

    return open_source(fspath(table))


def _condition(source: "Source", filters: Filters) -> "Condition":
    """Return the condition that filter options state; raise UsageError for a wrong word."""
    from transfer_cli.errors import unknown
    from transfer_cli.query import options

    for name in filters:
        if name not in Filters.__annotations__:
            raise unknown(_("option"), name, Filters.__annotations__)
    given: Mapping[str, Any] = filters

    def limit(name: str) -> str | None:
        value = given.get(name)
        plain = value is None or isinstance(value, str)
        return value if plain else f"{Decimal(str(value)):f}"

    return options.condition(
        source,
        {name: _words(given.get(name)) for name in options.WORDS},
        search=given.get("search"),
        min=limit("min"),
        max=limit("max"),
        where=given.get("where"),
    )


def _provinces(filters: Filters) -> tuple[str, ...]:
    """Return the provinces that filter options name, by their English names."""
    from transfer_cli.query import options

    return options.provinces(_words(filters.get("province")))


def _words(value: Words | int) -> list[str] | None:
    """Return the value of an option as the commands have it: a list of texts, or None."""
    if value is None:
        return None
    return [str(value)] if isinstance(value, (str, int)) else [*map(str, value)]


def _names(value: Words) -> list[str]:
    """Return the single words of an option."""
    from transfer_cli.model.columns import split

    return split(_words(value))


def _finished(
    chunks: Iterable[tables.Table],
    further: Callable[[], Iterable[str]] = tuple,
    *,
    all_columns: bool = False,
) -> Table:
    """Return the rows of a result as one table, with every note that a command prints of them."""
    stream = write.TableStream(chunks)
    table = collect(stream.counted())
    notes = (*stream.notes, *further(), *stream.hidden_bounds(for_machines=True))
    return _public(table, notes, view=None, all_columns=all_columns)


def _public(table: tables.Table, notes: Iterable[str], **more: Any) -> Table:
    parts = {part.name: getattr(table, part.name) for part in fields(table)}
    return Table(**parts | {"notes": tuple(dict.fromkeys(notes))} | more)
