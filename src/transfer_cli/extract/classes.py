"""Quantities that are not figures: thresholds, counts of a list that is printed, durations."""

import re
from collections.abc import Sequence

from transfer_cli.extract.clauses import Syntax
from transfer_cli.extract.readings import BARE_MAGNITUDE, Reading
from transfer_cli.extract.text import CLAUSE, COORDINATION, start_of
from transfer_cli.extract.units import base_unit, is_measure

THRESHOLD = "threshold"
LIST_COUNT = "count of a list"
DURATION = "duration"

# 10亿元以上项目: things of a size. 带来20万元以上的收益: the noun is the amount itself.
_ABOVE = r"(?:及其?|或者?|\(含\)|（含）)?(?:以[上下内]|之[上内])(?:（[^（）]{0,6}）)?"
_AMOUNT = (
    "收益|收入|增长|增速|增幅|涨幅|降幅|水平|资金|补贴|奖励|补助|产值|税收|贡献|比重|份额|利润|成本|时间"
    "|左右|速度|幅度|目标|价格|电量|就业|岗位"
)
_THRESHOLD = re.compile(
    rf"{_ABOVE}(?:的?+(?!{_AMOUNT})[\u4e00-\u9fff\d“]|、[^，。；\n]{{0,24}}?的)"
)
# People and ages are counts, but also the size of enterprises and groups.
_SIZES = frozenset("人岁口层")
# 0—14岁人口 is a group, not a figure.
_AGE_GROUP = re.compile(r"(?:[-—~至到]{1,2}\d{1,3}周?岁)?的?(?:人口|人群|儿童|青年|老|劳动|组)")
_THINGS = "(?:项目|企业|产业|集群|园区|工程|公司|县|镇|客商)"
# 百亿元项目, 超亿元产业转移项目, 千亿元产业集群.
_OF_A_SIZE = re.compile(rf"的?[\u4e00-\u9fff]{{0,8}}?{_THINGS}")
# 过10亿元的项目5个, 百亿级产业集群3个: the things are counted.
_COUNTED = re.compile(
    rf"的?[\u4e00-\u9fff]{{0,8}}?{_THINGS}[\u4e00-\u9fff]{{0,2}}?[\d一二两三四五六七八九十百]+多?[个家]"
)
# 8个百亿级产业集群, 3个以上千亿级产业集群.
_COUNT_BEFORE = re.compile("[个家条](?:以上)?$")
_MARK = re.compile("关口|大关|门槛|台阶")

_ABSTRACT = re.compile("行业|方面|层面|维度|阶段|领域|片区|板块|门类|大类|梯队|档次|部分|时期|指标")
_PLACES = frozenset("市县区省州盟旗国批地镇乡届") | {"省份", "省区", "省市", "省区市"}
_REACHES = re.compile("[联辖含括及跨盖通邻涉达有]$")
_OWNED = re.compile("[的省市区州县川东西南北宁疆古藏]$")
_FEW = re.compile(r"[二两三四五六七八九十]|\d\d?")
_IN_A_LIST = re.compile("[^，。；\n]{0,6}，?(?:分别|依次)")

_INSIDE = re.compile(
    "[里间内]|之内|以内|以来|来|后|平均|年均|复合|累计|签约|引进|之后|前(?!进|移|列)|中(?!期)"
)
_RUNNING = re.compile("连续$|为期$|[首头后]$|提前$|提早$")
_SPANS_OF_TIME = frozenset(("年", "个月", "月", "天", "日", "周", "小时", "个小时"))


def reasons(group: Sequence[Reading], syntax: Syntax, *, bounded: bool) -> list[str]:
    """Return for each number of a list why it is not a figure, or an empty text.

    In 10亿元以上项目 the amount is a threshold; 三市 after three names counts the names. The
    numbers of a list are thresholds together. ``bounded`` is true if a word such as 超 sets a
    bound on the list.
    """
    last = group[-1]
    if not _is_threshold(last, syntax.text, bounded=bounded):
        return [_reason(reading, syntax.text) for reading in group]
    # 百亿级项目1个、50亿级项目3个: the count before a threshold is none.
    base = base_unit(last.unit)
    return [
        THRESHOLD if base_unit(each.unit) == base else _reason(each, syntax.text) for each in group
    ]


def _is_threshold(reading: Reading, text: str, *, bounded: bool) -> bool:
    end = reading.end
    base = base_unit(reading.unit)
    if base and base not in _SIZES and not is_measure(reading.unit):
        return False
    if base in ("岁", "周岁") and _AGE_GROUP.match(text, end):
        return True
    if text[end - 1] == "级":
        counted = _COUNT_BEFORE.search(text, max(0, reading.start - 4), reading.start)
        return (counted or _COUNTED.match(text, end)) is not None
    magnitude = BARE_MAGNITUDE.match(text, reading.start, end)
    if magnitude and (_MARK.match(text, end) or _OF_A_SIZE.match(text, end)):
        return True
    if bounded and _COUNTED.match(text, end):
        return True
    return _THRESHOLD.match(text, end) is not None


def _reason(reading: Reading, text: str) -> str:
    before = text[max(0, reading.start - 2) : reading.start]
    if _is_duration(reading, before, text):
        return DURATION
    if reading.unit == "位":
        # 前五位中: a rank has a verb, as in 居前五位.
        listed = text[reading.start] == "前" and _IN_A_LIST.match(text, reading.end)
        return LIST_COUNT if listed or before.endswith("前") else ""
    if not _FEW.fullmatch(text[reading.start : reading.end].removesuffix(reading.unit)):
        return ""
    if reading.unit in _PLACES:
        return "" if _REACHES.search(before) else LIST_COUNT
    if reading.unit == "大" and before.endswith("前"):
        return LIST_COUNT
    if text[reading.start].isdigit():
        return ""
    if reading.unit == "大":
        return "" if _OWNED.search(before) else LIST_COUNT
    if reading.unit in ("个", "项") and _ABSTRACT.match(text, reading.end):
        return LIST_COUNT
    counts = reading.unit in ("个", "家", "项", "条") and _counts_a_list(reading, text)
    return LIST_COUNT if counts else ""


def _is_duration(reading: Reading, before: str, text: str) -> bool:
    """Return whether a number is a length of time in which something happens: 四年里, 连续三年."""
    if reading.unit == "个季度":
        return True
    if reading.unit not in _SPANS_OF_TIME:
        return False
    inside = _INSIDE.match(text, reading.end) or _RUNNING.search(before)
    return text[reading.start] == "半" or inside is not None


def _counts_a_list(reading: Reading, text: str) -> bool:
    """Return whether as many names as the number says stand directly before it."""
    clause = start_of(text, reading.start, CLAUSE)
    names = COORDINATION.split(text[clause : reading.start])
    return len(names) > 1 and len(names) == reading.value and len(names[-1]) > 1
