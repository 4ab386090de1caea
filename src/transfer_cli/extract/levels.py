"""Levels: the figures of a text that may be a part or a whole, in base units."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from transfer_cli.extract.keywords import keyword_pattern, last_code
from transfer_cli.extract.stages import AVERAGE, PENDING, last_stage
from transfer_cli.extract.text import CLAUSE, FULL_STOP, SENTENCE, start_of
from transfer_cli.extract.toponyms import Place
from transfer_cli.model.vocabulary import NATION

_SCALE = re.compile("(万亿|亿|万)?(.*)")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_NEVER_PARTS = re.compile("%|‰|百分点|倍|位|年|月|天|日|小时|点|℃|成|折|元/|代|届")
_VERB_OF_AMOUNT = re.compile("(?:[达为共有]|(?<!签)约|达到|合计|累计|分别|依次|实现|完成)+$")
_NOT_IN_A_LABEL = re.compile(r"[\d.]|其中")
# Words before a number that make it a change, a mean, a target or a figure of another time.
_NO_LEVEL = re.compile(
    "(?:增[长加幅速]|多出?|减少|减产|下降|上升|提[高升]|[高低]出|净增|少|回落|收窄|扩大|差距"
    "|每[^，。；]{1,4})(?:了|约|近|逾|超过?|到?达|[^，。；、\\d]{0,2}投资)*$"
    "|(?:去年|上年|上一年|[去上]年同期|同期)(?:仅?[为是有]|完成|达|的)?$"
    "|(?:目标|预期|计划(?=[为是]))[^，。；]{0,4}$"
    "|[顺逆]差[^，。；\\d]{0,4}$"
)
# 61家来自北京 counts something, 来自 is a verb.
_NOUN = re.compile(
    "(?:以上)?的?(?!以[上下]|左右|来自|[已正尚未占总合]|[没仍]有|落[户地]|处于|分布|集中|位于|进入|开工|建成|投产|竣工|完成|到位"
    "|签约|协议|投资|实现|同比|分别)"
    "(?P<noun>[\u4e00-\u9fff]{2})"
)
_COUNTED = re.compile("(?:项目|企业|园区|平台|岗位)$")
_DIVISIONS = tuple("省市县区州镇乡村条")

# What an amount of money measures. An amount of one measure is not part of one of another, but for
# those in ``_CONTAINS``: money in place is not part of what was agreed.
_MEASURE = keyword_pattern(
    (
        ("agreed", "协议|合同|签约|意向"),
        ("planned", "总投资|投资总?额|计划"),
        ("in_place", "到位|实际"),
        ("invested", "完成[^，。；\\d]{0,8}投资|投入|固定资产投资|固投"),
        ("trade", "进出口|外贸|贸易"),
        ("exports", "出口"),
        ("imports", "进口"),
        ("output", "产值"),
        ("value_added", "增加值|生产总值"),
        ("revenue", "营业收入|主营业务收入|营收|销售"),
        ("budget", "(?:预算|财政)(?:总?收入)?"),
        ("tax", "税"),
        ("profit", "利润"),
        ("loans", "贷款|融资|授信"),
        ("spending", "支出|补贴|奖补"),
    )
)
_CONTAINS = {
    ("agreed", "planned"), ("planned", "agreed"), ("planned", "invested"), ("planned", "loans"),
    ("trade", "exports"), ("trade", "imports"), ("output", "exports"), ("revenue", "exports"),
    ("budget", "tax"),
}  # fmt: skip
_STAGES = {"signed": 0, PENDING: 0, "started": 1, "completed": 2}
_PHASE = re.compile("(?<![上下往历本至到])[首一二三四五][期批]")

WINDOW = 14
"""How many figures before or after another one may be its whole or its parts."""
TOLERANCE = Decimal("0.001")
"""How far parts may be from their whole, as a share of it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at its offsets: value and unit as extracted, bound, place, period and status.

    ``header`` is what stands above a cell. ``change`` is true of an amount by which one changed.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    bound: str
    place: Place
    period: str = ""
    status: str = ""
    header: str = ""
    change: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A figure that may be a part or a whole, its value in base units.

    ``size`` is ``base`` as a float, for sums that only exclude what is far off. ``label`` are the
    words before it in its clause, ``measure`` those that name what is measured: 全市到位资金 of
    全市到位资金达. ``kind`` is the measure of money or the stage of a count, empty if none is
    named; ``names_kind`` is false if it is that of the figure before. ``noun`` is what it counts.
    """

    number: int
    start: int
    end: int
    base: Decimal
    size: float
    unit: str
    last_place: Decimal
    sentence: int
    segment: int
    label: str
    measure: str
    kind: str
    names_kind: bool
    noun: str
    place: Place
    years: tuple[int, int] | None
    status: str

    @property
    def is_money(self) -> bool:
        return self.unit.endswith("元")


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed part with its whole, by their numbers; ``closes`` if arithmetic confirms it."""

    part: int
    whole: int
    closes: bool


