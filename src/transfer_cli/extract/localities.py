"""Localities: towns, parks and districts that no table of divisions lists.

龙泉镇, 白洋工业园 and 高新区 are places of the city or county that the text is about. They count
only where a subject stands: at the start of a clause, directly behind the name of a division, or as
a member of a list of names.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from transfer_cli.extract.text import COORDINATION
from transfer_cli.extract.toponyms import ZONE_WORD, Toponym

_CLAUSE = re.compile(r"[^，。；！？：:,\n（）()|]+")
_HAN = "[\u4e00-\u9fff]"
_TOWN = f"{_HAN}{{2,4}}?(?:街道|苏木|[镇乡](?![村镇级企域里贤情愁]))"
_PARK = (
    f"{_HAN}{{0,6}}?(?:{ZONE_WORD}|产业城|物流园|化工园区?|科技园区?|高新城|片区|港区|矿区)"
    "(?![域间级内外的等])"
)
_LOCALITY = re.compile(f"(?:{_TOWN}|{_PARK})")
# A member of a list of districts: 大亚湾区、惠阳区和博罗县.
_MEMBER = re.compile(f"(?:{_TOWN}|{_PARK}|{_HAN}{{1,6}}?[区县市旗](?=[、和与及，分依各均]|$))")
# What makes it a general noun: 新建产业园区, 各类开发区, 特色小镇, 引进园区.
_GENERAL = re.compile(
    "[各类个级该本我其每几等的了为对将把从由向在与和及共已有是以名强多]|[两二三四五六七八九十][大县镇乡市区地家座]|所有|全[部省市县区]"
    "|新建|新增|建[设成]|创建|打造|推[进动]|加快|完成|引进|支持|依托|围绕|通过|获批|入驻|特色|重点|主导|示范"
    "|城乡|中心|小城|小镇|集镇|城镇|现代|规划|标准|专业|农村|贫困|边境|沿边|沿海|内陆|开放|试点|部分|主要|一批|另外"
)


def with_localities(
    text: str, start: int, end: int, names: Sequence[Toponym], lead: re.Pattern[str]
) -> list[Toponym]:
    """Return the toponyms of a sentence, in order, together with its localities.

    ``names`` are the toponyms that the tables list. ``lead`` matches what may precede the subject
    of a clause. A locality replaces a short name in it: 龙泉 in 龙泉镇.
    """
    result = list(names)
    for begin, stop in _clauses(text, start, end):
        own = names[_at(names, begin) : _at(names, stop)]
        subject = lead.match(text, begin, stop)
        offset = subject.end() if subject else begin
        # The lead may have taken the first characters of a name: 三峡物流园.
        first = next((at for at in (begin, offset) if _LOCALITY.match(text, at, stop)), offset)
        for at in sorted({first, *(name.end for name in own)}):
            result = _add(result, _LOCALITY.match(text, at, stop))
        marks = [mark.end() for mark in COORDINATION.finditer(text, begin, stop)]
        if own and len(marks) > 1:
            for at in (offset, *marks):
                result = _add(result, _MEMBER.match(text, at, stop))
    return result


def _add(names: list[Toponym], match: re.Match[str] | None) -> list[Toponym]:
    """Return the names with a locality, unless it is a general noun or is in another name."""
    if match is None or _GENERAL.search(match[0]):
        return names
    near = [name for name in names if name.start < match.end() and name.end > match.start()]
    if any(not (name.is_weak and match.start() <= name.start) for name in near):
        return names
    local = Toponym(match.start(), match.end(), "local", zone=match[0])
    return sorted([local, *(name for name in names if name not in near)], key=_start)


def _start(name: Toponym) -> int:
    return name.start


def _at(names: Sequence[Toponym], offset: int) -> int:
    return bisect_left(names, offset, key=_start)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _CLAUSE.finditer(text, start, end))
