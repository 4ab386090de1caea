"""Shares: a percentage printed with two amounts is the ratio of one to the other."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transfer_cli.check.findings import Finding
from transfer_cli.check.row import (
    Row,
    compared,
    in_base_units,
    last_place,
    printed,
    quantity_of,
    with_room,
)
from transfer_cli.extract import shares
from transfer_cli.extract.coverage import Span
from transfer_cli.messages import _
from transfer_cli.model.intervals import Interval, exact
from transfer_cli.model.vocabulary import NATION, Vocabulary

_WHOLE_NEXT = re.compile("，(?:仅|已|只)?[为占完达][^，。；、\\d]{0,10}")
"""Between a part and its whole: 完成投资292.1亿元，为计划总额692.26亿元的42.2%."""
_ROUGH = 5
"""Points by which a share in words, such as 七成, may be off."""


class PrintedRow(NamedTuple):
    """A row of metrics, and where the text prints its figure."""

    row: Row
    span: Span


class _Share(NamedTuple):
    """A share, and the rows of the amounts that it is computed from."""

    row: Row
    part: Row
    whole: Row


def check(rows: Sequence[PrintedRow], text: str, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield the shares that are not what their part is of its whole, as the text relates them.

    The whole of a part is the row that its ``part_of`` names, or the amount printed next.
    """
    ordered = sorted(rows, key=lambda each: each.span.start)
    for share in _shares(ordered, text):
        ratio = _ratio(share, vocabulary)
        own = _own(share.row, vocabulary)
        if ratio is None or own is None or not compared(own, ratio):
            continue
        message = _(
            "{share} is printed as the share of {part} in {whole}, which is {ratio}",
            share=printed(share.row), part=_named(share.part), whole=_named(share.whole),
            ratio=f"{float(ratio.value):.2f}%",
        )  # fmt: skip
        fix = _("compare the three with the report: correct one, or the part_of of {id}",
                id=share.part.get("id"))  # fmt: skip
        yield share.row.finding("value", message, fix)


def _shares(rows: Sequence[PrintedRow], text: str) -> Iterator[_Share]:
    """Yield the shares that the text prints with their amounts, each with these."""
    by_id = {each.row.get("id"): each for each in rows}
    amounts: list[PrintedRow] = []
    for each in rows:
        if each.row.get("unit") != shares.UNIT:
            amounts = [*amounts[-1:], each]
            continue
        if not amounts:
            continue
        *earlier, last = amounts
        if shares.is_base_itself(text, last.span.end, each.span.start):
            part = earlier[0] if earlier else None
            if part and _WHOLE_NEXT.fullmatch(text, part.span.end, last.span.start):
                yield _Share(each.row, part.row, last.row)
            continue
        whole = by_id.get(last.row.get("part_of"))
        base = shares.base_of(text, last.span.end, each.span.start)
        if whole and base is not None and _is_base(text, whole, base):
            yield _Share(each.row, last.row, whole.row)


def _is_base(text: str, whole: PrintedRow, base: str) -> bool:
    """Return whether a whole is what the words of a share name: its area and its measure."""
    level, row = shares.level_of(base), whole.row
    if (level == "国") != (row.get("province") == NATION) and level:
        return False
    below = bool(row.get("place_zh") or row.get("place"))
    if (level in ("省", "自治区") and below) or (level and level in "县州盟旗" and not below):
        return False
    return shares.is_base(text, whole.span.start, base)


def _ratio(share: _Share, vocabulary: Vocabulary) -> Interval | None:
    """Return the part in per cent of the whole; None if they are not comparable."""
    part, whole = (quantity_of(row, vocabulary) for row in (share.part, share.whole))
    if part is None or whole is None or part.unit.dimension != whole.unit.dimension:
        return None
    one, other = (
        with_room(in_base_units(each), last_place(row, each.unit) / 2)
        for row, each in ((share.part, part), (share.whole, whole))
    )
    return one / other * exact(100) if one.low >= 0 < other.low else None


def _own(row: Row, vocabulary: Vocabulary) -> Interval | None:
    """Return a share with the room that rounding leaves it; one in words (七成) is rough."""
    share = quantity_of(row, vocabulary)
    if share is None:
        return None
    is_rough = not row.get("printed").rstrip().endswith(("%", "％"))
    room = _ROUGH * share.unit.factor if is_rough else last_place(row, share.unit) / 2
    return with_room(in_base_units(share), room)


def _named(row: Row) -> str:
    return f"{row.get('id')} ({printed(row)})"
