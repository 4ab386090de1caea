"""Joins the two ends of a range: 30—50亿元, 6.5%至7%, 三至五年."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from transfer_cli.report.readings import Reading
from transfer_cli.report.shapes import CONNECTOR

_CONNECTOR = re.compile(CONNECTOR)
_CHANGE = re.compile("(?:[从由自]|提[升高]|上升|下降|增[长加])$")


def join_ranges(readings: Iterable[Reading], text: str) -> Iterator[Reading]:
    """The readings in order; the ends of a range get one unit, and bounds unless it is a change."""
    last: Reading | None = None
    for reading in readings:
        if last and _is_range(last, reading, text):
            last, reading = _ends(last, reading, text)
        if last:
            yield last
        last = reading
    if last:
        yield last


def _is_range(low: Reading, high: Reading, text: str) -> bool:
    if not high.unit or not _CONNECTOR.fullmatch(text, low.end, high.start):
        return False
    if text[high.start] == "第" != text[low.start]:
        return False
    if low.unit not in ("", low.scale) and _base(low) != _base(high):
        return False
    return low.scale != high.scale or low.value < high.value


def _ends(low: Reading, high: Reading, text: str) -> tuple[Reading, Reading]:
    unit = low.scale + _base(high) if low.scale else high.unit
    # 从10%到20% tells of a change: both ends are reached.
    change = _CHANGE.search(text, max(0, low.start - 2), low.start)
    bounds = (low.bound, high.bound) if change else ("at_least", "at_most")
    return replace(low, unit=unit, bound=bounds[0]), replace(high, bound=bounds[1])


def _base(reading: Reading) -> str:
    return reading.unit.removeprefix(reading.scale)