def as_level(text: str, number: int, each: Quantity, last_end: int) -> Level | None:
    """Return a figure as a level in base units, or None if it can be no part and no whole.

    Its label begins after the last figure, which ends at ``last_end``.
    """
    if each.change or each.value <= 0 or not _is_amount(each.unit):
        return None
    clause = start_of(text, each.start, CLAUSE + "、")
    before = text[max(clause, last_end, each.start - 24) : each.start]
    # 人均可支配收入分别达到34120元和13286元: a mean governs its clause.
    mean = AVERAGE.search(text, start_of(text, each.start, CLAUSE), each.start)
    if mean or _NO_LEVEL.search(before):
        return None
    noun = _NOUN.match(text, each.end)
    if noun and each.unit == "个" and noun["noun"].startswith(_DIVISIONS):
        return None
    segment = start_of(text, each.start, SENTENCE)
    words = each.header or text[max(segment, last_end, each.start - 40) : each.start]
    kind = last_code(_MEASURE, words) if each.unit.endswith("元") else last_stage(words)
    base, label = base_value(each), _NOT_IN_A_LABEL.sub("", before)
    return Level(
        number, each.start, each.end,
        base=base,
        size=float(base),
        unit=_split(each.unit)[1],
        last_place=last_digit(each),
        sentence=start_of(text, each.start, FULL_STOP),
        segment=segment,
        label=label,
        measure=_VERB_OF_AMOUNT.sub("", label),
        kind=kind,
        names_kind=bool(kind),
        noun=noun["noun"] if noun else _counted(each.unit, label),
        place=each.place,
        years=_years(each.period),
        status=each.status,
    )  # fmt: skip


class Levels:
    """The levels of a text in order, also by number, by unit and by sentence."""

    def __init__(self, text: str, quantities: Sequence[Quantity]) -> None:
        self.text = text
        self.quantities = quantities
        ends = [0, *(each.end for each in quantities)]
        levels = (as_level(text, n, each, ends[n]) for n, each in enumerate(quantities))
        self.all = list(_with_kinds(level for level in levels if level))
        self.by_number = {level.number: level for level in self.all}
        self.by_unit: dict[str, list[Level]] = defaultdict(list)
        self.by_sentence: dict[int, list[Level]] = defaultdict(list)
        self._positions: dict[int, int] = {}
        for level in self.all:
            self._positions[level.number] = len(self.by_unit[level.unit])
            self.by_unit[level.unit].append(level)
            self.by_sentence[level.sentence].append(level)

    def of_unit_before(self, level: Level, count: int) -> list[Level]:
        """Return up to so many levels of the unit of a level before it, near first."""
        at = self._positions[level.number]
        return self.by_unit[level.unit][max(0, at - count) : at][::-1]

    def of_unit_after(self, level: Level, count: int) -> list[Level]:
        """Return up to so many levels of the unit of a level after it, near first."""
        at = self._positions[level.number]
        return self.by_unit[level.unit][at + 1 : at + 1 + count]


