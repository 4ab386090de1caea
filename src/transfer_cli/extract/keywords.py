"""Indicator and industry of a figure, from the keywords around it.

A result is empty if the keywords do not decide.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from transfer_cli.extract.grammar import DIGIT
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.text import FULL_STOP, end_of
from transfer_cli.extract.units import UNIT, is_measure, is_ratio
from transfer_cli.model.vocabulary import Vocabulary

_FULL_STOP = re.compile(f"[{FULL_STOP}]")
_END_OF_CLAUSE = re.compile("[，。！？；：\n]")
_MAX_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a number: its sentence and its clause before it, its clause after it.

    ``lead`` are the parts of its sentence that semicolons close before it, ``next`` is the clause
    that follows its own.
    """

    sentence: str
    before: str
    after: str
    lead: str = ""
    next: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Context":
        """Return the context of the stretch between two offsets of the text."""
        head = text[max(0, start - _MAX_WIDTH) : start]
        lead, _semicolon, sentence = _FULL_STOP.split(head)[-1].rpartition("；")
        after, *rest = _END_OF_CLAUSE.split(text[end : end + _MAX_WIDTH], maxsplit=2)
        follows = rest[0] if rest and text[end + len(after)] == "，" else ""
        return cls(sentence, _END_OF_CLAUSE.split(sentence)[-1], after, lead, follows)

    @classmethod
    def of_mention(cls, text: str, mention: Mention) -> "Context":
        """Return the context of a figure; that of a cell is its caption, header and row label."""
        if not mention.cell:
            return cls.of(text, mention.start, mention.end)
        words = " ".join(text[span.start : span.end] for span in reversed(mention.near))
        words = words.replace("\n", " ")
        return cls(words, words, "")


