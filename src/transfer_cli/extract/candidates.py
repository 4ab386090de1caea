"""Candidates: the figures of a report as rows for ``metrics.csv``, to be corrected by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from transfer_cli.extract import keywords
from transfer_cli.extract.confidence import confidence
from transfer_cli.extract.confidence import doubts as doubts_of
from transfer_cli.extract.keywords import Context, IndicatorReader
from transfer_cli.extract.mentions import Mention, find_mentions
from transfer_cli.extract.omissions import Omission
from transfer_cli.extract.periods import current_year, find_times
from transfer_cli.extract.places import Gazetteer
from transfer_cli.extract.statuses import StatusReader
from transfer_cli.extract.tables import find_cells, outside
from transfer_cli.extract.text import ReportText, parse_text
from transfer_cli.extract.timeline import Timeline
from transfer_cli.model.vocabulary import NATION, Vocabulary, provinces

Progress = Callable[[int, int], None]

# Categories whose figures describe a place as a whole, not a company in it.
_OF_A_PLACE = frozenset({"tax", "share", "growth", "platforms", "income", "loan", "rank"})
_SCOPES = {"区": "zone", "园": "zone", "城": "zone", "州": "prefecture", "盟": "prefecture",
           "地区": "prefecture", "市": "city"}  # fmt: skip
# Begins the ids of figures without a province; those of a province begin with its ISO letters.
_UNKNOWN_PROVINCE = "xx"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure of a report, in columns of ``metrics.csv``. A column that is not sure is empty.

    ``confidence`` is between 0 and 1, ``doubts`` say what lowers it. ``start`` is the offset of the
    figure in the text.
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
    confidence: Decimal
    note: str = ""
    start: int = 0
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The figures of a report, and its numerals that are no figures.

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
) -> Extraction:
    """Return the figures of a report.

    ``year`` is the year that the report calls 今年; without it, it is taken from the text.
    ``progress`` is called after each figure with its number and the number of all.
    """
    report = parse_text(text)
    year = year or current_year(report.text)
    times = outside(find_times(report.text, year), find_cells(report))
    mentions, omitted = find_mentions(report, times)
    places = Gazetteer(report.text)
    timeline = Timeline(report.text, times, [mention.start for mention in mentions])
    describe = _Describer(report.text, places, timeline, year, vocabulary)
    candidates = []
    for number, mention in enumerate(mentions, start=1):
        candidates.append(describe(mention))
        if progress:
            progress(number, len(mentions))
    return Extraction(candidates, omitted, year, report)


class _Describer:
    """Makes a candidate of a mention: adds id, place, period, status, indicator and industry."""

    def __init__(
        self,
        text: str,
        places: Gazetteer,
        timeline: Timeline,
        year: int | None,
        vocabulary: Vocabulary,
    ) -> None:
        self._text = text
        self._places = places
        self._timeline = timeline
        self._year = year
        self._vocabulary = vocabulary
        self._ids: Counter[str] = Counter()
        self._indicators = IndicatorReader(text, vocabulary)
        self._statuses = StatusReader(timeline, year)

    def __call__(self, mention: Mention) -> Candidate:
        context = Context.of(self._text, mention.start, mention.end)
        province, place = self._places.at(mention.start)
        indicator, noun = self._indicators.read(context, mention)
        row = self._vocabulary.indicators.get(indicator)
        stage = self._statuses.read(context, mention, row)
        doubts = doubts_of(mention, province, indicator, stage)
        return Candidate(
            id=self._id(province, indicator),
            province=province,
            place_zh=place,
            subject_zh=noun,
            scope=self._scope(province, place, indicator),
            indicator=indicator,
            industry=keywords.industry(context),
            status=stage.status,
            period=stage.dating.period,
            value=mention.value,
            unit=mention.unit,
            bound=mention.bound,
            line=mention.line,
            printed=mention.printed,
            confidence=confidence(doubts),
            note=mention.note,
            start=mention.start,
            doubts=tuple(doubt.reason for doubt in doubts),
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

    def _scope(self, province: str, place: str, indicator: str) -> str:
        """Return the scope if it is sure: figures of companies have a place as well."""
        if province == NATION:
            return "nation"
        row = self._vocabulary.indicators.get(indicator)
        if row is None or row.category not in _OF_A_PLACE:
            return ""
        return next((scope for end, scope in _SCOPES.items() if place.endswith(end)), "")
