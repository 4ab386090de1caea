"""Places: the place that each figure of a text belongs to.

``toponyms`` finds the names that a table lists, ``localities`` towns and parks, and ``scopes`` says
which of them holds at a point.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TypeVar

from transfer_cli.extract.headings import is_heading, is_title
from transfer_cli.extract.localities import with_localities
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.scopes import LEAD, UNPLACED, Placing, Scopes
from transfer_cli.extract.text import SENTENCE, ReportText, sentences, start_of
from transfer_cli.extract.toponyms import Place, Toponym, toponyms

_RESPECTIVELY = re.compile("分别|依次|各自")
_NUMBER_GAP = re.compile(
    "(?:、|和|及|与|以及)(?:增长|下降|上升|回落|提高|减少|增加)?(?:超过?|约|近|逾|达到?|为)?"
)

_Item = TypeVar("_Item", Toponym, Mention)


class Gazetteer:
    """The places of a text: returns the place that applies to each of its figures."""

    def __init__(self, report: ReportText, mentions: Sequence[Mention]) -> None:
        self._text = report.text
        self._mentions = [mention for mention in mentions if not mention.cell]
        self._cells = [mention for mention in mentions if mention.cell]
        self._names = list(toponyms(self._text))
        self._places: dict[int, Placing] = {}
        self._tables = [
            (report.line_span(first)[0], report.line_span(last)[1]) for first, last in report.tables
        ]
        self._attach()

    def at(self, start: int) -> Placing:
        """Return the place of the number that starts at an offset, and where it is named.

        The province of the whole country is China. The province's own total has no place below it.
        """
        return self._places.get(start, UNPLACED)

    def _attach(self) -> None:
        scopes = Scopes(self._text)
        tables = deque(self._tables)
        is_first = True
        for start, end in _paragraphs(self._text):
            while tables and tables[0][1] <= start:
                tables.popleft()
            if tables and tables[0][0] <= start:
                self._attach_row(scopes, start, end)
                continue
            line, names = self._text[start:end], self._names_in(start, end)
            if is_first and is_title(line):
                scopes.entitle(names)
            elif is_heading(line.strip()):
                scopes.head(line, names)
            is_first = is_first and not line.strip()
            scopes.begin_paragraph()
            for begin, stop in sentences(self._text, start, end):
                numbers = _between(self._mentions, begin, stop)
                spans = [(each.start, each.end) for each in numbers]
                names = with_localities(self._text, begin, stop, self._names_in(begin, stop), LEAD)
                self._attach_sentence(scopes, begin, names, spans)
        if len(scopes.provinces) == 1:
            # A text that names places of one province only is about that province.
            everywhere = Place(next(iter(scopes.provinces)))
            for mention in (*self._mentions, *self._cells):
                if not self.at(mention.start).place.province:
                    self._places[mention.start] = Placing(everywhere, "")

    def _names_in(self, start: int, end: int) -> Sequence[Toponym]:
        return _between(self._names, start, end)

    def _attach_row(self, scopes: Scopes, start: int, end: int) -> None:
        """Give the cells of a row the place in their label, their header or the caption."""
        scopes.begin_paragraph()
        for cell in _between(self._cells, start, end):
            groups = (scopes.groups(self._names_in(each.start, each.end)) for each in cell.near)
            places = [group[0].place for group in groups if group]
            named = Placing(places[0], "sentence") if places else None
            self._places[cell.start] = named or scopes.at(start)

    def _attach_sentence(
        self,
        scopes: Scopes,
        begin: int,
        names: Sequence[Toponym],
        numbers: Sequence[tuple[int, int]],
    ) -> None:
        """Walk through a sentence: names change the scope, numbers take it."""
        groups = scopes.groups(names)
        scopes.begin_sentence(begin)
        runs = list(_runs(self._text, numbers))
        waiting = list(groups)
        for run in runs:
            while waiting and waiting[0].start < run[0][0]:
                scopes.read(waiting.pop(0))
            members = scopes.members(run[0][0])
            if len(members) == len(run) > 1:
                for (start, _end), place in zip(run, members, strict=True):
                    self._places[start] = Placing(place, "sentence")
                continue
            for start, _end in run:
                while waiting and waiting[0].start < start:
                    scopes.read(waiting.pop(0))
                self._places[start] = scopes.at(start)
        for group in waiting:
            scopes.read(group)


def _between(items: Sequence[_Item], start: int, end: int) -> Sequence[_Item]:
    """Return the items, in the order of the text, that begin between two offsets."""
    first = bisect_left(items, start, key=lambda item: item.start)
    return items[first : bisect_left(items, end, lo=first, key=lambda item: item.start)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _runs(text: str, numbers: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the numbers of a sentence in runs: the members of a list together.

    Commas separate members only after 分别 or 依次, and only if they separate all of them.
    """
    run: list[tuple[int, int]] = []
    by_commas = False
    for number in numbers:
        if run:
            gap = text[run[-1][1] : number[0]]
            is_comma = gap[:1] == "，" and (by_commas or len(run) == 1)
            is_comma = is_comma and _is_respective(text, run[0][0])
            if not _NUMBER_GAP.fullmatch(gap.replace("，", "、", 1) if is_comma else gap):
                yield run
                run = []
            by_commas = is_comma
        run.append(number)
    if run:
        yield run


def _is_respective(text: str, start: int) -> bool:
    return _RESPECTIVELY.search(text, start_of(text, start, SENTENCE), start) is not None