def _counted(unit: str, label: str) -> str:
    """Return the noun before a count: 项目 of 食品项目26个."""
    match = _COUNTED.search(label) if unit == "个" else None
    return match[0] if match else ""


def _with_kinds(levels: Iterable[Level]) -> Iterator[Level]:
    """Yield levels; money without a measure of its own has that of the last of its sentence."""
    last: dict[str, Level] = {}
    for level in levels:
        before = last.get(level.unit)
        if before and not level.kind and level.is_money and before.sentence == level.sentence:
            level = replace(level, kind=before.kind)
        last[level.unit] = level
        yield level


@cache
def _is_amount(unit: str) -> bool:
    return bool(unit) and not _NEVER_PARTS.search(unit)


@cache
def _split(unit: str) -> tuple[int, str]:
    """Return the scale of a unit, and the unit without it: 亿元 is 100000000 元."""
    match = _SCALE.fullmatch(unit)
    return (_SCALES[match[1] or ""], match[2]) if match else (1, unit)


def base_value(each: Quantity) -> Decimal:
    """Return the value of a figure in base units."""
    return each.value * _split(each.unit)[0]


def last_digit(each: Quantity) -> Decimal:
    """Return the weight of the last printed digit, in base units."""
    return last_place(each.value) * _split(each.unit)[0]


def last_place(value: Decimal) -> Decimal:
    """Return the weight of the last digit of a number."""
    exponent = value.as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(1)


def may_contain(whole: Level, part: Level, *, anywhere: bool = False) -> bool:
    """Return whether size, unit, measure, phase, noun, place and period leave it open.

    With ``anywhere`` the part may be placed in what contains the place of the whole.
    """
    if whole.unit != part.unit or whole.base <= part.base:
        return False
    if not _same_measure(whole, part) or not _same_reality(whole, part):
        return False
    if _PHASE.search(whole.label) and _PHASE.search(part.label):
        return False
    if whole.years and part.years and not _overlap(whole.years, part.years):
        return False
    if whole.noun and part.noun and not set(whole.noun) & set(part.noun):
        return False
    if anywhere and whole.place.lies_in(part.place):
        return True
    return part.place == whole.place or _is_inside(part.place, whole.place)


def _same_measure(whole: Level, part: Level) -> bool:
    """Return whether the measures of money allow it, or the stages of counts.

    Of projects started some are completed, and none is not started yet.
    """
    kinds = (whole.kind, part.kind)
    if part.is_money:
        return not all(kinds) or kinds[0] == kinds[1] or kinds in _CONTAINS
    reached = [_STAGES[kind] for kind in kinds if kind in _STAGES]
    return len(reached) < 2 or reached[0] <= reached[1]


def _same_reality(whole: Level, part: Level) -> bool:
    """Return whether neither is hoped for while the other is a fact; plans may be either."""
    hopes, plans = ("target", "expected"), ("planned", "unspecified", "")
    statuses = {whole.status, part.status}
    return statuses.isdisjoint(hopes) or statuses <= {*hopes, *plans}


def _years(period: str) -> tuple[int, int] | None:
    """Return the first and the last year of a period; an open one has no end."""
    years = [int(year) for year in re.findall(r"\d{4}", period)]
    if not years:
        return None
    return min(years), 9999 if period.endswith("..") else max(years)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _is_inside(part: Place, whole: Place) -> bool:
    if whole.province in ("", NATION) or not part.province:
        return True
    # Which divisions a region or a zone contains is not known.
    return part.lies_in(whole) or (part.province == whole.province and bool(whole.area))


def digits_of(levels: Sequence[Level]) -> int:
    """Return how many digits the first of some figures has, without the zeros that all end in.

    1000 = 600 + 400 has two: round figures add up by chance.
    """
    unit = min(level.last_place for level in levels)
    numbers = [str(int(level.base / unit)) for level in levels]
    return len(numbers[0]) - min(len(each) - len(each.rstrip("0")) for each in numbers)


def total_of(levels: Iterable[Level]) -> Decimal:
    """Return the sum of figures of one unit, in base units."""
    return sum((level.base for level in levels), Decimal(0))
