"""Quantities that are no figures: thresholds, counts of a list that is printed, durations."""

import re
from collections.abc import Sequence

from transfer_cli.extract.clauses import Syntax
from transfer_cli.extract.readings import Reading
from transfer_cli.extract.text import CLAUSE, start_of

THRESHOLD = "threshold"
LIST_COUNT = "count of a list"
DURATION = "duration"

_ABOVE = r"(?:及其?|或者?|\(含\)|（含）)?(?:以[上下内]|之[上内])(?:（[^（）]{0,6}）)?"
# The noun of 以上 is the amount itself: 带来20万元以上的收益.
_AMOUNT = (
    "收益|收入|增长|增速|增幅|涨幅|水平|资金|补贴|奖励|补助|产值|税收|贡献|比重|份额|利润|成本|的?时间|左右"
    "|速度|幅度|降幅|折扣|价格|电量|以上|就业|岗位"
)
_THRESHOLD = re.compile(rf"{_ABOVE}(?:的?(?!{_AMOUNT})[\u4e00-\u9fff\d“]|、[^，。；\n]{{0,24}}?的)")
_LEVEL_CLASS = re.compile(
    r"(?P<class>[\u4e00-\u9fff]{0,14}?(?:产业|集群|企业|项目|园区|县|镇))(?:[\u4e00-\u9fff]{0,2}?)(?=[\d一二两三四五六七八九十]+[个家])"
)
_MARK = re.compile("关口|大关|门槛|关(?!键)|台阶")
_BARE = re.compile("[十百千万亿]+")
_ABSTRACT = re.compile(
    "(?:行业|季度|方面|层面|维度|阶段|领域|片区|板块|门类|大类|梯队|档次|部分|时期)"
)
_PLACES = frozenset("市县区省州盟旗国批地镇乡届") | {"省份", "省区", "省市", "省区市"}
_REACHES = re.compile("[联辖含括及跨盖通邻涉达有]$")
_OWNED = re.compile(r"的$|[省市区州县川东西南北宁疆古藏]$")
_SMALL = re.compile("[二两三四五六七八九十]")
_ENUMERATION = re.compile("、|以及|[和与及]")
_INSIDE = re.compile("[里间内]|之内|以内|以来|来|后|之后|前(?!进|移|列)|中(?!期)")
_SPANS_OF_TIME = frozenset(["年", "个月", "月", "天", "日", "周", "个季度", "小时", "个小时"])


def reasons(group: Sequence[Reading], syntax: Syntax) -> list[str]:
    """Return for each number of a list why it is no figure, or an empty text.

    In 10亿元以上项目 the amount is a threshold; 三市 after three names counts the names. The
    numbers of a list are thresholds together.
    """
    text = syntax.text
    if _is_threshold(group, text):
        return [THRESHOLD] * len(group)
    return [_reason(reading, text) for reading in group]


def _is_threshold(group: Sequence[Reading], text: str) -> bool:
    last = group[-1]
    if not last.unit:
        return False
    if text[last.end - 1] == "级":
        return _LEVEL_CLASS.match(text, last.end) is not None
    number = text[last.start : last.end].removesuffix(last.unit[-1:] or " ")
    if _BARE.match(number) and number[0] in "百千万亿" and _MARK.match(text, last.end):
        return True
    return _THRESHOLD.match(text, last.end) is not None


def _reason(reading: Reading, text: str) -> str:
    numeral = text[reading.start]
    if numeral == "半" and reading.unit in _SPANS_OF_TIME:
        return DURATION
    inside = reading.unit in _SPANS_OF_TIME and _INSIDE.match(text, reading.end)
    if inside or reading.unit == "个季度":
        return DURATION
    if not _SMALL.fullmatch(numeral) or reading.end - reading.start != 1 + len(reading.unit):
        return ""
    before = text[max(0, reading.start - 1) : reading.start]
    if reading.unit in _PLACES:
        return "" if _REACHES.search(before) else LIST_COUNT
    if reading.unit == "大":
        return "" if _OWNED.search(before) else LIST_COUNT
    if reading.unit == "个" and _ABSTRACT.match(text, reading.end):
        return LIST_COUNT
    if reading.unit in ("个", "家", "项", "条") and _counts_a_list(reading, text):
        return LIST_COUNT
    return ""


def _counts_a_list(reading: Reading, text: str) -> bool:
    """Return whether as many names as the number says stand directly before it."""
    clause = start_of(text, reading.start, CLAUSE)
    names = _ENUMERATION.split(text[clause : reading.start])
    return len(names) > 1 and len(names) == reading.value and len(names[-1]) > 1
