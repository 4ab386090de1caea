"""Candidate rows for metrics.csv out of a report's text."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from transfer_cli.report import status, topics
from transfer_cli.report.omissions import Omission
from transfer_cli.report.periods import current_year, find_moments
from transfer_cli.report.places import Gazetteer
from transfer_cli.report.quantities import find_quantities
from transfer_cli.report.quantity import Quantity
from transfer_cli.report.text import read_source
from transfer_cli.report.timeline import Timeline
from transfer_cli.report.units import is_measure
from transfer_cli.report.words import Surroundings

_AHEAD = ("planned", "expected")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure of a report in the columns of metrics.csv, to be corrected by hand."""

    number: int
    province: str
    place_zh: str
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


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a report yields: its figures, and the numerals that are none."""

    candidates: list[Candidate]
    omitted: list[Omission]
    year: int | None


def extract(text: str, *, year: int | None = None, progress: Progress | None = None) -> Extraction:
    """Find the figures of a report; `year` is what it calls 今年, guessed when it is not given."""
    source = read_source(text)
    year = year or current_year(source.text)
    moments = find_moments(source.text, year)
    quantities, omitted = find_quantities(source, moments)
    places = Gazetteer(source.text)
    describe = _Describer(
        source.text, places, Timeline(source.text, moments, places.sections), year
    )
    candidates = []
    for number, quantity in enumerate(quantities, start=1):
        candidates.append(describe(number, quantity))
        if progress:
            progress(number, len(quantities))
    return Extraction(candidates, omitted, year)


class _Describer:
    """Gives a quantity its place, period, status and likely indicator."""

    def __init__(self, text: str, places: Gazetteer, timeline: Timeline, year: int | None) -> None:
        self._year = year
        self._text = text
        self._places = places
        self._timeline = timeline

    def __call__(self, number: int, quantity: Quantity) -> Candidate:
        around = Surroundings.of(self._text, quantity.start, quantity.end)
        province, place = self._places.at(quantity.start)
        period = self._timeline.period(quantity.start, quantity.end)
        stage = status.status(around)
        if stage in _AHEAD and period[:4] < str(self._year or ""):
            # What is still to come does not belong to the past year that its sentence names.
            period = ""
        indicator = topics.indicator(around, quantity.unit, quantity.printed)
        return Candidate(
            number=number,
            province=province,
            place_zh=place,
            indicator=indicator,
            industry=topics.industry(around),
            status=stage,
            period=period,
            value=quantity.value,
            unit=quantity.unit,
            bound=quantity.bound,
            line=quantity.line,
            printed=quantity.printed,
            confidence=_confidence(quantity, province, period, indicator),
            note="decline" if status.declines(around) else "",
        )


def _confidence(quantity: Quantity, *known: str) -> Decimal:
    """How safe a row is: a measured Arabic number in a known place and time is the safest."""
    doubt = Decimal("0.08") * sum(1 for text in known if not text)
    if not is_measure(quantity.unit):
        doubt += Decimal("0.05") if quantity.unit else Decimal("0.3")
        doubt += Decimal(0) if quantity.printed[0].isdigit() else Decimal("0.2")
    return Decimal("0.99") - doubt
