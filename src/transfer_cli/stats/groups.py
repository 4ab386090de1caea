"""Fetches the groups of which an aggregate is made, as fine as the rules need them.

The first query groups by the keys, the unit, the bound and the indicator. Where a column that
matters to the rules varies within such a group, another query groups by it as well: few figures one
by one, so that those left out can be named; many in groups that agree in what the rules need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from transfer_cli.frames import pd
from transfer_cli.model import periods
from transfer_cli.model.figure import chains_of
from transfer_cli.model.names import is_total
from transfer_cli.model.vocabulary import INDUSTRIES, NATION
from transfer_cli.query.comparisons import In, IsMissing
from transfer_cli.query.condition import Condition, Not, Or, both
from transfer_cli.rules.nesting import AREAS, cities_among
from transfer_cli.rules.record import MEANS, THINGS
from transfer_cli.stats.figures import WATCHED, Figures, Key
from transfer_cli.stats.plan import NESTING, GroupPlan
from transfer_cli.stats.validate import check_cells
from transfer_cli.tables.source import Measure, Source

SINGLE = 10_000
"""Rows up to which figures are judged one by one."""
MOST = 100_000
"""Groups up to which a sum is judged; beyond, it is refused."""

FAMILY = ("id", "part_of")
"""The columns that say which figure is part of which."""
Wholes = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Fetched:
    """The groups of a selection: its figures, the figures to judge, and rows without a number.

    ``judged`` are ``figures`` themselves, or finer groups without the statistics, by the columns
    ``by`` and with the ends of ``watched``. ``missing`` counts the rows without a number, by the
    cells of the key columns. ``wholes`` are the ids that contain a figure, by its id.
    """

    figures: Figures
    judged: Figures
    missing: dict[Key, int]
    wholes: Wholes
    by: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """The number of rows selected."""
        return sum(self.figures.counts) + sum(self.missing.values())

    @property
    def too_many(self) -> bool:
        """Whether there are too many groups, or figures joined by ``part_of``, to be judged."""
        finer = self.judged is not self.figures
        return finer and (len(self.judged) > MOST or len(_family(self.wholes)) > MOST)


def fetch(source: Source, where: Condition, plan: GroupPlan) -> Fetched:
    """Return the groups of the rows that satisfy ``where``.

    Raises DataError for a cell that is not a number in the column of numbers, and for a wrong
    bound, with file, line and column where lines are known.
    """
    frame = source.groups(where, plan.base, plan.measure, plan.watched)
    check_cells(source, where, plan, frame)
    missing = _missing(frame, plan)
    varying = [
        name for name in plan.watched if (frame[f"min {name}"] != frame[f"max {name}"]).any()
    ]
    family = "part_of" in plan.watched and "id" in plan.columns
    parts = family and bool((frame["max part_of"] != "").any())
    constant = {name: frame[f"min {name}"] for name in plan.watched if name not in varying}
    figures = Figures(source, plan, frame.assign(**constant))
    wholes = chains_of(source.rows(Not(IsMissing("part_of")), FAMILY)) if parts else {}
    one_by_one = int(frame["rows"].sum()) <= SINGLE
    named = one_by_one and len(figures) > len(figures.keys)
    if not varying and not parts and not named:  # Those left out are named.
        return Fetched(figures, figures, missing, wholes)
    if one_by_one:
        ids = [name for name in FAMILY if name in plan.columns]
        by = tuple(dict.fromkeys([*plan.base, *plan.watched, *ids]))
        single = Figures(source, plan, source.groups(where, by, plan.measure))
        return Fetched(single, single, missing, wholes)
    by, watched, judged = _judged(source, where, plan, figures, varying, wholes)
    return Fetched(figures, judged, missing, wholes, by, watched)


def split(source: Source, where: Condition, plan: GroupPlan, fetched: Fetched) -> Fetched:
    """Return the same with the statistics of the groups that are judged, so that some can go."""
    by = tuple(dict.fromkeys([*plan.base, *fetched.by]))
    frame = _grouped(source, where, by, plan.measure, fetched.watched, fetched.wholes)
    figures = Figures(source, plan, frame)
    return replace(fetched, figures=figures, judged=figures)


def _judged(
    source: Source,
    where: Condition,
    plan: GroupPlan,
    figures: Figures,
    varying: Sequence[str],
    wholes: Wholes,
) -> tuple[tuple[str, ...], tuple[str, ...], Figures]:
    """Return the columns by which many figures are judged, those watched, and their groups.

    First come the columns given up; those of areas and industries only if figures may lie inside
    one another, or may overlap, those of lists only for a mean of ranks. Otherwise it is enough to
    know whether these vary.
    """
    base = [name for name in plan.base if name != plan.bound]
    base += [name for name in plan.watched if name not in varying]
    measure = Measure(plan.value)
    needed = {name for name in varying if name in plan.merged}
    by = tuple(dict.fromkeys([*base, *(name for name in varying if name in needed)]))
    watched = tuple(name for name in varying if name in WATCHED)
    judged = figures
    if needed:
        judged = Figures(source, plan, source.groups(where, by, measure, watched))
    more = {*varying} - needed - {"part_of"}
    if more:  # Otherwise the queries below decide nothing.
        every = "" in (figures.column("industry") or ())
        deciding = _nesting(plan, judged, every_industry=every) | _lists(plan, judged)
        deciding |= _named(source, where, plan)
        if _are_unscoped(source, where, plan, judged):
            deciding |= {*NESTING}
        more &= deciding
    if more or wholes:
        by = tuple(dict.fromkeys([*by, *(name for name in varying if name in more)]))
        watched = tuple(name for name in watched if name not in more)
        judged = Figures(source, plan, _grouped(source, where, by, measure, watched, wholes))
    return by, watched, judged


def _nesting(plan: GroupPlan, figures: Figures, *, every_industry: bool) -> set[str]:
    """Return the columns that decide whether figures contain others, or overlap, if any may.

    ``every_industry`` says that some figures are of no one industry.
    """
    scopes = {*(figures.column("scope") or ())}
    codes = {*(figures.column(plan.period) or ())}
    needed: set[str] = set()
    if plan.period in plan.merged and _overlap(codes):
        needed |= {"province", "place"}
    if "status" in plan.merged and len({*(figures.column("status") or ())}) > 1:
        needed |= {"province", "place", "industry", "subject", "project"}
    if len(scopes) > 1 and scopes & {*AREAS}:
        needed |= {"province", "place", "industry"}
    if every_industry:
        subjects = "subject" in plan.columns and scopes - {"project", "company"}
        if scopes & {*AREAS, ""} or subjects:
            needed |= {"province", "place", "industry", "subject"}
    return needed


def _named(source: Source, where: Condition, plan: GroupPlan) -> set[str]:
    """Return the columns to look at where a cell is the nation, a total or several industries."""
    names = [name for name in WATCHED if name in plan.columns]
    areas = source.groups(where, names)
    cells = {name: {*areas[name]} for name in names}
    if NATION in cells.get("province", ()) or any(map(is_total, chain(*cells.values()))):
        return {*NESTING, "project"}
    several = any(INDUSTRIES in cell for cell in cells.get("industry", ()))
    return {*WATCHED} if several else set()


def _are_unscoped(source: Source, where: Condition, plan: GroupPlan, figures: Figures) -> bool:
    """Return whether a figure may be of a whole province, city or economy as no scope says so.

    It may be in a group in which no two are of one place and industry, if it has no place, no
    industry, or a city as place that holds another place; or no subject where others have one.
    """
    scopes = figures.column("scope")
    if all(scopes) if scopes else not THINGS.isdisjoint(plan.columns):
        return False
    names = [name for name in WATCHED if name in plan.columns]
    by = tuple(dict.fromkeys([*plan.keys, *plan.merged, *names]))
    unscoped = both(where, IsMissing("scope")) if scopes else where
    looked_at = {unscoped: False}
    if "subject" in plan.watched:
        looked_at[both(unscoped, IsMissing("subject"))] = True
    for each, holds_subjects in looked_at.items():
        found = source.groups(each, by, Measure(plan.value))
        found = found[found["n"] > 0]
        whole = (found[[name for name in names if name != "province"]] == "").any(axis=1)
        if "place" in names:
            whole |= found["place"].isin([*cities_among(found["place"])])
        keys = list(plan.keys)
        most = found.groupby(keys)["n"].transform("max") if keys else found["n"].max()
        if ((whole | holds_subjects) & (most == 1)).any():
            return True
    return False


def _lists(plan: GroupPlan, figures: Figures) -> set[str]:
    """Return the columns that identify the list of a rank, if ranks are averaged."""
    averaged = any(one.operation in MEANS for one in plan.statistics)
    known = figures.vocabulary.indicators
    codes = {*(figures.column(plan.indicator) or ())} if averaged else ()
    ranks = any(code in known and known[code].kind == "rank" for code in codes)
    return {"subject", "project", "industry"} if ranks else set()


def _overlap(codes: Iterable[str]) -> bool:
    """Return whether some of several periods may overlap."""
    spans = [periods.find(code) for code in codes]
    known = sorted((span.start, span.end) for span in spans if span)
    crossing = any(one[1] >= other[0] for one, other in pairwise(known))
    return len(spans) > 1 and (crossing or None in spans)


def _grouped(
    source: Source,
    where: Condition,
    by: Sequence[str],
    measure: Measure,
    watched: Sequence[str],
    wholes: Wholes,
) -> pd.DataFrame:
    """Return groups, those of figures joined by ``part_of`` one for each figure.

    Too many of these to be judged are grouped as the others are.
    """
    family = _family(wholes)
    if not family or len(family) > MOST:
        return source.groups(where, by, measure, watched)
    joined = Or((Not(IsMissing("part_of")), In("id", family)))
    others = Or((IsMissing("id"), Not(In("id", family))))
    ids = tuple(dict.fromkeys([*by, *FAMILY]))
    frames = [
        source.groups(both(where, joined), ids, measure, watched),
        source.groups(both(where, IsMissing("part_of"), others), by, measure, watched),
    ]
    frame = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    blank = {name: "" for name in FAMILY if name in frame}
    return frame.fillna(blank) if blank else frame


def _family(wholes: Wholes) -> frozenset[str]:
    """Return the ids of the figures that are part of another, or a whole."""
    return frozenset(wholes).union(*wholes.values())


def _missing(frame: pd.DataFrame, plan: GroupPlan) -> dict[Key, int]:
    """Return how many rows have no number, by the cells of the key columns."""
    rows = frame[frame["rows"] > frame["n"]]
    counts: dict[Key, int] = {}
    cells = [rows[name].tolist() for name in plan.keys]
    for *key, count in zip(*cells, (rows["rows"] - rows["n"]).tolist(), strict=True):
        counts[tuple(key)] = counts.get(tuple(key), 0) + count
    return counts
