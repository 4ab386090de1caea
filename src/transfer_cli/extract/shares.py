"""Shares: percentages that are printed with their amounts, and what they are a share of."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from transfer_cli.extract.levels import (
    WINDOW,
    Level,
    Levels,
    Link,
    Quantity,
    last_place,
    may_contain,
)
from transfer_cli.extract.sums import near
from transfer_cli.extract.text import CLAUSE, FULL_STOP, start_of

UNIT = "%"
_GROWTH = re.compile("增|降|同比|环比|升|相当|去年|上年|快于|高于|低于|回落|速")
# 已开工423个，开工率39.6%: the rate is a share of the projects.
_SHARE_WORDS = re.compile("占|比重|份额|占比|的$|分之|[工约产用付租]率")
_TOGETHER = re.compile("合计|共计?|之和|总共")
_OF_IT = re.compile("的(?:超过?|约|近|逾|不足)?")
# 签约6978.16亿元，增长12%，占全部签约额的: the share is of the amount before it.
_STATED = re.compile(
    r"(?:，(?:同比|比上年)?[增降][^，。；\d]{0,2}\d[\d.]*%)?，(?:约|仅)?占(?:到|了|比重?(?!例|的))?"
    r"(?P<of>[^，。；、\d]{0,12}?)的?(?:比[例重])?(?:为|达到?|仅|约|近|超过?|逾|不足|不到)*"
)
_AREA = re.compile("[全我本该](?P<level>省|自治区|市|县|州|盟|旗|区|国)的?")
_ALL_OF_IT = re.compile("^(?:全部|整个|同期|其|总)+")
_TOTAL_ONLY = re.compile("(?:总[数量额值和体]|比[重例]?)?")


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
        together = _TOGETHER.search(words) is not None
        pairs = _pairs_of_list(levels, number) if together else _pairs(levels, number, known)
        for parts, whole in pairs:
            if _is_share(parts, whole, share, cue=cue):
                for part in parts:
                    yield Link(part.number, whole.number, share.bound == "exact")
                break
        else:
            yield from _named(levels, number, known)


def base_of(text: str, end: int, start: int) -> str | None:
    """Return what an amount that ends at ``end`` has a share in, if one that starts at ``start``
    is said to be its share: 全省 in 38亿元，占全省的16%. It is empty for the whole of the amount.

    None if the text between them does not say so.
    """
    match = _STATED.fullmatch(text, end, start)
    if match is None:
        return None
    base = _ALL_OF_IT.sub("", match["of"])
    return "" if _TOTAL_ONLY.fullmatch(base) else base


def is_base(text: str, whole: int, base: str) -> bool:
    """Return whether the words of a base name the amount that starts at ``whole``: its measure."""
    area = _AREA.match(base)
    measure = base[area.end() :] if area else base
    return measure[:2] in text[start_of(text, whole, FULL_STOP) : whole]


def level_of(base: str) -> str:
    """Return the level of the area that a base names: 省 in 全省; empty if it names none."""
    area = _AREA.match(base)
    return area["level"] if area else ""


def is_base_itself(text: str, end: int, start: int) -> bool:
    """Return whether a share is one of the amount right before it: 692.26亿元的42.2%."""
    return _OF_IT.fullmatch(text, end, start) is not None


def _named(levels: Levels, number: int, known: Mapping[int, Link]) -> Iterator[Link]:
    """Yield the whole that words name alone, where the share as it is printed is of no amount."""
    end = bisect_left(levels.all, number, key=lambda level: level.number)
    part = levels.all[end - 1] if end else None
    if part is None or part.number in known:
        return
    base = base_of(levels.text, part.end, levels.quantities[number].start)
    if not base:
        return
    level = level_of(base)
    place = part.place.at_level(level) if level else None
    wholes = [
        each
        for each in near(part, levels.of_unit_before(part, WINDOW))
        if each.number not in known and may_contain(each, part)
        and is_base(levels.text, each.start, base)
        and (not level or (each.place == place and _same_measure(levels, each, part)))
    ]  # fmt: skip
    if len(wholes) == 1:
        yield Link(part.number, wholes[0].number, False)


def _same_measure(levels: Levels, whole: Level, part: Level) -> bool:
    """Return whether the words before a whole name the measure of a part.

    That of 6978.16亿元 is 签约 in 签约3590个、6978.16亿元.
    """
    sentence = levels.by_sentence[part.sentence]
    labels = (each.measure for each in reversed(sentence) if each.number <= part.number)
    measure = next(filter(None, labels), "")[-2:]
    return bool(measure) and measure in levels.text[whole.sentence : whole.start]


def _before(levels: Levels, number: int, count: int) -> list[Level]:
    """Return up to so many levels before a share in its sentence, near first."""
    sentence = start_of(levels.text, levels.quantities[number].start, FULL_STOP)
    end = bisect_left(levels.all, number, key=lambda level: level.number)
    return [each for each in levels.all[max(0, end - count) : end] if each.start >= sentence][::-1]


def _pairs_of_list(levels: Levels, number: int) -> Iterator[tuple[Sequence[Level], Level]]:
    """Yield the amounts listed before a share of them together, each time with a larger one.

    三市签约额分别为3亿元、2亿元和4亿元，合计占全省的三成.
    """
    before = _before(levels, number, WINDOW)
    parts = [each for each in before if each.unit == before[0].unit]
    if len(parts) < 2:
        return
    for whole in levels.of_unit_before(parts[-1], WINDOW):
        if all(may_contain(whole, part) for part in parts):
            yield parts, whole


def _pairs(
    levels: Levels, number: int, known: Mapping[int, Link]
) -> Iterator[tuple[Sequence[Level], Level]]:
    """Yield the amounts close before a share, each with the larger ones around, near first."""
    share = levels.quantities[number]
    parts = _before(levels, number, 4)
    # 为计划总额692.26亿元的42.2%: the amount directly before the share is the whole.
    if len(parts) > 1 and is_base_itself(levels.text, parts[0].end, share.start):
        whole = parts[0]
        yield from (((part,), whole) for part in parts[1:] if may_contain(whole, part))
        return
    for part in parts:
        link = known.get(part.number)
        after = [each for each in levels.of_unit_after(part, 6) if each.start > share.start]
        for whole in (*levels.of_unit_before(part, 30), *after):
            fits = may_contain(whole, part, anywhere=share.bound == "exact")
            if fits and (link is None or link.whole == whole.number):
                yield (part,), whole


def _is_share(parts: Sequence[Level], whole: Level, share: Quantity, *, cue: bool) -> bool:
    """Return whether amounts over another one are the share as it is printed."""
    ratio = sum(part.base for part in parts) / whole.base * 100
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
