"""Parts and wholes: which figure of a text contains which other one.

Words propose it (其中, 占, a count after a total) and arithmetic confirms it: parts that add up to
their whole, and a share that is printed with its amount. Only levels of one unit are compared;
growth, changes and figures of another year have no whole.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile, zip_longest
from math import inf

from transfer_cli.extract import shares, sums
from transfer_cli.extract.levels import (
    TOLERANCE,
    WINDOW,
    Level,
    Levels,
    Link,
    Quantity,
    digits_of,
    may_contain,
    total_of,
)
from transfer_cli.extract.text import CLAUSE, SENTENCE, VIEW, end_of, start_of

_AMONG = re.compile("其中|当中|里面|居前|前列|包括|[里中](?=[^，。；]{0,6}最)")
_BREAKDOWN = re.compile(
    f"{VIEW.pattern}|来自[^，。；\\d]{{1,24}}的[^，。；\\d]{{0,4}}(?:项目|企业|资金)"
    "|[^，。；]{0,20}按[^，。；\\d]{1,8}(?:分解|划分)[为成][：，]?"
)
_MEMBERS = re.compile(
    "(?P<name>[^，。；：、\\d]{0,12}?)(?:(?:(?:\\d[\\d.]{0,9}|[一二三四五六七八九十百千]{1,7})[个家户项名](?:[^，。；：、\\d]{0,6}(?:项目|企业|行业|产业|园区|指标|大类))?"
    "|(?:项目|企业|产业|投资|收入|产值|资金|(?:目标|任务)(?=中，)))[之当]?中(?![央部心国间期介东西])"
    "|(?:项目|企业)(?=[已尚仍]))"
    "|[^，。；：、\\d]的\\d{1,6}[个家户项](?:项目|企业)(?:，|(?=[还已仍尚目]))"
)
_GENERIC = re.compile("^(?:在|从|已|这些|上述|全[市省县]|当年)+|的$|(?:这些|上述)$")
_ABOVE = re.compile("这些|上述")
_ITEM = CLAUSE + "、"
_STAGE_OF_A_COUNT = re.compile(
    r"(?:项目|企业)?(?:，[^，。；、\d]{0,8}[\d.]+[万亿]+元)?[，、][^，。；、新]{0,3}"
    "(?:在建|开工|投产|正常|竣工|建成|处于)[^，。；、]{0,8}"
)
_PHASE = re.compile("[一二三首][期批](?:工程)?(?:计划)?(?:总?投资)?$")
_SECTOR = re.compile("第?[一二三]产")
_DEVELOPED = re.compile("已(?:建成?|开发|利用)|建成区|(?:建成|开发)面积")
_WHOLE = re.compile("[全我][省区市]|全自治区")
_LIST_WORDS = ("", "和", "与", "及", "以及")
_COUNTS = ("户", "家", "个", "项", "名", "所", "座")
_MAX_DISTANCE_OF_BREAKDOWN = 600
# How many figures before a breakdown may be its total.
_TOTALS = 30
_DIGITS_BY_CHANCE = 2


def links(text: str, quantities: Sequence[Quantity]) -> list[Link]:
    """Return at most one whole for each figure, in the order of the figures."""
    finder = _Finder(text, quantities)
    for rule in (
        finder.members, finder.among, finder.sums, finder.shares, finder.takes,
        finder.counts, finder.parallels, finder.kinds, finder.breakdowns, finder.siblings,
    ):  # fmt: skip
        rule()
    return sorted(finder.found.values(), key=lambda link: link.part)


class _Finder:
    """Finds the links of a text, rule by rule; an earlier rule decides before a later one."""

    def __init__(self, text: str, quantities: Sequence[Quantity]) -> None:
        self._text = text
        self._levels = Levels(text, quantities)
        self.found: dict[int, Link] = {}

    def _join(
        self, part: Level, whole: Level, *, closes: bool = False, anywhere: bool = False
    ) -> None:
        known = self.found.get(part.number)
        if known is not None:
            if known.whole == whole.number and closes:
                self.found[part.number] = Link(part.number, whole.number, True)
            return
        if closes or may_contain(whole, part, anywhere=anywhere):
            self.found[part.number] = Link(part.number, whole.number, closes)

    def _join_all(self, proposed: Iterable[Link]) -> None:
        for link in proposed:
            part, whole = (self._levels.by_number[each] for each in (link.part, link.whole))
            # 签约28个，其中合同项目19个。从投向看，: this breaks down the 28.
            apart = link.whole in self.found and part.sentence != whole.sentence
            if not (apart and _BREAKDOWN.match(self._text, part.sentence)):
                self._join(part, whole, closes=link.closes)

    def sums(self) -> None:
        self._join_all(sums.links(self._levels, dict(self.found)))

    def shares(self) -> None:
        self._join_all(shares.links(self._levels, self.found))

    # 其中: the numbers after it are parts of the numbers before it.

    def among(self) -> None:
        previous: Sequence[Level] = ()
        for sentence, levels in self._levels.by_sentence.items():
            matches = list(_AMONG.finditer(self._text, sentence, levels[-1].end))
            for match, stop in zip_longest(matches, (each.start() for each in matches[1:])):
                after = [level for level in levels if match.end() <= level.start < (stop or inf)]
                before = self._before_among(match.start(), levels, previous) if after else ()
                whole: Level | None = None
                for part in _continued(after, before):
                    # The members of a list have one whole.
                    whole = _matching(part, before) or whole
                    if whole:
                        self._join(part, whole, anywhere=True)
            previous = levels

    def _before_among(
        self, start: int, levels: Sequence[Level], previous: Sequence[Level]
    ) -> Sequence[Level]:
        """Return what 其中 at an offset refers to: the figures before it in its segment.

        If it begins a segment, it is about the ones before it in its sentence or, if it begins
        that too, about the sentence before in its paragraph.
        """
        segment = start_of(self._text, start, SENTENCE)
        earlier = [level for level in levels if level.start < start]
        here = [level for level in earlier if level.start >= segment]
        if here or earlier:
            return here or earlier
        gap = self._text[previous[-1].end : start] if previous else "\n"
        # A row of a table that begins with 其中 is about the row above.
        return () if "\n" in gap and gap.strip("| \n") else previous

    # 上年签约的299个项目中，已有241个开工; 第二产业中，装备制造到位215亿元: words name the whole.

    def members(self) -> None:
        for sentence, levels in self._levels.by_sentence.items():
            named = list(_MEMBERS.finditer(self._text, sentence, levels[-1].start))
            ends = [*(each.end() for each in named[1:]), levels[-1].end]
            for match, end in zip(named, ends, strict=False):
                for part in levels:
                    if match.end() <= part.start < end and not self._is_among(match.end(), part):
                        self._join_member(match, part)

    def _is_among(self, start: int, part: Level) -> bool:
        """Return whether 其中 before a figure of the members refers to an earlier one of them."""
        return _AMONG.search(self._text, max(start, part.segment), part.start) is not None

    def _join_member(self, match: re.Match[str], part: Level) -> None:
        earlier = self._levels.of_unit_before(part, WINDOW)
        counted = [each for each in earlier if match.start() <= each.start < match.end()]
        if counted:
            # The parts of a cohort may be counted in a later year than it.
            if counted[0].base > part.base:
                self.found.setdefault(part.number, Link(part.number, counted[0].number, False))
            return
        name = _GENERIC.sub("", match["name"] or "")
        if _ABOVE.search(match["name"] or ""):
            # 2023年签约312个。到2024年6月，四市上述项目中已开工198个.
            part = replace(part, years=None)
        for whole in earlier:
            start = start_of(self._text, whole.start, _ITEM)
            words = self._text[start : end_of(self._text, whole.end, _ITEM)]
            if (
                len(name) > 1
                and whole.start < match.start()
                and name in words
                and may_contain(whole, part)
            ):
                self._join(part, whole)
                return

    # 全市到位987亿元。分县区看，A、B分别到位168亿元和121亿元: it breaks a total down.

    def breakdowns(self) -> None:
        for sentence, levels in self._levels.by_sentence.items():
            match = _BREAKDOWN.match(self._text, sentence)
            parts = [level for level in levels if match and level.start >= match.end()]
            for unit in dict.fromkeys(part.unit for part in parts):
                same = [part for part in parts if part.unit == unit]
                numbers = {part.number for part in same}
                # What is a part of another of them is not a member.
                same = [part for part in same if self._whole_of(part) not in numbers]
                if len(same) > 1 or any(part.kind for part in same):
                    self._break_down(same)

    def _whole_of(self, part: Level) -> int | None:
        link = self.found.get(part.number)
        return link.whole if link else None

    def _break_down(self, parts: Sequence[Level]) -> None:
        """Join parts to the last total before them that they add up to.

        Else to the last that has their noun, or is the only one, and is not a part itself.
        """
        listed = total_of(parts)
        totals = [
            each for each in self._levels.of_unit_before(parts[0], _TOTALS)
            if each.base * (1 + TOLERANCE) >= listed
            and parts[0].start - each.end <= _MAX_DISTANCE_OF_BREAKDOWN
            and all(may_contain(each, part) for part in parts)
        ]  # fmt: skip
        if exact := [each for each in totals if _are_all_of(each, parts)]:
            for part in parts:
                self._join(part, exact[0], closes=True)
            return
        totals = [each for each in totals if each.number not in self.found]
        nouns = {part.label[-2:] for part in parts} - {""}
        last = [each for each in totals if each.sentence == totals[0].sentence]
        named = [each for each in last if any(noun in each.label for noun in nouns)]
        kinds = {part.kind for part in parts} - {""}
        sole = [each for each in totals if kinds <= {each.kind}]
        wholes = named or sole
        if len(wholes) == 1:
            for part in parts:
                self._join(part, wholes[0])

    # 一般贸易进出口8630亿元，占74.4%；加工贸易1322亿元: what follows a part in the same form.

    def parallels(self) -> None:
        for levels in self._levels.by_sentence.values():
            for one, other in pairwise(levels):
                link = self.found.get(one.number)
                follows = other.segment != one.segment and other.place == one.place
                whole = self._levels.by_number[link.whole] if link else None
                if whole and follows and _goes_on(one, other, [whole]):
                    self._join(other, whole)

    # 转移项目占930个: the verb says that it is a part.

    def takes(self) -> None:
        for level in self._levels.all:
            if (
                self._text[max(0, level.start - 3) : level.start]
                .rstrip("了有到")
                .endswith(("占", "就"))
            ):
                for whole in self._levels.of_unit_before(level, WINDOW):
                    if may_contain(whole, level):
                        self._join(level, whole)
                        break

    # 出口783亿美元 … 对东盟出口135亿美元; 全市到位资金241亿元 … 北湖区到位资金38亿元.

    def kinds(self) -> None:
        for levels in self._levels.by_unit.values():
            for at, part in enumerate(levels):
                near = sums.near(part, levels[max(0, at - WINDOW) : at][::-1])
                whole = next((each for each in near if self._is_kind(each, part)), None)
                if whole:
                    self._join(part, whole)
                elif at and part.number not in self.found and part.label in _LIST_WORDS:
                    self._join_list(part, levels[at - 1])

    def _is_kind(self, whole: Level, part: Level) -> bool:
        """Return whether the words say that a figure is a kind, place, phase or use of another."""
        if not may_contain(whole, part):
            return False
        if _PHASE.search(part.label):
            return whole.label.endswith("总投资") and whole.sentence == part.sentence
        if _DEVELOPED.search(part.label) and not part.is_money:
            return "规划" in whole.label
        noun = whole.measure[-4:]
        if part.place != whole.place:
            # 全市到位资金 … 北湖区到位资金: a division inside, the same measure.
            is_total = whole.number not in self.found and part.place.lies_in(whole.place)
            if not is_total or part.place.area or len(noun) < 4:
                return False
            about = whole.place.division or _WHOLE.search(self._text, whole.sentence, whole.start)
            return bool(about) and noun in self._text[part.sentence : part.start]
        label = part.measure
        near = self._text.count("\n", whole.end, part.start) < 2
        return near and len(noun) >= 2 and noun == whole.label != label and label.endswith(noun)

    def _join_list(self, part: Level, last: Level) -> None:
        """Give a member of a list the whole of the member before it."""
        link = self.found.get(last.number)
        if link and sums.is_listed(self._text, last, part):
            self._join(part, self._levels.by_number[link.whole])

    # What is printed with a part is a part of what is printed with its whole.

    def siblings(self) -> None:
        by_number = self._levels.by_number
        for link in list(self.found.values()):
            part, whole = by_number[link.part], by_number[link.whole]
            wholes, parts = self._companions(whole), self._companions(part)
            for other in parts:
                # 58个、203亿元 of 94个、318亿元，其中71个: what is before it is a part of what is.
                first = other.number < part.number
                same = [each for each in wholes if (each.number < whole.number) == first]
                match = _matching(other, same) or _matching(other, wholes)
                if other not in wholes and match:
                    self._join(other, match)

    def _companions(self, level: Level) -> list[Level]:
        """Return the figures of other units in the segment of a figure, up to one of its unit."""
        same = [each for each in self._levels.by_sentence[level.sentence]
                if each.segment == level.segment]  # fmt: skip
        at = same.index(level)
        after = takewhile(lambda each: each.unit != level.unit, same[at + 1 :])
        before = takewhile(lambda each: each.unit != level.unit, reversed(same[:at]))
        return [*reversed(list(before)), *after]

    # 有企业27户，开工19户: a smaller count after a count.

    def counts(self) -> None:
        by_segment: dict[tuple[int, str], list[Level]] = defaultdict(list)
        for level in self._levels.all:
            if level.unit in _COUNTS:
                by_segment[level.segment, level.unit].append(level)
        for whole, *parts in by_segment.values():
            if whole.kind == "started":
                # 全年开工29个，投产18个: these were started in any year.
                continue
            last = whole
            for part in parts:
                stage = _STAGE_OF_A_COUNT.fullmatch(self._text, last.end, part.start)
                if stage and part.status != "target":
                    self._join(part, whole)
                    last = part


def _are_all_of(whole: Level, parts: Sequence[Level]) -> bool:
    """Return whether parts add up to a whole; two digits do by chance."""
    digits = digits_of((whole, *parts))
    return len(parts) > 1 and digits > _DIGITS_BY_CHANCE and sums.is_sum(whole, parts)


def _continued(levels: Sequence[Level], wholes: Sequence[Level]) -> Sequence[Level]:
    """Return the levels that continue a list after 其中, up to a segment in another form."""
    here = [level for level in levels if level.segment == levels[0].segment]
    for count, level in enumerate(levels[len(here) :], len(here)):
        if not any(_goes_on(member, level, wholes) for member in here):
            return levels[:count]
    return levels


def _goes_on(member: Level, level: Level, wholes: Sequence[Level]) -> bool:
    """Return whether a figure in a later segment is in the form of a member of a list.

    内资35亿元；外资5亿元 is; 其中新开工42个；竣工投产37个 is not, nor is what is worded as the
    whole (甲市项目49个，其中乙县15个；丁市项目26个) or what comes to it (另有8个).
    """
    if "另" in level.label:
        return False
    if not level.kind:
        member = replace(member, kind="", names_kind=level.names_kind)
    forms = ((each.unit, each.kind, each.names_kind) for each in (member, level))
    as_whole = any(_common(level.label, each.label) for each in wholes)
    return len(set(forms)) == 1 and (not as_whole or _common(level.label, member.label))


def _matching(part: Level, wholes: Sequence[Level]) -> Level | None:
    """Return the whole of a part: the only one, else of the same words, else the last count."""
    # 其中三县合计: several places have that of what contains them.
    options = [whole for whole in wholes if may_contain(whole, part, anywhere=True)]
    if len(options) < 2:
        return options[0] if options else None
    # 新增企业23户，累计达到146户: what has no noun of its own has that of the one before it.
    named = [each for each in options if not each.measure or _common(each.label, part.label)]
    if len(named) == 1:
        return named[0]
    return None if part.is_money else options[-1]


def _common(one: str, other: str) -> bool:
    """Return whether two labels end in the same two characters; 第三产业 is like 第二产业 only."""
    sectors = [_SECTOR.match(each) is not None for each in (one, other)]
    return all(sectors) if any(sectors) else len(one) > 1 and one[-2:] == other[-2:]