def keyword_pattern(table: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return one pattern of many codes and their keywords; the group that matches is the code."""
    return re.compile("|".join(f"(?P<{code}>{words})" for code, words in table))


def last_code(pattern: re.Pattern[str], text: str) -> str:
    """Return the code of the last keyword in a text, or an empty text."""
    code = ""
    for match in pattern.finditer(text):
        code = match.lastgroup or ""
    return code


def first_code(pattern: re.Pattern[str], text: str) -> str:
    """Return the code of the first keyword in a text, or an empty text."""
    match = pattern.search(text)
    return (match.lastgroup or "") if match else ""


_DECLINE = re.compile(r"(?:下降|减少|降低|下滑|回落|减|降|负增长|收窄)(?:了|约|近|超过?|逾)?$")


def is_decline(context: Context) -> bool:
    """Return whether the words before a number say that it is a decrease."""
    return bool(_DECLINE.search(context.before))


# Indicator and industry.

# 单位GDP能耗 is not a GDP.
_NOT_OF_USE = "(?!的?(?:能耗|电耗|水耗|能源|用[水电]|碳|二氧化碳))"
_INDICATORS = (
    ("元", "税收|税款|纳税|入库税|利税", "tax"),
    ("元", "贷款?(?:资金)?|融资|授信|信贷", "loans"),
    ("元", "人均.{0,8}收入", "household_income"),
    ("元", "营业收入|主营收入|营收|销售收入", "revenue"),
    ("元", "收益", "annual_income"),
    ("元", "年产值", "annual_output"),
    ("元", "产值", "output"),
    ("元", "增加值", "value_added"),
    ("元", f"(?:GDP|生产总值){_NOT_OF_USE}", "gdp"),
    ("元", "进出口|出口|进口|外贸|贸易", "trade"),
    ("元", "(?:使用|利用|到位)外资", "foreign_investment"),
    ("元", "固定资产投资|固投", "fixed_investment"),
    ("元级", "级(?:大|重大)?项目", "project_size"),
    ("元级", "级.{0,4}(?:产业|集群)", "output"),
    (
        "元",
        "投资(?!企业|商|者|主体|促进|环境)|资金|引资|内资|到位|签约|(?:合同|协议|项目)(?:总?金?额)|金额",
        "investment",
    ),
    ("个?百分点", "(?:比|较|高于|快于)全国", "growth_lead"),
    ("公顷|亩|平方公里", "建设用地", "construction_land"),
    ("位", "提升|上升|前移|进位", "rank_change"),
    ("第位", "全国|我国|国内", "national_rank"),
    ("GW|瓦", "电池片", "cell_capacity"),
    ("GW|瓦", "组件", "module_capacity"),
    ("GW|瓦", "硅棒|拉棒|拉晶", "rod_capacity"),
    ("瓦时|Wh", "发电|绿电|电量", "annual_power_generation"),
    ("瓦|GW|MW", "装机|抽水蓄能|风电|电站|光伏", "installed_capacity"),
    ("吨", "月产能?", "monthly_capacity"),
    ("吨/年|吨每年", "", "annual_capacity"),
    ("吨", "年产|产能", "annual_capacity"),
    ("个|人|名", "新增就业|就业人数", "new_employment"),
    ("个|人|名", "岗位|就业", "jobs"),
    ("个|项", "中试", "pilot_platforms"),
    ("个|家", "孵化器", "incubators"),
    ("个|家", "创新平台", "innovation_platforms"),
    ("个|家", "科研院所|研究院", "research_institutes"),
    ("所", "院校|大学|高校", "universities"),
    ("个", "高新区", "hightech_zones"),
    ("项|个|份", "协议", "agreements"),
    ("条", "产线|生产线", "production_lines"),
    ("条|个", "产业链", "industrial_chains"),
    ("个", "专班", "task_forces"),
    ("大|个", "环节", "chain_links"),
    ("种", "矿产", "minerals"),
    ("家|户|个", "企业|公司|[央国民]企", "enterprises"),
    ("个|项", "项目", "projects"),
    ("天", "用时|建设", "construction_time"),
    ("平方公里|亩|公顷", "", "area"),
)
_INDUSTRIES = (
    ("aluminium", "绿色铝|铝产业|铝业|电解铝|铝谷"),
    ("energy_storage", "储能(?!锂?电池)|抽水蓄能"),
    ("batteries", "电池(?!片)|锂能|锂电"),
    ("displays", "OLED|显示|面板"),
    ("photovoltaics", "光伏|硅片|硅棒|晶硅|拉棒|电池片|硅基"),
    ("wind_power", "风电|风能|风机"),
    ("petrochemicals", "石化|石油化工|乙烯|炼油|炼化"),
    ("chemicals", "化工"),
    ("textiles", "纺织|服装|鞋服"),
    ("electronics", "电子信息|集成电路|半导体"),
    ("computing", "算力|数据中心|大数据"),
    ("medicine", "医药|中药材"),
    ("automotive", "汽车|整车"),
    ("nuclear", "核能|核乏|核电"),
    ("equipment", "装备制造|装备"),
    ("metals", "有色金属|冶金|钒钛|金属新材料"),
    ("minerals", "矿产|煤炭|稀土"),
    ("food", "食品|农产品加工"),
    ("wood", "木材|家具|家居"),
    ("new_energy", "新能源(?!汽车|电池|装备)|绿电"),
)
# 人均产值 and 平均每个项目投资 are averages, not totals; 平均增长 is a rate.
_AVERAGE = re.compile("(?:人均|亩均|户均|日均|月均|平均|每个|日产)[^，。；、]{0,8}$")
_AVERAGE_INDICATORS = frozenset({"household_income"})
# 投资10亿元以上项目31个: a size class of projects, not an amount.
_SIZE_CLASS = re.compile("(?:及?以[上下]|以内)的?[大重点]{0,3}(?:项目|企业|工程)")
_PARENTHESIS = re.compile("^（[^）]*）|、.*")
# The maximum distance from a number to the end of the noun that it counts.
_MAX_NOUN = 8
_INDUSTRY = keyword_pattern(_INDUSTRIES)
_INDICATOR = tuple(
    (re.compile(f"(?:{unit})$"), re.compile(words), code) for unit, words, code in _INDICATORS
)


def industry(context: Context) -> str:
    """Return the industry nearest before the number in its clause, else after it, else before."""
    return (
        last_code(_INDUSTRY, context.before)
        or first_code(_INDUSTRY, context.after[:24])
        or last_code(_INDUSTRY, context.sentence[-40:])
    )


class IndicatorReader:
    """Reads the indicators of the figures of a text in order; later figures refer to earlier ones.

    同比增长7% after 到位资金52亿元 is the growth of the investment.
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        # What the last figures of the sentence measure or count: the indicators whose growth and
        # share may follow, and the noun.
        self._measures: dict[str, str] = {}
        self._last_noun = ""
        self._end_of_sentence = 0

    def read(self, context: Context, mention: Mention) -> tuple[str, str]:
        """Return the indicator of the next figure; if there is none, the noun that is printed.

        A change that has no noun is one of the last figure of its sentence.
        """
        if mention.start > self._end_of_sentence:
            self._measures, self._last_noun = {}, ""
            self._end_of_sentence = end_of(self._text, mention.end, FULL_STOP)
        if mention.unit == "%":
            code = _ratio_indicator(context, self._measures, self._vocabulary)
        else:
            code = _indicator(context, mention.unit, mention.printed)
        if row := self._vocabulary.indicators.get(code):
            self._measures["share"] = row.measure or code
            if row.measure or is_measure(mention.unit):
                self._measures["growth"] = row.measure or code
            return code, _size_class(context, mention.unit)
        noun = _noun(context, mention.unit)
        if mention.near:
            # 存栏 in 存栏、出栏分别为43163万头和47924万头; the row label of a cell.
            noun = self._text[mention.near[0].start : mention.near[0].end].strip()
        if not noun and _is_change(context, mention.unit):
            return code, self._last_noun
        self._last_noun = noun
        return code, noun


@cache
def _rules(unit: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the keywords of the indicators that a figure in this unit may have."""
    return [(words, code) for units, words, code in _INDICATOR if units.search(unit)]


def _indicator(context: Context, unit: str, printed: str) -> str:
    """Return the code of the indicator that unit and keywords agree on.

    The noun directly after a number decides (30个项目), else the nearest keyword before it.
    """
    level = "级" if printed.endswith("级") else ""
    unit = f"{'第' if printed.startswith('第') else ''}{unit}{level}"
    before = context.before[-24:]
    if unit.endswith("元") and _SIZE_CLASS.match(context.after):
        return "project_size"
    after = level + _PARENTHESIS.sub("", context.after)
    rules = _rules(unit)
    counted = (code for words, code in rules if words.pattern and words.search(after[:_MAX_NOUN]))
    code = next(counted, "") or _nearest(rules, before) or _nearest(rules, after[:14])
    average = not unit.endswith("%") and _AVERAGE.search(before)
    return "" if average and code not in _AVERAGE_INDICATORS else code


# 亿元以上项目12个, 百亿级项目3个: a count of things from a size on.
_OF_A_SIZE = (
    r"(?:[超过]?\d[\d.]*[万亿]*[美欧]?元(?:及?以[上下])|[超过]?[\d十百千万亿]+[美欧]?元?级"
    "|[百千万亿]+[美欧]?元(?:及?以[上下])?)的?"
    "[\u4e00-\u9fff]{0,6}?(?:项目|企业|工程|集群)"
)
_SIZE_BEFORE = re.compile(f"({_OF_A_SIZE})(?:[共有达到已仅约为]|超过?|分别)*$")
_SIZE_BEHIND = re.compile(_OF_A_SIZE)


def _size_class(context: Context, unit: str) -> str:
    """Return the size class that a count counts, as the report prints it, or an empty text."""
    if unit not in ("个", "家", "户", "项"):
        return ""
    if match := _SIZE_BEFORE.search(context.before):
        return match[1]
    match = _SIZE_BEHIND.match(context.after)
    return match[0] if match else ""


# A ratio is of a measure: its growth, or a share of it.
_GROWTH = "同比|环比|增长|增速|增幅|增加|下降|减少|回落|下滑|降幅|上涨"
_SHARE = "占|比重|份额|贡献|全[省国市区州县盟]的?$"
_KIND_OF_RATIO = keyword_pattern((("growth", _GROWTH), ("share", _SHARE)))
_MEASURES = _rules("元")
_CHANGE = re.compile(f"(?:{_GROWTH}|[增减][产少加收]?|多出?|少)[了约近]?$")
_LAND = re.compile("建设用地")
# The noun of a measure that is not an indicator: its growth is not that of the figure before.
_OTHER_MEASURE = re.compile(
    "(?:收入|支出|总额|[^速]率|能耗|电耗|水耗|指数|人数|人口|用电量|运量|吞吐量|存款|余额|利润|产量|面积|排放|价格|销量)$"
)


def _ratio_indicator(context: Context, last: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """Return the code of a percentage: growth of its measure, a share of it, or a contribution.

    The measure is the noun in its clause; else that of the last figure of the sentence that can
    have such a ratio: 到位资金6527.11亿元，同比增幅为40.7%. ``last`` holds it by kind of ratio.
    """
    if "贡献率" in context.before:
        return "growth_contribution"
    behind = context.after[:14]
    kind = last_code(_KIND_OF_RATIO, context.before) or last_code(
        _KIND_OF_RATIO, context.sentence[-40:]
    )
    kind = kind or ("share" if behind.startswith("的") else "")
    measures = [*_MEASURES, (_LAND, "construction_land")]
    ahead = behind if behind.startswith("的") else ""
    measure = _nearest(measures, ahead) or _nearest(measures, context.before[-30:])
    if not measure and not _OTHER_MEASURE.search(_noun(context, "%")):
        measure = last.get(kind, "")
    codes = (row for row in vocabulary.indicators.values() if row.kind == kind)
    return next((row.code for row in codes if row.measure == measure != ""), "")


# The noun of a figure without an indicator.

_STOPS = re.compile("[，、。；：！？（）()“”\n]")
_NOUN_BEHIND = re.compile(
    "[\u4e00-\u9fff]{2,12}?(?=[是有在为达占已被将的，、。；：（）“”]|分别|合计|$)"
)
_NOT_A_NOUN = re.compile(
    f"(?:[{DIGIT}两]成|[至到]|以[上下内]|左右|[多余]|同[比期]|比|较|增|下降|减|占|和|与|及|分别|合计|总|都|跨|平均|高出|低"
    "|份额|完成|在|居|为|的|从|由)"
)
_VERB_HEAD = re.compile(
    "^(?:其中|全?[省市区县州国]|共|累计|已|新增(?!就业)|实现|完成|引进|建成|拥有|集聚|入驻|可|将)+"
)
_NOUN_BEFORE = re.compile("[\u4e00-\u9fffA-Za-z]{2,14}$")
_VERB_END = re.compile(
    "(?:分别|依次|合计|总计|累计|共计?|计|(?<!签)约|近|超过?|逾|突破|达到?|[为是有]|完成|实现|仅|已|就|各)+了?$"
)
_CHANGE_END = re.compile(f"(?:{_GROWTH}|提高|提升|高出|快)[了约近为达到]*$")
_NUMBER_HEAD = re.compile(rf"^.*\d[\d.,]*[万亿千百]*(?:{UNIT})?")
_TIME_HEAD = re.compile("^.*?(?:季度|半年|[年月][末底初]|[年月日]|同期)(?![产均度])")


def _is_change(context: Context, unit: str) -> bool:
    """Return whether a figure says how another one changed, or what share of it is: 减产162万吨."""
    return is_ratio(unit) or bool(_CHANGE.search(context.before))


def _noun(context: Context, unit: str) -> str:
    """Return the noun that a figure counts or measures, as the report prints it, or an empty text.

    It stands behind a count (3个工业园区) and before an amount (常住人口312.5万人).
    """
    behind = _NOUN_BEHIND.match(context.after) if len(unit) <= 2 else None
    if behind and not _NOT_A_NOUN.match(behind[0]):
        return behind[0]
    head = _NUMBER_HEAD.sub("", _STOPS.split(context.before)[-1])
    head = _TIME_HEAD.sub("", head)
    while (shorter := _CHANGE_END.sub("", _VERB_END.sub("", head))) != head:
        head = shorter
    noun = _NOUN_BEFORE.search(_VERB_HEAD.sub("", head))
    return noun[0] if noun and not _NOT_A_NOUN.match(noun[0]) else ""


def _nearest(rules: list[tuple[re.Pattern[str], str]], text: str) -> str:
    """Return the code whose keyword ends last in a text; of equals, the first of the rules."""
    best, code = -1, ""
    for words, name in rules:
        ends = [match.end() for match in words.finditer(text)] if words.pattern else [0]
        if ends and ends[-1] > best:
            best, code = ends[-1], name
    return code
