"""How a table is grouped: its keys, and the columns of its numbers, units and bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transfer_cli.errors import Instead, RefusedError, UsageError
from transfer_cli.messages import _
from transfer_cli.model import headings, kinds
from transfer_cli.model.codelists import PROVINCES
from transfer_cli.model.schema import PERIODS, has_figures, require
from transfer_cli.model.vocabulary import with_derived
from transfer_cli.query.options import VALUES, value_column
from transfer_cli.rules import comparability
from transfer_cli.rules.decision import COMPARABILITY
from transfer_cli.rules.record import MEANS
from transfer_cli.stats.statistic import Statistic
from transfer_cli.tables.source import Measure, Source

NESTING = ("province", "place", "industry", "subject", "part_of")
"""Columns that say whether one figure of a group may lie inside another."""
_MEASURES = ("rows", "n", "empty", "unreadable", "percent", "sum", "min", "max", "sum_of_squares",
             "values")  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What a user requests: groups, statistics, the column of numbers, columns given up.

    ``unit`` is the unit of the results, ``provinces`` those of which a note says that nothing is
    printed. ``weight`` is the column of weights of a mean. ``share`` adds shares to sums and
    counts, ``total`` a row of all groups; ``top`` keeps the largest groups, all if it is 0.
    ``noted`` says that rows that repeat or have no number are noted: not those that are melted.
    ``advised`` says that the command has ``--across``, so that reasons may name it.
    """

    by: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    value: str
    across: tuple[str, ...] = ()
    unit: str = ""
    provinces: tuple[str, ...] = PROVINCES
    weight: str = ""
    share: bool = False
    total: bool = False
    top: int = 0
    noted: bool = True
    advised: bool = True


def request(
    source: Source,
    statistics: Sequence[Statistic],
    *,
    by: Sequence[str] | None,
    value: str,
    across: Sequence[str] | None,
    weight: str,
    unit: str,
    provinces: Sequence[str] = (),
    share: bool,
    total: bool,
    top: int | None,
) -> Request:
    """Return a request whose columns are named as options give them; see ``Request``."""
    columns, schema = source.columns, source.schema
    return Request(
        tuple(headings.chosen(by, columns, schema)),
        tuple(statistics),
        headings.column(value, columns, schema),
        tuple(headings.chosen(across, columns, schema)),
        unit,
        tuple(provinces or PROVINCES),
        headings.column(weight, columns, schema),
        share,
        total,
        top or 0,
    )


@dataclass(frozen=True)
class GroupPlan:
    """The columns by which a table is grouped, and those of its numbers.

    ``comparability`` are the columns in which the figures of a group must agree, and ``across``
    those of them that are given up. A total runs ``over`` some of them that are not: the rules say
    whether it may. ``value`` is empty if rows are only counted, ``counted`` is the column whose
    distinct cells are; ``period`` is the column of periods. A column that the table lacks is empty.
    """

    by: tuple[str, ...]
    value: str
    unit: str
    bound: str
    period: str
    columns: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    weight: str
    counted: str
    comparability: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    def totalling(self, by: tuple[str, ...]) -> "GroupPlan":
        """Return the plan of totals over the columns of ``self.by`` that are not in ``by``."""
        over = (name for name in self.by if name not in by and name in self.comparability)
        return replace(self, by=by, over=tuple(over))

    @property
    def merged(self) -> tuple[str, ...]:
        """The columns of comparability in which the figures of a group may differ."""
        return tuple(dict.fromkeys([*self.across, *self.over]))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a group of the result, besides the dimension of its unit."""
        kept = (name for name in self.comparability if name not in self.merged)
        return tuple(dict.fromkeys([*self.by, *kept]))

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The columns of the result that say what a row is of: the keys, and the indicator."""
        return tuple(self.with_indicators(dict.fromkeys(self.keys, ""), ""))

    def with_indicators(self, keys: Mapping[str, str], indicators: str) -> dict[str, str]:
        """Return the cells of a row with the indicators that it combines, where these are no key.

        A row always names what it holds, also where ``--across`` gives the indicator up. They
        follow the columns by which rows are grouped, as they do where they are a key.
        """
        if not self.indicator:
            return dict(keys)
        by = {name: keys[name] for name in self.by}
        return {**by, "indicator": indicators, **keys}

    @property
    def indicator(self) -> str:
        """The column of indicators, empty if the rules do not look at it."""
        return "indicator" if "indicator" in self.comparability else ""

    @property
    def base(self) -> tuple[str, ...]:
        """The columns by which numbers may be added without asking: keys, unit, bound, indicator.

        Without bounds the columns given up are among them, which saves a second query.
        """
        given_up = () if self.bound else self.merged
        named = filter(None, (self.unit, self.bound, self.indicator, self.weight, *given_up))
        return tuple(dict.fromkeys([*self.keys, *named]))

    @property
    def watched(self) -> tuple[str, ...]:
        """The columns that matter to the rules if they vary within a group of ``base``.

        Empty for another column of numbers than that of the figures of a table.
        """
        if self.value != "value" and has_figures(self.columns):
            return ()
        things = ("project",) if "status" in self.merged else ()
        names = dict.fromkeys([*self.merged, *NESTING, *things])
        return tuple(name for name in names if name in self.columns and name not in self.base)

    @property
    def measure(self) -> Measure:
        """What the source computes of each group."""
        needed = [statistic.entry for statistic in self.statistics]
        squares, values = any(one.squares for one in needed), any(one.values for one in needed)
        return Measure(self.value, squares=squares, values=values)


