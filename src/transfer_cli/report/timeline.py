"""Which of a text's time expressions holds for a number."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from transfer_cli.report.periods import Moment
from transfer_cli.report.sentences import CLAUSE, PARAGRAPH, SENTENCE, end_of, start_of

_YEAR_ONLY = re.compile(r"\d{4}")
_GOES_ON = re.compile("其中|分[^，。]{1,4}看|同期|从[^，。]{1,6}看")


class Timeline:
    """The time expressions of a text, and for any stretch of it the period that holds there."""

    def __init__(self, text: str, moments: Sequence[Moment], sections: Sequence[int]) -> None:
        self._text = text
        self._moments = [moment for moment in moments if not moment.base]
        self._starts = [moment.start for moment in self._moments]
        self._sections = sections

    def period(self, start: int, end: int) -> str:
        """The code of the time named in the clause, the sentence, the paragraph or the section."""
        before = self._before(start)
        after = self._after(end)
        clause = start_of(self._text, start, CLAUSE)
        if before and before.start >= clause:
            return before.code
        if after and after.end <= end_of(self._text, end, CLAUSE):
            return after.code
        if before and before.start >= start_of(self._text, start, SENTENCE):
            return before.code
        return self._carried(before, start)

    def _carried(self, before: Moment | None, start: int) -> str:
        """A year holds for its paragraph, 2024年以来 for its section, a month for neither."""
        if before is None:
            return ""
        if before.start >= start_of(self._text, start, PARAGRAPH):
            goes_on = _GOES_ON.match(self._text, start_of(self._text, start, SENTENCE))
            return before.code if goes_on or _YEAR_ONLY.fullmatch(before.code) else ""
        section = bisect_right(self._sections, start) - 1
        floor = self._sections[section] if section >= 0 else start
        last = bisect_right(self._starts, start)
        for moment in reversed(self._moments[max(0, last - 20) : last]):
            if moment.start >= floor and moment.since:
                return moment.code
        return ""

    def _before(self, start: int) -> Moment | None:
        index = bisect_right(self._starts, start) - 1
        return self._moments[index] if index >= 0 else None

    def _after(self, end: int) -> Moment | None:
        index = bisect_right(self._starts, end - 1)
        return self._moments[index] if index < len(self._moments) else None
