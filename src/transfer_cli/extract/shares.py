"""Shares: percentages that are printed with their amounts, and what they are a share of."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from transfer_cli.extract.levels import Level, Levels, Link, Quantity, last_place, may_contain
from transfer_cli.extract.text import CLAUSE, start_of

UNIT = "%"
_GROWTH = re.compile("增|降|同比|环比|升|相当|去年|上年|快于|高于|低于|回落|速|率(?!先)")
_SHARE_WORDS = re.compile("占|比重|份额|占比|的$|分之")
_OF_IT = re.compile("的(?:超过?|约|近|逾|不足)?")


def links(levels: Levels, known: Mapping[int, Link]) -> Iterator[Link]:
    """Yield the part and the whole of each share: 6978.16亿元，占73.97%.

    Arithmetic decides between the amounts around a share. ``known`` are the links so far.
    """
    for number, share in enumerate(levels.quantities):
        if share.unit != UNIT or not 0 < share.value < 100:
            continue
        clause = start_of(levels.text, share.start, CLAUSE)
        words = levels.text[clause : share.start]
        cue = _SHARE_WORDS.search(words) is not None
        if _GROWTH.search(words) or not (cue or len(_significant(share.value)) >= 3):
            continue
        for part, whole in _pairs(levels, number, known):
            if _is_share(part, whole, share, cue=cue):
                yield Link(part.number, whole.number, share.bound == "exact")
                break


def _pairs(levels: Levels, number: int, known: Mapping[int, Link]) -> Iterator[tuple[Level, Level]]:
    """Yield the amounts close before a share, each with the larger ones around, near first."""
    share = levels.quantities[number]
    sentence = start_of(levels.text, share.start, "。！？\n")
    end = bisect_left(levels.all, number, key=lambda level: level.number)
    parts = [each for each in levels.all[max(0, end - 4) : end] if each.start >= sentence]
    parts.reverse()
    # 为计划总额692.26亿元的42.2%: the amount directly before the share is the whole.
    if len(parts) > 1 and _OF_IT.fullmatch(levels.text, parts[0].end, share.start):
        whole = parts[0]
        yield from ((part, whole) for part in parts[1:] if may_contain(whole, part))
        return
    for part in parts:
        link = known.get(part.number)
        for whole in (*levels.of_unit_before(part, 30), *levels.of_unit_after(part, 2)):
            if may_contain(whole, part) and (link is None or link.whole == whole.number):
                yield part, whole


def _is_share(part: Level, whole: Level, share: Quantity, *, cue: bool) -> bool:
    """Return whether an amount over another is the share as it is printed."""
    ratio = part.base / whole.base * 100
    if share.bound == "exact":
        return abs(ratio - share.value) <= last_place(share.value) / 2
    bounds: dict[str, Callable[[Decimal], bool]] = {
        "over": lambda x: 0 <= x < 5, "at_least": lambda x: 0 <= x < 5,
        "under": lambda x: -5 < x <= 0, "at_most": lambda x: -5 < x <= 0,
        "nearly": lambda x: -3 < x <= 0, "about": lambda x: abs(x) < 2,
    }  # fmt: skip
    return cue and share.bound in bounds and bounds[share.bound](ratio - share.value)


def _significant(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).lstrip("0")
