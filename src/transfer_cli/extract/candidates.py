"""Candidates: the figures of a report as rows for ``metrics.csv``, to be corrected by hand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from transfer_cli.extract import keywords, stages
from transfer_cli.extract.confidence import Doubt, confidence, doubts_of_part
from transfer_cli.extract.confidence import doubts as doubts_of
from transfer_cli.extract.headings import current_year
from transfer_cli.extract.keywords import Context, IndicatorReader
from transfer_cli.extract.levels import Quantity
from transfer_cli.extract.mentions import Mention, find_mentions
from transfer_cli.extract.omissions import Omission
from transfer_cli.extract.parts import links
from transfer_cli.extract.periods import find_times
from transfer_cli.extract.places import Gazetteer
from transfer_cli.extract.statuses import StatusReader
from transfer_cli.extract.sums import remark
from transfer_cli.extract.tables import find_cells, outside
from transfer_cli.extract.text import ReportText, parse_text
from transfer_cli.extract.timeline import Timeline
from transfer_cli.extract.toponyms import Place
from transfer_cli.model.vocabulary import NATION, Vocabulary, provinces

CHANGE = "change"
"""The note on an amount by which a measure changed."""

Progress = Callable[[int, int], None]

# Categories whose figures describe a place as a whole, not a company in it.
_OF_A_PLACE = frozenset({"tax", "share", "growth", "platforms", "income", "loan", "rank"})
# Begins the ids of figures without a province; those of a province begin with its ISO letters.
_UNKNOWN_PROVINCE = "xx"
_BEFORE_START = ("actual", "signed", "unspecified")
_REACHED = ("actual", "signed", "started", "completed", "unspecified")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure of a report, in columns of ``metrics.csv``. A column that is not sure is empty.

    ``doubts`` say what lowers its confidence. ``start`` is the offset of the figure in the text.
    """

    id: str
    province: str
    place_zh: str
    subject_zh: str
    scope: str
    indicator: str
    industry: str
    status: str
    period: str
    value: Decimal
    unit: str
    bound: str
    line: int
    printed: str
    note: str = ""
    part_of: str = ""
    start: int = 0
    doubts: tuple[Doubt, ...] = ()

    @property
    def confidence(self) -> Decimal:
        """How likely the row is right in every cell, between 0 and 1."""
        return confidence(self.doubts)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The figures of a report, and its numerals that are not figures.

    ``year`` is the year that the report calls 今年, or None. ``report`` is its text.
    """

    candidates: list[Candidate]
    omitted: list[Omission]
    year: int | None
    report: ReportText


def extract(
    text: str,
    vocabulary: Vocabulary,
    *,
    year: int | None = None,
    progress: Progress | None = None,
    ids: Counter[str] | None = None,
) -> Extraction:
    """Return the figures of a report.

    ``year`` is the year that the report calls 今年; without it, it is taken from the text.
    ``progress`` is called after each figure with its number and the number of all.
    ``ids`` counts the ids by their stems; texts that share it share no id.
    """
    report = parse_text(text)
    year = year or current_year(report.text)
    times = outside(find_times(report.text, year), find_cells(report))
    mentions, omitted = find_mentions(report, times)
    places = Gazetteer(report, mentions)
    timeline = Timeline(report.text, times, [mention.start for mention in mentions], year)
    describe = _Describer(report.text, places, timeline, year, vocabulary, ids)
    candidates = []
    for number, mention in enumerate(mentions, start=1):
        candidates.append(describe(mention))
        if progress:
            progress(number, len(mentions))
    return Extraction(
        _with_wholes(report.text, mentions, candidates, places), omitted, year, report
    )


def _with_wholes(
    text: str, mentions: Sequence[Mention], candidates: Sequence[Candidate], places: Gazetteer
) -> list[Candidate]:
    """Return the candidates with the ids of their wholes; what adds up is more sure."""
    quantities = [
        Quantity(
            at.start, at.end, row.value, row.unit, row.bound, places.at(at.start).place, row.period,
            row.status, header=text[at.near[1].start : at.near[1].end] if at.cell else "",
            change=at.change,
        )
        for at, row in zip(mentions, candidates, strict=True)
    ]  # fmt: skip
    result = list(candidates)
    parts: dict[int, list[int]] = {}
    for link in links(text, quantities):
        parts.setdefault(link.whole, []).append(link.part)
        result[link.part] = _part(result[link.part], result[link.whole], closes=link.closes)
    for number, members in parts.items():
        # 占全省1426个的54.6%: a whole without words of its own measures what its parts do.
        measures = {result[each].indicator for each in members}
        shared = next(iter(measures)) if len(measures) == 1 else ""
        row = replace(result[number], indicator=result[number].indicator or shared)
        summed = [quantities[each] for each in members if result[each].status == row.status]
        note = remark(text, quantities[number], summed)
        result[number] = replace(row, note="; ".join(filter(None, (row.note, note))))
    return result


def _part(row: Candidate, whole: Candidate, *, closes: bool) -> Candidate:
    """Return a row as part of a whole: what is not printed of it is as the whole is."""
    status = row.status
    is_printed = status != "unspecified" and (row.indicator or status != "actual")
    # Of 682 projects that are signed, 171 are not started: they are signed.
    inherits = whole.status in (_REACHED if status else _BEFORE_START) and whole.status != status
    # Of halls that are built, those let are no stage.
    inherits = inherits and stages.passes_stages(row.unit) and not (status and is_printed)
    if inherits:
        status = whole.status
    return replace(
        row,
        part_of=whole.id,
        indicator=row.indicator or whole.indicator,
        status=status,
        doubts=tuple(doubts_of_part(row.doubts, inherits=inherits, closes=closes)),
    )


class _Describer:
    """Makes a candidate of a mention: adds id, place, period, status, indicator and industry."""

    def __init__(
        self,
        text: str,
        places: Gazetteer,
        timeline: Timeline,
        year: int | None,
        vocabulary: Vocabulary,
        ids: Counter[str] | None,
    ) -> None:
        self._text = text
        self._places = places
        self._timeline = timeline
        self._year = year
        self._vocabulary = vocabulary
        self._ids = Counter() if ids is None else ids
        self._indicators = IndicatorReader(text, vocabulary)
        self._statuses = StatusReader(timeline, year)

    def __call__(self, mention: Mention) -> Candidate:
        context = Context.of_mention(self._text, mention)
        placing = self._places.at(mention.start)
        place = placing.place
        indicator, noun = self._indicators.read(context, mention)
        row = self._vocabulary.indicators.get(indicator)
        stage = self._statuses.read(context, mention, row)
        if mention.change and row:
            # 减少3万人 says how much a measure changed; it is not a level of it.
            indicator, noun = "", row.label_zh
        return Candidate(
            id=self._id(place.province, indicator),
            province=place.province,
            place_zh=place.place_zh,
            subject_zh=noun,
            scope=self._scope(place, indicator),
            indicator=indicator,
            industry=keywords.industry(context),
            status=stage.status,
            period=stage.dating.period,
            value=mention.value,
            unit=mention.unit,
            bound=mention.bound,
            line=mention.line,
            printed=mention.printed,
            note=CHANGE if mention.change else mention.note,
            start=mention.start,
            doubts=tuple(doubts_of(mention, placing, indicator, stage)),
        )

    def _id(self, province: str, indicator: str) -> str:
        """Return an id numbered within province and indicator, so that a new figure shifts few."""
        row = provinces().get(province)
        prefix = row.iso.removeprefix("CN-").lower() if row else _UNKNOWN_PROVINCE
        if province == NATION:
            prefix = "cn"
        stem = f"{prefix}_{indicator or 'figure'}"
        self._ids[stem] += 1
        return f"{stem}_{self._ids[stem]}"

    def _scope(self, place: Place, indicator: str) -> str:
        """Return the scope if it is sure: figures of companies have a place as well."""
        if place.province == NATION:
            return place.scope
        row = self._vocabulary.indicators.get(indicator)
        return place.scope if row is not None and row.category in _OF_A_PLACE else ""