def plan(source: Source, request: Request) -> GroupPlan:
    """Return how a source is grouped; only its columns are looked at.

    Raises UsageError for a column that does not exist, RefusedError for one whose numbers do not
    add.
    """
    columns = tuple(source.columns)
    period = next((name for name in PERIODS if name in columns), "")
    by = tuple(dict.fromkeys(_own(name, columns, period) for name in request.by))
    require(with_derived(columns), by, source.schema)
    only_counts = all(statistic.counts for statistic in request.statistics)
    distinct = any(statistic.kind == "distinct" for statistic in request.statistics)
    _check_keys(by, ("rows", *(s.name for s in request.statistics)) if only_counts else
                (*_MEASURES, "left_out", *(s.name for s in request.statistics)))  # fmt: skip
    _check_groups(by, columns, request)
    counts_rows = only_counts and not distinct
    value = "" if counts_rows else request.value or value_column(source)
    require(columns, filter(None, (value, request.weight)), source.schema)
    field = source.schema.field(value)
    unit, bound = (name if name in columns else "" for name in (field.unit, field.bound))
    counts = GroupPlan(by, "", unit, bound, period, columns, request.statistics, request.weight,
                       counted=value)  # fmt: skip
    if only_counts:
        return counts
    _check_adds(source, value, request)
    guard = _comparability(columns, value, period)
    across = comparability.check([_own(name, columns, period) for name in request.across], guard)
    return replace(counts, value=value, comparability=guard, across=across)


def _own(name: str, columns: Sequence[str], period: str) -> str:
    """Return a column by the table's name for it: ``period`` may be a year."""
    return period if name == "period" and period and name not in columns else name


def _comparability(columns: Sequence[str], value: str, period: str) -> tuple[str, ...]:
    """Return the columns in which figures must agree, as far as the table has them.

    The rules are about the figures of a table, not about its other columns of numbers.
    A column ``source`` is one of tables side by side only where they are tables of figures.
    """
    if value != "value" and has_figures(columns):
        return ()
    known = {"period": period}
    names = [known.get(name, name) for name in COMPARABILITY]
    figures = "indicator" in columns or {*VALUES} & {*columns}
    return tuple(
        name
        for name in names
        if name in columns and name != value and (figures or name != "source")
    )


def _check_keys(by: Sequence[str], taken: Sequence[str]) -> None:
    """Refuse to group by a column with the name of a column of the result."""
    for name in by:
        if name in taken:
            message = _("the answer has a column {name!r} of its own", name=name)
            raise UsageError(message, _("rename it in the table"))


def _check_groups(by: Sequence[str], columns: Sequence[str], request: Request) -> None:
    """Refuse what is of several groups where there is but one, or no sum of which it could be."""
    over_groups = [one.name for one in request.statistics if one.entry.over_groups]
    options = [*(["--share"] if request.share else []), *(["--total"] if request.total else []),
               *(["--top"] if request.top else [])]  # fmt: skip
    named = [*(f"--stat {name}" for name in over_groups), *options]
    if named and not by:
        message = _("{option} is of several groups: name them with --by", option=named[0])
        column = "province" if "province" in columns else columns[0]
        raise UsageError(message, Instead("--by", column))
    if over_groups and options:
        message = _(
            "{name} is one number of all groups, without {option}",
            name=over_groups[0], option=options[0],
        )  # fmt: skip
        raise UsageError(message, Instead(options[0], flag=options[0] != "--top"))
    if request.share and not any(one.shared for one in request.statistics):
        raise UsageError(_("--share is of a sum or a count"), Instead("--stat", "sum"))


def holds_codes(source: Source, name: str) -> bool:
    """Return whether the name of a column of no known kind says that its numbers are codes."""
    field = source.schema.field(name)
    unknown = field.type == "any" and not field.unit and name not in source.vocabulary.indicators
    return unknown and kinds.is_code(field.written)


def _check_adds(source: Source, value: str, request: Request) -> None:
    """Refuse to add numbers whose sum means nothing: lines, years, capacities of products."""
    summed = any(one.operation in ("sum", *MEANS) for one in request.statistics)
    if summed and (holds_codes(source, value) or not source.schema.field(value).adds):
        message = _(
            "the column {name!r} holds numbers of different things, which do not add", name=value
        )
        raise RefusedError(message, Instead("--stat", "count,min,max"))
